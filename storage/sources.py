"""The documents that an office's rows are taken from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import Source


class SourceRow(imported.ImportedRow, table=True):
    """A document; other rows name it by its key."""

    __tablename__ = "sources"

    title: str
    about: str | None = None


_SOURCES = table_of(SourceRow)


def keep(tx: Connection, sources: Sequence["Source"]) -> imported.Kept:
    """Take in the documents of a file."""
    return imported.keep(tx, _SOURCES, [imported.values(_SOURCES, source) for source in sources])


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All documents."""
    return imported.everyone(tx, _SOURCES)
