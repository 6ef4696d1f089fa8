"""Answers over the whole table of programs: lists, counts, numbers, groups; and which programs tell of something."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from knowledge import AllOf, AnyOf, Field, Filter, Not, Query, Result, Test, holds, run, show_entry

from advisor.actions import outcomes, price
from advisor.actions.tools import Tools, computed
from advisor.dialogue.acts import AskTable, AskWhich, Fact, SystemAct, Unknown
from advisor.dialogue.prices import ELSEWHERE, RESIDENT, query_for, residency_of
from advisor.dialogue.situation import Situation

CENTS_UNDER = 1000
"""Sums of money from which the cents are left out."""
NAMED = 30
"""Names that one sentence holds at most."""
LISTED = 25
"""Rows that are named with their value; further ones are named alone."""


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
