"""What a text wishes for: the profile that comes of it, on the pack that ships."""

from __future__ import annotations

from typing import Any

import pytest

from tests import advisors

PUBLIC_20 = "public, under 20k"


def wished(*texts: str) -> dict[str, Any]:
    return advisors.wishes(advisors.shipped(), *texts)


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("under $30,000 a year", {"tuition": {"max": 30_000}}),
        ("my budget is 25k", {"tuition": {"max": 25_000}}),
        ("between 20k and 40k", {"tuition": {"min": 20_000, "max": 40_000}}),
        ("at least 95% graduation rate", {"graduation_rate": {"min": 95}}),
        ("ranked 10 or better", {"rank": {"max": 10}}),
        ("no more than 18 months", {"duration_months": {"max": 18}}),
        ("in California", {"states": ["CA"]}),
        ("in Texas or New York", {"states": ["TX", "NY"]}),
        ("on the West Coast", {"states": ["CA", "OR", "WA"]}),
        ("not in California", {"exclude_states": ["CA"]}),
        ("anywhere but Florida", {"exclude_states": ["FL"]}),
        ("within 50 miles of Philadelphia", {"near": {"place": "Philadelphia, PA", "miles": 50}}),
        ("public", {"control": "public"}),
        ("private schools", {"control": "private"}),
        ("online", {"online": True}),
        ("part-time", {"part_time": True}),
        ("while working", {"part_time": True}),
        ("industry", {"goal": "industry"}),
        ("cost matters most", {"priorities": ["cost"]}),
        ("I want to work with Google", {"companies": ["Google"]}),
        ("except NYU", {"exclude_programs": ["new-york-university"]}),
        ("my GPA is 3.4", {"gpa": 3.4}),
        (
            "public, under 20k, in California",
            {"control": "public", "tuition": {"max": 20_000}, "states": ["CA"]},
        ),
    ],
)
def test_a_wish_fills_its_slots(text: str, profile: dict[str, Any]) -> None:
    assert wished(text) == profile


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("actually 15k", {"control": "public", "tuition": {"max": 15_000}}),
        ("money is no object", {"control": "public"}),
        ("private instead", {"control": "private", "tuition": {"max": 20_000}}),
        ("in Texas", {"control": "public", "tuition": {"max": 20_000}, "states": ["TX"]}),
        ("forget the budget", {"control": "public"}),
        ("public or private doesn't matter", {"tuition": {"max": 20_000}}),
        ("undo", {}),
    ],
)
def test_a_later_wish_changes_what_it_is_about(text: str, profile: dict[str, Any]) -> None:
    assert wished(PUBLIC_20, text) == profile


@pytest.mark.parametrize(
    "text",
    [
        "what if I had 50k?",
        "how many are public?",
        "what is the average tuition in California?",
        "is Emory public?",
        "how much is NYU?",
        "is a thesis worth it?",
        "hello",
        "compare USC and NYU",
    ],
)
def test_a_question_is_no_wish(text: str) -> None:
    assert wished(text) == {}


def test_a_preference_orders_and_leaves_nothing_out() -> None:
    state = advisors.state(advisors.shipped(), "ideally public")
    assert state.profile.wishes["control"].soft
    offers = advisors.shipped().think("what fits me?", state).situation.offers
    assert len(offers) == len(advisors.shipped().knowledge.programs)


@pytest.mark.parametrize(
    ("text", "profile"),
    [
        ("in Maine", {"states": ["ME"]}),
        ("New England", {"states": ["ME", "VT"]}),
        ("public, under 13k", {"control": "public", "tuition": {"max": 13_000}}),
    ],
)
def test_another_subject_has_wishes_too(text: str, profile: dict[str, Any]) -> None:
    assert advisors.wishes(advisors.tiny(), text) == profile
