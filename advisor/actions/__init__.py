"""perform(action, situation, tools) → system act: what each action comes to, one file an action."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from advisor.actions import (
    advise,
    clarify,
    compare,
    confirm,
    explain,
    inform,
    out_of_scope,
    recommend,
    request,
    restart,
    smalltalk,
    unknown,
)
from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, SystemAct
from advisor.dialogue.situation import Situation

Perform = Callable[[Action, Situation, Tools], SystemAct]

ACTIONS: Mapping[str, Perform] = {
    "inform": inform.perform,
    "compare": compare.perform,
    "recommend": recommend.perform,
    "explain": explain.perform,
    "advise": advise.perform,
    "request": request.perform,
    "clarify": clarify.perform,
    "confirm": confirm.perform,
    "unknown": unknown.perform,
    "out_of_scope": out_of_scope.perform,
    "smalltalk": smalltalk.perform,
    "restart": restart.perform,
}


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The system act that an action comes to in this situation."""
    return ACTIONS[action.name](action, situation, tools)


__all__ = ["ACTIONS", "Tools", "perform"]
