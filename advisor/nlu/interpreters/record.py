"""What the record tables answer of schools: prices by residency, and figures by field of study.

They are asked for by words that mean something else where no school is named ("pay", "stem"), so this stands
before the topics that the knowledge does not hold.
"""

from __future__ import annotations

from advisor.dialogue.acts import Compare, RequestFacts, UserAct
from advisor.nlu.interpreters.context import Context
from advisor.nlu.interpreters.signs import cues, of_set, words_of
from advisor.nlu.reading import Reading


def of_record(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "What do CS grads of Cornell earn", "resident vs non-resident at Boulder", "is it STEM"."""
    if reading.schools:
        return None
    known = context.knowledge.fields
    fields = [f for f in reading.fields if known[f].by_part or known[f].beside or _of_price(f, context)]
    parted = [f for f in fields if known[f].by_part or known[f].beside]
    general = _of_fields_of_study(reading, tuple(parted), context) if not reading.programs else None
    if general is not None:
        return general
    if not fields or ((of_set(reading) or reading.table is not None) and not reading.programs):
        return None
    sides = reading.where.sides if reading.where else ()
    programs = reading.programs or reading.referred or (_spoken_of(reading, context) if parted or sides else ())
    if not programs:
        return None
    if not parted and not sides and not _lives(reading):
        return None
    beside = [f for f in reading.fields if f not in fields and not _also_means(f, reading, context)]
    part = sides[0] if len(sides) == 1 else ""
    order = reading.table.query.order if reading.table is not None else None
    if len(programs) > 1 and (order or "compare" in cues(reading)) and not part:
        return [Compare(programs=programs, fields=tuple(fields), order=order, parts=reading.parts)]
    return [RequestFacts(programs=programs, fields=(*fields, *beside), part=part, parts=reading.parts)]


def _of_price(field: str, context: Context) -> bool:
    price = context.knowledge.pack.price
    return price is not None and field in {price.asked, price.field, *price.resident, *price.other}


def _lives(reading: Reading) -> bool:
    """Whether it is told where the student lives, which decides the price."""
    return any(w.slot == "residency" for w in reading.wished.wishes)


def _also_means(field: str, reading: Reading, context: Context) -> bool:
    """Whether a field's word was taken for another one's as well: "degrees" in "degrees a year"."""
    mine = {i for s in reading.field_spans if field in s.values for i in range(s.first, s.last)}
    others = {
        i
        for s in reading.field_spans
        if any(context.knowledge.fields[v].by_part for v in s.values)
        for i in range(s.first, s.last)
    }
    return bool(mine) and mine <= others


def _spoken_of(reading: Reading, context: Context) -> tuple[str, ...]:
    """What is being talked about, for a short question: "and the debt?", "is it stem"."""
    if context.before:
        return context.before[-1:]
    short = len(reading.tokens) <= 6 or {"there", "it", "they"} & set(words_of(reading))
    return context.state.focus if short and context.state.last in {"facts", "topic", "cost"} else ()


def _of_fields_of_study(reading: Reading, fields: tuple[str, ...], context: Context) -> list[UserAct] | None:
    """ "Do all computer science masters qualify for STEM OPT": of a field of study, whatever the school."""
    general = tuple(f for f in fields if context.knowledge.fields[f].type == "choice" and f in reading.fields)
    return [RequestFacts(fields=general, parts=reading.parts)] if general and reading.parts else None
