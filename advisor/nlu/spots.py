"""The place that a cue points to: what the pack knows first, then the gazetteer.

"near Chicago", "I live in Springfield MA", "coming from Lagos": the readers of residency and of nearness find the
cue and ask here what place stands after it. A school's name is no place, and a word is no town.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge import Place

from advisor.nlu.entities import PLACES, Entity
from advisor.nlu.gazetteer import NO_CODE_ALONE, WORDLIKE_CODES, Gazetteer, Hit, gazetteer
from advisor.nlu.phrases import Span, Token, common_words

LEAD = frozenset((
    "the", "greater", "downtown", "central", "northern", "southern", "eastern", "western", "rural", "city", "suburb",
    "suburban", "of", "outside", "near", "around", "metro", "a", "small", "town", "in", "just", "sunny", "like",
))  # fmt: skip
"""Words that may stand between a cue and the name: "in a small town in Ohio", "in the suburbs of Chicago"."""
LEADS = 6
SCHOOLS = frozenset(
    ("university", "college", "institute", "uni", "school", "polytechnic", "tech", "campus", "iit", "nit")
)
"""Words after a name of a place that make it a school's."""
TERRITORIES = frozenset(("PR", "GU", "VI", "AS", "MP"))
WEAK_PEOPLE = 40_000
"""The least population of a city whose name is a common word too, after a cue that may lead elsewhere."""


@dataclass(frozen=True)
class Spot:
    """A place on the map, named by the tokens `first` up to (not with) `last`.

    `state` is a two-letter code, None abroad and for what lies in several states. `others` are the labels of
    namesakes where the name alone does not tell (`sure` is False then).
    """

    label: str
    state: str | None
    country: str
    latitude: float | None
    longitude: float | None
    first: int
    last: int
    sure: bool = True
    others: tuple[str, ...] = ()

    @property
    def residency(self) -> str | None:
        """The residency of one who lives there: a state's code, "out_of_state" of them all, or "international"."""
        if self.country != "US":
            return "international"
        return "out_of_state" if self.state in TERRITORIES else self.state


class SpotReader:
    """Finds the place after a cue."""

    def __init__(self, places: Sequence[Place], world: Gazetteer | None = None) -> None:
        self._places: Mapping[str, Place] = {p.id: p for p in places}
        self.world = world or gazetteer()

    def at(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], at: int, *, strong: bool, city: bool = False
    ) -> Spot | None:
        """The place whose name starts at a token, or after a few words that lead to it.

        `strong`: the cue leads to nothing but a place ("I live in"), so a name that is a word too will do and so
        will a slight misspelling. `city`: "new york" is the city, not the state.
        """
        for skipped in range(LEADS + 1):
            spot = self._named(tokens, names, at + skipped, strong, city)
            if spot is not None:
                return spot
            if at + skipped >= len(tokens) or tokens[at + skipped].norm not in LEAD:
                break
        return self._in_a_state(tokens, at) if strong else None

    def before(self, tokens: Sequence[Token], names: Sequence[Span[Entity]], last: int) -> Spot | None:
        """The place whose name ends where a cue starts ("texas resident"), the longest."""
        for first in range(max(0, last - 4), last):
            spot = self._named(tokens[:last], [n for n in names if n.last <= last], first, True, False)
            if spot is not None and spot.last == last:
                return spot
        return None

    def _named(
        self, tokens: Sequence[Token], names: Sequence[Span[Entity]], at: int, strong: bool, city: bool
    ) -> Spot | None:
        hit = self.world.at(tokens, at, prefer_city=city, nearly=strong and not _in_name(names, at))
        span = next((n for n in names if n.first == at and any(e.kind in PLACES for e in n.values)), None)
        ends = max(hit.last if hit else at, span.last if span else at)
        if ends == at or self._is_school(tokens, names, at, ends, strong, hit):
            return None
        known = self._known(span, tokens, city) if span is not None and span.last == ends else None
        if known is not None and not (hit is not None and hit.exact):
            return known
        if hit is None or hit.last < ends or (not strong and not self._stands_alone(tokens, hit)):
            return known
        return self._of(hit)

    def _stands_alone(self, tokens: Sequence[Token], hit: Hit) -> bool:
        """Whether a name is a place after a cue that may lead elsewhere: "around noon", "from reading"."""
        if hit.city is None or hit.exact:
            return hit.kind != "state" or tokens[hit.last - 1].norm not in NO_CODE_ALONE
        if self.world.is_word(hit):
            return False
        name = hit.city.name.lower()
        return hit.city.population >= WEAK_PEOPLE or name not in common_words()

    def _is_school(
        self,
        tokens: Sequence[Token],
        names: Sequence[Span[Entity]],
        first: int,
        last: int,
        strong: bool,
        hit: Hit | None,
    ) -> bool:
        """Whether the name here is a school's, or part of one: "from Boston University", "near Washington State"."""
        exact = hit is not None and (hit.exact or hit.kind in {"state", "country"})
        for name in names:
            school = any(e.kind in {"program", "school"} for e in name.values)
            if not school or name.last <= first or name.first >= last or all(e.kind in PLACES for e in name.values):
                continue
            if name.first < first or name.last > last:
                return True
            same = (name.first, name.last) == (first, last)
            if same and not exact and not (strong and any(e.kind in PLACES for e in name.values)):
                return True
        return last < len(tokens) and tokens[last].norm in SCHOOLS and tokens[last].start <= tokens[last - 1].end + 1

    def _known(self, span: Span[Entity], tokens: Sequence[Token], city: bool) -> Spot | None:
        """The place of the pack that a name means; of a state and a city of one name, the one that is wanted.

        None where two of its cities bear the name: the gazetteer weighs those.
        """
        places = [self._places[e.id] for e in span.values if e.kind in PLACES and e.id in self._places]
        order = ("city", "metro", "region", "state") if city else ("state", "city", "metro", "region")
        if not places:
            return None
        place = min(places, key=lambda p: order.index(p.kind))
        if place.kind == "city" and len({p.states for p in places if p.kind == "city"}) > 1:
            return None
        state = place.states[0] if len(place.states) == 1 else None
        town = place.cities[0] if place.kind == "city" and place.cities else place.names[0]
        label = f"{town}, {state}" if place.kind == "city" and state else place.names[0]
        return Spot(label, state or self._state_of(place), "US", place.latitude, place.longitude, span.first, span.last)

    def _state_of(self, place: Place) -> str | None:
        """The one state of all the cities of an area, None where there are several."""
        states: set[str] = set()
        for other in self._places.values():
            if other.kind == "city" and set(other.cities) & set(place.cities):
                states.update(other.states)
        return states.pop() if len(states) == 1 and not place.states else None

    def _of(self, hit: Hit) -> Spot:
        if hit.city is None:
            if hit.kind == "state":
                return Spot(self.world.state_name(hit.code), hit.code, "US", None, None, hit.first, hit.last, hit.sure)
            return Spot(self.world.country_name(hit.code), None, hit.code, None, None, hit.first, hit.last, hit.sure)
        city = hit.city
        others = () if hit.sure else tuple(c.label for c in hit.others[:3])
        return Spot(
            city.label, city.state, city.country, city.latitude, city.longitude, hit.first, hit.last, hit.sure, others
        )

    def _in_a_state(self, tokens: Sequence[Token], at: int) -> Spot | None:
        """The state of a town that nobody knows: "I live in Podunk, Ohio"."""
        for i in range(at + 1, min(at + 4, len(tokens))):
            if tokens[i - 1].norm in common_words():
                return None
            hit = self.world.state(tokens, i)
            wordlike = tokens[i].norm in WORDLIKE_CODES and tokens[i].start == tokens[i - 1].end + 1
            if hit is not None and not wordlike:
                return self._of(hit)
        return None


def _in_name(names: Sequence[Span[Entity]], at: int) -> bool:
    return any(n.first <= at < n.last for n in names)
