"""The fields that only a pack has: no slot and no reader knows them by name, so what `fields.toml` says must do."""

from __future__ import annotations

from knowledge import Field, Knowledge

KNOWN_BY_NAME = {
    "name": "text", "rank": "integer", "score": "number", "tuition": "money", "salary": "money",
    "graduation_rate": "percent", "control": "choice", "duration": "list", "format": "list", "credits": "list",
    "gpa": "list",
}  # fmt: skip
"""Fields that other readers look for, with the type that they expect."""
PLACES = frozenset(("city", "state"))
"""Fields whose values are read as places, where the pack has any."""
NUMBERS = frozenset(("integer", "number", "percent", "money"))
KINDS = frozenset(("company", "lab", "person", "degree", "role", "accreditation"))
"""Kinds of names (`entity`) that are found wherever they stand; entries of others are values of their field."""
YES_OR_NO = frozenset(("yes", "no"))
"""The choices of a field that says whether something is so."""


def own_fields(knowledge: Knowledge) -> tuple[Field, ...]:
    """The fields that no other reader knows by name."""
    other = is_other(knowledge)
    source = knowledge.pack.source
    told = {n for p in knowledge.programs.values() for n, claims in p.claims.items() if claims[0].source == source}
    placed = {place.kind for place in knowledge.places} & PLACES
    return tuple(
        f
        for f in knowledge.fields.values()
        if not _known(f, other)
        and not (f.name in PLACES and placed)
        and not (f.prose or f.by_part)
        # Of schools: what they list is looked up by its names, and further sources have readers of their own.
        and (other or (f.type != "list" and f.words and f.name in told))
    )


def _known(field: Field, other: bool) -> bool:
    """Whether other readers know a field by its name: of another subject, only what is no price and no rank."""
    known = KNOWN_BY_NAME.get(field.name) == field.type
    return known and (not other or field.name == "name" or field.type == "list")


def is_other(knowledge: Knowledge) -> bool:
    """Whether a pack is of another subject than schools: it names its nouns, or has neither rank nor tuition."""
    return bool(knowledge.pack.nouns) or knowledge.fields.keys().isdisjoint(("rank", "tuition"))


def says_yes(field: Field) -> bool:
    """Whether a field says of each program that something is so or not."""
    return field.type == "choice" and set(field.choices) == YES_OR_NO
