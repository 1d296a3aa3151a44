"""Nhiệm vụ: what a meeting's conclusions give to whom, till when, and whether it is done.

A task lies in the commune that its unit is of, else in the area of whoever gave it. It is proposed
→ given → done | dropped; one that is proposed was read out and is not confirmed yet.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, insert_all, table_of
from storage.officers import Scope
from storage.scoped import scoped

PROPOSED, GIVEN, DONE, DROPPED = "proposed", "given", "done", "dropped"


class TaskRow(SQLModel, table=True):
    """One deed of one unit; ``assigned_to`` is the officer who answers for it, if there is one.

    ``due`` is a whole day in Viet Nam, empty where none was said; ``batch`` is the same for what
    was read out together.
    """

    __tablename__ = "tasks"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    commune_code: str = Field(default="", index=True)
    province_code: str = Field(default="", index=True)
    unit: str
    deed: str
    due: date | None = None
    status: str = PROPOSED
    batch: int
    given_by: int = Field(foreign_key="persons.id", index=True)
    given_at: datetime = Field(sa_type=UtcDateTime)
    assigned_to: int | None = Field(default=None, foreign_key="persons.id", index=True)
    done_by: int | None = Field(default=None, foreign_key="persons.id")
    done_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Tasks(NamedTuple):
    """How many tasks there are, how many of them are done, and how many are late."""

    total: int
    done: int
    late: int


_TASKS = table_of(TaskRow)
_T = _TASKS.c


# -- giving ----------------------------------------------------------------------------------------


def propose(
    tx: Connection, person: int, some: Sequence[dict[str, Any]], now: datetime
) -> tuple[int, list[int]]:
    """Keep what was read, each with columns of its own; the number of all, and of each."""
    batch = counters.following(tx, "conclusions")
    same = {"batch": batch, "given_by": person, "given_at": now, "status": PROPOSED}
    rows = [{**each, **same, "number": counters.following(tx, "task")} for each in some]
    insert_all(tx, _TASKS, rows)
    return batch, [row["number"] for row in rows]


def give(tx: Connection, batch: int, person: int, now: datetime) -> list[dict[str, Any]]:
    """Give what that person had read out; what came of it. Nothing where that was done before."""
    return _settle(tx, batch, person, status=GIVEN, given_at=now)


def take_back(tx: Connection, batch: int, person: int) -> list[dict[str, Any]]:
    """Drop what that person had read out."""
    return _settle(tx, batch, person, status=DROPPED)


def _settle(tx: Connection, batch: int, person: int, **to: Any) -> list[dict[str, Any]]:
    mine = (_T.batch == batch, _T.given_by == person, _T.status == PROPOSED)
    rows = tx.execute(update(_TASKS).where(*mine).values(to).returning(*_T)).mappings()
    return sorted((dict(row) for row in rows), key=lambda row: row["number"])


# -- what becomes of one ---------------------------------------------------------------------------


def finish(tx: Connection, task: int, person: int, now: datetime) -> bool:
    """Note that it is done; False when it was before, or is no task any more."""
    return _change(tx, task, status=DONE, done_by=person, done_at=now)


def drop(tx: Connection, task: int) -> bool:
    """Let nobody have to do it; False when it is done already."""
    return _change(tx, task, status=DROPPED)


def move(tx: Connection, task: int, due: date) -> bool:
    """Give it another day; False when it is done already."""
    return _change(tx, task, due=due)


def _change(tx: Connection, task: int, **to: Any) -> bool:
    open_ = (_T.id == task, _T.status == GIVEN)
    return bool(tx.execute(update(_TASKS).where(*open_).values(to)).rowcount)


# -- what officers see -----------------------------------------------------------------------------


def _here(scope: Scope) -> Select[Any]:
    """Those of the area, and those that the officer answers for; none that is not confirmed."""
    mine = and_(scope.reads(), _T.assigned_to == scope.person)
    there = _T.status.in_((GIVEN, DONE))
    return select(_TASKS).where(there, or_(scope.here(_T), mine))


@scoped("tasks")
def open_here(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """What is still to be done, so many at most, the first due first."""
    found = _here(scope).where(_T.status == GIVEN).order_by(_T.due.nulls_last(), _T.number)
    return [dict(row) for row in tx.execute(found.limit(most)).mappings()]


@scoped("tasks")
def late_here(tx: Connection, scope: Scope, today: date, most: int) -> list[dict[str, Any]]:
    """What should have been done before that day, so many at most, the longest late first."""
    late = _here(scope).where(_T.status == GIVEN, _T.due < today).order_by(_T.due, _T.number)
    return [dict(row) for row in tx.execute(late.limit(most)).mappings()]


@scoped("tasks")
def during(
    tx: Connection, scope: Scope, given: tuple[datetime, datetime], due: tuple[date, date]
) -> list[dict[str, Any]]:
    """What was given between these moments or is due on these days, as it was given."""
    begins, ends = given
    when = or_(and_(_T.given_at >= begins, _T.given_at < ends), _T.due.between(*due))
    found = _here(scope).where(when).order_by(_T.batch, _T.number)
    return [dict(row) for row in tx.execute(found).mappings()]


@scoped("tasks")
def numbered(tx: Connection, scope: Scope, number: int) -> dict[str, Any] | None:
    """The task of that number, if it lies in the area."""
    row = tx.execute(_here(scope).where(_T.number == number)).mappings().first()
    return dict(row) if row else None


def counted(tx: Connection, scope: Scope, today: date) -> Tasks:
    """How the tasks of the area stand on that day."""
    found = _here(scope).subquery("found")
    late = and_(found.c.status == GIVEN, found.c.due < today)
    sums = (func.count().filter(found.c.status == DONE), func.count().filter(late))
    return Tasks(*tx.execute(select(func.count(), *sums).select_from(found)).one())


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These tasks, wherever they lie."""
    some = select(_TASKS).where(_T.id.in_(ids)).order_by(_T.id)
    return [dict(row) for row in tx.execute(some).mappings()] if ids else []


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All tasks, those that nobody confirmed too."""
    return [dict(row) for row in tx.execute(select(_TASKS).order_by(_T.id)).mappings()]
