"""Questions about the whole table of programs, as typed queries, and running them.

A filter holds, does not hold, or cannot be told because the source gives no value: three answers, and
only this module decides between them. A result names the rows it rests on and the rows left out.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from knowledge.table import Table, labels_of, plain_words

Op = Literal["<=", ">=", "<", ">", "==", "!=", "in", "not in", "has", "has not", "given", "absent", "near"]
Select = Literal["list", "count", "average", "median", "total", "difference", "range", "group"]


@dataclass(frozen=True)
class Filter:
    """A test on one field of a program.

    `<=` … `!=` compare the field's number (see `Table.number`) or its text; `in` and `not in` take a
    tuple; `has` and `has not` look for an entry of a list (a company in `top_employers`, a mode in
    `format`); `given` and `absent` ask whether there is a value at all; `near` takes
    (latitude, longitude, miles). `part` narrows list fields: the kind of a GPA ("minimum").
    The field "program" is the program's id.
    """

    field: str
    op: Op
    value: Any = None
    part: str = ""


@dataclass(frozen=True)
class AnyOf:
    """Holds when one of its tests does; does not when all do not; else it cannot be told."""

    tests: tuple[Test, ...]


@dataclass(frozen=True)
class AllOf:
    """Holds when all of its tests do; does not when one does not; else it cannot be told."""

    tests: tuple[Test, ...]


@dataclass(frozen=True)
class Not:
    """Holds when its test does not, and the other way round."""

    test: Filter | AnyOf | AllOf | Doubt


@dataclass(frozen=True)
class Doubt:
    """Holds when its test does; when that does not, it cannot be told: a sign that casts doubt and decides nothing."""

    test: Filter | AnyOf | AllOf | Not


Test = Filter | AnyOf | AllOf | Not | Doubt


@dataclass(frozen=True)
class Query:
    """What is asked of the table.

    `select` says what comes back: the rows ("list"), how many ("count"), a number made of `field`
    ("average", "median", "total", "difference" of largest and smallest, "range"), or the rows put
    together by the value of `field` ("group"). `order` sorts by `field`; `offset` and `limit` cut
    ("2nd cheapest" is offset 1, limit 1; rows tied with the last one kept are kept too). `part` is the part
    of the field that is meant (a field of study; for a price that depends on it, the student's residency):
    only values of it are counted, and of these only such as are alike (`Claim.like`).
    """

    select: Select = "list"
    field: str | None = None
    where: tuple[Test, ...] = ()
    order: Literal["asc", "desc"] | None = None
    offset: int = 0
    limit: int | None = None
    part: str = ""


def plain_query(query: Query) -> dict[str, Any]:
    """A query in a form that JSON can hold and `read_query` reads back."""
    return {**vars(query), "where": [_plain_test(test) for test in query.where]}


def read_query(plain: Mapping[str, Any]) -> Query:
    """The query that `plain_query` wrote."""
    return Query(**{**plain, "where": tuple(map(_read_test, plain["where"]))})


def _plain_test(test: Test) -> list[Any]:
    match test:
        case Filter():
            value = list(test.value) if isinstance(test.value, tuple) else test.value
            return ["filter", test.field, test.op, value, test.part]
        case Not():
            return ["not", _plain_test(test.test)]
        case Doubt():
            return ["doubt", _plain_test(test.test)]
    return ["any" if isinstance(test, AnyOf) else "all", *map(_plain_test, test.tests)]


def _read_test(plain: Sequence[Any]) -> Any:
    kind, *rest = plain
    match kind:
        case "filter":
            field, op, value, part = rest
            return Filter(field, op, tuple(value) if isinstance(value, list) else value, part)
        case "not":
            return Not(_read_test(rest[0]))
        case "doubt":
            return Doubt(_read_test(rest[0]))
    tests = tuple(map(_read_test, rest))
    return AnyOf(tests) if kind == "any" else AllOf(tests)


@dataclass(frozen=True)
class Result:
    """The answer to a query.

    `rows`: ids of the programs that answer, in order. `value`: the number asked for; for "range" the
    pair (least, most); None where there is nothing to count. `counted`: ids that the answer rests on.
    `untold`: ids that might belong but whose value is not given. `groups`: value → ids. `unlike`: ids whose
    value is of another kind than most (earnings after one year among such after four), and not counted.
    """

    query: Query
    rows: tuple[str, ...]
    value: Any = None
    counted: tuple[str, ...] = ()
    untold: tuple[str, ...] = ()
    groups: tuple[tuple[Any, tuple[str, ...]], ...] = ()
    unlike: tuple[str, ...] = ()


EARTH_RADIUS = 3958.8
"""Mean radius of the Earth in miles (IUGG: 6371.0 km)."""


def run(query: Query, table: Table, programs: Sequence[str] | None = None) -> Result:
    """The answer to a query over the table, or over some of its programs.

    Rows stand in the table's order unless the query orders them; ties keep the table's order. A row
    whose value is needed and not given is left out, and named in `untold`.
    """
    rows, untold = _sorted_out(query.where, table, programs)
    unlike: tuple[str, ...] = ()
    if query.field is not None and (query.order or query.select not in ("list", "count")):
        without = {p for p in rows if not _valued(p, table, query)}
        rows = tuple(p for p in rows if p not in without)
        untold = tuple(p for p in table.row if p in without or p in untold)
        rows, unlike = _alike(rows, table, query)
    counted = rows
    rows = _cut(_ordered(rows, query, table), query, table)
    match query.select:
        case "list":
            return Result(query, rows, None, counted, untold, unlike=unlike)
        case "count":
            return Result(query, rows, len(rows), rows, untold)
        case "group":
            return Result(query, rows, None, rows, untold, _groups(rows, table, query.field))
    numbers = [n for p in rows if (n := table.number(p, query.field or "", query.part)) is not None]
    return Result(query, rows, _number_made(query.select, numbers), rows, untold, unlike=unlike)


def holds(test: Test, table: Table, program_id: str) -> bool | None:
    """Whether a program passes a test; None where that cannot be told, its value not being given."""
    match test:
        case Not():
            held = holds(test.test, table, program_id)
            return None if held is None else not held
        case Doubt():
            return True if holds(test.test, table, program_id) else None
        case AllOf():
            return _all(holds(t, table, program_id) for t in test.tests)
        case AnyOf():
            return _any(holds(t, table, program_id) for t in test.tests)
    return _filter_holds(test, table, program_id)


def distance(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Miles over the Earth's surface between two (latitude, longitude) in degrees."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, point)) for point in (a, b))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(min(1.0, math.sqrt(h)))


# ---- one test ----

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}


def _filter_holds(test: Filter, table: Table, program_id: str) -> bool | None:
    match test.op:
        case "given":
            return _given(test, table, program_id)
        case "absent":
            return not _given(test, table, program_id)
        case "near":
            return _near(test, table, program_id)
        case "!=" | "not in" | "has not":
            op: Op = "==" if test.op == "!=" else "in" if test.op == "not in" else "has"
            held = _filter_holds(Filter(test.field, op, test.value, test.part), table, program_id)
            return None if held is None else not held
        case "has":
            return _has(test, table, program_id)
        case "in":
            values = tuple(Filter(test.field, "==", value, test.part) for value in test.value)
            return holds(AnyOf(values), table, program_id)
    return _compares(test, table, program_id)


def _given(test: Filter, table: Table, program_id: str) -> bool:
    if test.part:
        return table.number(program_id, test.field, test.part) is not None
    return bool(table.texts(program_id, test.field))


def _compares(test: Filter, table: Table, program_id: str) -> bool | None:
    """By number where the wanted value is one, else by text, whatever its case."""
    if not isinstance(test.value, str):
        number = table.number(program_id, test.field, test.part)
        if number is None or test.value is None:
            return None
        return number == test.value if test.op == "==" else _COMPARE[test.op](number, test.value)
    texts = [text.casefold() for text in table.texts(program_id, test.field)]
    if not texts:
        return None
    wanted = test.value.casefold()
    return wanted in texts if test.op == "==" else _COMPARE[test.op](texts[0], wanted)


def _has(test: Filter, table: Table, program_id: str) -> bool | None:
    entries = table.words(program_id, test.field)
    if not entries:
        return None
    wanted = plain_words(str(test.value))
    return bool(wanted) and any(wanted in entry for entry in entries)


def _near(test: Filter, table: Table, program_id: str) -> bool | None:
    place = table.places[table.row[program_id]]
    latitude, longitude, miles = test.value
    return None if place is None else distance(place, (latitude, longitude)) <= miles


def _any(answers: Iterable[bool | None]) -> bool | None:
    held: bool | None = False
    for answer in answers:
        if answer is True:
            return True
        held = None if answer is None else held
    return held


def _all(answers: Iterable[bool | None]) -> bool | None:
    held: bool | None = True
    for answer in answers:
        if answer is False:
            return False
        held = None if answer is None else held
    return held


# ---- steps of a query ----


def _sorted_out(
    where: tuple[Test, ...], table: Table, programs: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The programs that pass every test, and those of which it cannot be told."""
    asked = None if programs is None else set(programs)
    ids = table.ids if asked is None else tuple(p for p in table.row if p in asked)
    answers = {p: _all(holds(test, table, p) for test in where) for p in ids}
    return tuple(p for p, held in answers.items() if held), tuple(p for p, held in answers.items() if held is None)


def _valued(program_id: str, table: Table, query: Query) -> bool:
    """Whether a program has the value that a query goes by."""
    field = query.field or ""
    if query.order:
        return _key(table, program_id, field, query.part) is not None
    if query.select == "group":
        return bool(labels_of(table.value(program_id, field)))
    return table.number(program_id, field, query.part) is not None


def _alike(rows: tuple[str, ...], table: Table, query: Query) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows whose values are of the kind that most are of, and the others."""
    kinds = {p: table.like(p, query.field or "", query.part) for p in rows}
    if len(set(kinds.values())) < 2:
        return rows, ()
    most = statistics.mode(kinds.values())
    return tuple(p for p in rows if kinds[p] == most), tuple(p for p in rows if kinds[p] != most)


def _key(table: Table, program_id: str, field: str, part: str = "") -> Any:
    """What rows are ordered by: the number of the field, or its first text whatever its case."""
    number = table.number(program_id, field, part)
    texts = table.texts(program_id, field) if isinstance(table.value(program_id, field), str) else ()
    return number if number is not None else texts[0].casefold() if texts else None


def _ordered(rows: tuple[str, ...], query: Query, table: Table) -> tuple[str, ...]:
    if query.order is None or query.field is None:
        return rows
    field = query.field
    return tuple(sorted(rows, key=lambda p: _key(table, p, field, query.part), reverse=query.order == "desc"))


def _cut(rows: tuple[str, ...], query: Query, table: Table) -> tuple[str, ...]:
    """The rows from `offset` on, at most `limit` of them and those tied with the last of these."""
    if query.limit is None:
        return rows[query.offset :]
    end = query.offset + query.limit
    if query.order and query.field is not None and query.limit > 0 and end <= len(rows):
        last = _key(table, rows[end - 1], query.field, query.part)
        while end < len(rows) and _key(table, rows[end], query.field, query.part) == last:
            end += 1
    return rows[query.offset : end]


def _number_made(select: Select, numbers: list[Any]) -> Any:
    """The number asked for; None of no numbers. Rounded where adding floats leaves dust behind."""
    if not numbers:
        return None
    match select:
        case "average":
            return statistics.fmean(numbers)
        case "median":
            return statistics.median(numbers)
        case "total":
            return _without_dust(sum(numbers))
        case "difference":
            return _without_dust(max(numbers) - min(numbers))
    return min(numbers), max(numbers)


def _without_dust(number: Any) -> Any:
    return round(number, 9) if isinstance(number, float) else number


def _groups(rows: tuple[str, ...], table: Table, field: str | None) -> tuple[tuple[Any, tuple[str, ...]], ...]:
    """Programs by each label of their value, the largest group first, then by label."""
    groups: dict[str, list[str]] = {}
    for program in rows if field is not None else ():
        for label in labels_of(table.value(program, field or "")):
            groups.setdefault(label, []).append(program)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group[0].casefold()))
    return tuple((label, tuple(programs)) for label, programs in ordered)
