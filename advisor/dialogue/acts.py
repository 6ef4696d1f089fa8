"""What a turn is made of: user acts (what an utterance does), actions (what the policy chose) and
system acts (what a reply does). Fixed names; frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field as dataclass_field
from typing import Any, Literal

from knowledge import Claim, Query

from advisor.dialogue.profile import Wish

# ---- user acts -------------------------------------------------------------------------------


@dataclass(frozen=True)
class UserAct:
    """What (a part of) an utterance does. `text` is that part as it was written."""

    text: str = ""


@dataclass(frozen=True)
class Inform(UserAct):
    """Tells wishes: sets, adds, widens or removes slots of the profile.

    `hypothetical` is a what-if; `bare` marks wishes that were understood only as an answer to the
    advisor's question or from the talk before.
    """

    wishes: tuple[Wish, ...] = ()
    forget: tuple[str, ...] = ()
    hypothetical: bool = False
    wants_list: bool = True


@dataclass(frozen=True)
class RequestFacts(UserAct):
    """Asks for fields of programs. No fields: an overview; `about` is then what to look for in them.

    `part` is the one value of a field that is meant ("part-time"; of a price, "resident" or "other"), `parts`
    the fields of study.
    """

    programs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    about: str = ""
    part: str = ""
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskTable(UserAct):
    """A question over the table of programs. `asked` are fields to show beside what is ordered by;
    `wishes` are its filters as wishes, for a follow-up that goes on from them ("and in Texas?"); `told`: they
    are the student's own ("show me …"), and kept."""

    query: Query = Query()
    asked: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    told: bool = False


@dataclass(frozen=True)
class AskCost(UserAct):
    """Asks what a whole degree costs, or (`payback`) when it pays for itself.

    `months` are the least and the most that it takes, if said; `earns` the student's present pay in US
    dollars a year; `working`: the pay goes on during the studies; `part` the field of study; `side` whose price
    is asked for ("resident", "other"); `part_time`: it is spread over a longer time.
    """

    programs: tuple[str, ...] = ()
    months: tuple[float, float] | None = None
    earns: float | None = None
    working: bool = False
    part: str = ""
    payback: bool = False
    side: str = ""
    part_time: bool = False


@dataclass(frozen=True)
class AskDistance(UserAct):
    """Asks how far schools are from a place, or (no programs) which are closest to it.

    `place` is what it is called, `spot` its latitude and longitude in degrees.
    """

    programs: tuple[str, ...] = ()
    place: str = ""
    spot: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class AskWhich(UserAct):
    """Asks which programs have something that no field names exactly: searched for by meaning."""

    about: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compare(UserAct):
    """Asks for programs side by side, on the fields named or on all that tells them apart; `parts` are the
    fields of study meant."""

    programs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    order: Literal["asc", "desc"] | None = None
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Recommend(UserAct):
    """Asks for a shortlist for what is known of the student so far, or for other or more programs."""

    more: bool = False


@dataclass(frozen=True)
class Widen(UserAct):
    """Lets the search go beyond the pack's own programs, or (`wide` false) keeps it to them."""

    wide: bool = True


@dataclass(frozen=True)
class AskWhy(UserAct):
    """Asks why a program stands where it does, or why one is missing."""

    programs: tuple[str, ...] = ()
    negative: bool = False


@dataclass(frozen=True)
class AskGuide(UserAct):
    """A general question, for the guide."""


@dataclass(frozen=True)
class AskTopic(UserAct):
    """Asks about a topic that the knowledge is known not to hold."""

    topic: str = ""
    programs: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskOtherSchool(UserAct):
    """Asks about schools outside the knowledge (beside, perhaps, some inside it)."""

    schools: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ambiguous(UserAct):
    """A name with several readings; each reading is (what to show, what to send). `fields` were asked of it."""

    name: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Social(UserAct):
    """Greeting, thanks, goodbye, who are you, help, praise, rudeness, agreement."""

    kind: str = "greet"


@dataclass(frozen=True)
class Unconverted(UserAct):
    """Gives an amount that the advisor understands and does not convert: rupees, a CGPA out of ten.

    `kind` is the currency's code or "cgpa".
    """

    kind: str = ""
    said: str = ""


@dataclass(frozen=True)
class NoPreference(UserAct):
    """Has no preference on a slot (None: the one just asked about)."""

    slot: str | None = None


@dataclass(frozen=True)
class Restart(UserAct):
    """Starts over."""


@dataclass(frozen=True)
class Undo(UserAct):
    """Takes the last change back."""


@dataclass(frozen=True)
class OutOfScope(UserAct):
    """Not about programs or studying."""


@dataclass(frozen=True)
class Unclear(UserAct):
    """About studying, perhaps, but nothing could be made of it."""


# ---- system acts -----------------------------------------------------------------------------

ActName = Literal[
    "inform", "compare", "recommend", "explain", "advise", "request", "clarify", "confirm",
    "unknown", "out_of_scope", "smalltalk", "restart",
]  # fmt: skip


@dataclass(frozen=True)
class Action:
    """One thing the policy chose to do this turn, named as the act that it leads to.

    `rule` is the name of the rule that chose it, `act` the user act that it answers.
    """

    name: ActName
    act: UserAct | None = None
    rule: str = ""
    slot: str | None = None


@dataclass(frozen=True)
class Fact:
    """A value that a reply states: a claim, or a number made of claims (`derived_from`)."""

    program: str | None
    field: str
    value: Any = dataclass_field(hash=False)
    display: str
    basis: str = ""
    as_of: str = ""
    document: str = ""
    place: str = ""
    derived_from: tuple[Fact, ...] = ()
    claim: Claim | None = dataclass_field(default=None, compare=False)


@dataclass(frozen=True)
class Unknown:
    """Something asked for that the knowledge does not hold."""

    program: str | None
    about: str
    status: Literal["absent", "withheld", "not_covered"] = "absent"


@dataclass(frozen=True)
class Reason:
    """Why a program fits, on one criterion. Contributions of a program's reasons sum to its fit."""

    criterion: str
    met: bool | None
    weight: float
    contribution: float
    text: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class Offer:
    """A program of a shortlist with its fit (0 to 1) and reasons."""

    program: str
    fit: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class NearMiss:
    """A program that a small change of the profile would let in. `change` is in profile form, `facts` are the
    figures that `because` states."""

    program: str
    because: str
    change: dict[str, Any] = dataclass_field(default_factory=dict)
    facts: tuple[Fact, ...] = dataclass_field(default=(), compare=False)


@dataclass(frozen=True)
class Ask:
    """The advisor's own question about a slot, with choices that can be sent as they stand."""

    slot: str
    text: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class SystemAct:
    """What one action came to, ready to be put into words.

    `case` picks the phrase; `content` holds what it is filled with: facts, names and lists, never a
    bare string with a figure in it. `programs` are those named, in the order of the text.
    """

    act: ActName
    case: str
    content: dict[str, Any] = dataclass_field(default_factory=dict)
    programs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    shortlist: tuple[Offer, ...] | None = None
    near_misses: tuple[NearMiss, ...] | None = None
    question: Ask | None = None
    suggestions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
