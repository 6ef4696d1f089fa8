"""The price that applies to a student: what a program charges somebody who lives where the student does.

A pack that knows such prices says so (`Pack.price`): which field a price is asked for by, and which fields
make up the sum that applies, for residents of the program's state and for all others. Where the student's
residency is not known, the field asked for is used as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from knowledge import AllOf, AnyOf, Claim, Doubt, Filter, Knowledge, Not, Program, Query, Table, Test

from advisor.dialogue.profile import Profile

PRICED = ("tuition", "total_cost")
"""The slots that are held against a price."""
RESIDENT, ELSEWHERE = "resident", "out_of_state"
"""Residencies that stand for the two sides of every price."""


def residency_of(profile: Profile) -> str:
    """Where the student lives, as the contract has it: a state's code, "out_of_state", "international", or ""."""
    return str(profile.value("residency") or "")


def applies(field: str, residency: str, knowledge: Knowledge) -> bool:
    """Whether a field is one that another price stands in for, once the residency is known."""
    price = knowledge.pack.price
    return bool(residency) and price is not None and field == price.asked


def number(program: str, field: str, residency: str, table: Table, knowledge: Knowledge) -> float | None:
    """The number of a field for this student: the price that applies in place of the one asked for."""
    price = knowledge.pack.price
    if price is not None and applies(field, residency, knowledge):
        return table.number(program, price.field, residency)
    return table.number(program, field)


def charged(program: Program, residency: str, knowledge: Knowledge) -> tuple[Claim, ...]:
    """The claims whose sum a student of a residency is charged; () where one of them is not given."""
    price = knowledge.pack.price
    if price is None or not residency:
        return ()
    claims = [program.claim(field) for field in price.fields(program, residency)]
    return tuple(c for c in claims if c is not None) if None not in claims else ()


def for_student(test: Test, residency: str, knowledge: Knowledge) -> Test:
    """A test with the price that applies in the place of the one asked for.

    An upper limit holds when the price that applies is within it. Where that is a figure of the institution
    only (`Price.settles` says where it decides alone) and the field asked for is above the limit, it cannot
    be told: the program may fit. With the residency unknown, the field asked for decides; where it is not
    given, a limit within the price of both sides holds, and one within that of residents alone may.
    """
    match test:
        case AllOf():
            return AllOf(tuple(for_student(t, residency, knowledge) for t in test.tests))
        case AnyOf():
            return AnyOf(tuple(for_student(t, residency, knowledge) for t in test.tests))
        case Not():
            return Not(for_student(test.test, residency, knowledge))  # type: ignore[arg-type]
        case Filter() if _is_priced(test, knowledge):
            return _priced(test, residency, knowledge) if residency else _priced_for_all(test, knowledge)
    return test


def _is_priced(test: Filter, knowledge: Knowledge) -> bool:
    price = knowledge.pack.price
    return price is not None and test.field == price.asked and test.op in {"<", "<=", ">", ">=", "=="}


def _priced_for_all(test: Filter, knowledge: Knowledge) -> Test:
    price = knowledge.pack.price
    assert price is not None
    resident, other = (Filter(price.field, test.op, test.value, side) for side in (RESIDENT, ELSEWHERE))
    given, absent = Filter(price.asked, "given"), Filter(price.asked, "absent")
    return AnyOf((AllOf((given, test)), AllOf((absent, resident, Doubt(other)))))


def _priced(test: Filter, residency: str, knowledge: Knowledge) -> Test:
    price = knowledge.pack.price
    assert price is not None
    held = Filter(price.field, test.op, test.value, residency)
    if test.op not in {"<", "<="}:
        return held
    alone = tuple(Filter(field, "==", value) for field, value in price.settles.items())
    return AllOf((held, AnyOf((*alone, Filter(price.asked, "absent"), Doubt(test)))))


def query_for(query: Query, residency: str, knowledge: Knowledge) -> Query:
    """A question over the table as it is for this student: "cheapest" goes by the price that applies."""
    price = knowledge.pack.price
    where = tuple(for_student(t, residency, knowledge) for t in query.where)
    if price is not None and query.field is not None and applies(query.field, residency, knowledge):
        return replace(query, field=price.field, part=residency, where=where)
    return replace(query, where=where)


def tests_for(tests: Mapping[str, Test], residency: str, knowledge: Knowledge) -> dict[str, Test]:
    """The tests of a profile, by slot, as they are for this student."""
    return {slot: for_student(t, residency, knowledge) if slot in PRICED else t for slot, t in tests.items()}
