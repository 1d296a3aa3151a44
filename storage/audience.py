"""Whom an announcement reaches: the persons behind the producers of the area that an aim fits."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.engine import Connection

from programme.aims import Aim
from storage import certificates
from storage.certificates import CertificateRow
from storage.consents import ConsentRow
from storage.database import table_of
from storage.dossiers import DossierRow
from storage.ideas import IdeaRow
from storage.officers import Scope
from storage.producers import MembershipRow, ProducerRow
from storage.products import ProductRow
from storage.scoped import scoped

NEWS = "news"  # the purpose that people agree to
_PRODUCERS = table_of(ProducerRow)
_MEMBERS = table_of(MembershipRow)
_CONSENTS = table_of(ConsentRow)
_CERTIFICATES = table_of(CertificateRow)
_DOSSIERS = table_of(DossierRow)
_IDEAS = table_of(IdeaRow)
_PRODUCTS = table_of(ProductRow)
_SUBMITTED = _IDEAS.c.status == "submitted"
_OPEN = _DOSSIERS.c.status == "open"

Condition = ColumnElement[bool]


class Reached(NamedTuple):
    """A person, and the producer on whose account: the first, where several fit."""

    person: int
    id: int


@scoped("producers")
def people(tx: Connection, scope: Scope, aim: Aim, day: date) -> list[Reached]:
    """Who is told: each person once, of those who agreed to news; whatever their language is.

    ``day`` is the one on which a star must be good.
    """
    return _persons(tx, _fitting(scope, aim, day), _agreed())


@scoped("producers")
def unasked(tx: Connection, scope: Scope, aim: Aim, day: date) -> list[Reached]:
    """Whom it would concern too, had they agreed to news."""
    return _persons(tx, _fitting(scope, aim, day), ~_agreed())


@scoped("producers")
def away(tx: Connection, scope: Scope, aim: Aim, day: date) -> list[dict[str, Any]]:
    """The producers whom it concerns and for whom nobody talks to us: ``id`` and ``name``."""
    nobody = ~exists().where(_MEMBERS.c.producer_id == _PRODUCERS.c.id)
    chosen = select(_PRODUCERS.c.id, _PRODUCERS.c.name).where(*_fitting(scope, aim, day), nobody)
    return [dict(row) for row in tx.execute(chosen.order_by(_PRODUCERS.c.id)).mappings()]


def _persons(tx: Connection, fitting: tuple[Condition, ...], agreed: Condition) -> list[Reached]:
    joined = _MEMBERS.join(_PRODUCERS, _PRODUCERS.c.id == _MEMBERS.c.producer_id)
    chosen: Select[Any] = (
        select(_MEMBERS.c.person_id, func.min(_PRODUCERS.c.id))
        .select_from(joined)
        .where(*fitting, agreed)
        .group_by(_MEMBERS.c.person_id)
        .order_by(_MEMBERS.c.person_id)
    )
    return [Reached(*row) for row in tx.execute(chosen)]


def _agreed() -> Condition:
    return exists().where(
        _CONSENTS.c.person_id == _MEMBERS.c.person_id,
        _CONSENTS.c.purpose == NEWS,
        _CONSENTS.c.withdrawn_at.is_(None),
    )


def _fitting(scope: Scope, aim: Aim, day: date) -> tuple[Condition, ...]:
    """What holds for the producers of the area that the aim fits; see programme.aims.fits."""
    found = [scope.here(_PRODUCERS.c)]
    if aim.areas:
        columns = (_PRODUCERS.c.commune_code, _PRODUCERS.c.province_code)
        found.append(or_(*(column.in_(aim.areas) for column in columns)))
    if aim.producers:
        found.append(_PRODUCERS.c.id.in_(aim.producers))
    if aim.stars:
        found.append(_certified(aim, day))
    elif aim.sets:
        found.append(or_(*(_there_is(table, aim, *when) for table, when in _THINGS)))
    if aim.months:
        found.append(or_(*(_there_is(table, aim, _in(table, aim)) for table in _SEASONAL)))
    if aim.rounds:
        found.append(_there_is(_DOSSIERS, aim, _OPEN, _DOSSIERS.c.round_key.in_(aim.rounds)))
    return tuple(found)


def _certified(aim: Aim, day: date) -> Condition:
    stands = certificates.held(day, day)
    return _there_is(_CERTIFICATES, aim, _CERTIFICATES.c.star.in_(aim.stars), stands)


def _there_is(table: Any, aim: Aim, *conditions: Condition) -> Condition:
    """That the producer has something of one of the sets there, for which this holds."""
    of_sets = (table.c.product_set.in_(aim.sets),) if aim.sets else ()
    return exists().where(table.c.producer_id == _PRODUCERS.c.id, *of_sets, *conditions)


def _in(table: Any, aim: Aim) -> Condition:
    """That one of the months stands among those of the row, which are figures between commas."""
    listed = "," + table.c.months + ","
    season = or_(*(listed.contains(f",{month},") for month in aim.months))
    return and_(season, _SUBMITTED) if table is _IDEAS else season


# What may be of a set, and which of it counts.
_THINGS: tuple[tuple[Any, tuple[Condition, ...]], ...] = (
    (_CERTIFICATES, ()),
    (_DOSSIERS, (_OPEN,)),
    (_IDEAS, (_SUBMITTED,)),
    (_PRODUCTS, ()),
)
_SEASONAL = (_IDEAS, _PRODUCTS)
