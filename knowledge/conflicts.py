"""Where the record and a program's own claims disagree, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.schema import Claim, Knowledge, Program
from knowledge.showing import show
from knowledge.table import plain_words
from knowledge.values import is_number


@dataclass(frozen=True)
class Conflict:
    """A claim of a program and what the record has in its place. `sources` are those of the record."""

    program: str
    field: str
    what: str
    sources: tuple[str, ...]


def conflicts(knowledge: Knowledge) -> Iterator[Conflict]:
    """All of them, program by program. Two ways to write one name are no conflict."""
    for program in knowledge.programs.values():
        for field, claims in program.claims.items():
            yield from _of_claims(knowledge, program, field, claims)
        for field in dict.fromkeys(one.field for one in knowledge.evidence if one.program == program.id):
            yield from _of_evidence(knowledge, program, field)


def _of_claims(knowledge: Knowledge, program: Program, field: str, claims: tuple[Claim, ...]) -> Iterator[Conflict]:
    own = next((c for c in claims if c.status == "given" and not c.part), None)
    said = own.value if own else program.name if field == "name" else None
    for claim in claims:
        if said is None or claim is own or claim.part or claim.status != "given" or _same(said, claim.value):
            continue
        if own is not None and own.source == claim.source:
            continue  # a source at odds with itself is a matter of contradictions.toml
        shown = show(knowledge.fields[field], said), show(knowledge.fields[field], claim.value)
        told = f"{shown[0]}, but {shown[1]} in {claim.source}, {claim.place}"
        yield Conflict(program.id, field, told, (claim.source,))


def _of_evidence(knowledge: Knowledge, program: Program, field: str) -> Iterator[Conflict]:
    claim = program.claim(field)
    if claim is None or not is_number(claim.value):
        return
    found = [one for one in knowledge.evidence if (one.program, one.field) == (program.id, field)]
    shown = knowledge.fields[field]
    told = "; ".join(f"{_by(one.value, claim.value)} than {one.what}, {show(shown, one.value)}" for one in found)
    sources = tuple(dict.fromkeys(one.source for one in found))
    yield Conflict(program.id, field, f"{show(shown, claim.value)} is {told} ({', '.join(sources)})", sources)


def _by(base: float, other: float) -> str:
    """How much the second number is more or less than the first."""
    if base == other:
        return "no more and no less"
    share = f" ({abs(other - base) / abs(base):.0%})" if base else ""
    return f"{abs(other - base):,} {'more' if other > base else 'less'}{share}"


def _same(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return plain_words(one).replace(" saint ", " st ") == plain_words(other).replace(" saint ", " st ")
    return one == other
