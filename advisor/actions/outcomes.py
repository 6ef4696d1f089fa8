"""What the record tells by field of study: earnings, debt, how many complete, whether it is on the STEM list.

Every figure is said with its field of study. Where the one asked for has no figure, it is said why: there
is no such program in the record, or the figure is withheld; another field of study is named as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from knowledge import Claim, Part

from advisor.actions.tools import Tools, computed, fact_of
from advisor.dialogue.acts import Fact, SystemAct, Unknown

EARNED, OWED = "earnings", "debt"
"""The fields of which a ratio is made."""
MOST = 6
"""Fields of study told of one school where none is asked for."""


def is_outcome(field: str, tools: Tools) -> bool:
    """Whether a field has a claim for each field of study."""
    return field in tools.knowledge.fields and tools.knowledge.fields[field].by_part


def lines(program: str, field: str, parts: Iterable[str], tools: Tools) -> list[dict[str, Any]]:
    """A field of a program by field of study: of those asked for, or of all that have a value."""
    asked = [tools.knowledge.parts[p] for p in parts]
    return [_of_part(program, field, part, tools) for part in asked] or [_of_all(program, field, tools)]


def stand_in(program: str, field: str, part: Part, tools: Tools) -> Claim | None:
    """The claim of the wider field of study, where the record has no row for the one asked for."""
    record = tools.knowledge.program(program)
    if _claim(program, field, part.id, tools) is not None or not part.under:
        return None
    return record.claim(field, part.under)


def _of_part(program: str, field: str, part: Part, tools: Tools) -> dict[str, Any]:
    claim = _claim(program, field, part.id, tools)
    found = claim if claim is not None and claim.status == "given" else None
    other = stand_in(program, field, part, tools)
    used = found or other
    status = "given" if used else "withheld" if claim is not None else "absent"
    unknown: tuple[Unknown, ...] = ()
    if status != "given":
        unknown = (Unknown(program, f"{tools.label(field)}, {part.title}", status),)  # type: ignore[arg-type]
    others = [] if used else _given(program, field, tools)
    return {
        **_head(program, field, tools),
        "case": _case(field, tools),
        "part": part.title,
        "status": status,
        "told": [_told(c, tools) for c in ([used] if used else [])],
        "instead": other is not None and found is None,
        "others": [_told(c, tools) for c in others[:MOST]],
        "facts": tuple(fact_of(c, tools.knowledge) for c in ([used] if used else others[:MOST])),
        "unknown": unknown,
    }


def _of_all(program: str, field: str, tools: Tools) -> dict[str, Any]:
    given = _given(program, field, tools)
    withheld = [c for c in tools.knowledge.program(program).claims.get(field, ()) if c.status == "withheld"]
    status = "given" if given else "withheld" if withheld else "absent"
    return {
        **_head(program, field, tools),
        "case": _case(field, tools),
        "part": "",
        "status": status,
        "told": [_told(c, tools) for c in given[:MOST]],
        "instead": False,
        "others": [],
        "facts": tuple(fact_of(c, tools.knowledge) for c in given[:MOST]),
        "unknown": () if given else (Unknown(program, tools.label(field), status),),  # type: ignore[arg-type]
    }


def of_fields_of_study(field: str, parts: Iterable[str], tools: Tools) -> list[dict[str, Any]]:
    """A field that is the same at every program: what it is for these fields of study."""
    out = []
    for part in parts:
        programs = (*tools.knowledge.programs.values(), *tools.knowledge.beyond.values())
        claim = next((c for p in programs if (c := p.claim(field, part)) is not None), None)
        if claim is not None:
            told = [_told(claim, tools)]
            head = {"program": "", "short": "", "label": tools.label(field), "field": field}
            fact = told[0]["fact"]
            out.append({**head, "case": _case(field, tools), "told": told, "others": [], "facts": (fact,)})
    return out


def _case(field: str, tools: Tools) -> str:
    """The phrase of a field: a choice has one of its own, by its name; figures share one."""
    return field if tools.knowledge.fields[field].type == "choice" else "outcome"


def _head(program: str, field: str, tools: Tools) -> dict[str, Any]:
    return {"program": tools.name(program), "short": tools.short(program), "label": tools.label(field), "field": field}


def _told(claim: Claim, tools: Tools) -> dict[str, Any]:
    """A claim with its field of study and what it is comparable by ("four years after completing")."""
    part = tools.knowledge.parts[claim.part]
    return {"part": _titled(part), "fact": fact_of(claim, tools.knowledge), "like": claim.like}


def title(part: str, tools: Tools) -> str:
    """A field of study by its name and code."""
    return _titled(tools.knowledge.parts[part])


def _titled(part: Part) -> str:
    return f"{part.title} ({part.code})" if part.code else part.title


def _claim(program: str, field: str, part: str, tools: Tools) -> Claim | None:
    """The claim of a part, given or withheld; None where the record has no row for it."""
    claims = tools.knowledge.program(program).claims.get(field, ())
    return next((c for c in claims if c.part == part), None)


def _given(program: str, field: str, tools: Tools) -> list[Claim]:
    return [c for c in tools.knowledge.program(program).claims.get(field, ()) if c.status == "given"]


def of_none(field: str, part: str, programs: Iterable[str], tools: Tools) -> SystemAct:
    """That no program asked about has a figure of a field of study: withheld at some, no such program at others."""
    claims = {p: _claim(p, field, part, tools) for p in programs}
    withheld = [p for p, claim in claims.items() if claim is not None and claim.status == "withheld"]
    about = f"{tools.label(field)}, {tools.knowledge.parts[part].title}"
    content = {"label": tools.label(field), "part": title(part, tools), "withheld": [tools.short(p) for p in withheld]}
    unknown = tuple(Unknown(p, about, "withheld") for p in withheld) or (Unknown(None, about, "absent"),)
    return SystemAct(act="unknown", case="no_figures", content=content, unknown=unknown, programs=tuple(withheld))


def ratios(lines: Iterable[dict[str, Any]], tools: Tools) -> list[dict[str, Any]]:
    """Debt to a year's earnings, where a reply tells both of the same field of study at a school."""
    told = [t["fact"] for line in lines if "told" in line and "others" in line for t in line["told"]]
    by = {(f.program, f.field, f.claim.part): f for f in told if f.claim is not None}
    out = []
    for (program, field, part), debt in by.items():
        earned = by.get((program, EARNED, part))
        if field != OWED or earned is None or program is None:
            continue
        value = round(debt.value / earned.value, 2)
        fact = computed(
            "debt_to_earnings", value, f"{value:.2f}", (debt, earned), "median debt by median yearly earnings"
        )
        head = {"program": tools.name(program), "short": tools.short(program), "part": title(part, tools)}
        out.append({**head, "case": "ratio", "ratio": fact, "facts": (replace(fact, program=program),)})
    return out


def notes(lines: Iterable[dict[str, Any]], tools: Tools) -> list[str]:
    """What is said once of all such figures of a reply: of whom they are, and that some may not be compared."""
    told = [
        t["fact"] for line in lines if "told" in line and "others" in line for t in (*line["told"], *line["others"])
    ]
    return about(told, tools)


def about(facts: Iterable[Fact], tools: Tools) -> list[str]:
    """Of whom the figures of some facts are, and that some may not be compared with each other."""
    facts = [f for f in facts if tools.knowledge.fields[f.field].type != "choice"]
    said = [_basis(f, tools) for f in facts]
    kinds = {(f.field, f.claim.like) for f in facts if f.claim and f.claim.like}
    if len(kinds) > len({field for field, _ in kinds}):
        said.append("These figures are not all of the same kind, so they should not be compared with each other.")
    return [s for s in dict.fromkeys(said) if s]


def _basis(fact: Fact, tools: Tools) -> str:
    basis, source = tools.basis(fact.field), tools.knowledge.sources[fact.document].title
    return f"{basis[:1].upper()}{basis[1:]} ({source})." if basis else ""
