"""What the policy and the actions look at this turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from advisor.dialogue.acts import Ask, NearMiss, Offer, UserAct
from advisor.dialogue.profile import Profile
from advisor.dialogue.state import DialogueState

WIDER = 5
"""Programs beyond the pack's own that are named where none of its own fits."""


@dataclass(frozen=True)
class Match:
    """Whether a program holds every wish: yes, no, or (None) it cannot be told; and by slot."""

    program: str
    holds: bool | None
    by_slot: Mapping[str, bool | None]


@dataclass(frozen=True)
class Question:
    """An open slot that is worth a question: what to ask, and how much it would split what is left."""

    ask: Ask
    why: str
    worth: float


@dataclass(frozen=True)
class Situation:
    """The state after this turn's acts, with what matching made of the profile.

    `profile` is the one that this turn's offers are for: the what-if's if there is one. `offers` are
    the matches in order of fit, those that are sure to fit before those of which only the price is in doubt;
    `wider` those beyond the pack's own programs, where none of these fits; `untold` the ids that cannot be
    judged on some wish; `near_misses` the smallest changes that let others in; `question` the one worth asking,
    or None.
    """

    before: DialogueState
    state: DialogueState
    acts: tuple[UserAct, ...]
    profile: Profile
    offers: tuple[Offer, ...] = ()
    untold: tuple[str, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    question: Question | None = None
    hypothetical: bool = False
    wider: tuple[Offer, ...] = ()
