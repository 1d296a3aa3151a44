"""Officers: who looks after which area."""

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Ready
from storage.database import UtcDateTime, insert_new, table_of
from storage.persons import CHATS


class OfficerRow(SQLModel, table=True):
    """A person who is an officer of an area.

    ``area`` is a commune's code, a province's, or empty for everywhere.
    """

    __tablename__ = "officers"

    person_id: int = Field(primary_key=True, foreign_key="persons.id")
    area: str = ""
    since: datetime = Field(sa_type=UtcDateTime)


_OFFICERS = table_of(OfficerRow)
_OF_COMMUNE = Ready(
    select(_OFFICERS.c.person_id)
    .where(_OFFICERS.c.area.in_(bindparam("areas", expanding=True)))
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
    found = area_of(tx, person)
    return found is not None and found in _around(commune)


def area_of(tx: Connection, person: int) -> str | None:
    """The area of the officer; None when the person is none."""
    mine = _OFFICERS.c.person_id == person
    found: str | None = tx.execute(select(_OFFICERS.c.area).where(mine)).scalar()
    return found


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
    return [row[0] for row in _OF_COMMUNE.rows(tx, areas=_around(code))]


def within(tx: Connection, area: str) -> list[int]:
    """The officers whose own area lies in this one, or is the same."""
    rows = tx.execute(select(_OFFICERS.c.person_id, _OFFICERS.c.area))
    return [row[0] for row in rows if area in _around(row[1]) or area == row[1]]


def _around(commune: str) -> list[str]:
    """The areas in which that commune lies."""
    from programme.places import places  # noqa: PLC0415 - a start needs none of it

    known = places().by_code(commune) if commune else None
    return ["", commune, *([known.province_code] if known else [])]
