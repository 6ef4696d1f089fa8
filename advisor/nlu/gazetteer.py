"""The gazetteer: names at a place of a text → cities, states, countries, nationalities.

City names collide with words ("reading", "mobile") and with schools, so nothing here looks for places in a
whole text but `find`, which asks for a state after the city. The readers ask `at` a place that a cue points to.
The table is made by tools/make_gazetteer.py from GeoNames (CC BY 4.0).
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge import GAZETTEER

from advisor.nlu.phrases import Token, common_words, key, norm

Kind = Literal["city", "state", "country", "people_of_state", "people_of_country"]

LONG = 9
"""Letters from which a name may be two edits away, and not one, to count as meant where a cue says that a place
stands there. Of 25 large cities with a random edit, 186 in 200 are still read rightly, and 3 as a city whose
name is nearer."""
NEARLY_PEOPLE = 20_000
"""The least population of a city that a misspelling is taken for."""
HOME_WEIGHT = 3
"""How much likelier a student means a US city than one as large abroad: Cambridge is in Massachusetts, London in
England."""
NEAR_HOME = 10
"""The same, where schools are looked for near the city."""
CLEAR = 4
"""Times that a city must outweigh its namesakes for its name alone to be sure."""
_SHORT = {"saint": "st", "fort": "ft", "mount": "mt"}
WORDLIKE_CODES = frozenset(
    ("in", "or", "me", "hi", "oh", "ok", "id", "de", "la", "al", "as", "mi", "pa", "ma", "mo", "vi")
)
"""State codes that are words too ("id" is "I'd")."""
NO_CODE_ALONE = frozenset(("in", "or", "me", "hi", "oh", "ok", "id", "as", "de", "vi", "al"))
"""Codes that are taken for a state only where they end a clause."""


@dataclass(frozen=True)
class City:
    """A city with its place. `state` is None abroad; `country` is an ISO 3166 code."""

    name: str
    state: str | None
    country: str
    latitude: float
    longitude: float
    population: int

    @property
    def label(self) -> str:
        """How it is shown and looked up again: "Chicago, IL", "Lagos, Nigeria"."""
        return f"{self.name}, {self.state or gazetteer().country_name(self.country)}"


@dataclass(frozen=True)
class Hit:
    """A place named by the tokens `first` up to (not with) `last`.

    `code` is of the state or country. `city` is the likeliest, `others` its namesakes. `exact`: a state or
    country stands with the name. `sure`: the name alone tells it from its namesakes.
    """

    first: int
    last: int
    kind: Kind
    code: str
    city: City | None = None
    others: tuple[City, ...] = ()
    exact: bool = False
    sure: bool = True


def name_key(name: str) -> tuple[str, ...]:
    """The tokens that a place is looked up by: "Saint Louis" is found as "St. Louis"."""
    return tuple(_SHORT.get(t, t) for t in key(name))


def written(token: Token) -> str:
    """A token as it was written, for looking up: spelling is corrected towards other names than these."""
    word = norm(token.text) if token.corrected and " " not in token.text else token.norm
    return _SHORT.get(word, word)


class Gazetteer:
    """Every name of a place, ready to be looked up."""

    def __init__(self, folder: Path = GAZETTEER) -> None:
        self._rows: dict[str, list[str]] = {}
        lines = iter((folder / "places.csv").read_text(encoding="utf-8").splitlines())
        next(lines)
        for line in lines:
            self._rows.setdefault(line[: line.index(",")], []).append(line)
        aliases = tomllib.loads((folder / "aliases.toml").read_text(encoding="utf-8"))
        self._words = frozenset(" ".join(name_key(w)) for w in aliases["words"].split())
        states = tomllib.loads((folder / "states.toml").read_text(encoding="utf-8"))
        countries = tomllib.loads((folder / "countries.toml").read_text(encoding="utf-8"))
        self._countries: dict[str, str] = {code: names[0] for code, names in countries["names"].items()}
        self._states: dict[str, str] = {code: names[0] for code, names in states["names"].items()}
        self._named: dict[str, tuple[Kind, str]] = {}
        kinds: tuple[tuple[Kind, dict[str, list[str]]], ...] = (
            ("country", countries["names"]),
            ("people_of_country", countries["people"]),
            ("state", states["names"]),
            ("people_of_state", states["people"]),
        )
        for kind, table in kinds:  # a state's name before a country's (Georgia)
            for code, names in table.items():
                self._named.update({" ".join(name_key(n)): (kind, code) for n in names})
        self._longest = 5

    def __len__(self) -> int:
        return len(self._rows)

    def country_name(self, code: str) -> str:
        """The name of a country, or the code where there is none."""
        return self._countries.get(code, code)

    def state_name(self, code: str) -> str:
        """The name of a state, or the code where there is none."""
        return self._states.get(code, code)

    def cities(self, name: str) -> tuple[City, ...]:
        """All cities of a name, the likeliest first."""
        return tuple(sorted(map(_city, self._rows.get(" ".join(name_key(name)), ())), key=_weight, reverse=True))

    def labelled(self, label: str) -> City | None:
        """The city that a `City.label` was of."""
        name, _, place = label.rpartition(", ")
        return next((c for c in self.cities(name) if c.label == label), None) if place else None

    def is_word(self, hit: Hit) -> bool:
        """Whether a city's name is a word or another name first ("reading", "stanford")."""
        city = hit.city
        return city is not None and not hit.exact and " ".join(name_key(city.name)) in self._words

    def named(self, tokens: Sequence[Token], at: int) -> Hit | None:
        """The state, country or nationality whose name starts here, the longest."""
        for size in range(min(self._longest, len(tokens) - at), 0, -1):
            found = self._named.get(" ".join(written(t) for t in tokens[at : at + size]))
            if found is not None:
                return Hit(at, at + size, found[0], found[1])
        return None

    def state(self, tokens: Sequence[Token], at: int) -> Hit | None:
        """The state whose name or code starts here. A code that is a word counts where it ends a clause."""
        hit = self.named(tokens, at)
        if hit is not None and hit.kind == "state":
            return hit
        if at >= len(tokens):
            return None
        code = written(tokens[at])
        if code.upper() not in self._states or "'" in tokens[at].text:
            return None
        if code == "la" or (code in NO_CODE_ALONE and not ends(tokens, at)):
            return None  # alone, "la" is Los Angeles
        return Hit(at, at + 1, "state", code.upper())

    def city(self, tokens: Sequence[Token], at: int) -> Hit | None:
        """The city whose name starts here, with the state or country after it where one stands there.

        The longest name wins, but one with its state wins over a longer one without.
        """
        bare: Hit | None = None
        for size in range(min(self._longest, len(tokens) - at), 0, -1):
            name = " ".join(written(t) for t in tokens[at : at + size])
            rows = self._rows.get(name)
            if rows is None:
                continue
            found = sorted(map(_city, rows), key=_weight, reverse=True)
            exact = self._with_place(tokens, at, at + size, found)
            if exact is not None:
                return exact
            bare = bare or _likeliest(at, at + size, found)
        return bare

    def at(self, tokens: Sequence[Token], at: int, *, prefer_city: bool = False, nearly: bool = False) -> Hit | None:
        """The place whose name starts here: the longest, a state before a country before a city.

        `prefer_city`: "new york" is the city, "reading" in Pennsylvania. `nearly`: a slight misspelling will do.
        """
        if at >= len(tokens):
            return None
        city, state, named = self.city(tokens, at), self.state(tokens, at), self.named(tokens, at)
        if named is not None and named.kind.startswith("people"):
            named = None
        if city is not None and city.exact:
            return city
        if prefer_city and city is not None:
            city = _nearer_home(city)
        hits = [h for h in (state, named, city) if h is not None]
        if prefer_city:
            hits.sort(key=lambda h: h.kind != "city")
        if hits:
            return max(hits, key=lambda h: h.last)
        return self._nearly(tokens, at) if nearly else None

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """The cities in a text that stand with their state or country: all that is safe without a cue."""
        found: list[Hit] = []
        for i in range(len(tokens)):
            if found and i < found[-1].last:
                continue
            hit = self.city(tokens, i)
            if hit is not None and hit.exact:
                found.append(hit)
        return found

    def _with_place(self, tokens: Sequence[Token], first: int, last: int, found: Sequence[City]) -> Hit | None:
        """The city of a name whose state or country follows it ("springfield ma", "paris, france")."""
        if last >= len(tokens):
            return None
        code = written(tokens[last])
        if code.upper() in self._states and (code not in WORDLIKE_CODES or _stands_for_state(tokens, first, last)):
            follows: Hit | None = Hit(last, last + 1, "state", code.upper())
        else:
            follows = self.named(tokens, last)
        if follows is None or follows.kind not in {"state", "country"}:
            return None
        inside = [c for c in found if follows.code == (c.state if follows.kind == "state" else c.country)]
        if not inside:
            return None
        return Hit(first, follows.last, "city", follows.code, inside[0], exact=True)

    def _nearly(self, tokens: Sequence[Token], at: int) -> Hit | None:
        """A place of which the words here are a slight misspelling, the longest."""
        for size in (3, 2, 1):
            words = [written(t) for t in tokens[at : at + size]]
            text = " ".join(words)
            if len(words) < size or len(text) < 5 or (size == 1 and text in common_words()):
                continue
            allowed = 1 if len(text) < LONG else 2
            near = process.extract(
                text, self._large(text[0], size), scorer=OSA.distance, score_cutoff=allowed, limit=None
            )
            if not near:
                continue
            name = min(near, key=lambda found: (found[1], -self._people(found[0])))[0]
            if name in self._named:
                return Hit(at, at + size, *self._named[name], sure=False)
            found = sorted(map(_city, self._rows[name]), key=_weight, reverse=True)
            follows = self._with_place(tokens, at, at + size, found)
            return follows or _likeliest(at, at + size, found)
        return None

    def _people(self, name: str) -> int:
        """The population of the largest city of a name; a state or country outweighs all."""
        return 10**9 if name in self._named else max(int(row.rpartition(",")[2]) for row in self._rows[name])

    @lru_cache(maxsize=128)  # noqa: B019  one gazetteer lives as long as the advisor
    def _large(self, letter: str, words: int) -> tuple[str, ...]:
        """The names of larger places by first letter, which is seldom the wrong one, and number of words."""
        places = [n for n, (kind, _) in self._named.items() if kind in {"state", "country"}]
        places += [n for n, rows in self._rows.items() if int(rows[0].rpartition(",")[2]) >= NEARLY_PEOPLE]
        return tuple(n for n in places if n[0] == letter and len(n.split()) == words and n not in self._words)


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """The gazetteer, read once."""
    return Gazetteer()


def ends(tokens: Sequence[Token], at: int) -> bool:
    """Whether a clause ends after a token: punctuation follows, or nothing."""
    return at + 1 >= len(tokens) or tokens[at + 1].start > tokens[at].end + 1


def _stands_for_state(tokens: Sequence[Token], first: int, code: int) -> bool:
    """Whether a code that is a word too is a state after a city: set off by a comma before it, or a clause's end.

    "portland or seattle" and "boston, or denver" are two places: there a word goes on after the code.
    """
    return ends(tokens, code) or (tokens[code].norm not in {"or", "in", "me", "as", "id"})


def _city(row: str) -> City:
    key_, name, region, latitude, longitude, people = row.split(",")
    home = region.startswith("US-")
    return City(
        name or key_.title(),
        region[3:] if home else None,
        "US" if home else region,
        float(latitude),
        float(longitude),
        int(people),
    )


def _weight(city: City) -> int:
    return city.population * (HOME_WEIGHT if city.state else 1)


def _nearer_home(hit: Hit) -> Hit:
    """The same name taken for a US city, where one is not much smaller: schools are looked for near it."""
    home = next((c for c in hit.others if c.state), None)
    if hit.city is None or hit.city.state or home is None or home.population * NEAR_HOME < hit.city.population:
        return hit
    others = (hit.city, *(c for c in hit.others if c is not home))
    return replace(hit, code=home.state or "", city=home, others=others)


def _likeliest(first: int, last: int, found: Sequence[City]) -> Hit:
    """The likeliest city of a name; sure where no namesake in another state or at home comes near it."""
    best, *others = found
    elsewhere = [c for c in others if (c.state, c.state or c.country) != (best.state, best.state or best.country)]
    abroad = [c for c in elsewhere if best.state or c.state]  # two cities abroad are abroad either way
    sure = not abroad or _weight(best) >= CLEAR * _weight(abroad[0])
    code = best.state or best.country
    return Hit(first, last, "city", code, best, tuple(others), sure=sure)
