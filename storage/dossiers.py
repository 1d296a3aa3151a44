"""Hồ sơ: one evaluation of one product, first or again; ``root`` is the product's first dossier."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, Select, and_, bindparam, insert, or_, select, text, true, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, table_of
from storage.officers import Scope
from storage.producers import MembershipRow, ProducerRow
from storage.scoped import scoped

_UNPLANNED = text("planned_at IS NULL")


class DossierRow(SQLModel, table=True):
    """A dossier and the rule set it began under; ``before`` is what stood before it, as JSON.

    From ``file_by`` to ``total`` it is what follows from all the rest: the last good day to hand it
    to the commune, the paper to begin with and by when, how many papers are done and of how many.
    That is made anew after every deed, which empties ``planned_at``; ``moved_at`` is the last deed.
    ``turns`` is how many verdicts there were on it.
    """

    __tablename__ = "dossiers"
    __table_args__ = (
        Index("ix_dossiers_unplanned", "id", sqlite_where=_UNPLANNED, postgresql_where=_UNPLANNED),
        Index("ix_dossiers_round_key", "round_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    root: int | None = Field(default=None, foreign_key="dossiers.id", index=True)
    follows: int | None = Field(default=None, foreign_key="dossiers.id")
    idea_id: int | None = Field(default=None, foreign_key="ideas.id", index=True)
    producer_id: int = Field(foreign_key="producers.id", index=True)
    person_id: int = Field(foreign_key="persons.id")
    name: str
    product_set: int
    variant: str | None = None
    case: str = "first"  # first, upgrade, reassess
    rules: str
    round_key: str | None = None
    council: date
    before: str = ""
    status: str = "open"  # open, closed
    made_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    file_by: date | None = None
    begin_by: date | None = None
    next_paper: str | None = None
    done: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    total: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    planned_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    moved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    filed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # with the commune
    filed_by: int | None = Field(default=None, foreign_key="persons.id")
    review_by: date | None = None  # the commune's fifteen working days (Điều 5)
    sent_up_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # to the province
    sent_up_by: int | None = Field(default=None, foreign_key="persons.id")
    turns: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)  # found whole
    checked_by: int | None = Field(default=None, foreign_key="persons.id")


_DOSSIERS = table_of(DossierRow)
_MEMBERS = table_of(MembershipRow)
_PRODUCERS = table_of(ProducerRow)
_ANY_UNPLANNED = select(_DOSSIERS.c.id).where(_UNPLANNED).limit(1)


def open_new(tx: Connection, values: dict[str, Any], now: datetime, year: int) -> int:
    """Begin a dossier under the next number of the year, ``HS-2026-0001`` upward; give its id."""
    number = f"HS-{year}-{counters.following(tx, f'dossier-{year}'):04d}"
    row = {**values, "number": number, "made_at": now, "moved_at": now, "status": "open"}
    row["before"] = json.dumps(values["before"]) if values.get("before") else ""
    made = int(tx.execute(insert(_DOSSIERS).values(row).returning(_DOSSIERS.c.id)).scalar_one())
    if not values.get("root"):
        tx.execute(update(_DOSSIERS).where(_DOSSIERS.c.id == made).values(root=made))
    return made


def change(tx: Connection, dossier: int, **values: Any) -> None:
    """Keep what has changed of a dossier: its variant, its round, its council's day, its plan."""
    tx.execute(update(_DOSSIERS).where(_DOSSIERS.c.id == dossier).values(values))


def close(tx: Connection, dossier: int, now: datetime) -> None:
    """End a dossier; another may follow it."""
    change(tx, dossier, status="closed", closed_at=now, planned_at=None)


def touch(tx: Connection, now: datetime, dossier: int) -> None:
    """Note a deed for a dossier."""
    change(tx, dossier, planned_at=None, moved_at=now)


def touch_those_of(tx: Connection, now: datetime, producers: Any) -> None:
    """Note a deed for the open dossiers of these producers, who are a list or a query."""
    mine = (of_producers(producers), _DOSSIERS.c.status == "open")
    tx.execute(update(_DOSSIERS).where(*mine).values(planned_at=None, moved_at=now))


def plan_anew(tx: Connection, *conditions: Any) -> None:
    """Let what follows be made anew, though nobody did anything; of all open ones by default."""
    open_ = (_DOSSIERS.c.status == "open", *conditions)
    tx.execute(update(_DOSSIERS).where(*open_).values(planned_at=None))


def in_area(area: str) -> Any:
    """The condition for the dossiers of a commune, of a province, or of everywhere."""
    here = or_(_PRODUCERS.c.commune_code == area, _PRODUCERS.c.province_code == area)
    mine = select(_PRODUCERS.c.id).where(here)
    return _DOSSIERS.c.producer_id.in_(mine) if area else true()


def past_due(today: date) -> Any:
    """The condition for those that were to be handed in before today and were not."""
    return and_(_DOSSIERS.c.file_by < today, _DOSSIERS.c.filed_at.is_(None))


def in_round(key: str) -> Any:
    """The condition for the dossiers of a round."""
    return _DOSSIERS.c.round_key == key


def of_members(person: int) -> Any:
    """The condition for the dossiers of all producers that the person acts for."""
    return of_producers(select(_MEMBERS.c.producer_id).where(_MEMBERS.c.person_id == person))


def of_producers(producers: Any) -> Any:
    """The condition for the dossiers of these producers, who are a list or a query."""
    return _DOSSIERS.c.producer_id.in_(producers)


def unplanned(tx: Connection, most: int) -> list[dict[str, Any]]:
    """The dossiers of which what follows is to be made anew, so many at most; locked.

    So a deed of the same moment comes after it, and is seen to next; one that is not committed
    yet is left to the next time.
    """
    rows = select(_DOSSIERS).where(_UNPLANNED).order_by(_DOSSIERS.c.id).limit(most)
    locked = rows.with_for_update(skip_locked=True)
    return [_read(row) for row in tx.execute(locked).mappings()]


def give_up(tx: Connection, dossier: int, now: datetime) -> None:
    """Let one that cannot be planned be, until the next deed."""
    change(tx, dossier, planned_at=now)


def planned(tx: Connection, rows: Sequence[Mapping[str, Any]], now: datetime) -> None:
    """Keep what follows of each: ``id`` and the columns from ``file_by`` to ``total``."""
    names = ("file_by", "begin_by", "next_paper", "done", "total", "round_key", "council")
    given: dict[Any, Any] = {name: bindparam(f"new_{name}") for name in names}
    this = update(_DOSSIERS).where(_DOSSIERS.c.id == bindparam("which"))
    told = [{"which": row["id"], **{f"new_{n}": row[n] for n in names}} for row in rows]
    if told:
        tx.execute(this.values(**given, planned_at=now), told)


def file(tx: Connection, dossier: int, by: int, review_by: date, now: datetime) -> bool:
    """Note that it was handed to the commune; False when it was before, or is closed."""
    fitting = (_DOSSIERS.c.id == dossier, _DOSSIERS.c.status == "open")
    done = tx.execute(
        update(_DOSSIERS)
        .where(*fitting, _DOSSIERS.c.filed_at.is_(None))
        .values(filed_at=now, filed_by=by, review_by=review_by, moved_at=now, planned_at=None)
    )
    return bool(done.rowcount)


def send_up(tx: Connection, dossier: int, by: int, now: datetime) -> bool:
    """Note that the commune sent it to the province; False when it was not filed, or was before."""
    fitting = (_DOSSIERS.c.id == dossier, _DOSSIERS.c.filed_at.is_not(None))
    done = tx.execute(
        update(_DOSSIERS)
        .where(*fitting, _DOSSIERS.c.sent_up_at.is_(None))
        .values(sent_up_at=now, sent_up_by=by, moved_at=now, planned_at=None)
    )
    return bool(done.rowcount)


def whole(tx: Connection, dossier: int, by: int, now: datetime) -> None:
    """Note that the province found it whole: from now on it is on the council's list."""
    change(tx, dossier, checked_at=now, checked_by=by, moved_at=now, planned_at=None)


def send_back(tx: Connection, dossier: int, review_by: date, now: datetime) -> None:
    """Let it lie with the commune again, which has until that day."""
    anew: dict[str, Any] = dict.fromkeys(_SENT_UP)
    change(tx, dossier, **anew, review_by=review_by, moved_at=now, planned_at=None)


def hand_back(tx: Connection, dossier: int, now: datetime) -> None:
    """Let it lie with the producer again, for the same round."""
    change(tx, dossier, **dict.fromkeys(_FILED), moved_at=now, planned_at=None)


def requeue(tx: Connection, dossier: int, round_key: str, council: date, now: datetime) -> None:
    """Let it lie with the producer again, for another round."""
    anew: dict[str, Any] = dict.fromkeys((*_FILED, *_SENT_UP))
    anew |= {"round_key": round_key, "council": council}
    change(tx, dossier, **anew, moved_at=now, planned_at=None)


_FILED = ("filed_at", "filed_by", "review_by")
_SENT_UP = ("sent_up_at", "sent_up_by", "checked_at", "checked_by")


def of_person(tx: Connection, person: int) -> list[dict[str, Any]]:
    """The open dossiers of all producers that the person acts for, the oldest first."""
    mine = select(_MEMBERS.c.producer_id).where(_MEMBERS.c.person_id == person)
    return _many(tx, _DOSSIERS.c.producer_id.in_(mine), _DOSSIERS.c.status == "open")


def of_idea(tx: Connection, idea: int) -> dict[str, Any] | None:
    """The newest dossier that began with that idea."""
    found = _many(tx, _DOSSIERS.c.idea_id == idea)
    return found[-1] if found else None


@scoped("dossiers")
def open_here(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The newest open dossiers of the area, so many at most, the newest first."""
    newest = _here(scope).where(_DOSSIERS.c.status == "open").order_by(_DOSSIERS.c.id.desc())
    return [_read(row) for row in tx.execute(newest.limit(most)).mappings()]


@scoped("dossiers")
def for_council(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The open dossiers of the area that were found whole, the first of them first."""
    found = (_DOSSIERS.c.status == "open", _DOSSIERS.c.checked_at.is_not(None))
    rows = _here(scope).where(*found).order_by(_DOSSIERS.c.checked_at, _DOSSIERS.c.id)
    return [_read(row) for row in tx.execute(rows.limit(most)).mappings()]


@scoped("dossiers")
def numbered(tx: Connection, scope: Scope, numbers: Sequence[str]) -> list[dict[str, Any]]:
    """Those of these numbers that lie in the area."""
    found = _here(scope).where(_DOSSIERS.c.number.in_(numbers)).order_by(_DOSSIERS.c.id)
    return [_read(row) for row in tx.execute(found).mappings()]


def _here(scope: Scope) -> Select[Any]:
    joined = _PRODUCERS.c.id == _DOSSIERS.c.producer_id
    return select(_DOSSIERS).join(_PRODUCERS, joined).where(scope.here(_PRODUCERS.c))


@scoped("dossiers")
def here(tx: Connection, scope: Scope, dossier: int) -> dict[str, Any] | None:
    """The dossier of that id, if it lies in the area."""
    row = tx.execute(_here(scope).where(_DOSSIERS.c.id == dossier)).mappings().first()
    return _read(row) if row else None


def by_id(tx: Connection, dossier: int) -> dict[str, Any]:
    """The dossier of that id; LookupError when there is none."""
    found = _many(tx, _DOSSIERS.c.id == dossier)
    if not found:
        raise LookupError(dossier)
    return found[0]


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These dossiers."""
    return _many(tx, _DOSSIERS.c.id.in_(ids)) if ids else []


def any_unplanned(tx: Connection) -> bool:
    """Whether anything happened to any dossier since what follows was made."""
    return tx.execute(_ANY_UNPLANNED).first() is not None


def for_paper(tx: Connection, paper: Mapping[str, Any]) -> dict[str, Any] | None:
    """The newest dossier that a paper is for; of one that serves all products the producer's."""
    whose = _DOSSIERS.c.producer_id == paper["producer_id"]
    found = _many(tx, whose, *([_DOSSIERS.c.root == paper["product"]] if paper["product"] else ()))
    return found[-1] if found else None


def _many(tx: Connection, *conditions: Any) -> list[dict[str, Any]]:
    rows = tx.execute(select(_DOSSIERS).where(*conditions).order_by(_DOSSIERS.c.id)).mappings()
    return [_read(row) for row in rows]


def _read(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "before": json.loads(row["before"] or "null")}
