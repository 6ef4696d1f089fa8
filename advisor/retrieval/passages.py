"""Guide sections and program texts → passages, each of which can stand alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from knowledge import Field, Knowledge, Program, Section

CELLS = frozenset({"name", "city", "state"})
"""Text fields that are a cell of the table: a query finds them, and as passages they would only be noise."""

SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\.[A-Z]\.)(?<!\s[A-Z]\.)(?<!\bDr\.)(?<!\bSt\.)\s+(?=[\"“(A-Z0-9])")
"""White space between two sentences, but not inside "U.S. News", "B. Smith" or "St. Louis"."""


@dataclass(frozen=True)
class Passage:
    """A stretch of text that retrieval can return.

    `owner` is the id of its section or program, `title` what that is called, `field` the program's field
    ("" in the guide), `text` what is shown, `asks` questions that it answers.
    """

    id: str
    kind: Literal["guide", "program"]
    owner: str
    title: str
    field: str
    heading: str
    text: str
    asks: tuple[str, ...] = ()

    @property
    def embedded(self) -> str:
        """The text with what it is about before it, as it is searched."""
        about = " – ".join(part for part in (self.title, self.heading) if part)
        return f"{about}: {self.text}"


def passages_of(knowledge: Knowledge) -> tuple[Passage, ...]:
    """Every passage of the knowledge: each block of the guide, then the programs' prose and list entries."""
    guide = (p for section in knowledge.sections.values() for p in _of_section(section))
    programs = (p for program in knowledge.programs.values() for p in _of_program(program, knowledge.fields))
    return (*guide, *programs)


def _of_section(section: Section) -> Iterator[Passage]:
    for number, block in enumerate(section.blocks):
        anchor = re.sub(r"[^a-z0-9]+", "-", block.heading.lower()).strip("-") or str(number)
        yield Passage(
            id=f"{section.id}#{anchor}",
            kind="guide",
            owner=section.id,
            title=section.title,
            field="",
            heading=block.heading,
            text=block.text,
            asks=block.asks,
        )


def _of_program(program: Program, fields: dict[str, Field]) -> Iterator[Passage]:
    for name, field in fields.items():
        value = program.value(name)
        if value is None or name in CELLS:
            continue
        for number, text in enumerate(_texts(field, value)):
            yield Passage(
                id=f"{program.id}.{name}.{number}",
                kind="program",
                owner=program.id,
                title=program.short,
                field=name,
                heading=field.label,
                text=text,
            )


def _texts(field: Field, value: Any) -> list[str]:
    """What a value says in words; nothing for a number or a choice."""
    if field.type == "text":
        return SENTENCE_END.split(value) if field.prose else [value]
    if field.type == "list":
        return [_IN_WORDS[field.item or "text"](entry) for entry in value]
    return []


def _of_degree(entry: Any, text: str) -> str:
    return f"{entry.degree}: {text}" if entry.degree else text


def _months(entry: Any) -> str:
    months = entry.duration_months
    if months is None:
        return ""
    if months.max is None:
        return f"at least {months.min} months"
    return f"{months.min} months" if months.min == months.max else f"{months.min}-{months.max} months"


def _degree(entry: Any) -> str:
    length = ", ".join(part for part in (_months(entry), entry.notes) if part)
    return f"{entry.name} ({length})" if length else entry.name


def _gpa(entry: Any) -> str:
    words = {"average_admitted": "average of those admitted", "minimum": "least that is asked for"}
    return _of_degree(entry, f"{entry.value} ({words[entry.kind]})")


_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "named": lambda entry: f"{entry.name}: {entry.focus}" if entry.focus else entry.name,
    "degree": _degree,
    "duration": lambda entry: _of_degree(entry, entry.text),
    "format": lambda entry: _of_degree(entry, entry.text),
    "credits": lambda entry: _of_degree(entry, f"{entry.count} {entry.unit}"),
    "gpa": _gpa,
    "track": lambda entry: _of_degree(entry, ", ".join(entry.names)),
}
"""An entry of a list in words, by the `item` of its field (knowledge's `ITEMS`)."""
