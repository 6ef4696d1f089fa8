"""`advisor import`, as people run it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from knowledge import FORMATS

from tests.knowledge.importing import layouts

from web.cli import main


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, words)))


def test_it_prints_the_report(pack: Path, downloads: Path) -> None:
    result = run("import", "scorecard-field-of-study", layouts.scorecard(downloads), "--pack", pack)
    assert result.exit_code == 0
    assert "matched      3 of 3 schools" in result.stdout
    assert "written      federal/fields_of_study.csv, federal/imports.toml, federal/schools.csv" in result.stdout


def test_a_file_that_cannot_be_used_is_one_line_and_exit_code_1(pack: Path, downloads: Path) -> None:
    result = run("import", "stem-list", layouts.charges(downloads), "--pack", pack, "--release", "2024")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ic2022_ay.csv: line 1: there is no column 2020 CIP Code")


@pytest.mark.parametrize(
    ("format", "name", "release"),
    [
        ("ipeds-directory", "HD2022.csv", "2022"),
        ("ipeds-directory", "data.csv", ""),
        ("ipeds-charges", "IC2022_AY.csv", "2022-23"),
        ("ipeds-charges", "ic1999_ay.csv", "1999-00"),
        ("ipeds-charges", "ic2022.csv", ""),
        ("scorecard-field-of-study", "Most-Recent-Cohorts-Field-of-Study_06102026.csv", "2026-06-10"),
        ("scorecard-field-of-study", "scorecard_field_of_study_2026-06-10.parquet", "2026-06-10"),
        ("scorecard-field-of-study", "Most-Recent-Cohorts-Field-of-Study.csv", ""),
        ("stem-list", "dhs_stem_2024.csv", "2024"),
        ("stem-list", "stem.csv", ""),
    ],
)
def test_when_a_file_is_of_is_read_from_its_name(format: str, name: str, release: str) -> None:
    assert FORMATS[format].release_of(name) == release


def test_every_format_stands_in_the_help() -> None:
    assert all(format in run("import", "--help").stdout for format in FORMATS)
