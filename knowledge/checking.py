"""Checks across the files of a pack: what each file alone cannot show.

What makes a pack unusable is found by loading and raised there. Here an error is a reference that
leads nowhere, a warning is what its author most likely did not mean, and a note is what a reader of
the pack should know: the contradictions of its sources and what was left out of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from knowledge.conflicts import conflicts
from knowledge.problems import nearest, shown
from knowledge.schema import Claim, Knowledge, Place, Program
from knowledge.table import plain_words
from knowledge.values import NUMBERS

Level = Literal["error", "warning", "note"]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
STATE = re.compile(r"[A-Z]{2}")
LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]*)")
MODES = ("on_campus", "online", "part_time", "full_time", "evening", "hybrid")


@dataclass(frozen=True)
class Finding:
    """Something that a check found: how bad, where, what, and what to do (nothing, for most notes)."""

    level: Level
    where: str
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.what}" + (f"; {self.remedy}" if self.remedy else "")


_error = partial(Finding, "error")
_warning = partial(Finding, "warning")
_note = partial(Finding, "note")


def check(knowledge: Knowledge) -> list[Finding]:
    """All findings: errors first, then warnings, then notes."""
    found = [finding for one in CHECKS for finding in one(knowledge)]
    levels = ("error", "warning", "note")
    return sorted(found, key=lambda finding: levels.index(finding.level))


def _ids(knowledge: Knowledge) -> Iterator[Finding]:
    kinds: dict[str, Iterable[str]] = {
        "pack": [knowledge.pack.id],
        "sources": knowledge.sources,
        "programs": (*knowledge.programs, *knowledge.beyond),
        "guide": knowledge.sections,
        "topics": [topic.id for topic in knowledge.topics],
        "contradictions": [c.id for c in knowledge.contradictions],
        "places": [place.id for place in knowledge.places],
    }
    for kind, ids in kinds.items():
        seen = set()
        for one in ids:
            if one in seen:
                yield _error(f"{kind}: {one}", "this id is there twice", "give each its own id")
            seen.add(one)
            if not SLUG.fullmatch(one) and not (kind == "places" and STATE.fullmatch(one)):
                yield _error(f"{kind}: {one}", "is not an id", "use lower-case letters, digits and single hyphens")


def _names(knowledge: Knowledge) -> Iterator[Finding]:
    """Names that more than one program, or a program and a school outside the pack, answer to."""
    owners: dict[str, set[str]] = defaultdict(set)
    told_apart: dict[str, set[str]] = defaultdict(set)
    for program in (*knowledge.programs.values(), *knowledge.beyond.values()):
        if plain_words(program.name) not in map(plain_words, program.names):
            yield _warning(_file(program), "names do not hold the full name", "put it first")
        for name in (program.name, program.short):
            told_apart[plain_words(name)].add(program.id)
        for name in (program.short, *program.names):
            owners[plain_words(name)].add(program.id)
    for name, ids in told_apart.items():
        if len(ids) > 1:
            yield _error(
                "programs",
                f"{_and(ids)} are both called {name.strip()!r}",
                "give each its own name and short",
            )
    for name, ids in owners.items():
        if len(ids) > 1 and len(told_apart[name]) < 2:
            yield _note("programs", f"{_and(ids)} share the name {name.strip()!r}, so the student will be asked which")
    for at, school in enumerate(knowledge.other_schools):
        for name in (school.name, *school.names):
            if plain_words(name) in owners:
                whose = _and(owners[plain_words(name)])
                yield _warning(
                    f"other_schools.toml: school[{at}]",
                    f"{name!r} is a name of {whose}",
                    "remove it from one of the two",
                )


def _fields(knowledge: Knowledge) -> Iterator[Finding]:
    for field in knowledge.fields.values():
        known = field.choices or (MODES if field.item == "format" else ())
        for value in field.values:
            if known and value not in known:
                yield _error(
                    f"fields.toml: {field.name}.values",
                    f"{value!r} is no value of the field",
                    nearest(value, known),
                )
        for phrase in {*field.least} & {*field.most}:
            yield _error(f"fields.toml: {field.name}", f"{phrase!r} is in least and in most", "remove one of the two")
        if field.entity and field.type != "list":
            yield _warning(f"fields.toml: {field.name}.entity", "names are looked up in lists only", "remove it")


def _references(knowledge: Knowledge) -> Iterator[Finding]:
    for contradiction in knowledge.contradictions:
        where = f"contradictions.toml: {contradiction.id}"
        for reference in contradiction.fields:
            yield from _reference(reference, f"{where}.fields", knowledge)
        for section in contradiction.sections:
            yield from _known(section, "section", knowledge.sections, f"{where}.sections")
    near = (*knowledge.fields, *knowledge.sections)
    for topic in knowledge.topics:
        for name in topic.related:
            yield from _known(name, "field or section", near, f"topics.toml: {topic.id}.related")
    for at, omission in enumerate(knowledge.omissions):
        yield from _known(omission.source, "source", knowledge.sources, f"sources.toml: omission[{at}].source")


def _reference(reference: str, where: str, knowledge: Knowledge) -> Iterator[Finding]:
    """Faults of a "program-id.field"."""
    program, _, field = reference.partition(".")
    faults = [
        *_known(program, "program", knowledge.programs, where),
        *_known(field, "field", knowledge.fields, where),
    ]
    if not faults and not knowledge.programs[program].claims.get(field):
        yield _warning(where, f"{reference} has no claim", "add the claim or remove the reference")
    yield from faults


def _known(name: str, kind: str, known: Collection[str], where: str) -> Iterator[Finding]:
    if name not in known:
        yield _error(where, f"there is no {kind} {name!r}", nearest(name, known))


def _places(knowledge: Knowledge) -> Iterator[Finding]:
    states = {place.id for place in knowledge.places if place.kind == "state"}
    cities = {(state, city) for p in knowledge.places if p.kind == "city" for state in p.states for city in p.cities}
    for place in knowledge.places:
        for what, remedy in _place_faults(place, states):
            yield _error(f"places.toml: {place.id}", what, remedy)
    mapped = any(p.latitude is not None for p in knowledge.places)
    mapped = mapped or any(p.latitude is not None for p in knowledge.programs.values())
    for program in knowledge.programs.values():
        if mapped and program.latitude is None:
            yield _warning(_file(program), "has no coordinates", "add latitude and longitude, or it is near nowhere")
        city, state = program.value("city"), program.value("state")
        if states and state is not None and state not in states:
            yield _warning(
                _file(program), f"its state {state!r} is no place of places.toml", "add a place of kind state"
            )
        if cities and city is not None and (state, city) not in cities:
            yield _warning(
                _file(program),
                f"its city {city!r} ({state}) is no place of places.toml",
                "add a place of kind city",
            )


def _place_faults(place: Place, states: set[str]) -> Iterator[tuple[str, str]]:
    if not place.names:
        yield "has no names", "write what people call it"
    for state in (*place.states, *place.maybe):
        if states and state not in states:
            yield f"there is no state {state!r}", "write a two-letter code that is a place of kind state"
    if place.kind == "city" and (len(place.states) != 1 or len(place.cities) != 1 or place.latitude is None):
        yield "a city needs its state, its name in cities, and coordinates", "add what is missing"
    if place.kind in {"region", "metro"} and not (place.states or place.cities):
        yield f"a {place.kind} needs states or cities", "list them"
    if (place.latitude is None) != (place.longitude is None):
        yield "has one coordinate of two", "give both or neither"
    if abs(place.latitude or 0) > 90 or abs(place.longitude or 0) > 180:
        yield "its coordinates are on no map", "write degrees, west and south below zero"


def _questions(knowledge: Knowledge) -> Iterator[Finding]:
    """Example questions that lead to two places: whichever is found first would answer."""
    places: dict[str, set[str]] = defaultdict(set)
    for section in knowledge.sections.values():
        for block in section.blocks:
            for ask in block.asks:
                places[plain_words(ask)].add(f"guide/{section.id}.md ({block.heading})")
    for topic in knowledge.topics:
        for ask in topic.asks:
            places[plain_words(ask)].add(f"topics.toml ({topic.id})")
    for ask, where in places.items():
        if len(where) > 1:
            yield _warning(_and(where), f"the question {ask.strip()!r} is an example of each", "keep it in one")


def _links(knowledge: Knowledge) -> Iterator[Finding]:
    for source in knowledge.sources.values():
        if source.url and not source.url.startswith(("https://", "http://")):
            yield _error(
                f"sources.toml: {source.id}.url",
                f"{shown(source.url)} is no web address",
                "begin it with https://",
            )
    for section in knowledge.sections.values():
        for target in LINK.findall(section.text):
            if not _leads_somewhere(target, knowledge):
                yield _error(
                    f"guide/{section.id}.md",
                    f"the link to {shown(target)} leads nowhere",
                    "link to <section id>.md or ../programs/<id>.toml",
                )


def _leads_somewhere(target: str, knowledge: Knowledge) -> bool:
    if target.startswith(("https://", "http://")):
        return True
    path = target.partition("#")[0]
    if match := re.fullmatch(r"(?:\.\./|/)programs/([^/]+?)(?:\.toml)?", path):
        return match[1] in knowledge.programs
    if match := re.fullmatch(r"(?:\./|/guide/)?([^/]+?)(?:\.md)?", path):
        return match[1] in knowledge.sections
    return not path and bool(target)


def _disagreements(knowledge: Knowledge) -> Iterator[Finding]:
    for program in knowledge.programs.values():
        for field, claims in program.claims.items():
            given = [c for c in claims if c.status == "given" and not c.part and c.source == claims[0].source]
            if any(claim.value != given[0].value for claim in given[1:]):
                said = " but ".join(f"{_brief(claim)} ({claim.place})" for claim in given)
                yield _note(f"{_file(program)}: {field}", f"claims disagree: {said}", "the first is used")
    for found in conflicts(knowledge):
        where = f"{_file(knowledge.programs[found.program])}: {found.field}"
        yield _note(where, f"the record disagrees: {found.what}", "the first is used")


def _record(knowledge: Knowledge) -> Iterator[Finding]:
    """What loading the record tables let pass, and sources that say another year than what was imported."""
    for notice in knowledge.notices:
        yield _warning(": ".join(filter(None, (notice.file, notice.key))), notice.message, notice.remedy)
    told = {claim.source: claim.as_of for p in knowledge.beyond.values() for c in p.claims.values() for claim in c}
    releases = {one.release for one in knowledge.imports}
    for id, as_of in told.items():
        if as_of in releases and knowledge.sources[id].as_of != as_of:
            yield _warning(
                f"sources.toml: {id}.as_of", f"what was imported is of {as_of}", "bring the entry up to date"
            )


def _gaps(knowledge: Knowledge) -> Iterator[Finding]:
    for name, field in knowledge.fields.items():
        everything = (*knowledge.programs.values(), *knowledge.beyond.values())
        if name != "name" and not any(program.claim(name) for program in everything):
            yield _note(f"fields.toml: {name}", "no program has a claim of it")
        shows = {p.id for p in knowledge.programs.values() for c in p.claims.get(name, ()) if not c.basis}
        if field.type in NUMBERS and field.unit and shows:
            yield _note(
                f"fields.toml: {name}",
                "is a measure without a basis",
                "say what the figure counts, if the source does",
            )


def _contradictions(knowledge: Knowledge) -> Iterator[Finding]:
    for c in knowledge.contradictions:
        said = ", ".join(f"{shown(saying.text)} ({saying.place})" for saying in c.says)
        yield _note(f"contradictions.toml: {c.id}", f"{c.title}: {said}", f"used: {c.uses}")


def _omissions(knowledge: Knowledge) -> Iterator[Finding]:
    for omission in knowledge.omissions:
        yield _note(f"sources.toml: {omission.source}", f"left out: {omission.place}: {omission.why}")


def _file(program: Program) -> str:
    return f"programs/{program.id}.toml"


def _brief(claim: Claim) -> str:
    """A value in a word or two: of records their names."""
    value: Any = claim.value
    if isinstance(value, tuple):
        return shown(", ".join(getattr(entry, "name", None) or str(entry) for entry in value))
    return shown(value)


def _and(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))


def _nouns(knowledge: Knowledge) -> Iterator[Finding]:
    """A pack of another subject should say what it lists: else nobody can ask for it by name."""
    if not knowledge.pack.nouns and knowledge.fields.keys().isdisjoint(("rank", "tuition")):
        yield _warning(
            "pack.toml: nouns",
            "is not given, so replies speak of entries",
            'write what the programs are called, one and several first: nouns = ["bike", "bikes", "e-bike"]',
        )


def _phrases(knowledge: Knowledge) -> Iterator[Finding]:
    """Superlatives that may be read as those of two fields."""
    owners: dict[str, set[str]] = defaultdict(set)
    for field in knowledge.fields.values():
        for phrase in (*field.least, *field.most):
            owners[plain_words(phrase)].add(field.name)
    for phrase, names in owners.items():
        if len(names) > 1:
            yield _note("fields.toml", f"{_and(names)} share the superlative {phrase.strip()!r}", "the first is meant")


# In the order in which findings of one level are listed.
CHECKS = (
    _ids,
    _names,
    _fields,
    _nouns,
    _phrases,
    _references,
    _places,
    _questions,
    _links,
    _disagreements,
    _record,
    _gaps,
    _contradictions,
    _omissions,
)
