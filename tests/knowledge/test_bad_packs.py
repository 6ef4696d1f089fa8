"""What a broken pack is answered with: the file, the key, what is wrong and what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge import KnowledgeError, load

TINY = Path(__file__).resolve().parent.parent / "tiny"
LARKSPUR = "programs/larkspur-university.toml"
OHU = "programs/old-harbor-university.toml"

# The file, its old text (None: all of it), the new one (None: the file goes), and what is said of it:
# the key, a part of the message, a part of the remedy.
BROKEN: list[tuple[str, str | None, str | None, str, str, str]] = [
    # values
    (
        LARKSPUR,
        "value = 41000",
        "value = '41,000'",
        "tuition[0].value",
        "'41,000' is not a number",
        "write 41000",
    ),
    (LARKSPUR, "value = 41000", "value = '21,5 kg'", "tuition[0].value", "'21,5 kg' is not a number", "write 21.5"),
    ("fields.toml", 'type = "percent"', 'type = "float"', "funded.type", "'float' is not one of the types", '"number"'),
    ("fields.toml", 'type = "percent"', 'type = "bool"', "funded.type", "is not one of the types", '["yes", "no"]'),
    (LARKSPUR, "value = 41000", "value = true", "tuition[0].value", "True is not a number", "write a number"),
    (LARKSPUR, "value = 41000", "value = nan", "tuition[0].value", "nan is not a number", "write a number"),
    (LARKSPUR, "value = 41000", "value = 0", "tuition[0].value", "0 is less than 1", "correct it"),
    (LARKSPUR, "value = 62.5", "value = 162.5", "funded[0].value", "162.5 is more than 100", "correct it"),
    (
        LARKSPUR,
        "value = 12\n",
        "value = 12.5\n",
        "workshop_size[0].value",
        "12.5 is not a whole number",
        "whole",
    ),
    (
        LARKSPUR,
        'value = "full"',
        'value = "ful"',
        "residency[0].value",
        "'ful' is not one of the choices",
        "'full'?",
    ),
    (LARKSPUR, 'value = "OR"', "value = 97401", "state[0].value", "97401 is not a text", "quotes"),
    (LARKSPUR, 'value = "OR"', "value = 2026-01-01", "state[0].value", "2026-01-01 is not a text", "quotes"),
    (LARKSPUR, 'value = "OR"', 'value = "  "', "state[0].value", "is empty", "leave out"),
    (
        LARKSPUR,
        '["Heron & Co. Press", "Paper Lantern Books"]',
        '"Heron"',
        "publishers[0].value",
        "is not a list",
        "[square",
    ),
    (
        LARKSPUR,
        '["Heron & Co. Press", "Paper Lantern Books"]',
        "[]",
        "publishers[0].value",
        "is empty",
        "leave out",
    ),
    (LARKSPUR, '"Paper Lantern Books"]', '""]', "publishers[0].value[1]", "is empty", "remove it"),
    (LARKSPUR, '"Paper Lantern Books"]', "7]", "publishers[0].value[1]", "7 is not a text", "quotes"),
    (
        LARKSPUR,
        '{name = "Ines Valdoro"',
        '{nam = "Ines Valdoro"',
        "authors[0].value[0].nam",
        "not a known key",
        "'name'?",
    ),
    (
        LARKSPUR,
        '{name = "Tam Okonjo", focus = "flash fiction"}',
        '"Tam"',
        "authors[0].value[1]",
        "not a table",
        "{key",
    ),
    (
        LARKSPUR,
        "count = 48",
        "count = '48 credits'",
        "credits[0].value[0].count",
        "is not a number",
        "write 48",
    ),
    (LARKSPUR, "count = 48", "count = 0", "credits[0].value[0].count", "0 is not above zero", "leave it out"),
    (
        LARKSPUR,
        "value = 3.7, kind",
        "value = 37, kind",
        "gpa[0].value[0].value",
        "not between 0 and 4.0",
        "out of 4.0",
    ),
    (
        LARKSPUR,
        '"average_admitted"',
        '"mean"',
        "gpa[0].value[0].kind",
        "'mean' is not one of",
        "'average_admitted'",
    ),
    (
        LARKSPUR,
        '["on_campus", ',
        '["campus", ',
        "format[0].value[0].modes[0]",
        "'campus' is not one of",
        "'on_campus'",
    ),
    (
        LARKSPUR,
        "max = 36}, text",
        "max = 6}, text",
        "duration[0].value[0].months.max",
        "6 is not 24 or more",
        "larger",
    ),
    (
        LARKSPUR,
        "min = 48, max = 48",
        "max = 48",
        "degrees[0].value[0].duration_months.min",
        "is missing",
        "add it",
    ),
    # claims
    (LARKSPUR, 'value = "full"\n', "", "residency[0].value", "is missing", "add it"),
    (LARKSPUR, 'place = "Page 2"', "", "residency[0].place", "is missing", "add it"),
    (LARKSPUR, 'place = "Page 2"', 'place = ""', "residency[0].place", "is empty", "write a text"),
    (
        LARKSPUR,
        'place = "Page 2"',
        'plase = "2"\nplace = "2"',
        "residency[0].plase",
        "not a known key",
        "'place'?",
    ),
    (
        LARKSPUR,
        'source = "inkwell-2024"',
        'source = "inkwel-2024"',
        "stipend[0].source",
        "no source",
        "'inkwell-2024'?",
    ),
    (
        LARKSPUR,
        'source = "inkwell-2024"',
        'status = "withheld"',
        "stipend[0].value",
        "is given",
        "remove one",
    ),
    (OHU, 'value = "ME"', 'value = "ME"\nprogram = "x"', "state[0].program", "not a known key", "place"),
    (LARKSPUR, "[[tuition]]", "[[tuitoin]]", "tuitoin", "is not a field", "'tuition'?"),
    (LARKSPUR, "[[tuition]]", "[tuition]", "tuition", "is not a claim", "write [[tuition]]"),
    # programs
    (
        OHU,
        'id = "old-harbor-university"',
        'id = "old-harbour"',
        "id",
        "'old-harbour' is not the name of the file",
        "rename",
    ),
    (OHU, 'short = "Old Harbor"\n', "", "short", "is missing", "add it"),
    (OHU, 'short = "Old Harbor"\n', 'short = ""\n', "short", "is empty", "write a text"),
    (
        OHU,
        'names = ["Old Harbor University", "OHU"]',
        'names = "OHU"',
        "names",
        "'OHU' is not a list",
        "[square",
    ),
    (
        OHU,
        'short = "Old Harbor"',
        'short = "Old Harbor"\nlatitude = 44',
        "longitude",
        "is missing",
        "both or neither",
    ),
    (
        LARKSPUR,
        "latitude = 44.05",
        "latitude = 440.5",
        "latitude",
        "440.5 is not a latitude",
        "from -90 to 90",
    ),
    (OHU, None, "id = [1, 2", "", "is not valid TOML", "correct that line"),
    (OHU, None, "a = " + "[" * 5000, "", "is not valid TOML", ""),
    (OHU, None, "a = " + "9" * 5000, "", "is not valid TOML", "correct that line"),
    (OHU, None, "\n\n# caf\udce9", "", "is not UTF-8 text (line 3)", "save it as UTF-8"),
    # the other files
    ("pack.toml", 'title = "US', 'titel = "US', "title", "is missing", "add it"),
    (
        "pack.toml",
        'source = "quill-2026"',
        'source = "quil"',
        "source",
        "there is no source 'quil'",
        "quill-2026",
    ),
    ("fields.toml", None, None, "", "is missing", "every pack needs it"),
    (
        "fields.toml",
        'type = "money"',
        'type = "dollars"',
        "tuition.type",
        "'dollars' is not one of",
        "'money'",
    ),
    ("fields.toml", 'item = "named"', "", "authors.item", "is missing", "entry of the list"),
    ("fields.toml", 'choices = ["full", "low"]', "", "residency.choices", "is missing", "list what"),
    (
        "fields.toml",
        '"${value:,} a year"',
        '"${price} a year"',
        "tuition.show",
        "cannot show a value",
        "{value}",
    ),
    (
        "fields.toml",
        "least_number = 0\nmost_number = 100",
        "least_number = 100\nmost_number = 0",
        "funded.least_number",
        "more than",
        "swap",
    ),
    ("fields.toml", "[residency]", "[Residency]", "Residency", "cannot be the name", "lower-case"),
    ("sources.toml", "[[source]]", "[[sources]]", "sources", "is not a known key", "[[source]]"),
    (
        "sources.toml",
        'taken = "2026-10-01"',
        "taken = 2026-10-01",
        "source[0].taken",
        "2026-10-01 is not a text",
        "quotes",
    ),
    (
        "sources.toml",
        'id = "inkwell-2024"',
        'id = "quill-2026"',
        "source[1].id",
        "is there twice",
        "its own id",
    ),
    (
        "places.toml",
        'kind = "metro"',
        'kind = "county"',
        "place[5].kind",
        "'county' is not one of",
        "'metro'",
    ),
    ("topics.toml", 'where = "the', 'were = "the', "topic[0].where", "is missing", "add it"),
    (
        "contradictions.toml",
        '{text = "8 students", ',
        "{",
        "contradiction[0].says[0].text",
        "is missing",
        "add it",
    ),
    ("topic.toml", None, "", "", "is not a file that a pack has", "'topics.toml'?"),
    # the guide
    ("guide/careers.md", "+++\nid", "id", "", "has no head", "two lines +++"),
    ("guide/careers.md", 'title = "After', 'titel = "After', "title", "is missing", "add it"),
    (
        "guide/careers.md",
        'title = "After the degree"',
        "title = After",
        "",
        "(at line 3",
        "correct that line",
    ),
    ("guide/careers.md", 'id = "careers"', 'id = "career"', "id", "is not the name of the file", "'careers'"),
    (
        "guide/careers.md",
        'source = "quill-2026"',
        'source = "x"',
        "source",
        "there is no source 'x'",
        "quill-2026",
    ),
    (
        "guide/careers.md",
        '"Publishing" = [',
        '"Publishers" = [',
        "asks.'Publishers'",
        "is the heading of no block",
        "'Publishing'?",
    ),
    (
        "guide/careers.md",
        '["can I work in publishing", ',
        "[5, ",
        "asks.'Publishing'[0]",
        "5 is not a text",
        "quotes",
    ),
    (
        "guide/careers.md",
        "One graduate",
        "## Publishing\nOne",
        "## Publishing",
        "is there twice",
        "its own heading",
    ),
    (
        "guide/careers.md",
        "One graduate in four works for a publisher within two years.",
        "",
        "## Publishing",
        "has no text",
        "write it",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "key", "message", "remedy"), BROKEN)
def test_the_message_names_file_and_key_and_what_to_do(
    tmp_path: Path, file: str, old: str | None, new: str | None, key: str, message: str, remedy: str
) -> None:
    pack = shutil.copytree(TINY, tmp_path / "pack")
    path = pack / file
    if new is None:
        path.unlink()
    elif old is None:
        path.write_bytes(new.encode("utf-8", "surrogateescape"))
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(KnowledgeError) as caught:
        load(pack)

    found = [p for p in caught.value.problems if (p.file, p.key) == (file, key) and message in p.message]
    assert found, [str(p) for p in caught.value.problems]
    assert remedy in found[0].remedy
    assert "\n" not in str(found[0])


def test_a_problem_reads_as_one_line(tmp_path: Path) -> None:
    pack = shutil.copytree(TINY, tmp_path / "pack")
    path = pack / LARKSPUR
    path.write_text(path.read_text().replace("value = 41000", "value = '41,000'"))
    with pytest.raises(KnowledgeError) as caught:
        load(pack)
    line = f"{LARKSPUR}: tuition[0].value: '41,000' is not a number; write 41000"
    assert str(caught.value) == line


def test_a_pack_without_programs_is_refused(tmp_path: Path) -> None:
    pack = shutil.copytree(TINY, tmp_path / "pack")
    shutil.rmtree(pack / "programs")
    with pytest.raises(KnowledgeError, match="holds no program"):
        load(pack)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = shutil.copytree(TINY, tmp_path / "pack")

    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(KnowledgeError, match=r"contradictions\.toml: cannot be read: Permission denied"):
        load(pack)
