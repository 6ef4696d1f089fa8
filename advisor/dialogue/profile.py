"""What is known of the student: the slots filled so far, each with a wish.

A wish says what is wanted of one slot. Its kinds are few, so that a new slot is data: a range of
numbers, a set of values, one choice, yes or no, a place with a radius, a number of the student's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Change = Literal["set", "add"]


@dataclass(frozen=True)
class Wish:
    """What the student wants of one slot.

    `value` has the shape of the contract: {"min", "max"} for ranges, a tuple for values, text for a
    choice, a bool for a flag, {"place", "miles"} for near, a number. `soft` is a preference that
    orders but does not exclude. `how` says whether it replaces what was there or adds to it. `strict`: the
    limits of a range leave themselves out ("over 90%").
    """

    slot: str
    value: Any
    soft: bool = False
    how: Change = "set"
    said: str = ""
    strict: bool = False


@dataclass(frozen=True)
class Profile:
    """The wishes so far, by slot. Immutable: a change makes a new one."""

    wishes: Mapping[str, Wish] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.wishes)

    def __contains__(self, slot: str) -> bool:
        return slot in self.wishes

    def value(self, slot: str) -> Any:
        """The value wished for a slot; None where nothing was said."""
        wish = self.wishes.get(slot)
        return None if wish is None else wish.value

    def with_wish(self, wish: Wish) -> Profile:
        """This profile with one more wish: ranges are merged by end, values added or replaced."""
        old = self.wishes.get(wish.slot)
        value = wish.value
        if old is not None and wish.how == "add":
            if isinstance(value, tuple) and isinstance(old.value, tuple):
                value = old.value + tuple(v for v in value if v not in old.value)
            elif isinstance(value, dict) and isinstance(old.value, dict):
                value = {**old.value, **value}
        merged = Wish(wish.slot, value, wish.soft, "set", wish.said, wish.strict)
        # The latest wish stands last: "either is fine" takes it back.
        return Profile({**self.without(wish.slot).wishes, wish.slot: merged})

    def without(self, *slots: str) -> Profile:
        """This profile with slots removed."""
        return Profile({name: wish for name, wish in self.wishes.items() if name not in slots})

    def to_dict(self) -> dict[str, Any]:
        """The profile of the contract: slot → value; slots that nothing was said of are absent."""
        return {name: list(w.value) if isinstance(w.value, tuple) else w.value for name, w in self.wishes.items()}

    def to_state(self) -> list[dict[str, Any]]:
        """A form that JSON can hold and `from_state` reads back."""
        return [
            {
                "slot": w.slot,
                "value": list(w.value) if isinstance(w.value, tuple) else w.value,
                "soft": w.soft,
                "said": w.said,
                "strict": w.strict,
            }
            for w in self.wishes.values()
        ]

    @classmethod
    def from_state(cls, entries: list[dict[str, Any]]) -> Profile:
        """The profile that `to_state` wrote."""
        wishes = {}
        for e in entries:
            value = tuple(e["value"]) if isinstance(e["value"], list) else e["value"]
            wishes[e["slot"]] = Wish(
                e["slot"], value, e.get("soft", False), "set", e.get("said", ""), e.get("strict", False)
            )
        return cls(wishes)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Profile:
        """A profile from the contract's JSON; null slots are left out."""
        return cls(
            {
                slot: Wish(slot, tuple(value) if isinstance(value, list) else value)
                for slot, value in values.items()
                if value is not None
            }
        )
