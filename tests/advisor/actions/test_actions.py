"""What the actions come to, on the pack that ships."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from advisor.actions import ACTIONS
from advisor.dialogue.acts import ActName
from tests import advisors
from tests.advisor.recommendation import raw

DIALOGUES = Path(__file__).resolve().parent.parent.parent / "dialogues"


def test_one_name_runs_from_the_act_to_its_dialogues() -> None:
    assert set(get_args(ActName)) == set(ACTIONS) == {path.stem for path in DIALOGUES.glob("*.toml")} - {"record"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("how much is tuition at CMU?", "inform"),
        ("compare NYU and USC", "compare"),
        ("public, under 20k", "recommend"),
        ("why Syracuse?", "explain"),
        ("help me choose", "request"),
        ("what are the deadlines at Emory?", "unknown"),
        ("how much is Oxford?", "unknown"),
        ("asdf qwer zxcv", "out_of_scope"),
        ("hello", "smalltalk"),
        ("start over", "restart"),
        ("undo", "confirm"),
    ],
)
def test_a_plain_question_has_its_act(text: str, act: str) -> None:
    assert advisors.say(advisors.shipped(), text).act == act


@pytest.mark.parametrize(
    "text", ["public, under 20k", "compare NYU and USC", "tell me about Penn", "why Clark?", "hello", "weather?"]
)
def test_a_suggestion_sent_as_it_stands_is_answered(text: str) -> None:
    for suggestion in advisors.say(advisors.shipped(), text).suggestions:
        assert advisors.say(advisors.shipped(), text, suggestion).act not in {"out_of_scope", "clarify"}


def test_a_list_shows_few_and_more_on_request() -> None:
    first, more = advisors.talk(advisors.shipped(), "private schools", "show me more")
    assert first.shortlist and more.shortlist
    assert not {o.program for o in first.shortlist} & {o.program for o in more.shortlist}


def test_a_list_is_never_padded() -> None:
    texas = [program for program in raw.records() if raw.given(program, "state") == "TX"]
    assert list(advisors.say(advisors.shipped(), "in Texas").programs) == texas


def test_reasons_are_told_to_their_sum() -> None:
    listed, why = advisors.talk(advisors.shipped(), "public, under 20k", "why the first one?")
    assert listed.shortlist is not None
    first = listed.shortlist[0]
    assert f"{first.fit:.2f}" in why.text
    assert all(reason.text in why.text for reason in first.reasons)


def test_a_reading_sent_back_settles_what_was_meant() -> None:
    asked, told = advisors.talk(advisors.tiny(), "tuition of the Herons", "Birchmoor College")
    assert asked.act == "clarify" and "Larkspur" in asked.text
    assert told.act == "inform" and "$38,500" in told.text


def test_two_questions_get_two_parts_in_their_order() -> None:
    reply = advisors.say(advisors.shipped(), "How much is NYU? Where is Emory?")
    assert "Emory" in reply.text
    assert reply.text.index("New York University") < reply.text.index("Emory")
    assert {fact.field for fact in reply.facts} >= {"tuition", "city"}
