"""Programs side by side: what was asked for first, then the row of the ranking, then what differs."""

from __future__ import annotations

from typing import Any

from advisor.actions.inform import show_number
from advisor.actions.tools import Tools, computed
from advisor.dialogue.acts import Action, Compare, Fact, SystemAct, Unknown
from advisor.dialogue.situation import Situation

FIRST = ("rank", "score", "tuition", "graduation_rate", "city", "control")
"""What comes first where nothing is asked for; then the other values, then the lists."""
MEASURED = frozenset(("money", "percent", "number", "integer"))
"""Types of fields of which a difference says something."""
SHOWN = 3
"""Entries of a list that a comparison shows; the rest are counted."""


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The comparison. With an order asked for ("which is cheaper"), the answer comes first."""
    act = action.act
    assert isinstance(act, Compare)
    asked = tuple(f for f in act.fields if f not in {"overview", "highlight"})
    fields = asked or _telling(act.programs, tools)
    facts: list[Fact] = []
    unknown: list[Unknown] = []
    rows = []
    for field in fields:
        if field not in tools.knowledge.fields:
            continue
        cells: list[dict[str, Any]] = []
        for program in act.programs:
            fact = tools.fact(program, field)
            if fact is None:
                cells.append({"short": tools.short(program), "display": "not given", "fact": None})
                if field in asked:
                    unknown.append(tools.absent(program, field))
                continue
            facts.append(fact)
            cells.append({"short": tools.short(program), "display": _brief(fact, bool(asked)), "fact": fact})
        rows.append(
            {
                "label": tools.label(field),
                "field": field,
                "cells": cells,
                "best": _best(field, act.programs, tools),
            }
        )
    ranks = [f for p in act.programs if (f := tools.fact(p, "rank"))]
    if "rank" not in fields:
        facts += ranks
    programs = _ordered(act, tools)
    gap = _gap(asked, act.programs, tools)
    if gap:
        facts.append(gap)
    winner = _winner(act, tools)
    notes = [c.brief for f in facts if f.program for c in tools.contradictions(f.program, f.field)] if asked else []
    return SystemAct(
        act="compare",
        case="table" if len(fields) > 1 else "field",
        content={
            "rows": rows,
            "names": [tools.name(p) for p in programs],
            "winner": winner,
            "gap": gap,
            "asked": bool(asked),
            "order": act.order,
            "notes": list(dict.fromkeys(notes))[:1],
        },
        programs=programs,
        facts=tuple(dict.fromkeys(facts)),
        unknown=tuple(unknown),
        fields=asked,
        suggestions=(
            f"Tell me about {tools.short(programs[0])}",
            "Which is cheaper?" if "tuition" not in asked else "Which ranks higher?",
        ),
    )


def _telling(programs: tuple[str, ...], tools: Tools) -> tuple[str, ...]:
    """The fields worth a row: all single values, then the lists of names that one of the programs has."""
    row = [f for f in FIRST if f in tools.row] + [f for f in tools.row if f not in FIRST and f != "state"]
    lists = [
        f.name
        for f in tools.knowledge.fields.values()
        if f.type == "list" and (f.entity in {"degree", "lab", "company"} or f.item == "duration")
    ]
    return tuple(f for f in (*row, *lists) if any(tools.fact(p, f) for p in programs))


def _brief(fact: Fact, asked: bool) -> str:
    claim = fact.claim
    if claim is None or not isinstance(claim.value, tuple) or asked:
        return fact.display
    names = [e if isinstance(e, str) else str(getattr(e, "name", "") or e.text) for e in claim.value]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _best(field: str, programs: tuple[str, ...], tools: Tools) -> str:
    """The short name of the program with the best value of a row; empty where none is better."""
    better = tools.knowledge.fields[field].better
    values = {p: v for p in programs if (v := tools.table.number(p, field)) is not None}
    if not better or len(values) < 2 or len(set(values.values())) == 1:
        return ""
    pick = max if better == "higher" else min
    return tools.short(pick(values, key=lambda p: values[p]))


def _ordered(act: Compare, tools: Tools) -> tuple[str, ...]:
    """The programs, in the order asked for."""
    if not act.order or not act.fields:
        return act.programs
    known = [p for p in act.programs if tools.table.number(p, act.fields[0]) is not None]
    known.sort(key=lambda p: tools.table.number(p, act.fields[0]) or 0, reverse=act.order == "desc")
    return (*known, *(p for p in act.programs if p not in known))


def _winner(act: Compare, tools: Tools) -> dict[str, Any] | None:
    """The program that the order asked for puts first; None where no order was asked or it cannot be told."""
    if not act.order or not act.fields:
        return None
    values = {p: v for p in act.programs if (v := tools.table.number(p, act.fields[0])) is not None}
    if not values:
        return None
    first = (max if act.order == "desc" else min)(values.values())
    tied = [tools.name(p) for p, v in values.items() if v == first]
    field = tools.knowledge.fields[act.fields[0]]
    words = field.least if act.order == "asc" else field.most
    counted = field.type == "list" and field.item not in {"duration", "credits", "gpa"}
    facts = {p: tools.fact(p, act.fields[0]) for p in act.programs}
    number = None
    if counted:
        number = {tools.short(p): int(v) for p, v in values.items()}
    return {
        "names": tied,
        "word": words[0] if words else "first",
        "label": field.label,
        "counts": number,
        "facts": facts,
        "tie": len(tied) > 1,
    }


def _gap(asked: tuple[str, ...], programs: tuple[str, ...], tools: Tools) -> Fact | None:
    """How far apart two programs are on the one amount asked for."""
    field = next((f for f in asked if tools.knowledge.fields[f].type in MEASURED), None)
    if len(programs) != 2 or field is None:
        return None
    facts = [f for p in programs if (f := tools.fact(p, field))]
    if len(facts) != 2:
        return None
    value = round(abs(facts[0].value - facts[1].value), 6)
    return (
        computed(field, value, show_number(tools.knowledge.fields[field], value), tuple(facts), "difference")
        if value
        else None
    )
