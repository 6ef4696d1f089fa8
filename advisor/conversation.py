"""A conversation: its turns so far, each stored with all that came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from advisor.dialogue.state import DialogueState


@dataclass(frozen=True)
class Turn:
    """One utterance with all that came of it, in forms that JSON can hold.

    `acts` and `actions` are their names with a short description (for `explain` and for tests),
    `reply` is `Reply.to_dict()`, `key` the caller's idempotency key or None.
    """

    number: int
    text: str
    state: DialogueState
    reply: dict[str, Any]
    acts: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    key: str | None = None


@dataclass
class Conversation:
    """The turns so far. The one thing that changes: `append` is a turn's one effect."""

    id: str
    turns: list[Turn] = field(default_factory=list)

    @property
    def state(self) -> DialogueState:
        """What holds after the last turn."""
        return self.turns[-1].state if self.turns else DialogueState()

    def append(self, turn: Turn) -> None:
        """Adds a turn. Raises ValueError when its number is not the next."""
        if turn.number != len(self.turns) + 1:
            raise ValueError(f"turn {turn.number} after {len(self.turns)} turns")
        self.turns.append(turn)

    def with_key(self, key: str | None) -> Turn | None:
        """The turn that was made under an idempotency key, if there is one."""
        return next((t for t in self.turns if key is not None and t.key == key), None)
