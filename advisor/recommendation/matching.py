"""Which programs hold every wish, which do not, and which cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from knowledge import Table, Test, holds

from advisor.dialogue.situation import Match


def match(tests: Mapping[str, Test], table: Table, programs: Iterable[str]) -> tuple[Match, ...]:
    """For each program whether it holds all tests: no if one fails, None if one cannot be told, else yes."""
    return tuple(_match(tests, table, program) for program in programs)


def _match(tests: Mapping[str, Test], table: Table, program: str) -> Match:
    by_slot = {slot: holds(test, table, program) for slot, test in tests.items()}
    verdicts = set(by_slot.values())
    return Match(program, False if False in verdicts else None if None in verdicts else True, by_slot)
