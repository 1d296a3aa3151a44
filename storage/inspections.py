"""Kiểm tra sau chứng nhận: which producer is looked at when, what was found, and if it is mended.

An inspection is planned → found → mended → closed; what was found to be good is closed at once.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, distinct, func, insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.certificates import CertificateRow
from storage.database import UtcDateTime, alone, insert_all, table_of
from storage.officers import Scope
from storage.producers import ProducerRow
from storage.scoped import scoped

PLANNED, FOUND, MENDED, CLOSED = "planned", "found", "mended", "closed"


class InspectionRow(SQLModel, table=True):
    """One visit; ``failed`` of its ``samples`` is empty while the laboratory has not answered.

    ``findings`` are words or the key of a ready reason, to be mended ``until`` a day; ``photos``
    is JSON of the files that the producer showed of it, ``seen`` of those taken at the visit.
    """

    __tablename__ = "inspections"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    producer_id: int = Field(foreign_key="producers.id", index=True)
    day: date
    status: str = PLANNED
    samples: int = 0
    failed: int | None = None
    findings: str = ""
    until: date | None = None
    photos: str = "[]"
    seen: str = "[]"
    made_by: int = Field(foreign_key="persons.id", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    mended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InspectedRow(SQLModel, table=True):
    """A product that was looked at, as its certificate said then."""

    __tablename__ = "inspection_products"

    inspection_id: int = Field(primary_key=True, foreign_key="inspections.id")
    certificate: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    name: str
    star: int


class Counts(NamedTuple):
    """What was inspected: different sites and products, samples taken, and those that failed."""

    visits: int
    sites: int
    products: int
    samples: int
    failed: int
    open: int


_INSPECTIONS = table_of(InspectionRow)
_I = _INSPECTIONS.c
_PRODUCTS = table_of(InspectedRow)
_PRODUCERS = table_of(ProducerRow)
_P = _PRODUCERS.c
_C = table_of(CertificateRow).c
_WAS = _I.status != PLANNED


# -- what is done ----------------------------------------------------------------------------------


def plan(tx: Connection, producer: int, day: date, person: int, now: datetime) -> int:
    """Plan a visit on that day; its number."""
    number = counters.following(tx, "inspection")
    row = {"number": number, "producer_id": producer, "day": day, "made_by": person}
    tx.execute(insert(_INSPECTIONS).values(row | {"made_at": now}))
    return number


def record(
    tx: Connection,
    inspection: int,
    products: Sequence[dict[str, Any]],
    found: dict[str, Any],
    now: datetime,
) -> bool:
    """Keep what was found: ``day``, ``samples``, ``findings`` and ``until``; False when it was.

    Each of the products has its certificate's ``id``, ``name`` and ``star``.
    """
    closed = {"status": FOUND} if found["findings"] else {"status": CLOSED, "closed_at": now}
    mine = (_I.id == inspection, _I.status == PLANNED)
    if not tx.execute(update(_INSPECTIONS).where(*mine).values({**found, **closed})).rowcount:
        return False
    rows = [
        {"certificate": one["id"], "name": one["name"], "star": one["star"]} for one in products
    ]
    insert_all(tx, _PRODUCTS, [{"inspection_id": inspection, **row} for row in rows])
    return True


def tested(tx: Connection, inspection: int, failed: int) -> None:
    """Keep what the laboratory said: so many of the samples failed."""
    tx.execute(update(_INSPECTIONS).where(_I.id == inspection, _WAS).values(failed=failed))


def add_photos(tx: Connection, inspection: int, photos: Sequence[str], most: int) -> list[str]:
    """Keep photos of the visit beside those that are there, so many at most; all of them then."""
    alone(tx, f"inspection-{inspection}")  # several officers may be there
    known = tx.execute(select(_I.seen).where(_I.id == inspection)).scalar_one()
    every = list(dict.fromkeys((*json.loads(known), *photos)))[:most]
    tx.execute(update(_INSPECTIONS).where(_I.id == inspection).values(seen=json.dumps(every)))
    return every


def mended(tx: Connection, inspection: int, photos: Sequence[str], now: datetime) -> None:
    """Keep the photos with which the producer says that it is mended."""
    mine = (_I.id == inspection, _I.status.in_((FOUND, MENDED)))
    said = {"status": MENDED, "mended_at": now, "photos": json.dumps(list(photos))}
    tx.execute(update(_INSPECTIONS).where(*mine).values(said))


def close(tx: Connection, inspection: int, now: datetime) -> bool:
    """End it: nothing is left to be mended; False when it was ended, or nobody was there yet."""
    mine = (_I.id == inspection, _I.status.in_((FOUND, MENDED)))
    ended = update(_INSPECTIONS).where(*mine).values(status=CLOSED, closed_at=now)
    return bool(tx.execute(ended).rowcount)


# -- for the producer ------------------------------------------------------------------------------


def to_mend(tx: Connection, producers: Sequence[int]) -> dict[str, Any] | None:
    """The newest inspection of these producers that found something not mended yet."""
    mine = (_I.producer_id.in_(producers), _I.status.in_((FOUND, MENDED)))
    newest = _joined().where(*mine).order_by(_I.id.desc()).limit(1)
    row = tx.execute(newest).mappings().first() if producers else None
    return dict(row) if row else None


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These inspections, wherever they are."""
    some = _joined().where(_I.id.in_(ids)).order_by(_I.id)
    return [dict(row) for row in tx.execute(some).mappings()] if ids else []


# -- what officers see -----------------------------------------------------------------------------


def _joined() -> Select[Any]:
    """The inspections, with whose each is as ``producer``."""
    joined = _INSPECTIONS.join(_PRODUCERS, _P.id == _I.producer_id)
    columns = (_P.name.label("producer"), _P.commune_code)
    return select(_INSPECTIONS, *columns).select_from(joined)


def _of_year(year: int) -> Any:
    return _I.day.between(date(year, 1, 1), date(year, 12, 31))


@scoped("inspections")
def numbered(tx: Connection, scope: Scope, number: int) -> dict[str, Any] | None:
    """The inspection of that number, if its producer is in the area."""
    row = tx.execute(_joined().where(scope.here(_P), _I.number == number)).mappings().first()
    return dict(row) if row else None


@scoped("inspections")
def of_year(tx: Connection, scope: Scope, year: int, most: int) -> list[dict[str, Any]]:
    """The inspections of the year in the area, so many at most: the open ones first, by day."""
    order = (_I.status == CLOSED, _I.day, _I.id)
    found = _joined().where(scope.here(_P), _of_year(year)).order_by(*order)
    return [dict(row) for row in tx.execute(found.limit(most)).mappings()]


@scoped("inspections")
def during(tx: Connection, scope: Scope, first: int, last: int) -> list[dict[str, Any]]:
    """The visits of the area in these years, in their order; what is only planned is none."""
    days = _I.day.between(date(first, 1, 1), date(last, 12, 31))
    found = _joined().where(scope.here(_P), days, _WAS).order_by(_I.day, _I.id)
    return [dict(row) for row in tx.execute(found).mappings()]


@scoped("inspections")
def of_producer(tx: Connection, scope: Scope, producer: int) -> list[dict[str, Any]]:
    """All inspections of a producer of the area, the newest first."""
    found = _joined().where(scope.here(_P), _I.producer_id == producer).order_by(_I.id.desc())
    return [dict(row) for row in tx.execute(found).mappings()]


@scoped("producers")
def certified_here(tx: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The producers of the area who have a certificate: ``id`` and ``name``."""
    has = select(_C.producer_id).where(_C.producer_id == _P.id, _C.revoked_on.is_(None))
    found = select(_P.id, _P.name).where(scope.here(_P), has.exists()).order_by(_P.id)
    return [dict(row) for row in tx.execute(found).mappings()]


def certificates_of(tx: Connection, producer: int, today: date) -> list[dict[str, Any]]:
    """The certificates of the producer that hold on that day: ``id``, ``name`` and ``star``."""
    holds = (_C.producer_id == producer, _C.expires >= today, _C.revoked_on.is_(None))
    found = select(_C.id, _C.name, _C.star).where(*holds).order_by(_C.id)
    return [dict(row) for row in tx.execute(found).mappings()]


def products(tx: Connection, inspection: int) -> list[dict[str, Any]]:
    """The products that were looked at: ``name`` and ``star``."""
    mine = select(_PRODUCTS).where(_PRODUCTS.c.inspection_id == inspection)
    rows = tx.execute(mine.order_by(_PRODUCTS.c.certificate)).mappings()
    return [dict(row) for row in rows]


def products_of(tx: Connection, some: Sequence[int]) -> dict[int, list[str]]:
    """The names of the products that each of these looked at."""
    mine = select(_PRODUCTS).where(_PRODUCTS.c.inspection_id.in_(some))
    found: dict[int, list[str]] = {inspection: [] for inspection in some}
    for row in tx.execute(mine.order_by(_PRODUCTS.c.certificate)):
        found[row.inspection_id].append(row.name)
    return found


def counted(tx: Connection, scope: Scope, year: int) -> Counts:
    """What was inspected in the area in that year; what is only planned counts nothing."""
    there = _joined().where(scope.here(_P), _of_year(year), _WAS).subquery("there")
    sums = (
        func.count(),
        func.count(distinct(there.c.producer_id)),
        func.coalesce(func.sum(there.c.samples), 0),
        func.coalesce(func.sum(there.c.failed), 0),
        func.count().filter(there.c.status != CLOSED),
    )
    visits, sites, samples, failed, open_ = tx.execute(select(*sums)).one()
    stars = by_star(tx, scope, year)
    return Counts(visits, sites, sum(stars.values()), int(samples), int(failed), open_)


def by_star(tx: Connection, scope: Scope, year: int) -> dict[int, int]:
    """How many different products of each star were inspected in the area in that year."""
    joined = _PRODUCTS.join(_INSPECTIONS, _I.id == _PRODUCTS.c.inspection_id)
    joined = joined.join(_PRODUCERS, _P.id == _I.producer_id)
    different = func.count(distinct(_PRODUCTS.c.certificate))
    found = select(_PRODUCTS.c.star, different).select_from(joined)
    found = found.where(scope.here(_P), _of_year(year), _WAS).group_by(_PRODUCTS.c.star)
    return {row[0]: row[1] for row in tx.execute(found.order_by(_PRODUCTS.c.star.desc()))}


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All inspections."""
    return [dict(row) for row in tx.execute(_joined().order_by(_I.id)).mappings()]
