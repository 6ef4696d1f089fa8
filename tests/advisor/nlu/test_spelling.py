"""Names with a typing error: how many are still understood, and what is not to be taken for a name."""

from __future__ import annotations

import random
import re
import string

import pytest
from rapidfuzz import fuzz

from advisor.dialogue.acts import RequestFacts
from advisor.nlu.entities import NEARLY, Names
from advisor.nlu.phrases import key, tokenise
from tests import advisors

KNOWLEDGE = advisors.shipped().knowledge
NAMES = sorted({(p.id, name) for p in KNOWLEDGE.programs.values() for name in (p.name, p.short, *p.names)})
SIX = re.compile(r"(.*[A-Za-z]){6}")
WORD_OF_SIX = re.compile(r"[A-Za-z]{6}")
ROUNDS = 4
"""Typing errors tried on each name."""


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one letter put in, left out, replaced or swapped with its neighbour."""
    at = chance.choice([i for i in range(len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()])
    letter = chance.choice(string.ascii_lowercase)
    edits = (
        name[:at] + letter + name[at:],
        name[:at] + name[at + 1 :],
        name[:at] + letter + name[at + 1 :],
        name[:at] + name[at + 1] + name[at] + name[at + 2 :],
    )
    return chance.choice(edits)


def asked_about(text: str) -> set[str]:
    """The programs that facts are asked of."""
    acts = advisors.acts(advisors.shipped(), text)
    return {program for act in acts if isinstance(act, RequestFacts) for program in act.programs}


def share_understood(pattern: re.Pattern[str]) -> float:
    """Of the names with the pattern that are understood as they stand, the share that is with one error."""
    chance = random.Random(20261122)
    names = [(id, n) for id, n in NAMES if pattern.search(n) and asked_about(f"tuition at {n}") == {id}]
    tried = [(id, mistyped(name, chance)) for id, name in names for _ in range(ROUNDS)]
    lost = [name for id, name in tried if asked_about(f"tuition at {name}") != {id}]
    share = 1 - len(lost) / len(tried)
    print(f"\none typing error: {share:.1%} of {len(tried)} understood; lost, for example: {lost[:12]}")
    return share


def test_a_name_with_a_word_of_six_letters_is_understood_with_one_typing_error() -> None:
    assert share_understood(WORD_OF_SIX) >= 0.92


@pytest.mark.xfail(reason="86 to 90 of 100: words of up to five letters are corrected less often", strict=True)
def test_a_name_of_six_letters_in_all_is_understood_with_one_typing_error() -> None:
    assert share_understood(SIX) >= 0.92


def test_a_name_without_a_typing_error_is_understood() -> None:
    whole = [(id, program.name) for id, program in KNOWLEDGE.programs.items()]
    assert [name for id, name in whole if asked_about(f"tuition at {name}") != {id}] == []


def test_a_long_name_with_one_typing_error_is_near_enough() -> None:
    """What NEARLY is set by: names of several words, one random edit."""
    chance = random.Random(7)
    long = [name for _, name in NAMES if len(key(name)) > 1 and SIX.search(name)]
    pairs = [(" ".join(key(name)), " ".join(key(mistyped(name, chance)))) for name in long for _ in range(ROUNDS)]
    kept = sum(fuzz.ratio(one, other) >= NEARLY for one, other in pairs) / len(pairs)
    print(f"\nratio >= {NEARLY:g} after one typing error: {kept:.1%} of {len(pairs)}")
    assert kept >= 0.95


@pytest.mark.parametrize(
    "word",
    ["memory", "clerk", "new", "pen", "state", "rocket", "brand", "norther", "irving", "boss"],
)
def test_a_common_word_is_no_school(word: str) -> None:
    assert asked_about(f"tuition and {word}") == set()


@pytest.mark.parametrize(
    "text",
    [
        "my memory of it is poor",
        "the clerk at the desk",
        "a drake by the lake",
        "north and west",
        "I boast a lot",
    ],
)
def test_common_words_hold_no_name_of_a_school(text: str) -> None:
    found = Names(KNOWLEDGE).find(tokenise(text))
    assert not any(entity.kind == "program" for span in found for entity in span.values)
