"""Wishes merged into a profile, and the profile's stored and contract forms."""

from __future__ import annotations

import json

from hypothesis import given

from advisor.dialogue.profile import Profile, Wish
from tests.advisor.dialogue.wishing import profiles, wishes


@given(profiles, wishes)
def test_one_wish_changes_one_slot(profile: Profile, wish: Wish) -> None:
    after = profile.with_wish(wish)
    assert wish.slot in after
    assert after.without(wish.slot).wishes == profile.without(wish.slot).wishes


@given(profiles, wishes)
def test_a_wish_that_is_set_replaces_what_was_there(profile: Profile, wish: Wish) -> None:
    after = profile.with_wish(Wish(wish.slot, wish.value))
    assert after.value(wish.slot) == wish.value


@given(profiles, wishes)
def test_the_profile_before_stays_as_it_was(profile: Profile, wish: Wish) -> None:
    before = profile.to_state()
    profile.with_wish(wish)
    assert profile.to_state() == before


@given(profiles, wishes)
def test_the_same_wish_again_changes_no_value(profile: Profile, wish: Wish) -> None:
    once = profile.with_wish(wish)
    assert once.with_wish(wish).to_dict() == once.to_dict()


@given(profiles)
def test_a_stored_profile_is_read_back(profile: Profile) -> None:
    assert Profile.from_state(json.loads(json.dumps(profile.to_state()))) == profile


@given(profiles)
def test_the_contracts_form_holds_all_values(profile: Profile) -> None:
    told = json.loads(json.dumps(profile.to_dict()))
    assert Profile.from_dict(told).to_dict() == profile.to_dict()


def test_values_that_are_added_stand_behind_the_earlier_ones_once() -> None:
    profile = Profile().with_wish(Wish("states", ("CA", "WA")))
    after = profile.with_wish(Wish("states", ("WA", "TX"), how="add"))
    assert after.value("states") == ("CA", "WA", "TX")


def test_the_ends_of_a_range_are_added_one_by_one() -> None:
    profile = Profile().with_wish(Wish("tuition", {"min": 10_000, "max": 30_000}))
    after = profile.with_wish(Wish("tuition", {"max": 20_000}, how="add"))
    assert after.value("tuition") == {"min": 10_000, "max": 20_000}


def test_null_slots_of_the_contract_were_never_said() -> None:
    profile = Profile.from_dict({"tuition": None, "states": ["CA"]})
    assert profile.to_dict() == {"states": ["CA"]}


def test_an_empty_profile_is_false() -> None:
    assert not Profile()
    assert Profile().with_wish(Wish("online", False))
