"""What the tests of places, residency and nearness share: readers over the pack that ships, and texts for them."""

from __future__ import annotations

from functools import cache

import knowledge

from advisor.nlu.entities import Entity, Names
from advisor.nlu.nearness import NearnessReader
from advisor.nlu.normalise import normalise
from advisor.nlu.phrases import Span, Token, tokenise
from advisor.nlu.residency import ResidencyReader
from advisor.nlu.spots import SpotReader
from advisor.settings import Settings


@cache
def _knowledge() -> knowledge.Knowledge:
    return knowledge.load(Settings().pack)


@cache
def _names() -> Names:
    return Names(_knowledge())


@cache
def spots() -> SpotReader:
    return SpotReader(_knowledge().places)


@cache
def residency() -> ResidencyReader:
    held = _knowledge()
    programs = (*held.programs.values(), *held.beyond.values())
    return ResidencyReader(spots(), {p.id: p.value("state") for p in programs if p.value("state")})


@cache
def nearness() -> NearnessReader:
    return NearnessReader(spots(), residency())


def read(text: str) -> tuple[tuple[Token, ...], list[Span[Entity]]]:
    """The tokens of a text and the names in it."""
    tokens = tokenise(normalise(text).text)
    return tokens, _names().find(tokens)
