"""The fit of programs to a profile, and the reason for each criterion. Weights and evidence are data: criteria.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge import Filter, Knowledge, Program, Table, Test, holds

from advisor.dialogue.acts import Fact, Offer, Reason
from advisor.dialogue.constraints import preferences
from advisor.dialogue.prices import PRICED, applies, number, residency_of
from advisor.dialogue.profile import Profile
from advisor.dialogue.situation import Match
from advisor.dialogue.slots import Slot

HERE = Path(__file__).resolve().parent
Display = Callable[[str, str], Fact | None]
"""(program id, field) → the fact that the advisor would state; None where there is none. Likewise, for prices,
(program id, residency)."""


@dataclass(frozen=True)
class Evidence:
    """What a record holds for a goal: its worth from 0 to 1, what was found, and whether anything is given."""

    worth: float
    found: tuple[tuple[str, Fact | None], ...]
    known: bool


def read_criteria(path: Path = HERE / "criteria.toml") -> Mapping[str, Any]:
    """The criteria, their weights and their evidence."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


class Ranker:
    """Orders matches by additive utility: each criterion's worth (0 to 1) times its weight; weights sum to one.

    `interest` gives, for a wish in words, the program passages that answer it: program id → (score,
    text). `fact` states a program's field.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        table: Table,
        slots: Mapping[str, Slot],
        criteria: Mapping[str, Any],
        fact: Display,
        charge: Display,
        interest: Callable[[str], Mapping[str, tuple[float, str]]],
    ) -> None:
        self._knowledge, self._table, self._slots = knowledge, table, slots
        self._criteria, self._fact, self._charge, self._interest = criteria, fact, charge, interest
        self._ends: dict[tuple[str, str], tuple[float | None, float | None]] = {}

    def rank(self, matches: Iterable[Match], profile: Profile) -> tuple[Offer, ...]:
        """The programs of the matches, best fit first; ties by rank, then by name."""
        interests = {text: self._interest(text) for text in profile.value("interests") or ()}
        soft = preferences(profile, self._slots, self._knowledge)
        offers = [self._offer(m, profile, soft, interests) for m in matches]
        place = self._table.row
        return tuple(sorted(offers, key=lambda o: (-round(o.fit, 9), place[o.program])))

    def _offer(
        self,
        match: Match,
        profile: Profile,
        soft: Mapping[str, Test],
        interests: Mapping[str, Mapping[str, tuple[float, str]]],
    ) -> Offer:
        program = self._knowledge.program(match.program)
        parts = [
            *self._wishes(match, program, profile, soft),
            *self._numbers(program, profile),
            *self._own(program, profile),
            *self._goal(program, profile),
            *_interests(program, interests, self._criteria),
        ]
        emphasised = [
            (self._emphasis(name, profile) * weight, worth, name, met, text, facts)
            for name, weight, worth, met, text, facts in parts
        ]
        total = sum(p[0] for p in emphasised) or 1.0
        reasons = tuple(
            Reason(name, met, weight / total, weight / total * worth, text, facts)
            for weight, worth, name, met, text, facts in emphasised
        )
        return Offer(program.id, sum(r.contribution for r in reasons), reasons)

    def _emphasis(self, criterion: str, profile: Profile) -> float:
        priorities = set(profile.value("priorities") or ())
        named = {self._criteria.get(c, {}).get("priority") for c in (criterion,)} | {criterion}
        return float(self._criteria["emphasis"]) if priorities & named else 1.0

    # ---- each: (criterion, weight, worth, met, text, facts) ----

    def _wishes(self, match: Match, program: Program, profile: Profile, soft: Mapping[str, Test]) -> list[tuple]:
        """Each wish held against the record, the `soft` ones too. A hard wish that was met counts in full."""
        out = []
        verdicts = {**match.by_slot, **{s: holds(t, self._table, program.id) for s, t in soft.items()}}
        share = self._criteria["wishes"]["weight"] / max(1, len(verdicts))
        for slot, verdict in verdicts.items():
            worth = 1.0 if verdict else self._criteria["unknown"] if verdict is None else 0.0
            text, facts = self._why(slot, program, profile, verdict)
            out.append((slot, share, worth, verdict, text, facts))
        return out

    def _why(self, slot: str, program: Program, profile: Profile, verdict: bool | None) -> tuple[str, tuple[Fact, ...]]:
        spec = self._slots[slot]
        field = {"near": "city", "cities": "city", "total_cost": "tuition", "exclude_states": "state"}.get(
            slot, spec.field
        )
        fact = self._fact(program.id, field) if field in self._knowledge.fields else None
        if slot in {"states", "cities", "near", "exclude_states"}:
            city, state = self._fact(program.id, "city"), self._fact(program.id, "state")
            facts = tuple(f for f in (city, state) if f)
            return f"in {', '.join(f.display for f in facts)}", facts
        if slot == "exclude_programs":
            return "not one that you left out", ()
        if slot == "companies":
            found = [
                (f, v)
                for f in (spec.field, *spec.also)
                if f in self._knowledge.fields
                for v in profile.value(slot) or ()
                if holds(Filter(f, "has", v), self._table, program.id)
            ]
            facts = tuple(x for x in (self._fact(program.id, f) for f, _ in dict.fromkeys(found)) if x)
            named = ", ".join(dict.fromkeys(f"{v} among its {self._knowledge.fields[f].label}" for f, v in found))
            return named or f"the source names no tie with {', '.join(profile.value(slot) or ())}", facts
        price = self._charge(program.id, residency_of(profile)) if slot in PRICED else None
        if price is not None:
            return _of_price(price, fact, profile.value(slot), slot, verdict)
        if fact is None:
            label = self._knowledge.fields[field].label if field in self._knowledge.fields else spec.label
            return f"the source does not give its {label}", ()
        wish = profile.value(slot)
        if spec.kind == "range" and isinstance(wish, dict) and fact.field == "tuition":
            limit = wish.get("max")
            if limit is not None and slot == "tuition":
                return f"{fact.display}, {'within' if verdict else 'above'} your ${limit:,}", (fact,)
            if limit is not None:
                held = "stay within" if verdict else "exceed"
                return f"{fact.display}, so two years would {held} your ${limit:,} in all", (fact,)
        return _sentence(fact, self._knowledge), (fact,)

    def _numbers(self, program: Program, profile: Profile) -> list[tuple]:
        out = []
        priorities = set(profile.value("priorities") or ())
        for name in ("quality", "cost", "graduation"):
            spec = self._criteria[name]
            counts = (
                spec.get("always") or spec["priority"] in priorities or any(s in profile for s in spec.get("slots", ()))
            )
            if not counts or spec["field"] not in self._knowledge.fields:
                continue
            field, residency = spec["field"], residency_of(profile)
            worth = self._worth(program, field, residency)
            priced = applies(field, residency, self._knowledge)
            fact = self._charge(program.id, residency) if priced else self._fact(program.id, field)
            if name == "quality":
                rank = self._fact(program.id, "rank")
                facts = tuple(f for f in (rank, fact) if f)
                text = f"ranked {rank.display}, score {fact.display}" if rank and fact else "not ranked"
            else:
                facts = (fact,) if fact else ()
                text = f"{spec['says']} {fact.display}" if fact else f"the source does not give its {spec['label']}"
            out.append(
                (
                    name,
                    spec["weight"],
                    self._criteria["unknown"] if worth is None else worth,
                    None if worth is None else True,
                    text,
                    facts,
                )
            )
        return out

    def _own(self, program: Program, profile: Profile) -> list[tuple]:
        """The pack's own numbers that are wished for or said to matter: the better ones first."""
        out = []
        priorities = set(profile.value("priorities") or ())
        spec = self._criteria["own"]
        for slot in self._slots.values():
            field = self._knowledge.fields.get(slot.field) if slot.own else None
            if field is None or not field.better or slot.kind != "range":
                continue
            if slot.name not in profile and field.name not in priorities:
                continue
            worth, fact = self._worth(program, field.name), self._fact(program.id, field.name)
            text = f"{field.label} {fact.display}" if fact else f"the source does not give its {field.label}"
            unknown = self._criteria["unknown"]
            facts = (fact,) if fact else ()
            met = None if worth is None else True
            out.append((field.name, spec["weight"], unknown if worth is None else worth, met, text, facts))
        return out

    def _worth(self, program: Program, field: str, residency: str = "") -> float | None:
        """0 to 1 between the worst and the best of the table; the field says which end is better.

        With a residency, the price that applies stands in for the field that a price is asked for by.
        """
        value = number(program.id, field, residency, self._table, self._knowledge)
        low, high = self._ends_of(field, residency)
        if value is None or low is None or high is None:
            return None
        share = 0.5 if high == low else (value - low) / (high - low)
        return 1 - share if self._knowledge.fields[field].better == "lower" else share

    def _ends_of(self, field: str, residency: str) -> tuple[float | None, float | None]:
        """The least and the most of a field, worked out once; of prices that apply, over all programs there are."""
        priced = applies(field, residency, self._knowledge)
        key = (field, residency if priced else "")
        if key not in self._ends:
            programs = self._table.everywhere if priced else self._table.ids
            numbers = [number(p, field, residency, self._table, self._knowledge) for p in programs]
            known = [n for n in numbers if n is not None]
            self._ends[key] = (min(known), max(known)) if known else (None, None)
        return self._ends[key]

    def _goal(self, program: Program, profile: Profile) -> list[tuple]:
        goals = [g for g in (profile.value("goal"),) if g]
        goals += [p for p in profile.value("priorities") or () if p in self._criteria["goal"] and p not in goals]
        out = []
        for goal in goals:
            spec = self._criteria["goal"][goal]
            evidence = self.evidence(program, goal)
            facts = tuple(f for _, f in evidence.found if f)
            if evidence.found:
                text = f"for {spec['label']}: " + "; ".join(
                    self._shown(says, fact) for says, fact in evidence.found[:3]
                )
            elif evidence.known:
                text = f"the record names nothing for {spec['label']}"
            else:
                text = f"the source does not tell what it offers for {spec['label']}"
            worth = evidence.worth if evidence.known else self._criteria["unknown"]
            out.append(
                (
                    goal if goal in (profile.value("priorities") or ()) else "goal",
                    spec["weight"],
                    worth,
                    bool(evidence.found) if evidence.known else None,
                    text,
                    facts,
                )
            )
        return out

    def _shown(self, says: str, fact: Fact | None) -> str:
        """What was found, with a few names: "industry partners such as Amazon, Meta, Capital One"."""
        entries = fact.claim.value if fact is not None and fact.claim is not None else None
        if not isinstance(entries, tuple):
            return says
        names = [e if isinstance(e, str) else getattr(e, "name", "") for e in entries]
        named = ", ".join([n for n in names if n][:3])
        return f"{says} such as {named}" if len(names) > 3 else f"{says}: {named}" if named else says

    def evidence(self, program: Program, goal: str) -> Evidence:
        """What the record holds for a goal. A record with a table row only is *not known*, not poor."""
        worth, total = 0.0, 0.0
        found: list[tuple[str, Fact | None]] = []
        for item in self._criteria["goal"][goal]["evidence"]:
            total += item["weight"]
            field = item["field"]
            if field not in self._knowledge.fields or program.claim(field) is None:
                continue
            if "has" in item:
                if holds(Filter(field, "has", item["has"]), self._table, program.id):
                    worth += item["weight"]
                    found.append((item["says"], None))
            else:
                value = program.value(field)
                count = len(value) if isinstance(value, tuple) else item.get("full", 1)
                worth += item["weight"] * min(1.0, count / item.get("full", 1))
                found.append((item["says"], self._fact(program.id, field)))
        known = program.claim("overview") is not None or bool(found)
        return Evidence(min(1.0, worth / total * 1.2) if total else 0.0, tuple(found), known)


def _interests(
    program: Program, interests: Mapping[str, Mapping[str, tuple[float, str]]], criteria: Mapping[str, Any]
) -> list[tuple]:
    out: list[tuple] = []
    for text, hits in interests.items():
        score, passage = hits.get(program.id, (0.0, ""))
        known = program.claim("overview") is not None
        if passage:
            out.append(
                (
                    "interests",
                    criteria["interests"]["weight"],
                    min(1.0, score),
                    True,
                    f"for {text}: {passage}",
                    (),
                )
            )
        else:
            says = f"the record names nothing on {text}" if known else f"the source does not tell of {text} there"
            out.append(
                (
                    "interests",
                    criteria["interests"]["weight"],
                    0.0 if known else criteria["unknown"],
                    False if known else None,
                    says,
                    (),
                )
            )
    return out


def _of_price(
    price: Fact, asked: Fact | None, wish: Mapping[str, Any], slot: str, verdict: bool | None
) -> tuple[str, tuple[Fact, ...]]:
    """A limit held against the price that applies, and against the figure asked for where that casts doubt."""
    limit = wish.get("max")
    if limit is None:
        return price.display, (price,)
    in_all = " for two years" if slot == "total_cost" else ""
    held = "within" if verdict or verdict is None else "above"
    text = f"{price.display} in graduate tuition and fees, {held} your ${limit:,}{in_all}"
    if verdict is None and asked is not None:
        return f"{text}; but the ranking's own figure, {asked.display}, is above it, so it may fit", (price, asked)
    return text, (price,)


def _sentence(fact: Fact, knowledge: Knowledge) -> str:
    label = knowledge.fields[fact.field].label
    return fact.display if fact.field in {"tuition", "control"} else f"{label} {fact.display}"
