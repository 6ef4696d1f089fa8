"""Amounts in a text: money, percents, averages, months, miles, ranks and the limits put on them.

Every number is looked at with what stands before it since the last amount, and after it up to the next.
Text is expected as `normalise` leaves it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from advisor.nlu.limits import Bound, Per, Said, ends, limit_before, per_before, rank_bound, read_tail
from advisor.nlu.numbers import Number, find
from advisor.nlu.units import TOP, TOP_OF_WHAT, Kind, Unit, bare_kind, checked, rank_sign, read_unit

MOST_NUMBERS = 64
"""Numbers read in one text. One with more is a table or an attack, and would be slow."""
WINDOW = 80
"""Characters looked at on either side of a number: a limit stands closer than that to what it limits."""


@dataclass(frozen=True)
class Amount:
    """An amount with its limits: `least` and `most` are equal for an exact one, None where there is no limit.

    Money is in `currency` per `per`; `years` is how long a total has to last. Durations are in months,
    distances in miles, ranks with 1 best. `sure` is False where only context could tell the kind.
    `text` is what was said of it, limit and unit included, at `start` to `end`.
    """

    kind: Kind
    least: float | None
    most: float | None
    bound: Bound
    per: Per
    years: float | None
    currency: str
    start: int
    end: int
    text: str
    sure: bool


@dataclass(frozen=True)
class _Group:
    """One number, or the two ends of a range."""

    low: Number
    high: Number
    start: int
    end: int
    range: bool = False


def read(text: str) -> tuple[Amount, ...]:
    """The amounts of a text, in order, none overlapping.

    >>> [(a.kind, a.most, a.per) for a in read("not above 25k a year")]
    [('money', 25000.0, 'year')]
    """
    groups = _groups(text, _counting(text, find(text, MOST_NUMBERS)))
    amounts: list[Amount] = []
    taken = 0
    for i, group in enumerate(groups):
        if group.start < taken:
            continue
        stop = groups[i + 1].start if i + 1 < len(groups) else len(text)
        amount = _amount(text, group, taken, stop)
        if amount is None:
            taken = group.end
            continue
        if amount.kind == "money" and i + 1 < len(groups):
            amount = _over_years(text, amount, groups[i + 1])
        amounts.append(amount)
        taken = amount.end
    return tuple(amounts)


# ---- numbers and ranges ------------------------------------------------------------------------

_YEAR_FOLLOWS = re.compile(
    r"(?:full )?year(?:s?\b)(?P<length> and a half|[ -]long| or (?:less|so|under)| max"
    r"| tops)?",
    re.I,
)
_BEFORE_A_YEAR = re.compile(
    r"\b(?:in|within|about|around|under|than|over|just|only|takes?|lasts?|most|half|roughly) (?:half )?$",
    re.I,
)


def _counting(text: str, numbers: list[Number]) -> list[Number]:
    """The numbers without the "a" of "25k a year", which is one only in "in a year" and its like."""
    kept: list[Number] = []
    for n in numbers:
        if n.article:
            after_amount = bool(kept) and len(text[kept[-1].end : n.start].split()) <= 2
            m = _YEAR_FOLLOWS.match(text, n.end)
            alone = bool(m and m["length"]) or bool(_BEFORE_A_YEAR.search(text, max(0, n.start - 12), n.start))
            if after_amount or not alone:
                continue
        kept.append(n)
    return kept


_TO = re.compile(r" ?(?:-|to|till|until|through|~) ?-?", re.I)
_AND = re.compile(r" (?:and|&) ", re.I)
_OR = re.compile(r" or ", re.I)
_BETWEEN = re.compile(r"\b(?:between|b/w|btw|betw|from)(?: about| around| roughly| say| like)? ?$", re.I)
_ENDS_IN_UNIT = re.compile(
    r"(?:%| ?(?:percent|months?|years?|yrs?|miles|km|dollars?))?"
    r"(?: (?:a|per|each) (?:year|yr)| ?/ ?(?:year|yr)| yearly| annually)?(?= ?(?:-|to|and|or)\b| ?-)",
    re.I,
)


def _groups(text: str, numbers: list[Number]) -> list[_Group]:
    groups: list[_Group] = []
    i = 0
    while i < len(numbers):
        low = numbers[i]
        high = numbers[i + 1] if i + 1 < len(numbers) else None
        if high is not None and _joined(text, low, high):
            low, high = _alike(low, high)
            groups.append(_Group(low, high, low.start, high.end, range=True))
            i += 2
        else:
            groups.append(_Group(low, low, low.start, low.end))
            i += 1
    return groups


def _joined(text: str, low: Number, high: Number) -> bool:
    """Whether two numbers are the ends of a range."""
    unit = _ENDS_IN_UNIT.match(text, low.end)
    between = text[unit.end() if unit else low.end : high.start]
    if len(between) > 10:
        return False
    if _TO.fullmatch(between):
        return True
    if _AND.fullmatch(between):
        return bool(_BETWEEN.search(text, max(0, low.start - 20), low.start))
    return bool(_OR.fullmatch(between)) and low.scale == 1 and high.scale > 1 and low.value < high.value


def _alike(low: Number, high: Number) -> tuple[Number, Number]:
    """Both ends with the scale and currency that is written on one: "20-30k", "$20-30k", "20k to 30"."""
    if low.scale == 1 and high.scale > 1 and low.value < high.value * high.scale / 10 and low.value < 1000:
        low = replace(low, scale=high.scale)
    elif high.scale == 1 and low.scale > 1 and low.value < high.value < 1000:
        high = replace(high, scale=low.scale)
    currency = low.currency or high.currency
    return replace(low, currency=currency), replace(high, currency=currency)


# ---- an amount ----------------------------------------------------------------------------------

_STOP = re.compile(r"[.;?!](?=\s|$)|\n")


def _left(text: str, start: int, taken: int) -> int:
    """Where the words that may speak of a number begin: after the last amount and the last sentence."""
    begin = max(taken, start - WINDOW)
    for m in _STOP.finditer(text, begin, start):
        if not text.startswith("no.", m.end() - 3):
            begin = m.end()
    return begin


def _right(text: str, end: int, stop: int) -> int:
    m = _STOP.search(text, end, min(stop, end + WINDOW))
    return m.start() if m else min(stop, end + WINDOW)


def _amount(text: str, group: _Group, taken: int, stop: int) -> Amount | None:
    """The amount of a number or range; None where it counts nothing that a student asks about."""
    begin = _left(text, group.start, taken)
    before = text[begin : group.start]
    bound, offset, _ = limit_before(before)
    unit = read_unit(text, group.high, before, before[:offset], min(stop, group.end + WINDOW))
    if unit.kind == "none":
        return None
    kind, sure = unit.kind, True
    last = _right(text, unit.end, stop)
    money = kind in ("money", "number")
    said = read_tail(text, unit.end, last, money=money, limited=bound is not None, more=stop < len(text))
    per = _per(group.high, before, said.per) if money else ""
    if kind == "number":
        found, sure = bare_kind(text, group.low, group.high, before, text[unit.end : last], said.per)
        if found is None:
            return None
        kind = found
    kind, sure = checked(text, kind, group.high.value * unit.factor, sure, unit.end)
    low, high = sorted(n.value * n.scale * unit.factor + unit.extra for n in (group.low, group.high))
    if kind == "rank":
        return _rank(text, group, unit, said, begin, before)
    bound = bound or said.bound or ("min" if text.startswith("+", group.end) and unit.end > group.end else None)
    if kind == "money" and per == "total":
        bound = bound or "max"  # what there is for the whole degree is what may at most be spent
    least, most, limit = ends(low, high, bound, group.range)
    start, end = begin + offset, max(said.end, unit.end)
    return Amount(
        kind=kind,
        least=least,
        most=most,
        bound=limit,
        per=per,
        years=said.years if kind == "money" else None,
        currency=group.high.currency or ("USD" if kind == "money" else ""),
        start=start,
        end=end,
        text=text[start:end],
        sure=sure and not group.low.rough,
    )


def _rank(text: str, group: _Group, unit: Unit, said: Said, begin: int, before: str) -> Amount:
    """A rank: "top 10", "10 best", "ranked better than 10", "#3"."""
    top = TOP.search(before)
    bound, offset, words = limit_before(before)
    low, high = sorted((group.low.value, group.high.value))
    if top and top["out"]:
        bound, low, high = "min", low + 1, high + 1
    elif top or text[group.end : unit.end].strip():
        bound = "max"
    else:
        bound = rank_bound(words, bound, said.bound)
    least, most, limit = ends(low, high, bound, group.range)
    start = begin + (top.start() if top else offset if words else len(before) - rank_sign(before))
    end = max(said.end, unit.end)
    sure = not TOP_OF_WHAT.match(text, unit.end)
    return Amount("rank", least, most, limit, "", None, "", start, end, text[start:end], sure)


def _per(number: Number, before: str, after: Per) -> Per:
    return "year" if number.scale_word == "lpa" else after or per_before(before)


_SPREAD = re.compile(
    r"[ ,]*(?:(?:in|of|on|tuition|fees?|to spend|to pay|total|altogether|all|max|budget|spread|usd)[ ,]+)*"
    r"(?:for|over|across|in|during|through|to cover)(?: the| my| all| both| these| a"
    r"| full| whole| entire| course of)*[ -]*",
    re.I,
)
_YEARS = re.compile(
    r"[ -]?(?:full )?(?:years?|yrs?)\b(?! (?:of experience|exp))|[ -](?:years?|yr)[ -](?:degree"
    r"|program|masters?|course|ms)\b",
    re.I,
)


def _over_years(text: str, amount: Amount, following: _Group) -> Amount:
    """An amount with "for two years" after it taken in: a total, unless it is said to be per something."""
    if following.start - amount.end > WINDOW or following.range:
        return amount
    if not _SPREAD.fullmatch(text, amount.end, following.start):
        return amount
    m = _YEARS.match(text, following.end)
    if m is None or following.low.scale != 1:
        return amount
    per: Per = amount.per or "total"
    capped = per == "total" and amount.bound == "exact"
    return replace(
        amount, per=per, years=following.low.value, end=m.end(), text=text[amount.start : m.end()],
        least=None if capped else amount.least, bound="max" if capped else amount.bound,
    )  # fmt: skip
