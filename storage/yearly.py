"""Số liệu năm: what a certified producer made, sold and employed in a year, as told by itself."""

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Select, and_, false, func, literal, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import certificates, consents
from storage.certificates import CertificateRow
from storage.database import UtcDateTime, insert_new, table_of
from storage.officers import Scope
from storage.producers import ProducerRow

FIGURES = ("output", "made", "unit", "sales", "workers", "local_workers", "markets")

_SUMMED = ("sales", "workers", "local_workers", "markets")


class YearlyRow(SQLModel, table=True):
    """The figures of one producer for one year; what was not told is empty.

    ``output`` is in the producer's own words, and so many thousandths ``made`` of a ``unit``, kilos
    for all that is weighed; ``sales`` in đồng; ``workers`` are
    people, ``local_workers`` those of them of the same commune, ``markets`` new ones of the year.
    ``shared`` says that the sales may stand by themselves in the register that is given out.
    """

    __tablename__ = "yearly_figures"

    producer_id: int = Field(primary_key=True, foreign_key="producers.id")
    year: int = Field(primary_key=True)
    output: str = ""
    made: int | None = Field(default=None, sa_type=BigInteger)
    unit: str = ""
    sales: int | None = Field(default=None, sa_type=BigInteger)
    workers: int | None = None
    local_workers: int | None = None
    markets: int | None = None
    shared: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
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
    words = {name: told[name] or "" for name in ("output", "unit")}
    shared = bool(figures.get("shared"))
    about = {**told, **words, "shared": shared, "person_id": person, "told_at": now}
    new = insert_new(tx, _YEARLY).values({"producer_id": producer, "year": year, **about})
    tx.execute(new.on_conflict_do_update(index_elements=["producer_id", "year"], set_=about))


def of_producer(tx: Connection, producer: int, year: int) -> dict[str, Any] | None:
    """What the producer told of that year."""
    mine = (_Y.producer_id == producer, _Y.year == year)
    row = tx.execute(select(_YEARLY).where(*mine)).mappings().first()
    return dict(row) if row else None


def shared(tx: Connection, scope: Scope) -> dict[int, int]:
    """The sales, in đồng, of the newest year that a producer of the area told, by its number.

    Of those alone who let them stand by themselves, and have not taken back what they agreed to.
    """
    joined = _YEARLY.join(_PRODUCERS, _P.id == _Y.producer_id)
    agreed = consents.holds(_Y.person_id, consents.DOSSIER)
    told = select(_Y.producer_id, _Y.sales, and_(_Y.shared, agreed)).select_from(joined)
    rows = tx.execute(told.where(scope.here(_P), _Y.sales.is_not(None)).order_by(_Y.year))
    newest = {row[0]: row for row in rows}
    return {producer: row[1] for producer, row in newest.items() if row[2]}


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
    sums = (func.coalesce(func.sum(found.c[name]), 0) for name in _SUMMED)
    answered = func.count(found.c.told_at)
    chosen = select(found.c.group, func.count(), answered, *sums).group_by(found.c.group)
    rows = tx.execute(chosen.order_by(found.c.group)).all()
    return [Sums(str(row[0]), *(int(each) for each in row[1:])) for row in rows]


def _each(scope: Scope, year: int, by: str) -> Select[Any]:
    """Each producer with a certificate in that year, once a group, with what was told."""
    group = _BY[by] if by else literal("")
    told = (_Y.told_at, *(_Y[name] for name in _SUMMED))
    joined = _CERTIFICATES.join(_PRODUCERS, _P.id == _C.producer_id)
    mine = and_(_Y.producer_id == _P.id, _Y.year == year)
    joined = joined.join(_YEARLY, mine, isouter=True)
    chosen = select(group.label("group"), _P.id, *told).select_from(joined)
    return chosen.where(scope.here(_P), held(year)).distinct()


class Made(NamedTuple):
    """What was made of one unit: thousandths of it, and by how many producers."""

    unit: str
    thousandths: int
    producers: int


def made(tx: Connection, scope: Scope, year: int) -> list[Made]:
    """What the producers of the area made in that year, unit by unit, the most first."""
    joined = _YEARLY.join(_PRODUCERS, _P.id == _Y.producer_id)
    several = func.count()
    found = select(_Y.unit, func.sum(_Y.made), several).select_from(joined)
    found = found.where(scope.here(_P), _Y.year == year, _Y.made.is_not(None)).group_by(_Y.unit)
    rows = tx.execute(found.order_by(several.desc(), _Y.unit)).all()
    return [Made(row[0], int(row[1]), int(row[2])) for row in rows]


class Both(NamedTuple):
    """The sums of those who told both a year and the one before, of each figure both times."""

    producers: int
    sales: int
    sales_before: int
    workers: int
    workers_before: int


def compared(tx: Connection, scope: Scope, year: int) -> Both:
    """What the producers of the area who told that year and the one before came to."""
    before = _YEARLY.alias()
    joined = _YEARLY.join(_PRODUCERS, _P.id == _Y.producer_id)
    same = and_(before.c.producer_id == _Y.producer_id, before.c.year == year - 1)
    pairs = ((_Y.sales, before.c.sales), (_Y.workers, before.c.workers))
    told = [(each, and_(*(one.is_not(None) for one in pair))) for pair in pairs for each in pair]
    sums = (func.coalesce(func.sum(each).filter(both), 0) for each, both in told)
    found = select(func.count(), *sums).select_from(joined.join(before, same))
    row = tx.execute(found.where(scope.here(_P), _Y.year == year)).one()
    return Both(*(int(each) for each in row))


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All figures."""
    order = (_Y.producer_id, _Y.year)
    return [dict(row) for row in tx.execute(select(_YEARLY).order_by(*order)).mappings()]
