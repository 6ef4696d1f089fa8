"""The dialogue state in the form in which it is stored with each turn."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, strategies as st

from advisor.dialogue.state import DialogueState, Pending
from tests import advisors
from tests.advisor.dialogue.wishing import profiles

ids = st.lists(st.text(max_size=6), max_size=3).map(tuple)
pendings = st.builds(
    Pending,
    st.none() | st.text(max_size=6),
    st.lists(st.tuples(st.text(max_size=6), st.text(max_size=6)), max_size=2).map(tuple),
)
states = st.builds(
    DialogueState,
    profile=profiles,
    shortlist=ids,
    focus=ids,
    mentioned=ids,
    fields=ids,
    about=st.text(max_size=9),
    last=st.text(max_size=9),
    topic=st.text(max_size=9),
    sections=ids,
    pending=st.none() | pendings,
    asked=ids,
    indifferent=ids,
    what_if=st.none() | profiles,
    before=st.lists(profiles, max_size=2).map(tuple),
    turn=st.integers(0, 99),
)


@given(states)
def test_a_stored_state_is_read_back(state: DialogueState) -> None:
    assert DialogueState.from_dict(json.loads(json.dumps(state.to_dict()))) == state


def test_a_state_of_a_real_talk_is_read_back() -> None:
    state = advisors.state(advisors.shipped(), "public, under 20k", "why not CMU?", "what if 70k?", "BU or UW?")
    assert DialogueState.from_dict(json.loads(json.dumps(state.to_dict()))) == state


@pytest.mark.parametrize("version", [None, 0, 99])
def test_a_state_of_another_version_is_not_guessed_at(version: int | None) -> None:
    stored = {**DialogueState().to_dict(), "version": version}
    with pytest.raises(ValueError, match="version"):
        DialogueState.from_dict(stored)
