"""Near misses: a change that is offered lets the program in."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from advisor.dialogue.profile import Profile
from tests import advisors
from tests.advisor.dialogue.wishing import matchable_profiles
from tests.advisor.recommendation import raw


def shortlist(profile: dict[str, Any]) -> dict[str, Any]:
    return advisors.shipped().shortlist(profile)


def offered(profile: dict[str, Any]) -> set[str]:
    return {offer["program"] for offer in shortlist(profile)["shortlist"]}


@given(matchable_profiles)
def test_the_change_lets_the_program_in(profile: Profile) -> None:
    wanted = profile.to_dict()
    for miss in shortlist(wanted)["near_misses"] or []:
        assert miss["program"] in offered({**wanted, **miss["change"]})


def test_no_change_of_one_end_is_offered_where_the_other_end_forbids() -> None:
    crossed = {"tuition": {"min": 20_000, "max": 10_000}}
    for miss in shortlist(crossed)["near_misses"] or []:
        assert miss["program"] in offered({**crossed, **miss["change"]})


@given(matchable_profiles)
def test_a_near_miss_is_not_offered_already(profile: Profile) -> None:
    answer = shortlist(profile.to_dict())
    misses = {miss["program"] for miss in answer["near_misses"] or []}
    assert not misses & {offer["program"] for offer in answer["shortlist"]}


@given(matchable_profiles)
def test_a_change_touches_one_slot_that_was_wished_for(profile: Profile) -> None:
    for miss in shortlist(profile.to_dict())["near_misses"] or []:
        assert len(miss["change"]) == 1 and set(miss["change"]) <= set(profile.wishes)


def test_a_limit_moves_no_further_than_it_must() -> None:
    misses = shortlist({"tuition": {"max": 8_000}, "control": "public"})["near_misses"]
    changes = {miss["program"]: miss["change"]["tuition"]["max"] for miss in misses}
    assert changes and changes == {program: raw.given(program, "tuition") for program in changes}


def test_the_reply_names_them_when_nothing_fits() -> None:
    reply = advisors.say(advisors.shipped(), "private, under 20k")
    assert reply.shortlist == () and reply.near_misses
    assert all(miss.because in reply.text for miss in reply.near_misses)
