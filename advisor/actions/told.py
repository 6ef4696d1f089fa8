"""What must stand beside every price and every outcome: of which year, of whom, and what it is.

A reply says it once. Where no phrase of an action has said it already, it is added to the action's text.
"""

from __future__ import annotations

from collections.abc import Iterable

from advisor.actions import outcomes, price
from advisor.actions.tools import Tools
from advisor.dialogue.acts import Fact


def untold(facts: Iterable[Fact], text: str, tools: Tools) -> list[str]:
    """The sentences that are missing in a text that states some of these facts."""
    stated = [f for f in facts if f.program and f.as_of and _money(f, tools) and _figure(f) in text]
    told = text.casefold()
    missing = [f for f in stated if not (f.as_of in text and _kind(f, tools) in told)]
    prices = [f for f in missing if price.is_price(f.field, tools)]
    others = [f for f in missing if outcomes.is_outcome(f.field, tools)]
    return [*price.about(prices, tools), *outcomes.about(others, tools)]


def _money(fact: Fact, tools: Tools) -> bool:
    known = tools.knowledge.fields.get(fact.field)
    return known is not None and known.type == "money"


def _figure(fact: Fact) -> str:
    """The number of a fact as texts show it, without what follows."""
    return fact.display.split(" ")[0]


def _kind(fact: Fact, tools: Tools) -> str:
    """The words that tell what a figure is."""
    of = tools.knowledge.pack.price
    if of is not None and fact.field == of.asked:
        return fact.basis.casefold()
    return "full-time" if price.is_price(fact.field, tools) else "federal student"
