"""The profile changed and no shortlist follows: what was understood, or that there was nothing to do."""

from __future__ import annotations

from advisor.actions.recommend import described
from advisor.actions.tools import Tools
from advisor.dialogue.acts import Action, SystemAct
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """What is noted of the student now."""
    before, now = situation.before.profile.to_dict(), situation.state.profile.to_dict()
    changed = {k: v for k, v in now.items() if before.get(k) != v}
    return SystemAct(
        act="confirm",
        case=action.slot or ("lives" if "residency" in changed and tools.knowledge.pack.price else "noted"),
        content={"changed": changed, "told": [described(s, v, tools) for s, v in changed.items()]},
        suggestions=("show me the schools", "start over"),
    )
