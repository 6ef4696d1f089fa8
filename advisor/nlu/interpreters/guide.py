"""What is settled by meaning, when nothing surer was found: the guide, then the nearest example."""

from __future__ import annotations

from advisor.dialogue.acts import AskGuide, OutOfScope, Recommend, Restart, Social, Unclear, UserAct
from advisor.nlu.interpreters.context import GUIDE_CLEAR, GUIDE_LIKELY, SOCIAL, Context
from advisor.nlu.interpreters.signs import STUDYING, cues, nearness, starts
from advisor.nlu.reading import Reading

LEAN = 0.1
"""How much nearer an off-topic example may be than one of studying, for a likely guide question. With
GUIDE_LIKELY and GUIDE_CLEAR, 123 of the 125 guide questions of `tests/cases` are taken for the guide, and 6 of its
184 off-topic lines."""
OFF_TOPIC_NEARER = 0.02
"""How much nearer an off-topic example must be than the guide, for a clear guide question to be none."""
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


def from_the_guide(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Is a thesis worth it": a general question that a passage of the guide answers."""
    score, _ = context.guide(reading.text)
    near = context.intents.nearest(reading.text)
    outside = nearness(near, "out_of_scope")
    suggestions = "list" in cues(reading) and not reading.fields
    if near and suggestions and nearness(near, "recommend") >= max(NEAR_EXAMPLE, score - SUGGESTED):
        return [Recommend()]
    clear = score >= GUIDE_CLEAR and (not near or outside <= score + OFF_TOPIC_NEARER)
    likely = score >= GUIDE_LIKELY and (not near or nearness(near, "studying", "recommend") >= outside - LEAN)
    return [AskGuide()] if clear or likely or _goes_on(reading, context) else None


def _goes_on(reading: Reading, context: Context) -> bool:
    """ "And for engineers?" after an answer from the guide."""
    told = context.state.last == "guide" and bool(context.state.sections)
    return told and len(reading.tokens) <= 5 and starts(reading, "follow")


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
