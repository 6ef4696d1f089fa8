"""What an utterance wants, by exact cues first and by its nearest examples second; else unknown."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from advisor.nlu.cues import cues
from advisor.nlu.phrases import Phrases, Token, key

HERE = Path(__file__).resolve().parent / "examples"
FILLERS = frozenset(key(" ".join(cues()["filler"])))

FILLERS_OF_START = FILLERS | {
    "can",
    "could",
    "you",
    "please",
    "help",
    "me",
    "i",
    "need",
    "to",
    "would",
    "will",
}


@dataclass(frozen=True)
class Intent:
    """What a student may want with an utterance: cues that are sure, and examples for the rest."""

    name: str
    means: str
    cues: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def read_intents(*folders: Path) -> tuple[Intent, ...]:
    """All intents: the advisor's own examples, and a pack's `examples/` laid over them file by file."""
    files: dict[str, Path] = {}
    for folder in (HERE, *folders):
        if folder.is_dir():
            files.update({path.stem: path for path in sorted(folder.glob("*.toml"))})
    return tuple(
        Intent(name, **_lists(tomllib.loads(path.read_text(encoding="utf-8")))) for name, path in sorted(files.items())
    )


def _lists(entry: dict) -> dict:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in entry.items()}


class Intents:
    """Finds the intent of an utterance.

    `nearest` gives, for a text, its similarity to every example (float32 [n], in the order of
    `examples`), or None where no encoder is wanted (fast tests).
    """

    def __init__(self, intents: Sequence[Intent], nearest: Callable[[str], np.ndarray] | None) -> None:
        self.examples: list[tuple[str, str]] = [(i.name, e) for i in intents for e in i.examples]
        self._labels = np.array([name for name, _ in self.examples])
        self._nearest = nearest
        self._cues: dict[tuple[str, ...], str] = {}
        for intent in intents:
            for cue in intent.cues:
                self._cues.setdefault(_bare(key(cue)), intent.name)
                self._cues[key(cue)] = intent.name
        self._starts: Phrases[str] = Phrases((c, i.name) for i in intents for c in i.starts)
        self._contains: Phrases[str] = Phrases((c, i.name) for i in intents for c in i.contains)

    def cue(self, tokens: Sequence[Token]) -> str | None:
        """The intent that the whole utterance is a cue of, fillers aside; None when there is none."""
        words = tuple(t.norm for t in tokens)
        return self._cues.get(words) or (self._cues.get(_bare(words)) if _bare(words) else None)

    def contained(self, tokens: Sequence[Token]) -> set[str]:
        """The intents of which a sure phrase stands in the utterance, or begins it."""
        bare = [i for i, t in enumerate(tokens) if t.norm not in FILLERS_OF_START]
        first = bare[0] if bare else 0
        opening = {v for span in self._starts.find(tokens[first : first + 4]) if span.first == 0 for v in span.values}
        return opening | {v for span in self._contains.find(tokens) for v in span.values}

    def nearest(self, text: str) -> Mapping[str, float]:
        """For each intent, the similarity (-1 to 1) of its example nearest to the text."""
        if self._nearest is None or not self.examples:
            return {}
        scores = self._nearest(text)
        return {str(label): float(scores[self._labels == label].max()) for label in dict.fromkeys(self._labels)}


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(w for w in words if w not in FILLERS)
