"""The cue words of the language, read from cues.toml once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from advisor.nlu.phrases import Phrases


@lru_cache(maxsize=1)
def cues() -> dict[str, tuple[str, ...]]:
    """Every group of cues by its name."""
    path = Path(__file__).resolve().parent / "cues.toml"
    return {name: tuple(said) for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def phrases_of(groups: Iterable[str]) -> Phrases[str]:
    """The cues of some groups, ready to be found in a text; each stands for its group."""
    return Phrases((phrase, group) for group in groups for phrase in cues()[group])
