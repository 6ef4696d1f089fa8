"""Files that cannot be used are refused with file, place and remedy, and leave the pack as it was."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge import KnowledgeError, import_files

from tests.knowledge.importing import layouts


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def changed(old: str, new: str) -> Callable[[bytes], bytes]:
    def change(given: bytes) -> bytes:
        assert old.encode("latin-1") in given
        return given.replace(old.encode("latin-1"), new.encode("latin-1"), 1)

    return change


def twice(unitid: str) -> Callable[[bytes], bytes]:
    def change(given: bytes) -> bytes:
        line = next(line for line in given.splitlines() if line.startswith(unitid.encode()))
        return given + line + b"\r\n"

    return change


WRONG: list[tuple[str, Callable[[bytes], bytes], str]] = [
    ("ipeds-charges", changed("TUITION7", "TUITION9"), "line 1: there is no column TUITION7"),
    ("ipeds-charges", lambda b: b[:-12], "has 6 cells, and the first line 11"),
    ("ipeds-charges", lambda b: b"", "is empty"),
    ("ipeds-charges", lambda b: b.splitlines()[0], "has no rows"),
    ("ipeds-charges", lambda b: b.decode().encode("utf-16"), "is not a text file"),
    ("ipeds-charges", changed("25000", "25k"), "line 2, TUITION7: '25k' is not a whole number"),
    ("ipeds-charges", changed("25000", "-5"), "line 2, TUITION7: '-5' is not a whole number"),
    ("ipeds-charges", twice("100001"), "line 5: UNITID 100001 stands in line 2 of ic2022_ay.csv too"),
    ("ipeds-charges", changed("100002", "one"), "line 3, UNITID: 'one' is not a UNITID"),
    ("ipeds-charges", lambda b: b.replace(b"10000", b"99990"), "has none of the schools that are wanted"),
    ("ipeds-directory", changed("44.0500", "444.05"), "line 2, LATITUDE: '444.05' is not in degrees"),
    ("ipeds-directory", changed(",1,12,", ",7,12,"), "line 2, CONTROL: '7' is no code of this column"),
    ("ipeds-directory", changed("Larkspur Falls", ""), "line 2, CITY: is empty"),
    ("scorecard-field-of-study", changed("CREDLEV", "LEVEL"), "line 1: there is no column CREDLEV"),
    ("scorecard-field-of-study", changed("EARN_MDN_1YR,EARN_MDN_4YR", "A,B"), "there is no column of earnings"),
    ("scorecard-field-of-study", changed("120000", "lots"), "line 2, EARN_MDN_4YR: 'lots' is not a whole number"),
    ("scorecard-field-of-study", changed("Public", "Secret"), "line 2, CONTROL: 'Secret' is not one of Public"),
    ("scorecard-field-of-study", twice("100001"), "UNITID 100001, CIPCODE 1107, CREDLEV 5 is there twice"),
    ("scorecard-field-of-study", lambda b: b.replace(b",5,A level", b",6,A level"), "has no master's"),
    ("scorecard-field-of-study", lambda b: b + b"\xf1", "line 9: is not UTF-8 text"),
    ("scorecard-field-of-study", lambda b: b"PAR1" + b, "is not a whole Parquet file"),
    ("stem-list", changed("2020 CIP Code", "Code"), "there is no column 2020 CIP Code"),
    ("stem-list", changed("30.7001", "30.7"), "line 6, 2020 CIP Code: '30.7' is not a code such as 11.0701"),
]


@pytest.mark.parametrize(("format", "change", "told"), WRONG, ids=[f"{w[0]}: {w[2]}"[:60] for w in WRONG])
def test_a_wrong_file_is_refused(
    pack: Path, downloads: Path, format: str, change: Callable[[bytes], bytes], told: str
) -> None:
    for name, made in layouts.FILES.items():
        import_files(name, [made(downloads)], pack)
    before = content(pack)
    file = layouts.FILES[format](downloads)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(KnowledgeError) as caught:
        import_files(format, [file], pack)
    assert told in str(caught.value) and file.name in str(caught.value)
    assert caught.value.remedy
    assert content(pack) == before
    assert sorted(path.name for path in pack.parent.iterdir()) == ["downloads", "pack"]


@pytest.mark.parametrize("format", layouts.FILES)
@pytest.mark.parametrize("other", layouts.FILES)
def test_the_file_of_another_format_is_refused(pack: Path, downloads: Path, format: str, other: str) -> None:
    import_files("scorecard-field-of-study", [layouts.scorecard(downloads)], pack)
    before = content(pack)
    if format != other:
        with pytest.raises(KnowledgeError, match="there is no column"):
            import_files(format, [layouts.FILES[other](downloads)], pack, "2026")
    assert content(pack) == before


def test_which_import_comes_first_is_said(pack: Path, downloads: Path) -> None:
    with pytest.raises(KnowledgeError, match="run `advisor import scorecard-field-of-study FILE` first"):
        import_files("ipeds-charges", [layouts.charges(downloads)], pack)


def test_a_name_that_does_not_say_when_asks_for_the_release(pack: Path, downloads: Path) -> None:
    file = layouts.scorecard(downloads).rename(downloads / "data.csv")
    with pytest.raises(KnowledgeError, match="--release"):
        import_files("scorecard-field-of-study", [file], pack)
    assert import_files("scorecard-field-of-study", [file], pack, "2026-06-10").release == "2026-06-10"


def test_a_file_that_is_not_there_and_a_format_that_is_none(pack: Path, downloads: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"ic2022_ay\.csv: cannot be read"):
        import_files("scorecard-field-of-study", [downloads / "ic2022_ay.csv"], pack, "2022-23")
    with pytest.raises(KnowledgeError, match="did you mean 'ipeds-charges'"):
        import_files("ipeds-charge", [downloads / "ic2022_ay.csv"], pack)


def test_parquet_without_polars_says_what_to_install(
    pack: Path, downloads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = layouts.parquet(downloads)
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "polars":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(KnowledgeError, match=r"masters-advisor\[import\]"):
        import_files("scorecard-field-of-study", [file], pack)


def test_a_pack_that_would_not_load_is_left_as_it_was(pack: Path, downloads: Path) -> None:
    tables = (pack / "tables.toml").read_text()
    (pack / "tables.toml").write_text(tables.replace('field = "completers"', 'field = "graduates"'))
    before = content(pack)
    with pytest.raises(KnowledgeError, match="there is no field 'graduates'"):
        import_files("scorecard-field-of-study", [layouts.scorecard(downloads)], pack)
    assert content(pack) == before
