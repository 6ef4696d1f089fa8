"""Answers to questions over the table by brute force: plain Python over the claims as they are loaded.

It shares no code with `knowledge.query` and `knowledge.table`, so that the two can disagree. A condition
holds (True), does not (False), or may be taken either way (None): "Pennsylvania" on the East Coast, or an
employer of graduates in a question about "ties". A value that is not given makes a condition False.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge import Knowledge

Condition = Callable[["Row"], bool | None]

NUMBERS = ("rank", "score", "tuition", "graduation_rate", "salary")
OTHER_LEVELS = re.compile(r"\b(BS|BA|BSE|PhD|Doctor)\b")


@dataclass(frozen=True)
class Row:
    """One program: its single values, and its lists as texts (`modes` and `degrees` among them)."""

    id: str
    names: tuple[str, ...]
    one: dict[str, Any]
    many: dict[str, tuple[str, ...]]

    def number(self, field: str) -> float | None:
        """The single value, or the length of the list; None where it is not given."""
        if field in self.many:
            return len(self.many[field]) or None
        return self.one.get(field)


def rows_of(knowledge: Knowledge) -> list[Row]:
    """Every program as a row, best ranked first."""
    return sorted((_row(p) for p in knowledge.programs.values()), key=lambda row: row.one["rank"])


def _row(program: Any) -> Row:
    one: dict[str, Any] = {}
    many: dict[str, tuple[str, ...]] = {}
    for field, claims in program.claims.items():
        given = [claim.value for claim in claims if claim.status == "given"]
        if not given:
            continue
        value = given[0]
        if not isinstance(value, tuple):
            one[field] = value
        elif field == "format":
            many["modes"] = tuple(mode for entry in value for mode in entry.modes)
        elif field == "tracks":
            many["tracks"] = tuple(name for entry in value for name in entry.names)
        elif field == "duration":
            months = [e.months.min for e in value if not OTHER_LEVELS.search(e.degree or "")]
            one["months"] = min(months, default=None)
        elif field == "credits":
            one["credits"] = min(entry.count for entry in value)
        elif field != "gpa":
            many[field] = tuple(str(getattr(entry, "name", entry)) for entry in value)
    return Row(program.id, tuple(program.names), one, many)


# ---- conditions ----


def is_in(field: str, *values: str | int) -> Condition:
    return lambda row: row.one.get(field) in values


def within(states: Iterable[str], cities: Iterable[str], maybe: Iterable[str] = ()) -> Condition:
    """In a region or area: surely by state or city, perhaps by a state that only some count in."""
    states, cities, maybe = set(states), set(cities), set(maybe)

    def holds(row: Row) -> bool | None:
        if row.one["state"] in states or row.one["city"] in cities:
            return True
        return None if row.one["state"] in maybe else False

    return holds


def bound(field: str, sign: str, limit: float) -> Condition:
    def holds(row: Row) -> bool:
        number = row.number(field)
        if number is None:
            return False
        return {"<": number < limit, "<=": number <= limit, ">": number > limit, ">=": number >= limit}[sign]

    return holds


def has(field: str, word: str, *, perhaps: Sequence[str] = ()) -> Condition:
    """An entry of the list holds the word; where only a list of `perhaps` does, either answer will do."""
    pattern = re.compile(r"(?<!\w)" + re.escape(word) + r"(?!\w)", re.IGNORECASE)

    def holds(row: Row) -> bool | None:
        if any(pattern.search(entry) for entry in row.many.get(field, ())):
            return True
        return None if any(pattern.search(e) for f in perhaps for e in row.many.get(f, ())) else False

    return holds


def lacks(field: str) -> Condition:
    return lambda row: field not in row.one and not row.many.get(field)


def both(*conditions: Condition) -> Condition:
    def holds(row: Row) -> bool | None:
        answers = [condition(row) for condition in conditions]
        return False if False in answers else None if None in answers else True

    return holds


def either(*conditions: Condition) -> Condition:
    def holds(row: Row) -> bool | None:
        answers = [condition(row) for condition in conditions]
        return True if True in answers else None if None in answers else False

    return holds


def outside(condition: Condition) -> Condition:
    def holds(row: Row) -> bool | None:
        answer = condition(row)
        return None if answer is None else not answer

    return holds


def anywhere(row: Row) -> bool:
    return True


# ---- answers ----


@dataclass(frozen=True)
class Expected:
    """What an answer must hold: these numbers, exactly these programs (and perhaps those of `maybe`).

    `programs` None: any. `count`: the number of programs must be said too. `pattern`: the text must match.
    `first`: the programs to begin with. `offer`: the best five will do where the text says how many there are.
    """

    programs: frozenset[str] | None = None
    maybe: frozenset[str] = frozenset()
    numbers: tuple[float, ...] = ()
    count: bool = False
    pattern: str = ""
    first: tuple[str, ...] = ()
    offer: bool = False


def listed(rows: Sequence[Row], condition: Condition, *, count: bool = False, offer: bool = False) -> Expected:
    answers = {row.id: condition(row) for row in rows}
    return Expected(
        programs=frozenset(id for id, answer in answers.items() if answer),
        maybe=frozenset(id for id, answer in answers.items() if answer is None),
        count=count,
        offer=offer,
    )


def best(rows: Sequence[Row], field: str, *, most: bool, condition: Condition = anywhere,
         first: int = 1, last: int = 1) -> Expected | None:  # fmt: skip
    """The `first`-th to `last`-th by a field, and all tied with the last; None where there are too few."""
    valued = [row for row in rows if row.number(field) is not None and condition(row)]
    valued.sort(key=lambda row: -(row.number(field) or 0) if most else (row.number(field) or 0))
    if len(valued) < last or any(condition(row) is None for row in rows):
        return None
    end = valued[last - 1].number(field)
    # "the second cheapest" has no one answer where the first and the second are tied.
    if first > 1 and valued[first - 2].number(field) == valued[first - 1].number(field):
        return None
    tied = [row for row in valued[last:] if row.number(field) == end]
    return Expected(programs=frozenset(row.id for row in [*valued[first - 1 : last], *tied]))


def number_of(rows: Sequence[Row], field: str, made: str, condition: Condition = anywhere) -> Expected | None:
    """The average, median, difference or range of a field; None where there are fewer than two values."""
    numbers = [n for row in rows if condition(row) and (n := row.number(field)) is not None]
    if len(numbers) < 2 or any(condition(row) is None for row in rows):
        return None
    match made:
        case "average":
            return Expected(numbers=(sum(numbers) / len(numbers),))
        case "median":
            return Expected(numbers=(statistics.median(numbers),))
        case "difference":
            return Expected(numbers=(max(numbers) - min(numbers),))
    return Expected(numbers=(min(numbers), max(numbers)))


# ---- judging ----

OFFERED = 5
"""How many programs an offer shows at most."""

WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]


def wrong(expected: Expected, programs: Sequence[str], text: str) -> str:
    """What is wrong with an answer; empty where it is right."""
    found = _numbers(text)
    for number in expected.numbers:
        if not any(_same(number, f) for f in found):
            return f"number {number:g} is not said"
    if expected.pattern and not re.search(expected.pattern, text, re.IGNORECASE | re.DOTALL):
        return f"the text does not match {expected.pattern}"
    if expected.first and tuple(programs[: len(expected.first)]) != expected.first:
        return f"begins with {', '.join(programs[: len(expected.first)]) or 'no program'}"
    if expected.programs is None:
        return ""
    got = set(programs)
    if expected.offer and len(got) >= OFFERED and got <= expected.programs | expected.maybe:
        sizes = range(len(expected.programs), len(expected.programs | expected.maybe) + 1)
        return "" if found & set(map(float, sizes)) else f"the number {len(expected.programs)} is not said"
    missing, more = expected.programs - got, got - expected.programs - expected.maybe
    if missing or more:
        return f"lacks {sorted(missing)}; has too many {sorted(more)}"
    if expected.count and float(len(got)) not in found:
        return f"the number {len(got)} is not said"
    return ""


def _numbers(text: str) -> set[float]:
    digits = {float(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?:\.\d+)?", text) if n.strip(",")}
    words = set(re.findall(r"[a-z]+", text.casefold()))
    return digits | {float(i) for i, word in enumerate(WORDS) if word in words} | ({0.0} if "none" in words else set())


def _same(expected: float, said: float) -> bool:
    """Equal as far as it is rounded: money to the dollar, percents and scores to a tenth."""
    return abs(expected - said) <= (0.5 if expected >= 1000 else 0.051)
