"""What is for the guide, what only looks like it, and what is off-topic although its words could be read otherwise."""

from __future__ import annotations

import pytest

from advisor.dialogue.acts import AskGuide, OutOfScope
from tests import advisors

pytestmark = pytest.mark.slow


def kinds(text: str) -> set[type]:
    """The kinds of acts of a text."""
    return {type(act) for act in advisors.acts(advisors.real(), text)}


@pytest.mark.parametrize(
    "text",
    [
        "who made this ranking",
        "can I trust it",
        "what does tuition mean here",
        "does microsoft help its people with tuition",
        "I work full time, could I still do this",
        "my boss should pay for it, any tips",
        "on what grounds are CMU, USC and Syracuse put on top",
        "how many years would it take me if I only study part time",
        "I start at Amazon in July!! What do they cover if I go to school on the side",
    ],
)
def test_a_general_question_is_for_the_guide(text: str) -> None:
    assert kinds(text) == {AskGuide}


@pytest.mark.parametrize("text", ["who made this ranking", "can I trust it", "how do I get my boss to pay"])
@pytest.mark.parametrize("said", ["{}?", "{}!", "{}...", "{} please", "please {}"])
def test_the_way_it_is_put_changes_nothing(text: str, said: str) -> None:
    assert kinds(said.format(text)) == kinds(said.format(text).upper()) == {AskGuide}


@pytest.mark.parametrize(
    "text",
    [
        "what tv program is on at eight",
        "which colleges have the best football teams",
        "get me an uber to the airport",
        "does applebees have good reviews",
        "is google a publicly traded company",
        "how long does it take to learn japanese",
        "show me the top trending videos",
    ],
)
def test_what_only_shares_words_with_studying_is_off_topic(text: str) -> None:
    assert kinds(text) == {OutOfScope}
