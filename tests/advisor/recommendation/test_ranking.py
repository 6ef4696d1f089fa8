"""The order of what fits, and how each fit is made up."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from advisor.dialogue.acts import Offer
from advisor.dialogue.profile import Profile, Wish
from advisor.dialogue.state import DialogueState
from tests import advisors
from tests.advisor.dialogue.wishing import profiles
from tests.advisor.recommendation import raw


def offers(profile: Profile) -> tuple[Offer, ...]:
    """All that fit, in order, for one who says no more than "what fits me?"."""
    return advisors.shipped().think("what fits me?", DialogueState(profile=profile)).situation.offers


def order(**wanted: object) -> list[str]:
    return [offer.program for offer in offers(Profile.from_dict(wanted))]


@given(profiles)
def test_the_contributions_of_the_reasons_add_up_to_the_fit(profile: Profile) -> None:
    for offer in offers(profile):
        assert sum(r.contribution for r in offer.reasons) == pytest.approx(offer.fit, abs=1e-9)
        assert sum(r.weight for r in offer.reasons) == pytest.approx(1, abs=1e-9)


@given(profiles)
def test_fit_and_contributions_keep_within_their_bounds(profile: Profile) -> None:
    for offer in offers(profile):
        assert -1e-9 <= offer.fit <= 1 + 1e-9
        assert all(-1e-9 <= r.contribution <= r.weight + 1e-9 for r in offer.reasons)


@given(profiles)
def test_every_reason_says_something(profile: Profile) -> None:
    assert all(reason.text.strip() for offer in offers(profile) for reason in offer.reasons)


@given(profiles)
def test_the_best_fit_comes_first_and_nothing_twice(profile: Profile) -> None:
    found = offers(profile)
    fits = [offer.fit for offer in found]
    assert all(a >= b - 1e-9 for a, b in pairwise(fits))
    assert len({offer.program for offer in found}) == len(found)


@given(profiles, st.randoms(use_true_random=False))
def test_the_order_is_the_same_however_the_wishes_came(profile: Profile, chance: random.Random) -> None:
    shuffled = list(profile.wishes.items())
    chance.shuffle(shuffled)
    first, again = offers(profile), offers(Profile(dict(shuffled)))
    assert [offer.program for offer in first] == [offer.program for offer in again]


@given(profiles)
def test_the_order_is_the_same_each_time(profile: Profile) -> None:
    assert offers(profile) == offers(profile)


def test_what_is_level_stands_in_the_order_of_the_ranking() -> None:
    found = offers(Profile())
    assert [o.program for o in found] == sorted(raw.records(), key=lambda p: raw.given(p, "rank"))


def test_a_priority_counts_for_more() -> None:
    def mean_price(programs: list[str]) -> float:
        return sum(raw.given(program, "tuition") for program in programs) / len(programs)

    assert mean_price(order(priorities=["cost"])[:5]) < mean_price(order(priorities=["prestige"])[:5])


@pytest.mark.parametrize(("goal", "first"), [("research", "labs"), ("industry", "industry_partners")])
def test_a_goal_is_served_by_those_whose_records_tell_of_it(goal: str, first: str) -> None:
    assert all(raw.given(program, first) for program in order(goal=goal)[:3])


def test_what_is_not_given_counts_more_than_nothing_and_less_than_all() -> None:
    for offer in offers(Profile.from_dict({"priorities": ["graduation"]})):
        reason = next(r for r in offer.reasons if r.criterion == "graduation")
        if raw.given(offer.program, "graduation_rate") is None:
            assert reason.met is None and 0 < reason.contribution < reason.weight


def test_a_preference_puts_those_that_meet_it_higher() -> None:
    found = offers(Profile({"control": Wish("control", "public", soft=True)}))
    before = [offer.program for offer in offers(Profile())]
    assert [offer.program for offer in found] != before
    assert raw.given(found[0].program, "control") == "public"
