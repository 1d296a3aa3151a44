"""Which files were taken in, so that none is read again without need."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_new, table_of


class ImportRow(SQLModel, table=True):
    """A file that was taken in: the office's own, or the sample that comes with the program."""

    __tablename__ = "imports"

    sha256: str = Field(primary_key=True)
    of_office: bool
    at: datetime = Field(sa_type=UtcDateTime)


_IMPORTS = table_of(ImportRow)


def note(tx: Connection, sha256: str, now: datetime, *, of_office: bool) -> None:
    """Note that a file was taken in."""
    row = {"sha256": sha256, "of_office": of_office, "at": now}
    upsert = insert_new(tx, _IMPORTS).values(row)
    tx.execute(upsert.on_conflict_do_update(index_elements=["sha256"], set_=row))


def knows(tx: Connection, sha256: str) -> bool:
    """Whether that file was taken in before."""
    return bool(tx.execute(select(_IMPORTS.c.at).where(_IMPORTS.c.sha256 == sha256)).first())


def any_of_office(tx: Connection) -> bool:
    """Whether an office has taken in a file of its own."""
    return bool(tx.execute(select(_IMPORTS.c.at).where(_IMPORTS.c.of_office)).first())
