"""The lines on the browser's phones: what Zalo's or Telegram's own servers keep for theirs."""

import json
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index, UniqueConstraint, delete, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import NEVER_AGAIN, UtcDateTime, alone, insert_new, table_of


class PhoneLineRow(SQLModel, table=True):
    """One line on one phone; ``body`` is JSON, ``who`` is person or bot."""

    __tablename__ = "phone_lines"
    __table_args__ = (
        UniqueConstraint("phone", "key"),
        Index("ix_phone_lines_phone", "phone", "seq"),
        NEVER_AGAIN,
    )

    seq: int | None = Field(default=None, primary_key=True)
    phone: str
    key: str
    who: str
    body: str
    at: datetime = Field(sa_type=UtcDateTime)


class Line(NamedTuple):
    """A line as it is kept."""

    seq: int
    phone: str
    who: str
    body: str
    at: datetime


_LINES = table_of(PhoneLineRow)
_COLUMNS = (_LINES.c.seq, _LINES.c.phone, _LINES.c.who, _LINES.c.body, _LINES.c.at)


def append(
    tx: Connection, phone: str, key: str, who: str, body: str, now: datetime
) -> tuple[int, bool]:
    """Add a line and give its number and whether it is new; the same key again changes nothing."""
    alone(tx, f"phone {phone}")  # a line must not appear before one that was shown already
    row = {"phone": phone, "key": key, "who": who, "body": body, "at": now}
    new = tx.execute(
        insert_new(tx, _LINES).values(row).on_conflict_do_nothing().returning(_LINES.c.seq)
    ).scalar()
    if new is not None:
        return int(new), True
    known = tx.execute(select(_LINES.c.seq).where(_LINES.c.phone == phone, _LINES.c.key == key))
    return int(known.scalar_one()), False


def reword(tx: Connection, phone: str, key: str, body: str, now: datetime) -> int | None:
    """Let a line have another body, and tell so by a line behind; the number of the line.

    That line, of which each has one at most, has the same body with ``of`` and kind ``reword``.
    """
    alone(tx, f"phone {phone}")
    mine = (_LINES.c.phone == phone, _LINES.c.key == key)
    changed = update(_LINES).where(*mine).values(body=body).returning(_LINES.c.seq)
    seq = tx.execute(changed).scalar()
    if seq is None:
        return None
    again = f"{key}:again"
    tx.execute(delete(_LINES).where(_LINES.c.phone == phone, _LINES.c.key == again))
    told = json.dumps({**json.loads(body), "kind": "reword", "of": seq}, ensure_ascii=False)
    append(tx, phone, again, "bot", told, now)
    return int(seq)


def after(tx: Connection, phone: str, seq: int, most: int = 200) -> list[Line]:
    """The lines that came after that one, oldest first."""
    rows = tx.execute(
        select(*_COLUMNS)
        .where(_LINES.c.phone == phone, _LINES.c.seq > seq)
        .order_by(_LINES.c.seq)
        .limit(most)
    )
    return [Line(*row) for row in rows]


def before(tx: Connection, phone: str, seq: int | None, most: int = 50) -> list[Line]:
    """The last lines before that one (None: the very last ones), oldest first."""
    statement = select(*_COLUMNS).where(_LINES.c.phone == phone)
    if seq is not None:
        statement = statement.where(_LINES.c.seq < seq)
    rows = tx.execute(statement.order_by(_LINES.c.seq.desc()).limit(most))
    return [Line(*row) for row in rows][::-1]
