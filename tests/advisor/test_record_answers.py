"""Values of the record drawn at random, over all its schools, and asked for in conversation.

Each must come back exactly, with source, year, level and basis; a withheld one is never a number, and a
field of study that a school has no master's in is absent.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import pytest

from advisor import Conversation, Reply
from advisor.settings import SHIPPED
from tests import advisors
from tests.advisor import federal

DRAWN = 300
SHARE = 0.97
OUTCOMES = {"earnings": "EARNINGS", "debt": "DEBT", "completers": "COMPLETERS"}
CHARGES = {
    "graduate_tuition_in_state": "TUITION6",
    "graduate_tuition_out_of_state": "TUITION7",
    "graduate_fees_in_state": "FEE6",
    "graduate_fees_out_of_state": "FEE7",
}
SAID = {
    "earnings": [
        "what do {part} master's graduates of {school} earn",
        "median earnings in {part} at {school}",
        "how much do people make after a {part} masters at {school}?",
        "{school} {part} salary",
        "pay after a master's in {part} from {school}",
    ],
    "debt": [
        "debt in {part} at {school}",
        "how much do {part} masters grads of {school} owe?",
        "what is the median debt of {part} master's graduates at {school}",
        "{school}: student debt for {part}?",
    ],
    "completers": [
        "how many people complete the {part} master's at {school} a year",
        "how many {part} master's degrees does {school} give out per year?",
        "{part} master's graduates a year at {school}",
    ],
    "stem": [
        "is {part} at {school} STEM designated?",
        "is the {part} master's at {school} on the federal STEM list",
        "does {part} at {school} count as STEM",
    ],
    "graduate_tuition_in_state": [
        "in-state graduate tuition at {school}",
        "what is graduate tuition at {school} for residents?",
        "graduate tuition at {school}",
    ],
    "graduate_tuition_out_of_state": [
        "out-of-state graduate tuition at {school}",
        "what does grad school at {school} cost for international students",
        "graduate tuition at {school}",
    ],
    "graduate_fees_in_state": ["graduate fees at {school}", "just the fees at {school} for grad students?"],
    "graduate_fees_out_of_state": ["graduate fees at {school}", "how much are grad fees at {school} a year"],
}


@dataclass(frozen=True)
class Asked:
    """A cell of the record, and a question for it."""

    program: str
    field: str
    part: str
    cell: str
    horizon: str
    text: str

    def __str__(self) -> str:
        return f"{self.text!r} [{self.program}, {self.field} {self.part} = {self.cell or 'nothing'}]"


@cache
def spoken() -> dict[str, list[str]]:
    """What fields of study are called: their titles, and what people say."""
    parts = tomllib.loads((SHIPPED / "parts.toml").read_text(encoding="utf-8"))["part"]
    return {part["id"]: [part["title"].removesuffix(", General"), *part["names"][:2]] for part in parts}


@cache
def schools() -> dict[str, str]:
    """The full names of schools, where it is clear which is meant: two of one name are not asked about."""
    called = list(federal.names().values())
    return {federal.ids()[u]: name for u, name in federal.names().items() if called.count(name) == 1}


def asked(
    program: str, field: str, part: str, cell: str, horizon: str, choose: random.Random, school: str = ""
) -> Asked:
    said = choose.choice(spoken()[part]) if part else ""
    text = choose.choice(SAID[field]).format(part=said, school=school or schools()[program])
    return Asked(program, field, part, cell, horizon, text)


def cells() -> Iterator[tuple[str, str, str, str, str]]:
    """Every cell of the record that has a value or is withheld."""
    for (program, part), row in federal.studies().items():
        for field, column in OUTCOMES.items():
            if row[column]:
                yield program, field, part, row[column], row["HORIZON"]
        yield program, "stem", part, federal.stem()[part], ""
    for program, charges in federal.charges().items():
        for field, column in CHARGES.items():
            if charges[column]:
                yield program, field, "", charges[column], ""


@cache
def drawn() -> list[Asked]:
    """Values and withheld ones, so that each field has about as many of them."""
    choose = random.Random(4)
    by_kind: dict[tuple[str, bool], list[tuple[str, str, str, str, str]]] = {}
    for cell in cells():
        if cell[0] in schools():
            by_kind.setdefault((cell[1], cell[3] == federal.WITHHELD), []).append(cell)
    each = DRAWN // len(by_kind)
    kept = [cell for kind in sorted(by_kind) for cell in choose.sample(by_kind[kind], each)]
    return [asked(*cell, choose) for cell in kept]


@cache
def lacking() -> list[Asked]:
    """Fields of study that a school has no master's in, nor one of what stands in for them."""
    choose = random.Random(5)
    found = []
    for program in choose.sample(sorted(set(federal.unitids()) & set(schools())), 200):
        part = choose.choice([p for p in federal.titles() if p != "1107"])
        field = choose.choice(list(OUTCOMES))
        if (program, part) not in federal.studies():
            found.append(asked(program, field, part, "", "", choose))
    return found[:60]


@cache
def nicknamed() -> list[Asked]:
    """Values of schools asked for by what people call them, in small letters."""
    choose = random.Random(6)
    called = tomllib.loads((SHIPPED / "federal" / "names.toml").read_text(encoding="utf-8"))
    names = {id: [*filter(None, [entry.get("short")]), *entry.get("names", [])] for id, entry in called.items()}
    given = [cell for cell in cells() if cell[0] in names and names[cell[0]] and cell[3] != federal.WITHHELD]
    kept = choose.sample(given, 150)
    return [asked(*cell, choose, school=choose.choice(names[cell[0]]).lower()) for cell in kept]


def told(text: str) -> Reply:
    return advisors.real().reply(Conversation("test"), text)


def fault(one: Asked, reply: Reply) -> str:
    """What is wrong with an answer; empty where it is right."""
    if one.program not in reply.programs:
        return f"is about {', '.join(reply.programs) or 'no school'} ({reply.act})"
    title = federal.titles().get(one.part, "")
    facts = [f for f in reply.facts if (f.program, f.field) == (one.program, one.field) and title in f.basis]
    if one.cell == federal.WITHHELD:
        return _fault_of_withheld(one, reply, len(facts), title)
    if not facts:
        return "does not state it"
    fact = facts[0]
    value: object = one.cell if one.field == "stem" else int(one.cell)
    if fact.value != value:
        return f"states {fact.value}"
    if one.field != "stem" and fact.display.removesuffix(" a year") not in reply.text:
        return f"does not write {fact.display}"
    if one.field != "stem" and f"{int(one.cell):,}" not in fact.display:
        return f"shows it as {fact.display}"
    unitid = federal.unitids()[one.program]
    if one.field == "stem":
        return "" if (fact.document, fact.as_of) == ("dhs-stem-list", "2024") and "I-20" in reply.text else "source"
    document, year = ("ipeds-charges", "2022-23") if not one.part else ("scorecard-field-of-study", "2026-06-10")
    if (fact.document, fact.as_of) != (document, year) or unitid not in fact.place:
        return f"is of {fact.document}, {fact.as_of}, {fact.place}"
    if year not in reply.text:
        return f"does not say {year}"
    if one.part and (one.part not in fact.place or title not in reply.text):
        return "does not say of which field of study"
    if not one.part and not ("graduate" in reply.text and "institution" in reply.text and "institution" in fact.basis):
        return "does not say of which students"
    if one.field == "earnings" and not _is_of(federal.HORIZONS[one.horizon], fact.basis, reply.text):
        return "does not say how long after"
    if one.field in {"earnings", "debt"} and "federal student" not in reply.text:
        return "does not say of whom"
    return ""


def _is_of(horizon: str, basis: str, text: str) -> bool:
    return f"{horizon} after completing" in basis and f"{horizon} after completing" in text


def _fault_of_withheld(one: Asked, reply: Reply, facts: int, title: str) -> str:
    if facts:
        return "states a withheld value"
    statuses = {u.status for u in reply.unknown if u.program == one.program and title in u.about}
    if statuses != {"withheld"}:
        return f"stands in unknown as {', '.join(sorted(statuses)) or 'nothing'}"
    if "withh" not in reply.text:
        return "does not say that it is withheld"
    # No sentence puts a number beside that field of study, for what else is told names its own.
    stated = re.search(rf"{re.escape(title)} \([\d.]+\): \$?\d", reply.text)
    return f"says {stated[0]!r}" if stated else ""


def _share_of(questions: list[Asked], faults: list[tuple[Asked, str]]) -> float:
    return 1 - len(faults) / len(questions)


@pytest.mark.slow
def test_values_drawn_at_random_come_back_exactly() -> None:
    faults = [(one, wrong) for one in drawn() if (wrong := fault(one, told(one.text)))]
    assert len(drawn()) >= DRAWN - 10
    assert _share_of(drawn(), faults) >= SHARE, "\n".join(f"{one}: {wrong}" for one, wrong in faults)


@pytest.mark.slow
def test_values_come_back_by_what_people_call_the_schools() -> None:
    faults = [(one, wrong) for one in nicknamed() if (wrong := fault(one, told(one.text)))]
    assert _share_of(nicknamed(), faults) >= SHARE, "\n".join(f"{one}: {wrong}" for one, wrong in faults)


@pytest.mark.slow
def test_what_a_school_has_no_master_s_in_is_absent_and_no_number() -> None:
    faults = []
    for one in lacking():
        reply = told(one.text)
        title = federal.titles()[one.part]
        statuses = {u.status for u in reply.unknown if u.program == one.program and title in u.about}
        stated = [f for f in reply.facts if f.field == one.field and title in f.basis]
        if one.program not in reply.programs or statuses != {"absent"} or stated:
            faults.append((one, f"{reply.act}, {statuses or 'nothing unknown'}, {len(stated)} facts"))
    assert _share_of(lacking(), faults) >= SHARE, "\n".join(f"{one}: {wrong}" for one, wrong in faults)


def test_every_cell_is_a_claim_with_its_place() -> None:
    knowledge = advisors.shipped().knowledge
    for program, field, part, cell, horizon in cells():
        claims = [c for c in knowledge.program(program).claims[field] if c.part == part]
        given = advisors.shipped().claim_dict(claims[0])
        assert len(claims) == 1
        if cell == federal.WITHHELD:
            assert (given["value"], given["status"], given["display"]) == (None, "withheld", "withheld")
            continue
        assert given["status"] == "given" and str(given["value"]) == cell, (program, field, part)
        assert given["basis"] and given["as_of"] and given["source"]["place"]
        assert field != "earnings" or f"{federal.HORIZONS[horizon]} after completing" in given["basis"]
