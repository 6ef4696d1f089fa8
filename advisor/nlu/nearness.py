"""Wishes to be near a place, and questions how far it is: a text → `Near`, `Closest`, `HowFar`.

The place is any city of the pack or of the gazetteer. What no figure was given for is read by a stated measure,
which the reply can name (`basis`). All cues are in nearness.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from advisor.nlu.entities import Entity
from advisor.nlu.phrases import Phrases, Span, Token, norm
from advisor.nlu.residency import ResidencyReader
from advisor.nlu.spots import Spot, SpotReader
from advisor.nlu.values import Amount
from advisor.nlu.wishes import DRIVE_MILES, NEAR_MILES

Basis = Literal["miles", "near", "drive", "hours"]

MILES_AN_HOUR = 50
"""What an hour's drive is taken for: mostly highway, with the streets at both ends."""
LINKS = 6
"""Words that may stand between a distance and its place: "50 miles or less by car from"."""

_HOURS = re.compile(
    r"\b(?P<n>half an|an?|one|two|three|four|five|six|couple(?: of)?|few|\d+(?:\.\d+)?)(?: and a half)?[ -]?"
    r"(?P<unit>hours?'?s?|hrs?|minutes?'?|mins?)\b(?: and a half)?"
)
_NUMBERS = {"half an": 0.5, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "few": 3}


@dataclass(frozen=True)
class Near:
    """A wish to be within so many miles of a place. `place` is its label ("Chicago, IL").

    `basis`: "miles" were said, "hours" of driving were, or nothing but "near" or "drive". `sure` is False where
    the name has likely namesakes, whose labels are `others`.
    """

    place: str
    latitude: float
    longitude: float
    miles: int
    said: str
    first: int
    last: int
    basis: Basis = "miles"
    sure: bool = True
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closest:
    """A question for the least distance to a place; `spot` None: to where the student lives, told elsewhere."""

    spot: Spot | None
    said: str
    first: int
    last: int


@dataclass(frozen=True)
class HowFar:
    """A question for the distance between two ends: programs by id, places; `home`: the student's is one.

    With one end only, the other is the school that is being talked of.
    """

    programs: tuple[str, ...]
    places: tuple[Spot, ...]
    said: str
    home: bool = False


@lru_cache(maxsize=1)
def _cues() -> dict[str, tuple[str, ...]]:
    path = Path(__file__).resolve().parent / "nearness.toml"
    return {name: tuple(said) for name, said in tomllib.loads(path.read_text(encoding="utf-8")).items()}


class NearnessReader:
    """Reads nearness and distance. `homes` tells where the student says to live, for "closest to me"."""

    def __init__(self, spots: SpotReader, homes: ResidencyReader) -> None:
        self._spots = spots
        self._homes = homes
        groups = ("near", "drive", "closest", "closest_alone", "here", "far")
        self._phrases: Phrases[str] = Phrases((said, g) for g in groups for said in _cues()[g])
        self._links, self._unlike, self._school = (
            frozenset(norm(w) for w in _cues()[g]) for g in ("links", "unlike", "school")
        )

    def near(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount]
    ) -> tuple[Near, ...]:
        """The wishes to be near a place. A distance that must be exceeded ("at least 500 miles from") is none."""
        if self._far_cue(tokens) is not None:
            return ()
        found = [*self._by_distance(text, tokens, names, amounts), *self._by_cue(tokens, names)]
        apart: list[Near] = []
        for near in found:  # a distance comes before a cue that stands beside the same place
            if not any(near.first < o.last and o.first < near.last for o in apart):
                apart.append(near)
        return tuple(apart)

    def closest(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> Closest | None:
        """The place that the least distance is asked to; None where no place is told, nor "to me"."""
        cues = self._phrases.find(tokens, overlapping=True)
        for cue in cues:
            if "closest" in cue.values:
                spot = self._spots.at(tokens, names, cue.last, strong=True, city=True)
                if spot is not None and spot.latitude is not None:
                    return Closest(spot, _said(tokens, cue.first, spot.last), cue.first, spot.last)
        alone = next((c for c in cues if "closest_alone" in c.values), None)
        if alone is None:
            return None
        home = next((r.spot for r in self._homes.told(tokens, names) if r.spot and r.spot.latitude is not None), None)
        here = next((c for c in cues if "here" in c.values), None)
        if home is None and here is None:
            return None
        last = max(alone.last, here.last if here else 0)
        return Closest(home, _said(tokens, alone.first, last), alone.first, last)

    def how_far(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> HowFar | None:
        """The distance that is asked for; None where no school is an end of it ("how far is the moon")."""
        cue = self._far_cue(tokens)
        if cue is None:
            return None
        programs = tuple(dict.fromkeys(n.values[0].id for n in names if n.values[0].kind == "program"))
        places: list[Spot] = []
        for i, token in enumerate(tokens):
            if token.norm in {"from", "to", "and", "between", "is", "of", "are"} and i + 1 < len(tokens):
                spot = self._spots.at(tokens, names, i + 1, strong=False, city=True)
                if spot is not None and spot.latitude is not None and all(spot.last != p.last for p in places):
                    places.append(spot)
        here = any("here" in c.values for c in self._phrases.find(tokens, overlapping=True))
        ends = len(programs) + len(places) + here
        talked = not programs and ends == 1 and any(t.norm in self._school for t in tokens)
        if not (talked or (programs and ends > 1)):
            return None
        return HowFar(programs, tuple(places), _said(tokens, 0, len(tokens)), here)

    def _far_cue(self, tokens: Sequence[Token]) -> Span[str] | None:
        """A cue that asks for a distance: "driving distance of" does so only after "what is the"."""
        cues = self._phrases.find(tokens, overlapping=True)
        drives = [c for c in cues if "drive" in c.values]
        for cue in cues:
            asks = "what" in {t.norm for t in tokens[max(0, cue.first - 5) : cue.first]}
            if "far" in cue.values and (asks or not any(d.overlaps(cue) for d in drives)):
                return cue
        return None

    # ---- near ----

    def _by_distance(
        self, text: str, tokens: Sequence[Token], names: Sequence[Span[Entity]], amounts: Sequence[Amount]
    ) -> Iterator[Near]:
        """ "within 100 miles of Chicago", "two hours' drive from Boise", "Chicago, 50 miles at most"."""
        told: list[tuple[int, int, float, Basis]] = [
            (a.start, a.end, a.most, "miles") for a in amounts if a.kind == "miles" and a.most and a.bound != "min"
        ]
        told += [(m.start(), m.end(), _hours(m) * MILES_AN_HOUR, "hours") for m in _HOURS.finditer(text)]
        for start, end, miles, basis in told:
            first = next((i for i, t in enumerate(tokens) if t.end > start), len(tokens))
            last = next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))
            at = last
            while at < len(tokens) and at - last < LINKS and tokens[at].norm in self._links:
                at += 1
            linked = tokens[at - 1].norm in {"of", "from", "to", "around", "outside", "near", "downtown", "the"}
            spot = self._spots.at(tokens, names, at, strong=True, city=True) if linked and at else None
            if spot is None and basis == "miles" and at == len(tokens):
                spot = self._named_before(tokens, names, first)
            if spot is not None:
                yield from _near(tokens, spot, miles, min(first, spot.first), max(last, spot.last), basis)

    def _named_before(self, tokens: Sequence[Token], names: Sequence[Span[Entity]], last: int) -> Spot | None:
        """The place before a distance that ends a text: "near Chicago, 50 miles at most"."""
        for i in range(last - 1, -1, -1):
            lead = tokens[i - 1].norm if i else ""
            if i == 0 or lead in {"in", "near", "around", "to", "of", "from"}:
                spot = self._spots.at(tokens, names, i, strong=False, city=True)
                if spot is not None and spot.last <= last:
                    return spot
        return None

    def _by_cue(self, tokens: Sequence[Token], names: Sequence[Span[Entity]]) -> Iterator[Near]:
        """ "near Chicago", "driving distance of Boise"."""
        readings: dict[str, tuple[int, Basis]] = {"drive": (DRIVE_MILES, "drive"), "near": (NEAR_MILES, "near")}
        cues = self._phrases.find(tokens, overlapping=True)
        for group, (miles, basis) in readings.items():
            for cue in cues:
                before = tokens[cue.first - 1].norm if cue.first else ""
                if group not in cue.values or before in self._unlike:
                    continue
                spot = self._spots.at(tokens, names, cue.last, strong=False, city=True)
                if spot is not None:
                    yield from _near(tokens, spot, miles, cue.first, spot.last, basis)


def _near(tokens: Sequence[Token], spot: Spot, miles: float, first: int, last: int, basis: Basis) -> Iterator[Near]:
    if spot.latitude is not None and spot.longitude is not None:
        said = _said(tokens, first, last)
        yield Near(
            spot.label, spot.latitude, spot.longitude, round(miles), said, first, last, basis, spot.sure, spot.others
        )


def _hours(found: re.Match[str]) -> float:
    said = found["n"]
    number = 2.0 if said.startswith("couple") else _NUMBERS.get(said) or float(said)
    number += 0.5 if "and a half" in found[0] else 0.0
    return number / 60 if found["unit"].startswith("m") else number


def _said(tokens: Sequence[Token], first: int, last: int) -> str:
    return " ".join(t.text for t in tokens[first:last])
