""" "Which schools …" by what no filter says: a school's own value as the limit, or a meaning that no field names."""

from __future__ import annotations

from knowledge import Filter, Query

from advisor.dialogue.acts import AskTable, AskWhich, UserAct
from advisor.nlu.interpreters.context import GUIDE_CLEAR, TASTES, Context
from advisor.nlu.interpreters.signs import cues, heads, leans, of_set, words_of
from advisor.nlu.interpreters.table import where
from advisor.nlu.questions import Order
from advisor.nlu.reading import Reading

GUIDE_OVER_SCHOOLS = 0.05
"""How much nearer the guide's best passage must be than any school's, for the guide to answer."""


def than_a_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Which schools are cheaper than CMU": the school's own value is the limit, and it is not among the answers."""
    words = words_of(reading)
    program = next((s for s in reading.names if any(e.kind == "program" for e in s.values)), None)
    if program is None or len(reading.programs) != 1 or not _asks_for_schools(reading):
        return None
    compared = _compared(reading, words[: program.first], context)
    if compared is None:
        return None
    field, order = compared
    value = context.knowledge.program(reading.programs[0]).value(field)
    if value is None:
        return None
    # More words for less: "ranked better than" is a smaller rank, "cheaper than" a smaller price.
    test = Filter(field, "<" if order == "asc" else ">", value)
    tests = (test, *(t for t in where(reading, context) if t != test))
    if reading.table and reading.table.query.select == "count":
        return [AskTable(query=Query("count", None, tests))]
    return [AskTable(query=Query("list", field, tests, order))]


def _compared(reading: Reading, before: list[str], context: Context) -> tuple[str, Order] | None:
    """The field and the end of it that a comparison asks for: "cheaper than", "ranked above", "ahead of"."""
    if "than" in before:
        return context.superlative(reading.tokens[: before.index("than")])
    if "rank" not in context.knowledge.fields:
        return None
    ranked = {"rank", "ranked", "ranking", "place", "placed", "list"} & set(words_of(reading))
    if "ahead" in before or (ranked and "above" in before):
        return "rank", "asc"
    if "behind" in before or (ranked and {"below", "under", "after"} & set(before)):
        return "rank", "desc"
    return None


def _asks_for_schools(reading: Reading) -> bool:
    """ "Which …", "schools cheaper than CMU", "how many are …"."""
    words = words_of(reading)
    return of_set(reading) or heads(reading) or "many" in words or "count" in reading.text


def which_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Which school is big on wildlife research": no field names it, so it is searched for by meaning."""
    if not of_set(reading) or not reading.residue() or _wishes(reading):
        return None
    if "recommend" in context.intents.contained(reading.tokens) or _better_in_the_guide(reading, context):
        return None
    if not reading.on_studying() and not reading.fields and not leans(reading, context):
        return None
    return [AskWhich(about=reading.about(), fields=reading.fields)]


def _wishes(reading: Reading) -> bool:
    """Whether the clause tells wishes, tastes alone counting only where it says so ("I want …")."""
    wished = reading.wished
    firm = any(w.slot not in TASTES for w in wished.wishes)
    return wished.sure or firm or (bool(wished.wishes) and "wish" in cues(reading))


def _better_in_the_guide(reading: Reading, context: Context) -> bool:
    score, _ = context.guide(reading.text)
    return score >= GUIDE_CLEAR and context.within("", reading.about()) < score - GUIDE_OVER_SCHOOLS
