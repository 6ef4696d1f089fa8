"""Which open slot is worth a question now: the one whose answer would split what is left most evenly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from knowledge import Knowledge, Table, holds

from advisor.dialogue.acts import Ask
from advisor.dialogue.constraints import PLACE, constraint
from advisor.dialogue.prices import ELSEWHERE, PRICED, RESIDENT, for_student
from advisor.dialogue.profile import Profile
from advisor.dialogue.situation import Question
from advisor.dialogue.slots import Slot
from advisor.dialogue.state import DialogueState

MOST = 3
"""Questions asked in one conversation at most, unless the student wants more."""
LEAST_WORTH = 0.01
"""A question whose answer would split nothing ("public or private?" where all are public) is not asked."""
RESIDENCY = "residency"
"""The slot that prices depend on."""
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
    questions = [
        Question(Ask(s.name, s.ask, s.choices), s.why, _worth(s, left, profile, state, slots, knowledge, table))
        for s in open_slots
    ]
    telling = [q for q in questions if q.worth >= LEAST_WORTH]
    return max(telling, key=lambda q: q.worth, default=None)


def _closed(slot: str, profile: Profile, state: DialogueState) -> bool:
    group = PLACE if slot in PLACE else ("tuition", "total_cost") if slot == "tuition" else (slot,)
    return any(s in profile or s in state.asked or s in state.indifferent for s in group)


def _worth(
    slot: Slot,
    left: Sequence[str],
    profile: Profile,
    state: DialogueState,
    slots: Mapping[str, Slot],
    knowledge: Knowledge,
    table: Table,
) -> float:
    """How much an answer would split the programs left, times the slot's weight.

    The split is one less the chance that two programs fall together. Where the student lives is worth as much
    as the share of these programs that would not fit at the price for others; the place wished for is asked
    first, so that a bare "Texas" is never taken for the wrong one.
    """
    if slot.name == RESIDENCY:
        settled = any(_closed(s, profile, state) for s in PLACE)
        return slot.weight * _share_by_price(left, profile, slots, knowledge, table) if settled else 0.0
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


def _share_by_price(
    left: Sequence[str], profile: Profile, slots: Mapping[str, Slot], knowledge: Knowledge, table: Table
) -> float:
    """The share of programs whose price is within the limit for those who live in the state, and not for others."""
    limits = [t for s in PRICED if s in profile and (t := constraint(profile.wishes[s], slots, knowledge)) is not None]
    if not limits or knowledge.pack.price is None or not left:
        return 0.0
    sides = [
        [all(holds(for_student(t, side, knowledge), table, p) is not False for t in limits) for p in left]
        for side in (RESIDENT, ELSEWHERE)
    ]
    return sum(1.0 for a, b in zip(*sides, strict=True) if a != b) / len(left)
