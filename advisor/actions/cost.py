"""What a degree costs in all, and when it pays for itself: plain sums, with every assumption said.

The price that applies, times the length: a range where the length is one. What is assumed can be changed in
the conversation ("assume 3 years", "I make 90k now").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knowledge import Duration, is_masters

from advisor.actions import outcomes, price
from advisor.actions.tools import Tools, computed
from advisor.dialogue.acts import Action, AskCost, Fact, SystemAct, Unknown
from advisor.dialogue.prices import residency_of
from advisor.dialogue.situation import Situation

USUAL = (18, 24)
"""Months that a master's usually takes, where neither the student nor the record says: an assumption, said as such."""
PART_TIME = 2
"""How many times as long a degree takes part-time, where nothing else is said: an assumption, said as such."""
YEAR = 12


@dataclass(frozen=True)
class Yearly:
    """A year's price: of which students, tuition alone and with fees, and the facts behind it."""

    whom: str
    tuition: int
    total: int
    facts: tuple[Fact, ...]


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The sum for each school, and where present pay is known and wanted, the years until it is earned back."""
    act = action.act
    assert isinstance(act, AskCost)
    rows: list[dict[str, Any]] = []
    facts: list[Fact] = []
    unknown: list[Unknown] = []
    for program in act.programs:
        yearly = _yearly(program, act.side, residency_of(situation.profile), tools)
        if not yearly:
            unknown.append(tools.absent(program, "price"))
            rows.append({"name": tools.name(program), "short": tools.short(program), "sums": []})
            continue
        least, most, told = _months(program, act, tools)
        sums = [_sum(y, least, most) for y in yearly]
        payback = _payback(program, act, sums, (least, most), tools) if act.payback else {}
        unknown += payback.get("unknown", ())
        facts += payback.get("facts", ())
        rows.append(
            {
                "name": tools.name(program),
                "short": tools.short(program),
                "sums": sums,
                "length": told,
                "least": least / YEAR,
                "most": most / YEAR,
                "payback": payback,
                "ranking": (ranking := _ranking(program, tools)),
                "spread": (spread := _spread(sums, (least, most)) if act.part_time else ()),
            }
        )
        facts += spread
        facts += [*(f for s in sums for f in s["facts"]), *([ranking] if ranking else [])]
    return SystemAct(
        act="inform" if facts else "unknown",
        case="cost",
        content={
            "rows": rows,
            "payback": act.payback,
            "working": act.working,
            "year": _year_of(rows),
            "notes": outcomes.about(_earned(rows), tools),
        },
        programs=act.programs,
        facts=tuple(dict.fromkeys(facts)),
        unknown=tuple(unknown),
        suggestions=("Assume 3 years", "I earn $80,000 now") if facts else (),
    )


def _yearly(program: str, side: str, residency: str, tools: Tools) -> list[Yearly]:
    """A year's price on each side that may apply: one where the residency is known or makes no difference."""
    line = price.line(program, "", side, residency, tools)
    found = []
    for of, told in line["told"].items():
        whom = (
            ""
            if line["same"]
            else f"residents of {line['home']}"
            if of == price.RESIDENT
            else "students from elsewhere"
        )
        facts = (told["total"], told["tuition"], *told["fees"])
        found.append(Yearly(whom, told["tuition"].value, told["total"].value, facts))
    return found[:1] if line["same"] else found


def _ranking(program: str, tools: Tools) -> Fact | None:
    """What the pack's own source prints as the price: another figure, which is named beside the sum."""
    of = tools.knowledge.pack.price
    return tools.fact(program, of.asked) if of else None


def _months(program: str, act: AskCost, tools: Tools) -> tuple[float, float, str]:
    """The length that is counted, in months, and where it is from."""
    if act.months:
        return *act.months, "as you said"
    lengths = [
        d.months
        for d in tools.knowledge.program(program).value("duration") or ()
        if isinstance(d, Duration) and (d.degree is None or is_masters(d.degree))
    ]
    if lengths:
        return min(m.min for m in lengths), max(m.max or m.min for m in lengths), "as the ranking gives it"
    return *USUAL, "assumed, since the length is not given"


def _spread(sums: list[dict[str, Any]], months: tuple[float, float]) -> tuple[Fact, ...]:
    """What a part-time student pays in a year, where the same courses take twice as long: an assumption, said so."""
    out = []
    for total in sums:
        years = months[0] / YEAR * PART_TIME
        value = round(total["total"][0].value / years)
        made_of = (total["total"][0],)
        out.append(computed("yearly_cost", value, f"${value:,} a year", made_of, f"spread over {years:g} years"))
    return tuple(out)


def _sum(yearly: Yearly, least: float, most: float) -> dict[str, Any]:
    """The sum over the whole length, tuition alone and with fees."""

    def times(amount: int, months: float, what: str) -> Fact:
        value = round(amount * months / YEAR)
        return computed("total_cost", value, f"${value:,}", yearly.facts, f"{what} times {months / YEAR:g} years")

    tuition = [times(yearly.tuition, m, "graduate tuition") for m in dict.fromkeys((least, most))]
    total = [times(yearly.total, m, "graduate tuition and fees") for m in dict.fromkeys((least, most))]
    return {
        "whom": yearly.whom,
        "tuition": tuition,
        "total": total,
        "a_year": yearly.facts[1],
        "facts": (*tuition, *total, *yearly.facts),
    }


def _payback(
    program: str, act: AskCost, sums: list[dict[str, Any]], months: tuple[float, float], tools: Tools
) -> dict[str, Any]:
    """Years until what the degree cost is earned back, by the median of graduates against present pay."""
    line = outcomes.lines(program, "earnings", (act.part,) if act.part else (), tools)[0]
    if not line["told"]:
        return {"case": "no_earnings", "line": line, "unknown": line["unknown"]}
    after = line["told"][0] | {"instead_of": line["part"] if line["instead"] else ""}
    if act.earns is None:
        return {"case": "ask", "after": after, "facts": (after["fact"],)}
    gain = after["fact"].value - act.earns
    if gain <= 0:
        return {"case": "never", "after": after, "facts": (after["fact"],)}
    costs = [f.value for s in sums for f in (*s["tuition"], *s["total"])]
    least, most = months
    forgone = (0.0, 0.0) if act.working else (act.earns * least / YEAR, act.earns * most / YEAR)
    years = [(min(costs) + forgone[0]) / gain, (max(costs) + forgone[1]) / gain]
    made_of = (*(f for s in sums for f in s["total"]), after["fact"])
    spans = [computed("payback_years", round(y, 2), f"{y:.2f}", made_of, "cost by yearly gain") for y in years]
    more = computed("gain", gain, f"${gain:,.0f} a year", (after["fact"],), "earnings less present pay")
    return {"case": "years", "after": after, "gain": more, "years": spans, "facts": (*spans, more, after["fact"])}


def _earned(rows: list[dict[str, Any]]) -> list[Fact]:
    """The earnings that present pay is held against."""
    return [row["payback"]["after"]["fact"] for row in rows if row["sums"] and "after" in row["payback"]]


def _year_of(rows: list[dict[str, Any]]) -> str:
    """Of which year the prices are."""
    return next((s["a_year"].as_of for row in rows for s in row["sums"]), "")
