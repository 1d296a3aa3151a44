"""Consent: what each person agreed to, for which purpose, under which words, and when it ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_all, table_of

DOSSIER = "dossier"
ELSEWHERE = "elsewhere"  # a letter that fails in one chat of the person may go to another
_ASKED_WITH_DOSSIER = frozenset({"reminders", "news"})


class ConsentRow(SQLModel, table=True):
    """One consent for one purpose; it holds while ``withdrawn_at`` is empty."""

    __tablename__ = "consents"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    purpose: str
    words_version: int
    given_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Held(NamedTuple):
    """What holds for one purpose: under which version of the words, and since when."""

    version: int
    since: datetime


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
    return {purpose: held.version for purpose, held in standing(tx, person).items()}


def standing(tx: Connection, person: int) -> dict[str, Held]:
    """What the person agrees to now: since when, and in which version of the words."""
    columns = (_CONSENTS.c.purpose, _CONSENTS.c.words_version, _CONSENTS.c.given_at)
    mine = (_CONSENTS.c.person_id == person, _CONSENTS.c.withdrawn_at.is_(None))
    return {row[0]: Held(row[1], row[2]) for row in tx.execute(select(*columns).where(*mine))}


def holds(person: Any, purpose: str) -> ColumnElement[bool]:
    """The condition that whoever stands in that column agrees to that now."""
    c = _CONSENTS.c
    return exists().where(c.person_id == person, c.purpose == purpose, c.withdrawn_at.is_(None))


def ever(tx: Connection, person: int) -> bool:
    """Whether the person has ever agreed to anything."""
    found = select(_CONSENTS.c.id).where(_CONSENTS.c.person_id == person).limit(1)
    return tx.execute(found).first() is not None


def add(tx: Connection, person: int, purpose: str, version: int, now: datetime) -> None:
    """Note consent for one purpose more, under that version of its words."""
    end(tx, person, purpose, now)
    row = {"person_id": person, "purpose": purpose, "words_version": version, "given_at": now}
    insert_all(tx, _CONSENTS, [row])


def end(tx: Connection, person: int, purpose: str, now: datetime) -> None:
    """End the person's consent for one purpose, if there is any."""
    mine = (_CONSENTS.c.person_id == person, _CONSENTS.c.purpose == purpose)
    open_ones = update(_CONSENTS).where(*mine, _CONSENTS.c.withdrawn_at.is_(None))
    tx.execute(open_ones.values(withdrawn_at=now))


# -- two persons who are one ----------------------------------------------------------------------


def join(tx: Connection, gone: int, person: int, now: datetime) -> dict[str, int]:
    """Let what one person said be the other's; of each purpose the latest word counts.

    Two words of one moment are a no. Without a dossier no other purpose is left.
    """
    mine, theirs = _said(tx, person), _said(tx, gone)
    held = {row.purpose for row in (*mine, *theirs) if row.withdrawn_at is None}
    lost = {purpose for purpose in held if not _agrees(purpose, mine, theirs)}
    rows = _CONSENTS.c.person_id.in_((gone, person))
    tx.execute(update(_CONSENTS).where(rows).values(person_id=person))
    for purpose in held if DOSSIER in lost else lost:
        end(tx, person, purpose, now)
    return of(tx, person)


def _said(tx: Connection, person: int) -> Sequence[Any]:
    return tx.execute(select(_CONSENTS).where(_CONSENTS.c.person_id == person)).all()


def _agrees(purpose: str, mine: Sequence[Any], theirs: Sequence[Any]) -> bool:
    """Whether the later of the two words is a yes; who was never asked has said nothing."""
    said = [word for rows in (mine, theirs) if (word := _word(purpose, rows))]
    return bool(said) and max(said)[1] == 0


def _word(purpose: str, rows: Sequence[Any]) -> tuple[datetime, int] | None:
    """The person's last word on the purpose and when it was said: 0 is a yes, 1 is a no."""
    about = [row for row in rows if row.purpose == purpose]
    if held := [row.given_at for row in about if row.withdrawn_at is None]:
        return max(held), 0
    ended = [row.withdrawn_at for row in about]
    if purpose in _ASKED_WITH_DOSSIER:  # who agreed to the dossier alone has said no to these
        ended += [row.given_at for row in rows if row.purpose == DOSSIER]
    return (max(ended), 1) if ended else None
