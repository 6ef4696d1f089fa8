"""What the guide says in passing of schools that the ranking does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from advisor.actions.tools import Tools

NEAR = 0.45
"""Similarity to the question from which a passage is told beside what the record gives."""


def mentioned(schools: Iterable[str], text: str, tools: Tools) -> tuple[list[Any], list[str]]:
    """The guide passage that names one of these schools and is nearest to the question, and its section."""
    wanted = set(schools)
    names = {n for s in tools.knowledge.other_schools if s.name in wanted for n in (s.name, *s.names)}
    kept = [p for p, _ in _nearest(names, text, tools)][:1]
    return kept, [p.owner for p in kept]


def of_programs(programs: Iterable[str], text: str, tools: Tools) -> tuple[list[Any], list[str]]:
    """The same for programs beyond the pack's own, where the passage is near to what was asked."""
    names = {n for p in programs for n in tools.knowledge.program(p).names}
    kept = [p for p, score in _nearest(names, text, tools) if score >= NEAR][:1]
    return kept, [p.owner for p in kept]


def _nearest(names: Iterable[str], text: str, tools: Tools) -> list[tuple[Any, float]]:
    """The guide passages that hold one of the names, with their similarity to a text, the nearest first."""
    told = [n.lower() for n in names if len(n) > 2]
    if not told:
        return []
    pattern = re.compile(r"(?<![a-z])(?:" + "|".join(map(re.escape, told)) + r")(?![a-z])")
    naming = [
        p
        for p in tools.retriever.passages
        if p.kind == "guide" and "|" not in p.text and pattern.search(p.text.lower())
    ]
    if not naming:
        return []
    scores = {h.passage.id: h.score for h in tools.retriever.guide(text, k=50, floor=0.0)}
    return sorted(((p, scores.get(p.id, 0.0)) for p in naming), key=lambda found: -found[1])
