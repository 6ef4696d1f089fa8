"""What is documented exists, and what exists is documented."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from advisor.dialogue.acts import ActName
from advisor.dialogue.slots import read_slots
from advisor.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "knowledge/README.md"]
DOCUMENTS += sorted(f"docs/{file.name}" for file in (ROOT / "docs").glob("*.md"))

CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)*/?)`")
COMMAND = re.compile(r"(?:^\$ |`)advisor ([a-z]+)", re.MULTILINE)
TARGET = re.compile(r"(?:^\$ |`)make ([a-z]+)", re.MULTILINE)
FILE_ENDINGS = (".py", ".toml", ".md", ".html", ".txt", ".lock", "/")

TO_BE_ADDED = ("knowledge/importing/", "tests/dialogues/")
"""Folders that a document may name before the first file in them is written."""


@cache
def text(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


@cache
def headings(document: str) -> set[str]:
    """The anchors of a document's headings."""
    titles = re.findall(r"^#+ (.+)$", CODE.sub("", text(document)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@cache
def commands() -> set[str]:
    """The commands that `advisor --help` lists."""
    call = [
        sys.executable,
        "-c",
        "import sys; from web.cli import main; sys.argv = ['advisor', '--help']; main()",
    ]
    told = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"^  ([a-z]+)  ", told.partition("Commands:")[2], re.MULTILINE))


def rows(document: str, heading: str) -> set[str]:
    """What stands as code in the first column of the table under a heading."""
    section = text(document).partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("|")]
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


def test_readme_lists_exactly_the_settings() -> None:
    assert rows("README.md", "Settings") == {f"ADVISOR_{name.upper()}" for name in Settings.model_fields}


def test_vocabulary_lists_exactly_the_slots() -> None:
    assert rows("docs/vocabulary.md", "Slots") == set(read_slots())


def test_vocabulary_lists_exactly_the_intents() -> None:
    intents = {file.stem for file in (ROOT / "advisor/nlu/examples").glob("*.toml")}

    assert rows("docs/vocabulary.md", "Intents") == intents


def test_vocabulary_lists_exactly_the_acts() -> None:
    assert rows("docs/vocabulary.md", "Acts") == set(get_args(ActName))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_that_are_named_exist(document: str) -> None:
    assert set(COMMAND.findall(text(document))) <= commands()


def test_readme_names_every_command() -> None:
    assert set(COMMAND.findall(text("README.md"))) == commands()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_that_are_named_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", text("Makefile"), re.MULTILINE))

    assert set(TARGET.findall(text(document))) <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_that_are_named_exist(document: str) -> None:
    named = [path for path in PATH.findall(text(document)) if "/" in path and path.endswith(FILE_ENDINGS)]

    missing = [p for p in named if not (ROOT / p).exists() and not (ROOT / document).parent.joinpath(p).exists()]

    assert [path for path in missing if not path.startswith(TO_BE_ADDED)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    links = [link for link in LINK.findall(CODE.sub("", text(document))) if "://" not in link]

    for link in links:
        name, _, anchor = link.partition("#")
        target = (ROOT / document).parent.joinpath(name).resolve() if name else ROOT / document
        assert target.exists(), link
        if anchor:
            assert anchor in headings(str(target.relative_to(ROOT))), link
