"""track(state, acts) → state: what holds after the student's acts, one small function per user act."""

from __future__ import annotations

from dataclasses import replace
from functools import singledispatch

from advisor.dialogue.acts import (
    Ambiguous,
    AskCost,
    AskDistance,
    AskGuide,
    AskOtherSchool,
    AskTable,
    AskTopic,
    AskWhich,
    AskWhy,
    Compare,
    Inform,
    NoPreference,
    Recommend,
    RequestFacts,
    Restart,
    Undo,
    UserAct,
    Widen,
)
from advisor.dialogue.constraints import PLACE
from advisor.dialogue.profile import Profile
from advisor.dialogue.state import DialogueState

KEPT = 20
"""How many earlier profiles are kept for undo."""


def track(state: DialogueState, acts: tuple[UserAct, ...]) -> DialogueState:
    """The state after the acts. A what-if lasts for one turn unless the next goes on with it."""
    going_on = any(isinstance(a, Inform) for a in acts)
    new = state if going_on else replace(state, what_if=None)
    for act in acts:
        new = apply(act, new)
    return replace(new, turn=state.turn + 1)


@singledispatch
def apply(act: UserAct, state: DialogueState) -> DialogueState:
    """The state after one act. Acts that change nothing are not listed."""
    return state


@apply.register
def _(act: Inform, state: DialogueState) -> DialogueState:
    base = state.what_if if state.what_if is not None else state.profile
    changed = _changed(base, act)
    if act.hypothetical:
        return replace(state, what_if=changed, last="recommend", topic="")
    indifferent = tuple(s for s in state.indifferent if s not in {w.slot for w in act.wishes})
    kept = (*state.before, state.profile)[-KEPT:]
    return replace(
        state, profile=changed, what_if=None, before=kept, indifferent=indifferent, last="recommend", topic=""
    )


def _changed(profile: Profile, act: Inform) -> Profile:
    """The profile with the act's wishes; a place named anew replaces the places before it."""
    places = [w for w in act.wishes if w.slot in PLACE]
    if places and all(w.how == "set" for w in places):
        profile = profile.without(*PLACE)
        if not any(w.slot == "exclude_states" for w in act.wishes):
            wanted = {s for w in places if w.slot == "states" for s in w.value}
            excluded = profile.value("exclude_states")
            if excluded and wanted & set(excluded):
                profile = profile.without("exclude_states")
    money = {w.slot for w in act.wishes} & {"tuition", "total_cost"}
    if money:
        profile = profile.without(*({"tuition", "total_cost"} - money))
    profile = profile.without(*act.forget)
    for wish in act.wishes:
        profile = profile.with_wish(wish)
    return profile


@apply.register
def _(act: NoPreference, state: DialogueState) -> DialogueState:
    slot = (
        act.slot or (state.pending.slot if state.pending else None) or next(reversed(list(state.profile.wishes)), None)
    )
    if slot is None:
        return state
    if act.slot is None and slot in state.profile:
        kept = (*state.before, state.profile)[-KEPT:]
        state = replace(state, profile=state.profile.without(slot), before=kept)
    return replace(state, indifferent=tuple(dict.fromkeys((*state.indifferent, slot))), last="recommend")


@apply.register
def _(act: Recommend, state: DialogueState) -> DialogueState:
    return replace(state, last="recommend", topic="")


@apply.register
def _(act: RequestFacts, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs, fields=act.fields, about=act.about, last="facts", topic="")


@apply.register
def _(act: Compare, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs, fields=act.fields, about="", last="facts", topic="")


@apply.register
def _(act: Ambiguous, state: DialogueState) -> DialogueState:
    return replace(state, fields=act.fields, about="", last="facts", topic="")


@apply.register
def _(act: AskTable, state: DialogueState) -> DialogueState:
    fields = (act.query.field,) if act.query.field else act.asked
    if act.told and act.wishes:
        state = apply(Inform(act.text, act.wishes), state)
        return replace(state, fields=fields, about="", last="table", query=act.query)
    going_on = Profile({w.slot: w for w in act.wishes}) if act.wishes else None
    return replace(state, fields=fields, about="", last="table", topic="", what_if=going_on, query=act.query)


@apply.register
def _(act: AskCost, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs, fields=(), about="", last="cost", topic="", cost=act)


@apply.register
def _(act: AskDistance, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs or state.focus, fields=(), about="", last="distance", topic="")


@apply.register
def _(act: Widen, state: DialogueState) -> DialogueState:
    return replace(state, wide=act.wide, last="recommend", topic="")


@apply.register
def _(act: AskTopic, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs or state.focus, fields=(), topic=act.topic, last="topic")


@apply.register
def _(act: AskOtherSchool, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs or state.focus, fields=act.fields, last="facts", topic="")


@apply.register
def _(act: AskWhy, state: DialogueState) -> DialogueState:
    return replace(state, focus=act.programs or state.focus, last="explain", topic="")


@apply.register
def _(act: AskWhich, state: DialogueState) -> DialogueState:
    return replace(state, fields=act.fields, about=act.about, last="table", topic="")


@apply.register
def _(act: AskGuide, state: DialogueState) -> DialogueState:
    # A short follow-up ("and data engineers?") keeps the question that it follows.
    keep = state.last == "guide" and len(act.text.split()) <= 5
    return replace(state, about=state.about if keep else act.text, last="guide", topic="")


@apply.register
def _(act: Restart, state: DialogueState) -> DialogueState:
    return DialogueState(turn=state.turn, before=(*state.before, state.profile)[-KEPT:])


@apply.register
def _(act: Undo, state: DialogueState) -> DialogueState:
    if not state.before:
        return state
    return replace(state, profile=state.before[-1], before=state.before[:-1], what_if=None, last="recommend")
