"""Record tables: CSV files of a pack → claims, and programs beyond its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import Knowledge, KnowledgeError, Table, check, load

TINY = Path(__file__).resolve().parent.parent / "tiny"

TABLES = """
names = "record/names.toml"

[[table]]
file = "record/schools.csv"
source = "inkwell-2024"
key = "ID"
place = "row {ID}"
name = "NAME"
aliases = "ALSO"
latitude = "LAT"
longitude = "LON"

[[table.column]]
name = "STATE"
field = "state"

[[table.column]]
name = "KIND"
field = "control"
values = { 1 = "public", 2 = "private" }

[[table.against]]
field = "tuition"
columns = ["PRICE", "FEE"]
what = "the survey's price with fees"

[[table]]
file = "record/stipends.csv"
source = "inkwell-2024"
key = "ID"
part = "GENRE"
place = "row {ID}, genre {GENRE}"
withheld = "PS"
words = { AFTER = { 1 = "one year" } }

[[table.column]]
name = "STIPEND"
field = "stipend"
basis = "paid {AFTER} on"
like = "{AFTER} on"
marked = "MARK"
note = "Marked {MARK}."

[[table]]
file = "record/genres.csv"
source = "inkwell-2024"
part = "GENRE"
place = "genre {GENRE}"

[[table.column]]
name = "FUNDED"
field = "funded"
"""
PARTS = """
[[part]]
id = "poetry"
title = "Poetry"
names = ["verse"]

[[part]]
id = "prose"
title = "Prose"
under = "poetry"
"""
FILES = {
    "tables.toml": TABLES,
    "parts.toml": PARTS,
    "record/names.toml": '[fenwick-college]\nshort = "Fenwick"\nnames = ["Fen"]\n',
    "record/schools.csv": (
        "ID,NAME,ALSO,STATE,KIND,LAT,LON,PRICE,FEE\n"
        "1,Larkspur University,,WA,2,44.1,-123.1,30000,500\n"
        "2,Fenwick College,FNWK,ME,1,44.5,-69.2,,\n"
    ),
    "record/stipends.csv": (
        "ID,GENRE,STIPEND,AFTER,MARK\n1,prose,21000,1,\n1,poetry,PS,,\n2,poetry,9000,1,odd\n2,prose,,,\n"
    ),
    "record/genres.csv": "GENRE,FUNDED\npoetry,40\n",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """The tiny pack with record tables, of which one row is Larkspur's and one is beyond."""
    folder = shutil.copytree(TINY, tmp_path / "pack")
    (folder / "record").mkdir()
    for file, text in FILES.items():
        (folder / file).write_text(text)
    larkspur = folder / "programs" / "larkspur-university.toml"
    larkspur.write_text('record = "1"\n' + larkspur.read_text())
    return folder


@pytest.fixture
def recorded(pack: Path) -> Knowledge:
    return load(pack)


def test_rows_of_no_program_are_programs_beyond(tiny: Knowledge, recorded: Knowledge) -> None:
    assert list(recorded.programs) == list(tiny.programs)
    fenwick = recorded.program("fenwick-college")
    assert list(recorded.beyond) == ["fenwick-college"]
    assert (fenwick.name, fenwick.short, fenwick.names) == (
        "Fenwick College",
        "Fenwick",
        ("Fenwick College", "Fenwick", "Fen", "FNWK"),
    )
    assert (fenwick.latitude, fenwick.value("state"), fenwick.value("control")) == (44.5, "ME", "public")


def test_claims_of_the_record_stand_after_a_program_s_own(recorded: Knowledge) -> None:
    larkspur = recorded.program("larkspur-university")
    assert [(claim.value, claim.source) for claim in larkspur.claims["state"]] == [
        ("OR", "quill-2026"),
        ("WA", "inkwell-2024"),
    ]


def test_a_claim_says_part_basis_place_and_what_it_is_comparable_with(recorded: Knowledge) -> None:
    claim = recorded.program("larkspur-university").claim("stipend", "prose")
    assert claim is not None
    assert (claim.value, claim.part, claim.like, claim.basis) == (21000, "prose", "one year on", "paid one year on")
    assert (claim.place, claim.as_of, claim.note) == ("row 1, genre prose, column STIPEND", "2024", "")
    odd = recorded.program("fenwick-college").claim("stipend")
    assert odd is not None and odd.note == "Marked odd."


def test_a_withheld_cell_is_a_claim_without_value_and_an_empty_one_is_none(recorded: Knowledge) -> None:
    larkspur, fenwick = recorded.program("larkspur-university"), recorded.program("fenwick-college")
    poetry = [claim for claim in larkspur.claims["stipend"] if claim.part == "poetry"]
    assert [(claim.status, claim.value, claim.like) for claim in poetry] == [("withheld", None, "")]
    assert [claim.part for claim in fenwick.claims["stipend"]] == ["poetry"]


def test_a_table_without_a_key_holds_for_all_that_have_the_part(recorded: Knowledge) -> None:
    programs = (*recorded.programs.values(), *recorded.beyond.values())
    having = {p.id: [c.value for c in p.claims.get("funded", ()) if c.part] for p in programs}
    assert {id: values for id, values in having.items() if values} == {
        "larkspur-university": [40],
        "fenwick-college": [40],
    }


def test_evidence_is_held_against_the_pack_s_own_programs(recorded: Knowledge) -> None:
    assert [(one.program, one.field, one.value) for one in recorded.evidence] == [
        ("larkspur-university", "tuition", 30500)
    ]
    told = [f.what for f in check(recorded) if "the record disagrees" in f.what]
    assert any("10,500 more (34%) than the survey's price with fees" in what for what in told)


def test_numbers_of_parts_are_columns_too(recorded: Knowledge) -> None:
    table = Table(recorded)
    assert table.everywhere == (*table.ids, "fenwick-college")
    assert table.number("larkspur-university", "stipend", "prose") == 21000
    assert table.number("larkspur-university", "stipend", "poetry") is None
    assert table.value("fenwick-college", "state") == "ME"


def test_tables_change_the_hash(pack: Path, recorded: Knowledge) -> None:
    (pack / "record" / "genres.csv").write_text("GENRE,FUNDED\npoetry,41\n")
    assert load(pack).hash != recorded.hash


def test_a_table_that_is_not_there_and_a_name_of_no_school_are_told_by_checking(pack: Path) -> None:
    (pack / "record" / "genres.csv").unlink()
    (pack / "record" / "names.toml").write_text('[fenwik-college]\nshort = "Fen"\n')
    told = {finding.where: finding for finding in check(load(pack)) if finding.level == "warning"}
    assert told["record/genres.csv"].what == "is not there"
    assert told["record/names.toml: fenwik-college"].remedy == "did you mean 'fenwick-college'?"


WRONG = [
    ("record/schools.csv", "NAME,ALSO", "NAME,ELSE", "line 1", "there is no column 'ALSO'"),
    ("record/schools.csv", ",30000,500", ",30000", "line 2", "has 8 cells and the first line 9"),
    ("record/schools.csv", "2,Fenwick", "1,Fenwick", "line 3", "1 stands in line 2 too"),
    ("record/schools.csv", "2,Fenwick College", ",Fenwick College", "line 3, ID", "is empty"),
    ("record/schools.csv", "Fenwick College", "", "ID 2, NAME", "is empty"),
    ("record/schools.csv", "ME,1", "ME,3", "ID 2, KIND", "'3' is not a value that tables.toml knows"),
    ("record/stipends.csv", "21000", "21k", "ID 1, STIPEND", "'21k' is not a number"),
    ("record/stipends.csv", "1,prose", "1,drama", "line 2, GENRE", "there is no part 'drama'"),
    ("record/stipends.csv", "2,prose", "3,prose", "ID 3", "is a school that no table names"),
    ("record/genres.csv", "40", "140", "GENRE poetry, FUNDED", "140 is more than 100"),
    ("tables.toml", 'field = "stipend"', 'field = "stipends"', "record/stipends.csv, STIPEND", "there is no field"),
    ("tables.toml", "{AFTER} on", "{BEFORE} on", "line 1", "there is no column 'BEFORE'"),
    ("tables.toml", "inkwell-2024", "inkwell", "table[0].source", "there is no source 'inkwell'"),
    ("tables.toml", 'key = "ID"', 'keys = "ID"', "table[0].keys", "is not a known key"),
    ("tables.toml", "names.toml", "nomes.toml", "names", "there is no file 'record/nomes.toml'"),
    ("tables.toml", "genres.csv", "genre.csv", "", "is a table that tables.toml does not name"),
    ("parts.toml", 'under = "poetry"', 'under = "verse"', "part[1].under", "there is no part 'verse'"),
    ("record/names.toml", "short", "shirt", "fenwick-college.shirt", "is not a known key"),
    ("programs/birchmoor-college.toml", "id = ", 'record = "1"\nid = ', "record", "'1' is that of"),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "message"), WRONG, ids=[f"{w[0]}: {w[4]}" for w in WRONG])
def test_a_wrong_table_names_file_place_and_remedy(
    pack: Path, file: str, old: str, new: str, key: str, message: str
) -> None:
    text = (pack / file).read_text()
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1))
    with pytest.raises(KnowledgeError) as caught:
        load(pack)
    found = [p for p in caught.value.problems if p.key == key and message in p.message]
    assert found, [str(p) for p in caught.value.problems]
    assert found[0].remedy
