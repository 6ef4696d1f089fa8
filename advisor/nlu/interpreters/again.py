"""The last question over the table once more, of other schools: "and in Texas?", "and of the public ones?"."""

from __future__ import annotations

from dataclasses import replace

from knowledge import Query, Test

from advisor.dialogue.acts import AskTable, UserAct
from advisor.dialogue.constraints import PLACE
from advisor.dialogue.profile import Profile, Wish
from advisor.nlu.interpreters.context import Context
from advisor.nlu.interpreters.signs import starts, words_of
from advisor.nlu.interpreters.table import filters_of, soft_beside, where
from advisor.nlu.reading import Reading

MOST_WORDS = 10
"""A longer clause asks a question of its own."""
_ONLY = {"of", "among", "for", "with", "only", "in", "within", "just"}
_CORRECTING = {"no", "not", "sorry", "actually", "rather"}


def table_again(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "And in Texas?": the same question with its filters changed; "and the dearest?": the same schools asked anew."""
    query = context.state.query
    if query is None or context.state.last != "table" or context.acts or not _leans_back(reading):
        return None
    tests = _told(reading, context)
    table = reading.table
    if table is not None and table.explicit:
        # "And the most expensive?" after "the cheapest in Texas": still of those in Texas.
        bare = table.query.order is not None and not tests and bool(query.where)
        if not bare or query.order is None:
            return None
        return [AskTable(query=replace(table.query, where=query.where), asked=table.asked)]
    if not tests:
        return None
    wishes = _wishes(reading, context) if _carried(query) else ()
    return [AskTable(query=replace(query, where=_changed(query.where, tests, context)), wishes=wishes)]


def _leans_back(reading: Reading) -> bool:
    """Whether a clause can only be understood from the one before: short, and of no school and no wish of its own."""
    words = words_of(reading)
    if not words or len(words) > MOST_WORDS or words[0] in _CORRECTING:
        return False
    begins = starts(reading, "follow") or words[0] in _ONLY
    told = reading.programs or reading.schools or reading.referred or reading.residue() or soft_beside(reading)
    return begins and not told and not reading.wished.forget and not reading.wished.indifferent


def _told(reading: Reading, context: Context) -> tuple[Test, ...]:
    """The filters that a clause names."""
    amounts = reading.table.query.where if reading.table else ()
    named = where(reading, context)
    return (*amounts, *(t for t in named if t not in amounts))


def _changed(before: tuple[Test, ...], now: tuple[Test, ...], context: Context) -> tuple[Test, ...]:
    """The filters of before, with those of the same fields replaced: one place takes the place of another."""
    replaced = {f for test in now for f in _subjects(test, context)}
    return (*(t for t in before if replaced.isdisjoint(_subjects(t, context))), *now)


def _subjects(test: Test, context: Context) -> set[str]:
    """What a filter is about: its fields, all fields of place being one."""
    placed = {context.slots[name].field for name in (*PLACE, "exclude_states") if name in context.slots}
    return {"place" if f.field in placed else f.field for f in filters_of(test)}


def _carried(query: Query) -> bool:
    """Whether the filters of a question are kept as wishes as well."""
    return query.select == "list" and query.order is None


def _wishes(reading: Reading, context: Context) -> tuple[Wish, ...]:
    """The wishes of the question before, with those of this clause in place of them."""
    profile = context.state.what_if or Profile()
    if any(w.slot in PLACE for w in reading.wished.wishes):
        profile = profile.without(*PLACE)
    for wish in reading.wished.wishes:
        profile = profile.with_wish(replace(wish, how="set"))
    return tuple(profile.wishes.values())
