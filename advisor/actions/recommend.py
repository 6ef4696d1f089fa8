"""A shortlist for the profile: the best few, why, what cannot be told, and what a small change would let in."""

from __future__ import annotations

from advisor.actions import other
from advisor.actions.over_table import of_states
from advisor.actions.tools import Given, Tools, charge, computed
from advisor.dialogue.acts import Action, Fact, Offer, Recommend, SystemAct, Unknown
from advisor.dialogue.prices import PRICED, residency_of
from advisor.dialogue.situation import WIDER, Situation

SHOWN = 5
SEEMS = (
    "It seems to be what residents pay as undergraduates, so graduate prices may differ much: tell me in which state "
    "you live, or that you come from abroad, and I go by those."
)
AVERAGE = "averages over each institution's full-time graduate students, not a program's own price."


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The shortlist, never padded; when nothing fits, that and the near misses."""
    more = isinstance(action.act, Recommend) and action.act.more
    offers = situation.offers
    already = set(situation.before.shown) if more else set()
    left = tuple(o for o in offers if o.program not in already) if more else offers
    shown = left[:SHOWN]
    facts: list[Fact] = []
    rows = []
    for offer in shown:
        own = tools.facts(offer.program, *_row(situation, tools))
        price = charge(offer.program, residency_of(situation.profile), tools.knowledge)
        facts += [*own, *([price] if price else []), *(f for r in offer.reasons for f in r.facts)]
        rows.append(
            {
                "name": tools.name(offer.program),
                "short": tools.short(offer.program),
                "by": Given(own),
                "told": _told(offer, price, own, tools),
                "may": _in_doubt(offer),
                "offer": offer,
            }
        )
    told = {k: v for k, v in situation.profile.to_dict().items()}
    states = told.get("states") or []
    aside = of_states(states, tools) if not shown else None
    misses = situation.near_misses if len(offers) <= 2 else ()
    for miss in misses:
        price = charge(miss.program, residency_of(situation.profile), tools.knowledge)
        facts += [*([price] if price else tools.facts(miss.program, "tuition")), *miss.facts]
    wider = computed(
        "count", len(situation.wider), str(len(situation.wider)), (), "schools beyond the ranking that fit"
    )
    if situation.wider:
        facts.append(wider)
    if not shown and (priced := _example(situation, tools)):
        facts.append(priced)
    touched = [
        c.brief
        for f in facts
        if f.program and f.field in {"graduation_rate"}
        for c in tools.contradictions(f.program, f.field)
    ]
    unknown = tuple(Unknown(None, s, "absent") for s in situation.profile.to_dict() if s == "thesis")
    return SystemAct(
        act="recommend",
        case="more" if more and shown else "shortlist" if shown else "no_more" if more else "none",
        content={
            "rows": rows,
            "total": sum(not _in_doubt(o) for o in left),
            "may": sum(_in_doubt(o) for o in left),
            "profile": told,
            "wishes": _wishes(situation, tools),
            "untold": [tools.short(p) for p in situation.untold],
            "untold_about": _untold_about(situation, tools),
            "misses": misses,
            "what_if": situation.hypothetical,
            "aside": aside,
            "notes": list(dict.fromkeys(touched))[:1],
            "all": len(tools.knowledge.programs),
            "basis": _basis(situation, tools),
            "wider": [tools.name(o.program) for o in situation.wider[:WIDER]],
            "wider_count": len(situation.wider),
        },
        programs=tuple(o.program for o in shown),
        facts=tuple(dict.fromkeys(facts)),
        sections=(aside.owner,) if aside else (),
        shortlist=shown,
        near_misses=misses or None,
        unknown=unknown,
        suggestions=_next(situation, tools),
    )


def _row(situation: Situation, tools: Tools) -> tuple[str, ...]:
    """The fields of a line."""
    if other.is_other(tools):
        return other.row(situation.profile.wishes, tools)
    return ("rank", "city", "state", "control", "tuition", "graduation_rate")


def _told(offer: Offer, price: Fact | None, facts: tuple[Fact, ...], tools: Tools) -> list[str]:
    """The figures of a line: price, graduation rate, rank; "not given" is left to the school's own page."""
    if other.is_other(tools):
        return other.told(facts, tools)
    by = Given(facts)
    said = [price.display] if price else [by[f].display for f in ("tuition",) if by[f]]
    if price and by["tuition"] and _in_doubt(offer):
        said = [f"{price.display}, but {by['tuition'].display} by the ranking, so it may fit"]
    said += [f"{tools.label(f)} {by[f].display}" for f in ("graduation_rate",) if by[f]]
    return [*said, *(f"ranked {by[f].display}" for f in ("rank",) if by[f])]


def _in_doubt(offer: Offer) -> bool:
    """Whether it cannot be told that the price of a program is within the limit."""
    return any(r.met is None and r.criterion in PRICED for r in offer.reasons)


def _basis(situation: Situation, tools: Tools) -> str:
    """What the prices of a list are, said once: the ones that apply, or what the ranking's seem to be."""
    told = situation.profile.to_dict()
    residency = residency_of(situation.profile)
    price = _example(situation, tools)
    if price is not None:
        return f"Prices are graduate tuition and fees in {price.as_of} for {_whom(residency)}: {AVERAGE}"
    asked = tools.knowledge.pack.price.asked if tools.knowledge.pack.price else "tuition"
    fact = next((f for o in situation.offers if (f := tools.fact(o.program, asked))), None)
    if fact is None:
        return ""
    hint = ""
    if tools.knowledge.pack.price is not None and ("tuition" in told or "total_cost" in told):
        hint = f" {SEEMS}"
    return f"Tuition is of {fact.as_of}: {fact.basis}.{hint}"


def _example(situation: Situation, tools: Tools) -> Fact | None:
    """One of the prices that a list goes by: it tells the year of all."""
    first = next((o.program for o in situation.offers), None) or next(iter(tools.knowledge.programs))
    return charge(first, residency_of(situation.profile), tools.knowledge)


def _whom(residency: str) -> str:
    if residency in {"international", "out_of_state"}:
        return "students from outside the school's state"
    return f"a resident of {residency}, elsewhere those for students from outside the school's state"


def _wishes(situation: Situation, tools: Tools) -> list[str]:
    """The wishes held, in words, in the order they were said."""
    return [described(slot, value, tools) for slot, value in situation.profile.to_dict().items()]


def described(slot: str, value: object, tools: Tools) -> str:
    """A wish in words: "at most $30,000 a year", "in CA, WA", "for industry"."""
    if slot in tools.slots and (tools.slots[slot].own or (other.is_other(tools) and tools.slots[slot].kind == "range")):
        return other.described(slot, value, tools)
    match slot, value:
        case "tuition", dict():
            return _range(value, "${:,}", " a year")
        case "total_cost", dict():
            return _range(value, "${:,}", " in all")
        case "duration_months", dict():
            return _range(value, "{}", " months")
        case "graduation_rate", dict():
            return "graduation rate " + _range(value, "{}", "%")
        case "rank", dict():
            return f"ranked {value.get('max')} or better"
        case "near", dict():
            return f"within {value['miles']} miles of {value['place']}"
        case (("states" | "cities"), list()):
            return "in " + ", ".join(value)
        case "exclude_states", list():
            return "not in " + ", ".join(value)
        case "exclude_programs", list():
            return "without " + ", ".join(tools.short(p) for p in value if tools.knowledge.has(p))
        case "companies", list():
            return "with ties to " + ", ".join(value)
        case (("interests" | "priorities"), list()):
            named = [tools.label(v) if v in tools.knowledge.fields else v for v in value]
            return ("interest in " if slot == "interests" else "priority: ") + ", ".join(named)
        case (("online" | "part_time" | "thesis"), bool()):
            label = tools.slots[slot].label
            return label if value else f"not {label}"
        case "goal", str():
            return f"for {value}"
        case "gpa", _:
            return f"GPA {value}"
        case "residency", str():
            return {"international": "from abroad", "out_of_state": "from out of state"}.get(
                value, f"home state {value}"
            )
    return str(value)


def _range(value: dict, number: str, unit: str) -> str:
    low, high = value.get("min"), value.get("max")
    if low is not None and high is not None:
        return f"{number.format(low)} to {number.format(high)}{unit}"
    return f"at most {number.format(high)}{unit}" if high is not None else f"at least {number.format(low)}{unit}"


def _untold_about(situation: Situation, tools: Tools) -> str:
    """The wishes on which the source says nothing of some programs."""
    slots = [
        s
        for s in situation.profile.to_dict()
        if tools.slots[s].own
        or s
        in {"tuition", "total_cost", "online", "part_time", "duration_months", "graduation_rate", "companies", "thesis"}
    ]
    return ", ".join(tools.slots[s].label for s in slots)


def _next(situation: Situation, tools: Tools) -> tuple[str, ...]:
    said = []
    shown = situation.offers[:SHOWN]
    if shown:
        said.append(f"Why {tools.short(shown[0].program)}?")
    if len(shown) > 1:
        said.append(f"Compare {tools.short(shown[0].program)} and {tools.short(shown[1].program)}")
    if len(situation.offers) > SHOWN:
        said.append("Show me more")
    return tuple(said)
