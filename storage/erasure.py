"""Erasures: who wants to be forgotten, and how far that is; what stays of it is numbers alone.

One is asked for → erased (the rows, in one transaction) → done (the files that nothing refers to).
Whoever is killed in between goes on with it at the next start.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, table_of
from storage.outbox import OutboxRow

GRACE = timedelta(minutes=1)  # in which the last letter comes and is read, or it is called off
PATIENCE = timedelta(minutes=10)  # with letters that a channel does not take


class ErasureRow(SQLModel, table=True):
    """One wish. ``kept`` is JSON: how many rows of which kind the law keeps.

    ``files`` is JSON of the hashes of files that were theirs, till these are looked after.
    """

    __tablename__ = "erasures"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    asked_at: datetime = Field(sa_type=UtcDateTime)
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    files: str = "[]"
    kept: str = "{}"


class Asked(NamedTuple):
    """An erasure that is not done yet; ``files`` are the hashes to look after."""

    id: int
    person: int
    files: tuple[str, ...]


_ERASURES = table_of(ErasureRow)
_E = _ERASURES.c
_OUTBOX = table_of(OutboxRow)
_OPEN = _E.done_at.is_(None)
_ON_ITS_WAY = select(_OUTBOX.c.id).where(
    _OUTBOX.c.person_id == _E.person_id,
    or_(
        _OUTBOX.c.status == "sending",
        (_OUTBOX.c.status == "waiting") & (_OUTBOX.c.rank == 0),
    ),
)


def ask(tx: Connection, person: int, now: datetime, year: int) -> str:
    """Have the person erased soon; the number of that wish, ``XD-2026-0001`` upward."""
    waits = select(_E.number).where(_E.person_id == person, _E.erased_at.is_(None))
    known: str | None = tx.execute(waits).scalar()
    if known:
        return known
    number = f"XD-{year}-{counters.following(tx, f'erasure-{year}'):04d}"
    row = {"number": number, "person_id": person, "asked_at": now, "files": "[]", "kept": "{}"}
    tx.execute(insert(_ERASURES).values(row))
    return number


def call_off(tx: Connection, person: int, now: datetime) -> bool:
    """Let what was asked for and has not begun be; whether there was anything."""
    waits = update(_ERASURES).where(_E.person_id == person, _E.erased_at.is_(None), _OPEN)
    return bool(tx.execute(waits.values(done_at=now)).rowcount)


def any_open(tx: Connection) -> bool:
    """Whether anything is to be erased, now or soon."""
    return tx.execute(select(_E.id).where(_OPEN).limit(1)).first() is not None


def due(tx: Connection, now: datetime) -> list[Asked]:
    """Whom to erase now: whose last letter came, or was waited for long enough."""
    read = or_(~_ON_ITS_WAY.exists(), _E.asked_at <= now - PATIENCE)
    mine = (_OPEN, _E.erased_at.is_(None), _E.asked_at <= now - GRACE, read)
    return _asked(tx, *mine)


def with_files(tx: Connection) -> list[Asked]:
    """Who is erased, but whose files have not been looked after."""
    return _asked(tx, _OPEN, _E.erased_at.is_not(None))


def _asked(tx: Connection, *which: Any) -> list[Asked]:
    rows = tx.execute(select(_E.id, _E.person_id, _E.files).where(*which).order_by(_E.id))
    return [Asked(row[0], row[1], tuple(json.loads(row[2]))) for row in rows]


def erased(
    tx: Connection, erasure: int, files: set[str], kept: Mapping[str, int], now: datetime
) -> None:
    """Note that the rows are gone, what stays, and the files that were theirs."""
    about = {"files": json.dumps(sorted(files)), "kept": json.dumps(dict(kept)), "erased_at": now}
    tx.execute(update(_ERASURES).where(_E.id == erasure).values(about))


def done(tx: Connection, erasure: int, now: datetime) -> None:
    """Note that nothing is left to do."""
    tx.execute(update(_ERASURES).where(_E.id == erasure).values(done_at=now, files="[]"))


def record(tx: Connection, number: str) -> dict[str, Any] | None:
    """What is known of that wish: its days, and what was kept."""
    row = tx.execute(select(_ERASURES).where(_E.number == number)).mappings().first()
    return {**row, "kept": json.loads(row["kept"])} if row else None
