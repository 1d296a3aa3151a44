"""Officers: who looks after which area."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Ready
from storage.database import UtcDateTime, insert_new, table_of
from storage.persons import CHATS


class OfficerRow(SQLModel, table=True):
    """A person who is an officer; ``area`` is a commune's code, or empty for all communes."""

    __tablename__ = "officers"

    person_id: int = Field(primary_key=True, foreign_key="persons.id")
    area: str = ""
    since: datetime = Field(sa_type=UtcDateTime)


_OFFICERS = table_of(OfficerRow)
_OF_COMMUNE = Ready(
    select(_OFFICERS.c.person_id)
    .where(or_(_OFFICERS.c.area == bindparam("code"), _OFFICERS.c.area == ""))
    .order_by(_OFFICERS.c.person_id)
)


def appoint(tx: Connection, person: int, area: str, now: datetime) -> None:
    """Make the person an officer of that area."""
    row = {"person_id": person, "area": area, "since": now}
    upsert = insert_new(tx, _OFFICERS).values(row)
    tx.execute(upsert.on_conflict_do_update(index_elements=["person_id"], set_={"area": area}))


def is_officer(tx: Connection, person: int) -> bool:
    """Whether the person is an officer anywhere."""
    found = tx.execute(select(_OFFICERS.c.area).where(_OFFICERS.c.person_id == person)).first()
    return found is not None


def minds(tx: Connection, person: int, commune: str) -> bool:
    """Whether the person is an officer in whose area that commune lies."""
    mine = _OFFICERS.c.person_id == person
    found = tx.execute(select(_OFFICERS.c.area).where(mine)).scalar()
    return found is not None and found in ("", commune)


def chats(tx: Connection, channel: str, bot: str) -> list[str]:
    """The chats of all officers with that bot."""
    rows = tx.execute(
        select(CHATS.c.chat)
        .join(_OFFICERS, _OFFICERS.c.person_id == CHATS.c.person_id)
        .where(CHATS.c.channel == channel, CHATS.c.bot == bot)
        .order_by(CHATS.c.chat)
    )
    return [row[0] for row in rows]


def of_commune(tx: Connection, code: str) -> list[int]:
    """The officers whom something in that commune concerns."""
    return [row[0] for row in _OF_COMMUNE.rows(tx, code=code)]
