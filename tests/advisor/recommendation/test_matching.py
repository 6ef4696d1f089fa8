"""What is offered meets every wish, by a second reading of the records (raw.py)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, strategies as st

from advisor.dialogue.profile import Profile
from tests import advisors
from tests.advisor.dialogue.wishing import matchable_profiles
from tests.advisor.recommendation import raw

EXACT = ("tuition", "graduation_rate", "rank", "states", "exclude_states", "control")
"""Slots that the second reading decides just as the advisor should."""
places = st.fixed_dictionaries(
    {"place": st.sampled_from(["Boston", "Seattle", "Philadelphia"]), "miles": st.integers(5, 900)}
)


def offered(profile: dict[str, Any]) -> list[str]:
    return [offer["program"] for offer in advisors.shipped().shortlist(profile)["shortlist"]]


def test_all_programs_stand_in_the_records() -> None:
    assert set(advisors.shipped().knowledge.programs) == set(raw.records())
    assert sorted(offered({})) == sorted(raw.records())


@given(matchable_profiles)
def test_no_program_offered_fails_a_wish(profile: Profile) -> None:
    wanted = profile.to_dict()
    assert [program for program in offered(wanted) if not raw.allowed(program, wanted)] == []


def test_a_total_of_nothing_lets_no_program_in() -> None:
    assert offered({"total_cost": {"max": 0}}) == []


@given(matchable_profiles)
def test_every_program_that_meets_all_wishes_is_offered(profile: Profile) -> None:
    wanted = {slot: value for slot, value in profile.to_dict().items() if slot in EXACT}
    assert sorted(offered(wanted)) == [program for program in raw.records() if raw.allowed(program, wanted)]


@given(matchable_profiles, matchable_profiles)
def test_more_wishes_let_no_more_programs_in(few: Profile, more: Profile) -> None:
    wanted = few.to_dict()
    extra = {slot: value for slot, value in more.to_dict().items() if slot not in {*wanted, "states"}}
    assert set(offered({**wanted, **extra})) <= set(offered(wanted))


@given(places)
def test_programs_near_a_place_are_near_it(near: dict[str, Any]) -> None:
    assert [program for program in offered({"near": near}) if not raw.meets(program, "near", near)] == []


@given(places, st.sampled_from(["CA", "TX", "NY"]))
def test_a_state_and_a_radius_are_one_place(near: dict[str, Any], state: str) -> None:
    either = {*offered({"near": near}), *offered({"states": [state]})}
    assert set(offered({"near": near, "states": [state]})) == either


@pytest.mark.parametrize("program", sorted(raw.records()))
def test_a_program_left_out_is_not_offered(program: str) -> None:
    assert program not in offered({"exclude_programs": [program]})


def test_what_cannot_be_told_is_not_offered_and_said() -> None:
    thought = advisors.shipped().think("online only", advisors.state(advisors.shipped()))
    unknown = {program for program in raw.records() if raw.meets(program, "online", True) is None}
    assert unknown and not unknown & {offer.program for offer in thought.situation.offers}
    assert set(thought.situation.untold) == unknown
    assert "cannot be judged" in thought.reply.text
