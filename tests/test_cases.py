"""How many of the cases in `cases/*.jsonl` are right, with the real model. `advisor evaluate FILE` shows one file's."""

from __future__ import annotations

from functools import cache

import pytest

from advisor.evaluation import Case, Report, evaluate, read_cases
from tests import advisors

FILES = sorted((advisors.TESTS / "cases").glob("*.jsonl"))
SHARES = {
    "facts": 0.95,
    "guide": 0.88,
    "shortlists": 0.92,
    "unanswerable": 0.96,
    "offtopic": 0.94,
    "dialogues": 0.80,
    "federal": 0.93,
}
"""Of each file, the share of cases that are right at least: a little under what was measured."""
PROFILES = 0.86
"""The share of profiles that are right as a whole, likewise, over all files."""


@cache
def cases(name: str) -> list[Case]:
    return read_cases(advisors.TESTS / "cases" / f"{name}.jsonl")


@cache
def report(name: str) -> Report:
    """The report on one file."""
    return evaluate(cases(name), advisors.listener, advisors.real().knowledge)


def test_every_file_of_cases_has_its_share() -> None:
    assert {path.stem for path in FILES} == set(SHARES)


def test_no_case_stands_twice() -> None:
    ids = [case.id for name in SHARES for case in cases(name)]
    texts = [tuple(text for text, _ in case.turns) for name in SHARES for case in cases(name)]
    assert len(ids) == len(set(ids)) and len(texts) == len(set(texts))


@pytest.mark.parametrize("name", SHARES)
def test_cases_are_right(name: str) -> None:
    found = report(name)
    failures = "\n".join(map(str, found.failures))
    print(f"\n{name}\n{found.table()}")
    assert found.share >= SHARES[name], f"\n{found.table()}\n{failures}"


def test_profiles_are_right() -> None:
    right, compared = (sum(counts) for counts in zip(*(report(name).joint for name in SHARES), strict=True))
    assert right / compared >= PROFILES, f"{right} of {compared}"
