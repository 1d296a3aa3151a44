"""Ý tưởng sản phẩm: the ideas that were handed in, each with its receipt number."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, or_, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.bulk import Insert
from storage.database import UtcDateTime, table_of
from storage.officers import Scope
from storage.producers import MembershipRow, ProducerRow
from storage.scoped import scoped


class IdeaRow(SQLModel, table=True):
    """An idea as it was handed in: ``answers`` is the whole sheet, the columns are asked of.

    ``months`` are those of its season, as figures between commas. ``verdict`` is the last one
    (accepted, returned, asked) while nothing came after it, ``turns`` how many there were,
    ``follows`` the idea that this one mends.
    """

    __tablename__ = "ideas"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    producer_id: int = Field(foreign_key="producers.id", index=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    run: int
    hand: str = ""
    name: str
    product_set: int
    stage: str
    commune_code: str = Field(default="", index=True)
    star: int | None = None
    round_key: str | None = None
    form_version: int
    answers: str
    months: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    status: str = "submitted"  # submitted, mended (by another), withdrawn
    submitted_at: datetime = Field(sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    turns: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    verdict: str | None = None
    follows: int | None = Field(default=None, foreign_key="ideas.id")
    moved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_IDEAS = table_of(IdeaRow)
_MEMBERS = table_of(MembershipRow)
_PRODUCERS = table_of(ProducerRow)
_SUBMITTED = (
    "number producer_id person_id run hand name product_set stage commune_code star round_key"
    " form_version answers months status submitted_at follows"
)
_SUBMIT = Insert(_IDEAS, _SUBMITTED)


def submit(
    tx: Connection, values: dict[str, Any], answers: dict[str, Any], now: datetime, year: int
) -> str:
    """Keep an idea and give its receipt number, ``YT-2026-0001`` upward in each year."""
    number = f"YT-{year}-{counters.following(tx, f'idea-{year}'):04d}"
    written = json.dumps(answers, ensure_ascii=False)
    months = ",".join(map(str, answers.get("season") or ()))
    row = {**values, "number": number, "answers": written, "months": months}
    row |= {"status": "submitted", "submitted_at": now, "follows": values.get("follows")}
    _SUBMIT.run(tx, [[row[name] for name in _SUBMITTED.split()]])
    return number


def of_person(tx: Connection, person: int) -> list[dict[str, Any]]:
    """The ideas that the person handed in, oldest first."""
    return _many(tx, _IDEAS.c.person_id == person)


def acted_for(tx: Connection, person: int) -> list[dict[str, Any]]:
    """The ideas of all producers that the person acts for, oldest first."""
    mine = select(_MEMBERS.c.producer_id).where(_MEMBERS.c.person_id == person)
    return _many(tx, _IDEAS.c.producer_id.in_(mine))


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All ideas, oldest first."""
    return _many(tx, _IDEAS.c.id > 0)


@scoped("ideas")
def handed_in(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The newest ideas of the area that were handed in, so many at most, the oldest first."""
    newest = _here(scope).where(_IDEAS.c.status == "submitted").order_by(_IDEAS.c.id.desc())
    return [_read(row) for row in tx.execute(newest.limit(most)).mappings()][::-1]


@scoped("ideas")
def here(tx: Connection, scope: Scope, idea: int) -> dict[str, Any] | None:
    """The idea of that id, if it lies in the area."""
    row = tx.execute(_here(scope).where(_IDEAS.c.id == idea)).mappings().first()
    return _read(row) if row else None


@scoped("ideas")
def numbered(tx: Connection, scope: Scope, number: str) -> dict[str, Any] | None:
    """The idea of that receipt number, if it lies in the area."""
    row = tx.execute(_here(scope).where(_IDEAS.c.number == number)).mappings().first()
    return _read(row) if row else None


def _here(scope: Scope) -> Select[Any]:
    """The ideas of the area: of its producers, or that were meant for its commune."""
    here = or_(scope.here(_PRODUCERS.c), and_(_IDEAS.c.commune_code == scope.area, scope.reads()))
    joined = _PRODUCERS.c.id == _IDEAS.c.producer_id
    return select(_IDEAS).join(_PRODUCERS, joined).where(here)


def by_number(tx: Connection, number: str) -> dict[str, Any] | None:
    """The idea of that receipt number."""
    found = _many(tx, _IDEAS.c.number == number)
    return found[0] if found else None


def by_id(tx: Connection, idea: int) -> dict[str, Any] | None:
    """The idea of that id."""
    found = _many(tx, _IDEAS.c.id == idea)
    return found[0] if found else None


def withdraw(tx: Connection, person: int, number: str, now: datetime) -> bool:
    """Withdraw the person's own idea; False when it is not theirs or is withdrawn already."""
    done = tx.execute(
        update(_IDEAS)
        .where(
            _IDEAS.c.number == number, _IDEAS.c.person_id == person, _IDEAS.c.status == "submitted"
        )
        .values(status="withdrawn", withdrawn_at=now)
    )
    return bool(done.rowcount)


def judge(tx: Connection, idea: int, verdict: str | None, now: datetime) -> None:
    """Keep the last verdict on an idea; none when the producer has spoken since."""
    mine = _IDEAS.c.id == idea
    tx.execute(update(_IDEAS).where(mine).values(verdict=verdict, moved_at=now))


def mended(tx: Connection, person: int, number: str) -> bool:
    """Note that another idea came in its place; False when it is not theirs, or did before."""
    mine = (_IDEAS.c.number == number, _IDEAS.c.person_id == person)
    stands = (_IDEAS.c.status == "submitted", _IDEAS.c.verdict == "returned")
    done = tx.execute(update(_IDEAS).where(*mine, *stands).values(status="mended"))
    return bool(done.rowcount)


def _many(tx: Connection, condition: Any) -> list[dict[str, Any]]:
    rows = tx.execute(select(_IDEAS).where(condition).order_by(_IDEAS.c.id)).mappings()
    return [_read(row) for row in rows]


def _read(row: Mapping[Any, Any]) -> dict[str, Any]:
    return {**row, "answers": json.loads(row["answers"])}
