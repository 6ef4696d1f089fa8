"""decide(situation) → actions: an ordered list of small named rules; for each user act the first that applies wins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from advisor.dialogue.acts import (
    Action,
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
    OutOfScope,
    Recommend,
    RequestFacts,
    Restart,
    Social,
    Unconverted,
    Undo,
    UserAct,
    Widen,
)
from advisor.dialogue.situation import Situation

Rule = Callable[[UserAct, Situation], Action | None]


def decide(situation: Situation) -> tuple[Action, ...]:
    """The actions of this turn, one for each user act that wants an answer, in their order.

    Acts that together come to one shortlist ("under 20k", "no preference") give one action.
    """
    chosen: list[Action] = []
    for act in situation.acts:
        action = _first(act, situation)
        if action is not None and not (
            action.name in {"recommend", "request"} and any(a.name == action.name for a in chosen)
        ):
            chosen.append(action)
    if len(chosen) > 1:
        # A new search that tells its wishes at once needs no word on the clean slate.
        chosen = [a for a in chosen if a.name != "restart" or all(b.name == "restart" for b in chosen)] or chosen
        if any(not isinstance(a.act, Widen) for a in chosen):
            chosen = [a for a in chosen if not isinstance(a.act, Widen)]
        if any(a.name != "confirm" for a in chosen):
            chosen = [a for a in chosen if a.name != "confirm"]
        if any(a.name != "request" for a in chosen):
            chosen = [a for a in chosen if a.name != "request"]
    return tuple(chosen) or (Action("clarify", rule="nothing_understood"),)


def _first(act: UserAct, situation: Situation) -> Action | None:
    for rule in RULES:
        action = rule(act, situation)
        if action is not None:
            return Action(action.name, action.act, rule.__name__, action.slot)
    return None


def starts_over(act: UserAct, situation: Situation) -> Action | None:
    """A clean slate is confirmed."""
    return Action("restart", act) if isinstance(act, Restart) else None


def names_are_ambiguous(act: UserAct, situation: Situation) -> Action | None:
    """A name with two readings is asked about."""
    return Action("clarify", act) if isinstance(act, Ambiguous) else None


def facts_are_asked(act: UserAct, situation: Situation) -> Action | None:
    """Facts and questions over the table are answered."""
    return (
        Action("inform", act) if isinstance(act, RequestFacts | AskTable | AskWhich | AskCost | AskDistance) else None
    )


def schools_are_compared(act: UserAct, situation: Situation) -> Action | None:
    """Programs side by side."""
    return Action("compare", act) if isinstance(act, Compare) else None


def reasons_are_asked(act: UserAct, situation: Situation) -> Action | None:
    """Why, and why not."""
    return Action("explain", act) if isinstance(act, AskWhy) else None


def guide_is_asked(act: UserAct, situation: Situation) -> Action | None:
    """A general question goes to the guide."""
    return Action("advise", act) if isinstance(act, AskGuide) else None


def not_in_the_knowledge(act: UserAct, situation: Situation) -> Action | None:
    """Topics and schools that the knowledge does not hold."""
    return Action("unknown", act) if isinstance(act, AskTopic | AskOtherSchool) else None


def agreed_to_the_question(act: UserAct, situation: Situation) -> Action | None:
    """ "Yes" or "no" after an offer: the shortlist again with what is open, or a kind word."""
    if isinstance(act, Social) and act.kind in {"agree", "refuse"}:
        return Action("recommend", act) if situation.profile else Action("request", act) if situation.question else None
    return None


def chats(act: UserAct, situation: Situation) -> Action | None:
    """Greetings, thanks, rudeness, "are you a person"."""
    return Action("smalltalk", act) if isinstance(act, Social) else None


def amounts_are_not_converted(act: UserAct, situation: Situation) -> Action | None:
    """Rupees are asked about in dollars; a CGPA is noted as not converted."""
    return Action("clarify", act) if isinstance(act, Unconverted) else None


def only_tells_of_oneself(act: UserAct, situation: Situation) -> Action | None:
    """Something about the student that no program can be held against: noted."""
    if isinstance(act, Inform) and not act.wants_list:
        return Action("confirm", act)
    return None


def nothing_to_undo(act: UserAct, situation: Situation) -> Action | None:
    """Taking back when nothing was said yet."""
    if isinstance(act, Undo) and not situation.before.before:
        return Action("confirm", act, slot="nothing_to_undo")
    return None


def nothing_said_yet(act: UserAct, situation: Situation) -> Action | None:
    """Wants suggestions and has told nothing: the most useful question first."""
    if (
        isinstance(act, Recommend | Widen)
        and not situation.profile
        and not situation.state.indifferent
        and situation.question
    ):
        return Action("request", act)
    return None


def wishes_are_known(act: UserAct, situation: Situation) -> Action | None:
    """Wishes, indifference, undo, "show me": a shortlist for what is known."""
    return Action("recommend", act) if isinstance(act, Inform | NoPreference | Recommend | Undo | Widen) else None


def not_about_studying(act: UserAct, situation: Situation) -> Action | None:
    """Anything else in the world."""
    return Action("out_of_scope", act) if isinstance(act, OutOfScope) else None


def nothing_understood(act: UserAct, situation: Situation) -> Action | None:
    """About studying, but nothing could be made of it: said so."""
    return Action("unknown", act)


RULES: Sequence[Rule] = (
    starts_over,
    names_are_ambiguous,
    amounts_are_not_converted,
    facts_are_asked,
    schools_are_compared,
    reasons_are_asked,
    guide_is_asked,
    not_in_the_knowledge,
    agreed_to_the_question,
    chats,
    only_tells_of_oneself,
    nothing_to_undo,
    nothing_said_yet,
    wishes_are_known,
    not_about_studying,
    nothing_understood,
)
