"""Questions over the table → a query: "cheapest", "how many", "average", "which … with"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge import Field, Filter, Knowledge, Query, Test

from advisor.nlu.cues import cues, phrases_of
from advisor.nlu.entities import Entity
from advisor.nlu.filters import FilterReader
from advisor.nlu.phrases import Phrases, Span, Token
from advisor.nlu.values import Amount

Order = Literal["asc", "desc"]
Select = Literal["average", "median", "total"]

SET = cues()["set"]
GROUPS = {"state": "state", "city": "city", "town": "city"}
ORDINAL = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "next": 2,
}
NUMBER = {
    **{
        w: n
        for n, w in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
        )
        if n > 1
    },
    "fifteen": 15,
    "twenty": 20,
    "couple": 2,
}
_N = r"(\d{1,2}|" + "|".join(NUMBER) + ")"
_SETS = r"(?:schools?|programs?|universit(?:y|ies)|unis?|colleges?|ones?|options?|places?)"
N_OF_SET = re.compile(
    rf"\b{_N} (?:\w+ )?(?:\w+ )?{_SETS}\b|\b(?:top|first|last|bottom|cheapest|priciest) {_N}\b|\b{_N} (?:cheapest|priciest|most|best|worst|lowest|highest|least|top)\b"
)
TOP_BY = re.compile(
    rf"\b(?:(?:top|first|best) {_N}|{_N} (?:best|top|highest|first))\b(?: {_SETS})?(?: are(?: the)? best)? (?:by|in terms of|on|for)\b"
)
TOP_IN = re.compile(rf"\b(?:top|best) {_N}\b(?: \w+){{0,3}} in\b")
SORTED = re.compile(
    r"\b(sort(?:ed)?|order(?:ed)? by|rank (?:all|the|them|every)|from (?:the )?(?:cheapest|lowest|best|highest|most) to|ascending|"
    r"descending|whole ranking|full ranking|entire (?:list|ranking)|complete (?:list|ranking)|in order of|low(?:est)? to high|high(?:est)? to low)\b"
)
ALL = re.compile(
    rf"\b(?:list|show|name|give me|see|what are|which are)\b(?: me)?(?: all| every| the| of| your)* {_SETS}\b"
)
PER = re.compile(r"\b(?:by|per|each|every|in which|split by|grouped by) (state|city|town)s?\b")
WHICH_GROUP = re.compile(
    r"\b(?:which|what) (state|city|town)s?\b|\blist (?:of )?(?:the |all )?(state|citie|town)s\b|\b(state|city) with the (?:most|largest|highest number)\b"
)
KINDS = re.compile(
    r"\bpublic\b.{0,24}\b(?:and|vs|versus|or|to)\b.{0,24}\bprivate\b|\bprivate\b.{0,24}\b(?:and|vs|versus|or|to)\b.{0,24}\bpublic\b"
)
PERCENT = re.compile(r"\b(?:percentage|percent|share|proportion|fraction|what part) of\b")
NTH_RANK = re.compile(
    r"\b(?:rank(?:ed|s|ing)?|number|no|came|comes|is|place[ds]?|position|spot|sits|what'?s|who'?s)\b[^.?!]{0,16}?(?:#|\b)(\d{1,2})(?:st|nd|rd|th)?\b|^(?:and )?#?(\d{1,2})(?:st|nd|rd|th)(?: place| ranked)?\??$|#(\d{1,2})\b|\b(\d{1,2})(?:st|nd|rd|th) (?:ranked|place|in the ranking|on (?:the|your) list)"
)
WORDS_RANK = re.compile(r"\b(?:ranked|came|comes|is|placed)\b (first|second|third|fourth|fifth|sixth|seventh|eighth)\b")

_operators = phrases_of(("low", "high", "best", "worst", "average", "median", "difference", "range", "total", "count"))


def _of_limit(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a "least" or "more" belongs to a limit: "at least", "no more than", "most schools"."""
    before = tokens[span.first - 1].norm if span.first else ""
    after = tokens[span.last].norm if span.last < len(tokens) else ""
    word = tokens[span.first].norm
    return (
        (word == "top" and (after.isdigit() or after in NUMBER or after == "out"))
        or before in {"at", "no", "not", "matter", "count", "care"}
        or after in {"than", "student", "people"}
        or (after in {"school", "grad"} and span.phrase == ("most",))
    )


@dataclass(frozen=True)
class TableReading:
    """A query found in a clause. `explicit`: an operator asked for it (a superlative, a count…)."""

    query: Query
    asked: tuple[str, ...] = ()
    explicit: bool = False
    covered: frozenset[int] = frozenset()


class QuestionReader:
    """Reads questions over the table by the fields' own words and a few operators."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.fields = knowledge.fields
        self.filters = FilterReader(knowledge)
        self._superlatives: Phrases[tuple[str, Order]] = Phrases()
        for field in knowledge.fields.values():
            for phrase in field.least:
                self._superlatives.add(phrase, (field.name, "asc"))
            for phrase in field.most:
                self._superlatives.add(phrase, (field.name, "desc"))

    def vocabulary(self) -> set[str]:
        """The words by which fields are asked for."""
        return self.filters.words.vocabulary() | self._superlatives.vocabulary()

    def superlative(self, tokens: Sequence[Token], amounts: Sequence[Amount] = ()) -> tuple[Field, Order, Span] | None:
        """The field and order of a superlative: its own words, or "lowest" and the like beside a field's name.

        A word inside an amount is no superlative: "16 months or shorter", "tops out at $58,000".
        """
        taken = {
            i for a in amounts for i, t in enumerate(tokens) if t.start < a.end and a.start < t.end and a.kind != "rank"
        }
        own = [
            s
            for s in self._superlatives.find(tokens)
            if not _of_limit(tokens, s) and not taken.intersection(range(s.first, s.last))
        ]
        words = [s for s in self.filters.words.find(tokens) if self.filters.field(s.values).type != "text"]
        general = [
            s
            for s in _operators.find(tokens)
            if s.values[0] in {"low", "high", "best", "worst"} and not _of_limit(tokens, s) and s.first not in taken
        ]
        # "lowest graduation rate" is of graduation, although "lowest" alone might be of something else.
        for op in general:
            near = [w for w in words if op.last <= w.first <= op.last + 3] or [
                w for w in words if 0 <= op.first - w.last <= 3
            ]
            if not near or any(len(s) > 1 and s.covers(op) for s in own):
                continue  # the field has words of its own for it: "ranks higher", "most labs"
            field = self.filters.field(near[0].values)
            if field.better and (field.type != "list" or op.values[0] in {"low", "high"}):
                return field, self._order(op.values[0], field), op
        if own:
            name, order = own[0].values[0]
            return self.fields[name], order, own[0]
        return None

    def _order(self, kind: str, field: Field) -> Order:
        if kind in {"best", "worst"} and field.better:
            return "desc" if (field.better == "higher") == (kind == "best") else "asc"
        return "asc" if kind == "low" else "desc"

    def read(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount]
    ) -> TableReading | None:
        """The query of a clause; None when nothing in it asks over the table."""
        ops = {s.values[0]: s for s in _operators.find(tokens)}
        tests = tuple(self.filters.read(text, tokens, names, amounts))
        top = self.superlative(tokens, amounts)
        for reader in (self._grouped, self._counted, self._made, self._sorted, self._top_n):
            found = reader(text, tokens, ops, tests, top)
            if found is not None:
                return found
        presence = self.filters.presence(tokens) if self._asks_set(tokens) else []
        if presence and presence[0].op == "absent":
            return TableReading(Query("list", None, (*tests, *presence)), (presence[0].field,), True)
        if top:
            return self._superlative(text, tokens, amounts, tests, top)
        if presence:
            return TableReading(Query("list", None, (*tests, *presence)), (), True)
        nth = self._nth(text)
        if nth is not None and "rank" in self.fields and all(a.kind in {"rank", "number"} for a in amounts):
            rest = tuple(t for t in tests if not (isinstance(t, Filter) and t.field == "rank"))
            return TableReading(Query("list", None, (*rest, Filter("rank", "==", nth))), ("rank",), True)
        if tests:
            return TableReading(Query("list", None, tests))
        return None

    # ---- one reader a kind of question; each returns None to pass ----

    def _grouped(
        self, text: str, tokens: Sequence[Token], ops: dict[str, Span], tests: tuple[Test, ...], top: object
    ) -> TableReading | None:
        """ "How many per state", "which state has the most", "how many are public and how many private"."""
        per = PER.search(text)
        if per and (self._set(tokens) or "count" in ops):
            return TableReading(Query("group", GROUPS[per[1]], tests), explicit=True)
        which = WHICH_GROUP.search(text)
        if which and "median" not in ops and "average" not in ops and (self._set(tokens) or "count" in ops):
            word = (which[1] or which[2] or which[3]).replace("citie", "city")
            if not isinstance(top, tuple) or top[0].name in {"degrees", "rank"} or "most" in text or "number" in text:
                return TableReading(Query("group", GROUPS[word], tests), explicit=True)
        if "count" in ops:
            after = [t.norm for t in tokens[ops["count"].last : ops["count"].last + 2]]
            for word in after:
                if word in GROUPS:
                    return TableReading(Query("group", GROUPS[word], tests), explicit=True)
        if (
            KINDS.search(text)
            and "control" in self.fields
            and ("count" in ops or re.search(r"\b(split|breakdown|ratio|balance)\b", text))
        ):
            return TableReading(Query("group", "control", tests), explicit=True)
        return None

    def _counted(
        self, text: str, tokens: Sequence[Token], ops: dict[str, Span], tests: tuple[Test, ...], top: object
    ) -> TableReading | None:
        """ "How many schools …", "number of …", "what percentage of the schools …"."""
        of_set = PERCENT.search(text) is not None and self._set(tokens)
        if "count" not in ops and not of_set:
            return None
        if "count" in ops and not of_set and not self._counts_set(tokens, ops["count"]):
            return None
        return TableReading(Query("count", None, (*tests, *self.filters.presence(tokens))), explicit=True)

    def _made(
        self, text: str, tokens: Sequence[Token], ops: dict[str, Span], tests: tuple[Test, ...],
        top: tuple[Field, Order, Span] | None,
    ) -> TableReading | None:  # fmt: skip
        """A number made of a field: average, median, difference, range."""
        numeric = [
            n for n in self.filters.named(tokens) if self.fields[n].type in {"integer", "number", "percent", "money"}
        ]
        measured = numeric[0] if numeric else top[0].name if top else None
        if measured is None and ("expensive" in text or "cost" in text):
            measured = "tuition" if "tuition" in self.fields else None
        if measured is None:
            return None
        covered = frozenset(range(top[2].first, top[2].last)) if top else frozenset()
        kinds: tuple[Select, ...] = ("average", "median", "total")
        for kind in kinds:
            if kind in ops and not (kind == "total" and top):
                return TableReading(Query(kind, measured, tests), explicit=True, covered=covered)
        if "difference" in ops and (top or "between" not in {t.norm for t in tokens}):
            return TableReading(Query("difference", measured, tests), explicit=True, covered=covered)
        both = re.search(
            r"\bfrom (?:the )?\w+(?: \w+)? to (?:the )?(?:most|highest|priciest|largest|best|dearest)\b", text
        )
        if "range" in ops or (both and re.search(r"\bhow much\b", text)):
            return TableReading(Query("range", measured, tests), explicit=True, covered=covered)
        return None

    def _sorted(
        self, text: str, tokens: Sequence[Token], ops: dict[str, Span], tests: tuple[Test, ...],
        top: tuple[Field, Order, Span] | None,
    ) -> TableReading | None:  # fmt: skip
        """The whole table in an order: "sort by tuition", "the full ranking", "list all schools"."""
        named = [n for n in self.filters.named(tokens) if self.fields[n].better]
        every = ALL.search(text) and not tests and not top and re.search(r"\ball\b|\bevery\b", text)
        if not SORTED.search(text) and not every:
            return None
        if "of" in text and re.search(r"\brange\b", text):
            return None
        field = top[0] if top else self.fields[named[0]] if named else self.fields.get("rank")
        if field is None:
            return None
        order = top[1] if top else self._order("best", field)
        if "descending" in text or re.search(r"\bhigh(?:est)? to low", text):
            order = "desc"
        elif "ascending" in text or re.search(r"\blow(?:est)? to high", text):
            order = "asc"
        if field.name == "tuition" and not re.search(r"\b(descending|expensive to|high|priciest to)", text):
            order = "asc"
        return TableReading(Query("list", field.name, tests, order), (), True)

    def _top_n(
        self, text: str, tokens: Sequence[Token], ops: dict[str, Span], tests: tuple[Test, ...],
        top: tuple[Field, Order, Span] | None,
    ) -> TableReading | None:  # fmt: skip
        """ "Top 3 by graduation rate", "top 5 in California"."""
        named = [n for n in self.filters.named(tokens) if self.fields[n].better]
        rest = tuple(t for t in tests if not (isinstance(t, Filter) and t.field == "rank"))
        by = TOP_BY.search(text)
        if by and named:
            field = self.fields[named[-1]]
            # A number read as a test of that very field is the n of "top n".
            rest = tuple(t for t in rest if not (isinstance(t, Filter) and t.field == field.name and t.op == "=="))
            return TableReading(Query("list", field.name, rest, self._order("best", field), 0, _number(by)), (), True)
        within = TOP_IN.search(text)
        if within and "rank" in self.fields and not top:
            return TableReading(Query("list", "rank", rest, "asc", 0, _number(within)), (), True)
        return None

    def _superlative(
        self, text: str, tokens: Sequence[Token], amounts: Sequence[Amount], tests: tuple[Test, ...],
        top: tuple[Field, Order, Span],
    ) -> TableReading:  # fmt: skip
        field, order, span = top
        offset, limit = self._how_many(text, tokens, span, amounts)
        rest = tuple(
            t
            for t in tests
            # "which 2 programs have the best graduation rate": the 2 is how many, not a rate.
            if not (
                isinstance(t, Filter)
                and t.value == limit
                and ((t.op == "==" and t.field == field.name) or (t.field == "rank" and t.op in {"==", "<="}))
            )
        )
        named = self.filters.named(tokens)
        asked = tuple(dict.fromkeys(n for n in named if n != field.name and not self.fields[n].prose))
        return TableReading(
            Query("list", field.name, rest, order, offset, limit), asked, True, frozenset(range(span.first, span.last))
        )

    # ---- parts ----

    def _set(self, tokens: Sequence[Token]) -> bool:
        return any(t.norm in SET for t in tokens)

    def _asks_set(self, tokens: Sequence[Token]) -> bool:
        return any(t.norm in {"which", "who", *SET} for t in tokens)

    def _counts_set(self, tokens: Sequence[Token], span: Span) -> bool:
        """Whether "how many" counts schools (or states), not students or credits."""
        after = [t.norm for t in tokens[span.last : span.last + 6]]
        nouns = {*SET, *GROUPS, "are", "them", "these", "those", "public", "private", "have", "has", "cost", "charge"}
        if not after:
            return self._set(tokens)
        if nouns & set(after[:3]):
            return "percent" not in after[:1]
        for word in after:
            if word in nouns:
                return True
            if any(word in f.words for f in self.fields.values()) or word in NOT_COUNTED:
                return False
        return False

    def _how_many(
        self, text: str, tokens: Sequence[Token], span: Span, amounts: Sequence[Amount]
    ) -> tuple[int, int | None]:
        """(offset, limit) of a superlative: "2nd cheapest", "three cheapest", "which two have the lowest"."""
        taken = {
            i
            for a in amounts
            if a.kind not in {"number", "rank"}
            for i, t in enumerate(tokens)
            if t.start < a.end and a.start < t.end
        }
        before = [(i, t) for i, t in enumerate(tokens[: span.first]) if i >= span.first - 3 and i not in taken]
        for _, t in reversed(before):
            if t.norm in ORDINAL or re.fullmatch(r"\d+(st|nd|rd|th)", t.text):
                return (ORDINAL.get(t.norm) or int(re.sub(r"\D", "", t.text))) - 1, 1
        many = N_OF_SET.search(text)
        ranked = re.search(rf"\b(?:in|from|of|among|within) the top {_N}\b|\branked (?:in the )?top\b", text)
        if many and not ranked:
            n = _number(many)
            if 1 <= n <= 30:
                return 0, n
        if re.search(r"\bwhich (?:one|of)\b|\bof (?:all|any)\b|\bone of\b", text):
            return 0, 1
        last = tokens[span.last : span.last + 4]
        plural = any(t.text in PLURALS for t in last) or any(
            t.text in PLURALS and i and tokens[i - 1].norm in {"which", "what", "the"}
            for i, t in enumerate(tokens[: span.first])
        )
        return 0, 5 if plural and not ranked else 1

    def _nth(self, text: str) -> int | None:
        """The rank that is asked for: "who is 11th", "rank 9?", "#10"."""
        found = NTH_RANK.search(text)
        if found:
            n = int(next(g for g in found.groups() if g))
            return n if n >= 1 else None
        word = WORDS_RANK.search(text)
        return ORDINAL[word[1]] if word else None


PLURALS = frozenset(("schools", "programs", "universities", "colleges", "ones", "options", "unis"))
NOT_COUNTED = frozenset(
    (
        "student",
        "people",
        "credit",
        "unit",
        "month",
        "year",
        "course",
        "elective",
        "professor",
        "hour",
        "semester",
        "dataset",
    )
)


def _number(found: re.Match[str]) -> int:
    """The number that a pattern with several places for one found."""
    said = next(g for g in found.groups() if g)
    return NUMBER.get(said) or int(said)
