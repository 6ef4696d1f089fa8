"""Finding programs by name: the list that the web service and the programs page read page by page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from knowledge import Knowledge, Program


def find(knowledge: Knowledge, text: str = "", ranked: bool | None = None) -> list[Program]:
    """Programs in rank order, then those beyond the pack's own by name; only those that a text names, if given.

    Every word of the text must begin a word of one of the program's names or of its city or state; programs
    that have all of them as whole words come first.
    """
    own = knowledge.programs.values() if ranked is not False else ()
    beyond = knowledge.beyond.values() if ranked is not True else ()
    programs = [*own, *beyond]
    sought = words(text)
    if not text:
        return programs
    states = {place.id: place.names for place in knowledge.places if place.kind == "state"}
    told = [(program, _told(program, states)) for program in programs]
    found = [(p, all_in) for p, known in told if (all_in := _holds(sought, known)) is not None]
    return [p for p, _ in sorted(found, key=lambda one: not one[1])]


def words(text: str) -> set[str]:
    """The words of a text, without case, accents and punctuation.

    >>> sorted(words("Cal Poly, Pomona"))
    ['cal', 'poly', 'pomona']
    """
    plain = unicodedata.normalize("NFKD", text.casefold().replace("'", ""))
    return set(re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c))))


def _told(program: Program, states: Mapping[str, Iterable[str]]) -> set[str]:
    texts = [program.name, program.short, *program.names, *states.get(program.value("state"), ())]
    texts += [str(value) for field in ("aliases", "city", "state") if (value := program.value(field)) is not None]
    return words(" ".join(texts))


def _holds(sought: Iterable[str], known: set[str]) -> bool | None:
    """Whether all words are known as they stand; None where one of them begins no word that is known."""
    sought = set(sought)
    if not sought or not all(any(word.startswith(start) for word in known) for start in sought):
        return None
    return sought <= known
