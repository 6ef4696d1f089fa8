"""How long a turn takes, against one plain encoding of the same text, in one run on one machine.

    python benchmarks/turn.py [TURNS]

About TURNS (200 by default) utterances of tests/cases are said, dialogues in their order. After each turn the same
text is encoded once by sentence-transformers alone, so that both see the same machine in the same state. Each
text is new to the advisor: nothing that it keeps between turns helps.
"""

from __future__ import annotations

import math
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from advisor import Conversation, Settings, load_advisor
from advisor.embedding import Encoder
from advisor.evaluation import Case, read_cases

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"


class Watched:
    """An encoder that remembers which texts it was asked for."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self.asked: set[str] = set()
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.update(texts)
        return self._encoder.encode(texts)


def chosen(turns: int) -> list[Case]:
    """Cases of all files in equal shares of their length, of about so many turns together."""
    cases = [case for file in sorted(CASES.glob("*.jsonl")) for case in read_cases(file)]
    every = max(1, math.ceil(sum(len(case.turns) for case in cases) / turns))
    return cases[::every]


def taken(call: Callable[[], object]) -> float:
    """The milliseconds of a call."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


def main(turns: int) -> None:
    from sentence_transformers import SentenceTransformer

    encoder = Encoder()
    watched = Watched(encoder)
    advisor = load_advisor(Settings(), encoder=watched)
    advisor.warm()
    plain = SentenceTransformer(str(encoder.folder), device="cpu", local_files_only=True)
    plain.encode("warm up", show_progress_bar=False)

    thought, encoded, texts = [], [], []
    for case in chosen(turns):
        conversation = Conversation(case.id)
        for text, _ in case.turns:
            watched.asked.clear()
            thought.append(taken(lambda c=conversation, t=text: advisor.reply(c, t)))
            texts.append(len(watched.asked))
            encoded.append(taken(lambda t=text: plain.encode(t, show_progress_bar=False)))

    turn, once = statistics.median(thought), statistics.median(encoded)
    print(f"turns                        {len(thought)}")
    print(f"turn, median / p99           {turn:.1f} / {p99(thought):.1f} ms")
    print(f"one encoding, median / p99   {once:.1f} / {p99(encoded):.1f} ms")
    print(f"turn : encoding              {turn / once:.2f}")
    print(f"turns that encode nothing    {texts.count(0) / len(texts):.0%}")
    print(f"texts encoded a turn         {statistics.mean(texts):.2f} on average, {max(texts)} at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
