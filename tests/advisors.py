"""Advisors that tests share, each built once: of the tiny pack, of the shipped one, and with the real model."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from advisor import Advisor, Conversation, Reply, Settings, load_advisor
from advisor.dialogue.acts import UserAct
from advisor.dialogue.state import DialogueState
from tests.advisor.fakes import FakeEncoder

TESTS = Path(__file__).resolve().parent
TINY = TESTS / "tiny"
BIKES = TESTS / "bikes"
INDEX = TESTS.parent / ".pytest_cache" / "advisor-index"
"""Where the real model's index outlives a run: building it takes half a minute."""

_scratch = TemporaryDirectory()


@cache
def tiny() -> Advisor:
    """Six made-up writing programs, with the fake encoder."""
    return load_advisor(Settings(pack=TINY, cache=Path(_scratch.name) / "tiny"), encoder=FakeEncoder())


@cache
def bikes() -> Advisor:
    """Nine made-up electric bikes, with the fake encoder: a subject that is no study."""
    return load_advisor(Settings(pack=BIKES, cache=Path(_scratch.name) / "bikes"), encoder=FakeEncoder())


@cache
def shipped() -> Advisor:
    """The pack that ships, with the fake encoder."""
    return load_advisor(Settings(cache=Path(_scratch.name) / "shipped"), encoder=FakeEncoder())


@cache
def real() -> Advisor:
    """The pack that ships, with the real model."""
    return load_advisor(Settings(cache=INDEX))


def say(advisor: Advisor, *texts: str) -> Reply:
    """The reply to the last of the texts, said one after the other."""
    return talk(advisor, *texts)[-1]


def talk(advisor: Advisor, *texts: str) -> list[Reply]:
    """The replies to texts said one after the other."""
    conversation = Conversation("test")
    return [advisor.reply(conversation, text) for text in texts]


def state(advisor: Advisor, *texts: str) -> DialogueState:
    """What holds after the texts."""
    conversation = Conversation("test")
    for text in texts:
        advisor.reply(conversation, text)
    return conversation.state


def acts(advisor: Advisor, text: str, before: DialogueState | None = None) -> tuple[UserAct, ...]:
    """The user acts of a text."""
    return advisor.think(text, before or DialogueState()).understanding.acts


def wishes(advisor: Advisor, *texts: str) -> dict[str, Any]:
    """The profile after the texts."""
    return state(advisor, *texts).profile.to_dict()


def listener() -> Callable[[str], dict[str, Any]]:
    """A new conversation with the real advisor: text → its reply as JSON has it."""
    conversation = Conversation("test")
    return lambda text: real().reply(conversation, text).to_dict()
