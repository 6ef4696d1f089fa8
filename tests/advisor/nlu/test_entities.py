"""Names in a text, on the made-up pack and on every name of the one that ships."""

from __future__ import annotations

import pytest

from knowledge import Knowledge

from advisor.nlu.entities import Names
from advisor.nlu.phrases import tokenise
from tests import advisors

TINY, SHIPPED = advisors.tiny().knowledge, advisors.shipped().knowledge
NAMES = {id(k): Names(k) for k in (TINY, SHIPPED)}
CALLED = [(p.id, name) for p in SHIPPED.programs.values() for name in {p.name, p.short, *p.names}]


def named(text: str, knowledge: Knowledge = TINY) -> list[set[str]]:
    """What each name in the text may stand for, in their order."""
    return [{str(value) for value in span.values} for span in NAMES[id(knowledge)].find(tokenise(text))]


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("tuition at Larkspur University", {"program:larkspur-university"}),
        ("QSU", {"program:quillhaven-state-university"}),
        ("herons", {"program:larkspur-university", "program:birchmoor-college"}),
        ("near Tansy Creek", {"city:tansy-creek-or", "metro:larkspur-valley"}),
        ("somewhere in new england", {"region:new-england"}),
        ("in VT", {"state:VT"}),
        ("Thistledown's fees", {"school:Thistledown University"}),
        ("who hires: Paper Lantern Books", {"company:Paper Lantern Books"}),
        ("books by Valdoro", {"person:Ines Valdoro"}),
    ],
)
def test_a_name_stands_for_all_that_bear_it(text: str, readings: set[str]) -> None:
    (found,) = named(text)
    assert found & readings


def test_the_longer_name_wins() -> None:
    assert named("Quillhaven State University") == [{"program:quillhaven-state-university"}]


def test_two_names_keep_their_order() -> None:
    first, second = named("Birchmoor College or Larkspur University?")
    assert first == {"program:birchmoor-college"} and second == {"program:larkspur-university"}


@pytest.mark.parametrize(
    ("text", "program"),
    [
        ("Larkspurr Universty", "larkspur-university"),
        ("Old Harbour University", "old-harbor-university"),
        ("quillhavenstateuniversity", "quillhaven-state-university"),
    ],
)
def test_a_long_name_may_be_nearly_right(text: str, program: str) -> None:
    assert named(text) == [{f"program:{program}"}]


@pytest.mark.parametrize("text", ["", "which is cheapest?", "a university by the sea", "old friends"])
def test_what_is_no_name_is_none(text: str) -> None:
    assert named(text) == []


def test_every_name_of_a_program_is_found_as_it_is_written() -> None:
    lost = [n for id, n in CALLED if not any(f"program:{id}" in found for found in named(n, SHIPPED))]
    assert lost == []


def test_every_name_of_a_program_is_found_whatever_its_case() -> None:
    lost = [n for id, n in CALLED if not any(f"program:{id}" in f for f in named(n.upper(), SHIPPED))]
    assert lost == []


def test_a_school_outside_is_not_one_inside() -> None:
    for school in SHIPPED.other_schools:
        kinds = {value.split(":")[0] for found in named(school.name, SHIPPED) for value in found}
        assert "program" not in kinds, school.name
