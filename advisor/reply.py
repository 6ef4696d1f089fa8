"""The structured answer of a turn, and its JSON as the contract has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from advisor.dialogue.acts import Ask, Fact, NearMiss, Offer, Unknown
from advisor.dialogue.situation import WIDER


@dataclass(frozen=True)
class Part:
    """The answer to one of the message's questions. `facts` are indices into the reply's facts."""

    act: str
    text: str
    facts: tuple[int, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What the advisor answers. `text` is the whole of it as plain text; the rest is what it rests on."""

    act: str
    text: str
    conversation: str = ""
    turn: int = 0
    programs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    sections: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    parts: tuple[Part, ...] = ()
    profile: dict[str, Any] = field(default_factory=dict)
    shortlist: tuple[Offer, ...] | None = None
    wider: tuple[Offer, ...] = ()
    near_misses: tuple[NearMiss, ...] | None = None
    question: Ask | None = None
    suggestions: tuple[str, ...] = ()
    knowledge: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The reply as plain JSON values."""
        return {
            "conversation": self.conversation,
            "turn": self.turn,
            "act": self.act,
            "text": self.text,
            "programs": list(self.programs),
            "facts": [_fact(f) for f in self.facts],
            "sections": list(self.sections),
            "unknown": [{"program": u.program, "about": u.about, "status": u.status} for u in self.unknown],
            "parts": [
                {"act": p.act, "text": p.text, "facts": list(p.facts), "sections": list(p.sections)} for p in self.parts
            ],
            "profile": self.profile,
            "shortlist": None if self.shortlist is None else [_offer(o) for o in self.shortlist],
            "wider": {"count": len(self.wider), "programs": [o.program for o in self.wider[:WIDER]]}
            if self.wider
            else None,
            "near_misses": None
            if self.near_misses is None
            else [{"program": n.program, "because": n.because, "change": n.change} for n in self.near_misses],
            "question": None
            if self.question is None
            else {
                "slot": self.question.slot,
                "text": self.question.text,
                "choices": list(self.question.choices),
            },
            "suggestions": list(self.suggestions),
            "knowledge": self.knowledge,
        }


def _fact(fact: Fact) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "program": fact.program,
        "field": fact.field,
        "value": fact.value,
        "display": fact.display,
        "basis": fact.basis,
        "as_of": fact.as_of,
        "source": {"document": fact.document, "place": fact.place},
    }
    if fact.derived_from:
        plain["derived_from"] = [_fact(f) for f in fact.derived_from]
    return plain


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "program": offer.program,
        "fit": round(offer.fit, 4),
        "reasons": [
            {
                "criterion": r.criterion,
                "met": r.met,
                "weight": round(r.weight, 4),
                "contribution": round(r.contribution, 4),
                "text": r.text,
            }
            for r in offer.reasons
        ],
    }
