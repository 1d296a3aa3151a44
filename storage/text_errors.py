"""Known errors in the documents that an office works from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy.engine import Connection

from storage import imported
from storage.database import table_of

if TYPE_CHECKING:
    from programme.sample_form.rows import TextError


class TextErrorRow(imported.ImportedRow, table=True):
    """An error: ``as_written`` is what the document says, ``correct`` what is right, if known."""

    __tablename__ = "text_errors"

    correct: str | None = None


_ERRORS = table_of(TextErrorRow)


def keep(tx: Connection, errors: Sequence["TextError"]) -> imported.Kept:
    """Take in the known errors of a file."""
    return imported.keep(tx, _ERRORS, [imported.values(_ERRORS, error) for error in errors])


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All known errors."""
    return imported.everyone(tx, _ERRORS)
