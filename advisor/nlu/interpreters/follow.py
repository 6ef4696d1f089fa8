"""Questions about what is being talked about, without naming it."""

from __future__ import annotations

from advisor.dialogue.acts import AskGuide, AskTable, Compare, RequestFacts, UserAct
from advisor.dialogue.state import DialogueState
from advisor.nlu.interpreters.context import GUIDE_SURE, Context
from advisor.nlu.interpreters.schools import looked_up
from advisor.nlu.interpreters.signs import cues, of_set, words_of
from advisor.nlu.reading import Reading
from advisor.nlu.references import points

GUIDE_OVER_FOCUS = GUIDE_SURE + 0.05
"""Guide score from which a question with a pronoun and no field is one for the guide."""

_ASKING = {
    "is", "are", "doe", "do", "can", "could", "how", "what", "whats", "when", "who", "where", "wheres", "and", "ok",
    "any",
}  # fmt: skip


def of_the_focus(reading: Reading, context: Context) -> list[UserAct] | None:
    """A question with a pronoun, or put to what is being talked about: "do they have labs", "is it in the evenings"."""
    if not reading.question or not reading.fields or of_set(reading) or reading.wished.sure or reading.places:
        return None
    if not (reading.referred or points(reading.tokens) or _talking(reading, context)):
        return None
    words = words_of(reading)
    asking = bool(words) and words[0] in _ASKING
    if "there" in words[:2] or not (asking or len(words) <= 6):
        return None
    return follow_up(reading, context)


def _talking(reading: Reading, context: Context) -> bool:
    """Whether the reply before told of a school, and the clause wishes for nothing."""
    return context.state.last in {"facts", "topic"} and bool(context.state.focus) and "wish" not in cues(reading)


def follow_up(reading: Reading, context: Context) -> list[UserAct] | None:
    """A question about what is being talked about: "tuition?", "do they have labs", "and how long is it"."""
    if of_set(reading) and not reading.referred:
        return None
    before = _of_clause_before(reading, context)
    programs = reading.referred or before or _talked_of(context.state)
    pointing = bool(reading.referred) or (bool(before) and points(reading.tokens))
    if not programs:
        return _of_the_answer(reading, context)
    if context.state.last == "guide" and not reading.fields and not before and not reading.programs:
        return [AskGuide()]
    if before and not reading.fields and not reading.residue():
        return []
    if reading.listed and pointing and not reading.fields:
        return [RequestFacts(programs=programs, fields=looked_up(reading, context), about=reading.about())]
    if reading.fields:
        return _fields_of(programs, pointing, bool(before), reading, context)
    return _something_of(programs, reading, context) if pointing else None


def _of_the_answer(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Who's number one and what's their score": settled with the question before it."""
    asked = bool(context.acts) and isinstance(context.acts[-1], AskTable)
    return [RequestFacts(fields=reading.fields)] if asked and reading.fields and points(reading.tokens) else None


def _fields_of(
    programs: tuple[str, ...], pointing: bool, before: bool, reading: Reading, context: Context
) -> list[UserAct] | None:
    """ "Tuition?", "and how long is it": fields of what is being talked about."""
    residue = reading.residue()
    bare = not residue and len(reading.tokens) <= 4 and not reading.wished.sure
    if not (pointing or before or bare) and context.guide(reading.text)[0] >= GUIDE_SURE:
        return None
    if not pointing and len(residue) >= 2:
        return None
    if "compare" in cues(reading) and len(programs) > 1:
        return [Compare(programs=programs, fields=reading.fields)]
    return [
        RequestFacts(
            programs=programs, fields=reading.fields, about=reading.about(), part=reading.part, parts=reading.parts
        )
    ]


def _something_of(programs: tuple[str, ...], reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Compare them", "do they work with NASA", "tell me about the second": no field is named."""
    residue = reading.residue()
    if not residue and not reading.question and len(reading.tokens) > 4:
        return None
    if "compare" in cues(reading) and len(programs) > 1:
        return [Compare(programs=programs)]
    if (not residue and reading.wished) or context.guide(reading.text)[0] >= GUIDE_OVER_FOCUS:
        return None
    return [RequestFacts(programs=programs, about=reading.about() if residue else "")]


def _of_clause_before(reading: Reading, context: Context) -> tuple[str, ...]:
    """The schools of the clause before, in the same message: all of them for "each" and "both", else the last."""
    every = {"each", "both", "they", "them", "two", "either", "all"} & set(words_of(reading))
    return context.before if every else context.before[-1:]


def _talked_of(state: DialogueState) -> tuple[str, ...]:
    """What a question without a subject is about: both of two schools under comparison, else the focus."""
    pair = state.mentioned
    return pair if len(pair) == 2 and set(state.focus) < set(pair) else state.focus
