"""The STEM Designated Degree Program List → whether each field of study is on it, in part, or not.

The list has codes of six digits and a field of study four: where only some of its codes are listed, whether
a degree counts depends on the code that its school gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.importing.made import Made
from knowledge.importing.reading import Sheet, read_csv, wrong
from knowledge.importing.report import Report
from knowledge.importing.target import Table, Target
from knowledge.schema import Part

FORMAT = "stem-list"
WHAT = "the STEM Designated Degree Program List"
CODE_COLUMNS = ("2020 CIP Code", "CIP Code 2020", "CIP Code")
CODE = re.compile(r"\d\d\.\d{4}")
HEAD = ("CIPCODE", "STEM", "LISTED", "UNLISTED")


def release_of(name: str) -> str:
    """The year in a file's name; "" where it has none.

    >>> release_of("dhs_stem_2024.csv")
    '2024'
    """
    found = re.search(r"(?<!\d)20\d\d(?!\d)", name)
    return found[0] if found else ""


def make(paths: Sequence[Path], target: Target, release: str) -> Made:
    """The table of fields of study, each with those of its codes that are listed and those that are not."""
    if without := [part.id for part in target.parts.values() if not part.codes]:
        raise wrong("parts.toml", "codes", f"is missing at {', '.join(without)}", "list the six-digit codes of each")
    sheets = [read_csv(path, (), WHAT, western=True) for path in paths]
    listed = {code for sheet in sheets for code in _codes(sheet)}
    rows = tuple(_row(part, listed) for part in sorted(target.parts.values(), key=lambda part: part.id))
    counts = ", ".join(f"{sum(row[1] == stem for row in rows)} {stem}" for stem in ("yes", "in_part", "no"))
    report = Report(
        FORMAT,
        tuple(sheet.file for sheet in sheets),
        release,
        rows=sum(len(sheet.rows) for sheet in sheets),
        filled=len(rows),
        notes=(f"{len(rows)} fields of study: {counts}",),
    )
    return Made((Table("stem.csv", HEAD, rows, {}),), report, {sheet.file: sheet.sha256 for sheet in sheets})


def _codes(sheet: Sheet) -> set[str]:
    column = next((name for name in CODE_COLUMNS if name in sheet.head), None)
    if column is None:
        raise wrong(sheet.file, "line 1", f"there is no column {CODE_COLUMNS[0]}", f"is this {WHAT}?")
    for line, row in sheet.numbered():
        if not CODE.fullmatch(row[column]):
            told = f"{row[column]!r} is not a code such as 11.0701"
            raise wrong(sheet.file, f"line {line}, {column}", told, "save the list as CSV with its codes as text")
    return {row[column] for row in sheet.rows}


def _row(part: Part, listed: set[str]) -> tuple[str, ...]:
    """A row of the table. The list also names some families by a code of their own, such as 14.0900."""
    own = [code for code in part.codes if code in listed]
    not_on_it = [code for code in part.codes if code not in listed]
    stem = "no" if not own else "in_part" if not_on_it else "yes"
    return part.id, stem, " ".join(own) or "none", " ".join(not_on_it)
