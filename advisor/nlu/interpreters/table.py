"""Questions answered over the whole table: superlatives, counts, averages, reverse look-ups, lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge import AllOf, AnyOf, Doubt, Filter, Not, Query, Test

from advisor.dialogue.acts import AskTable, Compare, UserAct
from advisor.dialogue.constraints import tests_of
from advisor.dialogue.profile import Wish
from advisor.nlu.entities import is_listed
from advisor.nlu.interpreters.context import GUIDE_CLEAR, GUIDE_LIKELY, GUIDE_SURE, SOFT, Context
from advisor.nlu.interpreters.signs import (
    cues,
    heads,
    leans,
    names_set,
    of_set,
    third_person,
    wants_rows,
    words_of,
)
from advisor.nlu.phrases import key
from advisor.nlu.questions import SET, TableReading
from advisor.nlu.reading import Reading

GUIDE_OVER_NUMBER = 0.78
"""Guide score from which a number made of a field ("average salary of these schools") is asked of the guide
although schools are named."""
GUIDE_OVER_LIST = 0.58
"""Guide score from which another question over the table is asked of the guide although it asks for schools."""
RARE = 3
"""A field that fewer programs than this have a value for is hardly worth a question over the table."""

TABLE_SLOTS = frozenset(
    ("states", "cities", "near", "control", "exclude_states", "exclude_programs", "online", "part_time")
)
"""The slots whose wishes are filters of a question over the table; amounts are read by `questions`."""

_SHOWN = frozenset(("show", "give", "find", "want", "looking"))
"""Words with which schools are asked for for oneself: what is said of them is wished as well."""
_WRONG_END = {"higher": {"<", "<=", "=="}, "lower": {">", ">=", "=="}}
"""The tests that keep the worse end of a field, by its better one: nobody wishes for it, the dearest schools aside."""


def over_the_table(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Which is cheapest", "how many are public", "who works with Boeing": answered over all programs."""
    table = reading.table
    if table is None:
        return _between_two(reading, context)
    if len(reading.referred) == 1 and not table.query.order:
        return None
    among = _programs_meant(reading, table, context)
    if among and table.query.order:
        fields = (table.query.field or "rank", *table.asked)
        return [Compare(programs=among, fields=fields, order=table.query.order)]
    tests = _joined(reading, table.query.where, where(reading, context))
    if table.explicit:
        every = (*tests, Filter("program", "in", among)) if among else tests
        return _with_operator(reading, table, every, context)
    if _looks_up(reading, context):
        asked = of_set(reading) or heads(reading)
        if not asked and context.guide(reading.text)[0] >= GUIDE_SURE:
            return None
        if asked or not (reading.of_kind("company") and "wish" in cues(reading)):
            fields = tuple(f for f in reading.fields if f != "overview")
            return [AskTable(query=Query("list", None, tests), asked=fields, wishes=_wishes_of(reading))]
    return _listed_rows(reading, tests, context)


def rows_of_a_place(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "List the schools in New York": places and kinds of school alone, asked for and not wished."""
    return _listed_rows(reading, where(reading, context), context) if reading.table is None else None


def where(reading: Reading, context: Context) -> tuple[Test, ...]:
    """Filters of a question over the table that are read as wishes: places, kinds of school, forms of study."""
    by_control = reading.table is not None and reading.table.query.select == "group" and "control" in reading.fields
    slots = TABLE_SLOTS - {"control"} if by_control else TABLE_SLOTS
    return tests_of([w for w in reading.wished.wishes if w.slot in slots], context.slots, context.knowledge)


def _between_two(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "The difference?" after two schools were compared."""
    short = len(reading.tokens) <= 4 and bool({"difference", "gap"} & set(words_of(reading)))
    if not short or len(context.state.focus) != 2:
        return None
    return [Compare(programs=context.state.focus, fields=context.state.fields)]


def _programs_meant(reading: Reading, table: TableReading, context: Context) -> tuple[str, ...]:
    """The programs that a question is put to; empty for all of them."""
    if len(reading.referred) > 1:
        return reading.referred
    one = table.query.order is not None and table.query.limit == 1
    pool = context.before if len(context.before) > 1 else context.state.focus
    return pool if one and _among(pool, reading) else ()


def _among(pool: tuple[str, ...], reading: Reading) -> bool:
    """Whether a superlative is of the schools being talked about: "which ranks higher", "the cheaper one"."""
    words = words_of(reading)
    comparative = any(w.endswith("er") or w in {"more", "less", "better"} for w in words)
    which = words[:2] in (["which", "is"], ["which", "one"], ["which", "has"])
    elsewhere = bool(reading.places) or not (set(SET) - {"one"}).isdisjoint(words)
    return len(pool) > 1 and (comparative or which) and not elsewhere


def _with_operator(
    reading: Reading, table: TableReading, tests: tuple[Test, ...], context: Context
) -> list[UserAct] | None:
    """ "The cheapest in Texas", "how many …": a question by its words, unless the guide or a wish has more of it."""
    wishes = "wish" in cues(reading) and not wants_rows(reading)
    if "better_for_me" in cues(reading):
        return None
    if _only_a_rank(reading, table):  # asked for at the start, wished for in the middle of a talk
        kept = AskTable(query=table.query, wishes=reading.wished.wishes, told=True)
        return None if context.state.turn else [kept]
    if table.wishable and (_beside_ranks(reading) or context.state.profile or wishes):
        return None
    if _better_in_the_guide(reading, table, bool(tests), context) or _relative(reading, context):
        return None
    if reading.residue() and not reading.on_studying() and not leans(reading, context):
        return None
    query = replace(table.query, where=tests)
    return [
        AskTable(query=q, asked=table.asked, wishes=_kept_wishes(reading, q)) for q in _by_part(query, reading, context)
    ]


def _by_part(query: Query, reading: Reading, context: Context) -> list[Query]:
    """The query over the field of study that is named, where its field has such; and over fields that answer the
    same, such as the record's earnings beside the ranking's salary."""
    if query.field is None:
        return [query]
    fields = context.knowledge.fields
    beside = [f for f in fields[query.field].beside if f in fields]
    part = reading.parts[0] if reading.parts else ""
    alike = [f for f in (query.field, *beside) if fields[f].by_part or not part] or [query.field]
    return [replace(query, field=f, part=part if fields[f].by_part else query.part) for f in alike]


def _better_in_the_guide(reading: Reading, table: TableReading, restricted: bool, context: Context) -> bool:
    """Whether a question with an operator is rather one for the guide: "median salary of ML engineers"."""
    score, _ = context.guide(reading.text)
    query, field = table.query, table.query.field
    if _of_ranked_parts(reading, field, context):
        return False
    if "state" in reading.fields and field != "state" and not reading.places and query.select != "group":
        return score >= GUIDE_CLEAR  # "which state is cheapest by median": the guide has a table of states
    if field and not of_set(reading) and _given(field, context) < RARE:
        return score >= GUIDE_LIKELY
    if restricted or not reading.residue():
        return False
    if query.select in {"average", "median", "difference", "range", "group"} or (query.order and reading.fields):
        return score >= (GUIDE_OVER_NUMBER if names_set(reading) else GUIDE_CLEAR)
    return score >= (GUIDE_OVER_LIST if of_set(reading) else GUIDE_LIKELY)


def _only_a_rank(reading: Reading, table: TableReading) -> bool:
    """ "Top 10", and nothing else: how far down the ranking one would go."""
    ranks = [w.slot for w in reading.wished.wishes] == ["rank"] and table.query.field == "rank"
    return ranks and not reading.residue() and not names_set(reading) and len(reading.tokens) <= 3


def _of_ranked_parts(reading: Reading, field: str | None, context: Context) -> bool:
    """ "Highest paid CS schools in the ranking": of the record by field of study, over schools and not over jobs."""
    known = context.knowledge.fields.get(field or "")
    parted = known is not None and (known.by_part or any(context.knowledge.fields[f].by_part for f in known.beside))
    over_schools = names_set(reading) or bool({"ranked", "ranking", "rank", "25"} & set(words_of(reading)))
    return parted and bool(reading.parts) and over_schools


def _given(field: str, context: Context) -> int:
    """How many programs have a value for a field."""
    return sum(p.claim(field) is not None for p in context.knowledge.programs.values())


def _relative(reading: Reading, context: Context) -> bool:
    """ "Something cheaper": relative to what was shown, and so a wish."""
    cheaper = bool({"something", "anything", "cheaper"} & set(words_of(reading)))
    return cheaper and bool(context.state.shortlist) and not of_set(reading)


def _beside_ranks(reading: Reading) -> bool:
    """Whether the clause tells more than how many of the ranking are wanted."""
    wished = reading.wished
    return bool(wished.forget or wished.indifferent) or any(w.slot != "rank" for w in wished.wishes)


def _looks_up(reading: Reading, context: Context) -> bool:
    """ "Who works with Boeing", "the school of the GRASP lab": a name, and its schools wanted."""
    if not reading.listed or (reading.wished.sure and not heads(reading)):
        return False
    if of_set(reading) or reading.of_kind("lab", "person"):
        return True
    tests = reading.table.query.where if reading.table else ()
    narrowed = any(_one_of_several(t, context) for t in tests)
    if heads(reading):
        return not soft_beside(reading) and (narrowed or not reading.of_kind("company"))
    return narrowed and not context.state.focus and not reading.residue()


def _listed_rows(reading: Reading, tests: tuple[Test, ...], context: Context) -> list[UserAct] | None:
    """All the rows that pass, where a list is asked for rather than a choice."""
    if not tests or soft_beside(reading):
        return None
    unwishable = any(_union(t) or _beyond_wishes(t, context) for t in tests)
    if (names_set(reading) and unwishable) or third_person(reading) or wants_rows(reading):
        told = not _SHOWN.isdisjoint(words_of(reading)) and not third_person(reading)
        return [AskTable(query=Query("list", None, tests), wishes=_wishes_of(reading), told=told)]
    return None


def soft_beside(reading: Reading) -> bool:
    """Whether the clause tells a wish that leaves no school out, in other words than those of its filters."""
    return any(w.slot in SOFT and not _explained(w, reading) for w in reading.wished.wishes)


def _explained(wish: Wish, reading: Reading) -> bool:
    """Whether a wish was read out of words that a filter accounts for: "research scientist" is no goal."""
    if reading.table is None:
        return False
    tested = {f.field for t in reading.table.query.where for f in filters_of(t)}
    listed = [s for s in reading.names if any(is_listed(e) for e in s.values)]
    named = [s for s in reading.field_spans if tested & set(s.values)]
    spans = [(s.first, s.last) for s in listed] + [(s.first, s.last) for s in named]
    filters = reading.table.covered | {i for first, last in spans for i in range(first, last)}
    said = wish.said or (" ".join(wish.value) if isinstance(wish.value, tuple) else "")
    words = set(key(said))
    return bool(words) and words <= {t.norm for i, t in enumerate(reading.tokens) if i in filters}


def _wishes_of(reading: Reading) -> tuple[Wish, ...]:
    """The wishes of a question over the table, from which a follow-up may go on: those it has filters for."""
    return tuple(w for w in reading.wished.wishes if w.slot not in SOFT)


def filters_of(test: Test) -> Iterator[Filter]:
    """All single filters inside a test."""
    match test:
        case Filter():
            yield test
        case Not() | Doubt():
            yield from filters_of(test.test)
        case AnyOf() | AllOf():
            for inner in test.tests:
                yield from filters_of(inner)


def _union(test: Test) -> bool:
    """Whether one of several different conditions is enough ("in Texas or under 15k")."""
    return isinstance(test, AnyOf) and not all(isinstance(t, Filter) and t.op == "has" for t in test.tests)


def _one_of_several(test: Test, context: Context) -> bool:
    """Whether a name is looked for in only some of the fields that hold such names: an employer, and no partner."""
    fields = {f.field for f in filters_of(test) if f.op == "has"}
    kinds = {context.knowledge.fields[f].entity for f in fields} - {""}
    return bool(fields) and any(fields < set(context.filters.lookup_fields(kind)) for kind in kinds)


def _beyond_wishes(test: Test, context: Context) -> bool:
    """Whether no wish can say this filter: a lowest rank, a highest graduation rate, evening classes."""
    if not isinstance(test, Filter):
        return _one_of_several(test, context)
    field = context.knowledge.fields.get(test.field)
    slots = [s for s in context.slots.values() if s.field == test.field]
    if field is None:  # of the program itself, or where it is
        return False
    if any(s.has for s in slots):
        return test.value not in {s.has for s in slots}
    if not slots:
        return not _also(test.field, context) or _one_of_several(test, context)
    worse = _WRONG_END.get(field.better or "", set()) if field.type != "money" else set()
    return test.op in worse


def _also(field: str, context: Context) -> bool:
    """Whether a slot looks into a field beside its own."""
    return any(field in s.also for s in context.slots.values())


def _kept_wishes(reading: Reading, query: Query) -> tuple[Wish, ...]:
    """The filters of a question as wishes, where a follow-up may go on from them."""
    return _wishes_of(reading) if query.select == "list" and not query.order else ()


def _joined(reading: Reading, amounts: tuple[Test, ...], places: tuple[Test, ...]) -> tuple[Test, ...]:
    """All tests must hold; "either in Washington or below 65k" is satisfied by one."""
    tests = (*amounts, *places)
    words = words_of(reading)
    if len(tests) != 2 or "or" not in words or not amounts or not places:
        return tests
    at = words.index("or")
    spots = [i for i in range(len(words)) if any(s.first <= i < s.last for s in reading.names)]
    sums = [i for i, t in enumerate(reading.tokens) if any(a.start <= t.start < a.end for a in reading.amounts)]
    if spots and sums and min(max(spots), max(sums)) < at < max(min(spots), min(sums)):
        return (AnyOf(tests),)
    return tests
