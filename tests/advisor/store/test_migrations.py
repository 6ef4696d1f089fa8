"""Any database, from none at all, is brought up to date."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from advisor.store import StoreError, open_store
from advisor.store.tables import HEAD, metadata


def steps() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", "advisor.store:migrations")
    return ScriptDirectory.from_config(config)


def test_head_is_the_last_step():
    assert steps().get_current_head() == HEAD


def test_steps_are_numbered_in_their_order():
    numbers = [step.revision for step in steps().walk_revisions()]
    assert numbers == sorted(numbers, reverse=True)
    assert all(len(number) == 4 and number.isdigit() for number in numbers)


def test_the_steps_lead_to_the_tables(url: str):
    open_store(url).close()
    with create_engine(url).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_opening_again_changes_nothing_and_needs_no_alembic(url: str, monkeypatch: pytest.MonkeyPatch):
    store = open_store(url)
    id = store.create()
    store.close()
    monkeypatch.setitem(sys.modules, "alembic.command", None)
    again = open_store(url)
    assert again.exists(id)
    again.close()


def test_many_that_open_a_new_database_at_once_all_can_use_it(url: str):
    with ThreadPoolExecutor(8) as threads:
        stores = list(threads.map(open_store, [url] * 8))
    ids = [store.create() for store in stores]
    assert all(stores[0].exists(id) for id in ids)
    for store in stores:
        store.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(url: str, tmp_path: Path):
    file = tmp_path / "new" / "conversations.sqlite"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE turns (surprise)")  # the step's second table is in the way
    with pytest.raises(StoreError, match="already exists"):
        open_store(url)
    with closing(sqlite3.connect(file)) as connection, connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        assert names == [("turns",)]
        connection.execute("DROP TABLE turns")
    open_store(url).close()


def test_a_database_of_a_newer_advisor_is_used_as_it_is(url: str):
    store = open_store(url)
    store.close()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    again = open_store(url)
    assert again.exists(again.create())
    again.close()


def test_sqlite_is_set_to_keep_what_it_acknowledged(url: str):
    store = open_store(url)
    with store._engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    store.close()
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "secure_delete": 1,
    }


def test_the_tables_are_fit_for_postgresql():
    made = [str(CreateTable(table).compile(dialect=postgresql.dialect())) for table in metadata.sorted_tables]
    assert "PRIMARY KEY (conversation, number)" in made[1]
