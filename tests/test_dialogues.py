"""Scripted talks, as data: `dialogues/<act>.toml` holds talks that lead to that act of a reply, and `record.toml`
such as draw on the federal record, whatever the act.

A turn says what the student writes (`say`) and any of what must come of it: `acts`, the user acts in their
order; `action`, the act of the reply (or a list: one of them); `holds` and `lacks`, what the text has and has
not; `profile`, the whole profile afterwards; `asks`, the slot that the advisor asks about; `sections`, guide
sections that are cited among others; `unknown`, programs that something is said not to be known of. A talk
with a `bug` is known to go wrong, and why: its test fails as soon as it no longer does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor import Conversation
from tests import advisors

FOLDER = Path(__file__).resolve().parent / "dialogues"
KEYS = {"say", "acts", "action", "holds", "lacks", "profile", "asks", "sections", "unknown"}


def talks() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.toml")):
        for talk in tomllib.loads(path.read_text(encoding="utf-8"))["dialogue"]:
            bug = pytest.mark.xfail(reason=talk["bug"], strict=True) if "bug" in talk else ()
            yield pytest.param(talk["turns"], id=f"{path.stem}: {talk['name']}", marks=bug)


def faults(turn: dict[str, Any], conversation: Conversation) -> Iterator[str]:
    """Says the turn, and yields what is wrong with what came of it."""
    understood = advisors.acts(advisors.real(), turn["say"], conversation.state)
    reply = advisors.real().reply(conversation, turn["say"])
    acts = [type(act).__name__ for act in understood]
    allowed = [turn["action"]] if isinstance(turn.get("action"), str) else turn.get("action", [])
    if "acts" in turn and acts != turn["acts"]:
        yield f"understood {acts}, not {turn['acts']}"
    if allowed and reply.act not in allowed:
        yield f"answers with {reply.act}, not {' or '.join(allowed)}"
    yield from (f"lacks {words!r}" for words in turn.get("holds", []) if words not in reply.text)
    yield from (f"says {words!r}" for words in turn.get("lacks", []) if words in reply.text)
    profile = conversation.state.profile.to_dict()
    if "profile" in turn and profile != turn["profile"]:
        yield f"holds the profile {profile}, not {turn['profile']}"
    if "asks" in turn and (reply.question is None or reply.question.slot != turn["asks"]):
        yield f"does not ask about {turn['asks']}"
    yield from (f"does not cite {name}" for name in turn.get("sections", []) if name not in reply.sections)
    untold = {unknown.program for unknown in reply.unknown}
    yield from (f"does not say what is unknown of {id}" for id in turn.get("unknown", []) if id not in untold)


@pytest.mark.parametrize("turns", talks())
def test_a_talk_goes_as_it_is_written(turns: list[dict[str, Any]]) -> None:
    conversation = Conversation("dialogue")
    for number, turn in enumerate(turns, 1):
        wrong = list(faults(turn, conversation))
        text = conversation.turns[-1].reply["text"]
        assert not wrong, f"turn {number}, {turn['say']!r}: {'; '.join(wrong)}\n{text}"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_of_talks_is_well_formed(path: Path) -> None:
    talks = tomllib.loads(path.read_text(encoding="utf-8"))["dialogue"]
    assert len({talk["name"] for talk in talks}) == len(talks) >= 3
    assert [turn for talk in talks for turn in talk["turns"] if set(turn) - KEYS or "say" not in turn] == []
    actions = [turn.get("action") for talk in talks for turn in talk["turns"]]
    assert path.stem in actions or path.stem == "record"
