"""Checks across the files of a pack."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from knowledge import Claim, Finding, Knowledge, OtherSchool, check, load
from knowledge.values import read_value


def findings(knowledge: Knowledge, level: str, **changes: Any) -> list[Finding]:
    return [f for f in check(knowledge.model_copy(update=changes)) if f.level == level]


def renamed(knowledge: Knowledge, program: str, **changes: Any) -> dict[str, Any]:
    return {**knowledge.programs, program: knowledge.programs[program].model_copy(update=changes)}


def test_a_sound_pack_has_no_errors(tiny: Knowledge) -> None:
    assert findings(tiny, "error") == []


def test_the_shipped_pack_has_neither_errors_nor_warnings(knowledge: Knowledge) -> None:
    assert [str(f) for f in check(knowledge) if f.level != "note"] == []


def test_claims_that_disagree_are_told_with_values_and_places(tiny: Knowledge) -> None:
    found = [f for f in findings(tiny, "note") if "disagree" in f.what]
    assert [str(f) for f in found] == [
        "note: programs/birchmoor-college.toml: workshop_size: claims disagree: "
        "8 (Table, row 3) but 12 (Page 4); the first is used"
    ]


def test_contradictions_and_omissions_are_told(tiny: Knowledge) -> None:
    notes = " ".join(f.what for f in findings(tiny, "note"))
    assert "How large Birchmoor's workshops are" in notes
    assert "An advertisement for a pen" in notes


def test_a_shared_nickname_is_a_note_and_a_shared_name_an_error(tiny: Knowledge) -> None:
    assert any("'herons'" in f.what for f in findings(tiny, "note"))
    programs = renamed(tiny, "birchmoor-college", short="Larkspur")
    assert any("both called 'larkspur'" in f.what for f in findings(tiny, "error", programs=programs))


def test_a_school_outside_the_pack_may_not_take_a_program_s_name(tiny: Knowledge) -> None:
    schools = (OtherSchool(name="Larkspur"),)
    assert any("larkspur-university" in f.what for f in findings(tiny, "warning", other_schools=schools))


@pytest.mark.parametrize("reference", ["nobody.tuition", "larkspur-university.price"])
def test_a_contradiction_must_be_about_what_there_is(tiny: Knowledge, reference: str) -> None:
    broken = tiny.contradictions[0].model_copy(update={"fields": (reference,)})
    found = findings(tiny, "error", contradictions=(broken,))
    assert [f.where for f in found] == ["contradictions.toml: birchmoor-workshops.fields"]


def test_a_contradiction_s_sections_must_exist(tiny: Knowledge) -> None:
    broken = tiny.contradictions[0].model_copy(update={"sections": ("choose",)})
    assert "'choosing'?" in findings(tiny, "error", contradictions=(broken,))[0].remedy


def test_what_a_topic_is_related_to_must_exist(tiny: Knowledge) -> None:
    broken = tiny.topics[0].model_copy(update={"related": ("gre",)})
    assert [f.where for f in findings(tiny, "error", topics=(broken,))] == ["topics.toml: manuscript.related"]


def test_ids_must_be_slugs_and_unique(tiny: Knowledge) -> None:
    twice = (*tiny.topics, tiny.topics[0])
    assert any("twice" in f.what for f in findings(tiny, "error", topics=twice))
    shouted = (tiny.topics[0].model_copy(update={"id": "GRE Scores"}),)
    assert any("is not an id" in f.what for f in findings(tiny, "error", topics=shouted))


def test_a_program_s_city_should_be_a_place(tiny: Knowledge) -> None:
    program = tiny.programs["larkspur-university"]
    moved = Claim(program=program.id, field="city", value="Atlantis", source="quill-2026", place="Page 1")
    programs = renamed(tiny, program.id, claims={**program.claims, "city": (moved,)})
    assert any("'Atlantis' (OR)" in f.what for f in findings(tiny, "warning", programs=programs))


@pytest.mark.parametrize(
    ("place", "change"),
    [
        ("larkspur-falls-or", {"latitude": None, "longitude": None}),
        ("larkspur-falls-or", {"states": ("ZZ",)}),
        ("larkspur-falls-or", {"longitude": None}),
        ("larkspur-falls-or", {"longitude": 444.0}),
        ("new-england", {"states": ()}),
        ("OR", {"names": ()}),
    ],
)
def test_places_must_be_whole(tiny: Knowledge, place: str, change: dict[str, Any]) -> None:
    places = tuple(p.model_copy(update=change) if p.id == place else p for p in tiny.places)
    assert {f.where for f in findings(tiny, "error", places=places)} == {f"places.toml: {place}"}


def test_one_question_may_not_be_an_example_of_two_things(tiny: Knowledge) -> None:
    topic = tiny.topics[0].model_copy(update={"asks": ("Do fellows get paid?",)})
    found = findings(tiny, "warning", topics=(topic,))
    assert any("guide/paying.md (Teaching fellowships) and topics.toml (manuscript)" in f.where for f in found)


@pytest.mark.parametrize(
    ("link", "sound"),
    [
        ("paying.md", True),
        ("/guide/paying", True),
        ("../programs/birchmoor-college.toml", True),
        ("https://quill.example", True),
        ("#savings", True),
        ("payment.md", False),
        ("../programs/nobody.toml", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_links_must_lead_somewhere(tiny: Knowledge, link: str, sound: bool) -> None:
    section = tiny.sections["careers"]
    block = section.blocks[0].model_copy(update={"text": f"See [this]({link})."})
    sections = {**tiny.sections, "careers": section.model_copy(update={"blocks": (block,)})}
    assert (findings(tiny, "error", sections=sections) == []) == sound


def test_words_for_values_must_be_of_values_that_exist(tiny: Knowledge) -> None:
    field = tiny.fields["residency"].model_copy(update={"values": {"some": ("a bit",)}})
    found = findings(tiny, "error", fields={**tiny.fields, "residency": field})
    assert [f.where for f in found] == ["fields.toml: residency.values"]


def test_a_source_s_address_must_be_one(tiny: Knowledge) -> None:
    source = tiny.sources["quill-2026"].model_copy(update={"url": "quill"})
    found = findings(tiny, "error", sources={**tiny.sources, "quill-2026": source})
    assert [f.where for f in found] == ["sources.toml: quill-2026.url"]


def test_the_worst_is_told_first(tiny: Knowledge) -> None:
    levels = [f.level for f in check(tiny)]
    assert levels == sorted(levels, key=("error", "warning", "note").index)


# ---- a pack of another subject ----


@pytest.fixture
def bikes() -> Knowledge:
    return load(Path(__file__).resolve().parent.parent / "bikes")


def test_a_pack_without_a_map_needs_no_coordinates(bikes: Knowledge) -> None:
    assert findings(bikes, "error") == findings(bikes, "warning") == []


def test_a_pack_of_another_subject_is_asked_for_its_nouns(bikes: Knowledge) -> None:
    unnamed = bikes.pack.model_copy(update={"nouns": ()})
    assert [f.where for f in findings(bikes, "warning", pack=unnamed)] == ["pack.toml: nouns"]


def test_a_superlative_of_two_fields_is_told(bikes: Knowledge) -> None:
    fields = {**bikes.fields, "range": bikes.fields["range"].model_copy(update={"least": ("lightest",)})}
    assert any("share the superlative 'lightest'" in f.what for f in findings(bikes, "note", fields=fields))


def test_yes_and_no_may_be_written_as_true_and_false(bikes: Knowledge) -> None:
    assert read_value(bikes.fields["belt"], True, "f", "k") == ("yes", [])
    assert read_value(bikes.fields["belt"], False, "f", "k") == ("no", [])
