"""Wordings: one file for each act, filled with facts, and never with a figure of their own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, UndefinedError

import advisor.nlg
from advisor.actions import ACTIONS
from advisor.dialogue.acts import SystemAct
from advisor.nlg import word
from tests import advisors

PHRASES = sorted((Path(advisor.nlg.__file__).parent / "phrases").glob("*.toml"))
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
"""What Jinja2 fills in, or runs."""


def wordings(path: Path) -> Iterator[tuple[str, str]]:
    def within(entry: Any, name: str) -> Iterator[tuple[str, str]]:
        if isinstance(entry, str):
            yield name, entry
        else:
            for key, inner in entry.items():
                yield from within(inner, f"{name}.{key}".strip("."))

    yield from within(tomllib.loads(path.read_text(encoding="utf-8")), "")


def test_every_act_has_its_file_of_phrases() -> None:
    assert {path.stem for path in PHRASES} == set(ACTIONS)


@pytest.mark.parametrize("path", PHRASES, ids=lambda path: path.stem)
def test_every_wording_can_be_read(path: Path) -> None:
    for _, text in wordings(path):
        Environment().parse(text)


def test_no_wording_holds_a_figure_of_its_own() -> None:
    texts = {f"{path.stem}.{name}": CODE.sub("", text) for path in PHRASES for name, text in wordings(path)}
    assert [name for name, text in texts.items() if re.search(r"\d", text)] == []


def test_a_case_without_a_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        word(SystemAct("restart", "no such case"))


def test_a_phrase_that_is_not_filled_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        word(SystemAct("out_of_scope", "declined"))


@pytest.mark.parametrize(
    "text",
    ["tell me about CMU", "under 20k", "compare NYU and USC", "cheapest three", "average tuition", "weather?"],
)
def test_replies_are_tidy(text: str) -> None:
    lines = advisors.say(advisors.shipped(), text).text.split("\n")
    assert [line for line in lines if line != line.rstrip() or "  " in line.strip() or ".." in line] == []
    assert lines[0] and lines[-1]


@pytest.mark.parametrize("text", ["tell me about CMU", "why Emory?", "online and under 50k", "Penn's tuition"])
def test_replies_show_nothing_of_their_making(text: str) -> None:
    said = advisors.say(advisors.shipped(), text).text
    assert not re.search(r"[{}]|\bNone\b|\bnan\b|\bTrue\b|\bFalse\b|Undefined|<[a-z]", said)
