"""Where the student lives and what a school should be near to, as one reading of a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge import Knowledge

from advisor.dialogue.profile import Wish
from advisor.nlu.entities import Entity
from advisor.nlu.nearness import Closest, HowFar, NearnessReader
from advisor.nlu.phrases import Span, Token
from advisor.nlu.questions import SET
from advisor.nlu.residency import Residency, ResidencyReader
from advisor.nlu.spots import SpotReader
from advisor.nlu.values import Amount

SIDES = {"in_state": "resident", "out_of_state": "other", "international": "other"}
"""The kinds of price that people name, and whose price each is."""


@dataclass(frozen=True)
class Whereabouts:
    """What a clause tells of places.

    `wishes` are of residency and of being near; `names` those left when theirs are taken out, and `covered` the
    tokens that they account for. `sides` are whose prices are named ("resident", "other"). `closest` and `far`
    are questions for distances. `supposed`: the student supposes to live there ("if I lived in Ohio").
    """

    names: tuple[Span[Entity], ...]
    wishes: tuple[Wish, ...] = ()
    covered: frozenset[int] = frozenset()
    sides: tuple[str, ...] = ()
    closest: Closest | None = None
    far: HowFar | None = None
    supposed: bool = False


class WhereaboutsReader:
    """Reads them. A pack whose programs are in no state has nothing to do with residency."""

    def __init__(self, knowledge: Knowledge) -> None:
        programs = (*knowledge.programs.values(), *knowledge.beyond.values())
        self._spots = spots = SpotReader(knowledge.places)
        self._residency = ResidencyReader(spots, {p.id: str(p.value("state") or "") for p in programs})
        self._nearness = NearnessReader(spots, self._residency)
        self._resides = knowledge.pack.price is not None
        self._located = any(p.latitude is not None for p in programs)

    def vocabulary(self) -> set[str]:
        """The words of the cues: they are not misspellings of others ("intl" of Intel)."""
        return self._residency.vocabulary()

    def answer(self, tokens: Sequence[Token], names: tuple[Span[Entity], ...]) -> Wish | None:
        """The residency of a place that is all there is: "Texas", "India", said to "where do you live?"."""
        first = 1 if tokens and tokens[0].norm in {"in", "from", "the"} else 0
        spot = self._spots.at(tokens, names, first, strong=True) if self._resides and len(tokens) > first else None
        if spot is None or spot.last < len(tokens) or spot.residency is None:
            return None
        return Wish("residency", spot.residency, said=" ".join(t.text for t in tokens))

    def read(
        self, text: str, tokens: Sequence[Token], names: tuple[Span[Entity], ...], amounts: Sequence[Amount]
    ) -> Whereabouts:
        """The whereabouts told in a clause; `names` are those found in it."""
        told = self._residency.told(tokens, names) if self._resides else ()
        # "Cheapest for a Texas resident" is said of oneself, unless a school's own price is asked for.
        priced = any(_is_school(n) for n in names)
        mine = (r for r in told if r.own or r.spot is not None or not priced)
        mine = (r for r in mine if not (_guessed(r) or _of_schools(tokens, r) or _of_a_distance(tokens, r)))
        lives = next(mine, None)
        near = self._nearness.near(text, tokens, names, amounts) if self._located else ()
        closest = self._nearness.closest(tokens, names) if self._located else None
        far = self._nearness.how_far(tokens, names) if self._located else None
        wishes = [Wish("near", {"place": n.place, "miles": n.miles}, said=n.said) for n in near]
        taken = [(n.first, n.last) for n in near]
        if lives is not None:
            wishes.append(Wish("residency", lives.value, said=lives.said))
            taken.append((lives.first, lives.last))
        if closest is not None:
            taken.append((closest.first, closest.last))
        covered = frozenset(i for first, last in taken for i in range(first, last))
        sides = tuple(dict.fromkeys(SIDES[r] for r in self._residency.rates(tokens))) if self._resides else ()
        if lives is not None and lives.spot is None and len(sides) > 1:
            wishes, lives = [w for w in wishes if w.slot != "residency"], None  # "in state and out of state" are prices
        left = tuple(n for n in names if not covered & set(range(n.first, n.last)) or _is_school(n))
        supposed = lives is not None and lives.hypothetical
        return Whereabouts(left, tuple(wishes), covered, () if lives else sides, closest, far, supposed)


def _guessed(told: Residency) -> bool:
    """Whether the place is only the likeliest of several of its name."""
    return told.spot is not None and not told.sure and bool(told.spot.others)


def _of_schools(tokens: Sequence[Token], told: Residency) -> bool:
    """ "Colleges based in Boston", "uni from Maryland": the schools are there, and not the student."""
    return any(t.norm in SET for t in tokens[max(0, told.first - 1) : told.last])


def _of_a_distance(tokens: Sequence[Token], told: Residency) -> bool:
    """ "Farther from Chicago", "200 miles from Boston": a distance, and no home."""
    return told.first > 0 and tokens[told.first - 1].norm in {"farther", "further", "far", "mile", "away", "closer"}


def _is_school(name: Span[Entity]) -> bool:
    return any(e.kind in {"program", "school"} for e in name.values)
