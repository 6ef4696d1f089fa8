"""Wishes as tests on programs. Only `knowledge.query` decides, three-valued, whether one holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from knowledge import AllOf, AnyOf, Filter, Knowledge, Test, coordinates

from advisor.dialogue.prices import residency_of, tests_for
from advisor.dialogue.profile import Profile, Wish
from advisor.dialogue.slots import Slot

PLACE = ("states", "cities", "near")


def constraint(wish: Wish, slots: Mapping[str, Slot], knowledge: Knowledge) -> Test | None:
    """The test that a wish puts to a program; None where it only orders (a goal, an interest).

    A total budget is held against the yearly price times the shortest length given: a necessary
    condition, said as such. Companies are looked for in all fields that tell of ties.
    """
    slot, value = slots[wish.slot], wish.value
    if slot.name == "total_cost":
        # Two years is what is held against a total where nothing is said of the length.
        return Filter("tuition", "<=", value["max"] / 2) if value.get("max") is not None else None
    if slot.field and slot.field not in knowledge.fields and slot.field not in {"program", "location"}:
        return None
    if slot.kind == "range":
        tests: list[Test] = []
        if value.get("min") is not None:
            tests.append(Filter(slot.field, ">" if wish.strict else ">=", value["min"]))
        if value.get("max") is not None:
            tests.append(Filter(slot.field, "<" if wish.strict else "<=", value["max"]))
        return tests[0] if len(tests) == 1 else AllOf(tuple(tests)) if tests else None
    if slot.kind == "values":
        if slot.also:
            fields = [f for f in (slot.field, *slot.also) if f in knowledge.fields]
            return AnyOf(tuple(Filter(f, "has", v) for v in value for f in fields))
        if knowledge.fields[slot.field].type == "list":
            return AnyOf(tuple(Filter(slot.field, "has", v) for v in value))
        return Filter(slot.field, "in", tuple(value))
    if slot.kind == "exclude":
        return Filter(slot.field, "not in", tuple(value))
    if slot.kind == "choice" and slot.field:
        return Filter(slot.field, "==", value)
    if slot.kind == "flag" and slot.has:
        # "Not online" is said of what is taught on campus; what is not given is not a no.
        if value:
            return Filter(slot.field, "has", slot.has)
        opposite = {"online": "on_campus", "part_time": "full_time"}[slot.has]
        return Filter(slot.field, "has", opposite)
    if slot.kind == "near":
        here = spot(str(value["place"]), knowledge)
        return None if here is None else Filter("location", "near", (*here, value["miles"]))
    return None


def preferences(profile: Profile, slots: Mapping[str, Slot], knowledge: Knowledge) -> dict[str, Test]:
    """The soft wishes of a profile as tests by slot: they order, and leave nobody out."""
    soft = {n: w for n, w in profile.wishes.items() if w.soft and n in slots}
    tests = {name: constraint(wish, slots, knowledge) for name, wish in soft.items()}
    given = {name: test for name, test in tests.items() if test is not None}
    return tests_for(given, residency_of(profile), knowledge)


def constraints(profile: Profile, slots: Mapping[str, Slot], knowledge: Knowledge) -> dict[str, Test]:
    """The hard tests of a profile by slot. States, cities and a radius together are one place: any of them.

    A flag that says no ("on campus") orders only: hardly any record says so in words.
    """
    tests: dict[str, Test] = {}
    for name, wish in profile.wishes.items():
        if wish.soft or name not in slots or (slots[name].kind == "flag" and not wish.value):
            continue
        test = constraint(wish, slots, knowledge)
        if test is not None:
            tests[name] = test
    places = [n for n in PLACE if n in tests]
    if len(places) > 1:
        tests[places[0]] = AnyOf(tuple(tests.pop(n) if n != places[0] else tests[n] for n in places))
    return tests_for(tests, residency_of(profile), knowledge)


def tests_of(wishes: Iterable[Wish], slots: Mapping[str, Slot], knowledge: Knowledge) -> tuple[Test, ...]:
    """The tests of some wishes, soft ones taken as hard."""
    profile = Profile({w.slot: replace(w, soft=False) for w in wishes})
    return tuple(constraints(profile, slots, knowledge).values())


def spot(name: str, knowledge: Knowledge) -> tuple[float, float] | None:
    """Coordinates of a place: by any name that the pack has for it, else as a city of the gazetteer."""
    for place in knowledge.places:
        named = name in place.cities or name.lower() in {n.lower() for n in place.names}
        if named and place.latitude is not None and place.longitude is not None:
            return place.latitude, place.longitude
    return coordinates(name)
