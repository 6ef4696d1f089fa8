"""Where cities are: world knowledge, and no pack's. The names that people give them are read in advisor/nlu."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
"""Where the tables lie: places.csv (made by tools/make_gazetteer.py), states.toml, countries.toml, aliases.toml."""


def coordinates(label: str) -> tuple[float, float] | None:
    """Latitude and longitude, in degrees, of a city by its label ("Chicago, IL", "Lagos, Nigeria")."""
    name, _, place = label.rpartition(", ")
    return _cities().get((name.casefold(), place.casefold())) if place else None


@lru_cache(maxsize=1)
def _cities() -> dict[tuple[str, str], tuple[float, float]]:
    """The coordinates of every city by its name and its state's code, or its country's name; the larger first."""
    countries = tomllib.loads((FOLDER / "countries.toml").read_text(encoding="utf-8"))["names"]
    found: dict[tuple[str, str], tuple[float, float]] = {}
    people: dict[tuple[str, str], int] = {}
    for row in (FOLDER / "places.csv").read_text(encoding="utf-8").splitlines()[1:]:
        key, name, region, latitude, longitude, population = row.split(",")
        place = region[3:] if region.startswith("US-") else countries.get(region, [region])[0]
        label = ((name or key.title()).casefold(), place.casefold())
        if int(population) > people.get(label, -1):
            found[label], people[label] = (float(latitude), float(longitude)), int(population)
    return found
