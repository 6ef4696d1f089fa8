"""Reading the value of a claim by the type of its field."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from knowledge.problems import Problem, blanks, nearest, not_a_number, problems_of, shown
from knowledge.schema import ITEMS, Credits, Degree, Duration, Field, Gpa, Months

NUMBERS = frozenset({"integer", "number", "percent", "money"})
TOP_GPA = 4.0  # grade point averages are given out of 4.0 (schema.Gpa)


def _tuple_of(item: Any) -> Any:
    return tuple[item, ...]


_LISTS: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(_tuple_of(item)) for name, item in ITEMS.items()}


def read_value(field: Field, raw: Any, file: str, key: str) -> tuple[Any, list[Problem]]:
    """The value as its field types it (a list as a tuple of records), and what is wrong with it."""
    if field.type in NUMBERS:
        return raw, list(_number(field, raw, file, key))
    if field.type == "list":
        return _list(field, raw, file, key)
    if isinstance(raw, bool) and set(field.choices) == {"yes", "no"}:
        raw = "yes" if raw else "no"
    value = raw.strip() if isinstance(raw, str) else raw
    if not isinstance(value, str):
        return value, [Problem(file, key, f"{shown(value)} is not a text", 'put it in "quotes"')]
    if not value:
        return value, [Problem(file, key, "is empty", "leave out a claim whose value is not given")]
    if field.type == "choice" and value not in field.choices:
        return value, [Problem(file, key, f"{shown(value)} is not one of the choices", nearest(value, field.choices))]
    return value, []


def is_number(value: Any) -> bool:
    """Whether a value is a finite number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(field: Field, value: Any, file: str, key: str) -> Iterator[Problem]:
    whole = field.type == "integer"
    if not is_number(value) or (whole and not isinstance(value, int)):
        yield Problem(file, key, *not_a_number(value, whole))
    elif field.least_number is not None and value < field.least_number:
        yield Problem(
            file, key, f"{value} is less than {field.least_number}", "correct it, or the field's least_number"
        )
    elif field.most_number is not None and value > field.most_number:
        yield Problem(file, key, f"{value} is more than {field.most_number}", "correct it, or the field's most_number")


def _list(field: Field, raw: Any, file: str, key: str) -> tuple[Any, list[Problem]]:
    item = field.item or "text"
    if not isinstance(raw, list):
        return raw, [Problem(file, key, f"{shown(raw)} is not a list", "put it in [square brackets]")]
    if not raw:
        return (), [Problem(file, key, "is empty", "leave out a claim whose value is not given")]
    try:
        entries = _LISTS[item].validate_python(raw)
    except ValidationError as error:
        return raw, list(problems_of(error, file, key, ITEMS[item]))
    if item == "text":
        entries = tuple(entry.strip() for entry in entries)
    return entries, [p for at, entry in enumerate(entries) for p in _entry(entry, file, f"{key}[{at}]")]


def _entry(entry: Any, file: str, key: str) -> Iterator[Problem]:
    """What is wrong with an entry whose types are right."""
    if isinstance(entry, BaseModel):
        yield from blanks(entry, file, key)
    match entry:
        case "":
            yield Problem(file, key, "is empty", "write a text or remove it")
        case Gpa(value=value) if not 0 < value <= TOP_GPA:
            yield Problem(file, f"{key}.value", f"{value} is not between 0 and 4.0", "write it out of 4.0")
        case Credits(count=count) if not (is_number(count) and count > 0):
            yield Problem(file, f"{key}.count", f"{count} is not above zero", "leave it out if it is not given")
        case Duration(months=months):
            yield from _months(months, file, f"{key}.months")
        case Degree(duration_months=Months() as months):
            yield from _months(months, file, f"{key}.duration_months")


def _months(months: Months, file: str, key: str) -> Iterator[Problem]:
    if not (is_number(months.min) and months.min > 0):
        yield Problem(file, f"{key}.min", f"{months.min} is not above zero", "write months")
    if months.max is not None and not (is_number(months.max) and months.max >= months.min):
        yield Problem(file, f"{key}.max", f"{months.max} is not {months.min} or more", "put the larger number in max")
