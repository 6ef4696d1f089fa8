"""What a pack calls its programs and its money, put into the words that the readers know, and back.

The readers speak of schools and dollars. For a pack of bikes priced in euros "bikes under 2000 euros" is
read as "schools under 2000 dollars"; what is searched for in the pack's own texts is said in its own words.
Nothing is changed in a pack that names no nouns of its own and counts in dollars.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge import Field, Knowledge

from advisor.dialogue.own import is_other, own_fields

MONEY = {
    "EUR": ("€", "euros", "euro", "eur"), "GBP": ("£", "pounds", "pound", "gbp", "quid"),
    "INR": ("₹", "rupees", "rupee", "inr"), "JPY": ("¥", "yen", "jpy"), "USD": ("$", "dollars", "dollar", "usd"),
    "CHF": ("francs", "franc", "chf"), "CAD": ("cad",), "AUD": ("aud",), "SEK": ("kronor", "sek"),
    "NOK": ("nok",), "DKK": ("kroner", "dkk"), "PLN": ("zloty", "zł", "pln"),
}  # fmt: skip
"""How money of a currency is written: its sign first, if it has one."""


SCHOOLS = ("school", "schools")
UNNAMED = ("entry", "entries")
"""What programs are called in a pack of another subject that names no nouns."""


class Nouns:
    """Changes the pack's own words into the readers' and back."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._nouns = tuple(n.lower() for n in knowledge.pack.nouns or _nouns_of(knowledge))
        named = knowledge.pack.nouns or UNNAMED
        self.called: tuple[str, str] = (named[0], named[min(1, len(named) - 1)]) if self._nouns else SCHOOLS
        self.currency = currency_of(knowledge.fields.values())
        kept = {n for n in _names(knowledge) if self._holds_own(n)}
        self._common = _pattern((*self._nouns, *self._money(self.currency), *self._money_swapped()), kept)
        self._own = _pattern(("schools", "school"), ()) if self._nouns else None

    def common(self, text: str) -> str:
        """The text as the readers know it: "bikes under 2000 euros" → "schools under 2000 dollars"."""
        return text if self._common is None else self._common.sub(self._to_common, text)

    def own(self, text: str) -> str:
        """The text as the pack's own texts would say it."""
        if self._own is None:
            return text
        one, many = self.called
        return self._own.sub(lambda m: many if m[0].lower() == "schools" else one, text)

    def heard(self, knowledge: Knowledge) -> Knowledge:
        """The knowledge with the words that people say in the readers' terms; what replies show is as it was."""
        if self._common is None:
            return knowledge
        own = {f.name for f in own_fields(knowledge)}
        fields = {
            name: field.model_copy(
                update={
                    **{k: self._all(getattr(field, k)) for k in ("words", "asks")},
                    **{k: self._all(_compared(getattr(field, k), name in own)) for k in ("least", "most")},
                    "values": {value: self._all(said) for value, said in field.values.items()},
                }
            )
            for name, field in knowledge.fields.items()
        }
        topics = tuple(
            t.model_copy(update={"words": self._all(t.words), "asks": self._all(t.asks)}) for t in knowledge.topics
        )
        return knowledge.model_copy(update={"fields": fields, "topics": topics})

    def _all(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.common(text) for text in texts)

    def _to_common(self, match: re.Match[str]) -> str:
        said = match[0].lower()
        if match["kept"] is not None:
            return match[0]
        if said in self._nouns:
            # The first noun is one, the second several; of others the s tells.
            one = said == self._nouns[0] or (said != self._nouns[min(1, len(self._nouns) - 1)] and said[-1:] != "s")
            return "school" if one else "schools"
        mine = said in self._money(self.currency)
        to = MONEY["USD"] if mine else MONEY[self.currency]
        # "CHF 1,000" is written as "$1,000" is.
        signs = not said[0].isalpha() or re.match(r" ?\d", match.string[match.end() :]) is not None
        return to[0] if signs and not to[0].isalpha() else to[1 if len(to) > 1 else 0]

    def _money(self, currency: str) -> tuple[str, ...]:
        return MONEY[currency] if currency != "USD" else ()

    def _money_swapped(self) -> tuple[str, ...]:
        """Dollars are another currency to a pack that counts in euros."""
        return MONEY["USD"] if self.currency != "USD" else ()

    def _holds_own(self, name: str) -> bool:
        words = set(re.findall(r"[a-z]+", name.lower()))
        return bool(words & {*self._nouns, *MONEY[self.currency]})


def _nouns_of(knowledge: Knowledge) -> tuple[str, ...]:
    """For a pack of another subject without nouns: how people write the subject, which may well be what it lists."""
    if not is_other(knowledge):
        return ()
    last = [word.lower().split()[-1] for word in knowledge.pack.subject_words if word.strip()]
    return tuple(dict.fromkeys((*UNNAMED, *last, *(f"{word}s" for word in last if not word.endswith("s")))))


def currency_of(fields: Iterable[Field]) -> str:
    """The currency that a pack counts in, by the unit or the sign of its first field of money; else dollars."""
    for field in fields:
        if field.type == "money":
            text = f"{field.unit} {field.show}".lower()
            for currency, written in MONEY.items():
                if any(re.search(rf"(?<![a-z]){re.escape(w)}(?![a-z])", text) for w in written):
                    return currency
    return "USD"


def _compared(superlatives: Iterable[str], own: bool) -> tuple[str, ...]:
    """The superlatives, and of a pack's own fields the comparatives too: "lightest" → "lighter"."""
    said = tuple(superlatives)
    return tuple(dict.fromkeys((*said, *(c for s in said if own and (c := comparative(s))))))


def comparative(superlative: str) -> str:
    """ "Heaviest" → "heavier", "most expensive" → "more expensive"; empty where there is none.

    >>> comparative("closest to the sea"), comparative("least expensive"), comparative("best")
    ('closer to the sea', 'less expensive', '')
    """
    first, _, rest = superlative.partition(" ")
    more = {"most": "more", "least": "less", "fewest": "fewer"}.get(first, "")
    if not more and first.endswith("est") and len(first) > len("best"):
        more = first[:-3] + "er"
    return f"{more} {rest}".strip() if more and (rest or first not in {"most", "least", "fewest"}) else ""


def _names(knowledge: Knowledge) -> set[str]:
    """Names of programs: a noun inside one stays."""
    return {n.lower() for p in knowledge.programs.values() for n in (p.name, p.short, *p.names)}


def _pattern(words: Iterable[str], kept: Iterable[str]) -> re.Pattern[str] | None:
    """Any of the words, whole; a name to be kept is taken first."""
    words = sorted(words, key=len, reverse=True)
    if not words:
        return None
    names = "|".join(re.escape(n) for n in sorted(kept, key=len, reverse=True)) or r"(?!)"
    said = "|".join(re.escape(w) if not w[0].isalpha() else rf"(?<![^\W\d_]){re.escape(w)}(?![^\W\d_])" for w in words)
    return re.compile(rf"(?P<kept>(?<!\w)(?:{names})(?!\w))|(?:{said})", re.IGNORECASE)
