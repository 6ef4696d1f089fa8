"""What tests of all rooms share: the tiny made-up pack, and the pack that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge import Knowledge, load

TESTS = Path(__file__).resolve().parent


@pytest.fixture(scope="session")
def tiny() -> Knowledge:
    """Six made-up creative-writing programs (tests/tiny)."""
    return load(TESTS / "tiny")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The pack that ships."""
    return load(TESTS.parent / "knowledge" / "packs" / "ml-masters")
