"""Số liệu năm: what a certified producer made, sold and employed in a year, as told by itself."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, and_, func, literal, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import certificates
from storage.certificates import CertificateRow
from storage.database import UtcDateTime, insert_new, table_of
from storage.officers import Scope
from storage.producers import ProducerRow

FIGURES = ("output", "sales", "workers", "local_workers", "markets")


class YearlyRow(SQLModel, table=True):
    """The figures of one producer for one year; what was not told is empty.

    ``output`` is in the producer's own words, with its unit; ``sales`` in đồng; ``workers`` are
    people, ``local_workers`` those of them of the same commune, ``markets`` new ones of the year.
    """

    __tablename__ = "yearly_figures"

    producer_id: int = Field(primary_key=True, foreign_key="producers.id")
    year: int = Field(primary_key=True)
    output: str = ""
    sales: int | None = Field(default=None, sa_type=BigInteger)
    workers: int | None = None
    local_workers: int | None = None
    markets: int | None = None
    person_id: int = Field(foreign_key="persons.id")
    told_at: datetime = Field(sa_type=UtcDateTime)


class Sums(NamedTuple):
    """The sums of those who answered: ``answered`` of ``asked`` producers with a certificate.

    ``group`` is what they are summed by: empty for all, a set, a star or a commune's code.
    """

    group: str
    asked: int
    answered: int
    sales: int
    workers: int
    local_workers: int
    markets: int


_YEARLY = table_of(YearlyRow)
_Y = _YEARLY.c
_PRODUCERS = table_of(ProducerRow)
_P = _PRODUCERS.c
_CERTIFICATES = table_of(CertificateRow)
_C = _CERTIFICATES.c
_BY: dict[str, Any] = {"set": _C.product_set, "star": _C.star, "commune": _P.commune_code}


def keep(
    tx: Connection, producer: int, year: int, figures: dict[str, Any], person: int, now: datetime
) -> None:
    """Keep the figures in place of those that were told before."""
    told = {name: figures.get(name) for name in FIGURES}
    about = {**told, "output": told["output"] or "", "person_id": person, "told_at": now}
    new = insert_new(tx, _YEARLY).values({"producer_id": producer, "year": year, **about})
    tx.execute(new.on_conflict_do_update(index_elements=["producer_id", "year"], set_=about))


def of_producer(tx: Connection, producer: int, year: int) -> dict[str, Any] | None:
    """What the producer told of that year."""
    mine = (_Y.producer_id == producer, _Y.year == year)
    row = tx.execute(select(_YEARLY).where(*mine)).mappings().first()
    return dict(row) if row else None


def held(year: int) -> Any:
    """The condition that a certificate held at some time of the year."""
    return certificates.held(date(year, 1, 1), date(year, 12, 31))


def certified(tx: Connection, producers: list[int], year: int) -> list[int]:
    """Those of the producers who had a certificate in that year."""
    mine = select(_C.producer_id).where(_C.producer_id.in_(producers), held(year)).distinct()
    return sorted(tx.execute(mine).scalars()) if producers else []


def summed(tx: Connection, scope: Scope, year: int, by: str = "") -> list[Sums]:
    """The sums of the area for that year: of all, or by ``set``, ``star`` or ``commune``.

    A producer with several products counts once in each group, so groups may overlap.
    """
    found = _each(scope, year, by).subquery("each_producer")
    sums = (func.coalesce(func.sum(found.c[name]), 0) for name in FIGURES if name != "output")
    answered = func.count(found.c.told_at)
    chosen = select(found.c.group, func.count(), answered, *sums).group_by(found.c.group)
    rows = tx.execute(chosen.order_by(found.c.group)).all()
    return [Sums(str(row[0]), *(int(each) for each in row[1:])) for row in rows]


def _each(scope: Scope, year: int, by: str) -> Select[Any]:
    """Each producer with a certificate in that year, once a group, with what was told."""
    group = _BY[by] if by else literal("")
    told = (_Y.told_at, *(_Y[name] for name in FIGURES if name != "output"))
    joined = _CERTIFICATES.join(_PRODUCERS, _P.id == _C.producer_id)
    mine = and_(_Y.producer_id == _P.id, _Y.year == year)
    joined = joined.join(_YEARLY, mine, isouter=True)
    chosen = select(group.label("group"), _P.id, *told).select_from(joined)
    return chosen.where(scope.here(_P), held(year)).distinct()


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All figures."""
    order = (_Y.producer_id, _Y.year)
    return [dict(row) for row in tx.execute(select(_YEARLY).order_by(*order)).mappings()]
