"""Questions over the table → a query: "cheapest", "how many", "average", "which … with"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge import AnyOf, Field, Filter, Knowledge, Query, Test

from advisor.nlu.cues import cues, phrases_of
from advisor.nlu.entities import LIST_KINDS, Entity
from advisor.nlu.phrases import Phrases, Span, Token
from advisor.nlu.values import Amount

Order = Literal["asc", "desc"]
Select = Literal["average", "median", "total"]

GROUPS = {"state": "state", "control": "control", "public and private": "control", "city": "city"}
ORDINAL = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
    "next": 2,
}
NUMBER = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "couple": 2,
}

SET = cues()["set"]
_operators = phrases_of(
    ("low", "high", "best", "worst", "average", "median", "difference", "range", "total", "count", "absent")
)

FIELD_OF = {
    "money": "tuition",
    "percent": "graduation_rate",
    "gpa": "gpa",
    "months": "duration",
    "rank": "rank",
    "credits": "credits",
}
"""The field that an amount speaks of when no field is named."""
LOOKUP_FIELDS = {
    "company": ("industry_partners", "top_employers", "funding", "location_advantages"),
    "lab": ("labs",),
    "person": ("faculty", "details", "labs"),
    "role": ("common_roles",),
    "degree": ("degrees",),
    "accreditation": ("accreditations",),
}


def _of_limit(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a "least" or "more" belongs to a limit: "at least", "no more than", "most schools"."""
    before = tokens[span.first - 1].norm if span.first else ""
    after = tokens[span.last].norm if span.last < len(tokens) else ""
    numbered = tokens[span.first].norm == "top" and (after.isdigit() or after in NUMBER)
    return (
        numbered
        or (after == "out" and tokens[span.first].norm == "top")
        or before in {"at", "no", "not", "matter", "count", "care"}
        or after in {"than", "student", "people", "grad"}
        or (after == "school" and tokens[span.first].norm == "most")
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
        self._superlatives: Phrases[tuple[str, Order]] = Phrases()
        for field in knowledge.fields.values():
            for phrase in field.least:
                self._superlatives.add(phrase, (field.name, "asc"))
            for phrase in field.most:
                self._superlatives.add(phrase, (field.name, "desc"))
        self.words: Phrases[str] = Phrases((w, f.name) for f in knowledge.fields.values() for w in f.words)
        self.asks: Phrases[str] = Phrases((w, f.name) for f in knowledge.fields.values() for w in f.asks)

    def vocabulary(self) -> set[str]:
        """The words by which fields are asked for."""
        return self.words.vocabulary() | self._superlatives.vocabulary()

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
        words = [s for s in self.words.find(tokens) if self.fields[s.values[0]].type != "text"]
        general = [
            s
            for s in _operators.find(tokens)
            if s.values[0] in {"low", "high", "best", "worst"} and not _of_limit(tokens, s) and s.first not in taken
        ]
        # "lowest graduation rate" is of graduation, although "lowest" alone might be of something else.
        for op in general:
            after = [w for w in words if op.last <= w.first <= op.last + 3]
            before = [w for w in words if 0 <= op.first - w.last <= 3]
            near = after or before
            if near:
                field = self.fields[self._preferred(near[0].values)]
                if any(len(s) > 1 and s.covers(op) for s in own):
                    continue  # the field has words of its own for it: "ranks higher", "most labs"
                if field.better and (field.type != "list" or op.values[0] in {"low", "high"}):
                    return field, self._order(op.values[0], field), op
        if own:
            name, order = own[0].values[0]
            return self.fields[name], order, own[0]
        return None

    def _preferred(self, names: Sequence[str]) -> str:
        return next((n for n in names if self.fields[n].better), names[0])

    def _order(self, kind: str, field: Field) -> Order:
        if kind in {"best", "worst"} and field.better:
            up = (field.better == "higher") == (kind == "best")
            return "desc" if up else "asc"
        return "asc" if kind == "low" else "desc"

    def named_fields(self, tokens: Sequence[Token]) -> list[Span[str]]:
        """The fields named in a text, in the order of their names; a longer name hides a shorter inside it."""
        return self.words.find(tokens)

    def asked_fields(self, tokens: Sequence[Token]) -> list[Span[str]]:
        """The fields that a whole cue asks for ("where is", "how long")."""
        return self.asks.find(tokens)

    def read(
        self,
        text: str,
        tokens: Sequence[Token],
        names: Sequence[Span[Entity]],
        amounts: Sequence[Amount],
        where: tuple[Test, ...],
    ) -> TableReading | None:
        """The query of a clause, over programs that pass `where`; None when nothing asks over the table."""
        ops = {s.values[0]: s for s in _operators.find(tokens)}
        top = self.superlative(tokens, amounts)
        named = [self._preferred(s.values) for s in self.named_fields(tokens)]
        number_fields = [n for n in named if self.fields[n].type in {"integer", "number", "percent", "money"}]
        tests = [*where, *self._comparisons(tokens, amounts), *self._lookups(names)]
        covered: set[int] = set()
        if "count" in ops and self._counts_set(tokens, ops["count"]):
            group = self._counted_group(tokens, ops["count"])
            if group:
                return TableReading(Query("group", group, tuple(tests)), explicit=True)
            absent = self._presence(tokens, ops)
            return TableReading(Query("count", None, (*tests, *absent)), explicit=True)
        kinds: tuple[Select, ...] = ("average", "median", "total")
        for kind in kinds:
            if kind in ops and number_fields and not (kind == "total" and top):
                return TableReading(Query(kind, number_fields[0], tuple(tests)), explicit=True)
        measured = number_fields[0] if number_fields else top[0].name if top else None
        if "difference" in ops and measured and (top or "between" not in {t.norm for t in tokens}):
            return TableReading(Query("difference", measured, tuple(tests)), explicit=True)
        if "range" in ops and measured:
            return TableReading(Query("range", measured, tuple(tests)), explicit=True)
        by = re.search(r"\b(?:which|what) (state|city)\b.*\b(?:most|fewest|more)\b", text)
        if by:
            return TableReading(Query("group", by[1], tuple(tests)), explicit=True)
        first = re.search(r"\b(?:top|first|best) (\d{1,2}|" + "|".join(NUMBER) + r")\b(?: \w+)? by\b", text)
        if first and number_fields:
            best = self.fields[number_fields[0]]
            tests = [t for t in tests if not (isinstance(t, Filter) and t.field == "rank")]
            most = NUMBER.get(first[1]) or int(first[1])
            query = Query("list", best.name, tuple(tests), self._order("best", best), 0, most)
            return TableReading(query, (), True)
        ranked = re.search(r"\btop (\d{1,2}|" + "|".join(NUMBER) + r")\b(?: \w+){0,3} in\b", text)
        if ranked and "rank" in self.fields:
            tests = [t for t in tests if not (isinstance(t, Filter) and t.field == "rank")]
            most = NUMBER.get(ranked[1]) or int(ranked[1])
            return TableReading(Query("list", "rank", tuple(tests), "asc", 0, most), (), True)
        presence = self._presence(tokens, ops)
        if presence:
            return TableReading(Query("list", None, (*tests, *presence)), asked=(presence[0].field,), explicit=True)
        if top:
            field, order, span = top
            offset, limit = self._how_many(tokens, span)
            covered.update(range(span.first, span.last))
            asked = tuple(dict.fromkeys(n for n in named if n != field.name))
            return TableReading(
                Query("list", field.name, tuple(tests), order, offset, limit), asked, True, frozenset(covered)
            )
        if re.search(r"\b(by|per|each|every) (state|city|control)\b", text):
            by = re.search(r"\b(?:by|per|each|every) (state|city|control)\b", text)
            return TableReading(Query("group", by[1] if by else "state", tuple(tests)), explicit=True)
        lookups = self._lookups(names)
        if lookups or len(tests) > len(where):
            return TableReading(Query("list", None, tuple(tests)), explicit=False)
        return None

    # ---- parts ----

    def _counts_set(self, tokens: Sequence[Token], span: Span) -> bool:
        """Whether "how many" counts schools (or states), not students or credits."""
        after = [t.norm for t in tokens[span.last : span.last + 5]]
        nouns = {
            *SET,
            *GROUPS,
            "are",
            "them",
            "these",
            "those",
            "public",
            "private",
            "have",
            "has",
            "cost",
            "charge",
        }
        if nouns & set(after[:3]):
            return "percent" not in after[:1]
        for word in after:
            if word in nouns:
                return True
            if any(word in f.words for f in self.fields.values()) or word in {
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
            }:
                return False
        return False

    def _counted_group(self, tokens: Sequence[Token], span: Span) -> str | None:
        for t in tokens[span.last : span.last + 3]:
            if t.norm in GROUPS and t.norm != "control":
                return GROUPS[t.norm]
            if t.norm in SET:
                break
        return None

    def _how_many(self, tokens: Sequence[Token], span: Span) -> tuple[int, int | None]:
        """(offset, limit) of a superlative: "2nd cheapest", "three cheapest", "top 5"."""
        before = tokens[max(0, span.first - 3) : span.first]
        after = tokens[span.last : span.last + 2]
        for t in reversed(before):
            if t.norm in ORDINAL or re.fullmatch(r"(\d+)(st|nd|rd|th)", t.text):
                n = ORDINAL.get(t.norm) or int(re.sub(r"\D", "", t.text))
                return n - 1, 1
            if t.norm in NUMBER or (t.norm.isdigit() and int(t.norm) <= 30):
                return 0, NUMBER.get(t.norm) or int(t.norm)
        for t in after[:1]:
            if t.norm in NUMBER or (t.norm.isdigit() and int(t.norm) <= 30):
                return 0, NUMBER.get(t.norm) or int(t.norm)
        plural = any(
            t.text in {"schools", "programs", "universities", "colleges", "ones", "options"}
            for t in tokens[span.last : span.last + 4]
        )
        return 0, 5 if plural else 1

    def _comparisons(self, tokens: Sequence[Token], amounts: Sequence[Amount]) -> list[Filter]:
        """Amounts that test a field of their own kind: "cost more than 60k", "minimum gpa of 3.0", "16 months"."""
        out: list[Filter] = []
        named = [self._preferred(s.values) for s in self.named_fields(tokens)]
        if "perfect" in {t.norm for t in tokens}:
            out += [Filter(n, "==", self.fields[n].most_number) for n in named[:1] if self.fields[n].most_number]
        for amount in amounts:
            field, part = FIELD_OF.get(amount.kind, ""), ""
            if amount.kind == "number":
                numeric = [n for n in named if n in {"gpa", "score", "graduation_rate", "rank", "credits"}]
                if not numeric:
                    continue
                field = numeric[0]
            if field not in self.fields:
                continue
            if field == "gpa":
                words = {t.norm for t in tokens}
                part = (
                    "minimum"
                    if words & {"minimum", "min", "require", "requirement", "required", "cutoff", "least"}
                    else "average_admitted"
                    if "average" in words
                    else ""
                )
                if part == "minimum":
                    out.append(Filter(field, "==", amount.most or amount.least, part))
                    continue
            if amount.kind == "money" and "salary" in named and "salary" in self.fields:
                field = "salary"
            least, most = amount.least, amount.most
            if amount.bound == "between" and least is not None and most is not None and least != most:
                out += [Filter(field, ">=", least, part), Filter(field, "<=", most, part)]
            elif amount.bound == "max" and most is not None:
                out.append(Filter(field, "<=", most, part))
            elif amount.bound == "min" and least is not None:
                strict = re.search(r"\b(more than|over|above|exceed|greater than|higher than|beyond)\b", amount.text)
                out.append(Filter(field, ">" if strict else ">=", least, part))
            else:
                out.append(Filter(field, "==", most if most is not None else least, part))
        return out

    def _lookups(self, names: Sequence[Span[Entity]]) -> list[Test]:
        """Names that stand in lists of programs: who works with, who has, who offers."""
        out: list[Test] = []
        for span in names:
            entities = [e for e in span.values if e.kind in LIST_KINDS]
            if not entities or any(e.kind in {"program", "school"} for e in span.values):
                continue
            fields = dict.fromkeys(f for e in entities for f in LOOKUP_FIELDS[e.kind] if f in self.fields)
            phrase = min((e.id for e in entities), key=len)
            tests = tuple(
                Filter(f, "has", v) for f in fields for v in dict.fromkeys([phrase, *(e.id for e in entities)])
            )
            out.append(AnyOf(tests) if len(tests) > 1 else tests[0])
        return out

    def _presence(self, tokens: Sequence[Token], ops: dict[str, Span]) -> list[Filter]:
        """ "Which don't have a graduation rate listed" → the field is absent."""
        span = ops.get("absent")
        asking = {"which", "who", *SET}
        if span is None or not any(t.norm in asking for t in tokens):
            return []
        for word in self.named_fields(tokens):
            if self.fields[self._preferred(word.values)].type == "choice" or word.values[0] == "format":
                continue
            close = 0 <= word.first - span.last <= 4 or 0 <= span.first - word.last <= 4
            if close:
                return [Filter(self._preferred(word.values), "absent")]
        return []
