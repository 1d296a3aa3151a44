"""What was announced and put right since, or called off, which is the last word of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select, update
from sqlalchemy.engine import Connection

from storage import announcements
from storage.announcements import AnnouncementRow
from storage.database import table_of

_A = table_of(AnnouncementRow)


def newest(tx: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """What is said now of those that were corrected, by the number of the first."""
    began = (_A.c.started_at.is_not(None), _A.c.corrects.in_(numbers))
    said = select(_A.c.corrects, _A.c.said).where(*began).order_by(_A.c.id)
    return {row[0]: row[1] for row in tx.execute(said)} if numbers else {}


def last(tx: Connection, first: int) -> int:
    """The number of what was told last of it: of a correction that has begun, else the first."""
    began = (_A.c.started_at.is_not(None), _A.c.corrects == first)
    return tx.execute(select(func.max(_A.c.id)).where(*began)).scalar() or first


def call_off(tx: Connection, first: int, but: int, now: datetime) -> bool:
    """Note that what the first told of will not be; nobody hears of it any more but by that one.

    False when it was called off before.
    """
    standing = (_A.c.id == first, _A.c.called_off_at.is_(None))
    if not tx.execute(update(_A).where(*standing).values(called_off_at=now)).rowcount:
        return False
    others = select(_A.c.id).where(or_(_A.c.id == first, _A.c.corrects == first), _A.c.id != but)
    for number in tx.execute(others).scalars().all():
        announcements.cancel(tx, number, now)
    return True
