"""Giấy chứng nhận: the stars that products have, and until when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, table_of
from storage.dossiers import DossierRow
from storage.officers import Scope
from storage.producers import MembershipRow, ProducerRow
from storage.scoped import scoped


class CertificateRow(SQLModel, table=True):
    """A certificate; ``renewed_at`` is when a re-evaluation of its product began.

    From ``revoked_on`` it holds no more, whatever day it would have ended on (Điều 8).
    ``source`` is the id of the product in an office's file, where the certificate came by one.
    """

    __tablename__ = "certificates"

    id: int | None = Field(default=None, primary_key=True)
    producer_id: int | None = Field(default=None, foreign_key="producers.id", index=True)
    dossier_id: int | None = Field(default=None, foreign_key="dossiers.id", index=True)
    name: str
    product_set: int
    star: int
    decision: str = ""
    issued: date
    expires: date
    refile_from: date  # the days in which a re-evaluation is to be filed (Điều 5)
    refile_by: date
    renewed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_on: date | None = None
    source: str | None = Field(default=None, unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)


_CERTIFICATES = table_of(CertificateRow)
_PRODUCERS = table_of(ProducerRow)
_DOSSIERS = table_of(DossierRow)
_MEMBERS = table_of(MembershipRow)


def held(first: Any, last: Any) -> Any:
    """The condition that a certificate held at some time between these days."""
    stood = or_(_CERTIFICATES.c.revoked_on.is_(None), _CERTIFICATES.c.revoked_on > first)
    return and_(_CERTIFICATES.c.issued <= last, _CERTIFICATES.c.expires >= first, stood)


def keep(tx: Connection, values: dict[str, Any], now: datetime) -> int:
    """Keep a certificate, or what is new of one that is known by its source; its number."""
    known = None
    if values.get("source"):
        same = _CERTIFICATES.c.source == values["source"]
        known = tx.execute(select(_CERTIFICATES.c.id).where(same)).scalar()
    if known:
        tx.execute(update(_CERTIFICATES).where(_CERTIFICATES.c.id == known).values(values))
        return int(known)
    made = insert(_CERTIFICATES).values(values | {"made_at": now})
    return int(tx.execute(made.returning(_CERTIFICATES.c.id)).scalar_one())


def change(tx: Connection, certificate: int, values: dict[str, Any]) -> None:
    """Keep what has become known of a certificate."""
    tx.execute(update(_CERTIFICATES).where(_CERTIFICATES.c.id == certificate).values(values))


def mend(tx: Connection, product: str, values: Mapping[str, Any]) -> None:
    """Keep other values in what an office's file tells of the product that has that id there."""
    told = _CERTIFICATES.c.source.startswith(f"{product}:", autoescape=True)
    tx.execute(update(_CERTIFICATES).where(told).values(values))


def renew(tx: Connection, dossier: int, now: datetime) -> None:
    """Note that the re-evaluation of what that dossier is about has begun."""
    mine = (_CERTIFICATES.c.dossier_id == dossier, _CERTIFICATES.c.renewed_at.is_(None))
    tx.execute(update(_CERTIFICATES).where(*mine).values(renewed_at=now))


def of_person(tx: Connection, person: int) -> list[dict[str, Any]]:
    """The certificates of all producers that the person acts for, what ends first first."""
    mine = select(_MEMBERS.c.producer_id).where(_MEMBERS.c.person_id == person)
    return _many(tx, _CERTIFICATES.c.producer_id.in_(mine))


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All certificates, what ends first first."""
    return _many(tx, _CERTIFICATES.c.id > 0)


def last(tx: Connection) -> int:
    """The number of the newest; 0 where there is none."""
    return tx.execute(select(func.max(_CERTIFICATES.c.id))).scalar() or 0


def by_ids(tx: Connection, ids: list[int]) -> list[dict[str, Any]]:
    """These certificates."""
    return _many(tx, _CERTIFICATES.c.id.in_(ids)) if ids else []


@scoped("certificates")
def of_product(tx: Connection, scope: Scope, root: int) -> list[dict[str, Any]]:
    """The certificates of a product of the area, whose first dossier that is; the newest first."""
    of_it = or_(_DOSSIERS.c.root == root, _DOSSIERS.c.id == root)
    joined = _CERTIFICATES.join(_DOSSIERS, _DOSSIERS.c.id == _CERTIFICATES.c.dossier_id).join(
        _PRODUCERS, _PRODUCERS.c.id == _CERTIFICATES.c.producer_id
    )
    found = select(_CERTIFICATES).select_from(joined).where(scope.here(_PRODUCERS.c), of_it)
    order = (_CERTIFICATES.c.issued.desc(), _CERTIFICATES.c.id.desc())
    return [dict(row) for row in tx.execute(found.order_by(*order)).mappings()]


def _many(tx: Connection, condition: Any) -> list[dict[str, Any]]:
    """The certificates with their producer's ``producer`` and ``commune_code``."""
    rows = tx.execute(
        select(
            _CERTIFICATES,
            _PRODUCERS.c.name.label("producer"),
            _PRODUCERS.c.commune_code,
            _PRODUCERS.c.province_code,
        )
        .join(_PRODUCERS, _PRODUCERS.c.id == _CERTIFICATES.c.producer_id, isouter=True)
        .where(condition)
        .order_by(_CERTIFICATES.c.expires, _CERTIFICATES.c.id)
    )
    return [dict(row) for row in rows.mappings()]
