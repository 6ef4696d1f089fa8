"""Messages to user acts: one for each question, in their order, and never none."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from advisor.dialogue.acts import Compare, Inform, RequestFacts
from tests import advisors

CMU, NYU, USC = "carnegie-mellon-university", "new-york-university", "university-of-southern-california"


def acts(text: str, *before: str) -> list[str]:
    """The names of the acts of a text, after other texts."""
    state = advisors.state(advisors.shipped(), *before)
    return [type(act).__name__ for act in advisors.acts(advisors.shipped(), text, state)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("how much is tuition at CMU?", ["RequestFacts"]),
        ("tell me about Penn", ["RequestFacts"]),
        ("cheapest?", ["AskTable"]),
        ("how many are public?", ["AskTable"]),
        ("NYU vs USC", ["Compare"]),
        ("under 20k", ["Inform"]),
        ("find me a program", ["Recommend"]),
        ("why Syracuse?", ["AskWhy"]),
        ("what are the deadlines at NYU?", ["AskTopic"]),
        ("tuition at Oxford", ["AskOtherSchool"]),
        ("tuition at Georgia", ["Ambiguous"]),
        ("hi", ["Social"]),
        ("start over", ["Restart"]),
        ("undo", ["Undo"]),
        ("no preference", ["NoPreference"]),
    ],
)
def test_a_message_does_one_thing(text: str, names: list[str]) -> None:
    assert acts(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("How much is NYU? And which schools work with Boeing?", ["RequestFacts", "AskTable"]),
        ("hi! how much is NYU?", ["RequestFacts"]),
        ("thanks. Which is the cheapest school?", ["AskTable"]),
        ("public, under 20k, and in California", ["Inform"]),
    ],
)
def test_a_message_does_all_that_it_asks(text: str, names: list[str]) -> None:
    assert acts(text) == names


def test_each_question_is_about_its_own_school() -> None:
    found = advisors.acts(advisors.shipped(), "How much is NYU? Where is USC?")
    facts = [(a.programs, a.fields[0]) for a in found if isinstance(a, RequestFacts)]
    assert facts == [((NYU,), "tuition"), ((USC,), "city")]


def test_a_follow_up_keeps_the_question() -> None:
    state = advisors.state(advisors.shipped(), "tuition at CMU")
    (act,) = advisors.acts(advisors.shipped(), "and NYU?", state)
    assert isinstance(act, RequestFacts)
    assert (act.programs, act.fields) == ((NYU,), ("tuition",))


def test_a_follow_up_keeps_the_school() -> None:
    state = advisors.state(advisors.shipped(), "tuition at CMU")
    (act,) = advisors.acts(advisors.shipped(), "and its graduation rate?", state)
    assert isinstance(act, RequestFacts)
    assert (act.programs, act.fields) == ((CMU,), ("graduation_rate",))


def test_a_comparison_may_be_of_one_field() -> None:
    (act,) = advisors.acts(advisors.shipped(), "compare the tuition of NYU and USC")
    assert isinstance(act, Compare)
    assert (act.programs, act.fields) == ((NYU, USC), ("tuition",))


def test_wishes_of_one_message_are_one_act() -> None:
    (act,) = advisors.acts(advisors.shipped(), "I want a public school. Not above 20k. In California.")
    assert isinstance(act, Inform)
    assert [wish.slot for wish in act.wishes] == ["control", "tuition", "states"]


def test_a_what_if_is_marked() -> None:
    (act,) = advisors.acts(advisors.shipped(), "what if I could pay 50k?")
    assert isinstance(act, Inform) and act.hypothetical


@pytest.mark.parametrize("text", ["50,000 USD", "my budget is 30000 usd"])
def test_dollars_are_no_school(text: str) -> None:
    assert acts(text) == ["Inform"]


@given(st.text(max_size=80))
def test_some_act_is_always_found(text: str) -> None:
    assert advisors.acts(advisors.tiny(), text)
