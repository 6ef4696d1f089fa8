"""What people call the schools of the record: variants of their full names, and those aliases that are safe.

A directory's aliases are what each school wrote down: nicknames, names of a hundred years ago, initials that
five schools share, plain words ("Mines", "Central"). A name that could mean something else is worse than one
that is missing, so an alias must be one school's alone, and look like the name of a school.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import StrictStr

from knowledge.schema import Record
from knowledge.table import plain_words

SEPARATORS = re.compile(r"[|;,/]| {2,}")
"""Aliases are parted in four ways: |, commas, slashes and double blanks (and semicolons, by way of mistake)."""

MAIN = re.compile(r"-Main(?: Campus)?$")
INITIALS = re.compile(r"[A-Z]{4,7}")
KIND = re.compile(
    r"\b(University|College|Institute|Polytechnic|State|Tech|Poly|SUNY|CUNY|UC|UNC|UT|UW|UMass|Cal|U)\b", re.IGNORECASE
)
COMMON = plain_words(
    "university college institute school polytechnic state tech technology technological poly of the and at in for "
    "a an u system campus main online global graduate national american international city north south east west "
    "northern southern eastern western central saint st new united states center centre computer science information "
    "business health law medical arts sciences engineering management art design professional studies learning"
).split()
"""Words that many schools have in their names: sharing one of them says nothing."""


class Called(Record):
    """What a school of the record is called, by hand: `short` as replies write it, `names` as people do."""

    short: StrictStr = ""
    names: tuple[StrictStr, ...] = ()


@dataclass(frozen=True)
class Name:
    """The names of a school as tables and people give them: the first of `full` is its name."""

    id: str
    full: tuple[str, ...]
    called: Called
    aliases: str = ""


def names_of(schools: Iterable[Name], taken: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The names of each school by its id, the full name first.

    A name that is less sure gives way to a surer one of another school, and to those that are `taken`
    (of ranked programs, of places, of schools outside): full names, then those by hand, then variants, then
    aliases. Two schools with equal claim to a name both keep it if people gave it to them by hand, else
    neither. What several full names begin with ("University of California") is no single school's.
    """
    listed = list(schools)
    held = {plain_words(name): {""} for name in taken}
    systems = _beginnings([plain_words(full) for school in listed for full in school.full[:1]] + list(held))
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for sure, step in ((True, _full), (True, _by_hand), (False, _variants), (False, _aliases)):
        wanted: dict[str, set[str]] = defaultdict(set)
        offered = [(school.id, name, plain_words(name)) for school in listed for name in step(school)]
        for id, _, words in offered:
            wanted[words].add(id)
        for id, name, words in offered:
            alone = wanted[words] == {id} and held.get(words, {id}) == {id} and words not in systems
            if words and (sure or alone):
                found[id].setdefault(words, name)
        for words, ids in wanted.items():
            held.setdefault(words, set()).update(ids)
    return {id: tuple(names.values()) for id, names in found.items()}


def _beginnings(names: Iterable[str]) -> set[str]:
    """The runs of words that more than one name begins with and goes on from."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name in set(names):
        words = name.split()
        for end in range(2, len(words)):
            owners[f" {' '.join(words[:end])} "].add(name)
    return {words for words, owned in owners.items() if len(owned) > 1}


def short_of(school: Name) -> str:
    """How replies write a school."""
    return school.called.short or MAIN.sub("", school.full[0])


def _full(school: Name) -> Iterator[str]:
    """The full name; a main campus is also what the plain name means."""
    yield from dict.fromkeys((school.full[0], MAIN.sub("", school.full[0])))


def _by_hand(school: Name) -> Iterator[str]:
    yield from filter(None, (school.called.short, *school.called.names))


def _variants(school: Name) -> Iterator[str]:
    """Other ways to write the full names: without "The", "Saint" for "St", "at" for a hyphen, "X State"."""
    for full in school.full:
        name = MAIN.sub("", full)
        for written in dict.fromkeys((full, name, name.removeprefix("The "))):
            yield written
            if re.search(r"\bSt\.? ", written):
                yield re.sub(r"\bSt\.? ", "Saint ", written)
            elif "Saint " in written:
                yield written.replace("Saint ", "St ")
            if "-" in written and not MAIN.search(written):
                yield written.replace("-", " at ", 1)
            yield re.sub(r" (?:at|in) (?=[A-Z])", " ", written)
        if match := re.fullmatch(r"(.+ State) University", name):
            yield match[1]


def _aliases(school: Name) -> Iterator[str]:
    """The aliases that look like names of the school: four initials or more, or some words that are its own."""
    full = {word for name in school.full for word in plain_words(name).split()}
    own = full.difference(COMMON)
    for alias in SEPARATORS.split(school.aliases):
        alias = re.sub(r"^(?:and|or) |[\s.]+$", "", " ".join(alias.split()))
        words = plain_words(alias).split()
        if re.search(r"[(:+]", alias) or ("college" in words and "college" not in full):
            continue  # remarks, and names from before a college became a university, which others bear today
        initials = len(words) == 1 and INITIALS.fullmatch(alias) and words[0] not in {*full, *COMMON}
        if initials or (len(words) > 1 and KIND.search(alias) and own & {*words}):
            yield alias
