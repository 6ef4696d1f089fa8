"""The parts of a reply that compare, as tables: a column a program, a row a field (of one field of study)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge import Knowledge

from web import held, record

Json = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """What was said of one program in one row; `best`: the better end among the programs compared.

    `like` says of what kind the figure is ("four years after completing"); `withheld`: there is one, unpublished.
    """

    facts: tuple[Json, ...]
    best: bool = False
    like: str = ""
    withheld: bool = False


@dataclass(frozen=True)
class Row:
    """A field of the programs compared. `line` is the line of the text that says the same."""

    label: str
    cells: tuple[Cell, ...]
    line: str = ""


@dataclass(frozen=True)
class Comparison:
    """Facts side by side: a column a program, a row a field."""

    programs: tuple[str, ...]
    rows: tuple[Row, ...]


def comparisons(reply: Json) -> list[Comparison]:
    """The tables for the parts of a reply that compare; two lines or fewer read better as text."""
    facts = reply["facts"]
    tables = []
    for part in reply["parts"]:
        if part["act"] == "compare":
            told = [facts[i] for i in part["facts"] if facts[i]["program"]]
            tables.append(_table(told, part["text"].split("\n"), held.knowledge()))
    return [table for table in tables if len(table.programs) > 1 and len(table.rows) > 2]


def _table(facts: Sequence[Json], lines: Sequence[str], knowledge: Knowledge) -> Comparison:
    programs = tuple(dict.fromkeys(f["program"] for f in facts))
    rows = []
    for field in dict.fromkeys(f["field"] for f in facts):
        label = knowledge.fields[field].label if field in knowledge.fields else field.replace("_", " ")
        said = iter([line for line in lines if _heads(line, label)])
        for group in _groups([f for f in facts if f["field"] == field]):
            line = next(said, "")
            heading = line.partition(":")[0] or label
            rows.append(Row(heading, _cells(field, programs, group, knowledge), line))
    return Comparison(programs, tuple(rows))


def _heads(line: str, label: str) -> bool:
    """Whether a line of the text is one of a field: its label, perhaps with what it is of, and a colon."""
    head, colon, _ = line.lower().partition(":")
    return bool(colon) and (head == label.lower() or head.startswith(f"{label.lower()} "))


def _groups(facts: Sequence[Json]) -> Iterator[list[Json]]:
    """The facts of one field, row by row: one field of study, or one side of a price, at a time."""
    told = [f["program"] for f in facts]
    if len(set(told)) == len(told) and not any(_part(f) for f in facts):
        yield list(facts)
        return
    for kind in dict.fromkeys(map(_kind, facts)):
        yield [f for f in facts if _kind(f) == kind]


def _kind(fact: Json) -> tuple[str, ...]:
    return (_part(fact), *(one["field"] for one in fact.get("derived_from", ())))


def _part(fact: Json) -> str:
    claim = record.claim_of(held.knowledge(), fact)
    return claim.part if claim else ""


def _cells(field: str, programs: Sequence[str], facts: Sequence[Json], knowledge: Knowledge) -> tuple[Cell, ...]:
    of = {p: tuple(f for f in facts if f["program"] == p) for p in programs}
    kinds = {p: claim.like for p in programs if of[p] and (claim := record.claim_of(knowledge, of[p][0]))}
    alike = len(set(kinds.values())) < 2
    best = _best(field, {p: told[0]["value"] for p, told in of.items() if told}, knowledge) if alike else set()
    part = next(map(_part, facts), "")
    return tuple(Cell(of[p], p in best, kinds.get(p, ""), _withheld(p, field, part, knowledge)) for p in programs)


def _withheld(program: str, field: str, part: str, knowledge: Knowledge) -> bool:
    claims = knowledge.program(program).claims.get(field, ()) if knowledge.has(program) else ()
    return any(c.status == "withheld" and c.part == part for c in claims)


def _best(field: str, values: dict[str, Any], knowledge: Knowledge) -> set[str]:
    """The programs at the better end of a field; none where there is no better, or all are alike."""
    known = knowledge.fields.get(field)
    if known is None or known.better is None or not all(isinstance(v, int | float) for v in values.values()):
        return set()
    if len(set(values.values())) < 2:
        return set()
    end = max(values.values()) if known.better == "higher" else min(values.values())
    return {program for program, value in values.items() if value == end}
