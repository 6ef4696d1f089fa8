"""The slots of the profile, read from slots.toml: each described once, for understanding, matching and asking."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from knowledge import Field, Knowledge

from advisor.dialogue.own import NUMBERS, PLACES, is_other, own_fields, says_yes

HERE = Path(__file__).resolve().parent
ANYTHING = frozenset(("program", "location"))
"""What a slot may be about beside fields: the program itself, and where it is."""
COMPANY, TIES = "company", "companies"
"""The kind of name that the slot of ties to companies is about, and the slot, whatever a pack calls its fields."""
FEW = 6
"""Choices that a question may offer at most."""
OWN_WEIGHT = 0.15
"""How much a wish on a pack's own field counts in the fit."""


class Slot(BaseModel):
    """Something that a student can wish for. slots.toml explains each key; `own` ones come from a pack's fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    kind: Literal["range", "values", "exclude", "choice", "flag", "near", "number", "list", "text"]
    label: str
    field: str = ""
    also: tuple[str, ...] = ()
    has: str = ""
    unit: str = ""
    end: Literal["min", "max"] = "max"
    words: tuple[str, ...] = ()
    values: dict[str, tuple[str, ...]] = {}
    any: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    own: bool = False
    ask: str = ""
    why: str = ""
    choices: tuple[str, ...] = ()
    weight: float = 0.0


def read_slots(*folders: Path) -> Mapping[str, Slot]:
    """All slots by name: the advisor's own, with those of a pack's `slots.toml` laid over them key by key."""
    entries: dict[str, dict[str, object]] = {}
    for folder in (HERE, *folders):
        path = folder / "slots.toml"
        if path.exists():
            for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items():
                entries[name] = {**entries.get(name, {}), **entry}
    return {name: Slot(name=name, **entry) for name, entry in entries.items()}


def slots_for(knowledge: Knowledge, *folders: Path) -> Mapping[str, Slot]:
    """The slots that make sense for a knowledge: those whose fields it has, and one for each field of its own.

    So a pack of another subject can be wished for without a slots.toml, which may still say it better.
    """
    told = read_slots(*folders)
    fields = own_fields(knowledge)
    unplaced = {f.name for f in fields} & PLACES  # towns that no places.toml knows are values like any other
    kept = {name: slot for name, slot in told.items() if _has(slot, knowledge) and slot.field not in unplaced}
    companies = [f for f in knowledge.fields.values() if f.entity == COMPANY]
    if companies and TIES in told and TIES not in kept:
        ties = {"field": companies[0].name, "also": tuple(f.name for f in companies[1:]), "label": companies[0].label}
        kept[TIES] = told[TIES].model_copy(update={**ties, "own": is_other(knowledge)})
    about = {slot.field for slot in kept.values()}
    own = {f.name: _of_field(f, knowledge) for f in fields if f.name not in about | kept.keys()}
    return {**kept, **own}


def _has(slot: Slot, knowledge: Knowledge) -> bool:
    """Whether a knowledge has what a slot is about: its field, or one of those that it needs."""
    needs = slot.needs or ((slot.field,) if slot.field and slot.field not in ANYTHING else ())
    return not needs or any(name in knowledge.fields for name in needs)


def _of_field(field: Field, knowledge: Knowledge) -> Slot:
    """The slot for a field that has none: a range of a number, or the values that are welcome."""
    if field.type in NUMBERS:
        end: Literal["min", "max"] = "min" if field.better == "higher" else "max"
        ask = f"How high may the {field.label} be?" if field.type == "money" else ""
        weight = 2 * OWN_WEIGHT if ask else OWN_WEIGHT
        return Slot(
            name=field.name, kind="range", label=field.label, field=field.name, end=end, words=field.words, own=True,
            ask=ask, choices=("it does not matter",) if ask else (), weight=weight,
        )  # fmt: skip
    offered = field.choices if field.type == "choice" and not says_yes(field) and len(field.choices) <= FEW else ()
    return Slot(
        name=field.name, kind="values", label=field.label, field=field.name, words=field.words, own=True,
        ask=f"Which {field.label} would you like?" if offered else "",
        choices=(*(c.replace("_", " ") for c in offered), "no preference") if offered else (), weight=OWN_WEIGHT,
    )  # fmt: skip
