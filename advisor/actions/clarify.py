"""Two readings are possible: the student is asked which, with the readings as choices."""

from __future__ import annotations

from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, Ambiguous, Ask, SystemAct, Unconverted
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The readings, each a choice that can be sent as it stands."""
    act = action.act
    if isinstance(act, Unconverted):
        case = "cgpa" if act.kind == "cgpa" else "currency"
        return SystemAct(act="clarify", case=case, content={"said": act.said, "currency": act.kind})
    if not isinstance(act, Ambiguous):
        return SystemAct(
            act="clarify",
            case="unclear",
            content={"pack": tools.knowledge.pack},
            suggestions=tools.knowledge.pack.examples[:3],
        )
    shown = tuple(s for s, _ in act.readings)
    named = tuple(p.id for s in shown for p in tools.knowledge.programs.values() if p.name == s)
    return SystemAct(
        act="clarify",
        case="which",
        programs=named,
        content={"name": act.name, "readings": shown},
        question=Ask("reading", "", tuple(sent for _, sent in act.readings)),
        suggestions=tuple(sent for _, sent in act.readings),
    )
