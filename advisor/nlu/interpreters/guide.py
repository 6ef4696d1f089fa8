"""What is settled by meaning: what is off-topic, what is for the guide, and by the nearest example what is left."""

from __future__ import annotations

from advisor.dialogue.acts import AskGuide, OutOfScope, Recommend, Restart, Social, Unclear, UserAct
from advisor.nlu.interpreters.context import GUIDE_CLEAR, GUIDE_LIKELY, GUIDE_SURE, SOCIAL, Context
from advisor.nlu.interpreters.signs import STUDYING, cues, explained, nearness, starts
from advisor.nlu.reading import Reading

OFF_TOPIC = 0.7
"""What the nearness of an off-topic example counts against that of a question of the guide."""
GUIDE_MARGIN = 0.28
"""The difference of the two from which a clause is for the guide; docs/floors.md has the curve."""
GUIDE_ASKED, GUIDE_EXPLAINS = 0.69, 0.66
"""Nearness to a question of the guide, and guide score, from which the guide explains a clause in which every other
reading leaves words unexplained. Of some 800 questions about schools and wishes one reaches both."""
GUIDE_SAID = 0.88
"""The same for a clause all of whose words could be read otherwise: nearly the guide's question word for word."""
GUIDE_VERBATIM = 0.96
"""The same where a question over the table explains every word: "what does tuition mean here" asks for no mean."""
GUIDE_OVER_WISH = 0.4
"""The difference from which a question that names a slot is for the guide and tells no wish."""
FAR_OFF = 0.12
"""How much nearer an off-topic example must be than any other, for a clause to be off-topic whatever its words."""
NEAR_EXAMPLE = 0.55
"""Similarity from which the nearest example utterance of "recommend" decides."""
SUGGESTED = 0.05
"""How much nearer the guide may be than that, where the clause asks for suggestions."""
NEAR_CUE = 0.7
"""The same for chatter and "more", which are said in few ways."""
NEAR_RESTART = 0.75
"""The same for starting over, which empties the profile."""
FAINT = 0.4
"""Similarity under which no example of studying is near enough to ask what was meant."""

_CHATTER = frozenset(SOCIAL) - {"agree", "refuse"}
_AGREEING = {"yes", "yeah", "yep", "right", "exactly", "correct", "no"}
SHORT = 7
"""Words that a follow-up of an answer from the guide has at most."""


def far_off(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "What tv program is on at eight": off-topic by far, although a word of it could be read as a question."""
    near = context.intents.nearest(reading.text)
    if not near or reading.programs or not reading.residue():
        return None
    others = max(score for intent, score in near.items() if intent != "out_of_scope")
    return [OutOfScope()] if nearness(near, "out_of_scope") - others >= FAR_OFF else None


def surely_the_guide(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "How many programs are there in Texas, not only the ranked ones": the guide explains more of it than a table
    or a wish would, which leave words of it unexplained."""
    if reading.schools or reading.referred or reading.wished.sure or context.before:
        return None
    if reading.wished.wishes and (context.choosing or "recommend" in context.intents.contained(reading.tokens)):
        return None  # "interested in robotics, any recommendations?"
    if any(w.slot == "residency" for w in reading.wished.wishes):
        return None  # "Texas", said to "where do you live?"
    if reading.fields and (reading.programs or context.state.focus):
        return None  # "what is the graduation rate", of what is being talked about
    asked = nearness(context.intents.nearest(reading.text), "guide")
    score, _ = context.guide(reading.text)
    unexplained = len(reading.residue()) >= (2 if reading.programs else 1)
    explains = unexplained and asked >= GUIDE_ASKED and score >= GUIDE_EXPLAINS
    if reading.programs:
        return [AskGuide()] if explains else None
    needed = GUIDE_VERBATIM if explained(reading) else GUIDE_SAID
    said = reading.question and not reading.places and asked >= needed and score >= GUIDE_SURE
    return [AskGuide()] if explains or said or _wishes_for_nothing(reading, context) else None


def _wishes_for_nothing(reading: Reading, context: Context) -> bool:
    """ "What should one expect to pay for an elite private": a slot is named, and advice on it is asked for."""
    if not reading.wished.wishes or reading.table or reading.places or cues(reading) & {"wish", "list", "what_if"}:
        return False
    asks = reading.question or bool(reading.residue())
    return asks and not context.state.profile and _margin(reading, context) >= GUIDE_OVER_WISH


def from_the_guide(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Is a thesis worth it": a general question that a passage of the guide answers."""
    score, _ = context.guide(reading.text)
    near = context.intents.nearest(reading.text)
    suggestions = "list" in cues(reading) and not reading.fields
    if near and suggestions and nearness(near, "recommend") >= max(NEAR_EXAMPLE, score - SUGGESTED):
        return [Recommend()]
    return [AskGuide()] if asks_guide(reading, context) or _goes_on(reading, context) else None


def asks_guide(reading: Reading, context: Context) -> bool:
    """Whether a clause is near a question that the guide answers, and not nearly as near an off-topic example."""
    score, _ = context.guide(reading.text)
    if not context.intents.nearest(reading.text):
        return score >= GUIDE_CLEAR
    return score >= GUIDE_LIKELY and _margin(reading, context) >= GUIDE_MARGIN


def _margin(reading: Reading, context: Context) -> float:
    near = context.intents.nearest(reading.text)
    return nearness(near, "guide") - OFF_TOPIC * nearness(near, "out_of_scope")


def _goes_on(reading: Reading, context: Context) -> bool:
    """ "And for engineers?" after an answer from the guide."""
    told = context.state.last == "guide" and bool(context.state.sections)
    return told and len(reading.tokens) <= SHORT and starts(reading, "follow")


def by_example(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "You're a star": the intent of the nearest example utterance; off-topic where none is near."""
    near = context.intents.nearest(reading.text)
    if not near:
        return None
    intent, score = max(near.items(), key=lambda item: item[1])
    if intent in _CHATTER and score >= NEAR_CUE and len(reading.tokens) <= 10:
        return [Social("", intent)]
    if intent == "recommend" and score >= NEAR_EXAMPLE and reading.on_studying():
        return [Recommend()]
    if intent == "more" and score >= NEAR_CUE and context.state.shortlist:
        return [Recommend(more=True)]
    if intent == "restart" and score >= NEAR_RESTART:
        return [Restart()]
    if _agrees(reading, context):
        return [Social("", "agree")]
    inside = nearness(near, *STUDYING, "why")
    if nearness(near, "out_of_scope") >= inside or not reading.on_studying() or inside < FAINT:
        return [OutOfScope()]
    return [Unclear()]


def _agrees(reading: Reading, context: Context) -> bool:
    """ "Yeah, 20 thousand": says again what was understood."""
    again = not set(reading.residue()) - {"thousand", "grand", "dollar"}
    return bool(context.state.profile) and reading.tokens[0].norm in _AGREEING and again
