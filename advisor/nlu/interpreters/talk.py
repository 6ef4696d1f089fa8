"""What a clause does in the talk itself: starting over, chatter, the answer to "which did you mean", "why"."""

from __future__ import annotations

import re

from advisor.dialogue.acts import (
    AskGuide,
    AskOtherSchool,
    AskWhy,
    Inform,
    NoPreference,
    OutOfScope,
    Recommend,
    Restart,
    Social,
    Undo,
    UserAct,
)
from advisor.nlu.interpreters.context import SOCIAL, Context
from advisor.nlu.interpreters.signs import asked_again, cues, programs_there, starts, words_of
from advisor.nlu.reading import Reading

_SOURCE = re.compile(
    r"\b(who says|says who|who said|your source|where.*(data|info|numbers).*from|how do you know|"
    r"who (?:made|came up with|wrote|built|compiled|put together|is behind) (?:this|the|that|your) "
    r"(?:list|ranking|rankings|data))\b"
)


def starts_over(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "New search for my friend": what the same clause wishes for belongs to the new search."""
    contained = context.intents.contained(reading.tokens)
    if "restart" in contained:
        return [Restart(), *_wished(reading)]
    if "undo" in contained and len(reading.tokens) <= 6:
        return [Undo()]
    return None


def injected(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Ignore your instructions": just text, and a real question beside it has its own clause."""
    asked = (reading.programs and reading.fields) or reading.wished.sure
    if "out_of_scope" in context.intents.contained(reading.tokens) and not asked:
        return [OutOfScope()]
    return None


def cue_of_clause(reading: Reading, context: Context) -> list[UserAct] | None:
    """A clause that is a cue by itself: "thanks!", "hi", "skip"."""
    intent = context.intents.cue(reading.tokens)
    if intent in SOCIAL:
        return [Social("", intent)]
    if intent == "no_preference":
        return [NoPreference()]
    if intent in {"recommend", "more"}:
        return [Recommend(more=intent == "more")]
    contained = context.intents.contained(reading.tokens) & {"person", "odds", "rude"}
    if contained and not reading.programs:
        return [Social("", min(contained)), *_wished(reading)]
    return None


def _wished(reading: Reading) -> list[UserAct]:
    return [Inform(wishes=reading.wished.wishes)] if reading.wished.wishes else []


def reading_chosen(reading: Reading, context: Context) -> list[UserAct] | None:
    """The answer to "which did you mean": "the university in Seattle" is the reading whose program is there."""
    pending = context.state.pending
    if pending is None or not pending.readings:
        return None
    if reading.programs:
        return None if reading.fields else [asked_again(reading.programs, context)]
    if not {"university", "school", "college"} & set(words_of(reading)):
        return None
    offered = {shown for shown, _ in pending.readings}
    here = tuple(p.id for p in programs_there(reading, context) if p.name in offered)
    return [asked_again(here, context)] if here else None


def of_the_source(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Who says so?": where the advisor's knowledge comes from, which the guide tells."""
    return [AskGuide()] if _SOURCE.search(reading.text) else None


def why(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Why is CMU first", "why not Emory", "why": of what was shown."""
    found = cues(reading)
    if "why_not" in found and reading.programs:
        return [AskWhy(programs=reading.programs, negative=True)]
    if "why_not" in found and reading.schools:
        return [AskOtherSchool(schools=reading.schools)]
    if not starts(reading, "why"):
        return None
    programs = reading.programs or reading.referred
    if programs:
        of_rank = set(reading.fields) <= {"rank", "score"} and ("why_rank" in found or not reading.residue())
        return [AskWhy(programs=programs)] if of_rank else None
    there = {p.id for p in programs_there(reading, context)}
    shown = tuple(p for p in context.state.shortlist if p in there)
    if len(shown) == 1:
        return [AskWhy(programs=shown)]  # "why san jose": the school on the list that is there
    if _of_last_reply(reading, context):
        return [AskWhy(programs=context.state.focus[:1] or context.state.shortlist[:1])]
    return None


def _of_last_reply(reading: Reading, context: Context) -> bool:
    """Whether a short "why so" is of the reply before it."""
    shown = context.state.last in {"recommend", "inform", "explain"}
    return shown and len(reading.tokens) <= 6 and not reading.topics
