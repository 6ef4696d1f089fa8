"""Runs the steps that are missing, on the connection and in the transaction that `open_store` lends."""

from alembic import context
from sqlalchemy import text

connection = context.config.attributes["connection"]
if connection.dialect.name == "postgresql":
    # SQLite's write lock keeps a second process out; here it has to be asked for. The number is any.
    connection.execute(text("SELECT pg_advisory_xact_lock(20260101)"))
# SQLite can undo a change of tables, though Alembic does not count on it: an interrupted step leaves nothing.
context.configure(connection=connection, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
