"""Which action answers which act. Situations are made by hand."""

from __future__ import annotations

import pytest

from advisor.dialogue.acts import (
    Ambiguous,
    Ask,
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
    Unclear,
    Undo,
    UserAct,
)
from advisor.dialogue.policy import RULES, decide
from advisor.dialogue.profile import Profile, Wish
from advisor.dialogue.situation import Question, Situation
from advisor.dialogue.state import DialogueState

CHEAP = Profile({"tuition": Wish("tuition", {"max": 20_000})})
TELL = Inform(wishes=tuple(CHEAP.wishes.values()))
QUESTION = Question(Ask("goal", "Research or industry?"), "it matters", 0.5)


def situation(*acts: UserAct, profile: Profile | None = None, before: DialogueState | None = None) -> Situation:
    state = DialogueState(profile=profile or Profile())
    return Situation(before or state, state, acts, state.profile, question=QUESTION)


def names(*acts: UserAct, **holding: Profile | DialogueState) -> list[str]:
    return [action.name for action in decide(situation(*acts, **holding))]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("act", "name"),
    [
        (RequestFacts(programs=("a",)), "inform"),
        (AskTable(), "inform"),
        (AskWhich(about="ethics"), "inform"),
        (Compare(programs=("a", "b")), "compare"),
        (TELL, "recommend"),
        (NoPreference(), "recommend"),
        (AskWhy(programs=("a",)), "explain"),
        (AskGuide(text="is it worth it"), "advise"),
        (Recommend(), "request"),
        (Ambiguous(name="Herons"), "clarify"),
        (Inform(wants_list=False), "confirm"),
        (Undo(), "confirm"),
        (AskTopic(topic="deadlines"), "unknown"),
        (AskOtherSchool(schools=("Elm",)), "unknown"),
        (OutOfScope(), "out_of_scope"),
        (Social(kind="greet"), "smalltalk"),
        (Restart(), "restart"),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_an_act_alone_has_its_action(act: UserAct, name: str) -> None:
    assert names(act) == [name]


def test_suggestions_follow_once_something_was_told() -> None:
    assert names(Recommend(), profile=CHEAP) == ["recommend"]


def test_what_was_told_can_be_taken_back() -> None:
    assert names(Undo(), before=DialogueState(profile=CHEAP, before=(Profile(),))) == ["recommend"]


def test_two_questions_get_two_answers_in_their_order() -> None:
    assert names(AskGuide(text="thesis?"), RequestFacts(programs=("a",))) == ["advise", "inform"]


def test_acts_that_come_to_one_shortlist_give_one() -> None:
    assert names(TELL, NoPreference(slot="goal"), Recommend(), profile=CHEAP) == ["recommend"]


def test_a_question_of_the_advisors_does_not_follow_an_answer() -> None:
    assert names(AskGuide(text="thesis?"), Recommend()) == ["advise"]


def test_a_clean_slate_that_is_filled_at_once_needs_no_word() -> None:
    assert names(Restart(), TELL, profile=CHEAP) == ["recommend"]


@pytest.mark.parametrize("acts", [(), (Unclear(),)], ids=["no act", "unclear"])
def test_what_is_not_understood_is_answered_too(acts: tuple[UserAct, ...]) -> None:
    assert len(names(*acts)) == 1


def test_an_action_says_which_rule_chose_it() -> None:
    assert decide(situation(Restart()))[0].rule in {rule.__name__ for rule in RULES}
