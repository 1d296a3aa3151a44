"""Thu hồi: which certificate is to be revoked for what, and what was decided of it.

A revocation is open → revoked, or dropped; a certificate has one open one at most.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.certificates import CertificateRow
from storage.database import UtcDateTime, alone, table_of
from storage.officers import Scope
from storage.producers import ProducerRow
from storage.scoped import scoped

OPEN, REVOKED, DROPPED = "open", "revoked", "dropped"


class RevocationRow(SQLModel, table=True):
    """One proposal: its ``cause`` in the law, ``why`` in the officer's words, and the decision.

    ``concluded`` is the day of the conclusion, or of the commune's word that nothing is made any
    more; the decision is due ``until`` a day.
    """

    __tablename__ = "revocations"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    certificate_id: int = Field(foreign_key="certificates.id", index=True)
    cause: str
    why: str
    concluded: date
    until: date
    status: str = OPEN
    decision: str = ""
    decided_on: date | None = None
    made_by: int = Field(foreign_key="persons.id", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)


_REVOCATIONS = table_of(RevocationRow)
_R = _REVOCATIONS.c
_CERTIFICATES = table_of(CertificateRow)
_C = _CERTIFICATES.c
_PRODUCERS = table_of(ProducerRow)
_P = _PRODUCERS.c


# -- what is done ----------------------------------------------------------------------------------


def propose(tx: Connection, values: dict[str, Any], person: int, now: datetime) -> int | None:
    """Keep a proposal; its id, or None where the certificate has one that is open, or is revoked.

    ``values`` are its ``certificate_id``, ``cause``, ``why``, ``concluded`` and ``until``.
    """
    certificate = values["certificate_id"]
    alone(tx, f"revocation-{certificate}")
    waits = select(_R.id).where(_R.certificate_id == certificate, _R.status == OPEN)
    stands = select(_C.id).where(_C.id == certificate, _C.revoked_on.is_(None))
    if tx.execute(waits).first() or not tx.execute(stands).first():
        return None
    number = counters.following(tx, "revocation")
    row = {**values, "number": number, "status": OPEN, "made_by": person, "made_at": now}
    return int(tx.execute(insert(_REVOCATIONS).values(row).returning(_R.id)).scalar_one())


def decide(tx: Connection, revocation: int, decision: str, day: date) -> bool:
    """Revoke the certificate by that decision, once."""
    told = {"status": REVOKED, "decision": decision, "decided_on": day}
    if not _settle(tx, revocation, told):
        return False
    mine = select(_R.certificate_id).where(_R.id == revocation).scalar_subquery()
    tx.execute(update(_CERTIFICATES).where(_C.id == mine).values(revoked_on=day))
    return True


def drop(tx: Connection, revocation: int) -> bool:
    """Let the certificate stand; False when it was decided."""
    return _settle(tx, revocation, {"status": DROPPED})


def _settle(tx: Connection, revocation: int, to: dict[str, Any]) -> bool:
    open_ = (_R.id == revocation, _R.status == OPEN)
    return bool(tx.execute(update(_REVOCATIONS).where(*open_).values(to)).rowcount)


# -- what officers see -----------------------------------------------------------------------------


def _joined() -> Select[Any]:
    """The revocations, each with what tells its certificate, and its ``producer``."""
    joined = _REVOCATIONS.join(_CERTIFICATES, _C.id == _R.certificate_id)
    joined = joined.join(_PRODUCERS, _P.id == _C.producer_id, isouter=True)
    columns = (_C.name, _C.star, _C.issued, _C.producer_id, _C.dossier_id)
    of_producer = (_P.name.label("producer"), _P.province_code, _P.commune_code)
    return select(_REVOCATIONS, *columns, *of_producer).select_from(joined)


@scoped("revocations")
def numbered(tx: Connection, scope: Scope, number: int) -> dict[str, Any] | None:
    """The revocation of that number, if its certificate is of the area."""
    row = tx.execute(_joined().where(scope.here(_P), _R.number == number)).mappings().first()
    return dict(row) if row else None


@scoped("revocations")
def during(
    tx: Connection, scope: Scope, first: date, last: date, most: int | None = None
) -> list[dict[str, Any]]:
    """What is open, the first due first, and what was revoked from that day till that one."""
    decided = _R.status == REVOKED
    shown = or_(_R.status == OPEN, decided & _R.decided_on.between(first, last))
    found = _joined().where(scope.here(_P), shown).order_by(decided, _R.until, _R.id)
    return [dict(row) for row in tx.execute(found.limit(most)).mappings()]


@scoped("certificates")
def standing(tx: Connection, scope: Scope, today: date) -> list[dict[str, Any]]:
    """The certificates of the area that hold that day: ``id``, ``name``, ``star``, its producer."""
    joined = _CERTIFICATES.join(_PRODUCERS, _P.id == _C.producer_id)
    columns = (_C.id, _C.name, _C.star, _C.producer_id, _P.name.label("producer"))
    holds = (scope.here(_P), _C.expires >= today, _C.revoked_on.is_(None))
    found = select(*columns).select_from(joined).where(*holds).order_by(_C.id)
    return [dict(row) for row in tx.execute(found).mappings()]


@scoped("revocations")
def of_certificates(tx: Connection, scope: Scope, some: Sequence[int]) -> list[dict[str, Any]]:
    """All that was proposed and decided of these certificates, the first first."""
    found = _joined().where(scope.here(_P), _R.certificate_id.in_(some)).order_by(_R.id)
    return [dict(row) for row in tx.execute(found).mappings()]


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These revocations, wherever they are."""
    found = _joined().where(_R.id.in_(ids)).order_by(_R.id)
    return [dict(row) for row in tx.execute(found).mappings()] if ids else []
