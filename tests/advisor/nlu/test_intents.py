"""What an utterance wants, by sure cues and by the nearest example. The examples themselves: test_examples.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from advisor.nlu.intents import Intent, Intents, read_intents
from advisor.nlu.phrases import tokenise

HELP = Intent(
    "help",
    "asks for help",
    cues=("help", "help me"),
    contains=("lost here",),
    starts=("assist",),
    examples=("aid", "rescue"),
)
BYE = Intent("bye", "leaves", cues=("bye",), examples=("farewell",))
SCORES = np.array([0.2, 0.7, 0.4], dtype=np.float32)
INTENTS = Intents([HELP, BYE], lambda text: SCORES)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("help", "help"),
        ("HELP ME!", "help"),
        ("ok, bye then", "bye"),
        ("help the aged", None),
        ("", None),
        ("so?", None),
    ],
)
def test_a_cue_is_the_whole_utterance_but_for_fillers(text: str, intent: str | None) -> None:
    assert INTENTS.cue(tokenise(text)) == intent


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("I am lost here, sorry", {"help"}),
        ("please assist a beginner", {"help"}),
        ("what do you assist with", set()),
        ("nothing", set()),
    ],
)
def test_a_sure_phrase_stands_anywhere_and_an_opening_first(text: str, intents: set[str]) -> None:
    assert INTENTS.contained(tokenise(text)) == intents


def test_an_intent_is_as_near_as_its_nearest_example() -> None:
    assert INTENTS.nearest("save us") == {"help": pytest.approx(0.7), "bye": pytest.approx(0.4)}


def test_without_an_encoder_nothing_is_near() -> None:
    assert Intents([HELP, BYE], None).nearest("save us") == {}


def test_a_pack_lays_its_examples_over_the_advisors_own(tmp_path: Path) -> None:
    (tmp_path / "greet.toml").write_text('means = "greets"\ncues = ["ahoy"]\nexamples = ["ahoy there"]\n')
    (tmp_path / "sail.toml").write_text('means = "sails"\ncues = ["cast off"]\nexamples = ["set sail"]\n')
    laid = {intent.name: intent for intent in read_intents(tmp_path)}
    assert laid["greet"].cues == ("ahoy",) and "sail" in laid and "thanks" in laid
