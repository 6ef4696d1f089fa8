"""Whether a program meets a wish, read straight from its TOML file: shares no code with what is tested."""

from __future__ import annotations

import csv
import math
import re
import tomllib
from functools import cache
from typing import Any

from advisor.settings import SHIPPED

TIES = ("industry_partners", "top_employers", "funding", "location_advantages")
PLACES = ("states", "cities", "near")
EARTH = 3959.0
"""Miles from the Earth's middle to its face."""


@cache
def records() -> dict[str, dict[str, Any]]:
    """The shipped programs by id, as their files stand."""
    files = sorted((SHIPPED / "programs").glob("*.toml"))
    return {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in files}


@cache
def spots() -> dict[str, tuple[float, float]]:
    """Where the schools of the federal directory are, by the key that a program's file gives as its `record`."""
    with (SHIPPED / "federal" / "directory.csv").open(encoding="utf-8", newline="") as file:
        return {row["UNITID"]: (float(row["LATITUDE"]), float(row["LONGITUD"])) for row in csv.DictReader(file)}


@cache
def places() -> list[dict[str, Any]]:
    """The places that people name."""
    return tomllib.loads((SHIPPED / "places.toml").read_text(encoding="utf-8"))["place"]


def given(program: str, field: str) -> Any:
    """The first value given of a field; None where there is none."""
    claims = records()[program].get(field, [])
    return next((c["value"] for c in claims if c.get("status", "given") == "given"), None)


def allowed(program: str, profile: dict[str, Any]) -> bool:
    """Whether a program meets all wishes. Places are one wish: any of them will do."""
    there = [slot for slot in PLACES if slot in profile]
    rest = [slot for slot in profile if slot not in PLACES]
    return (not there or any(meets(program, s, profile[s]) for s in there)) and all(
        meets(program, s, profile[s]) for s in rest
    )


def meets(program: str, slot: str, value: Any) -> bool | None:
    """Whether a program meets a wish: yes, no, or None where the sources do not say.

    A total budget takes one year's price at least; a length is that of the shortest degree at most.
    """
    match slot:
        case "tuition" | "graduation_rate" | "rank":
            return _within(given(program, slot), value)
        case "total_cost":
            return _within(given(program, "tuition"), {"max": value.get("max")})
        case "duration_months":
            lengths = [entry["months"]["min"] for entry in given(program, "duration") or []]
            return min(lengths) <= value["max"] if lengths else None
        case "states":
            return given(program, "state") in value
        case "exclude_states":
            return given(program, "state") not in value
        case "cities":
            return given(program, "city") in value
        case "near":
            record = records()[program]
            miles = _miles(spots()[record["record"]], _spot(value["place"]))
            return miles <= 1.01 * value["miles"]
        case "control":
            return given(program, "control") == value
        case "exclude_programs":
            return program not in value
        case "companies":
            told = str([given(program, field) for field in TIES])
            return any(re.search(rf"\b{re.escape(name)}\b", told, re.I) for name in value)
        case "online" | "part_time" if value:
            modes = [mode for entry in given(program, "format") or [] for mode in entry["modes"]]
            return slot in modes if modes else None
    return True


def _within(number: float | None, limits: dict[str, Any]) -> bool | None:
    if number is None:
        return None
    least, most = limits.get("min"), limits.get("max")
    return (least is None or number >= least) and (most is None or number <= most)


def _spot(name: str) -> tuple[float, float]:
    found = next(p for p in places() if "latitude" in p and name in [*p.get("cities", []), *p["names"]])
    return found["latitude"], found["longitude"]


def _miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    north = math.radians(b[0] - a[0])
    east = math.radians(b[1] - a[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return EARTH * math.hypot(north, east)
