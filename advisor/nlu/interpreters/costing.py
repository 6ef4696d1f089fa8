"""What a whole degree costs, and when it pays for itself: read from the message as a whole.

Its parts are often told in several sentences: what one earns now, which school, how many years.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from advisor.dialogue.acts import AskCost, UserAct
from advisor.nlu.cues import phrases_of
from advisor.nlu.interpreters.context import Context
from advisor.nlu.interpreters.signs import of_set
from advisor.nlu.pay import is_pay
from advisor.nlu.reading import Reading
from advisor.nlu.values import Amount

YEAR = 12
"""Months of a year: what one year costs is the price, and no sum."""
_CUES = phrases_of(("payback", "whole_cost", "assume", "keeps_job"))


def of_cost(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Stevens 2 yr ms total tuition", "when would NYU pay for itself, I make 90k", and "assume 3 years" after it."""
    price = context.knowledge.pack.price
    if price is None:
        return None
    found = {v for s in _CUES.find(reading.tokens, overlapping=True) for v in s.values}
    if of_set(reading):
        return None  # "in total, how many schools charge less"
    programs = reading.programs or reading.referred
    before = context.state.cost
    if before is not None and context.state.last == "cost" and not programs and "assume" in found:
        changed = _changed(before, reading, found)
        return [changed] if changed != before else None
    programs = programs or (context.state.focus[:1] if "payback" in found else ())
    asks_price = any(f == price.asked or f in (*price.resident, *price.other) for f in reading.fields)
    asks_price = asks_price or ("whole_cost" in found and _months(reading) is not None)
    whole = "whole_cost" in found and asks_price and not _budget(reading)
    sides = reading.where.sides if reading.where else ()
    years = asks_price and (_months(reading) or (0, 0))[1] > YEAR and not _budget(reading)
    if not programs or not ("payback" in found or whole or years):
        return None
    if not all(context.charged(p) for p in programs):
        return None
    return [
        AskCost(
            programs=programs,
            months=_months(reading),
            earns=_earns(reading),
            working="keeps_job" in found,
            part=reading.parts[0] if reading.parts else "",
            payback="payback" in found,
            side=sides[0] if len(sides) == 1 else "",
            part_time=_part_time(reading),
        )
    ]


def _changed(before: AskCost, reading: Reading, found: set[str]) -> AskCost:
    """The question before with what is assumed anew."""
    earns = _earns(reading)
    return replace(
        before,
        text=reading.text,
        months=_months(reading) or before.months,
        earns=before.earns if earns is None else earns,
        working=before.working or "keeps_job" in found,
        part_time=before.part_time or _part_time(reading),
        part=reading.parts[0] if reading.parts else before.part,
        payback=before.payback or earns is not None,
    )


def _part_time(reading: Reading) -> bool:
    return any((a.norm, b.norm) == ("part", "time") for a, b in pairwise(reading.tokens)) or any(
        t.norm in {"parttime", "part-time"} for t in reading.tokens
    )


def _months(reading: Reading) -> tuple[float, float] | None:
    lengths = [a for a in reading.amounts if a.kind == "months"]
    if not lengths:
        return None
    least, most = lengths[0].least, lengths[0].most
    ends = [float(x) for x in (least, most) if x is not None]
    return (min(ends), max(ends)) if ends else None


def _earns(reading: Reading) -> float | None:
    """The student's present pay."""
    return next((_value(a) for a in _money(reading) if is_pay(a, reading.text)), None)


def _budget(reading: Reading) -> bool:
    """Whether a sum is named that is no pay: a limit, and so a wish."""
    return any(not is_pay(a, reading.text) for a in _money(reading))


def _money(reading: Reading) -> list[Amount]:
    return [a for a in reading.amounts if a.kind == "money" or (a.kind == "number" and (a.most or 0) >= 1000)]


def _value(amount: Amount) -> float | None:
    value = amount.most if amount.most is not None else amount.least
    return None if value is None else float(value)
