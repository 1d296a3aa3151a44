"""Nhật ký: who changed or looked at what, each row chained to the one before it.

A row holds numbers and codes alone, never what anybody wrote or is called. Its ``hash`` is made of
itself and of the hash before it, and the last number is kept apart (counters), so that a row that
was changed, taken out, put in or moved is found by ``faults``.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, table_of

BEGINNING = "0" * 64  # the hash before the first row
_COUNTER = "audit"
_CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,80}")
_BATCH = 1000


class AuditRow(SQLModel, table=True):
    """One deed or look: who (0 is the command line or the clock), what, of which thing.

    ``about`` is JSON of numbers and codes.
    """

    __tablename__ = "audit"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=UtcDateTime)
    person: int = Field(index=True)
    deed: str
    kind: str
    subject: int
    about: str
    hash: str


class Entry(NamedTuple):
    """What is noted: who did what to which thing."""

    person: int
    deed: str
    kind: str = ""
    subject: int = 0
    about: Mapping[str, Any] = {}


class Fault(NamedTuple):
    """Where the log is not as it was written: at that number, and what is wrong there."""

    seq: int
    what: str  # missing, changed, moved, beyond


_AUDIT = table_of(AuditRow)


def append(tx: Connection, entry: Entry, now: datetime) -> None:
    """Note it, behind all that was noted; raises ValueError for anything but numbers and codes."""
    for value in (entry.deed, entry.kind, *entry.about, *entry.about.values()):
        if not (value is None or isinstance(value, int) or _CODE.fullmatch(value)):
            raise ValueError("only numbers and codes may stand in the log")
    seq = counters.following(tx, _COUNTER)  # nobody else gets one before this transaction ends
    before = tx.execute(select(_AUDIT.c.hash).where(_AUDIT.c.seq == seq - 1)).scalar() or BEGINNING
    row = {
        "seq": seq,
        "at": now,
        "person": entry.person,
        "deed": entry.deed,
        "kind": entry.kind,
        "subject": entry.subject,
        "about": json.dumps(dict(entry.about), sort_keys=True),
    }
    tx.execute(insert(_AUDIT).values(**row, hash=_hashed(row, before)))


def faults(tx: Connection) -> Iterator[Fault]:
    """Where the log was tampered with, in order; nothing when it is whole."""
    before, expected = BEGINNING, 1
    for row in _rows(tx):
        while expected < row["seq"]:
            yield Fault(expected, "missing")
            expected += 1
        if _hashed(row, before) != row["hash"]:
            yield Fault(row["seq"], "changed")
        before, expected = row["hash"], row["seq"] + 1
    last = counters.last(tx, _COUNTER)
    for seq in range(expected, last + 1):
        yield Fault(seq, "missing")
    for seq in range(last + 1, expected):
        yield Fault(seq, "beyond")


def head(tx: Connection) -> tuple[int, str]:
    """The last number and its hash: noted down elsewhere, it proves what was there by then."""
    last = select(_AUDIT.c.seq, _AUDIT.c.hash).order_by(_AUDIT.c.seq.desc()).limit(1)
    row = tx.execute(last).first()
    return (row[0], row[1]) if row else (0, BEGINNING)


def hash_of(tx: Connection, seq: int) -> str | None:
    """The hash of that row; None when there is no such row."""
    found: str | None = tx.execute(select(_AUDIT.c.hash).where(_AUDIT.c.seq == seq)).scalar()
    return found


def of_person(tx: Connection, person: int) -> list[dict[str, Any]]:
    """What that person did and looked at, oldest first."""
    rows = tx.execute(select(_AUDIT).where(_AUDIT.c.person == person).order_by(_AUDIT.c.seq))
    return [dict(row) for row in rows.mappings()]


def about(tx: Connection, kind: str, subjects: list[int]) -> list[dict[str, Any]]:
    """What was done to these things, and who looked at them, oldest first."""
    these = (_AUDIT.c.kind == kind, _AUDIT.c.subject.in_(subjects))
    rows = tx.execute(select(_AUDIT).where(*these).order_by(_AUDIT.c.seq))
    return [dict(row) for row in rows.mappings()]


def _rows(tx: Connection) -> Iterator[Mapping[Any, Any]]:
    after = 0
    following = select(_AUDIT).order_by(_AUDIT.c.seq).limit(_BATCH)
    while rows := tx.execute(following.where(_AUDIT.c.seq > after)).mappings().all():
        yield from rows
        after = rows[-1]["seq"]


def _hashed(row: Mapping[Any, Any], before: str) -> str:
    at = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    told = [row["seq"], at, row["person"], row["deed"], row["kind"], row["subject"], row["about"]]
    told.append(before)
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
