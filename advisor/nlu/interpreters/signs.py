"""What several interpreters look for in a clause: small statements about it, true or false."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge import Program

from advisor.dialogue.acts import RequestFacts
from advisor.nlu.cues import cues as cues_of, phrases_of
from advisor.nlu.interpreters.context import Context
from advisor.nlu.patterns import PLURALS
from advisor.nlu.phrases import Span, norm
from advisor.nlu.questions import SET
from advisor.nlu.reading import Reading

FAR = 0.08
"""How much nearer an off-topic example must be than any of studying, for a clause that names a school to be
off-topic all the same."""

STUDYING = ("recommend", "studying", "compare", "more")
"""The intents whose examples are of choosing a program."""

_CUES = phrases_of(
    ("compare", "order", "wish", "list", "what_if", "follow", "meant", "why", "why_rank", "why_not", "better_for_me")
)

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


_LISTING = frozenset(norm(word) for word in cues_of()["listing"])
_BEFORE_SET = frozenset(norm(word) for word in cues_of()["before_set"]) | _LISTING
_BEGINNING = frozenset(
    ("hi", "hey", "hello", "there", "ok", "okay", "so", "and", "please", "quick", "question", "well")
)


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
    words = _begun(words_of(reading))
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
    words = _begun(words_of(reading))
    opening = bool(words) and words[0] in _OPENING
    if words[:1] in (["show"], ["give"], ["find"]):
        return False  # of several, they are wanted in a list (see `wants_rows`); of one, wished
    return of_set(reading) and opening and not _OWN & set(words) and not _CHOOSING & set(words)


def heads(reading: Reading) -> bool:
    """Whether the clause is of schools and what is said of them: "unis with a robotics track", "any public ones"."""
    return _head(reading) is not None


def wants_rows(reading: Reading) -> bool:
    """Whether all schools of a kind are asked for: "show me the schools in Texas", "I want a list of …"."""
    at = _head(reading)
    if at is None or reading.tokens[at].text not in PLURALS:
        return False
    words = words_of(reading)
    before, after = set(words[:at]), words[at + 1 :]
    listed = "i" not in before or "list" in before  # "I want schools in Texas" is a wish
    own = _OWN & set(after) and "can" not in after  # "that I can do online"
    return bool(before & _LISTING) and listed and not own and not (_CHOOSING - {"any"}) & {*before, *after}


def explained(reading: Reading) -> bool:
    """Whether a question over the table accounts for every word of the clause: no passage can say more of it."""
    table = reading.table
    if table is None or reading.residue():
        return False
    return table.explicit or (bool(table.query.where) and (heads(reading) or of_set(reading)))


def _head(reading: Reading) -> int | None:
    """Where the first word for schools stands, if all before it only leads to it or is of the filters."""
    words, covered = words_of(reading), reading.covered()
    at = next((i for i, w in enumerate(words) if w in SET and w != "one"), None)
    if at is None:
        return None
    return at if all(w in _BEFORE_SET or i in covered for i, w in enumerate(words[:at])) else None


def _begun(words: list[str]) -> list[str]:
    """The words without those that only lead up to them: "hi, please tell me which …"."""
    rest = list(words)
    while rest and rest[0] in _BEGINNING:
        rest = rest[1:]
    for lead in (["tell", "me"], ["do", "you", "know"], ["can", "you"], ["could", "you"]):
        if rest[: len(lead)] == lead and len(rest) > len(lead) and rest[len(lead)] in _OPENING:
            rest = rest[len(lead) :]
    return rest or words


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
