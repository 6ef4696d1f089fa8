"""Greeting, thanks, goodbye, who are you, rudeness met kindly; a person, with where to turn."""

from __future__ import annotations

from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, Social, SystemAct
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """A friendly line, and what can be asked."""
    kind = action.act.kind if isinstance(action.act, Social) else "greet"
    content = {
        "pack": tools.knowledge.pack,
        "office": tools.office,
        "contact": tools.contact,
        "count": len(tools.knowledge.programs),
    }
    if kind == "odds":
        return SystemAct(
            act="unknown",
            case="odds",
            content=content,
            unknown=(tools.absent(None, "admission odds"),),
            suggestions=("Show me the schools", "How are the schools ranked?"),
        )
    return SystemAct(act="smalltalk", case=kind, content=content, suggestions=tools.knowledge.pack.examples[:3])
