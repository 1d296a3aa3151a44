"""Hỗ trợ: what producers and units are given, from which fund, planned and paid, in đồng."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, table_of
from storage.officers import Scope
from storage.producers import ProducerRow
from storage.scoped import scoped


class SupportRow(SQLModel, table=True):
    """One support of a year, to a producer or to a unit by its name alone.

    It lies where the producer is at home, else in the area of whoever wrote it down.
    """

    __tablename__ = "supports"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    commune_code: str = Field(default="", index=True)
    province_code: str = Field(default="", index=True)
    year: int
    producer_id: int | None = Field(default=None, foreign_key="producers.id", index=True)
    unit: str
    fund: str
    planned: int = Field(sa_type=BigInteger)
    paid: int = Field(default=0, sa_type=BigInteger)
    decision: str = ""
    use: str = ""
    made_by: int = Field(foreign_key="persons.id")
    made_at: datetime = Field(sa_type=UtcDateTime)
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Cell(NamedTuple):
    """What one unit gets from one fund, in đồng."""

    unit: str
    fund: str
    planned: int
    paid: int


_SUPPORTS = table_of(SupportRow)
_S = _SUPPORTS.c
_PRODUCERS = table_of(ProducerRow)
_P = _PRODUCERS.c


def add(tx: Connection, values: Mapping[str, Any], person: int, now: datetime) -> int:
    """Keep a support, with columns from ``commune_code`` to ``use``; its number."""
    number = counters.following(tx, "support")
    row = {**values, "number": number, "made_by": person, "made_at": now}
    tx.execute(insert(_SUPPORTS).values(row))
    return number


def pay(tx: Connection, support: int, paid: int) -> None:
    """Let this be what has been paid of it till now, in all."""
    tx.execute(update(_SUPPORTS).where(_S.id == support).values(paid=paid))


def drop(tx: Connection, support: int, now: datetime) -> None:
    """Let it count no more; the row stays."""
    tx.execute(update(_SUPPORTS).where(_S.id == support).values(dropped_at=now))


def whose(tx: Connection, scope: Scope, name: str) -> dict[str, Any] | None:
    """The one producer of the area that is called so; None where there is none, or several."""
    columns = (_P.id, _P.commune_code, _P.province_code)
    found = select(*columns).where(scope.here(_P), _P.name == name).limit(2)
    rows = tx.execute(found).mappings().all()
    return dict(rows[0]) if len(rows) == 1 else None


def _here(scope: Scope) -> Select[Any]:
    return select(_SUPPORTS).where(scope.here(_S), _S.dropped_at.is_(None))


@scoped("supports")
def here(tx: Connection, scope: Scope, year: int) -> list[dict[str, Any]]:
    """The supports of the area in that year, in the order they were written down."""
    return during(tx, scope, year, year)


@scoped("supports")
def during(tx: Connection, scope: Scope, first: int, last: int) -> list[dict[str, Any]]:
    """The supports of the area in these years, in the order they were written down."""
    rows = tx.execute(_here(scope).where(_S.year.between(first, last)).order_by(_S.number))
    return [dict(row) for row in rows.mappings()]


@scoped("supports")
def numbered(tx: Connection, scope: Scope, number: int) -> dict[str, Any] | None:
    """The support of that number, if it lies in the area."""
    row = tx.execute(_here(scope).where(_S.number == number)).mappings().first()
    return dict(row) if row else None


def cells(tx: Connection, scope: Scope, year: int) -> list[Cell]:
    """The sums of the area in that year by unit and fund; all together are the sum of the rows."""
    found = _here(scope).where(_S.year == year).subquery("found").c
    sums = (func.sum(found.planned), func.sum(found.paid))
    chosen = select(found.unit, found.fund, *sums).group_by(found.unit, found.fund)
    rows = tx.execute(chosen.order_by(found.unit, found.fund))
    return [Cell(row[0], row[1], int(row[2]), int(row[3])) for row in rows]


def funds(tx: Connection, scope: Scope, most: int) -> list[str]:
    """The funds that the area's supports are from, the most used first."""
    found = _here(scope).subquery("found").c
    used = select(found.fund).group_by(found.fund).order_by(func.count().desc(), found.fund)
    return list(tx.execute(used.limit(most)).scalars())


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All supports, those that were dropped too."""
    return [dict(row) for row in tx.execute(select(_SUPPORTS).order_by(_S.id)).mappings()]
