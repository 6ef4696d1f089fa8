"""What the two IPEDS formats share: one row a school, joined by UNITID."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.importing.reading import Row, Sheet, read_csv, wrong
from knowledge.importing.report import Report


def read_schools(
    paths: Sequence[Path], columns: Sequence[str], what: str, schools: Mapping[str, str]
) -> tuple[list[Sheet], dict[str, tuple[Sheet, int, Row]]]:
    """The sheets, and of the wanted schools the row of each by its UNITID: the sheet, the line, the cells."""
    sheets = [read_csv(path, columns, what, western=True) for path in paths]
    rows: dict[str, tuple[Sheet, int, Row]] = {}
    seen: dict[str, str] = {}
    for sheet in sheets:
        for line, row in sheet.numbered():
            unitid = row["UNITID"]
            if not (unitid.isascii() and unitid.isdigit()):
                told = f"{unitid!r} is not a UNITID"
                raise wrong(sheet.file, f"line {line}, UNITID", told, "download the file again")
            if unitid in seen:
                told = f"UNITID {unitid} stands in {seen[unitid]} too"
                raise wrong(sheet.file, f"line {line}", told, "keep one of the two")
            seen[unitid] = f"line {line} of {sheet.file}"
            if unitid in schools:
                rows[unitid] = sheet, line, row
    if not rows:
        raise wrong(sheets[0].file, "", "has none of the schools that are wanted", f"is this {what}?")
    return sheets, rows


def coverage(
    format: str,
    release: str,
    found: tuple[Sequence[Sheet], Mapping[str, tuple[Sheet, int, Row]]],
    schools: Mapping[str, str],
    *,
    filled: int,
    missing: int,
    notes: tuple[str, ...] = (),
) -> Report:
    """The report on what `read_schools` found: how much of the wanted schools is there."""
    sheets, rows = found
    return Report(
        format,
        tuple(sheet.file for sheet in sheets),
        release,
        rows=sum(len(sheet.rows) for sheet in sheets),
        wanted=len(schools),
        matched=len(rows),
        filled=filled,
        missing=missing,
        not_covered=tuple(f"{name} ({unitid})" for unitid, name in sorted(schools.items()) if unitid not in rows),
        notes=notes,
    )
