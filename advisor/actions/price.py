"""What a program charges: the ranking's figure and the graduate prices of the record, each with what it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge import Program

from advisor.actions.tools import Tools, charge, fact_of
from advisor.dialogue.acts import Fact
from advisor.dialogue.prices import ELSEWHERE, charged

AVERAGE = (
    "The graduate figures are an average for full-time graduate students of the whole institution, "
    "not the price of this program."
)
RESIDENT, OTHER = "resident", "other"
"""The two sides of a price: for those who live in the program's state, and for all others."""


def is_price(field: str, tools: Tools) -> bool:
    """Whether a field is one of those that a price is made of, or is asked for by."""
    price = tools.knowledge.pack.price
    return price is not None and field in {price.asked, price.field, *price.resident, *price.other}


def known(program: str, tools: Tools) -> bool:
    """Whether the record gives what a program charges."""
    record = tools.knowledge.program(program)
    return any(charged(record, side, tools.knowledge) for side in _sides(record, tools).values())


def line(program: str, asked: str, side: str, residency: str, tools: Tools) -> dict[str, Any]:
    """The price of a program as a line of a reply. `side` is the one asked for ("resident", "other"), if any.

    `asked` is the field: where it is one of the fees alone, only they are told.
    """
    record, price = tools.knowledge.program(program), tools.knowledge.pack.price
    assert price is not None
    sides = _sides(record, tools)
    lives = (RESIDENT if residency == sides[RESIDENT] else OTHER) if residency else ""
    wanted = side if side in sides else lives
    shown = [s for s in (RESIDENT, OTHER) if not wanted or s == wanted]
    fees_alone = asked in (*price.resident[1:], *price.other[1:])
    told = {s: _side(record, sides[s], fees_alone, tools) for s in shown}
    told = {s: t for s, t in told.items() if t}
    same = len(told) == 2 and told[RESIDENT]["total"].value == told[OTHER]["total"].value
    ranking = None if fees_alone else tools.fact(program, price.asked)
    facts = tuple(f for t in told.values() for f in t["facts"])
    home = tools.fact(program, price.home)
    return {
        "case": "price",
        "program": tools.name(program),
        "short": tools.short(program),
        "ranking": ranking,
        "told": told,
        "same": same,
        "home": home.display if home else "",
        "side": wanted,
        "fees_alone": fees_alone,
        "year": facts[0].as_of if facts else "",
        "facts": (*((ranking,) if ranking else ()), *facts),
        # What the program itself charges is known of none: the record's figures are the institution's.
        "unknown": (tools.absent(program, "the program's own price" if told or ranking else price.asked),),
    }


def _side(record: Program, residency: str, fees_alone: bool, tools: Tools) -> dict[str, Any]:
    """One side of a price: the sum and what it is made of; empty where the record does not give it."""
    claims = charged(record, residency, tools.knowledge)
    total = charge(record.id, residency, tools.knowledge)
    if not claims or total is None:
        return {}
    parts = [fact_of(c, tools.knowledge) for c in claims]
    facts = tuple(parts[1:]) if fees_alone else (total, *parts)
    return {"total": total, "tuition": parts[0], "fees": parts[1:], "facts": facts}


def _sides(record: Program, tools: Tools) -> dict[str, str]:
    """A residency that stands for each side of a program's price."""
    price = tools.knowledge.pack.price
    home = str(record.value(price.home) or "") if price else ""
    return {RESIDENT: home, OTHER: ELSEWHERE}


def about(facts: Iterable[Fact], tools: Tools) -> list[str]:
    """What the prices among some facts are, and of which year: once for each kind of them."""
    price = tools.knowledge.pack.price
    if price is None:
        return []
    out = []
    for fact in facts:
        if fact.program and fact.field == price.asked:
            out.append(f"{_sentence(tools.label(fact.field))} is of {fact.as_of}: {fact.basis}.")
        elif fact.program and is_price(fact.field, tools):
            out.append(
                f"Graduate prices are of {fact.as_of}: averages for full-time students of the whole institution."
            )
    return list(dict.fromkeys(out))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def notes(lines: list[dict[str, Any]]) -> list[str]:
    """What is said once of all prices of a reply: of which students and which year they are."""
    if not any(line["case"] == "price" and line["told"] for line in lines):
        return []
    return [AVERAGE]
