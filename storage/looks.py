"""What was seen when a file that somebody sent was looked at: its faults, and what stands on it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection, RowMapping
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_new, table_of


class LookRow(SQLModel, table=True):
    """One file, looked at once; ``clean`` is another kept file, its page made fit for print."""

    __tablename__ = "looks"

    sha256: str = Field(primary_key=True, foreign_key="files.sha256")
    kind: str
    refused: str | None = None
    faults: str = ""
    sheets: int = 0
    clean: str | None = Field(default=None, foreign_key="files.sha256")
    number: str | None = None
    issued: str | None = None
    expires: str | None = None
    holder: str | None = None
    address: str | None = None
    confidence: int = 0
    titles: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen on a file; what was read from it is a guess, sure from 0 to 100."""

    kind: str  # photo, pdf, docx, strange
    refused: str | None = None  # why it could not be opened
    faults: tuple[str, ...] = ()  # of a photo, the gravest first
    sheets: int = 0
    clean: str | None = None
    number: str | None = None
    issued: date | None = None
    expires: date | None = None
    holder: str | None = None
    address: str | None = None
    confidence: int = 0
    titles: str = ""  # folded, a line each


_LOOKS = table_of(LookRow)
_DAYS = ("issued", "expires")  # are kept as 2025-03-01


def note(tx: Connection, sha256: str, look: Look, now: datetime) -> None:
    """Note what was seen on a kept file; the first look counts."""
    row = asdict(look) | {"sha256": sha256, "faults": ",".join(look.faults), "at": now}
    for day in _DAYS:
        row[day] = row[day] and row[day].isoformat()
    tx.execute(insert_new(tx, _LOOKS).values(row).on_conflict_do_nothing())


def of(tx: Connection, sha256: str) -> Look | None:
    """What was seen on that file; None when nobody has looked, or could."""
    return many(tx, [sha256]).get(sha256)


def many(tx: Connection, hashes: Sequence[str]) -> dict[str, Look]:
    """What was seen on each of these files, as far as they were looked at."""
    rows = tx.execute(select(_LOOKS).where(_LOOKS.c.sha256.in_(hashes))).mappings()
    return {row["sha256"]: _look(row) for row in rows}


def _look(row: RowMapping) -> Look:
    seen: dict[str, Any] = {name: row[name] for name in row if name not in {"sha256", "at"}}
    seen["faults"] = tuple(filter(None, row["faults"].split(",")))
    for day in _DAYS:
        seen[day] = row[day] and date.fromisoformat(row[day])
    return Look(**seen)
