"""Wishes to be near a place, and questions how far it is, on the pack that ships."""

from __future__ import annotations

import pytest

from advisor.nlu import values
from advisor.nlu.nearness import Near
from advisor.nlu.normalise import normalise
from tests.advisor.nlu import places


def near(text: str) -> tuple[Near, ...]:
    return places.nearness().near(normalise(text).text, *places.read(text), values.read(normalise(text).text))


@pytest.mark.parametrize(
    ("text", "place", "miles", "basis"),
    [
        ("ranked schools within 100 miles of chicago", "Chicago, IL", 100, "miles"),
        ("less than 50km from Toronto", "Toronto, Canada", 31, "miles"),
        ("within a 50 mile radius of Kansas City", "Kansas City, MO", 50, "miles"),
        ("i can commute up to 40 miles from Sacramento", "Sacramento, CA", 40, "miles"),
        ("near Chicago, 50 miles max", "Chicago, IL", 50, "miles"),
        ("30 miles or less from Mobile", "Mobile, AL", 30, "miles"),
        ("within 100 miles of Reading", "Reading, PA", 100, "miles"),
        ("within 2 hours of Omaha", "Omaha, NE", 100, "hours"),
        ("an hour's drive from Tulsa", "Tulsa, OK", 50, "hours"),
        ("an hour outside of philly", "Philadelphia, PA", 50, "hours"),
        ("within 90 minutes of Hartford CT", "Hartford, CT", 75, "hours"),
        ("2 hours drive from Portland Maine", "Portland, ME", 100, "hours"),
        ("driving distance of Boise", "Boise, ID", 100, "drive"),
        ("schools near Spokane", "Spokane, WA", 60, "near"),
        ("near new york", "New York, NY", 60, "near"),
        ("commute from Milwaukee", "Milwaukee, WI", 60, "near"),
        ("anything near Springfield, Illinois", "Springfield, IL", 60, "near"),
    ],
)
def test_nearness_is_read(text: str, place: str, miles: int, basis: str) -> None:
    found = near(text)

    assert [(n.place, n.miles, n.basis) for n in found] == [(place, miles, basis)]


def test_a_place_has_its_coordinates() -> None:
    (found,) = near("within 30 miles of Boise")

    assert (round(found.latitude, 1), round(found.longitude, 1)) == (43.6, -116.2)


@pytest.mark.parametrize(
    "text",
    [
        "not near chicago",
        "at least 500 miles from Boston",
        "around 30k near normal",
        "near reading",
        "close to graduation",
        "best pizza near nyu",
        "around the world",
        "how far is CMU from Cleveland",
        "how many hours is the drive from chicago to st louis",
        "convert 10 miles to km",
        "what percent graduate from boston university",
    ],
)
def test_no_nearness_is_read(text: str) -> None:
    assert near(text) == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("closest school to Denver", "Denver, CO"),
        ("which is nearest to Albuquerque", "Albuquerque, NM"),
        ("rank by distance from Phoenix", "Phoenix, AZ"),
        ("live in minneapolis, closest of your ranked schools?", "Minneapolis, MN"),
        ("what's closest to me", None),
    ],
)
def test_the_least_distance_is_asked_for(text: str, place: str | None) -> None:
    closest = places.nearness().closest(*places.read(text))

    assert closest is not None
    assert (closest.spot.label if closest.spot else None) == place


@pytest.mark.parametrize(
    "text",
    ["where is the closest architecture college", "closest to my budget", "how close is the campus to downtown"],
)
def test_the_least_distance_is_not_asked_for(text: str) -> None:
    assert places.nearness().closest(*places.read(text)) is None


@pytest.mark.parametrize(
    ("text", "programs", "labels"),
    [
        ("how far is CMU from Cleveland", ["carnegie-mellon-university"], ["Cleveland, OH"]),
        ("how far apart are USC and UCI", ["university-of-southern-california", "university-of-california-irvine"], []),
        ("what's the driving distance from USC to Fresno", ["university-of-southern-california"], ["Fresno, CA"]),
        ("how far is it from chicago", [], ["Chicago, IL"]),
    ],
)
def test_a_distance_is_asked_for(text: str, programs: list[str], labels: list[str]) -> None:
    asked = places.nearness().how_far(*places.read(text))

    assert asked is not None
    assert list(asked.programs) == programs
    assert [p.label for p in asked.places] == labels


def test_home_is_one_end() -> None:
    asked = places.nearness().how_far(*places.read("how far is CMU from me"))

    assert asked is not None and asked.home


@pytest.mark.parametrize("text", ["how far away is the moon", "how many hours is the drive from chicago to st louis"])
def test_distances_without_a_school_are_not_ours(text: str) -> None:
    assert places.nearness().how_far(*places.read(text)) is None
