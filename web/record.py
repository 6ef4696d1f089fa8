"""What the pages show of the record: prices by residency, figures by field of study, and where sources differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from knowledge import Claim, Evidence, Field, Knowledge, Part, Program, Source, show

WEBSITE = "website"
"""The field whose value is a web address."""


@dataclass(frozen=True)
class Charge:
    """What students of one residency are charged: `display` is the sum of its claims."""

    id: str
    whom: str
    display: str
    claims: tuple[Claim, ...]

    @property
    def as_of(self) -> str:
        """The year that it is of."""
        return self.claims[0].as_of


def charges(knowledge: Knowledge, program: Program) -> list[Charge]:
    """The price for residents of the program's state, and for all others; only those that are given whole."""
    price = knowledge.pack.price
    if price is None:
        return []
    home = program.value(price.home)
    sides = (
        (price.field, f"residents of {home}" if home else "residents of its state", price.resident),
        (f"{price.field}-other", "everyone else", price.other),
    )
    found = []
    for id, whom, fields in sides:
        claims = [claim for field in fields if (claim := program.claim(field)) is not None]
        if len(claims) == len(fields):
            display = show(knowledge.fields[price.field], sum(c.value for c in claims))
            found.append(Charge(id, whom, display, tuple(claims)))
    return found


def price_fields(knowledge: Knowledge) -> tuple[str, ...]:
    """The fields of a price, the one that it is asked for by first."""
    price = knowledge.pack.price
    return () if price is None else (price.asked, *price.resident, *price.other)


@dataclass(frozen=True)
class ByPart:
    """Figures by field of study: a column a field, a row a part, a cell its claims."""

    fields: tuple[Field, ...]
    rows: tuple[tuple[Part, tuple[tuple[Claim, ...], ...]], ...]

    @property
    def sources(self) -> list[str]:
        """The sources of its cells, in order of appearance."""
        return list(dict.fromkeys(c.source for _, cells in self.rows for claims in cells for c in claims))

    @property
    def withheld(self) -> bool:
        """Whether a figure of it is withheld."""
        return any(c.status == "withheld" for _, cells in self.rows for claims in cells for c in claims)


def by_part(knowledge: Knowledge, program: Program) -> ByPart:
    """All that is known of a program by field of study, in the order of the parts; a cell may be empty."""
    fields = tuple(f for f in knowledge.fields.values() if f.by_part and program.claims.get(f.name))
    rows = []
    for part in knowledge.parts.values():
        cells = tuple(tuple(c for c in program.claims[f.name] if c.part == part.id) for f in fields)
        if any(cells):
            rows.append((part, cells))
    return ByPart(fields, tuple(rows))


@dataclass(frozen=True)
class Difference:
    """A figure that a claim of a program is held against, and by how much the claim differs from it."""

    evidence: Evidence
    display: str
    by: str


def differences(knowledge: Knowledge, program: Program, field: str) -> list[Difference]:
    """What the record has to hold a claim of a program against."""
    claim = program.claim(field)
    if claim is None:
        return []
    held = [one for one in knowledge.evidence if (one.program, one.field) == (program.id, field)]
    return [Difference(one, show(knowledge.fields[field], one.value), _by(claim.value, one.value)) for one in held]


@dataclass(frozen=True)
class Likeness:
    """The figure of the record that a field lies closest to over all programs; `share`: how far at the median."""

    what: str
    share: float


def likeness(knowledge: Knowledge, field: str) -> Likeness | None:
    """What the values of a field seem to be, judged by what the record has to hold them against."""
    shares: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one in knowledge.evidence:
        claim = knowledge.programs[one.program].claim(field) if one.program in knowledge.programs else None
        if one.field == field and claim is not None and one.value:
            # Two figures may share their words ("the same with fees"): their columns tell them apart.
            shares[one.what, one.place.partition(", ")[2]].append(abs(claim.value - one.value) / one.value)
    found = [Likeness(what, median(values)) for (what, _), values in shares.items()]
    return min(found, key=lambda one: one.share, default=None)


def _by(value: float, other: float) -> str:
    """How much a value is above or below another.

    >>> _by(110, 100), _by(99.9, 100), _by(5, 5)
    ('10% above', 'less than 1% below', 'the same')
    """
    if value == other:
        return "the same"
    share = abs(value - other) / abs(other) if other else 1
    return f"{f'{share:.0%}' if share >= 0.005 else 'less than 1%'} {'above' if value > other else 'below'}"


@dataclass(frozen=True)
class Held:
    """How many claims of a field are withheld, of how many."""

    field: Field
    withheld: int
    claims: int


def withheld(knowledge: Knowledge) -> list[Held]:
    """The fields of which the sources withhold some values."""
    programs = (*knowledge.programs.values(), *knowledge.beyond.values())
    counted = []
    for field in knowledge.fields.values():
        status = [c.status for p in programs for c in p.claims.get(field.name, ())]
        if "withheld" in status:
            counted.append(Held(field, status.count("withheld"), len(status)))
    return counted


def claim_of(knowledge: Knowledge, fact: dict[str, Any]) -> Claim | None:
    """The claim that a fact of a reply states; None for a computed one, or where the knowledge has changed."""
    if not fact["program"] or not knowledge.has(fact["program"]):
        return None
    place = (fact["source"]["document"], fact["source"]["place"])
    claims = knowledge.program(fact["program"]).claims.get(fact["field"], ())
    return next((c for c in claims if (c.source, c.place) == place), None)


def anchor(knowledge: Knowledge, fact: dict[str, Any]) -> str:
    """Where on its program's page a fact stands."""
    claim, price = claim_of(knowledge, fact), knowledge.pack.price
    if claim is not None and claim.part:
        return f"{claim.field}-{claim.part}"
    made_of = {one["field"] for one in fact.get("derived_from", ())}
    other = price is not None and fact["field"] == price.field and bool(made_of - {*price.resident})
    return f"{fact['field']}-other" if other else str(fact["field"])


def sources(knowledge: Knowledge, programs: Iterable[Program]) -> list[Source]:
    """The sources that the claims of some programs are from, in the order of the pack."""
    cited = {claim.source for p in programs for claims in p.claims.values() for claim in claims}
    return [source for id, source in knowledge.sources.items() if id in cited]


def address(value: str) -> str:
    """A web address as a link: with its scheme, and empty where it is not one of the web.

    >>> address("www.example.edu/"), address("http://example.edu"), address("javascript:alert(1)")
    ('https://www.example.edu/', 'http://example.edu', '')
    """
    value = value.strip()
    full = value if value.lower().startswith(("http://", "https://")) else f"https://{value}"
    try:
        host = urlsplit(full).hostname or ""
        urlsplit(full).port  # noqa: B018 - read for what it refuses
    except ValueError:
        return ""
    return full if "." in host and not any(c.isspace() for c in full) else ""
