"""What README.md of the room says is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge import (
    Claim,
    Contradiction,
    Field,
    Import,
    Omission,
    OtherSchool,
    Pack,
    Part,
    Place,
    Program,
    Section,
    Source,
    Topic,
)
from knowledge.loading import ELSEWHERE, NEEDED, TABLES
from knowledge.naming import Called
from knowledge.records import Against, Column, RecordTable
from knowledge.schema import ITEMS

README = (Path(__file__).resolve().parent.parent.parent / "knowledge" / "README.md").read_text(encoding="utf-8")
# Told by where a record stands, not by a key.
UNWRITTEN: dict[type, set[str]] = {
    Claim: {"program", "field"},
    Program: {"claims"},
    Section: {"blocks"},
    Field: {"name"},
}


@pytest.mark.parametrize("file", [*NEEDED, *TABLES, *ELSEWHERE])
def test_every_file_of_a_pack_is_described(file: str) -> None:
    assert f"`{file}`" in README


@pytest.mark.parametrize(
    "record",
    [
        Pack,
        Field,
        Source,
        Omission,
        Program,
        Claim,
        Section,
        Contradiction,
        Place,
        Topic,
        OtherSchool,
        Part,
        Import,
        RecordTable,
        Column,
        Against,
        Called,
    ],
)
def test_every_key_of_a_record_is_described(record: type) -> None:
    keys = set(record.model_fields) - UNWRITTEN.get(record, set())  # type: ignore[attr-defined]
    assert {key for key in keys if not re.search(rf"\b{key}\b", README)} == set()


@pytest.mark.parametrize("item", ITEMS)
def test_every_kind_of_entry_is_described(item: str) -> None:
    keys = getattr(ITEMS[item], "model_fields", ())
    row = next(line for line in README.splitlines() if line.startswith(f"| `{item}` |"))
    assert all(key in row for key in keys)


def test_the_python_example_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example is not None
    monkeypatch.chdir(Path(__file__).resolve().parent.parent.parent)
    scope: dict[str, object] = {}
    exec(example[1], scope)
    assert getattr(scope["cheapest"], "rows", None) == ("university-of-central-florida",)
