"""The programs as columns: one number and the texts of each field of each program, read once.

Queries look at thousands of cells and never at claims; what a cell means is decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from knowledge.schema import Credits, Degree, Duration, Format, Gpa, Knowledge, Named, Program, Track

Number = int | float

NOT_A_MASTERS = re.compile(r"\b(?:B\.?S|B\.?A|B\.?S\.?E|Ph\.?D|D\.?Phil|Bachelor\w*|Doctor\w*)\b", re.IGNORECASE)


class Table:
    """Every program's values, those of the pack first, in rank order, then those beyond them.

    `ids` are the programs of the pack, over which a question is answered unless it is widened; `everywhere`
    is all of them. The value of a field is that of its first given claim.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self.ids: tuple[str, ...] = tuple(knowledge.programs)
        self.everywhere: tuple[str, ...] = (*self.ids, *knowledge.beyond)
        self.row: dict[str, int] = {program: at for at, program in enumerate(self.everywhere)}
        programs = (*knowledge.programs.values(), *knowledge.beyond.values())
        self._programs = dict(zip(self.everywhere, programs, strict=True))
        self._price = knowledge.pack.price
        self.places: tuple[tuple[float, float] | None, ...] = tuple(map(_place, programs))
        self._columns = {field: tuple(_value(p, field) for p in programs) for field in knowledge.fields}
        self._numbers: dict[str, tuple[Number | None, ...]] = {
            field: tuple(map(number_of, column)) for field, column in self._columns.items()
        }
        self._texts: dict[str, tuple[tuple[str, ...], ...]] = {
            field: tuple(map(texts_of, column)) for field, column in self._columns.items()
        }
        self._numbers["program"] = (None,) * len(self.everywhere)
        self._texts["program"] = tuple((program,) for program in self.everywhere)
        self._words: dict[str, tuple[tuple[str, ...], ...]] = {}
        self._nothing: tuple[None, ...] = (None,) * len(self.everywhere)

    def column(self, field: str) -> tuple[Any, ...]:
        """The values of a field, in the order of `ids`; None is *not given*."""
        return self._columns.get(field, self._nothing)

    def value(self, program_id: str, field: str) -> Any:
        """One value; None is *not given*."""
        return self.column(field)[self.row[program_id]]

    def number(self, program_id: str, field: str, part: str = "") -> Number | None:
        """The number that a field is compared by; None where it is not given or has none.

        A number itself; for lengths the fewest months among the master's degrees; for credits the
        least count; for GPAs the first of the kind `part` (or the first); for other lists how many
        entries there are. Of a field with parts (earnings by field of study) the value of that part; of the
        price that depends on it, what a student of the residency `part` is charged, tuition and fees.
        """
        if not part:
            return self._numbers.get(field, self._nothing)[self.row[program_id]]
        if self._price is not None and field == self._price.field:
            return self._charged(program_id, part)
        claim = self._programs[program_id].claim(field, part)
        if claim is not None:
            return number_of(claim.value)
        value = self.value(program_id, field)
        return number_of(value, part) if isinstance(value, tuple) else None

    def like(self, program_id: str, field: str, part: str = "") -> str:
        """What the value of `number` shares with those it may be compared with; empty where nothing is said."""
        claim = self._programs[program_id].claim(field, part)
        return "" if claim is None else claim.like

    def _charged(self, program_id: str, residency: str) -> Number | None:
        """Tuition and fees together; None where one of them is not given."""
        assert self._price is not None
        numbers = [self.number(program_id, f) for f in self._price.fields(self._programs[program_id], residency)]
        return None if None in numbers else sum(n for n in numbers if n is not None)

    def texts(self, program_id: str, field: str) -> tuple[str, ...]:
        """All texts of a value: names and what they work on, modes, tracks; () where it is not given."""
        return self._texts[field][self.row[program_id]] if field in self._texts else ()

    def words(self, program_id: str, field: str) -> tuple[str, ...]:
        """The texts as plain words between blanks, in which words can be looked up whole."""
        if field not in self._words:
            # Only a few fields are ever searched, and the long texts hardly ever.
            self._words[field] = tuple(
                tuple(map(plain_words, t)) for t in self._texts.get(field, ((),) * len(self.everywhere))
            )
        return self._words[field][self.row[program_id]]


def number_of(value: Any, part: str = "") -> Number | None:
    """The number of a value, as `Table.number` says."""
    match value:
        case int() | float():
            number: Number = value
            return number
        case (Duration(), *_):
            masters = (d for d in value if d.degree is None or is_masters(d.degree))
            return min((duration.months.min for duration in masters), default=None)
        case (Credits(), *_):
            return min((credits.count for credits in value), default=None)
        case (Gpa(), *_):
            return next((g.value for g in value if part in ("", g.kind)), None)
        case tuple():
            return len(value)
        case _:
            return None


def texts_of(value: Any) -> tuple[str, ...]:
    """All texts of a value, as `Table.texts` says."""
    if isinstance(value, tuple):
        return tuple(text for entry in value for text in _entry_texts(entry) if text)
    return () if value is None else (str(value),)


def labels_of(value: Any) -> tuple[str, ...]:
    """The texts by which programs are put together: of people and labs the names alone."""
    if isinstance(value, tuple) and isinstance(value[0], Named):
        return tuple(dict.fromkeys(entry.name for entry in value))
    return tuple(dict.fromkeys(texts_of(value)))


def is_masters(degree: str) -> bool:
    """Whether a degree is neither a bachelor's nor a doctorate, by its name."""
    return NOT_A_MASTERS.search(degree) is None


def plain_words(text: str) -> str:
    """A text as lower-case words without accents, each with a blank on both sides.

    >>> plain_words("José's Lab (C++)")
    ' jose s lab c++ '
    """
    bare = text
    if not text.isascii():  # the long way for the few that need it: every name of every school comes through here
        bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = re.findall(r"[\w+#]+", bare.casefold())
    return f" {' '.join(words)} " if words else ""


def _entry_texts(entry: Any) -> Iterator[str]:
    match entry:
        case str():
            yield entry
        case Named(name=name, focus=focus):
            yield from (name, focus)
        case Degree(name=name):
            yield name
        case Duration(text=text):
            yield text
        case Format(modes=modes):
            yield from modes
        case Credits(count=count, unit=unit):
            yield f"{count} {unit}"
        case Gpa(value=value):
            yield str(value)
        case Track(names=names):
            yield from names


def _value(program: Program, field: str) -> Any:
    value = program.value(field)
    return program.name if value is None and field == "name" else value


def _parts(programs: Iterable[Program]) -> dict[str, dict[tuple[str, str], Number | None]]:
    """The numbers of the fields whose claims are of parts, by field and by program and part."""
    found: dict[str, dict[tuple[str, str], Number | None]] = {}
    for program in programs:
        for field, claims in program.claims.items():
            for claim in claims:
                if claim.part and claim.status == "given":
                    found.setdefault(field, {}).setdefault((program.id, claim.part), number_of(claim.value))
    return found


def _place(program: Program) -> tuple[float, float] | None:
    if program.latitude is None or program.longitude is None:
        return None
    return program.latitude, program.longitude
