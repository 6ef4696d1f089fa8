"""A question → the passages that answer it best, or none. The words of a text and its meaning both count.

Measured with all-MiniLM-L6-v2 on `tests/advisor/retrieval/questions.toml` (86 guide questions worded unlike
the guide's own, 25 off-topic ones, 15 about studying that the guide does not answer), over the 98 guide
passages and their 800 example questions; `test_measured.py` there measures again:

| score | recall@1 | recall@3 | MRR |
| --- | --- | --- | --- |
| text of the passage alone | 0.65 | 0.86 | 0.77 |
| nearest of its example questions alone | 0.76 | 0.94 | 0.85 |
| the greater of the two | 0.73 | | 0.84 |
| mean of the two | 0.80 | 0.93 | 0.88 |
| **mean of the two, and 0.1 shared words** | **0.84** | **0.94** | **0.90** |
| mean of the two, and 0.1 BM25 (best = 1) | 0.79 | 0.95 | 0.87 |
| mean of the two, and 0.35 shared words | 0.76 | | 0.85 |

| floor of the guide | right answer | wrong answer | off-topic left out | unanswered left out |
| --- | --- | --- | --- | --- |
| 0.30 | 0.80 | 0.14 | 0.88 | 0.40 |
| **0.36** | **0.78** | **0.13** | **0.92** | **0.73** |
| 0.43 | 0.70 | 0.10 | 1.00 | 0.93 |

Of 20 wishes over the programs' 421 passages, 0.75 get the right program first at a floor of 0.42, 0.05 a
wrong one, and 12 of 12 that no program answers get none (with 0.1 shared words: 0.70, 0.15, 12).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from advisor.retrieval.lexical import Lexical
from advisor.retrieval.passages import Passage, passages_of

if TYPE_CHECKING:
    from advisor.embedding import Corpus

__all__ = ["GUIDE_FLOOR", "PROGRAM_FLOOR", "Hit", "Passage", "Retriever", "passages_of"]

Kind = Literal["guide", "program"]

WORDS: dict[Kind, float] = {"guide": 0.1, "program": 0.2}
"""The part of a score that is shared words; programs' texts are full of names, and have no questions."""

GUIDE_FLOOR = 0.36
"""The least score of a guide passage that is an answer."""

PROGRAM_FLOOR = 0.42
"""The least score of a program's passage that bears on a wish."""

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Hit:
    """A passage with its score, 0 to 1, and the two parts of it: nearness in meaning, and shared words."""

    passage: Passage
    score: float
    semantic: float
    lexical: float


class Retriever:
    """Finds passages. The corpus must hold the groups that `texts` names, made of the same passages."""

    def __init__(self, passages: Sequence[Passage], corpus: Corpus) -> None:
        self.passages = tuple(passages)
        self._corpus = corpus
        self._asked = np.array([row for row, p in enumerate(self.passages) for _ in p.asks], dtype=np.int64)
        self._has_asks = np.array([bool(p.asks) for p in self.passages], dtype=bool)
        self._rows: dict[Kind, NDArray[np.int64]] = {
            kind: np.array([row for row, p in enumerate(self.passages) if p.kind == kind], dtype=np.int64)
            for kind in WORDS
        }
        self._lexical = {
            kind: Lexical([_wording(self.passages[row]) for row in rows]) for kind, rows in self._rows.items()
        }

    @staticmethod
    def texts(passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
        """The groups of texts that a retriever of these passages needs in its corpus."""
        return {
            "passages": tuple(passage.embedded for passage in passages),
            "asks": tuple(ask for passage in passages for ask in passage.asks),
        }

    def guide(self, text: str, k: int = 3, *, floor: float = GUIDE_FLOOR) -> list[Hit]:
        """The k guide passages that answer best, best first; empty where the guide has no answer."""
        return self._best("guide", text, k, floor)

    def programs(self, text: str, k: int = 5, *, floor: float = PROGRAM_FLOOR) -> list[Hit]:
        """The k passages nearest to a wish over all programs, best first; a program may come up twice."""
        return self._best("program", text, k, floor)

    def program(
        self,
        program_id: str,
        text: str,
        k: int = 5,
        field: str | None = None,
        *,
        floor: float = PROGRAM_FLOOR,
    ) -> list[Hit]:
        """The k passages of one program (of one of its fields) nearest to a question, best first."""
        return self._best("program", text, k, floor, owner=program_id, field=field)

    def _best(
        self, kind: Kind, text: str, k: int, floor: float, owner: str | None = None, field: str | None = None
    ) -> list[Hit]:
        rows = self._rows[kind]
        semantic = self._semantic(text)[rows]
        lexical = self._lexical[kind].scores(text)
        scores = (1 - WORDS[kind]) * semantic + WORDS[kind] * lexical
        hits: list[Hit] = []
        for at in np.argsort(-scores, kind="stable"):  # equal scores stay in the order of the knowledge
            if len(hits) >= k or scores[at] < floor:
                break
            passage = self.passages[rows[at]]
            if owner in (None, passage.owner) and field in (None, passage.field):
                hits.append(Hit(passage, float(scores[at]), float(semantic[at]), float(lexical[at])))
        return hits

    def _semantic(self, text: str) -> Scores:
        """Nearness to each passage, 0 to 1: mean of that to its text and to the nearest of its asks."""
        scores = self._corpus.scores("passages", text)
        nearest = np.full(len(scores), -1.0, dtype=np.float32)
        np.maximum.at(nearest, self._asked, self._corpus.scores("asks", text))
        mean = np.where(self._has_asks, (scores + nearest) / 2, scores)
        return np.clip(mean, 0.0, 1.0).astype(np.float32)


def _wording(passage: Passage) -> str:
    return " ".join((passage.embedded, *passage.asks))
