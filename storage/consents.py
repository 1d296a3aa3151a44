"""Consent: what each person agreed to, for which purpose, under which words, and when it ended."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_all, table_of


class ConsentRow(SQLModel, table=True):
    """One consent for one purpose; it holds while ``withdrawn_at`` is empty."""

    __tablename__ = "consents"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    purpose: str
    words_version: int
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_CONSENTS = table_of(ConsentRow)


def give(tx: Connection, person: int, purposes: Iterable[str], version: int, now: datetime) -> None:
    """Note consent for these purposes under that version of the words; what held before ends."""
    withdraw(tx, person, now)
    row = {"person_id": person, "words_version": version, "given_at": now}
    insert_all(tx, _CONSENTS, [{**row, "purpose": purpose} for purpose in purposes])


def withdraw(tx: Connection, person: int, now: datetime) -> None:
    """End every consent of the person."""
    tx.execute(
        update(_CONSENTS)
        .where(_CONSENTS.c.person_id == person, _CONSENTS.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )


def of(tx: Connection, person: int) -> dict[str, int]:
    """The purposes the person agrees to now, with the version of the words."""
    rows = tx.execute(
        select(_CONSENTS.c.purpose, _CONSENTS.c.words_version).where(
            _CONSENTS.c.person_id == person, _CONSENTS.c.withdrawn_at.is_(None)
        )
    )
    return {row[0]: row[1] for row in rows}
