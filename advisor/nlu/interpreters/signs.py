"""What several interpreters look for in a clause: small statements about it, true or false."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge import Program

from advisor.dialogue.acts import RequestFacts
from advisor.nlu.cues import phrases_of
from advisor.nlu.interpreters.context import Context
from advisor.nlu.phrases import Span
from advisor.nlu.questions import SET
from advisor.nlu.reading import Reading

FAR = 0.08
"""How much nearer an off-topic example must be than any of studying, for a clause that names a school to be
off-topic all the same."""

STUDYING = ("recommend", "studying", "compare", "more")
"""The intents whose examples are of choosing a program."""

_CUES = phrases_of(("compare", "order", "wish", "list", "what_if", "follow", "meant", "why", "why_rank", "why_not"))

_ASKED = {"which", "what", "any", "list", "name", "show", "whom"}
_ASKING = {
    "which", "what", "whose", "any", "all", "list", "show", "many", "every", "some", "other", "these", "those", "of",
}  # fmt: skip
_BETWEEN = {
    "public", "private", "ranked", "good", "best", "cheap", "cheapest", "top", "of", "the", "these", "those", "other",
    "ml", "ai", "online", "new", "state", "us",
}  # fmt: skip
_AFTER_WHICH = {"of", "have", "has", "are", "is", "one", "don", "dont", "offer", "work", "list", "ha", "do"}
_OWN = {"i", "my", "im", "id", "we", "ive", "our"}
_OPENING = {
    "which", "what", "who", "whos", "list", "name", "show", "give", "tell", "find", "how", "do", "are", "is", "where",
}  # fmt: skip
_CHOOSING = {
    "recommend", "suggest", "suggestion", "option", "fit", "should", "budget", "afford", "good", "best", "any",
    "anything",
}  # fmt: skip


# ---- words ----


def words_of(reading: Reading) -> list[str]:
    """The words of a clause as they are compared: without case, accents and plural s."""
    return [t.norm for t in reading.tokens]


def cues(reading: Reading) -> set[str]:
    """The groups of cues that stand in a clause."""
    return {v for s in _CUES.find(reading.tokens, overlapping=True) for v in s.values}


def starts(reading: Reading, kind: str) -> bool:
    """Whether the clause begins with a cue of this kind, fillers aside."""
    return any(kind in s.values and s.first <= 1 for s in _CUES.find(reading.tokens, overlapping=True))


def names_set(reading: Reading) -> bool:
    """Whether a word for schools stands in the clause: "schools", "programs", "options"."""
    return not set(SET).isdisjoint(words_of(reading))


def lead(reading: Reading, span: Span) -> str:
    """The word before a name; empty where there is none."""
    return reading.tokens[span.first - 1].norm if span.first else ""


# ---- who is asked about ----


def of_set(reading: Reading) -> bool:
    """Whether the clause asks for schools: "which schools", "any programs", "who hires from them"."""
    words = words_of(reading)
    ordered = reading.table is not None and reading.table.query.order is not None
    return any(_asked_for(words, i, ordered) for i in range(1, len(words))) or _opens_on_set(words)


def _asked_for(words: list[str], i: int, ordered: bool) -> bool:
    """Whether the word at `i` stands for schools and is asked for: "which good schools", "the best programs"."""
    before = words[max(0, i - 4) : i]
    if words[i] not in SET or words[i] == "one" or before[-1] == "grad":
        return False
    if {"kind", "sort", "type"} & set(before):
        return False  # "what kind of program" asks for no list of schools
    return bool(_ASKED & set(before)) or before[-1] in _ASKING or (ordered and before[-1] in _BETWEEN)


def _opens_on_set(words: list[str]) -> bool:
    """ "Who hires from them", "which have labs"."""
    first, second = [*words, "", ""][:2]
    return first in {"who", "whos", "whose"} or "whom" in words or (first == "which" and second in _AFTER_WHICH)


def third_person(reading: Reading) -> bool:
    """ "Which schools are in Boston": asked of the table, not wished. "Show me" and "tell me" are no wishes."""
    words = words_of(reading)
    opening = bool(words) and words[0] in _OPENING
    if words[:1] in (["show"], ["give"], ["find"]) and not {"all", "every", "list"} & set(words):
        return False  # "show me schools under 15k" is a wish like any other
    return of_set(reading) and opening and not _OWN & set(words) and not _CHOOSING & set(words)


def in_place(program: Program, reading: Reading, context: Context) -> bool:
    """Whether a program is in one of the places that a clause names."""
    named = [p for p in context.knowledge.places if p.id in reading.places]
    return any(program.value("city") in p.cities or program.value("state") in p.states for p in named)


def programs_there(reading: Reading, context: Context) -> list[Program]:
    """The programs in the places that a clause names."""
    return [p for p in context.knowledge.programs.values() if in_place(p, reading, context)]


def asked_again(programs: tuple[str, ...], context: Context) -> RequestFacts:
    """The last question once more, of other programs: "and Emory?"."""
    return RequestFacts(programs=programs, fields=context.state.fields, about=context.state.about)


# ---- what the examples say ----


def nearness(near: Mapping[str, float], *intents: str) -> float:
    """The similarity to the nearest example of some intents."""
    return max((near.get(intent, 0.0) for intent in intents), default=0.0)


def leans(reading: Reading, context: Context) -> bool:
    """Whether the examples speak for studying rather than against it."""
    near = context.intents.nearest(reading.text)
    return not near or nearness(near, *STUDYING) >= nearness(near, "out_of_scope")


def far_out(reading: Reading, context: Context) -> bool:
    """Whether an off-topic example is clearly nearer than any of studying ("the score of the football game")."""
    near = context.intents.nearest(reading.text)
    return bool(near) and nearness(near, "out_of_scope") > nearness(near, *STUDYING) + FAR
