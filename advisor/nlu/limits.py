"""Limits and terms: "under", "or more", "a year", "in total", before and after a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Bound = Literal["max", "min", "between", "exact"]
Per = Literal["", "year", "total", "month", "semester", "credit"]

FILL = (
    r"(?:[ :=-]+(?:about|around|approximately|approx|roughly|like|say|maybe|perhaps|of"
    r"|is|be|being|at|to|the|a|an|my|our|me|i|we|"
    r"can|could|would|pay|paying|spend|spending|afford|do|go|cost|costs|costing|price"
    r"|tui?tion|fees?|budget|rank|ranked|gpa|cgpa|total|annual|"
    r"yearly|it|usd|graduation|grad|completion|rate|score|distance|top|in|for|approx\.))*[ :=~($#-]*$"
)
_AT_MOST = re.compile(
    r"(?:\b(?:under|below|beneath|less than|less expensive than|fewer than|lower than|cheaper than"
    r"|shorter than|worse than"
    r"|at (?:the )?most|no more|not more|up ?to|max(?:imum|imal)?|within|cap(?:ped)?|limit(?:ed)?|ceiling"
    r"|(?:the )?most|sub|until|tops|(?:not|n't|doesn't) exceed(?:ing)?)\b(?: than)?(?: or equal to)?"
    rf"|<=?|=<|≤){FILL}",
    re.I,
)
_AT_LEAST = re.compile(
    r"(?:\b(?:over|above|more than|at (?:the )?least|min(?:imum|imal)?|upwards? of|north of|no less than"
    r"|not less than|no lower than|(?:more expensive|pricier|costlier|dearer) than|greater than"
    r"|higher than|better than|bigger than|longer than"
    rf"|exceed(?:s|ing)?|beyond|starting|atleast)\b(?: or equal to)?|>=?|=>|≥){FILL}",
    re.I,
)
# "can't go over": a refusal, with up to five words to the limit. "not boston, under": none, for the comma;
# "not boston under" neither: before "under" only a few verbs may stand.
_REFUSED = re.compile(
    r"(?:\b(?:not|no|nothing|never|cannot|cant|dont|wont|nor|unable|refuse|without|doesnt|isnt|nowhere)|n't)\b"
    r"(?: (?!but\b|and\b|so\b|or\b)[\w']+){0,5} ?$",
    re.I,
)
_REFUSED_NEARBY = re.compile(
    r"(?:\b(?:not|no|nothing|never|cannot|cant|dont|doesnt|isnt)|n't)"
    r"(?: (?:be|go|get|fall|drop|any|anything|a))? ?$",
    re.I,
)
# These do not turn round when refused, or hold their own "not".
_FIRM = re.compile(r"(?:at|max|min|cap|limit|within|up|no|not|n't|doesn't)", re.I)
_OPPOSITE: dict[Bound, Bound] = {"max": "min", "min": "max"}
_LIMITS: tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...] = (
    ("max", _AT_MOST, _REFUSED_NEARBY),
    ("min", _AT_LEAST, _REFUSED),
)


def limit_before(before: str) -> tuple[Bound | None, int, str]:
    """The limit said before a number, where its words begin in `before`, and the words."""
    for bound, pattern, refused in _LIMITS:
        m = pattern.search(before)
        if m is None:
            continue
        refusal = None if _FIRM.match(m.group()) else refused.search(before, 0, m.start())
        if refusal is not None:
            return _OPPOSITE[bound], refusal.start(), before[refusal.start() :]
        return bound, m.start(), m.group()
    return None, len(before), ""


_TAIL = re.compile(
    r"""[ ,(]*(?:
      (?P<max>
          max(?:imum)?\b | tops\b | limit\b | cap\b | ceiling\b | at\ (?:the\ )?most\b
        | or\ (?:less|under|below|lower|cheaper|fewer|shorter|worse)\b | and\ (?:under|below|less|lower)\b
        | nothing\ (?:more|above|over)\b | no\ more\b(?!\ than) | not\ more\b(?!\ than)
        | (?:is|as)\ (?:my|the|our)\ (?:absolute\ |hard\ )?(?:max(?:imum)?|limit|cap|ceiling)\b )
    | (?P<min>
          (?<![ ,(])\+(?!\ ?\d) | plus\b | min(?:imum)?\b | at\ (?:the\ )?least\b | upwards\b
        | or\ (?:more|better|higher|above|greater|over|up|longer)\b
        | and\ (?:up|above|over|higher|more|better)\b )
    | (?P<year>
          (?:(?:a|an|per|each|every|one|/)\ ?|every\ single\ )(?:academic\ |school\ )?(?:year|yr|annum)\b
        | (?:year|yr|yearly|annually|annual)\b | p\.?a\b\.? )
    | (?P<month> (?:(?:a|per|each|every)\ |/\ ?)(?:month|mo)\b | monthly\b | p\.?m\b\.? )
    | (?P<semester> (?:(?:a|per|each|every)\ |/\ ?)(?:semester|sem|term)\b )
    | (?P<credit> (?:(?:a|per|each|every)\ |/\ ?)(?:credit|unit)(?:[ -]hour)?\b )
    | (?P<both> (?:(?:for|over|across|in)\ )?both\ (?:the\ )?years\b )
    | (?P<total>
          (?:in\ )?total\b | in\ all\b | all[ -](?:in|together|up)\b | altogether\b | overall\b | lump\ sum\b
        | (?:for|over|across)\ (?:the\ |my\ |an\ )?(?:whole|entire|full|complete)\ (?:thing|time|duration|ms
            |degree|program|programme|course|masters?)\b
        | for\ (?:the\ (?:degree|program|masters?)|everything|it\ all|all\ of\ it)\b )
    | (?P<gap>
          (?:-?ish|in|of|on|for|to|the|tuition|fees?|budget|spend|pay|usd|or\ so|is|saved|up|worth|available
            |me|my|our|us|costs?)\b )
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LEADS = re.compile(r"\bat (?:the )?(?:most|least)\b", re.I)
"""Said before a number rather than after one, where there is one on both sides: "of the 25 cost at most 20k"."""
_GAPS = 4
"""Words that only fill, at most, between a number and what is said of it."""


@dataclass
class Said:
    """What the words after a number say of it."""

    end: int
    bound: Bound | None = None
    per: Per = ""
    years: float | None = None


def read_tail(text: str, end: int, stop: int, *, money: bool, limited: bool, more: bool) -> Said:
    """The limit and the "a year" or "in total" after a number, read phrase by phrase.

    `limited`: a limit stands before it; `more`: another number follows at `stop`.
    """
    said, at, gaps = Said(end), end, 0
    window = text[:stop]
    while (m := _TAIL.match(window, at)) and gaps <= _GAPS:
        name = m.lastgroup or ""
        at = m.end()
        if name == "gap":
            gaps += 1
            continue
        if not money and name not in ("max", "min"):
            break
        # "30k, at least 3.0 gpa", "min 20k max 30k": the words belong to the number that follows.
        followed = more and not text[at:stop].strip(" :=$(")
        leads = "," in m.group() or limited or _LEADS.search(m.group()) is not None
        if followed and name in ("max", "min", "total") and leads:
            break
        if name in ("max", "min"):
            if said.bound is not None or limited and gaps:
                break
            said.bound = "max" if name == "max" else "min"
        elif name == "both":
            said.per, said.years = "total", 2
        elif not said.per:
            said.per = name  # type: ignore[assignment]
        said.end = at
    return said


_PER_BEFORE: tuple[tuple[Per, re.Pattern[str]], ...] = (
    ("total", re.compile(r"\b(?:total|overall|altogether|all in|in all|lump sum)\b[^,.;?!]{0,30}$", re.I)),
    (
        "year",
        re.compile(
            r"\b(?:annual|annually|yearly|per year|each year|every year|a year|per annum)\b[^,.;?!]{0,25}$",
            re.I,
        ),
    ),
    ("month", re.compile(r"\b(?:monthly|per month|each month|every month)\b[^,.;?!]{0,25}$", re.I)),
    ("semester", re.compile(r"\b(?:per|each|every) (?:semester|sem|term)\b[^,.;?!]{0,25}$", re.I)),
)


def per_before(before: str) -> Per:
    """What money is per, where that is said before it: "annual budget of", "a total of"."""
    return next((per for per, pattern in _PER_BEFORE if pattern.search(before)), "")


def rank_bound(words: str, before: Bound | None, after: Bound | None) -> Bound | None:
    """The limit of a rank, where 1 is best: "better than 10" is at most 10, "worse than 10" at least."""
    if before is None:
        return _OPPOSITE[after] if after else None
    if re.match(r"(?:better|higher|above|at (?:the )?least|atleast|min)", words, re.I):
        return "max"
    return "min" if re.match(r"(?:worse|lower)", words, re.I) else before


def ends(low: float, high: float, bound: Bound | None, is_range: bool) -> tuple[float | None, float | None, Bound]:
    """The least, the most and the kind of limit of an amount."""
    if is_range:
        return low, high, "between"
    if bound == "max":
        return None, high, "max"
    if bound == "min":
        return low, None, "min"
    return low, high, "exact"
