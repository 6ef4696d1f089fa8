"""How far schools are from a place: true distances over the Earth's surface, from coordinates."""

from __future__ import annotations

from knowledge import distance

from advisor.actions.tools import Tools, computed
from advisor.dialogue.acts import Action, AskDistance, Fact, SystemAct
from advisor.dialogue.situation import Situation

CLOSEST = 3
"""Schools told where the closest are asked for."""


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """Miles from the place to each school asked about, or the closest schools, nearest first."""
    act = action.act
    assert isinstance(act, AskDistance)
    everywhere = tools.table.everywhere if situation.state.wide else tools.table.ids
    among = act.programs or everywhere
    miles = {p: distance(at, act.spot) for p in among if (at := tools.table.places[tools.table.row[p]]) is not None}
    shown = sorted(miles, key=lambda p: miles[p])
    shown = shown if act.programs else shown[:CLOSEST]
    far = {p: _far(p, miles[p], act.place, tools) for p in shown}
    by = {p: _where(p, tools) for p in shown}
    rows = [{"name": tools.name(p), "far": far[p], "by": by[p]} for p in shown]
    lost = [p for p in act.programs if p not in miles]
    return SystemAct(
        act="inform" if rows else "unknown",
        case="distance",
        content={"rows": rows, "place": act.place, "asked": bool(act.programs), "all": len(everywhere)},
        programs=tuple(shown),
        facts=tuple(f for p in shown for f in (far[p], *by[p])),
        unknown=tuple(tools.absent(p, "coordinates") for p in lost),
        fields=("latitude", "longitude") if "latitude" in tools.knowledge.fields else (),
    )


def _far(program: str, miles: float, place: str, tools: Tools) -> Fact:
    made_of = tools.facts(program, *(f for f in ("latitude", "longitude") if f in tools.knowledge.fields))
    return computed("distance", round(miles), f"{round(miles):,} miles", made_of, f"in a straight line from {place}")


def _where(program: str, tools: Tools) -> tuple[Fact, ...]:
    return tools.facts(program, *(f for f in ("city", "state") if f in tools.knowledge.fields))
