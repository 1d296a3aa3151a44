"""Bringing a database to the newest form of the tables."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def newest() -> str:
    """The number of the newest migration, four digits."""
    return max(path.name[:4] for path in (FOLDER / "versions").glob("[0-9]*.py"))


def current(url: str) -> str | None:
    """The number of the migration that the database is at; None when it is empty."""
    database = Database(url)
    try:
        with database.reading() as tx:
            if not inspect(tx).has_table("alembic_version"):
                return None
            found: str | None = tx.execute(text("SELECT version_num FROM alembic_version")).scalar()
            return found
    finally:
        database.close()


def upgrade(url: str, to: str = "") -> None:
    """Apply what is missing up to that migration, or to the newest; quick when nothing is."""
    if current(url) == (to or newest()):
        return
    from alembic import command  # noqa: PLC0415 - it costs a third of a second, and is rarely needed

    command.upgrade(config(url), to or "head")


def config(url: str) -> "Config":
    """What alembic wants to know."""
    from alembic.config import Config  # noqa: PLC0415 - as above

    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["url"] = url
    return made
