"""The federal record read straight from the pack's tables and files: shares no code with what is tested."""

from __future__ import annotations

import csv
import math
import re
import tomllib
import unicodedata
from functools import cache
from typing import Any

from advisor.settings import SHIPPED

WITHHELD = "PS"
HORIZONS = {"1": "one year", "4": "four years"}
EARTH_KM, KM_A_MILE = 6371.0, 1.609344


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the record."""
    with (SHIPPED / "federal" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def ranked() -> dict[str, dict[str, Any]]:
    """The ranked programs by id, as their files stand."""
    files = sorted((SHIPPED / "programs").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def titles() -> dict[str, str]:
    """What the fields of study are called, by their four digits."""
    parts = tomllib.loads((SHIPPED / "parts.toml").read_text(encoding="utf-8"))["part"]
    return {part["id"]: part["title"] for part in parts}


@cache
def names() -> dict[str, str]:
    """The full name of every school of the record, by UNITID: the directory's, else the Scorecard's."""
    return {row["UNITID"]: row["INSTNM"].strip() for row in (*rows("schools"), *rows("directory"))}


@cache
def ids() -> dict[str, str]:
    """The id of every school of the record, by UNITID: a ranked one's own, else the slug of its name."""
    own = {record["record"]: id for id, record in ranked().items()}
    return {unitid: own.get(unitid) or _slug(name) for unitid, name in names().items()}


@cache
def unitids() -> dict[str, str]:
    return {id: unitid for unitid, id in ids().items()}


@cache
def charges() -> dict[str, dict[str, str]]:
    """The charges of every school that has a row of them, by id."""
    return {ids()[row["UNITID"]]: row for row in rows("charges")}


@cache
def studies() -> dict[tuple[str, str], dict[str, str]]:
    """What the record has of every school and field of study in which it has a master's."""
    return {(ids()[row["UNITID"]], row["CIPCODE"]): row for row in rows("fields_of_study")}


@cache
def stem() -> dict[str, str]:
    """Whether a field of study is on the STEM list: yes, no, or in_part."""
    return {row["CIPCODE"]: row["STEM"] for row in rows("stem")}


def state(id: str) -> str:
    """The state of a school: of a ranked one as the ranking has it, else the directory's or the Scorecard's."""
    if id in ranked():
        return ranked()[id]["state"][0]["value"]
    return _states()[unitids()[id]]


@cache
def _states() -> dict[str, str]:
    told = {row["UNITID"]: row["STATE"] for row in rows("schools")}
    return told | {row["UNITID"]: row["STABBR"] for row in rows("directory")}


def price(id: str, residency: str) -> int | None:
    """Graduate tuition and fees together, of somebody who lives in that state, elsewhere, or abroad."""
    columns = ("TUITION6", "FEE6") if residency == state(id) else ("TUITION7", "FEE7")
    cells = [charges().get(id, {}).get(column, "") for column in columns]
    return sum(map(int, cells)) if all(cells) else None


def place(id: str) -> tuple[float, float] | None:
    """Where a school stands, by the directory; None where that does not have it."""
    return _places().get(unitids()[id])


@cache
def _places() -> dict[str, tuple[float, float]]:
    return {row["UNITID"]: (float(row["LATITUDE"]), float(row["LONGITUD"])) for row in rows("directory")}


def miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The way over the Earth's face, by the angle between two vectors."""
    p, q = (_vector(*point) for point in (a, b))
    cross = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]]
    angle = math.atan2(math.hypot(*cross), sum(x * y for x, y in zip(p, q, strict=True)))
    return EARTH_KM * angle / KM_A_MILE


def _vector(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = math.radians(latitude), math.radians(longitude)
    return math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)


def _slug(name: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", name) if unicodedata.category(c) != "Mn")
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))
