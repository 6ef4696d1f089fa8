"""Values in words, as their field says; and in plain JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from knowledge.schema import Credits, Degree, Duration, Field, Format, Gpa, Months, Named, Track


def show(field: Field, value: Any) -> str:
    """A value as people read it.

    >>> show(Field(name="tuition", label="tuition", type="money", show="${value:,} a year"), 62260)
    '$62,260 a year'
    """
    if field.type == "list":
        return "; ".join(show_entry(e) for e in value) if field.item != "text" else _texts(value)
    if field.type == "choice":
        return field.labels.get(value, str(value).replace("_", "-"))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return field.show.format(value=value)


def show_entry(entry: Any) -> str:
    """One entry of a list in words."""
    match entry:
        case Degree(name=name, duration_months=length, notes=notes):
            told = [t for t in (show_months(length) if length else "", notes) if t]
            return f"{name} ({', '.join(told)})" if told else name
        case Named(name=name, focus=focus):
            return f"{name} ({focus})" if focus else name
        case Duration(degree=degree, text=text) | Format(degree=degree, text=text):
            return f"{degree}: {text}" if degree else text
        case Credits(degree=degree, count=count, unit=unit):
            return f"{count:g} {unit}" + (f" for {degree}" if degree else "")
        case Gpa(value=value, kind=kind, degree=degree):
            kind_words = "minimum" if kind == "minimum" else "on average among those admitted"
            return f"{value:.1f} {kind_words}" + (f" ({degree})" if degree else "")
        case Track(degree=degree, names=names):
            return (f"{degree}: " if degree else "") + ", ".join(names)
    return str(entry)


def show_months(months: Months) -> str:
    """A span of months in words: "16 months", "1.5-2 years", "12 months at least"."""
    low, high = months.min, months.max
    if high is None:
        return f"{_length(low)} at least"
    if low == high:
        return _length(low)
    if low % 6 == 0 and high % 6 == 0 and high >= 24:
        return f"{low / 12:g}-{high / 12:g} years"
    return f"{low:g}-{high:g} months"


def and_list(parts: Sequence[str], last: str = "and") -> str:
    """Parts as people say them.

    >>> and_list(["A", "B", "C"])
    'A, B and C'
    """
    parts = list(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _length(months: float) -> str:
    years = months / 12
    if years >= 1 and (years * 2).is_integer():
        return f"{years:g} year{'s' if years != 1 else ''}"
    return f"{months:g} months"


def _texts(entries: Any) -> str:
    """Short entries as a list with commas, sentences as sentences."""
    if any(len(e) > 60 or (e.rstrip().endswith(".") and len(e.split()) > 5) for e in entries):
        return " ".join(e if e.rstrip().endswith(".") else e + "." for e in entries)
    return ", ".join(entries)


def plain(value: Any) -> Any:
    """A value as JSON has it: records as objects, tuples as lists."""
    if isinstance(value, BaseModel):
        return {k: plain(v) for k, v in value.model_dump().items()}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value
