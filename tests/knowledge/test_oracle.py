"""Random queries, answered a second time by a naive reading of the claims that shares no code with `run`."""

from __future__ import annotations

import math
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from knowledge import AllOf, AnyOf, Filter, Knowledge, Not, Program, Query, Table, load, run
from knowledge.query import Op

ROOT = Path(__file__).resolve().parent.parent.parent
PACKS = {"tiny": ROOT / "tests" / "tiny", "shipped": ROOT / "knowledge" / "packs" / "ml-masters"}
MISSING = object()


@cache
def pack(name: str) -> tuple[Knowledge, Table]:
    knowledge = load(PACKS[name])
    return knowledge, Table(knowledge)


# ---- the oracle ----


def first(program: Program, field: str) -> Any:
    given = [c.value for c in program.claims.get(field, ()) if c.status == "given"]
    if field == "program":
        return program.id
    if field == "name" and not given:
        return program.name
    return given[0] if given else MISSING


def like(program: Program, field: str) -> str:
    return next((c.like for c in program.claims.get(field, ()) if c.status == "given"), "")


def number(program: Program, field: str, part: str) -> Any:
    value = first(program, field)
    if isinstance(value, int | float):
        return value
    if not isinstance(value, tuple):
        return MISSING
    kind = type(value[0]).__name__
    if kind == "Duration":
        other = re.compile(r"(^|\W)(BS|BA|BSE|PhD|Doctor\w*|Bachelor\w*)(\W|$)")
        months = [d.months.min for d in value if not (d.degree and other.search(d.degree))]
        return min(months) if months else MISSING
    if kind == "Credits":
        return min(c.count for c in value)
    if kind == "Gpa":
        values = [g.value for g in value if part == "" or g.kind == part]
        return values[0] if values else MISSING
    return len(value)


def texts(program: Program, field: str) -> list[str]:
    value = first(program, field)
    if value is MISSING:
        return []
    if not isinstance(value, tuple):
        return [str(value)]
    out: list[str] = []
    for entry in value:
        if isinstance(entry, str):
            out.append(entry)
            continue
        held = entry.model_dump()
        kind = type(entry).__name__
        if kind == "Named":
            out += [held["name"], held["focus"]] if held["focus"] else [held["name"]]
        elif kind == "Format":
            out += held["modes"]
        elif kind == "Track":
            out += held["names"]
        elif kind == "Credits":
            out.append(f"{held['count']} {held['unit']}")
        elif kind == "Gpa":
            out.append(str(held["value"]))
        else:
            out.append(held["text"] if kind == "Duration" else held["name"])
    return out


def cosine_miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """By the law of cosines, where `distance` goes by the haversine."""
    x, y, z = ([f(math.radians(p[0])) for p in (a, b)] for f in (math.sin, math.cos, math.cos))
    turn = math.cos(math.radians(a[1] - b[1]))
    return 3958.8 * math.acos(max(-1.0, min(1.0, x[0] * x[1] + y[0] * z[1] * turn)))


def truth(test: Any, program: Program) -> str:
    """ "yes", "no" or "maybe"."""
    if isinstance(test, Not):
        return {"yes": "no", "no": "yes", "maybe": "maybe"}[truth(test.test, program)]
    if isinstance(test, AllOf | AnyOf):
        answers = {truth(t, program) for t in test.tests}
        ends, goes_on = ("no", "yes") if isinstance(test, AllOf) else ("yes", "no")
        return ends if ends in answers else "maybe" if "maybe" in answers else goes_on
    if test.op in ("!=", "not in", "has not"):
        opposite: dict[str, Op] = {"!=": "==", "not in": "in", "has not": "has"}
        return truth(Not(Filter(test.field, opposite[test.op], test.value, test.part)), program)
    return atom(test, program)


def atom(test: Filter, program: Program) -> str:
    found = number(program, test.field, test.part) if test.part else first(program, test.field)
    if test.op in ("given", "absent"):
        return "yes" if (found is MISSING) == (test.op == "absent") else "no"
    if test.op == "near":
        if program.latitude is None or program.longitude is None:
            return "maybe"
        near = cosine_miles((program.latitude, program.longitude), test.value[:2]) <= test.value[2]
        return "yes" if near else "no"
    if test.op == "in":
        answers = {atom(Filter(test.field, "==", v, test.part), program) for v in test.value}
        return "yes" if "yes" in answers else "maybe" if "maybe" in answers else "no"
    if test.op == "has":
        wanted = re.findall(r"[\w+#]+", test.value.lower())
        entries = [re.findall(r"[\w+#]+", t.lower()) for t in texts(program, test.field)]
        if not entries:
            return "maybe"
        n = len(wanted)
        return "yes" if n and any(e[i : i + n] == wanted for e in entries for i in range(len(e))) else "no"
    if isinstance(test.value, str):
        held = [t.lower() for t in texts(program, test.field)]
        if not held:
            return "maybe"
        wanted_text = test.value.lower()
        ok = {
            "==": wanted_text in held, "<=": held[0] <= wanted_text, ">=": held[0] >= wanted_text,
            "<": held[0] < wanted_text, ">": held[0] > wanted_text,
        }[test.op]  # fmt: skip
        return "yes" if ok else "no"
    n = number(program, test.field, test.part)
    if n is MISSING:
        return "maybe"
    ok = {
        "==": n == test.value, "<=": n <= test.value, ">=": n >= test.value,
        "<": n < test.value, ">": n > test.value,
    }[test.op]  # fmt: skip
    return "yes" if ok else "no"


def sort_value(program: Program, field: str) -> Any:
    n = number(program, field, "")
    value = first(program, field)
    return n if n is not MISSING else value.lower() if isinstance(value, str) else MISSING


def answer(query: Query, knowledge: Knowledge, only: list[str] | None) -> dict[str, Any]:
    programs = [p for p in knowledge.programs.values() if only is None or p.id in only]
    kept = [p for p in programs if all(truth(t, p) == "yes" for t in query.where)]
    untold = [p for p in programs if p not in kept and not any(truth(t, p) == "no" for t in query.where)]
    field = query.field
    if field and (query.order or query.select not in ("list", "count")):
        if query.order:
            missing = [p for p in kept if sort_value(p, field) is MISSING]
        elif query.select == "group":
            missing = [p for p in kept if first(p, field) is MISSING]
        else:
            missing = [p for p in kept if number(p, field, "") is MISSING]
        kept = [p for p in kept if p not in missing]
        untold = [p for p in programs if p in untold or p in missing]
        kinds = [like(p, field) for p in kept]
        kept = [p for p, kind in zip(kept, kinds, strict=True) if kind == max(kinds, key=kinds.count)]
    if field and query.order:
        # A selection sort: the first of the best that are left, again and again.
        left, done = list(kept), []
        while left:
            values = [sort_value(p, field) for p in left]
            best = min(values) if query.order == "asc" else max(values)
            done.append(left.pop(values.index(best)))
        kept = done
    chosen: list[Program] = []
    for at, p in enumerate(kept):
        inside = at >= query.offset and (query.limit is None or at < query.offset + query.limit)
        tied = bool(chosen) and query.order and field and sort_value(p, field) == sort_value(chosen[-1], field)
        if inside or (chosen and tied):
            chosen.append(p)
    ids = [p.id for p in chosen]
    out: dict[str, Any] = {"rows": ids, "untold": [p.id for p in untold], "value": None, "groups": {}}
    if query.select == "count":
        out["value"] = len(ids)
    elif query.select == "group" and field:
        for p in chosen:
            value = first(p, field)
            named = isinstance(value, tuple) and type(value[0]).__name__ == "Named"
            for label in {e.name for e in value} if named else set(texts(p, field)):
                out["groups"].setdefault(label, set()).add(p.id)
    elif query.select != "list" and field:
        numbers = sorted(n for p in chosen if (n := number(p, field, "")) is not MISSING)
        if numbers:
            middle = (numbers[(len(numbers) - 1) // 2] + numbers[len(numbers) // 2]) / 2
            out["value"] = {
                "average": sum(numbers) / len(numbers), "median": middle, "total": sum(numbers),
                "difference": numbers[-1] - numbers[0], "range": (numbers[0], numbers[-1]),
            }[query.select]  # fmt: skip
    return out


# ---- random queries ----


def filters(knowledge: Knowledge) -> st.SearchStrategy[Filter]:
    """Tests that now and then hit: their values are those of the pack, or close to them."""
    one = st.sampled_from(list(knowledge.programs.values()))

    @st.composite
    def draw_filter(draw: st.DrawFn) -> Filter:
        field = draw(st.sampled_from([*knowledge.fields, "program", "nothing"]))
        op = draw(st.sampled_from(get_args(Op)))
        part = (
            draw(st.sampled_from(["", "", "minimum", "average_admitted"])) if field == "gpa" and "has" not in op else ""
        )
        if op in ("given", "absent"):
            return Filter(field, op, None, part)
        program = draw(one)
        if op == "near":
            centre = (program.latitude or 40.0, program.longitude or -100.0)
            # Never at a distance where the last digit decides.
            return Filter(field, op, (centre[0] + 0.01, centre[1], draw(st.sampled_from([5, 33, 150, 700, 2500]))))
        if op in ("has", "has not"):
            words = [w for t in texts(program, field) or ["nobody"] for w in t.split()]
            start = draw(st.integers(0, len(words) - 1))
            return Filter(field, op, " ".join(words[start : start + draw(st.integers(1, 3))]))
        some = draw(st.lists(one, min_size=1, max_size=3))
        values = [v for p in some for v in _wanted(p, field, part)] or [draw(st.integers(0, 100))]
        if op in ("in", "not in"):
            return Filter(field, op, tuple(values), part)
        return Filter(field, op, draw(st.sampled_from(values)), part)

    return draw_filter()


def _wanted(program: Program, field: str, part: str) -> list[Any]:
    n = number(program, field, part)
    return [*([] if n is MISSING else [n, n + 1]), *([] if part else texts(program, field)[:2])]


def conditions(knowledge: Knowledge) -> st.SearchStrategy[Any]:
    return st.recursive(
        filters(knowledge),
        lambda inner: st.one_of(
            inner.map(Not),
            st.lists(inner, max_size=3).map(lambda found: AnyOf(tuple(found))),
            st.lists(inner, max_size=3).map(lambda found: AllOf(tuple(found))),
        ),
        max_leaves=4,
    )


def queries(knowledge: Knowledge) -> st.SearchStrategy[Query]:
    return st.builds(
        Query,
        select=st.sampled_from(["list", "count", "average", "median", "total", "difference", "range", "group"]),
        field=st.sampled_from([None, *knowledge.fields]),
        where=st.lists(conditions(knowledge), max_size=2).map(tuple),
        order=st.sampled_from([None, "asc", "desc"]),
        offset=st.integers(0, 3),
        limit=st.one_of(st.none(), st.integers(1, 6)),
    )


@pytest.mark.parametrize("name", list(PACKS))
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_run_agrees_with_a_naive_reading_of_the_claims(name: str, data: st.DataObject) -> None:
    knowledge, table = pack(name)
    query = data.draw(queries(knowledge))
    ids = list(knowledge.programs)
    only = data.draw(st.none() | st.lists(st.sampled_from(ids), unique=True))

    found = run(query, table, only)

    expected = answer(query, knowledge, only)
    assert list(found.rows) == expected["rows"]
    assert list(found.untold) == expected["untold"]
    assert {label: set(programs) for label, programs in found.groups} == expected["groups"]
    if expected["value"] is None:
        assert found.value is None
    else:
        assert found.value == pytest.approx(expected["value"])
