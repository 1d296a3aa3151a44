"""Kept files that nothing refers to any more: which these are, and letting them go."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Table, delete, func, or_, select
from sqlalchemy.engine import Connection

from storage import personal

_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_LENGTH = 64
# Long words in which no file is ever named; any other column of any table may name one.
_NEVER = frozenset({"audit.hash", "erasures.files", "inbox.held", "outbox.choices", "outbox.text"})
_APART = frozenset({"files", "looks"})
_ROWS = 2000


def files_of(tx: Connection, rows: Iterable[tuple[Table, Any]]) -> set[str]:
    """The hashes that stand in these rows."""
    found: set[str] = set()
    for table, condition in rows:
        found |= _hashes(tx, table, condition)
    return found


def made_of(tx: Connection, hashes: set[str]) -> set[str]:
    """The clean pages that were made of these files."""
    looks = personal.tables()["looks"].c
    mine = (looks.sha256.in_(list(hashes)), looks.clean.is_not(None))
    return set(tx.execute(select(looks.clean).where(*mine)).scalars())


def unreferenced(tx: Connection, wanted: set[str]) -> set[str]:
    """Those of these files that no row of anybody refers to."""
    free = set(wanted)
    for table in personal.tables().values():
        free -= _hashes(tx, table)
    looks = personal.tables()["looks"].c
    shown = select(looks.sha256, looks.clean).where(looks.clean.is_not(None))
    return free - {row.clean for row in tx.execute(shown) if row.sha256 not in free}


def kept_before(tx: Connection, before: datetime) -> set[str]:
    """All kept files that came before that time."""
    files = personal.tables()["files"].c
    return set(tx.execute(select(files.sha256).where(files.at < before)).scalars())


def known(tx: Connection) -> set[str]:
    """All kept files."""
    return set(tx.execute(select(personal.tables()["files"].c.sha256)).scalars())


def drop(tx: Connection, hashes: Iterable[str]) -> None:
    """Forget these files, and what was seen on them; their content is not touched."""
    every, gone = personal.tables(), list(hashes)
    for at in range(0, len(gone), _ROWS):
        some = gone[at : at + _ROWS]
        tx.execute(delete(every["looks"]).where(every["looks"].c.sha256.in_(some)))
        tx.execute(delete(every["files"]).where(every["files"].c.sha256.in_(some)))


def _naming(table: Table) -> list[Any]:
    """The columns in which files may be named."""
    if table.name in _APART:
        return []
    words = personal.words_in(table)
    return [column for column in words if f"{table.name}.{column.name}" not in _NEVER]


def _hashes(tx: Connection, table: Table, *which: Any) -> set[str]:
    """The hashes that stand in these rows; most of their words are too short to hold one."""
    columns = _naming(table)
    if not columns:
        return set()
    long = or_(*(func.length(column) >= _LENGTH for column in columns))
    rows = tx.execute(select(*columns).where(long, *which).execution_options(yield_per=_ROWS))
    words = (word for row in rows for word in row if word and len(word) >= _LENGTH)
    return {found for word in words for found in _HASH.findall(word)}
