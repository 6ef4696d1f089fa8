"""A place named where a school is meant: "how much is Washington"."""

from __future__ import annotations

from knowledge import Program

from advisor.dialogue.acts import Ambiguous, RequestFacts, UserAct
from advisor.nlu.entities import Entity
from advisor.nlu.interpreters.context import Context
from advisor.nlu.interpreters.signs import asked_again, lead, of_set, programs_there, starts
from advisor.nlu.phrases import Span, key
from advisor.nlu.reading import Reading
from advisor.nlu.wishes import PLACE_KINDS

_AS_PLACE = {"in", "near", "around", "outside", "from", "new", "for"}
_OF_PLACES = {"overview", "format", "control", "highlight"}
"""Fields that are as well asked of the schools of a place."""


def place_or_school(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "How much is Washington": a place named where a school is meant. One is asked which."""
    places = [s for s in reading.names if any(e.kind in PLACE_KINDS for e in s.values)]
    if len(places) != 1:
        return None
    span = places[0]
    there = programs_there(reading, context)
    if _goes_on(reading, context) and len(there) == 1 and not _is_state(span):
        return [asked_again((there[0].id,), context)]
    if _means_the_place(reading, span):
        return None
    named = named_after(span, context)
    if not named:
        return None
    here = [p for p in there if str(p.value("city")).lower() == " ".join(span.phrase)]
    if len(named) == 1 and not _is_state(span) and (there in ([], named) or here in ([], named)):
        return [RequestFacts(programs=(named[0].id,), fields=reading.fields)]
    return [_which(reading, span, named, context)]


def _goes_on(reading: Reading, context: Context) -> bool:
    """ "And Pittsburgh?" after a fact: the same is asked of the school there."""
    answered = context.state.last == "facts" and bool(context.state.fields)
    return answered and starts(reading, "follow") and not reading.fields and not reading.residue()


def _is_state(span: Span[Entity]) -> bool:
    return any(e.kind == "state" for e in span.values)


def _means_the_place(reading: Reading, span: Span[Entity]) -> bool:
    """Whether nothing speaks for a school: "schools in Washington", "Washington state", no field asked for."""
    follow = {t.norm for t in reading.tokens[span.last : span.last + 2]}
    return (
        set(reading.fields) <= _OF_PLACES
        or bool(reading.residue() or reading.listed)
        or reading.wished.sure
        or of_set(reading)
        or (reading.table is not None and reading.table.explicit)
        or lead(reading, span) in _AS_PLACE
        or bool(follow & {"state", "school"})
    )


def named_after(span: Span[Entity], context: Context) -> list[Program]:
    """The programs in whose names the place's words stand."""
    word = set(span.phrase)
    return [p for p in context.knowledge.programs.values() if word <= {t for name in p.names for t in key(name)}]


def _which(reading: Reading, span: Span[Entity], named: list[Program], context: Context) -> UserAct:
    """The question back: one of the schools, or all schools of the place."""
    label = context.knowledge.fields[reading.fields[0]].label
    shown = " ".join(t.text for t in reading.tokens[span.first : span.last]).title()
    readings = tuple((p.name, f"{p.name} {label}") for p in named)
    place = (f"schools in {shown}", f"{label} of schools in {shown}")
    return Ambiguous(name=shown, readings=(*readings, place), fields=reading.fields)
