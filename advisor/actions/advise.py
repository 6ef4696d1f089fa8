"""An answer from the guide: the passages that answer, as they stand there."""

from __future__ import annotations

from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, SystemAct
from advisor.dialogue.situation import Situation
from advisor.retrieval import Hit

CLOSE = 0.85
"""A second passage is added when its score is at least this share of the first's: it answers as well."""
BRIEFS = 1
"""Contradictions told of in one answer at most; the section's own page lists all."""


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The best passage, a second where it answers as well, and what the source contradicts itself on."""
    text = action.act.text if action.act else ""
    hits = _hits(text, situation, tools)
    if not hits:
        return SystemAct(
            act="unknown",
            case="nothing",
            content={"about": action.act.text if action.act else "", "pack": tools.knowledge.pack},
            unknown=(tools.absent(None, action.act.text if action.act else ""),),
        )
    best = hits[0]
    chosen = [best, *(h for h in hits[1:2] if h.score >= CLOSE * best.score)]
    sections = tuple(dict.fromkeys(h.passage.owner for h in chosen))
    briefs = [c for c in tools.knowledge.contradictions if sections[0] in c.sections and _touches(c, best.passage.text)]
    titles = [tools.knowledge.sections[s].title for s in sections]
    return SystemAct(
        act="advise",
        case="passages",
        content={
            "passages": tuple(h.passage for h in chosen),
            "titles": titles,
            "briefs": [c.brief for c in briefs[:BRIEFS]],
        },
        sections=sections,
    )


def _hits(text: str, situation: Situation, tools: Tools) -> list[Hit]:
    """The passages that answer. A short follow-up is searched also together with the question before it,
    and last among the passages of the sections that the talk is about."""
    before = situation.before
    hits = tools.retriever.guide(text, k=3)
    if before.last not in {"guide", "explain"} or len(text.split()) > 6:
        return hits
    joined = tools.retriever.guide(f"{text} {before.about}", k=3) if before.about else []
    best = max((hits, joined), key=lambda found: found[0].score if found else 0.0)
    near = (*before.sections, "methodology")
    return best or [h for h in tools.retriever.guide(text, k=40, floor=0.0) if h.passage.owner in near][:1]


def _touches(contradiction: object, text: str) -> bool:
    """Whether the passage holds one of the figures or names that the contradiction is about."""
    import re

    said = " ".join(s.text for s in contradiction.says)  # type: ignore[attr-defined]
    figures = set(re.findall(r"\d[\d,.%]*", said))
    return bool(figures & set(re.findall(r"\d[\d,.%]*", text)))
