"""Questions over the table → a query: "cheapest", "how many", "average", "which … with"."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from knowledge import Field, Filter, Knowledge, Query, Test

from advisor.nlu import patterns
from advisor.nlu.cues import phrases_of
from advisor.nlu.entities import Entity
from advisor.nlu.filters import FilterReader
from advisor.nlu.patterns import NOT_COUNTED, NUMBER, ORDINAL, PLURALS, SET
from advisor.nlu.phrases import Phrases, Span, Token
from advisor.nlu.values import Amount

Order = Literal["asc", "desc"]
Select = Literal["average", "median", "total"]

SEVERAL = 5
"""How many are shown of "the cheapest schools", where no number is said."""
MOST = 30
"""A larger number before "schools" says no more how many are wanted."""
MOST_WORDS = 4
"""A clause of so few words is about nothing else than what it names: "list the states"."""
_PER = frozenset(("by", "per", "each", "every", "across"))
_COUNTING = frozenset(("many", "number"))

_operators = phrases_of(("low", "high", "best", "worst", "average", "median", "difference", "range", "total", "count"))
_ENDS = frozenset(("low", "high", "best", "worst"))
"""The operators that ask for one end of a field."""
_held = phrases_of(("held",))
_negations = phrases_of(("not", "absent"))


@dataclass(frozen=True)
class TableReading:
    """A query found in a clause. `explicit`: an operator asked for it (a superlative, a count…).

    `covered` are the tokens that its operators and filters account for. `wishable`: a wish could be told in
    the same words ("top 10").
    """

    query: Query
    asked: tuple[str, ...] = ()
    explicit: bool = False
    covered: frozenset[int] = frozenset()
    wishable: bool = False


@dataclass(frozen=True)
class Superlative:
    """ "Cheapest": the field, the order in which the asked for end comes first, and where it stands."""

    field: Field
    order: Order
    span: Span

    @property
    def covered(self) -> frozenset[int]:
        """The tokens that say it."""
        return frozenset(range(self.span.first, self.span.last))


@dataclass(frozen=True)
class _Clause:
    """What the readers of a kind of question look at: a clause, its operators by kind, and its restrictions."""

    text: str
    tokens: Sequence[Token]
    amounts: Sequence[Amount]
    operators: Mapping[str, Span]
    tests: tuple[Test, ...]
    given: tuple[Filter, ...]
    top: Superlative | None

    @property
    def beside_rank(self) -> tuple[Test, ...]:
        """The restrictions without those of the rank: "top 5" is read as one, and is none."""
        return tuple(t for t in self.tests if not (isinstance(t, Filter) and t.field == "rank"))


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
        shared = _shared_fields(knowledge)
        self._groups: Phrases[str] = Phrases((word, f.name) for f in shared for word in f.words)
        self._kinds: Phrases[tuple[str, str]] = Phrases(
            (said, (f.name, value))
            for f in shared
            if f.type == "choice"
            for value, phrases in f.values.items()
            for said in phrases
        )
        placed = [f for f in shared if any(ask.startswith("where") for ask in f.asks)]
        self._where = min(placed, key=lambda f: len(_labels(knowledge, f)), default=None)

    def vocabulary(self) -> set[str]:
        """The words by which fields are asked for, and those that turn a restriction round: "aren't" is no "parent"."""
        return self.filters.words.vocabulary() | self._superlatives.vocabulary() | _negations.vocabulary()

    def superlative(
        self,
        tokens: Sequence[Token],
        amounts: Sequence[Amount] = (),
        names: Sequence[Span[Entity]] = (),
        limited: Container[str] = (),
    ) -> Superlative | None:
        """The superlative of a text: a field's own word, or "lowest" and the like beside a field's name.

        A word inside an amount or a name is no superlative: "16 months or shorter", "Greater Boston". The
        `limited` fields have limits of their own: "the worst school with fees under 20k" is not of the fees.
        """
        taken = _tokens_in([a for a in amounts if a.kind != "rank"], tokens)
        taken |= {i for n in names for i in range(n.first, n.last)}
        named = self.filters.spans(tokens)
        own = [
            s
            for s in self._superlatives.find(tokens)
            if not _of_limit(tokens, s)
            and taken.isdisjoint(range(s.first, s.last))
            and not any(w.covers(s) and len(w) > len(s) for w in named)  # "top employers" is a field's name
        ]
        words = [s for s in named if self.filters.field(s.values).type != "text"]
        general = [
            s
            for s in _operators.find(tokens)
            if s.values[0] in _ENDS and not _of_limit(tokens, s) and s.first not in taken
        ]
        # "lowest graduation rate" is of graduation, although "lowest" alone might be of something else.
        for op in general:
            near = [w for w in words if op.last <= w.first <= op.last + 3] or [
                w for w in words if 0 <= op.first - w.last <= 3
            ]
            near = [
                w for w in near if not (self.filters.field(w.values).name in limited and _set_between(tokens, op, w))
            ]
            if not near or any(len(s) > 1 and s.covers(op) for s in own):
                continue  # the field has words of its own for it: "ranks higher", "most labs"
            field = self.filters.field(near[0].values)
            if field.better and (field.type != "list" or op.values[0] in {"low", "high"}):
                return Superlative(field, _order(op.values[0], field), op)
        if own:
            name, order = own[0].values[0]
            return Superlative(self.fields[name], order, own[0])
        return None

    def read(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount]
    ) -> TableReading | None:
        """The query of a clause; None when nothing in it asks over the table."""
        restricted = self.filters.read(text, tokens, names, amounts)
        present, said = self._presence(tokens, names, amounts, restricted.tests)
        absent = tuple(f for f in present if f.op == "absent")
        limited = {t.field for t in restricted.tests if isinstance(t, Filter)}
        operators = _operators.find(tokens)
        clause = _Clause(
            text=text,
            tokens=tokens,
            amounts=amounts,
            operators={s.values[0]: s for s in operators},
            tests=(*restricted.tests, *absent),
            given=tuple(f for f in present if f.op == "given"),
            top=self.superlative(tokens, amounts, names, limited),
        )
        found = self._found(clause)
        if found is None:
            return None
        asking: tuple[Span[Any], ...] = (*operators, *self._superlatives.find(tokens)) if found.explicit else ()
        by_operators = {i for s in asking for i in range(s.first, s.last)}
        covered = found.covered | restricted.covered | said | by_operators
        return replace(found, covered=covered | (clause.top.covered if clause.top else frozenset()))

    def _found(self, clause: _Clause) -> TableReading | None:
        """What the first reader that finds its kind of question makes of a clause."""
        for reader in (
            self._grouped,
            self._counted,
            self._made,
            self._sorted,
            self._top_n,
            self._superlative,
            self._with,
            self._nth,
        ):
            found = reader(clause)
            if found is not None:
                return found
        return TableReading(Query("list", None, clause.tests)) if clause.tests else None

    # ---- one reader a kind of question; each returns None to pass ----

    def _grouped(self, clause: _Clause) -> TableReading | None:
        """ "How many per state", "which state has the most", "how many are public and how many private"."""
        group = self._group_of(clause)
        if group is None:
            return None
        name, covered = group
        return TableReading(Query("group", name, clause.tests), explicit=True, covered=covered)

    def _group_of(self, clause: _Clause) -> tuple[str, frozenset[int]] | None:
        """The field by whose values the schools are counted, and the tokens that say so."""
        tokens, count = clause.tokens, clause.operators.get("count")
        numbers = {"median", "average", *(() if count else ("difference", "range"))} & clause.operators.keys()
        held = _held.find(tokens)
        told = count is not None or _names_set(tokens)
        for span in self._groups.find(tokens) if not numbers else ():
            before = [t.norm for t in tokens[max(0, span.first - 3) : span.first]]
            covered = frozenset(i for s in (span, *held) for i in range(s.first, s.last))
            by = bool(before) and before[-1] in _PER
            counted = count is not None and 0 <= span.first - count.last <= 1 and not _set_between(tokens, count, span)
            if (by and told) or counted:
                return span.values[0], covered
            which = bool({"which", "what"} & set(before[-2:])) or _listed_group(tokens, span)
            most = "most" in clause.text or "number" in clause.text
            # "Which state has the cheapest school" asks for a school, "which has the most schools" for a group.
            own = clause.top is None or most
            if which and own and (told or held or len(tokens) <= MOST_WORDS) and not clause.amounts:
                return span.values[0], covered
            if most and told and span.first <= 1 and tokens[span.last : span.last + 1] and "with the" in clause.text:
                return span.values[0], covered
        if self._where and clause.text.startswith("where") and "most" in clause.text and _names_set(tokens):
            return self._where.name, frozenset()
        return self._split_by_kind(clause, count is not None)

    def _split_by_kind(self, clause: _Clause, counts: bool) -> tuple[str, frozenset[int]] | None:
        """ "How many are public and how many private", "the split of public and private"."""
        kinds = self._kinds.find(clause.tokens)
        split = counts or patterns.SPLIT.search(clause.text) is not None
        if not split or len({s.values[0] for s in kinds}) < 2 or len({s.values[0][0] for s in kinds}) > 1:
            return None
        return kinds[0].values[0][0], frozenset(i for s in kinds for i in range(s.first, s.last))

    def _counted(self, clause: _Clause) -> TableReading | None:
        """ "How many schools …", "number of …", "what percentage of the schools …"."""
        count = clause.operators.get("count")
        share = self._share(clause)
        if {"average", "median"} & clause.operators.keys() and self._measured(clause):
            return None  # "the average number of places"
        if not share and (count is None or not self._counts_set(clause.tokens, count)):
            return None
        return TableReading(Query("count", None, (*clause.tests, *clause.given)), explicit=True)

    def _share(self, clause: _Clause) -> bool:
        """ "What percentage of the schools": not "the graduation percentage of the schools"."""
        found = patterns.PERCENT.search(clause.text)
        if found is None or not _names_set(clause.tokens) or {"average", "median"} & clause.operators.keys():
            return False
        spans = (*self.filters.spans(clause.tokens), *((clause.top.span,) if clause.top else ()))
        at = [i for i, t in enumerate(clause.tokens) if found.start() <= t.start < found.end()]
        return not any(s.first <= i < s.last for s in spans for i in at)

    def _made(self, clause: _Clause) -> TableReading | None:
        """A number made of a field: average, median, difference, range."""
        field, top, ops = self._measured(clause), clause.top, clause.operators
        if field is None:
            return None
        covered = top.covered if top else frozenset()
        kinds: tuple[Select, ...] = ("average", "median", "total")
        for kind in kinds:
            if kind in ops and not (kind == "total" and top):
                return TableReading(Query(kind, field, clause.tests), explicit=True, covered=covered)
        apart = top or "range" in ops or "between" not in {t.norm for t in clause.tokens}
        if "difference" in ops and apart:
            return TableReading(Query("difference", field, clause.tests), explicit=True, covered=covered)
        both_ends = patterns.FROM_TO_MOST.search(clause.text) and re.search(r"\bhow much\b", clause.text)
        if "range" in ops or both_ends:
            return TableReading(Query("range", field, clause.tests), explicit=True, covered=covered)
        return None

    def _measured(self, clause: _Clause) -> str | None:
        """The field that a number is made of: the one named, that of the superlative, or the price."""
        named = self.filters.named(clause.tokens)
        numeric = [n for n in named if self.fields[n].type in {"integer", "number", "percent", "money"}]
        limited = {t.field for t in clause.tests if isinstance(t, Filter)}
        free = [n for n in numeric if n not in limited] or numeric  # "ranked 3 or better cost on average": the cost
        if free:
            return free[0]
        if clause.top:
            return clause.top.field.name
        of_price = "expensive" in clause.text or "cost" in clause.text
        return "tuition" if of_price and "tuition" in self.fields else None

    def _sorted(self, clause: _Clause) -> TableReading | None:
        """The whole table in an order: "sort by tuition", "the full ranking", "list all schools"."""
        text, top = clause.text, clause.top
        everything = (
            patterns.ALL.search(text) and not clause.tests and not top and re.search(r"\ball\b|\bevery\b", text)
        )
        whole = patterns.WHOLE.search(text) is not None and "rank" in self.fields
        if not (patterns.SORTED.search(text) or everything or whole) or "range" in clause.operators:
            return None
        named = self._ordering(clause.tokens)
        field = top.field if top else self.fields[named[-1]] if named else self.fields.get("rank")
        if field is None:
            return None
        order = top.order if top else _order("best", field)
        if patterns.DOWN.search(text):
            order = "desc"
        elif patterns.UP.search(text):
            order = "asc"
        said = [m for m in (patterns.SORTED.search(text), patterns.WHOLE.search(text)) if m]
        covered = {i for m in said for i, t in enumerate(clause.tokens) if m.start() <= t.start < m.end()}
        return TableReading(Query("list", field.name, clause.tests, order), (), True, frozenset(covered))

    def _top_n(self, clause: _Clause) -> TableReading | None:
        """ "Top 3 by graduation rate", "top 5 in California"."""
        named, rest = self._ordering(clause.tokens), clause.beside_rank
        by = patterns.TOP_BY.search(clause.text)
        if by and named:
            field = self.fields[named[-1]]
            # A number read as a test of that very field is the n of "top n".
            rest = tuple(t for t in rest if not (isinstance(t, Filter) and t.field == field.name and t.op == "=="))
            query = Query("list", field.name, rest, _order("best", field), 0, patterns.number(by))
            return TableReading(query, (), True)
        within = patterns.TOP_IN.search(clause.text)
        ranked = "rank" in self.fields and not clause.top
        if within and ranked:
            return TableReading(Query("list", "rank", rest, "asc", 0, patterns.number(within)), (), True)
        plain = patterns.TOP_N.search(clause.text) or patterns.IN_TOP_N.search(clause.text)
        if plain and ranked and not rest:
            query = Query("list", "rank", (), "asc", 0, patterns.number(plain))
            return TableReading(query, (), True, wishable=True)
        return None

    def _superlative(self, clause: _Clause) -> TableReading | None:
        """ "The cheapest", "2nd cheapest", "which two have the lowest"."""
        top = clause.top
        if top is None:
            return None
        offset, limit = _how_many(clause, top.span)
        rest = tuple(t for t in clause.tests if not _says_how_many(t, limit, top.field))
        named = self.filters.named(clause.tokens)
        asked = tuple(dict.fromkeys(n for n in named if n != top.field.name and not self.fields[n].prose))
        query = Query("list", top.field.name, rest, top.order, offset, limit)
        return TableReading(query, asked, True, top.covered)

    def _with(self, clause: _Clause) -> TableReading | None:
        """ "Which list their labs", "which don't list a graduation rate"."""
        asked = tuple(t.field for t in clause.tests if isinstance(t, Filter) and t.op == "absent")
        if not (asked or clause.given):
            return None
        return TableReading(Query("list", None, (*clause.tests, *clause.given)), asked[:1], True)

    def _nth(self, clause: _Clause) -> TableReading | None:
        """ "Who is 11th", "rank 9?"."""
        # "In the top 3", "ranked 2 to 5": a stretch of ranks, which the tests hold already.
        stretch = any(isinstance(t, Filter) and t.field == "rank" and t.op != "==" for t in clause.tests)
        nth = None if stretch else patterns.nth_rank(clause.text)
        if nth is None or "rank" not in self.fields or any(a.kind not in {"rank", "number"} for a in clause.amounts):
            return None
        tests = (*clause.beside_rank, Filter("rank", "==", nth))
        return TableReading(Query("list", None, tests), ("rank",), True)

    # ---- parts ----

    def _ordering(self, tokens: Sequence[Token]) -> list[str]:
        """The fields named that have a better and a worse end."""
        return [n for n in self.filters.named(tokens) if self.fields[n].better]

    def _presence(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount], tests: Sequence[Test]
    ) -> tuple[list[Filter], frozenset[int]]:
        """Values that schools must have or lack, where schools are asked for; not of what is tested otherwise."""
        if not any(t.norm in {"which", "who", *SET} or t.norm in _COUNTING for t in tokens):
            return [], frozenset()
        present, said = self.filters.presence(tokens, names, amounts)
        tested = {t.field for t in tests if isinstance(t, Filter)}
        kept = [f for f in present if f.field not in tested]
        return kept, said if kept else frozenset()

    def _counts_set(self, tokens: Sequence[Token], span: Span) -> bool:
        """Whether "how many" counts schools (or states), not students or credits."""
        after = [t.norm for t in tokens[span.last : span.last + 8]]
        if after[:1] == ["of"]:  # "how many of the 25 have …"
            rest = [w for w in after[1:] if w not in {"the", "all", "your"} and not w.isdigit()]
            if len(rest) < len(after) - 2:
                return True
        nouns = {*SET, "are", "them", "these", "those", "public", "private", "have", "has", "cost", "charge"}
        if not after:
            return _names_set(tokens)
        if nouns & set(after[:3]):
            return "percent" not in after[:1]
        for word in after:
            if word in nouns:
                return True
            if any(word in f.words for f in self.fields.values()) or word in NOT_COUNTED:
                return False
        return False


def _order(kind: str, field: Field) -> Order:
    """The order in which the end that "lowest" or "best" asks for comes first."""
    if kind in {"best", "worst"} and field.better:
        return "desc" if (field.better == "higher") == (kind == "best") else "asc"
    return "asc" if kind == "low" else "desc"


def _of_limit(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a "least" or "more" belongs to a limit: "at least", "no more than", "most schools"."""
    before = tokens[span.first - 1].norm if span.first else ""
    after = tokens[span.last].norm if span.last < len(tokens) else ""
    word = tokens[span.first].norm
    return (
        (word == "top" and (after.isdigit() or after in NUMBER or after == "out"))
        or before in {"at", "no", "not", "matter", "count", "care"}
        or (before == "or" and after not in SET)  # "ranked 10 or better"
        or after in {"than", "student", "people"}
        or (after in {"school", "grad"} and span.phrase == ("most",))
    )


def _set_between(tokens: Sequence[Token], first: Span, second: Span) -> bool:
    """Whether a word for schools stands between two spans: "worst school with fees"."""
    return any(t.norm in SET for t in tokens[first.last : second.first])


def _listed_group(tokens: Sequence[Token], span: Span) -> bool:
    """ "List the states", "name all cities"."""
    return span.first <= 3 and bool(tokens) and tokens[0].norm in {"list", "name", "show"}


def _labels(knowledge: Knowledge, field: Field) -> set[object]:
    """The different values of a field."""
    values = (p.value(field.name) for p in knowledge.programs.values())
    return {v for v in values if v is not None}


def _shared_fields(knowledge: Knowledge) -> list[Field]:
    """The fields by whose values schools can be put together: choices, and texts that several of them share."""
    out = []
    for field in knowledge.fields.values():
        given = sum(p.value(field.name) is not None for p in knowledge.programs.values())
        shared = field.type == "text" and not field.prose and len(_labels(knowledge, field)) < given
        if field.type == "choice" or shared:
            out.append(field)
    return out


def _names_set(tokens: Sequence[Token]) -> bool:
    return any(t.norm in SET for t in tokens)


def _tokens_in(amounts: Sequence[Amount], tokens: Sequence[Token]) -> set[int]:
    """The tokens that amounts are said with."""
    return {i for a in amounts for i, t in enumerate(tokens) if t.start < a.end and a.start < t.end}


def _how_many(clause: _Clause, span: Span) -> tuple[int, int | None]:
    """(offset, limit) of a superlative: "2nd cheapest", "three cheapest", "which two have the lowest"."""
    text, tokens = clause.text, clause.tokens
    taken = _tokens_in([a for a in clause.amounts if a.kind not in {"number", "rank"}], tokens)
    for i in reversed(range(max(0, span.first - 3), span.first)):
        token = tokens[i]
        if i not in taken and (token.norm in ORDINAL or re.fullmatch(r"\d+(st|nd|rd|th)", token.text)):
            return (ORDINAL.get(token.norm) or int(re.sub(r"\D", "", token.text))) - 1, 1
    many = patterns.N_OF_SET.search(text)
    ranked = patterns.RANKED_TOP.search(text)
    if many and not ranked and 1 <= patterns.number(many) <= MOST:
        return 0, patterns.number(many)
    if patterns.ONE_OF.search(text) or ranked:
        return 0, 1
    return 0, SEVERAL if _plural(tokens, span) else 1


def _plural(tokens: Sequence[Token], span: Span) -> bool:
    """Whether a superlative asks for several: "the cheapest schools", "which schools are cheapest"."""
    after = any(t.text in PLURALS for t in tokens[span.last : span.last + 4])
    before = any(
        tokens[i].text in PLURALS and tokens[i - 1].norm in {"which", "what", "the"} for i in range(1, span.first)
    )
    return after or before


def _says_how_many(test: Test, limit: int | None, field: Field) -> bool:
    """ "Which 2 programs have the best graduation rate": the 2 is how many, not a rate."""
    if not isinstance(test, Filter) or test.value != limit:
        return False
    return (test.op == "==" and test.field == field.name) or (test.field == "rank" and test.op in {"==", "<="})
