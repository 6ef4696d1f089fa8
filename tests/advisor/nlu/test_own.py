"""What is said of fields that only one pack has."""

from __future__ import annotations

from functools import cache

import pytest

from knowledge import AllOf, AnyOf, Filter, Knowledge, Test, load

from advisor.dialogue.own import is_other, own_fields
from advisor.nlu.nouns import Nouns, comparative
from advisor.nlu.own import OwnReader, liked
from advisor.nlu.phrases import tokenise
from tests.advisors import BIKES, TINY


@cache
def heard() -> Knowledge:
    knowledge = load(BIKES)
    return Nouns(knowledge).heard(knowledge)


def restrictions(text: str) -> tuple[Test, ...]:
    plain = Nouns(load(BIKES)).common(text)
    return OwnReader(heard()).tests(plain, tokenise(plain), ())[0]


SAID: list[tuple[str, tuple[Test, ...]]] = [
    ("under 20 kg", (Filter("weight", "<", 20),)),
    ("at most 20 kilos", (Filter("weight", "<=", 20),)),
    ("heavier than 30 kg", (Filter("weight", ">", 30),)),
    ("no lighter than 30 kg", (Filter("weight", ">=", 30),)),
    ("a range of at least 100 km", (Filter("range", ">=", 100),)),
    ("below 2000 euros", (Filter("price", "<", 2000),)),
    ("2000 to 3000 euros", (AllOf((Filter("price", ">=", 2000), Filter("price", "<=", 3000))),)),
    ("my budget is 2000 euros", (Filter("price", "<=", 2000),)),
    ("weighs 38.5 kg", (Filter("weight", "==", 38.5),)),
    ("by Holt", (Filter("brand", "in", ("Holt",)),)),
    ("not by Holt", (Filter("brand", "not in", ("Holt",)),)),
    ("Holt or Lumen", (Filter("brand", "in", ("Holt", "Lumen")),)),
    ("foldable", (Filter("foldable", "in", ("yes",)),)),
    ("not foldable", (Filter("foldable", "in", ("no",)),)),
    ("in red or white", (AnyOf((Filter("colours", "has", "red"), Filter("colours", "has", "white"))),)),
    ("cargo or under 20 kg", (AnyOf((Filter("kind", "in", ("cargo",)), Filter("weight", "<", 20))),)),
    ("the three cheapest", ()),
    ("top 5 by weight", ()),
]


@pytest.mark.parametrize(("text", "tests"), SAID)
def test_restrictions_are_read_from_what_the_fields_say(text: str, tests: tuple[Test, ...]) -> None:
    assert restrictions(text) == tests


def test_a_bare_number_is_of_the_field_that_was_asked_about() -> None:
    reader = OwnReader(heard())
    assert [s.field for s in reader.read("under 2000", tokenise("under 2000"), (), "price")] == ["price"]
    assert reader.read("two", tokenise("two"), ()) == []


def test_fields_that_other_readers_know_are_left_to_them() -> None:
    tiny = load(TINY)
    assert {f.name for f in own_fields(tiny)}.isdisjoint({"tuition", "rank", "city", "state", "control", "degrees"})
    assert not is_other(tiny) and is_other(load(BIKES))


def test_adjectives_of_the_better_end_are_known() -> None:
    assert dict(liked(heard().fields.values()))["light"] == "weight"


# ---- nouns and money ----


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Which bikes cost under 2000 euros?", "Which schools cost under 2000 dollars?"),
        ("an e-bike for €1,999", "an school for $1,999"),
        ("I have 2000 dollars", "I have 2000 euros"),
        ("a biker", "a biker"),
    ],
)
def test_the_packs_words_are_read_as_the_readers_and_said_back(said: str, read: str) -> None:
    nouns = Nouns(load(BIKES))
    assert nouns.common(said) == read


def test_a_pack_of_schools_in_dollars_is_read_as_it_is() -> None:
    tiny = load(TINY)
    assert Nouns(tiny).common("schools under $5") == "schools under $5"
    assert Nouns(tiny).heard(tiny) is tiny


def test_a_pack_without_nouns_is_asked_for_by_its_subject() -> None:
    knowledge = load(BIKES)
    nouns = Nouns(knowledge.model_copy(update={"pack": knowledge.pack.model_copy(update={"nouns": ()})}))
    assert nouns.common("which bikes") == "which schools"
    assert nouns.called == ("entry", "entries")


def test_comparatives_are_made_of_superlatives() -> None:
    assert [comparative(s) for s in ("heaviest", "closest to the sea", "least expensive", "best", "most")] == [
        "heavier", "closer to the sea", "less expensive", "", ""
    ]  # fmt: skip
