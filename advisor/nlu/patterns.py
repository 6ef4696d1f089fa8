"""How questions over the table are worded: the patterns that `questions` looks for, and the words for numbers."""

from __future__ import annotations

import re

from advisor.nlu.cues import cues

SET = cues()["set"]
"""The words for schools as a set: "schools", "programs", "options"."""
PLURALS = frozenset(("schools", "programs", "universities", "colleges", "ones", "options", "unis"))
"""The words after a superlative that ask for several."""
NOT_COUNTED = frozenset((
    "student", "people", "credit", "unit", "month", "year", "course", "elective", "professor", "hour", "semester",
    "dataset",
))  # fmt: skip
"""What "how many" may count that is no school."""

ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "next": 2,
}  # fmt: skip
NUMBER = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "fifteen": 15, "twenty": 20, "couple": 2,
}  # fmt: skip

_N = r"(\d{1,2}|" + "|".join(NUMBER) + ")"
_SETS = r"(?:schools?|programs?|universit(?:y|ies)|unis?|colleges?|ones?|options?|places?)"
_TH = r"(?:st|nd|rd|th)"

N_OF_SET = re.compile(
    rf"\b{_N} (?:\w+ )?(?:\w+ )?{_SETS}\b"
    rf"|\b(?:top|first|last|bottom|cheapest|priciest) {_N}\b"
    rf"|\b{_N} (?:cheapest|priciest|most|best|worst|lowest|highest|least|top)\b"
)
""" "Three public schools", "top 5", "the two cheapest"."""
TOP_BY = re.compile(
    rf"\b(?:(?:top|first|best) {_N}|{_N} (?:best|top|highest|first))\b"
    rf"(?: {_SETS})?(?: are(?: the)? best)? (?:by|in terms of|on|for)\b"
)
""" "Top 3 by graduation rate"."""
TOP_IN = re.compile(rf"\b(?:top|best) {_N}\b(?: \w+){{0,3}} in\b")
""" "Top 5 in California"."""
_ASKED = (
    r"(?:(?:ok|so|please|list|show|give|name|tell|see|me|us|what|whats|which|who|are|is|'s|the|your|a|an|all|of)[ ,]+)*"
)
TOP_N = re.compile(
    rf"^{_ASKED}(?:top|best) {_N}(?: {_SETS})?[ ,.?!]*(?:please|thanks|thx|pls)?[.?! ]*$"
    rf"|^{_ASKED}(?:first|top) {_N}(?: {_SETS})? (?:of|in|on) (?:the|your) (?:ranking|list|table)\b"
)
""" "Top 10", "what are the top 10 schools?", "the first six of the ranking", and nothing else."""
IN_TOP_N = re.compile(
    rf"^(?:who|which|what)(?:'s| is| are|s)? (?:\w+ )?(?:are |is )?(?:in|among|made) the top {_N}[.?! ]*$"
)
""" "Who is in the top 3?"."""
RANKED_TOP = re.compile(rf"\b(?:in|from|of|among|within) the top {_N}\b|\branked (?:in the )?top\b")
""" "In the top 10": a test of the rank, and not how many are asked for."""
ONE_OF = re.compile(r"\bwhich (?:one|of)\b|\bof (?:all|any)\b|\bone of\b")
""" "Which of the schools …", which asks for one."""

_END = r"(?:cheapest|dearest|priciest|lowest|highest|best|worst|least|most|fewest|shortest|longest|top|bottom)"
SORTED = re.compile(
    r"\b(sort(?:ed)?|order(?:ed)? by|rank (?:all|the|them|every)"
    rf"|from (?:the )?{_END}\b.* to \b|ascending|descending"
    r"|in order of|low(?:est)? to high|high(?:est)? to low)\b"
    rf"|\b(?:order|rank|list|arrange|show|see)(?: me| us| all| every| the| these| them| of)*(?: {_SETS})? by\b"
    rf"|^(?:and |ok |so )*(?:all )?{_SETS} by\b|\ball {_SETS} by\b|,? {_END}(?: \w+)?(?: \w+)? first\b"
)
""" "Sort by tuition", "from the cheapest to the dearest", "highest first"."""
WHOLE = re.compile(
    r"\b(?:whole|full|entire|complete) (?:list|ranking|table)\b"
    r"|\b(?:show|list|see|give)(?: me| us)? (?:the|your) (?:ranking|table)\b(?! of)"
)
""" "The full ranking"."""
ALL = re.compile(
    rf"\b(?:list|show|name|give me|see|what are|which are)\b(?: me)?(?: all| every| the| of| your)* {_SETS}\b"
)
DOWN = re.compile(r"descending|\bhigh(?:est)? to low")
UP = re.compile(r"ascending|\blow(?:est)? to high")

SPLIT = re.compile(r"\b(split|breakdown|break down|ratio|balance|group(?:ed)?|divided?)\b")

PERCENT = re.compile(r"\b(?:percentage|percent|share|proportion|fraction|what part) of\b")
FROM_TO_MOST = re.compile(r"\bfrom (?:the )?\w+(?: \w+)? to (?:the )?(?:most|highest|priciest|largest|best|dearest)\b")
""" "From the cheapest to the dearest", which with "how much" asks for the range."""

NTH_RANK = re.compile(
    r"\b(?:rank(?:ed|s|ing)?|number|no|came|comes|is|place[ds]?|position|spot|sits|what'?s|who'?s)\b"
    rf"[^.?!]{{0,16}}?(?:#|\b)(\d{{1,2}}){_TH}?\b"
    rf"|^(?:and )?#?(\d{{1,2}}){_TH}(?: place| ranked)?\??$"
    r"|#(\d{1,2})\b"
    rf"|\b(\d{{1,2}}){_TH} (?:ranked|place|in the ranking|on (?:the|your) list)"
)
""" "Who is ranked 11th", "and 3rd?", "#10"."""
WORDS_RANK = re.compile(r"\b(?:ranked|came|comes|is|placed)\b (first|second|third|fourth|fifth|sixth|seventh|eighth)\b")


def number(found: re.Match[str]) -> int:
    """The number that a pattern with several places for one found."""
    said = next(g for g in found.groups() if g)
    return NUMBER.get(said) or int(said)


def nth_rank(text: str) -> int | None:
    """The rank that is asked for: "who is 11th", "rank 9?", "#10"."""
    found = NTH_RANK.search(text)
    if found:
        return int(next(g for g in found.groups() if g)) or None
    word = WORDS_RANK.search(text)
    return ORDINAL[word[1]] if word else None
