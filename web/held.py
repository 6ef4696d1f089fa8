"""What the app holds, for the duration of a request: advisor, store and settings; and taking a turn."""

from __future__ import annotations

from typing import cast

from flask import current_app

from knowledge import Knowledge

from advisor import Advisor, Conversation, Settings, Store, Turn


def advisor() -> Advisor:
    """The advisor that this app answers with."""
    return cast(Advisor, current_app.extensions["advisor"])


def store() -> Store:
    """Where this app keeps conversations."""
    return cast(Store, current_app.extensions["store"])


def settings() -> Settings:
    """The settings that this app was made with."""
    return cast(Settings, current_app.extensions["settings"])


def knowledge() -> Knowledge:
    """The knowledge that this app answers from."""
    return advisor().knowledge


def say(id: str, text: str, key: str | None = None) -> Turn:
    """One turn of a stored conversation, or the one that was taken before under `key`."""

    def think(conversation: Conversation) -> Turn:
        advisor().reply(conversation, text)
        return conversation.turns[-1]

    return store().turn(id, think, key)
