"""Programs side by side: what was asked for first, then the row of the ranking, then what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from knowledge import and_list

from advisor.actions import other, outcomes, price
from advisor.actions.over_table import show_number
from advisor.actions.tools import Tools, computed
from advisor.dialogue.acts import Action, Compare, Fact, SystemAct, Unknown
from advisor.dialogue.prices import ELSEWHERE, RESIDENT, residency_of
from advisor.dialogue.situation import Situation

FIRST = ("rank", "score", "tuition", "graduation_rate", "city", "control")
"""What comes first where nothing is asked for; then the other values, then the lists."""
MEASURED = frozenset(("money", "percent", "number", "integer"))
"""Types of fields of which a difference says something."""
SHOWN = 3
"""Entries of a list that a comparison shows; the rest are counted."""


@dataclass(frozen=True)
class Row:
    """A row of a comparison: a field, of one part of it where it has such, and what it is called."""

    field: str
    label: str
    part: str = ""


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The comparison. With an order asked for ("which is cheaper"), the answer comes first."""
    act = action.act
    assert isinstance(act, Compare)
    asked = tuple(f for f in act.fields if f not in {"overview", "highlight"} and f in tools.knowledge.fields)
    rows = _rows(act, asked, residency_of(situation.profile), tools)
    facts: list[Fact] = []
    unknown: list[Unknown] = []
    shown = []
    for row in rows:
        cells: list[dict[str, Any]] = []
        for program in act.programs:
            fact = tools.fact(program, row.field, row.part)
            if fact is None:
                cells.append({"short": tools.short(program), "display": _lacking(program, row, tools), "fact": None})
                if row.field in asked:
                    unknown.append(tools.absent(program, row.field))
                continue
            facts.append(fact)
            cells.append(
                {"short": tools.short(program), "display": _brief(fact, bool(asked)) + _kind(fact), "fact": fact}
            )
        shown.append({"label": row.label, "field": row.field, "cells": cells, "best": _best(row, act.programs, tools)})
    ranks = [f for p in act.programs if (f := tools.fact(p, "rank"))]
    if "rank" not in asked:
        facts += ranks
    first = _deciding(rows, act.programs, tools)
    programs = _ordered(act, first, tools)
    gap = _gap(first if asked else None, act.programs, tools)
    if gap:
        facts.append(gap)
    outside = [p for p in act.programs if p not in tools.knowledge.programs]
    unknown += [Unknown(p, "rank", "not_covered") for p in outside]
    return SystemAct(
        act="compare",
        case="table" if len(rows) > 1 else "field",
        content={
            "rows": shown,
            "names": [tools.name(p) for p in programs],
            "winner": _winner(act, first, tools),
            "gap": gap,
            "asked": bool(asked),
            "order": act.order,
            "notes": _notes(facts, bool(asked), rows, outside, tools),
        },
        programs=programs,
        facts=tuple(dict.fromkeys(facts)),
        unknown=tuple(dict.fromkeys(unknown)),
        fields=asked,
        suggestions=(f"Tell me about {tools.short(programs[0])}", *_next(asked, tools)),
    )


def _rows(act: Compare, asked: tuple[str, ...], residency: str, tools: Tools) -> list[Row]:
    """The rows: what was asked for, else what tells the programs apart; then what the record has of them."""
    fields = asked or _telling(act.programs, tools)
    rows: list[Row] = []
    for field in fields:
        if price.is_price(field, tools):
            rows += _of_price(act.programs, residency, tools)
        elif outcomes.is_outcome(field, tools):
            rows += _by_part(field, act.programs, act.parts, tools)
        else:
            rows.append(Row(field, tools.label(field)))
    if not asked:
        if not any(price.is_price(f, tools) for f in fields):
            rows += _of_price(act.programs, residency, tools)
        for field in (f.name for f in tools.knowledge.fields.values() if f.by_part and f.type == "money"):
            rows += _by_part(field, act.programs, act.parts, tools)
    return list(dict.fromkeys(rows)) or [Row(f, tools.label(f)) for f in fields]


def _of_price(programs: tuple[str, ...], residency: str, tools: Tools) -> list[Row]:
    """The figure asked for by, then what students of the residency are charged, or both sides of it."""
    of = tools.knowledge.pack.price
    if of is None:
        return []
    rows = [Row(of.asked, tools.label(of.asked))] if any(tools.fact(p, of.asked) for p in programs) else []
    sides = (residency,) if residency else (RESIDENT, ELSEWHERE)
    for side in sides:
        charges = [c for p in programs if (c := tools.fact(p, of.field, side)) is not None]
        if charges:
            whom = {RESIDENT: "for residents of its state", ELSEWHERE: "for others"}.get(side, "that applies to you")
            rows.append(Row(of.field, f"{tools.label(of.field)} {whom}, {charges[0].as_of}", side))
    return rows


def _by_part(field: str, programs: tuple[str, ...], parts: tuple[str, ...], tools: Tools) -> list[Row]:
    """A row for each field of study asked for; else for the one that most of the programs have a figure of."""
    given = Counter(
        c.part for p in programs for c in tools.knowledge.program(p).claims.get(field, ()) if c.status == "given"
    )
    wanted = parts or tuple(part for part, n in given.most_common(1) if n > 1 or len(programs) == 1)
    return [Row(field, f"{tools.label(field)} in {outcomes.title(part, tools)}", part) for part in wanted]


def _kind(fact: Fact) -> str:
    """After how many years earnings are, beside each of them."""
    return f" ({fact.claim.like})" if fact.claim is not None and fact.claim.like else ""


def _lacking(program: str, row: Row, tools: Tools) -> str:
    """What stands in place of a value: that it is withheld, or not given."""
    claims = tools.knowledge.program(program).claims.get(row.field, ())
    held = any(c.status == "withheld" and c.part == row.part for c in claims)
    return "withheld (too few people)" if held else "not given"


def _notes(facts: list[Fact], asked: bool, rows: list[Row], outside: list[str], tools: Tools) -> list[str]:
    """What touches the figures: contradictions, what the record's figures are, and who is not in the ranking."""
    notes = [c.brief for f in facts if f.program for c in tools.contradictions(f.program, f.field)] if asked else []
    out = list(dict.fromkeys(notes))[:1]
    if outside:
        names = and_list([tools.short(p) for p in outside])
        out.append(
            f"{names} {'is' if len(outside) == 1 else 'are'} not among the {len(tools.knowledge.programs)} ranked."
        )
    if any(r.field == (tools.knowledge.pack.price.field if tools.knowledge.pack.price else "") for r in rows):
        out.append(price.AVERAGE)
    out += outcomes.about([f for f in facts if outcomes.is_outcome(f.field, tools)], tools)
    return out


def _deciding(rows: list[Row], programs: tuple[str, ...], tools: Tools) -> Row | None:
    """The row that an order or a difference goes by: the first of which all have a value, else the first."""
    known = (r for r in rows if all(tools.table.number(p, r.field, r.part) is not None for p in programs))
    return next(known, rows[0] if rows else None)


def _next(asked: tuple[str, ...], tools: Tools) -> tuple[str, ...]:
    """Which of them is first by a field that was not asked for."""
    if not other.is_other(tools):
        return ("Which is cheaper?" if "tuition" not in asked else "Which ranks higher?",)
    ends = [
        (f.least if f.better == "lower" else f.most)
        for f in map(tools.knowledge.fields.get, other.table(tools))
        if f and f.better and f.name not in asked
    ]
    return tuple(f"Which is the {words[0]}?" for words in ends if words)[:1]


def _telling(programs: tuple[str, ...], tools: Tools) -> tuple[str, ...]:
    """The fields worth a row: all single values, then the lists of names that one of the programs has."""
    held = other.table(tools)
    row = [f for f in FIRST if f in held] + [f for f in held if f not in FIRST and f != "state"]
    lists = [
        f.name
        for f in tools.knowledge.fields.values()
        if f.type == "list"
        and (other.is_other(tools) or f.entity in {"degree", "lab", "company"} or f.item == "duration")
    ]
    return tuple(f for f in (*row, *lists) if any(tools.fact(p, f) for p in programs))


def _brief(fact: Fact, asked: bool) -> str:
    claim = fact.claim
    if claim is None or not isinstance(claim.value, tuple) or asked:
        return fact.display
    names = [e if isinstance(e, str) else str(getattr(e, "name", "") or e.text) for e in claim.value]
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _best(row: Row, programs: tuple[str, ...], tools: Tools) -> str:
    """The short name of the program with the best value of a row; empty where none is better, or some are of
    another kind."""
    better = tools.knowledge.fields[row.field].better
    values = {p: v for p in programs if (v := tools.table.number(p, row.field, row.part)) is not None}
    if not better or len(values) < 2 or len(set(values.values())) == 1 or not _alike(row, values, tools):
        return ""
    pick = max if better == "higher" else min
    return tools.short(pick(values, key=lambda p: values[p]))


def _alike(row: Row, programs: Iterable[str], tools: Tools) -> bool:
    """Whether the values of a row may be compared: earnings after one year and after four may not."""
    return len({tools.table.like(p, row.field, row.part) for p in programs}) < 2


def _ordered(act: Compare, row: Row | None, tools: Tools) -> tuple[str, ...]:
    """The programs, in the order asked for."""
    if not act.order or not act.fields or row is None:
        return act.programs
    values = {p: v for p in act.programs if (v := tools.table.number(p, row.field, row.part)) is not None}
    known = sorted(values, key=lambda p: values[p], reverse=act.order == "desc")
    return (*known, *(p for p in act.programs if p not in known))


def _winner(act: Compare, row: Row | None, tools: Tools) -> dict[str, Any] | None:
    """The program that the order asked for puts first; None where no order was asked or it cannot be told."""
    if not act.order or not act.fields or row is None:
        return None
    values = {p: v for p in act.programs if (v := tools.table.number(p, row.field, row.part)) is not None}
    if not values or not _alike(row, values, tools):
        return None
    first = (max if act.order == "desc" else min)(values.values())
    tied = [tools.name(p) for p, v in values.items() if v == first]
    field = tools.knowledge.fields[row.field]
    words = (tools.knowledge.fields[act.fields[0]].least if act.order == "asc" else field.most) or ()
    counted = field.type == "list" and field.item not in {"duration", "credits", "gpa"}
    facts = {p: tools.fact(p, row.field, row.part) for p in act.programs}
    number = None
    if counted:
        number = {tools.short(p): int(v) for p, v in values.items()}
    return {
        "names": tied,
        "word": words[0] if words else "first",
        "label": row.label,
        "counts": number,
        "facts": facts,
        "tie": len(tied) > 1,
    }


def _gap(row: Row | None, programs: tuple[str, ...], tools: Tools) -> Fact | None:
    """How far apart two programs are on the one amount asked for."""
    if row is None or len(programs) != 2 or tools.knowledge.fields[row.field].type not in MEASURED:
        return None
    facts = [f for p in programs if (f := tools.fact(p, row.field, row.part))]
    if len(facts) != 2 or not _alike(row, programs, tools):
        return None
    value = round(abs(facts[0].value - facts[1].value), 6)
    shown = show_number(tools.knowledge.fields[row.field], value)
    return computed(row.field, value, shown, tuple(facts), "difference") if value else None
