"""What a number counts: dollars, percents, months, a rank … by the words around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from advisor.nlu.limits import FILL, Per
from advisor.nlu.numbers import Number

Kind = Literal[
    "money",
    "percent",
    "gpa",
    "cgpa",
    "months",
    "miles",
    "rank",
    "credits",
    "years_experience",
    "test_score",
    "number",
]

LEAST_BUDGET = 3000
"""From here a bare number beside a word of money is dollars; below, "budget 60" may mean thousands."""
KM = 0.621371
"""Miles in a kilometre."""


@dataclass(frozen=True)
class Unit:
    """What a number counts, up to `end`. `factor` and then `extra` bring it to the unit of its kind."""

    kind: Kind | Literal["none"]
    end: int
    factor: float = 1
    extra: float = 0


_EXPERIENCE = (
    r"(?: of)?(?: \w+){0,3}? (?:experience|exp)\b|'? (?:of )?(?:work|working|industry"
    r"|professional|full[- ]time)\b"
    r"| as an?\b(?! total)| in (?:the )?(?:industry|software|tech|it)\b"
)
_TESTS = r"(?:gre|toefl|ielts|gmat|pte|duolingo|det)"
_UNITS: tuple[tuple[Kind | Literal["none"], str, float], ...] = (
    ("percent", r" ?%| ?-?(?:percent|per cent|pct|percentage)\b", 1),
    ("percent", r" (?:graduation|grad|completion) rate\b", 1),
    ("years_experience", r" ?-?\+?\s?yoe\b", 1),
    ("years_experience", rf"\+?[ -]?(?:years?|yrs?)(?:{_EXPERIENCE})", 1),
    ("none", r"[ -]?(?:years?|yrs?)[ -](?:old|ago|later|back|worth|of tuition)\b|[ -]?(?:yo|y/o)\b", 1),
    ("none", r"[ -]?(?:hours?|hrs?|minutes?|mins?|days?|weeks?|wks?|am|pm|x)\b", 1),
    ("months", r"\+?[ -]?(?:months?|mos?)\b", 1),
    ("months", r"\+?[ -]?(?:full )?(?:years?|yrs?)\b(?P<half> and a half\b)?", 12),
    ("miles", r"[ -]?(?:miles?|mi)\b", 1),
    ("miles", r"[ -]?(?:kms?|kilomet(?:er|re)s?)\b", KM),
    ("credits", r"[ -]?(?:credit[ -]?hours?|credits?|units?|cr\.? ?hours?)\b", 1),
    (
        "cgpa",
        r" ?(?:/ ?10(?:\.0+)?(?!\d))(?: c?gpa\b)?| ?\+? ?cgpa\b| ?\+? (?:ug|undergrad|undergraduate"
        r"|btech) cgpa\b",
        1,
    ),
    ("gpa", r" ?(?:/ ?4(?:\.0+)?(?!\d))(?: gpa\b)?| ?\+? ?-?gpa\b| ?\+? (?:\w+ )?gpa\b(?! of)", 1),
    ("test_score", rf" (?:(?:on|in) (?:the |my )?)?{_TESTS}\b(?! ?:?\d)", 1),
    (
        "rank",
        r" (?:best|highest[ -]ranked|top[ -]?(?:ranked|rated)?)(?= (?:schools?|programs?"
        r"|universit|ones|unis|colleges?)|$|[.?!])",
        1,
    ),
)
_AFTER = tuple((kind, re.compile(pattern, re.I), factor) for kind, pattern, factor in _UNITS)

_LINK = (
    r"(?:[ :=(~-]+(?:is|are|of|was|at|about|around|only|just|like|score|currently|my"
    r"|a|the|in|rate|between|from|number|no\.?))*[ :=(~#-]*$"
)
_LABELS: tuple[tuple[Kind, str], ...] = (
    ("cgpa", r"\bcgpa\b"),
    ("gpa", r"\b(?:gpa|grade point average)\b"),
    ("test_score", rf"\b{_TESTS}\b"),
    ("percent", r"\b(?:graduation|grad|completion) rates?\b"),
    ("rank", r"\brank(?:s|ed|ing|ings)?\b"),
)
_BEFORE = tuple((kind, re.compile(pattern + _LINK, re.I)) for kind, pattern in _LABELS)
_RANK = _BEFORE[-1][1]
TOP = re.compile(
    r"(?P<out>\b(?:outside|beyond|not in|out of|below)(?: of)? (?:the )?)?(?:\b(?:in "
    r"|within )?(?:the |your )?)\b(?:top|best|highest[ -]ranked)[ -]$",
    re.I,
)
TOP_OF_WHAT = re.compile(
    r" (?:cheap(?!er than)|most|least|expensive|afford|short|long|by|in terms|high|low|choices?"
    r"|picks?)",
    re.I,
)
_NUMBER_SIGN = re.compile(r"(?:#|\bno\. ?|\bnumber |\bno )$", re.I)
_AT_WORK = re.compile(
    r"\b(?:worked|working|employed|experience|coding|programming|job|laid off|fired)\b[^,.;]{0,25}$", re.I
)
_IN_A_JOB = re.compile(
    r" (?:in|as) (?:an? )?(?!all\b|total\b|most\b|least\b|the us|school|college|study)[a-z]{4,}", re.I
)
_PEOPLE = re.compile(
    r"[ +-]*(?:students?|people|applicants?|applications?|miles?|mi|kms?|papers?|alumni"
    r"|employees|citations|steps|run|meters)\b",
    re.I,
)
_COUNTED = re.compile(r"[ -]?(?:gb|tb|gpus?|th|st|nd|rd)\b", re.I)


def _in_a_job(after: str, before: str) -> bool:
    """ "After 6 years in logistics", "2 yrs at TCS": time at work, and no length of studies."""
    return bool(_IN_A_JOB.match(after)) and bool(
        re.search(r"\b(?:after|for|have|with|did|spent|,)\s*$|^\s*$", before, re.I)
    )


def read_unit(text: str, high: Number, before: str, unlimited: str, stop: int) -> Unit:
    """What a number counts, by what is written after it, else before it or before its limit (`unlimited`)."""
    end = high.end
    thousands = high.scale > 100 or "thousand" in high.written or "million" in high.written
    if high.currency or thousands and not _PEOPLE.match(text, end, stop):
        return Unit("money", end)
    for kind, pattern, factor in _AFTER:
        m = pattern.match(text, end, stop)
        if m and not (kind == "test_score" and high.value < 5):
            half = 6 if m.groupdict().get("half") else 0
            if kind == "months" and (_AT_WORK.search(before) or _in_a_job(text[m.end() :], before)):
                return Unit("years_experience", m.end(), factor / 12, half / 12)
            return Unit(kind, m.end(), factor, half)
    if _COUNTED.match(text, end) or text[end : end + 1].isalpha():
        return Unit("none", end)
    if TOP.search(before) or (_NUMBER_SIGN.search(before) and high.value == int(high.value)):
        return Unit("rank", end)
    for kind, pattern in _BEFORE:
        if pattern.search(before) or pattern.search(unlimited):
            return Unit(kind, end)
    marks_entry = text.startswith(")", end) and "(" not in before  # "1) …"
    return Unit("none" if marks_entry else "number", end)


def rank_sign(before: str) -> int:
    """How much of the text before a rank is its own: "#", "number", "ranked"."""
    m = _NUMBER_SIGN.search(before) or _RANK.search(before)
    return len(m.group()) if m else 0


# ---- numbers without a unit ---

_MONEY = (
    r"(?:budget(?:ed)?|pay(?:ing|s)?|afford(?:able)?|spen[dt](?:ing)?|tuition|costs?"
    r"|costing|fees?|price[ds]?|pricing|cheap\w*|expensive|money|"
    r"cents?|penny|fund(?:s|ing)?|sav(?:ings|ed)|loans?|scholarship|cover(?:s|ed)?|stipend"
    r"|salar(?:y|ies)|earn(?:s|ing)?|income|wage)"
)
_MONEY_NEAR = re.compile(rf"\b{_MONEY}\b", re.I)
_MONEY_AT = re.compile(rf"\b{_MONEY}\b{FILL}", re.I)


def bare_kind(text: str, low: Number, high: Number, before: str, after: str, per: Per) -> tuple[Kind | None, bool]:
    """What a number without a unit is: money beside words of money, else a number, else nothing (None).

    The second value says whether that is sure.
    """
    value = high.value
    at_money = bool(_MONEY_AT.search(before))
    if _is_calendar(text, low, high.end) and not (at_money or per):
        return None, False
    if high.written in ("one", "zero"):
        return None, False
    if _PEOPLE.match(after):
        return "number", False
    near = at_money or bool(_MONEY_NEAR.search(before) or _MONEY_NEAR.search(after[:35]))
    if value >= LEAST_BUDGET and (near or per) or value >= 500 and (at_money or per):
        return "money", True
    if value >= 100 and per in ("month", "semester", "credit"):
        return "money", True
    if value >= LEAST_BUDGET and "," in high.written:
        return "money", False
    return "number", False


_SEASON = re.compile(
    r"\b(?:fall|autumn|spring|summer|winter|class of|batch of|intake|session|year|january"
    r"|jan|february|feb|march|april|apr|may|june|july|"
    r"aug|august|september|sept?|october|oct|november|nov|december|dec|since|ay)\.?,? ?'?$",
    re.I,
)
_SEASON_AFTER = re.compile(
    r" (?:fall|autumn|spring|summer|winter|intake|batch|cohort|january|september|august)\b", re.I
)
_PERHAPS_A_VERB = re.compile(r"\b(?:may|since|year|march) ?$", re.I)


def _is_calendar(text: str, number: Number, end: int) -> bool:
    """Whether a bare number is a year: 2026, "fall 26", "class of 25", "2025-26"."""
    value = number.value
    if value != int(value) or "," in number.written:
        return False
    if 1900 <= value < 2100 and len(number.written) == 4:
        return True
    left = text[max(0, number.start - 14) : number.start]
    if value < 100 and _SEASON.search(left) and not (_PERHAPS_A_VERB.search(left) and value < 20):
        return True
    return value < 100 and bool(_SEASON_AFTER.match(text, end))


def checked(text: str, kind: Kind, value: float, sure: bool, end: int) -> tuple[Kind, bool]:
    """The kind put right by the value: a GPA above 5 is out of 10, one above 10 is doubtful."""
    if kind == "gpa" and value > 5:
        return ("cgpa", sure) if value <= 10 else ("gpa", False)
    if kind == "cgpa" and value > 10 or kind == "percent" and value > 100:
        return kind, False
    if kind == "months" and re.match(r" at\b", text[end : end + 4], re.I):
        return kind, False
    return kind, sure
