"""The advisor's own questions: only while they help, and none twice."""

from __future__ import annotations

import pytest

from advisor.dialogue.profile import Profile
from advisor.dialogue.state import DialogueState
from advisor.reply import Reply
from tests import advisors


def questions(*texts: str) -> list[str]:
    replies = advisors.talk(advisors.shipped(), *texts)
    return [reply.question.slot for reply in replies if reply.question]


def show(**profile: object) -> Reply:
    state = DialogueState(profile=Profile.from_dict(profile))
    return advisors.shipped().think("what fits me?", state).reply


def test_one_who_has_said_nothing_is_asked() -> None:
    reply = advisors.say(advisors.shipped(), "help me choose a program")
    assert reply.act == "request" and reply.question
    assert reply.text.endswith(reply.question.text)
    assert set(reply.question.choices) <= set(reply.suggestions)


def test_no_question_is_asked_twice_and_few_are_asked() -> None:
    asked = questions(*["find me a program", "no preference", "no preference", "no preference", "what fits me?", "ok"])
    assert len(asked) == len(set(asked)) <= 3


@pytest.mark.parametrize(
    ("profile", "slot"),
    [
        ({"tuition": {"max": 90_000}}, "tuition"),
        ({"total_cost": {"max": 900_000}}, "tuition"),
        ({"near": {"place": "Boston", "miles": 3000}}, "states"),
        ({"control": "private"}, "control"),
    ],
)
def test_what_is_known_is_not_asked(profile: dict[str, object], slot: str) -> None:
    reply = show(**profile)
    assert reply.question is not None and reply.question.slot != slot


def test_nothing_is_asked_when_few_are_left() -> None:
    reply = show(states=["TX"])
    assert reply.act == "recommend" and reply.question is None


def test_a_what_if_is_followed_by_no_question() -> None:
    assert questions("what if I could pay 50k?") == []
