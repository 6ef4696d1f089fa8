"""A pack that has everything but its record tables."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

SHIPPED = Path(__file__).resolve().parents[3] / "knowledge" / "packs" / "ml-masters"

PROGRAM = """
id = "larkspur-university"
name = "Larkspur University"
short = "Larkspur"
names = ["Larkspur University", "Larkspur"]
record = "100001"

[[state]]
value = "WA"
place = "Table, row 1"

[[tuition]]
value = 10000
place = "Table, row 1"
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """One ranked program, with fields, parts and tables as the shipped pack describes them."""
    folder = tmp_path / "pack"
    (folder / "programs").mkdir(parents=True)
    (folder / "federal").mkdir()
    for name in ("fields.toml", "sources.toml", "parts.toml", "tables.toml", "pack.toml"):
        shutil.copy(SHIPPED / name, folder)
    (folder / "federal" / "names.toml").write_text('[tansy-creek-college]\nshort = "Tansy"\n')
    (folder / "programs" / "larkspur-university.toml").write_text(PROGRAM)
    return folder


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    """A folder for the agencies' files."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder
