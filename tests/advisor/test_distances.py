"""How far schools are: against the angle between two vectors, and against distances that atlases give."""

from __future__ import annotations

import csv
import random
from functools import cache

import pytest

from knowledge import distance

from advisor import Reply
from advisor.settings import SHIPPED
from tests import advisors
from tests.advisor import federal

ATLAS = [  # miles by great circle, city to city, as atlases print them
    ((40.7128, -74.0060), (34.0522, -118.2437), 2446),
    ((41.8781, -87.6298), (29.7604, -95.3698), 940),
    ((47.6062, -122.3321), (25.7617, -80.1918), 2734),
    ((42.3601, -71.0589), (38.9072, -77.0369), 393),
]
CITIES = {
    "Denver": "CO",
    "Milwaukee": "WI",
    "Chicago": "IL",
    "Boise": "ID",
    "Albuquerque": "NM",
    "Omaha": "NE",
    "Nashville": "TN",
    "Detroit": "MI",
    "Tampa": "FL",
    "Spokane": "WA",
}


@cache
def cities() -> dict[str, tuple[float, float]]:
    """Where the cities are, as the gazetteer's own file has them."""
    with (SHIPPED.parent.parent / "gazetteer" / "places.csv").open(encoding="utf-8", newline="") as file:
        spots = {(row["key"], row["region"]): row for row in csv.DictReader(file)}
    rows = {city: spots[city.lower(), f"US-{state}"] for city, state in CITIES.items()}
    return {city: (float(row["latitude"]), float(row["longitude"])) for city, row in rows.items()}


def say(*texts: str) -> Reply:
    return advisors.say(advisors.shipped(), *texts)


def far(id: str, city: str) -> float:
    at = federal.place(id)
    assert at is not None
    return federal.miles(at, cities()[city])


@pytest.mark.parametrize(("a", "b", "wanted"), ATLAS)
def test_the_measure_is_right(a: tuple[float, float], b: tuple[float, float], wanted: int) -> None:
    assert federal.miles(a, b) == pytest.approx(wanted, rel=0.003)
    assert distance(a, b) == pytest.approx(federal.miles(a, b), rel=1e-4)


def test_every_distance_of_a_school_is_so() -> None:
    table = advisors.shipped().table
    for id in federal.ids().values():
        at, own = federal.place(id), table.places[table.row[id]]
        assert at == own, id
        for city in cities() if at else ():
            assert distance(own, cities()[city]) == pytest.approx(federal.miles(at, cities()[city]), rel=1e-4)


@pytest.mark.parametrize("city", sorted(CITIES))
def test_the_closest_ranked_school(city: str) -> None:
    nearest = sorted(federal.ranked(), key=lambda id: far(id, city))
    for text in ("which ranked school is closest to {}?", "closest schools to {}, {}", "nearest of your schools to {}"):
        reply = say(text.format(city, CITIES[city]))
        assert list(reply.programs[:3]) == nearest[:3], reply.text
        told = [fact.value for fact in reply.facts if fact.field == "distance"]
        # Where a city is at its middle is not the same in every gazetteer.
        assert told == [pytest.approx(far(id, city), abs=3) for id in nearest[: len(told)]]
        assert "straight line" in reply.text


@pytest.mark.parametrize("city", sorted(CITIES))
@pytest.mark.parametrize("miles", [60, 250, 500])
def test_within_so_many_miles(city: str, miles: int) -> None:
    reply = say(f"ranked schools within {miles} miles of {city}, {CITIES[city]}")
    within = {id for id in federal.ranked() if far(id, city) <= miles}
    all_of_them = advisors.shipped().shortlist({"near": {"place": f"{city}, {CITIES[city]}", "miles": miles}})
    assert {offer["program"] for offer in all_of_them["shortlist"]} == within
    offered = {offer.program for offer in reply.shortlist or ()}
    assert offered == within if len(within) <= 5 else len(offered) == 5 and offered < within, reply.text
    assert reply.profile.get("near", {}).get("miles") == miles


@pytest.mark.parametrize("seed", range(10))
def test_how_far_any_school_of_the_record_is(seed: int) -> None:
    choose = random.Random(seed)
    names = list(federal.names().values())
    id = choose.choice([federal.ids()[u] for u, n in federal.names().items() if names.count(n) == 1])
    city = choose.choice(sorted(CITIES))
    school = federal.names()[federal.unitids()[id]]
    reply = say(f"how far is {school} from {city}, {CITIES[city]}?")
    assert reply.programs == (id,), reply.text
    assert any(f"{round(far(id, city)) + off:,} miles" in reply.text for off in range(-3, 4)), reply.text


@pytest.mark.parametrize("city", ["Boston", "Chicago", "Philadelphia"])
def test_driving_distance_says_how_it_is_read(city: str) -> None:
    reply = say(f"I want to be within driving distance of {city}")
    near = reply.profile["near"]
    assert near["place"].startswith(city) and f"{near['miles']} miles" in reply.text
    asked = say(f"which ranked schools are within driving distance of {city}")
    assert {offer.program for offer in reply.shortlist or ()} <= set(asked.programs), asked.text
