"""Stand-ins for heavy parts, for the tests of any room."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class FakeEncoder:
    """Texts as hashed bags of words and character trigrams: the more is shared, the nearer. d = 64.

    `calls` counts the texts that were encoded.
    """

    name = "fake"
    d = 64

    def __init__(self, name: str = "fake") -> None:
        self.name = name
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of the texts: float32 [n, 64], rows L2-normalised, the same in every process."""
        self.calls += len(texts)
        vectors = np.zeros((len(texts), self.d), dtype=np.float32)
        for row, text in enumerate(texts):
            for piece in self._pieces(text):
                digest = hashlib.md5(piece.encode("utf-8", "replace")).digest()
                vectors[row, digest[0] % self.d] += 1.0 if digest[1] % 2 else -1.0
        vectors[:, 0] += 1e-3  # a text without a letter has a direction too
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    @staticmethod
    def _pieces(text: str) -> list[str]:
        words = re.findall(r"\w+", text.lower())
        return words * 3 + [f" {word} "[i : i + 3] for word in words for i in range(len(word))]
