"""What the student wants, drops, or does not mind."""

from __future__ import annotations

import re

from advisor.dialogue.acts import Inform, NoPreference, UserAct
from advisor.dialogue.prices import PRICED
from advisor.dialogue.profile import Wish
from advisor.nlu.interpreters.context import GUIDE_CLEAR, GUIDE_LIKELY, GUIDE_SURE, SOFT, WITHIN, Context
from advisor.nlu.interpreters.signs import cues, leans, names_set, of_set, third_person, words_of
from advisor.nlu.reading import STOP, Reading

GUIDE_OVER_QUESTION = 0.5
"""Guide score from which a question that says no wish outright is one for the guide."""


def critique(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Cheaper", "something cheaper": less than what was shown first."""
    if not context.state.shortlist or reading.programs or len(reading.tokens) > 6:
        return None
    words = set(words_of(reading))
    if words & {"cheaper", "cheapest"} or {"less", "expensive"} <= words or {"lower", "tuition"} <= words:
        first = context.knowledge.program(context.state.shortlist[0]).value("tuition")
        if first:
            return [Inform(wishes=(Wish("tuition", {"max": first - 1}, how="add"),))]
    return None


def wishes(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Under 30k in Texas", "not online", "price doesn't matter": wishes told, dropped, or not minded."""
    wished = reading.wished
    choosing = context.choosing and not reading.question and bool(wished.wishes)
    if not wished or not (choosing or _tells(reading, context)):
        return None
    if not choosing and (_better_in_the_guide(reading, context) or _strange(reading, context)):
        return None
    supposed = reading.where is not None and reading.where.supposed
    hypothetical = supposed or "what_if" in cues(reading) or (third_person(reading) and not context.state.profile)
    if wished.wishes and all(w.slot in {"gpa", "residency"} for w in wished.wishes):
        priced = set(PRICED) & set(context.state.profile.wishes)
        lives = any(w.slot == "residency" for w in wished.wishes)
        priced |= {"residency"} if context.state.pending and context.state.pending.slot == "residency" else set()
        return [Inform(wishes=wished.wishes, hypothetical=hypothetical, wants_list=lives and bool(priced))]
    acts: list[UserAct] = []
    if wished.wishes or wished.forget:
        acts.append(Inform(wishes=wished.wishes, forget=wished.forget, hypothetical=hypothetical))
    return [*acts, *(NoPreference(slot=s) for s in wished.indifferent)]


# ---- whether a clause tells a wish ----


def _tells(reading: Reading, context: Context) -> bool:
    """Whether the clause tells wishes: by its words, by being hardly more than them, or as an answer."""
    if reading.tokens[0].norm == "why":
        return False
    answer = _asked_back(context) and len(reading.tokens) <= 6
    interested = any(w.slot == "interests" for w in reading.wished.wishes)
    changes = _changes_a_limit(reading, context)
    return reading.wished.sure or _says_so(reading) or _fragment(reading) or answer or interested or changes


def _better_in_the_guide(reading: Reading, context: Context) -> bool:
    """Whether the guide is nearer than the wish is sure: "is a thesis worth it" names a slot and wants advice."""
    if reading.wished.sure and reading.wished.forget and not reading.wished.wishes:
        return False  # "doesn't have to be part-time"
    score, _ = context.guide(reading.text)
    told = "wish" in cues(reading) and not reading.question
    interested = told and any(w.slot == "interests" for w in reading.wished.wishes)
    suggested = "recommend" in context.intents.contained(reading.tokens) and bool(reading.wished.wishes)
    if interested or suggested or _lists_interests(reading) or _asks_by_priority(reading):
        return False
    sure, substantial = reading.wished.sure, _substantial(reading)
    plain = _firm(reading) and _fragment(reading)
    if score >= GUIDE_SURE and not sure and not plain:
        return True
    settled = sure or _asked_back(context)
    if score >= GUIDE_CLEAR and not substantial and not settled:
        return True
    if not reading.question or of_set(reading):
        return False
    if plain:
        return False
    if score >= GUIDE_OVER_QUESTION and not settled and not _says_so(reading):
        return True
    asks = "recommend" in context.intents.contained(reading.tokens)
    return score >= GUIDE_LIKELY and not substantial and not asks


def _strange(reading: Reading, context: Context) -> bool:
    """Whether the clause is of something else than studying, although a wish could be read out of it."""
    if reading.on_studying() or _interest_is_held(reading, context) or _tells_home(reading):
        return False
    if _changes_a_limit(reading, context):
        return False
    if any(w.slot in context.slots and context.slots[w.slot].own for w in reading.wished.wishes):
        return False
    wished, residue = reading.wished, reading.residue()
    if len(residue) >= 3 and not wished.sure:
        return True
    if _asked_back(context) or leans(reading, context):
        return False
    said = wished.sure or "wish" in cues(reading)
    letting_go = wished.sure and not wished.wishes and bool(wished.forget or wished.indifferent)
    if len(residue) > (1 if said and _substantial(reading) else 0) and not (letting_go or _opens(reading)):
        return True
    placed = bool(reading.places) or any(w.slot == "near" for w in wished.wishes)
    out_of_the_blue = not context.state.profile and context.state.what_if is None and not placed
    return reading.question and out_of_the_blue and not _says_so(reading) and not of_set(reading)


def _changes_a_limit(reading: Reading, context: Context) -> bool:
    """ "Nah, back to 50", "ok 61 again": a limit that was talked of, anew."""
    profile = context.state.profile if context.state.what_if is None else context.state.what_if
    ranged = bool(reading.wished.wishes) and all(isinstance(w.value, dict) for w in reading.wished.wishes)
    talked = ranged and all(w.slot in profile for w in reading.wished.wishes)
    return talked and context.state.last == "recommend" and len(reading.tokens) <= 6


def _tells_home(reading: Reading) -> bool:
    """ "From Dhaka, dad is selling land, so 60k": where one lives is told together with what one can pay."""
    slots = {w.slot for w in reading.wished.wishes}
    return "residency" in slots and len(slots) > 1


def _asks_by_priority(reading: Reading) -> bool:
    """ "Cheap schools please": a priority and nothing else, said of schools."""
    priority = any(w.slot == "priorities" for w in reading.wished.wishes)
    return priority and names_set(reading) and _fragment(reading) and not reading.fields


def _interest_is_held(reading: Reading, context: Context) -> bool:
    """ "Something with wildlife conservation": strange by itself, but a program's record tells of it."""
    interests = [i for w in reading.wished.wishes if w.slot == "interests" for i in w.value]
    return any(context.within("", interest) >= WITHIN for interest in interests)


def _says_so(reading: Reading) -> bool:
    """ "I want …", "what if …"."""
    return bool(cues(reading) & {"wish", "what_if"})


def _asked_back(context: Context) -> bool:
    """Whether the advisor has just asked about a slot."""
    return context.state.pending is not None and context.state.pending.slot is not None


def _lists_interests(reading: Reading) -> bool:
    """ "Thinking of robotics": interests after a cue that asks for suggestions."""
    return "list" in cues(reading) and any(w.slot == "interests" for w in reading.wished.wishes)


def _firm(reading: Reading) -> bool:
    """Whether a wish is of what schools are, not of whom they know: a company's name stands in many questions."""
    return any(w.slot not in SOFT | {"companies"} for w in reading.wished.wishes)


def _substantial(reading: Reading) -> bool:
    """Whether the wishes would leave programs out, or suggestions are asked for."""
    return _lists_interests(reading) or any(w.slot not in SOFT for w in reading.wished.wishes)


def _fragment(reading: Reading) -> bool:
    """Whether the clause is hardly more than its wishes: "Texas, under 30k"."""
    short = len(reading.residue()) <= (1 if _substantial(reading) else 0)
    return (short or (_firm(reading) and _opens(reading))) and not _asks_fact(reading)


def _opens(reading: Reading) -> bool:
    """Whether a wish stands alone before the first comma or bracket: "Pacific Northwest, I love rain"."""
    at = re.search(r"[,(;:]| - ", reading.text)
    first = [i for i, t in enumerate(reading.tokens) if at and t.end <= at.start()]
    return bool(first) and all(i in reading.wished.covered or reading.tokens[i].norm in STOP for i in first)


def _asks_fact(reading: Reading) -> bool:
    """Whether the clause asks for a value rather than telling a wish ("what is …", "how …")."""
    words = words_of(reading)
    asks = words[:1] in (["why"], ["when"], ["who"], ["what"]) or "how" in words
    if words[:1] in (["what"], ["whats"]) and not reading.fields and _firm(reading) and not reading.residue():
        return False  # "what's good in the Midwest" asks for schools
    return asks and "wish" not in cues(reading) and not of_set(reading)
