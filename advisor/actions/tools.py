"""What actions work with: the knowledge, its table, search by meaning, and stating facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from knowledge import Claim, Contradiction, Knowledge, Table, plain, show

from advisor.dialogue.acts import Fact, Unknown
from advisor.dialogue.prices import charged
from advisor.dialogue.slots import Slot
from advisor.recommendation import Ranker
from advisor.retrieval import Retriever


@dataclass(frozen=True)
class Tools:
    """The parts that actions need."""

    knowledge: Knowledge
    table: Table
    retriever: Retriever
    ranker: Ranker
    slots: Mapping[str, Slot]
    office: str = ""
    contact: str = ""

    def fact(self, program: str, field: str, part: str = "") -> Fact | None:
        """The advisor's fact of a field (of one part of it, see `Query.part`); None where no value is given."""
        price = self.knowledge.pack.price
        if part and price is not None and field == price.field:
            return charge(program, part, self.knowledge)
        by_part = field in self.knowledge.fields and self.knowledge.fields[field].by_part
        claim = self.knowledge.program(program).claim(field, part if by_part else "")
        return None if claim is None else fact_of(claim, self.knowledge)

    def facts(self, program: str, *fields: str, part: str = "") -> tuple[Fact, ...]:
        """The facts of those fields that are given."""
        return tuple(f for name in fields if (f := self.fact(program, name, part)) is not None)

    def contradictions(self, program: str, field: str) -> tuple[Contradiction, ...]:
        """The contradictions of the sources that a field of a program touches."""
        return tuple(c for c in self.knowledge.contradictions if f"{program}.{field}" in c.fields)

    @cached_property
    def row(self) -> tuple[str, ...]:
        """The fields that are one value each in the pack's own source: what a table of programs shows."""
        own = self.knowledge.pack.source
        told = {
            name
            for program in self.knowledge.programs.values()
            for name, claims in program.claims.items()
            if any(c.source == own for c in claims)
        }
        return tuple(
            f.name
            for f in self.knowledge.fields.values()
            if f.name in told and (f.type not in {"list", "text"} or f.name in {"city", "state"})
        )

    @property
    def rows_alone(self) -> int:
        """How many programs have nothing but such values."""
        if "overview" not in self.knowledge.fields:
            return 0
        return sum(p.claim("overview") is None for p in self.knowledge.programs.values())

    def basis(self, field: str) -> str:
        """What the values of a field are, as its field says; empty for a field that there is not."""
        return self.knowledge.fields[field].basis if field in self.knowledge.fields else ""

    def name(self, program: str) -> str:
        """What replies call a program."""
        return self.knowledge.program(program).name

    def short(self, program: str) -> str:
        """Its short name."""
        return self.knowledge.program(program).short

    def label(self, field: str) -> str:
        """What a field is called."""
        return self.knowledge.fields[field].label

    def absent(self, program: str | None, about: str) -> Unknown:
        """Something asked for that the sources do not give."""
        return Unknown(program, about, "absent")


class Given(dict[str, Fact]):
    """Facts by field; None for a field that is not given, so that a phrase can ask."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        super().__init__({f.field: f for f in facts})

    def __missing__(self, field: str) -> None:
        return None


def fact_of(claim: Claim, knowledge: Knowledge) -> Fact:
    """A claim as a fact that a reply can state."""
    field = knowledge.fields[claim.field]
    part = knowledge.parts.get(claim.part)
    of = f"{part.title} ({part.code}), " if part is not None else ""
    return Fact(
        program=claim.program,
        field=claim.field,
        value=plain(claim.value),
        display=show(field, claim.value),
        basis=of + claim.basis,
        as_of=claim.as_of,
        document=claim.source,
        place=claim.place,
        claim=claim,
    )


def computed(field: str, value: Any, display: str, made_of: tuple[Fact, ...], basis: str) -> Fact:
    """A number made of facts, which it names."""
    first = made_of[0] if made_of else None
    return Fact(
        program=None,
        field=field,
        value=value,
        display=display,
        basis=basis,
        as_of=first.as_of if first else "",
        document=first.document if first else "",
        place="computed from the facts that it is derived from",
        derived_from=made_of,
    )


def charge(program: str, residency: str, knowledge: Knowledge) -> Fact | None:
    """Tuition and fees that a student of a residency is charged a year, as one fact made of both."""
    record, price = knowledge.program(program), knowledge.pack.price
    claims = charged(record, residency, knowledge)
    if price is None or not claims:
        return None
    total = sum(c.value for c in claims)
    display = knowledge.fields[price.field].show.format(value=total)
    made_of = tuple(fact_of(c, knowledge) for c in claims)
    basis = knowledge.fields[price.field].basis
    return replace(computed(price.field, total, display, made_of, basis), program=program)
