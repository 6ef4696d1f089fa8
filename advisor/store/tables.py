"""The tables of stored conversations, once, for SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0001"
"""The last step in `migrations/versions`: a store that is up to date opens without loading Alembic."""

metadata = MetaData()

conversations = Table(
    "conversations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created", Text, nullable=False),
)

# The two constraints are what settles who came first when two writers think at the same time.
turns = Table(
    "turns",
    metadata,
    Column("conversation", Text, ForeignKey("conversations.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", JSON, nullable=False),
    Column("reply", JSON, nullable=False),
    Column("acts", JSON, nullable=False),
    Column("actions", JSON, nullable=False),
    Column("key", Text),
    Column("created", Text, nullable=False),
    PrimaryKeyConstraint("conversation", "number", name="turns_number"),
    UniqueConstraint("conversation", "key", name="turns_key"),
)
