"""Cities, states and countries by their names."""

from __future__ import annotations

import csv
from time import process_time

import pytest

from knowledge import GAZETTEER

from advisor.nlu.gazetteer import Gazetteer, gazetteer, name_key
from advisor.nlu.phrases import tokenise

TABLE = GAZETTEER / "places.csv"


def label(text: str, **how: bool) -> str | None:
    hit = gazetteer().at(tokenise(text), 0, **how)
    return None if hit is None else hit.city.label if hit.city else hit.code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chicago", "Chicago, IL"),
        ("boise idaho", "Boise, ID"),
        ("Springfield MA", "Springfield, MA"),
        ("springfield, illinois", "Springfield, IL"),
        ("Portland, OR", "Portland, OR"),
        ("portland maine", "Portland, ME"),
        ("Portland or Seattle", "Portland, OR"),
        ("Saint Louis", "St. Louis, MO"),
        ("St. Louis", "St. Louis, MO"),
        ("ft worth", "Fort Worth, TX"),
        ("washington dc", "Washington, DC"),
        ("nyc", "New York City, NY"),
        ("Lagos", "Lagos, Nigeria"),
        ("bombay", "Mumbai, India"),
        ("London, UK", "London, United Kingdom"),
        ("Toronto, Ontario", "Toronto, Canada"),
        ("lodz", "Łódź, Poland"),
        ("Xi’an", "Xi’an, China"),
        ("Iowa City", "Iowa City, IA"),
        ("Iowa", "IA"),
        ("Georgia", "GA"),
        ("New York", "NY"),
        ("Nigeria", "NG"),
        ("la", "Los Angeles, CA"),
        ("your ranking", None),
        ("me", "ME"),
    ],
)
def test_a_name_is_found_where_it_starts(text: str, expected: str | None) -> None:
    assert label(text) == expected


def test_a_city_is_preferred_where_a_city_is_wanted() -> None:
    assert label("new york", prefer_city=True) == "New York City, NY"
    assert label("reading", prefer_city=True) == "Reading, PA"


@pytest.mark.parametrize(("text", "expected"), [("boisee", "Boise, ID"), ("philadelpia", "Philadelphia, PA")])
def test_a_misspelt_name_is_found_when_asked_for(text: str, expected: str) -> None:
    assert label(text) is None
    assert label(text, nearly=True) == expected


def test_an_ambiguous_name_goes_to_the_likeliest_and_names_the_others() -> None:
    hit = gazetteer().at(tokenise("springfield"), 0)

    assert hit is not None and hit.city is not None
    assert (hit.city.label, hit.sure) == ("Springfield, MO", False)
    assert {"Springfield, MA", "Springfield, IL"} <= {c.label for c in hit.others}


def test_a_large_city_with_small_namesakes_is_sure() -> None:
    hit = gazetteer().at(tokenise("chicago"), 0)

    assert hit is not None and hit.sure


def test_without_a_cue_only_a_city_with_its_state_is_found() -> None:
    found = gazetteer().find(
        tokenise("a mobile app from price of reading, Springfield MA, and Hope, Arkansas or Chicago")
    )

    assert [h.city.label for h in found if h.city] == ["Springfield, MA", "Hope, AR"]


def test_a_label_is_looked_up_again() -> None:
    for name in ("chicago", "lagos", "st. louis", "portland maine"):
        hit = gazetteer().at(tokenise(name), 0)
        assert hit is not None and hit.city is not None
        assert gazetteer().labelled(hit.city.label) == hit.city
    assert gazetteer().labelled("Nowhere, ZZ") is None


def test_words_and_schools_are_marked() -> None:
    for name in ("mobile", "reading", "stanford"):
        hit = gazetteer().city(tokenise(name), 0)
        assert hit is not None and gazetteer().is_word(hit)
    hit = gazetteer().city(tokenise("mobile, al"), 0)
    assert hit is not None and not gazetteer().is_word(hit)


def test_the_table_is_in_order_and_keyed_as_texts_are_read() -> None:
    rows = list(csv.DictReader(TABLE.open(encoding="utf-8")))

    assert len(rows) > 10_000
    assert [r["key"] for r in rows] == sorted(r["key"] for r in rows)
    assert all(" ".join(name_key(r["key"])) == r["key"] for r in rows[::50])
    assert all(-90 <= float(r["latitude"]) <= 90 and -180 <= float(r["longitude"]) <= 180 for r in rows)


def test_the_table_is_read_quickly() -> None:
    started = process_time()
    Gazetteer()

    assert process_time() - started < 0.25  # 30 ms on the machine it was measured on, with room for a busy one
