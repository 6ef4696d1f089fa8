"""The student starts over."""

from __future__ import annotations

from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, SystemAct
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """A clean slate, and what to begin with."""
    return SystemAct(
        act="restart",
        case="restart",
        content={"pack": tools.knowledge.pack},
        suggestions=tools.knowledge.pack.examples[:3],
    )
