"""The advisor's question, with nothing else to say."""

from __future__ import annotations

from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, SystemAct
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """A question about the slot worth most, and what a student may say instead."""
    question = situation.question.ask if situation.question else None
    return SystemAct(
        act="request",
        case="start" if question else "open",
        content={"pack": tools.knowledge.pack, "why": situation.question.why if situation.question else ""},
        question=question,
        suggestions=question.choices if question else tools.knowledge.pack.examples[:3],
    )
