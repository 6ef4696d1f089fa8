"""The slots: each described once, and every choice that is offered understood when it is sent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge import load

from advisor import Settings
from advisor.dialogue.slots import read_slots, slots_for
from advisor.dialogue.state import DialogueState, Pending
from tests import advisors
from tests.advisors import BIKES

SLOTS = read_slots()
PACK = Settings().pack
CHOICES = [(slot.name, choice) for slot in SLOTS.values() for choice in slot.choices]
GROUPS = {"states": {"states", "cities", "near"}, "tuition": {"tuition", "total_cost"}}


def test_a_slot_that_is_asked_about_says_why_and_offers_choices() -> None:
    assert [s.name for s in SLOTS.values() if s.ask and not (s.why and s.choices)] == []


def test_the_values_of_a_choice_are_said_in_one_way_each() -> None:
    for slot in SLOTS.values():
        said = [phrase for phrases in slot.values.values() for phrase in phrases]
        assert len(said) == len(set(said)), slot.name


@pytest.mark.parametrize(("slot", "choice"), CHOICES)
def test_a_choice_sent_as_it_stands_answers_the_question(slot: str, choice: str) -> None:
    asked = DialogueState(pending=Pending(slot), asked=(slot,), last="recommend")
    state = advisors.shipped().think(choice, asked).state
    settled = {*state.profile.wishes, *state.indifferent}
    assert settled & GROUPS.get(slot, {slot})


@pytest.mark.parametrize(("slot", "choice"), CHOICES)
def test_a_choice_leads_to_a_shortlist(slot: str, choice: str) -> None:
    asked = replace(DialogueState(), pending=Pending(slot), asked=(slot,))
    assert advisors.shipped().think(choice, asked).reply.act == "recommend"


def test_a_pack_lays_its_slots_over_the_advisors_own(tmp_path: Path) -> None:
    (tmp_path / "slots.toml").write_text(
        '[tuition]\nlabel = "fees"\n[genre]\nkind = "values"\nfield = "tracks"\nlabel = "genre"\n'
    )
    laid = read_slots(tmp_path)
    assert laid["tuition"].label == "fees" and laid["tuition"].unit == "money"
    assert laid["genre"].field == "tracks"
    assert laid["goal"] == SLOTS["goal"]


def test_a_pack_of_another_subject_is_wished_for_by_its_own_fields() -> None:
    slots = slots_for(load(BIKES))
    assert slots["price"].kind == "range" and slots["price"].ask and slots["brand"].kind == "values"
    assert not {"tuition", "states", "goal", "online", "gpa", "thesis", "residency"} & slots.keys()


def test_the_slots_of_schools_are_all_there_for_a_pack_of_schools() -> None:
    assert SLOTS.keys() <= slots_for(load(PACK)).keys()
