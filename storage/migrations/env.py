"""How alembic reaches the database: through our own engine, in batch mode for SQLite."""

# ruff: noqa: INP001 - a script that alembic runs, no module

from contextlib import closing

from alembic import context
from sqlalchemy import event, text
from sqlmodel import SQLModel

import storage.tables  # noqa: F401 - every table must be declared before they are compared
from storage.database import Database, alone

database = Database(context.config.attributes["url"])
if database.is_sqlite:  # it changes a table by making a new one, and rows point to the old one
    event.listen(
        database.engine, "connect", lambda made, _: made.execute("PRAGMA foreign_keys=OFF")
    )
with closing(database), database.transaction() as tx:
    alone(tx, "migration")
    context.configure(connection=tx, target_metadata=SQLModel.metadata, render_as_batch=True)
    context.run_migrations()
    if database.is_sqlite and tx.execute(text("PRAGMA foreign_key_check")).first():
        raise ValueError("a migration has left rows that point to nothing")
