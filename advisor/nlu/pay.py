"""Sums that are the student's pay, and no limit: "I make 90k now"."""

from __future__ import annotations

import re

from advisor.nlu.values import Amount

_BEFORE = re.compile(
    r"(?:^|\b(?:i|we|i'?m|im|currently|now|and|who|,)\s+)(?:now |currently |only |already |am |i |just )*"
    r"(?:make|makes|making|earn|earns|earning|get paid|paid|am on)\b[^\d.;?]{0,15}$"
    r"|\b(?:my|current|present|a) (?:current |present )?(?:salary|pay|income)\b[^\d.;?]{0,12}$"
)
_AFTER = re.compile(r"^\s*(?:a year|per year|/ ?yr|/ ?year)?\s*(?:salary|at my (?:current |present )?job|in my job)\b")


def is_pay(amount: Amount, text: str) -> bool:
    """Whether an amount is what the student earns."""
    if amount.kind not in {"money", "number"}:
        return False
    return bool(_BEFORE.search(text[: amount.start].lower()) or _AFTER.search(text[amount.end :].lower()))
