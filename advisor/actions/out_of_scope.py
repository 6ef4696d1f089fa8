"""Not about programs or studying: declined, with what the advisor is for."""

from __future__ import annotations

from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, SystemAct
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """A polite no."""
    return SystemAct(
        act="out_of_scope",
        case="declined",
        content={"pack": tools.knowledge.pack},
        suggestions=tools.knowledge.pack.examples[:3],
    )
