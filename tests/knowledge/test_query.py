"""Questions over the table, each as one behaviour; test_oracle.py tries them at random."""

from __future__ import annotations

import pytest

from knowledge import AllOf, AnyOf, Filter, Knowledge, Not, Query, Table, Test, distance, holds, run

L, Q, B = "larkspur-university", "quillhaven-state-university", "birchmoor-college"
T, M, O = "tansy-creek-university", "mesquite-flats-institute", "old-harbor-university"  # noqa: E741

EUGENE = (44.05, -123.09)


@pytest.fixture(scope="module")
def table(tiny: Knowledge) -> Table:
    return Table(tiny)


@pytest.mark.parametrize(
    ("test", "program", "held"),
    [
        (Filter("tuition", "<=", 12000), Q, True),
        (Filter("tuition", "<", 12000), Q, False),
        (Filter("tuition", ">=", 38500), B, True),
        (Filter("tuition", ">", 38500), B, False),
        (Filter("tuition", "==", 41000), L, True),
        (Filter("tuition", "!=", 41000), L, False),
        (Filter("tuition", "<=", 12000), O, None),
        (Filter("tuition", "!=", 12000), O, None),
        (Filter("stipend", ">=", 1), Q, None),
        (Filter("state", "==", "or"), L, True),
        (Filter("state", "!=", "OR"), Q, True),
        (Filter("state", "in", ("OR", "ME")), Q, True),
        (Filter("state", "not in", ("OR", "ME")), B, True),
        (Filter("control", "in", ("public",)), O, None),
        (Filter("control", "not in", ("public",)), O, None),
        (Filter("rank", "in", (1, 2)), Q, True),
        (Filter("program", "==", Q), Q, True),
        (Filter("program", "not in", (Q, L)), Q, False),
        (Filter("publishers", "has", "paper lantern"), L, True),
        (Filter("publishers", "has", "Lantern"), B, True),
        (Filter("publishers", "has", "Lanter"), B, False),
        (Filter("publishers", "has", "Press Paper"), L, False),
        (Filter("publishers", "has", "Heron & Co. Press"), L, True),
        (Filter("publishers", "has not", "Heron"), Q, True),
        (Filter("publishers", "has", "Heron"), T, None),
        (Filter("publishers", "has not", "Heron"), T, None),
        (Filter("publishers", "has", ""), L, False),
        (Filter("authors", "has", "flash fiction"), L, True),
        (Filter("format", "has", "part_time"), Q, True),
        (Filter("format", "has", "part"), Q, False),
        (Filter("degrees", "has", "PhD"), L, True),
        (Filter("overview", "has", "river festival"), L, True),
        (Filter("gpa", "<=", 3.0, "minimum"), L, True),
        (Filter("gpa", ">=", 3.5, "average_admitted"), B, None),
        (Filter("duration", "<=", 24), L, True),
        (Filter("duration", "<=", 60), T, None),
        (Filter("stipend", "given"), Q, False),
        (Filter("stipend", "absent"), Q, True),
        (Filter("gpa", "given", part="average_admitted"), B, False),
        (Filter("duration", "given"), T, True),
        (Filter("city", "near", (*EUGENE, 10)), L, True),
        (Filter("city", "near", (*EUGENE, 10)), T, False),
        (Filter("city", "near", (*EUGENE, 25)), T, True),
        (Filter("city", "near", (*EUGENE, 10)), O, None),
        (Filter("no_such_field", "==", 1), L, None),
        (Filter("tuition", "<=", None), L, None),
        (Not(Filter("tuition", "<=", 12000)), Q, False),
        (Not(Filter("tuition", "<=", 12000)), O, None),
        (AnyOf((Filter("state", "==", "ME"), Filter("tuition", "<", 5))), O, True),
        (AnyOf((Filter("state", "==", "OR"), Filter("tuition", "<", 5))), O, None),
        (AnyOf((Filter("state", "==", "OR"), Filter("city", "==", "Rome"))), O, False),
        (AllOf((Filter("state", "==", "ME"), Filter("tuition", "<", 5))), O, None),
        (AllOf((Filter("state", "==", "OR"), Filter("tuition", "<", 5))), O, False),
        (AllOf((Filter("state", "==", "ME"), Filter("city", "==", "quillhaven"))), O, True),
        (AnyOf(()), L, False),
        (AllOf(()), L, True),
    ],
)  # fmt: skip
def test_whether_a_program_passes(table: Table, test: Test, program: str, held: bool | None) -> None:
    assert holds(test, table, program) is held


def test_without_an_order_rows_stand_by_rank(table: Table) -> None:
    assert run(Query(), table).rows == (L, Q, B, T, M, O)


def test_rows_that_cannot_be_told_are_named_apart(table: Table) -> None:
    found = run(Query(where=(Filter("funded", ">=", 40),)), table)
    assert (found.rows, found.untold) == ((L, Q, B), (T, O))


def test_ordering_leaves_out_rows_without_the_value(table: Table) -> None:
    found = run(Query(field="tuition", order="desc"), table)
    assert (found.rows, found.untold) == ((L, B, M, Q, T), (O,))


def test_ties_with_the_last_row_kept_are_kept(table: Table) -> None:
    assert run(Query(field="tuition", order="asc", limit=1), table).rows == (Q, T)
    assert run(Query(field="tuition", order="asc", offset=2, limit=1), table).rows == (M,)


def test_what_a_superlative_rests_on_is_counted(table: Table) -> None:
    found = run(Query(field="tuition", order="asc", limit=1, where=(Filter("state", "==", "OR"),)), table)
    assert (found.rows, found.counted) == ((T,), (L, T))


def test_texts_are_ordered_whatever_their_case(table: Table) -> None:
    assert run(Query(field="state", order="asc"), table).rows == (Q, O, L, T, M, B)


def test_counting(table: Table) -> None:
    found = run(Query("count", where=(Filter("control", "==", "private"),)), table)
    assert (found.value, found.rows, found.untold) == (3, (L, B, M), (O,))


@pytest.mark.parametrize(
    ("select", "field", "value"),
    [
        ("average", "tuition", 26680),
        ("median", "tuition", 29900),
        ("total", "stipend", 38500),
        ("difference", "tuition", 29000),
        ("range", "tuition", (12000, 41000)),
        ("difference", "funded", 47.3),
        ("average", "city", None),
        ("range", "no_such_field", None),
    ],
)
def test_numbers_made_of_a_field(table: Table, select: str, field: str, value: object) -> None:
    found = run(Query(select, field), table)  # type: ignore[arg-type]
    assert found.value == value
    assert (found.value is None) == (found.counted == ())


def test_an_average_names_the_rows_it_could_not_count(table: Table) -> None:
    found = run(Query("average", "stipend", where=(Filter("control", "!=", "private"),)), table)
    assert (found.value, found.counted, found.untold) == (14000, (T,), (Q, O))


def test_an_average_of_the_three_cheapest(table: Table) -> None:
    assert run(Query("average", "tuition", order="asc", limit=3), table).value == pytest.approx(53900 / 3)


def test_groups_stand_largest_first(table: Table) -> None:
    found = run(Query("group", "state"), table)
    assert found.groups == (("ME", (Q, O)), ("OR", (L, T)), ("TX", (M,)), ("VT", (B,)))


def test_people_are_grouped_by_name(table: Table) -> None:
    groups = dict(run(Query("group", "authors"), table).groups)
    assert groups == {"Ines Valdoro": (L,), "Tam Okonjo": (L,), "Rosamund Achterberg": (Q,)}


def test_only_the_programs_asked_of_are_looked_at(table: Table) -> None:
    found = run(Query(field="tuition", order="asc"), table, [O, L, B])
    assert (found.rows, found.untold) == ((B, L), (O,))


def test_distance_is_in_miles() -> None:
    assert distance((40.7128, -74.0060), (34.0522, -118.2437)) == pytest.approx(2446, rel=0.003)
    assert distance((0, 0), (0, 180)) == pytest.approx(12437, rel=0.001)
    assert distance((12, 34), (12, 34)) == 0
