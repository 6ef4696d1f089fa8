"""Words that point at something said before."""

from __future__ import annotations

import pytest

from advisor.dialogue.state import DialogueState
from advisor.nlu.phrases import tokenise
from advisor.nlu.references import refer

LISTED = DialogueState(mentioned=("a", "b", "c", "d"), shortlist=("a", "b", "c", "d"))
ONE = DialogueState(focus=("b",), mentioned=("b",), shortlist=("a", "b", "c"))
TWO = DialogueState(focus=("a", "b"), mentioned=("a", "b"))


@pytest.mark.parametrize(
    ("text", "state", "programs"),
    [
        ("the first one", LISTED, "a"),
        ("where is the second one?", LISTED, "b"),
        ("the 3rd one", LISTED, "c"),
        ("number 4", LISTED, "d"),
        ("the last one", LISTED, "d"),
        ("compare the first two", LISTED, "ab"),
        ("the first and the third", LISTED, "ac"),
        ("the ninth one", LISTED, ""),
        ("how much is it?", ONE, "b"),
        ("its labs", ONE, "b"),
        ("tell me about that school", ONE, "b"),
        ("the other school", TWO, "b"),
        ("both", TWO, "ab"),
        ("which of them is cheaper", TWO, "ab"),
        ("how many are public", TWO, ""),
        ("it", DialogueState(), ""),
        ("both", DialogueState(), ""),
        ("the first one", DialogueState(), ""),
    ],
)
def test_a_reference_is_to_what_was_said(text: str, state: DialogueState, programs: str) -> None:
    assert refer(tokenise(text), state) == tuple(programs)


def test_what_was_shown_last_is_counted_before_the_shortlist() -> None:
    state = DialogueState(mentioned=("x", "y"), shortlist=("a", "b"))
    assert refer(tokenise("the second one"), state) == ("y",)
