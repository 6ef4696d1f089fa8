"""The IPEDS directory of institutions (HDyyyy.csv) → names, addresses, settings and coordinates of schools."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.importing.ipeds import coverage, read_schools
from knowledge.importing.made import Made
from knowledge.importing.reading import wrong
from knowledge.importing.target import Table, Target

FORMAT = "ipeds-directory"
WHAT = "an IPEDS directory (HDyyyy.csv)"
COLUMNS = (
    "UNITID", "INSTNM", "IALIAS", "CITY", "STABBR", "CONTROL", "LOCALE", "LATITUDE", "LONGITUD", "WEBADDR",
)  # fmt: skip
CODES = {"CONTROL": {"1", "2", "3"}, "LOCALE": {"11", "12", "13", "21", "22", "23", "31", "32", "33", "41", "42", "43"}}
NOT_GIVEN = ("", ".", "-1", "-2", "-3")
DEGREES = re.compile(r"-?\d{1,3}(\.\d+)?")
MOST = {"LATITUDE": 90, "LONGITUD": 180}


def release_of(name: str) -> str:
    """The year in a file's name; "" where it has none.

    >>> release_of("hd2020.csv")
    '2020'
    """
    found = re.search(r"hd((?:19|20)\d\d)(?!\d)", name.lower())
    return found[1] if found else ""


def make(paths: Sequence[Path], target: Target, release: str) -> Made:
    """The table of the directory: a row for each wanted school."""
    schools = target.schools()
    sheets, rows = read_schools(paths, COLUMNS, WHAT, schools)
    table = tuple(
        tuple(_cell(row[column], column, sheet.file, line) for column in COLUMNS)
        for _, (sheet, line, row) in sorted(rows.items(), key=lambda found: int(found[0]))
    )
    given = sum(bool(cell) for row in table for cell in row)
    report = coverage(
        FORMAT,
        release,
        (sheets, rows),
        schools,
        filled=given,
        missing=len(table) * len(COLUMNS) - given,
    )
    return Made((Table("directory.csv", COLUMNS, table, {}),), report, {sheet.file: sheet.sha256 for sheet in sheets})


def _cell(cell: str, column: str, file: str, line: int) -> str:
    """A cell as it is, "" where it is not given. Raises KnowledgeError for one that its column cannot hold."""
    where = f"line {line}, {column}"
    if column in CODES and cell not in NOT_GIVEN and cell not in CODES[column]:
        raise wrong(file, where, f"{cell!r} is no code of this column", "download the file again")
    if column in MOST and cell not in NOT_GIVEN and not (DEGREES.fullmatch(cell) and abs(float(cell)) <= MOST[column]):
        raise wrong(file, where, f"{cell!r} is not in degrees", "download the file again")
    if column in ("INSTNM", "STABBR", "CITY") and not cell:
        raise wrong(file, where, "is empty", "download the file again")
    return "" if column in (*CODES, *MOST) and cell in NOT_GIVEN else cell
