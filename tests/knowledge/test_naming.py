"""What the schools of the record are called."""

from __future__ import annotations

import pytest

from knowledge import Knowledge
from knowledge.naming import Called, Name, names_of
from knowledge.table import plain_words


def names(*schools: tuple[str, str], taken: tuple[str, ...] = ()) -> dict[str, set[str]]:
    listed = [Name(str(at), (full,), Called(), aliases) for at, (full, aliases) in enumerate(schools)]
    return {id: {plain_words(n).strip() for n in found} for id, found in names_of(listed, taken).items()}


@pytest.mark.parametrize(
    ("full", "also"),
    [
        ("University of Fenwick-Harbor", "university of fenwick at harbor"),
        ("The University of Fenwick at Harbor", "university of fenwick harbor"),
        ("Fenwick Institute-Main Campus", "fenwick institute"),
        ("Fenwick State University", "fenwick state"),
        ("University of St Alban", "university of saint alban"),
    ],
)
def test_ways_to_write_a_full_name(full: str, also: str) -> None:
    assert also in names((full, ""))["0"]


@pytest.mark.parametrize(
    ("aliases", "kept"),
    [
        ("FNWK|Fenwick Tech", {"fnwk", "fenwick tech"}),
        ("Harbor College, Herons; Central", set()),  # another school's name, a mascot, a word
        ("FU  Fenwick U", {"fenwick u"}),  # two letters could be anyone's
        ("(old name: Fenwick Normal School)", set()),
        ("Fenwick College", set()),  # from before it was a university
    ],
)
def test_only_safe_aliases_are_names(aliases: str, kept: set[str]) -> None:
    assert names(("Fenwick University", aliases))["0"] == {"fenwick university"} | kept


def test_a_name_that_two_schools_could_mean_is_neither_s() -> None:
    found = names(("Fenwick University", "FNWK"), ("Fenwood University", "FNWK"))
    assert not any("fnwk" in held for held in found.values())


def test_what_several_names_begin_with_is_no_single_school_s() -> None:
    found = names(("Fenwick University-North", "Fenwick University"), ("Fenwick University-South", ""))
    assert not any("fenwick university" in held for held in found.values())


def test_ranked_programs_and_places_come_first() -> None:
    assert "fenwick state" not in names(("Fenwick State University", ""), taken=("Fenwick State",))["0"]


@pytest.mark.parametrize(
    ("said", "id"),
    [
        ("stanford", "stanford-university"),
        ("mit", "massachusetts-institute-of-technology"),
        ("uc berkeley", "university-of-california-berkeley"),
        ("georgia tech", "georgia-institute-of-technology-main-campus"),
        ("nc state", "north-carolina-state-university-at-raleigh"),
        ("cu boulder", "university-of-colorado-boulder"),
        ("texas a m", "texas-a-m-university-college-station"),
        ("asu tempe", "arizona-state-university-campus-immersion"),
        ("umass amherst", "university-of-massachusetts-amherst"),
        ("miami university", "miami-university-oxford"),
        ("university of miami", "university-of-miami"),
        ("washington university in st louis", "washington-university-in-st-louis"),
        ("indiana university", "indiana-university-bloomington"),
        ("purdue university", "purdue-university-main-campus"),
        ("rutgers", "rutgers-university-new-brunswick"),
        ("marist university", "marist-college"),
        ("city college of new york", "cuny-city-college"),
    ],
)
def test_a_school_beyond_the_ranking_is_known_by_what_people_call_it(knowledge: Knowledge, said: str, id: str) -> None:
    owners = [p.id for p in knowledge.beyond.values() if said in (plain_words(n).strip() for n in p.names)]
    assert owners == [id]


def test_no_name_of_a_ranked_program_or_place_is_given_away(knowledge: Knowledge) -> None:
    taken = {plain_words(n) for p in knowledge.programs.values() for n in p.names}
    taken |= {plain_words(n) for place in knowledge.places for n in place.names}
    given = {plain_words(n) for p in knowledge.beyond.values() for n in p.names}
    assert given & taken == set()
