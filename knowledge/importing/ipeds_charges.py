"""The IPEDS charges for an academic year (ICyyyy_AY.csv) → what full-time graduate students are charged.

TUITION6 and FEE6 are of those from the school's state, TUITION7 and FEE7 of the others. The undergraduate
price TUITION2 never describes a master's; it is kept for comparing, see `Against` in records.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from knowledge.importing.ipeds import coverage, read_schools
from knowledge.importing.made import Made
from knowledge.importing.reading import Row, whole
from knowledge.importing.target import Table, Target

FORMAT = "ipeds-charges"
WHAT = "an IPEDS file of charges for an academic year (ICyyyy_AY.csv)"
GRADUATE = ("TUITION6", "FEE6", "TUITION7", "FEE7")
COMPARED = ("TUITION2",)
FLAGS = {"TUITION6": "XTUIT6", "FEE6": "XFEE6", "TUITION7": "XTUIT7", "FEE7": "XFEE7"}
HEAD = ("UNITID", *COMPARED, *GRADUATE, *FLAGS.values())
NOT_GIVEN = (".", "")

MEANINGS = {
    "B": "the institution left it blank",
    "C": "corrected by an analyst",
    "G": "made from other values",
    "J": "imputed by logic",
    "K": "imputed by ratio",
    "L": "imputed by the median of a group",
    "N": "imputed from the nearest neighbour",
    "P": "carried forward from the year before",
    "Z": "an implied zero, none having been reported",
}
"""What the imputation flags of IPEDS mean; R is "as reported" and A "does not apply"."""


def release_of(name: str) -> str:
    """The academic year in a file's name; "" where it has none.

    >>> release_of("ipeds_ic2022_ay.csv")
    '2022-23'
    """
    found = re.search(r"ic((?:19|20)\d\d)_ay", name.lower())
    return f"{found[1]}-{(int(found[1]) + 1) % 100:02}" if found else ""


def make(paths: Sequence[Path], target: Target, release: str) -> Made:
    """The table of charges: a row for each wanted school."""
    schools = target.schools()
    columns = ("UNITID", *COMPARED, *GRADUATE, *FLAGS.values())
    sheets, rows = read_schools(paths, columns, WHAT, schools)
    table = tuple(_row(rows[unitid][2], rows[unitid][0].file, rows[unitid][1]) for unitid in sorted(rows, key=int))
    at = [HEAD.index(column) for column in GRADUATE]
    given = sum(bool(row[column]) for row in table for column in at)
    without = [row[0] for row in table if not any(row[column] for column in at)]
    report = coverage(
        FORMAT,
        release,
        (sheets, rows),
        schools,
        filled=given,
        missing=len(table) * len(GRADUATE) - given,
        notes=(_without(without, schools),) if without else (),
    )
    return Made((Table("charges.csv", HEAD, table, {}),), report, {sheet.file: sheet.sha256 for sheet in sheets})


def _row(row: Row, file: str, line: int) -> tuple[str, ...]:
    numbers = {column: whole(row[column], file, line, column, NOT_GIVEN) for column in (*COMPARED, *GRADUATE)}
    flags = [_flag(row[FLAGS[column]]) if numbers[column] else "" for column in GRADUATE]
    return (row["UNITID"], *numbers.values(), *flags)


def _flag(flag: str) -> str:
    """A flag in words; "" for a value as it was reported."""
    return "" if flag in ("R", "A", "") else f"{flag}, {MEANINGS.get(flag, 'not as reported')}"


def _without(unitids: Sequence[str], schools: dict[str, str]) -> str:
    names = ", ".join(f"{schools[unitid]} ({unitid})" for unitid in unitids)
    return f"{len(unitids)} schools have a row and no charge of graduate students: {names}"
