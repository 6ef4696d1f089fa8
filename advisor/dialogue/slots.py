"""The slots of the profile, read from slots.toml: each described once, for understanding, matching and asking."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

HERE = Path(__file__).resolve().parent


class Slot(BaseModel):
    """Something that a student can wish for. slots.toml explains each key."""

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
