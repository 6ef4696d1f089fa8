"""How far, and which is closest: questions for true distances."""

from __future__ import annotations

from advisor.dialogue.acts import AskDistance, UserAct
from advisor.nlu.interpreters.context import Context
from advisor.nlu.interpreters.signs import words_of
from advisor.nlu.reading import Reading
from advisor.nlu.spots import Spot

_OF_SCHOOLS = {
    "school",
    "university",
    "program",
    "one",
    "campus",
    "ranked",
    "uni",
    "college",
    "master",
    "which",
}


def distances(reading: Reading, context: Context) -> list[UserAct] | None:
    """ "Closest to Denver", "how far is CMU from Philadelphia"."""
    where = reading.where
    if where is None:
        return None
    if (
        where.closest is not None
        and where.closest.spot is not None
        and (_OF_SCHOOLS & set(words_of(reading)) or not reading.residue())
    ):
        return [_to(where.closest.spot, ())]
    if where.far is None:
        return None
    programs = where.far.programs or context.state.focus[:1]
    if where.far.places and programs:
        return [_to(where.far.places[0], programs)]
    if len(programs) == 2:
        other = context.knowledge.program(programs[1])
        if other.latitude is not None and other.longitude is not None:
            return [AskDistance(programs=programs[:1], place=other.name, spot=(other.latitude, other.longitude))]
    return None


def _to(spot: Spot, programs: tuple[str, ...]) -> UserAct:
    at = (spot.latitude or 0.0, spot.longitude or 0.0)
    return AskDistance(programs=programs, place=spot.label, spot=at)
