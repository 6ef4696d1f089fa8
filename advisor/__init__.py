"""Thinking: text and state in, structured reply out."""

from advisor.advisor import Advisor, ProfileError
from advisor.conversation import Conversation, Turn
from advisor.embedding import EncoderError
from advisor.evaluation import run_file
from advisor.loading import load_advisor
from advisor.reply import Reply
from advisor.settings import Settings
from advisor.store import Busy, Conflict, NotFound, Store, StoreError, Unreadable, open_store

__all__ = [
    "Advisor", "Busy", "Conflict", "Conversation", "EncoderError", "NotFound", "ProfileError", "Reply",
    "Settings", "Store", "StoreError", "Turn", "Unreadable", "load_advisor", "open_store", "run_file",
]  # fmt: skip
