"""Named groups of texts over one index, so that one start builds one thing and one query is encoded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from advisor.embedding.encoder import Encodes, Vectors
from advisor.embedding.index import Index, Progress

ASKED_AGAIN = 64
"""Texts whose scores are kept: those of a message and of a few before it."""


class Corpus:
    """Groups of texts ("passages", "asks", "intents") and how near a query is to each of their texts."""

    def __init__(self, index: Index, rows: Mapping[str, slice], encoder: Encodes) -> None:
        self.index = index
        self._rows = dict(rows)
        self._encoder = encoder
        # Several readers ask for the same clause: its scores are worked out once.
        self._scored = lru_cache(maxsize=ASKED_AGAIN)(self._score)

    @classmethod
    def open(
        cls,
        folder: Path,
        groups: Mapping[str, Sequence[str]],
        encoder: Encodes,
        progress: Progress | None = None,
    ) -> Corpus:
        """The corpus of these groups, its index from `folder` or built now (see `Index.open`)."""
        rows: dict[str, slice] = {}
        texts: list[str] = []
        for group, members in groups.items():
            rows[group] = slice(len(texts), len(texts) + len(members))
            texts.extend(members)
        return cls(Index.open(folder, texts, encoder, progress), rows, encoder)

    def scores(self, group: str, query: str) -> Vectors:
        """Cosine of the query with each text of a group, in the group's order: float32 [n], not to be written to."""
        return self._scored(group, query)

    def _score(self, group: str, query: str) -> Vectors:
        rows = self._rows[group]
        if rows.start == rows.stop:
            return np.zeros(0, dtype=np.float32)
        scores = self.index.scores(self._encoder.encode([query])[0], rows)
        scores.flags.writeable = False
        return scores
