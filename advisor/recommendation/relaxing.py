"""Near misses: the smallest change of the profile that lets a program in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from knowledge import Knowledge, Table, distance, show

from advisor.dialogue.acts import Fact, NearMiss
from advisor.dialogue.constraints import spot
from advisor.dialogue.prices import number, residency_of
from advisor.dialogue.profile import Profile
from advisor.dialogue.situation import Match
from advisor.dialogue.slots import Slot

MOST = 3


def near_misses(
    matches: Iterable[Match], profile: Profile, slots: Mapping[str, Slot], knowledge: Knowledge, table: Table
) -> tuple[NearMiss, ...]:
    """Programs that fail exactly one wish, those first that need the smallest change; at most three.

    A range is moved as far as the program's own value; anything else would have to be given up.
    """
    found: list[tuple[float, NearMiss]] = []
    for match in matches:
        failed = [slot for slot, verdict in match.by_slot.items() if verdict is False]
        if len(failed) != 1 or None in match.by_slot.values():
            continue
        miss = _near(match.program, failed[0], profile, slots, knowledge, table)
        if miss is not None:
            found.append(miss)
    found.sort(key=lambda pair: pair[0])
    return tuple(miss for _, miss in found[:MOST])


def _near(
    program: str, slot: str, profile: Profile, slots: Mapping[str, Slot], knowledge: Knowledge, table: Table
) -> tuple[float, NearMiss] | None:
    spec, wish = slots[slot], profile.value(slot)
    name = knowledge.program(program).short
    if spec.kind == "range" and slot != "total_cost":
        value = number(program, spec.field, residency_of(profile), table, knowledge)
        if value is None:
            return None
        for end in ("max", "min"):
            limit = wish.get(end)
            if limit is not None and (value > limit if end == "max" else value < limit):
                other = wish.get("min" if end == "max" else "max")
                if other is not None and (value < other if end == "max" else value > other):
                    return None  # the other end forbids it as well
                gap = abs(value - limit)
                change: dict[str, Any] = {slot: {**wish, end: int(value) if value == int(value) else value}}
                told = f"{name}: {_gap(spec, gap, end, knowledge)}"
                return gap / max(limit, 1), NearMiss(program, told, change, (_apart(program, "difference", gap, told),))
        return None
    if spec.kind == "exclude":
        return None
    if spec.kind == "near":
        return _farther(program, name, wish, knowledge, table)
    changes: dict[str, Any] = {slot: None}
    return 1.0, NearMiss(program, f"{name}: if {spec.label} could be given up", changes)


def _farther(
    program: str, name: str, wish: Mapping[str, Any], knowledge: Knowledge, table: Table
) -> tuple[float, NearMiss] | None:
    """How much farther a program is than was asked for."""
    here, there = spot(str(wish["place"]), knowledge), table.places[table.row[program]]
    if here is None or there is None:
        return None
    miles = ceil(distance(here, there))
    told = f"{name}: {miles:,} miles from {wish['place']}"
    change = {"near": {**wish, "miles": miles}}
    fact = _apart(program, "distance", miles, f"{miles:,} miles")
    return (miles - wish["miles"]) / max(wish["miles"], 1), NearMiss(program, told, change, (fact,))


def _apart(program: str, field: str, value: float, told: str) -> Fact:
    """How far a program is from what was asked for, as a fact: computed, and of no source."""
    return Fact(program, field, value, told, "difference from what was asked for", place="computed")


def _gap(spec: Slot, gap: float, end: str, knowledge: Knowledge) -> str:
    over = "above" if end == "max" else "below"
    if spec.own:
        shown = show(knowledge.fields[spec.field], round(gap, 2))
        return f"its {spec.label} is {shown} {over} what you asked for"
    if spec.unit == "money":
        return f"${gap:,.0f} a year {over} your limit"
    if spec.unit == "months":
        return f"{gap:g} months {'longer than' if end == 'max' else 'shorter than'} you asked for"
    if spec.unit == "percent":
        return f"its {spec.label} is {gap:g} points {over} what you asked for"
    return f"its {spec.label} is {gap:g} {over} what you asked for"
