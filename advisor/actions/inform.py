"""Facts about programs, each in its own line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge import Filter, holds, show_entry

from advisor.actions import cost, distance, other, outcomes, price
from advisor.actions.mentions import of_programs
from advisor.actions.over_table import by_meaning, of_table
from advisor.actions.tools import Given, Tools
from advisor.dialogue.acts import (
    Action,
    ActName,
    AskCost,
    AskDistance,
    AskTable,
    AskWhich,
    Fact,
    RequestFacts,
    SystemAct,
    Unknown,
)
from advisor.dialogue.prices import residency_of
from advisor.dialogue.situation import Situation

NAMED_FLOOR = 0.33
"""The least score of a passage of a school that was named: lower than over all schools, for it is of the right one."""
SPECIAL = frozenset(("any", "absent", "beyond", "nothing", "outcome", "overview", "passage", "price"))
"""Lines that are no field's own, whatever a pack calls its fields."""


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The facts asked for, each in its own line; what is not given is said to be so."""
    act = action.act
    if isinstance(act, AskTable):
        return of_table(act, situation, tools)
    if isinstance(act, AskWhich):
        return by_meaning(act, tools)
    if isinstance(act, AskCost):
        return cost.perform(action, situation, tools)
    if isinstance(act, AskDistance):
        return distance.perform(action, situation, tools)
    assert isinstance(act, RequestFacts)
    lines: list[dict[str, Any]] = []
    facts: list[Fact] = []
    unknown: list[Unknown] = []
    notes: list[str] = []
    residency = residency_of(situation.profile)
    outside = [p for p in act.programs if p not in tools.knowledge.programs]
    if outside:
        names = [tools.name(p) for p in outside]
        lines.append({"case": "beyond", "names": names, "count": len(tools.knowledge.programs), "facts": ()})
        unknown += [Unknown(p, "rank", "not_covered") for p in outside]
    for program in act.programs:
        for line in _of_program(program, act, residency, tools):
            lines.append(line)
            facts += line["facts"]
            unknown += line.get("unknown", ())
            notes += [
                c.brief for f in line["facts"] for c in tools.contradictions(program, f.field) if c.brief not in notes
            ]
    if not act.programs:
        for field in act.fields:
            found = outcomes.of_fields_of_study(field, act.parts, tools)
            lines += found
            facts += [f for line in found for f in line["facts"]]
    mentions, sections = of_programs(outside, act.text, tools) if outside else ([], [])
    ratios = outcomes.ratios(lines, tools)
    lines += ratios
    facts += [f for line in ratios for f in line["facts"]]
    name: ActName = "inform" if facts or mentions else "unknown"
    about = [*price.notes(lines), *outcomes.notes(lines, tools)]
    return SystemAct(
        act=name,
        case="facts",
        content={
            "lines": [line for line in lines if line["case"] != "silent"],
            "notes": [*(f"The guide says: {m.text}" for m in mentions), *notes[:2], *about],
        },
        sections=tuple(sections),
        programs=act.programs,
        facts=tuple(dict.fromkeys(facts)),
        unknown=tuple(unknown),
        fields=act.fields,
        suggestions=_next(act, tools),
    )


def _of_program(program: str, act: RequestFacts, residency: str, tools: Tools) -> Iterable[dict[str, Any]]:
    if (not act.fields and not act.about) or other.tells_all(act.fields, tools):
        yield _overview(program, tools)
        yield from _of_record(program, residency, tools)
        return
    given = False
    fields = _together(act.fields, tools)
    for group in fields:
        if price.is_price(group[0], tools) and price.known(program, tools):
            yield price.line(program, group[0], act.part, residency, tools)
            given = True
            continue
        if outcomes.is_outcome(group[0], tools):
            yield from outcomes.lines(program, group[0], act.parts, tools)
            given = True
            continue
        facts = tools.facts(program, *group)
        if not facts and len(group) == 1 and tools.knowledge.fields[group[0]].beside:
            if group[0] in act.fields and program in tools.knowledge.programs:
                yield {"case": "silent", "facts": (), "unknown": (tools.absent(program, group[0]),)}
            continue  # the record's earnings answer it, whatever the ranking lacks
        if facts:
            given = True
            value = act.part if act.part and tools.knowledge.fields[group[0]].values else ""
            yield _line(program, group, facts, value, act.about, tools)
        else:
            yield _missing(program, group[0], tools)
    if act.about and not (given and _plain(act.fields, tools)):
        shown = {f for g in fields for f in g}
        hits = [
            h
            for h in tools.retriever.program(program, act.about, k=3, floor=NAMED_FLOOR)
            if h.passage.field not in shown
        ]
        # Beside a field that was found, only a passage that says clearly more is added.
        floor = 0.45 if given else 0.0
        for hit in [h for h in hits if h.score >= floor][: 1 if given else 2]:
            fact = tools.fact(program, hit.passage.field)
            if fact is not None:
                yield {
                    "case": "passage",
                    "program": tools.name(program),
                    "short": tools.short(program),
                    "text": hit.passage.text,
                    "label": tools.label(hit.passage.field),
                    "facts": (fact,),
                }
                given = True
        if not given and not act.fields:
            yield {
                "case": "nothing",
                "program": tools.name(program),
                "short": tools.short(program),
                "facts": (),
                "about": act.about,
                "only_row": _only_row(program, tools),
                "unknown": (tools.absent(program, act.about),),
            }


def _of_record(program: str, residency: str, tools: Tools) -> Iterable[dict[str, Any]]:
    """What the record adds to an overview of a program that the pack's own source does not tell of."""
    if program in tools.knowledge.programs:
        return
    if price.known(program, tools):
        yield price.line(program, "", "", residency, tools)
    for field in (f.name for f in tools.knowledge.fields.values() if f.by_part and f.type == "money"):
        if tools.fact(program, field):
            yield from outcomes.lines(program, field, (), tools)


def _together(fields: Iterable[str], tools: Tools) -> list[tuple[str, ...]]:
    """City and state are one answer, and so is all that is said of a price; what answers the same stands beside."""
    known = tools.knowledge.fields
    answers = {f: [g.name for g in known.values() if f in g.beside] for f in known}
    fields = [g for f in fields for g in (*answers.get(f, ()), f, *(known[f].beside if f in known else ()))]
    prices = [f for f in fields if price.is_price(f, tools)]
    fields = [f for f in dict.fromkeys(fields) if f not in prices[1:]]
    fields = [f for f in fields if f != "overview"] or list(fields)
    if "city" in fields:
        fields = [f for f in fields if f != "state"]
    return [("city", "state") if f == "city" else (f,) for f in fields]


def _plain(fields: Iterable[str], tools: Tools) -> bool:
    """Whether all the fields are single values, which need no passage beside them."""
    return all(tools.knowledge.fields[f].type not in {"list", "text"} or f in {"city", "state"} for f in fields)


def _line(
    program: str, group: tuple[str, ...], facts: tuple[Fact, ...], value: str, about: str, tools: Tools
) -> dict[str, Any]:
    field = tools.knowledge.fields[group[0]]
    line: dict[str, Any] = {
        "case": "any" if field.name in SPECIAL or other.is_other(tools) else field.name,
        "program": tools.name(program),
        "short": tools.short(program),
        "label": field.label,
        "fact": facts[0],
        "facts": facts,
        "by": Given(facts),
        "count": len(tools.knowledge.programs),
    }
    if value:
        line |= _holds_value(program, field.name, value, facts[0], tools)
    if field.type == "list":
        claim = facts[0].claim
        line["entries"] = [show_entry(e) for e in claim.value] if claim else []
    return line


def _holds_value(program: str, field: str, value: str, fact: Fact, tools: Tools) -> dict[str, Any]:
    """Whether a field has the value that was asked about ("is it public", "can I do it part-time")."""
    if tools.knowledge.fields[field].type == "choice":
        return {"asked": value, "yes": fact.value == value}
    yes = holds(Filter(field, "has", value), tools.table, program)
    asked = value.replace("_", "-")
    if yes:
        return {"asked": asked, "yes": True}
    return {"asked": asked, "yes": None, "unknown": (tools.absent(program, asked),)}


def _missing(program: str, field: str, tools: Tools) -> dict[str, Any]:
    """A field that the sources do not give, with what they do give nearby."""
    return {
        "case": "absent",
        "program": tools.name(program),
        "short": tools.short(program),
        "label": tools.label(field),
        "facts": (),
        "only_row": _only_row(program, tools),
        "unknown": (tools.absent(program, field),),
    }


def _only_row(program: str, tools: Tools) -> str:
    """For a program of which the sources give little: the labels of all that they give; else empty."""
    record = tools.knowledge.program(program)
    if program not in tools.knowledge.programs:
        return ""
    if record.claim("overview") is not None or "overview" not in tools.knowledge.fields:
        return ""
    return ", ".join(tools.label(f) for f in record.claims if f in tools.row)


def _overview(program: str, tools: Tools) -> dict[str, Any]:
    """The row and the record's own text; for a row alone, that there is nothing more."""
    facts = tools.facts(program, *dict.fromkeys((*other.table(tools), *other.overview(tools), "overview", "highlight")))
    told = {"rank", "score", "city", "state", "control", "tuition", "graduation_rate", "overview", "highlight"}
    listed = program in tools.knowledge.programs
    missing = [tools.label(f) for f in ("graduation_rate",) if f in tools.row and not tools.fact(program, f) and listed]
    return {
        "case": "overview",
        "program": tools.name(program),
        "short": tools.short(program),
        "facts": facts,
        "by": Given(facts),
        "all": [(tools.label(f.field), f, tools.knowledge.fields[f.field].prose) for f in facts],
        "others": [(tools.label(f.field), f) for f in facts if f.field not in told],
        "missing": missing,
        "only_row": _only_row(program, tools),
        "count": len(tools.knowledge.programs),
    }


def _next(act: RequestFacts, tools: Tools) -> tuple[str, ...]:
    """What the student may well say next: the same school's other facts, or a comparison."""
    if not act.programs:
        return ()
    short = tools.short(act.programs[0])
    more = [
        f
        for f in (*("tuition", "labs", "top_employers", "duration"), *other.first(tools))
        if f not in act.fields and tools.fact(act.programs[0], f)
    ]
    said = [f"{tools.label(more[0])} at {short}"] if more else []
    others = [p for p in tools.knowledge.programs if p not in act.programs][:1]
    return (*said, f"Compare {short} and {tools.short(others[0])}") if others else tuple(said)
