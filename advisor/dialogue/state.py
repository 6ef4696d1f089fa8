"""What holds after the turns so far. Stored with each turn, so that any turn can be explained alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from knowledge import Query, plain_query, read_query

from advisor.dialogue.acts import AskCost
from advisor.dialogue.profile import Profile

VERSION = 1
"""The version of the stored form. A stored state of another version is not guessed at: see `from_dict`."""


@dataclass(frozen=True)
class Pending:
    """A question of the advisor's that waits for an answer: about a slot, or between readings."""

    slot: str | None = None
    readings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class DialogueState:
    """What the talk has come to.

    `shortlist`: ids last offered, `shown`: all that were offered for these wishes, page by page. `focus`: ids
    being talked about. `mentioned`: ids that the last reply named, in order (for "the second one"). `recent`:
    ids spoken of one by one (for "both"). `fields`: what was last asked about them, and `about` in which words.
    `last`: the kind of the last user act (for "and USC?"). `topic`: the topic asked about that the knowledge
    does not hold. `asked`: slots asked about already. `indifferent`: slots with no preference. `what_if`: the
    profile of a supposition. `before`: earlier profiles (for undo). `cost`: the last question about what a
    degree costs, whose assumptions may be changed ("assume 3 years"). `wide`: the search goes beyond the pack's
    own programs. `query`: the last question over the table, which the next may go on from ("and in Texas?").
    """

    profile: Profile = field(default_factory=Profile)
    shortlist: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    about: str = ""
    last: str = ""
    topic: str = ""
    sections: tuple[str, ...] = ()
    pending: Pending | None = None
    asked: tuple[str, ...] = ()
    indifferent: tuple[str, ...] = ()
    what_if: Profile | None = None
    before: tuple[Profile, ...] = ()
    turn: int = 0
    cost: AskCost | None = None
    query: Query | None = None
    wide: bool = False

    def to_dict(self) -> dict[str, Any]:
        """A form that JSON can hold, with its version."""
        plain = asdict(replace(self, profile=Profile(), what_if=None, before=(), query=None))
        plain["query"] = None if self.query is None else plain_query(self.query)
        plain["profile"] = self.profile.to_state()
        plain["what_if"] = None if self.what_if is None else self.what_if.to_state()
        plain["before"] = [p.to_state() for p in self.before]
        return {"version": VERSION, **plain}

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> DialogueState:
        """The state that `to_dict` wrote. Raises ValueError for a version this code does not know."""
        if stored.get("version") != VERSION:
            raise ValueError(
                f"a dialogue state of version {stored.get('version')!r}; this code reads version {VERSION}"
            )
        fields: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in stored.items() if k != "version"
        }
        fields["profile"] = Profile.from_state(stored["profile"])
        fields["what_if"] = None if stored["what_if"] is None else Profile.from_state(stored["what_if"])
        fields["before"] = tuple(Profile.from_state(p) for p in stored["before"])
        if stored["pending"] is not None:
            readings = tuple((shown, sent) for shown, sent in stored["pending"]["readings"])
            fields["pending"] = Pending(stored["pending"]["slot"], readings)
        if fields.get("cost") is not None:
            cost: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields["cost"].items()}
            fields["cost"] = AskCost(**cost)
        if fields.get("query") is not None:
            fields["query"] = read_query(fields["query"])
        return cls(**fields)
