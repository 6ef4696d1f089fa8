"""Which open slot is worth a question now: the one whose answer would split what is left most evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from knowledge import Knowledge, Table

from advisor.dialogue.acts import Ask
from advisor.dialogue.constraints import PLACE
from advisor.dialogue.profile import Profile
from advisor.dialogue.situation import Question
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState

MOST = 3
"""Questions asked in one conversation at most, unless the student wants more."""
LEAST_WORTH = 0.01
"""A question whose answer would split nothing ("public or private?" where all are public) is not asked."""
ENOUGH = 3
"""With this many programs left or fewer, a question is not worth the student's time."""


def next_question(
    profile: Profile,
    left: Sequence[str],
    state: DialogueState,
    slots: Mapping[str, Slot],
    knowledge: Knowledge,
    table: Table,
) -> Question | None:
    """The slot worth asking about, or None: nothing is asked twice, nor once few programs are left."""
    if len(left) <= ENOUGH or len(state.asked) >= MOST:
        return None
    open_slots = [s for s in slots.values() if s.ask and not _closed(s.name, profile, state)]
    questions = [Question(Ask(s.name, s.ask, s.choices), s.why, _worth(s, left, knowledge, table)) for s in open_slots]
    telling = [q for q in questions if q.worth >= LEAST_WORTH]
    return max(telling, key=lambda q: q.worth, default=None)


def _closed(slot: str, profile: Profile, state: DialogueState) -> bool:
    group = PLACE if slot in PLACE else ("tuition", "total_cost") if slot == "tuition" else (slot,)
    return any(s in profile or s in state.asked or s in state.indifferent for s in group)


def _worth(slot: Slot, left: Sequence[str], knowledge: Knowledge, table: Table) -> float:
    """How much an answer would split the programs left, times the slot's weight.

    The split is one less the chance that two programs fall together.
    """
    if slot.field not in knowledge.fields:
        return slot.weight * 0.5
    if slot.kind == "range":
        values = sorted(v for p in left if (v := table.number(p, slot.field)) is not None)
        if not values:
            return 0.0
        middle = (values[0] + values[-1]) / 2
        groups = Counter(str(v > middle) for v in values)
    else:
        groups = Counter(str(knowledge.program(p).value(slot.field)) for p in left)
    n = sum(groups.values())
    return slot.weight * (1 - sum((c / n) ** 2 for c in groups.values()))
