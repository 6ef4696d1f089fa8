"""Facts about programs, and answers over the table of programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from knowledge import AllOf, AnyOf, Field, Filter, Not, Query, Result, Test, holds, run, show_entry

from advisor.actions import cost, distance, other, outcomes, price
from advisor.actions.mentions import of_programs
from advisor.actions.tools import Given, Tools, computed
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
from advisor.dialogue.prices import ELSEWHERE, RESIDENT, query_for, residency_of
from advisor.dialogue.situation import Situation

NAMED_FLOOR = 0.33
"""The least score of a passage of a school that was named: lower than over all schools, for it is of the right one."""
CENTS_UNDER = 1000
"""Sums of money from which the cents are left out."""
SPECIAL = frozenset(("any", "absent", "beyond", "nothing", "outcome", "overview", "passage", "price"))
"""Lines that are no field's own, whatever a pack calls its fields."""
NAMED = 30
"""Names that one sentence holds at most."""
LISTED = 25
"""Rows that are named with their value; further ones are named alone."""


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
    if not act.fields and not act.about:
        yield _overview(program, tools)
        yield from _of_record(program, residency, tools)
        return
    if other.tells_all(act.fields, tools):
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


# ---- over the table ----


def of_table(act: AskTable, situation: Situation, tools: Tools) -> SystemAct:
    """A query's answer: its rows or its number, over how many programs, and which were left out."""
    query = _meant(query_for(act.query, residency_of(situation.profile), tools.knowledge), tools)
    act = replace(act, query=query)
    everywhere = tools.table.everywhere if situation.state.wide else tools.table.ids
    result = run(query, tools.table, everywhere)
    if not result.counted and query.field and query.part and outcomes.is_outcome(query.field, tools):
        return outcomes.of_none(query.field, query.part, result.untold, tools)
    case, content, facts = _answer(act, result, len(everywhere), tools)
    programs = (
        result.rows if act.query.select == "list" else tuple(p for _, ids in result.groups for p in ids) or result.rows
    )
    content |= {
        "untold": _some([tools.short(p) for p in result.untold]),
        "label": tools.label(act.query.field) if act.query.field else "",
        "total": len(everywhere),
        "rows_alone": tools.rows_alone,
        "counted": len(result.counted),
    }
    nothing = act.query.select == "list" and not result.rows
    unknown = (Unknown(None, content["label"] or act.text, "absent"),) if nothing else ()
    notes = [c.brief for f in facts if f.program for c in tools.contradictions(f.program, f.field)]
    aside = _guide_aside(act, tools) if act.query.select != "list" or act.query.field in {None, "rank"} else None
    content["notes"] = [*list(dict.fromkeys(notes))[:1], *_of_part(query, result, tools)]
    content["aside"] = aside
    return SystemAct(
        act="inform",
        case=case,
        content=content,
        programs=programs[:25],
        facts=tuple(dict.fromkeys(facts)),
        unknown=unknown,
        sections=(aside.owner,) if aside else (),
        suggestions=_after_table(act, result, tools),
        fields=(act.query.field,) if act.query.field else (),
    )


def _part(field: str, query: Query) -> str:
    """The part of a field that a query means."""
    return query.part if field == query.field else ""


def _meant(query: Query, tools: Tools) -> Query:
    """The query with a part where its field has parts and none is named: the one that most programs have."""
    if query.part or query.field is None or not outcomes.is_outcome(query.field, tools):
        return query
    parts = [c.part for p in tools.table.ids for c in tools.knowledge.program(p).claims.get(query.field, ()) if c.part]
    given = Counter(part for part in parts)
    return replace(query, part=max(given, key=lambda part: given[part])) if given else query


def _of_part(query: Query, result: Result, tools: Tools) -> list[str]:
    """Of which field of study, students and year the figures are, and which were left out as not comparable."""
    if not query.part or query.field is None or not result.counted:
        return []
    first = tools.fact(result.counted[0], query.field, query.part)
    year = f" ({first.as_of})" if first and first.as_of else ""
    out = [f"Each figure: {first.basis}{year}."] if first else []
    if result.unlike:
        names = ", ".join(tools.short(p) for p in result.unlike)
        out.append(f"Left out, because their figure is of another kind: {names}.")
    return out


def _guide_aside(act: AskTable, tools: Tools) -> Any:
    """The guide's own passage on a state, where best programs of one state are asked for."""
    states = [v for t in act.query.where for f in _filters(t) if f.field == "state" and f.op == "in" for v in f.value]
    return of_states(states, tools)


def of_states(states: Iterable[str], tools: Tools) -> Any:
    """The guide passage headed by the name of the one state meant; None where there is none."""
    wanted = list(dict.fromkeys(states))
    if len(wanted) != 1:
        return None
    names = {n.lower() for p in tools.knowledge.places if p.kind == "state" and p.id == wanted[0] for n in p.names[:1]}
    return next((p for p in tools.retriever.passages if p.kind == "guide" and p.heading.lower() in names), None)


def _answer(act: AskTable, result: Result, among: int, tools: Tools) -> tuple[str, dict[str, Any], list[Fact]]:
    query = act.query
    if query.select == "count":
        facts = _evidence(result.rows, query, tools)
        share = _share(result, among)
        number = computed("count", len(result.rows), str(len(result.rows)), tuple(facts), "counted over the table")
        return (
            "count",
            {
                "number": number,
                "names": _some([tools.short(p) for p in result.rows]),
                "restricted": bool(query.where),
                "share": share,
            },
            [number, share, *facts],
        )
    if query.select == "group":
        label = tools.label(query.field or "state")
        groups = [(str(v), [tools.short(p) for p in ids]) for v, ids in result.groups]
        number = computed("count", len(groups), str(len(groups)), (), f"different values of {label}")
        return "group", {"number": number, "groups": groups, "by": label}, [number]
    if query.select in {"average", "median", "total", "difference", "range"}:
        return _number(act, result, tools)
    fields = [f for f in dict.fromkeys((query.field, *act.asked)) if f]
    rows: list[dict[str, Any]] = []
    facts = []
    for program in result.rows:
        own = [f for name in fields if (f := tools.fact(program, name, _part(name, query)))]
        found = _evidence((program,), query, tools) if not query.order else []
        why = [f for f in found if f.field not in fields]
        rows.append(
            {
                "name": tools.name(program),
                "short": tools.short(program),
                "facts": own,
                "why": [_matching(f, query, tools) for f in why],
                "rank": None,
            }
        )
        facts += [*own, *why]
        if query.order and "rank" not in fields and (rank := tools.fact(program, "rank")):
            rows[-1]["rank"] = rank
            facts.append(rank)
    absent = any(isinstance(t, Filter) and t.op == "absent" for t in query.where)
    kind = (
        "none"
        if not rows
        else "absent"
        if absent
        else "first"
        if query.order and len(rows) == 1
        else "ordered"
        if query.order
        else "rows"
    )
    return (
        kind,
        {
            "rows": rows[:LISTED],
            "others": _some([r["short"] for r in rows[LISTED:]]),
            "offset": query.offset,
            "order": query.order,
            "field": query.field,
            "word": _word(query, tools),
            "asked_label": tools.label(act.asked[0]) if act.asked else "",
            "where": _told(query.where, tools),
            "n": len(rows),
        },
        facts,
    )


def _share(result: Result, among: int) -> Fact:
    """The rows as a share of the whole table."""
    share = round(100 * len(result.rows) / max(1, among))
    return computed("share", share, f"{share}%", (), f"{len(result.rows)} of {among}")


def _number(act: AskTable, result: Result, tools: Tools) -> tuple[str, dict[str, Any], list[Fact]]:
    query = act.query
    assert query.field is not None
    made = [f for p in result.counted for f in tools.facts(p, query.field, part=query.part)]
    if result.value is None or not made:
        return "none", {"rows": [], "others": [], "where": _told(query.where, tools)}, []
    field = tools.knowledge.fields[query.field]
    ends = [max(made, key=lambda f: f.value), min(made, key=lambda f: f.value)]
    value = result.value
    if query.select == "range":
        return (
            "range",
            {
                "least": ends[1],
                "most": ends[0],
                "least_name": tools.name(ends[1].program or ""),
                "most_name": tools.name(ends[0].program or ""),
            },
            ends,
        )
    rounded = round(value, 0 if value >= CENTS_UNDER else 2) if field.type == "money" else round(value, 1)
    display = show_number(field, rounded)
    number = computed(query.field, rounded, display, tuple(made), f"{query.select} over {len(made)} programs")
    content = {
        "number": number,
        "select": query.select,
        "least": ends[1],
        "most": ends[0],
        "least_name": tools.name(ends[1].program or ""),
        "most_name": tools.name(ends[0].program or ""),
        "where": _told(query.where, tools),
    }
    return (
        "difference" if query.select == "difference" else "number",
        content,
        [number, *(ends if query.select == "difference" else [])],
    )


def show_number(field: Field, value: float) -> str:
    """A computed number in the field's unit."""
    sign, _, rest = field.show.partition("{")
    if field.type == "money":
        figure = f"{value:,.0f}" if float(value).is_integer() or value >= CENTS_UNDER else f"{value:,.2f}"
        return f"{sign}{figure}" if sign else f"{figure}{rest.partition('}')[2]}"
    unit = "%" if field.type == "percent" else f" {field.unit}" if field.unit else ""
    return f"{value:g}{unit}"


def _word(query: Query, tools: Tools) -> str:
    """ "cheapest", "highest": the field's own first superlative for the order asked."""
    if not query.field:
        return ""
    of = tools.knowledge.pack.price
    asked = of.asked if of is not None and query.field == of.field else query.field
    field = tools.knowledge.fields[asked]
    words = field.least if query.order == "asc" else field.most
    return words[0] if words else ("lowest " if query.order == "asc" else "highest ") + field.label


def _filters(test: Test) -> Iterable[Filter]:
    """All single filters inside a test."""
    if isinstance(test, Filter):
        yield test
    elif isinstance(test, Not):
        yield from _filters(test.test)
    elif isinstance(test, AnyOf | AllOf):
        for t in test.tests:
            yield from _filters(t)


def _some(names: list[str]) -> list[str]:
    """The names, or of several hundred the first and how many more there are: a list is read, not dumped."""
    return names if len(names) <= NAMED else [*names[:NAMED], f"{len(names) - NAMED} more"]


def _stands_in(test: Filter, tools: Tools) -> bool:
    """Whether a test is of the price of programs that the ranking gives none of."""
    return test.part in {RESIDENT, ELSEWHERE} and price.is_price(test.field, tools)


def _asked_is_given(program: str, tools: Tools) -> bool:
    of = tools.knowledge.pack.price
    return of is not None and tools.fact(program, of.asked) is not None


def _evidence(programs: Iterable[str], query: Query, tools: Tools) -> list[Fact]:
    """For each program the facts by which it passes the query's tests."""
    out: list[Fact] = []
    for program in programs:
        for test in query.where:
            for f in _filters(test):
                if (
                    f.field in tools.knowledge.fields
                    and not (_stands_in(f, tools) and _asked_is_given(program, tools))
                    and f.op not in {"absent", "not in"}
                    and holds(f, tools.table, program)
                ):
                    fact = tools.fact(program, f.field, f.part)
                    if fact is not None and fact not in out:
                        out.append(fact)
    return out


def _matching(fact: Fact, query: Query, tools: Tools) -> Fact:
    """A list fact narrowed in its display to the entries that the query looked for."""
    claim = fact.claim
    if claim is None or not isinstance(claim.value, tuple):
        return fact
    wanted = [str(f.value).lower() for t in query.where for f in _filters(t) if f.field == fact.field and f.op == "has"]
    kept = [
        e for e in claim.value if any(w in show_entry(e).lower() or _head(w) in show_entry(e).lower() for w in wanted)
    ]
    return replace(fact, display="; ".join(show_entry(e) for e in kept)) if kept else fact


def _head(text: str) -> str:
    return text.split("(")[0].strip()


def _plain_number(value: object) -> str:
    """A value of a filter as people write it: 49,607 and not 49607.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) and value >= 1000 else str(value)


def _told(where: Iterable[Test], tools: Tools) -> str:
    """What the query was restricted to, in words."""
    said = []
    for test in where:
        filters = list(_filters(test))
        if not filters:
            continue
        f = filters[0]
        values = dict.fromkeys(
            _plain_number(v) for x in filters for v in (x.value if isinstance(x.value, tuple) else (x.value,))
        )
        shortest = min(values, key=len) if f.op == "has" else ""
        if f.field == "location":
            said.append("near there")
        elif f.field == "program":
            said.append("among those you name")
        elif f.op == "has":
            said.append(f"with {shortest}")
        elif f.op in {"in", "=="} and f.field not in {"rank"}:
            said.append(", ".join(values))
        elif f.op == "not in":
            said.append("outside " + ", ".join(values))
    return "; ".join(dict.fromkeys(said))


def _after_table(act: AskTable, result: Result, tools: Tools) -> tuple[str, ...]:
    if result.rows and act.query.select == "list":
        first = tools.short(result.rows[0])
        return (
            f"Tell me about {first}",
            *((f"Compare {first} and {tools.short(result.rows[1])}",) if len(result.rows) > 1 else ()),
        )
    return ()


# ---- by meaning ----


def by_meaning(act: AskWhich, tools: Tools) -> SystemAct:
    """Programs whose own passages answer, best first; below the floor: not known."""
    hits = tools.retriever.programs(act.about, k=6)
    if not hits:
        return SystemAct(
            act="unknown",
            case="no_program",
            content={"about": act.about, "total": len(tools.table.ids), "rows_alone": tools.rows_alone},
            unknown=(tools.absent(None, act.about),),
        )
    best = hits[0].score
    rows, facts, seen = [], [], set()
    for hit in hits:
        if hit.score < 0.85 * best or hit.passage.owner in seen:
            continue
        fact = tools.fact(hit.passage.owner, hit.passage.field)
        if fact is None:
            continue
        seen.add(hit.passage.owner)
        facts.append(fact)
        rows.append(
            {
                "name": tools.name(hit.passage.owner),
                "short": tools.short(hit.passage.owner),
                "text": hit.passage.text,
                "label": tools.label(hit.passage.field),
            }
        )
    return SystemAct(
        act="inform",
        case="by_meaning",
        content={"rows": rows},
        programs=tuple(dict.fromkeys(h.passage.owner for h in hits if h.passage.owner in seen)),
        facts=tuple(facts),
        suggestions=(f"Tell me about {rows[0]['short']}",),
    )
