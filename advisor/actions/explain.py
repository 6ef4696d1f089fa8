"""Why a program stands where it does, and why one is not on the shortlist."""

from __future__ import annotations

from dataclasses import replace

from knowledge import holds

from advisor.actions.recommend import described
from advisor.actions.tools import Given, Tools, computed
from advisor.dialogue.acts import Action, AskWhy, Fact, NearMiss, SystemAct
from advisor.dialogue.constraints import constraints
from advisor.dialogue.situation import Situation


def perform(action: Action, situation: Situation, tools: Tools) -> SystemAct:
    """The reasons of its fit where there is a profile; else what the ranking says of it."""
    act = action.act
    assert isinstance(act, AskWhy)
    if not act.programs and situation.profile and not situation.offers:
        near = situation.near_misses
        wishes = [described(s, v, tools) for s, v in situation.profile.to_dict().items()]
        return SystemAct(
            act="explain",
            case="nothing",
            content={"wishes": wishes, "misses": near},
            near_misses=near or None,
            facts=tuple(f for m in near for f in (*tools.facts(m.program, "tuition", "state"), *m.facts)),
        )
    if not act.programs:
        return SystemAct(
            act="explain",
            case="method",
            content={"pack": tools.knowledge.pack},
            sections=tuple(s for s in ("methodology",) if s in tools.knowledge.sections),
        )
    lines: list[dict] = []
    facts: list[Fact] = []
    misses: list[NearMiss] = []
    for program in act.programs[:3]:
        line, own = _of(program, act, situation, tools)
        lines.append(line)
        facts += own
        misses += [line["miss"]] if line.get("miss") else []
    return SystemAct(
        act="explain",
        case="why",
        content={"lines": lines},
        programs=act.programs[:3],
        facts=tuple(dict.fromkeys(facts)),
        near_misses=tuple(misses) or None,
        suggestions=("How are the schools ranked?", "Show me the schools"),
    )


def _of(program: str, act: AskWhy, situation: Situation, tools: Tools) -> tuple[dict, list[Fact]]:
    offer = next((o for o in situation.offers if o.program == program), None)
    own = list(tools.facts(program, "rank", "score", "graduation_rate", "highlight"))
    base = {
        "name": tools.name(program),
        "short": tools.short(program),
        "by": Given(own),
    }
    profile = situation.profile.to_dict()
    if offer is None and profile:
        miss = next((m for m in situation.near_misses if m.program == program), None)
        failed = [tools.slots[s].label for s, v in _verdicts(program, situation, tools).items() if v is False]
        untold = [tools.slots[s].label for s, v in _verdicts(program, situation, tools).items() if v is None]
        price = tools.facts(program, "tuition", "city", "state", "control", "graduation_rate")
        return {
            **base,
            "case": "excluded",
            "failed": failed,
            "untold": untold,
            "miss": miss,
            "price": price,
        }, [*own, *price, *(miss.facts if miss else ())]
    if offer is not None and profile:
        place = [o.program for o in situation.offers].index(program) + 1
        parts = [_share(program, r.criterion, r.contribution, r.weight, r.facts) for r in offer.reasons]
        fit = _share(program, "fit", offer.fit, 1.0, tuple(p for pair in parts for p in pair[:1]))
        made = [f for pair in (*parts, fit) for f in pair]
        line = {
            **base,
            "case": "fits",
            "offer": offer,
            "place": place,
            "of": len(situation.offers),
            "fit": fit[0],
            "parts": [
                {"text": r.text, "made": p[0], "weight": p[1]} for r, p in zip(offer.reasons, parts, strict=True)
            ],
        }
        return line, [*own, *made, *(f for r in offer.reasons for f in r.facts)]
    return {**base, "case": "ranked"}, own


def _share(program: str, name: str, contribution: float, weight: float, facts: tuple[Fact, ...]) -> tuple[Fact, Fact]:
    """What a criterion adds to the fit, and the most that it could add, as facts that say what they are made of."""
    basis = f"what {name} adds to the fit" if name != "fit" else "the fit as a whole"
    made = computed("fit", round(contribution, 2), f"{contribution:.2f}", facts, basis)
    most = computed("fit", round(weight, 2), f"{weight:.2f}", (), f"the most that {name} can add to the fit")
    return replace(made, program=program), replace(most, program=program)


def _verdicts(program: str, situation: Situation, tools: Tools) -> dict[str, bool | None]:
    """Whether a program holds each wish."""
    tests = constraints(situation.profile, tools.slots, tools.knowledge)
    return {slot: holds(test, tools.table, program) for slot, test in tests.items()}
