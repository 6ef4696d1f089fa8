"""The programs as columns."""

from __future__ import annotations

import pytest

from knowledge import Knowledge, Table, is_masters

LARKSPUR, QUILLHAVEN, BIRCHMOOR = "larkspur-university", "quillhaven-state-university", "birchmoor-college"
TANSY, MESQUITE, OLD_HARBOR = "tansy-creek-university", "mesquite-flats-institute", "old-harbor-university"


@pytest.fixture(scope="module")
def table(tiny: Knowledge) -> Table:
    return Table(tiny)


def test_rows_stand_in_rank_order(tiny: Knowledge, table: Table) -> None:
    assert table.ids == tuple(tiny.programs)
    assert table.column("tuition") == (41000, 12000, 38500, 12000, 29900, None)


@pytest.mark.parametrize(
    ("program", "field", "part", "number"),
    [
        (LARKSPUR, "tuition", "", 41000),
        (LARKSPUR, "funded", "", 62.5),
        (OLD_HARBOR, "tuition", "", None),
        (QUILLHAVEN, "stipend", "", None),
        (LARKSPUR, "city", "", None),
        (LARKSPUR, "duration", "", 24),
        (QUILLHAVEN, "duration", "", 24),
        (TANSY, "duration", "", None),
        (LARKSPUR, "credits", "", 36),
        (LARKSPUR, "gpa", "", 3.7),
        (LARKSPUR, "gpa", "minimum", 3.0),
        (BIRCHMOOR, "gpa", "average_admitted", None),
        (LARKSPUR, "publishers", "", 2),
        (LARKSPUR, "authors", "", 2),
        (OLD_HARBOR, "publishers", "", None),
        (BIRCHMOOR, "workshop_size", "", 8),
        (LARKSPUR, "no_such_field", "", None),
    ],
)
def test_the_number_of_a_value(table: Table, program: str, field: str, part: str, number: float | None) -> None:
    assert table.number(program, field, part) == number


@pytest.mark.parametrize(
    ("program", "field", "texts"),
    [
        (LARKSPUR, "name", ("Larkspur University",)),
        (LARKSPUR, "program", (LARKSPUR,)),
        (LARKSPUR, "tuition", ("41000",)),
        (LARKSPUR, "degrees", ("BA in English", "MFA in Fiction", "PhD in Literature")),
        (LARKSPUR, "tracks", ("novel", "short story")),
        (QUILLHAVEN, "format", ("online", "part_time")),
        (QUILLHAVEN, "authors", ("Rosamund Achterberg", "sonnets")),
        (QUILLHAVEN, "duration", ("2 years at least",)),
        (BIRCHMOOR, "credits", ("40 units",)),
        (BIRCHMOOR, "gpa", ("3.2",)),
        (QUILLHAVEN, "stipend", ()),
        (OLD_HARBOR, "publishers", ()),
        (OLD_HARBOR, "no_such_field", ()),
    ],
)
def test_the_texts_of_a_value(table: Table, program: str, field: str, texts: tuple[str, ...]) -> None:
    assert table.texts(program, field) == texts


@pytest.mark.parametrize(
    "degree", ["MS", "MFA in Fiction", "Master of Data Science (MDS)", "Fifth-Year MS", "MBA", "MSE"]
)
def test_masters_degrees(degree: str) -> None:
    assert is_masters(degree)


@pytest.mark.parametrize(
    "degree",
    ["BS", "B.S. in X", "BA/BS", "BSE", "PhD", "Ph.D. in X", "Joint PhD", "Doctorate", "Bachelor of Arts"],
)
def test_other_degrees(degree: str) -> None:
    assert not is_masters(degree)
