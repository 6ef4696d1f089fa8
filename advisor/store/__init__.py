"""Conversations kept: `open_store(url)`; load, lend, and save if all went well.

Thinking has no effects, so no lock is held while it goes on: of two writers the second is refused by
the tables, reloads and thinks again; only one that keeps losing takes the lock first (`Store.turn`).
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Row,
    Select,
    create_engine,
    delete,
    event,
    insert,
    inspect,
    make_url,
    pool,
    select,
    text,
)
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    IntegrityError,
    OperationalError,
    TimeoutError as NoConnection,
)

from advisor.conversation import Conversation, Turn
from advisor.dialogue.state import DialogueState
from advisor.store.tables import HEAD, conversations, turns

__all__ = ["Busy", "Conflict", "NotFound", "Store", "StoreError", "Unreadable", "open_store"]

WAIT = 10
"""Seconds to wait for another writer, or for a free connection, before a store is `Busy`."""

TRIES = 3
"""How often `Store.turn` thinks without a lock. Backing off instead, however long, lets the last winner
win again: of 400 turns by eight writers on one conversation, up to 8 lost 20 times in a row."""

PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")
"""SQLite's names for what may be over at the next try. A full disk is told as FULL or as IOERR."""


class StoreError(Exception):
    """Conversations cannot be kept or read; the message says why and what to do."""


class NotFound(StoreError):
    """There is no such conversation, or no longer."""


class Conflict(StoreError):
    """Another turn came first: reload the conversation and think again."""


class Busy(StoreError):
    """Locked, full or out of reach: nothing was saved, and the same call may succeed later."""


class Unreadable(StoreError):
    """This one conversation was stored in a form that this version of the advisor does not read."""


class Store:
    """The conversations of one database. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(reading=True)

    def create(self) -> str:
        """The id of a new, empty conversation: 128 random bits, as 32 characters safe in a URL."""
        id = secrets.token_hex(16)
        with _plainly(), self._engine.begin() as connection:
            connection.execute(insert(conversations).values(id=id, created=_now()))
        return id

    def exists(self, id: str) -> bool:
        """Whether there is a conversation of this id."""
        with _plainly(), self._reading.begin() as connection:
            return _exists(connection, id)

    @contextmanager
    def conversation(self, id: str) -> Iterator[Conversation]:
        """Lends a conversation; what was appended to it is saved when the block ends without an exception.

        Raises NotFound, Unreadable or Busy at the start; at the end Conflict, when another writer has
        saved a turn since the start (or the conversation is gone), or Busy. Then nothing was saved.
        """
        with _plainly(), self._reading.begin() as connection:
            conversation = _load(connection, id)
        known = len(conversation.turns)
        yield conversation
        new = conversation.turns[known:]
        if new:
            with _plainly(), self._engine.begin() as connection:
                _lock(connection, id)
                _save(connection, id, new)

    @contextmanager
    def _alone(self, id: str) -> Iterator[Conversation]:
        with _plainly(), self._engine.begin() as connection:
            _lock(connection, id)
            conversation = _load(connection, id)
            known = len(conversation.turns)
            yield conversation
            _save(connection, id, conversation.turns[known:])

    def turn(self, id: str, think: Callable[[Conversation], Turn], key: str | None = None) -> Turn:
        """The turn that `think` makes of the conversation, saved; or the one saved before under `key`.

        `think` is called again, with the conversation reloaded, when another turn came first: so it
        must have no effects but on the conversation. It may append its turn or leave that to this
        method. Raises NotFound, Unreadable or Busy, and what `think` raises; then nothing was saved.
        """
        key = None if key is None else _clean(key)
        for _ in range(TRIES):
            try:
                with self.conversation(id) as conversation:
                    return _next(conversation, think, key)
            except Conflict:
                continue
        with self._alone(id) as conversation:
            return _next(conversation, think, key)

    def delete(self, id: str) -> None:
        """Forgets a conversation with all its turns. Raises NotFound."""
        with _plainly(), self._engine.begin() as connection:
            gone = connection.execute(delete(conversations).where(conversations.c.id == _clean(id)))
            if gone.rowcount == 0:
                raise _not_found(id)

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()


def open_store(url: str) -> Store:
    """The store at an SQLAlchemy URL, its folder, file and tables made or brought up to date.

    `sqlite://` is one that lasts as long as it is open. Raises StoreError, or Busy when another
    process holds the database for more than `WAIT` seconds.
    """
    try:
        engine = _engine(make_url(url))
    except (ArgumentError, ModuleNotFoundError, OSError) as error:
        raise StoreError(f"no database can be opened at {_shown(url)}: {error}") from error
    with _plainly(), engine.execution_options(reading=True).begin() as connection:
        current = _is_current(connection)
    if not current:
        with _plainly(), engine.begin() as connection:
            _migrate(connection)
    return Store(engine)


# ---- the database ----------------------------------------------------------------------------


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_timeout=WAIT)
    arguments: dict[str, Any] = {"timeout": WAIT, "isolation_level": None, "check_same_thread": False}
    if url.database in (None, "", ":memory:"):
        # Another connection would see another, empty database: there is one, and threads take turns.
        single: dict[str, Any] = {"poolclass": pool.QueuePool, "pool_size": 1, "max_overflow": 0}
        engine = create_engine(url, connect_args=arguments, pool_timeout=WAIT, **single)
    else:
        Path(str(url.database)).expanduser().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        url = url.set(database=str(Path(str(url.database)).expanduser()))
        engine = create_engine(url, connect_args=arguments, pool_timeout=WAIT)
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def _settle(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    for setting in (
        "journal_mode=WAL",  # reading goes on while another writes
        "synchronous=FULL",  # an acknowledged turn outlives a power cut; NORMAL may drop the last ones
        "foreign_keys=ON",
        "secure_delete=ON",  # what is forgotten is overwritten, not only unlinked
    ):
        cursor.execute(f"PRAGMA {setting}")
    cursor.close()


def _begin(connection: Connection) -> None:
    # Python's driver would begin late and then read without a lock, which loses updates silently; and
    # a reader that turns into a writer is refused at once, however long the timeout.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _is_current(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    # Later than ours: a newer advisor shares the database, and its steps only add.
    return at is not None and str(at) >= HEAD


_migrating = threading.Lock()


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "advisor.store:migrations")
    config.attributes["connection"] = connection
    with _migrating:  # Alembic keeps the step it is at in a global
        if not _is_current(connection):
            command.upgrade(config, "head")


@contextmanager
def _plainly() -> Iterator[None]:
    """Raises the database library's errors as this room's."""
    try:
        yield
    except IntegrityError as error:
        raise Conflict("another turn came first, or the conversation is gone") from error
    except NoConnection as error:
        raise Busy("all connections to the database are in use; try again") from error
    except DBAPIError as error:
        name = getattr(error.orig, "sqlite_errorname", None)
        passing = isinstance(error, OperationalError) if name is None else name.startswith(PASSING)
        if passing:
            raise Busy(f"the database cannot be used just now ({error.orig}); try again") from error
        raise StoreError(f"the database cannot be used: {error.orig}") from error


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return "what is not an SQLAlchemy URL, such as sqlite:///conversations.sqlite"


# ---- turns and rows --------------------------------------------------------------------------


def _exists(connection: Connection, id: str) -> bool:
    return connection.execute(_one(id)).first() is not None


def _one(id: str) -> Select[tuple[str]]:
    return select(conversations.c.id).where(conversations.c.id == _clean(id))


def _lock(connection: Connection, id: str) -> None:
    # PostgreSQL: whoever saves locks the conversation first, or an insert and the foreign key behind it
    # deadlock with a writer that holds it. SQLite has one lock for all, held since BEGIN IMMEDIATE.
    connection.execute(_one(id).with_for_update())


def _load(connection: Connection, id: str) -> Conversation:
    if not _exists(connection, id):
        raise _not_found(id)
    ordered = select(turns).where(turns.c.conversation == _clean(id)).order_by(turns.c.number)
    return Conversation(id, [_turn(row) for row in connection.execute(ordered)])


def _save(connection: Connection, id: str, new: Sequence[Turn]) -> None:
    if new:
        created = _now()
        connection.execute(insert(turns), [_row(id, turn, created) for turn in new])


def _next(conversation: Conversation, think: Callable[[Conversation], Turn], key: str | None) -> Turn:
    done = conversation.with_key(key)
    if done is not None:
        return done
    turn = replace(think(conversation), key=key)
    del conversation.turns[turn.number - 1 :]
    conversation.append(turn)
    return turn


def _row(id: str, turn: Turn, created: str) -> dict[str, Any]:
    return {
        "conversation": _clean(id),
        "number": turn.number,
        "text": _clean(turn.text),
        "state": turn.state.to_dict(),
        "reply": turn.reply,
        "acts": list(turn.acts),
        "actions": list(turn.actions),
        "key": None if turn.key is None else _clean(turn.key),
        "created": created,
    }


def _turn(row: Row[Any]) -> Turn:
    try:
        state = DialogueState.from_dict(row.state)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        where = f"conversation {row.conversation}, turn {row.number}"
        raise Unreadable(f"{where}: {error}; start a new one") from error
    return Turn(row.number, row.text, state, row.reply, tuple(row.acts), tuple(row.actions), row.key)


def _clean(words: str) -> str:
    # PostgreSQL refuses NUL, and no driver encodes half a character. The ways in strip both before.
    return words.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _not_found(id: str) -> NotFound:
    return NotFound(f"there is no conversation {id!r}")
