"""Chủ thể: who makes a product, and which persons act for them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Index, bindparam, exists, insert, or_, select, text, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import imported
from storage.database import UtcDateTime, insert_new, table_of
from storage.places import Home

if TYPE_CHECKING:
    from programme.sample_form.rows import Producer

_IMPORTED = text("source <> ''")
_KINDS = {"group": "team"}  # as the file says it, and as the form does


class ProducerRow(imported.Origin, table=True):
    """A producer as Mẫu 01 and Mẫu 02 of QĐ 26/2026 ask; dates may be only a year or a month."""

    __tablename__ = "producers"
    __table_args__ = (
        Index(
            "ix_producers_source",
            "source",
            unique=True,
            sqlite_where=_IMPORTED,
            postgresql_where=_IMPORTED,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str
    kind: str  # cooperative, team, company, household
    commune_code: str = Field(default="", index=True)
    commune: str = ""
    province: str = ""
    province_code: str = Field(default="", index=True)
    commune_was: str | None = None
    representative: str = ""
    gender: str | None = None
    ethnicity: str | None = None
    address: str = ""
    phone: str | None = None
    email: str | None = None
    registration: str | None = None
    registered_on: str | None = None
    tax_code: str | None = None  # as an office's register tells it
    made_by: int | None = Field(default=None, foreign_key="persons.id")
    hand: str = ""
    source: str = ""  # the id in an office's file, if one told of it
    place_id: int | None = Field(default=None, foreign_key="places.id")  # as that file said
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class MembershipRow(SQLModel, table=True):
    """A person acts for a producer: as its own (own) or for somebody else (helper)."""

    __tablename__ = "memberships"

    person_id: int = Field(primary_key=True, foreign_key="persons.id")
    producer_id: int = Field(primary_key=True, foreign_key="producers.id", index=True)
    role: str
    since: datetime = Field(sa_type=UtcDateTime)


_PRODUCERS = table_of(ProducerRow)
_MEMBERSHIPS = table_of(MembershipRow)
_OF_PERSON = (
    select(_PRODUCERS, _MEMBERSHIPS.c.role)
    .join(_MEMBERSHIPS, _MEMBERSHIPS.c.producer_id == _PRODUCERS.c.id)
    .where(_MEMBERSHIPS.c.person_id == bindparam("person"))
    .order_by(_MEMBERSHIPS.c.since, _PRODUCERS.c.id)
)


def add(tx: Connection, values: dict[str, Any], now: datetime) -> int:
    """Keep a new producer and give its number."""
    row = {**_located(values), "created_at": now, "updated_at": now}
    return int(tx.execute(insert(_PRODUCERS).values(row).returning(_PRODUCERS.c.id)).scalar_one())


def change(tx: Connection, producer: int, values: dict[str, Any], now: datetime) -> None:
    """Keep what has changed of a producer."""
    row = {**_located(values), "updated_at": now}
    tx.execute(update(_PRODUCERS).where(_PRODUCERS.c.id == producer).values(row))


def _located(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the code of the province, where they say in which commune or province."""
    if not values.get("commune_code") and not values.get("province"):
        return dict(values)
    from programme.places import places  # noqa: PLC0415 - a start needs none of it

    commune = places().by_code(values.get("commune_code") or "")
    province = None if commune else places().province_of(values.get("province") or "")
    code = commune.province_code if commune else province.code if province else ""
    return {**values, "province_code": code}


def join(tx: Connection, person: int, producer: int, role: str, now: datetime) -> None:
    """Let the person act for the producer; who does already goes on as before."""
    row = {"person_id": person, "producer_id": producer, "role": role, "since": now}
    tx.execute(insert_new(tx, _MEMBERSHIPS).values(row).on_conflict_do_nothing())


def of_person(tx: Connection, person: int) -> list[dict[str, Any]]:
    """The producers that the person acts for, the first joined first, with ``role``."""
    return [dict(row) for row in tx.execute(_OF_PERSON, {"person": person}).mappings()]


def owners(tx: Connection, producer: int) -> list[int]:
    """The persons who act for the producer as its own."""
    members, mine = _MEMBERSHIPS.c, _MEMBERSHIPS.c.producer_id == producer
    found = select(members.person_id).where(mine, members.role == "own").order_by(members.since)
    return list(tx.execute(found).scalars())


def by_id(tx: Connection, producer: int) -> dict[str, Any]:
    """The producer of that number, which must be there."""
    row = tx.execute(select(_PRODUCERS).where(_PRODUCERS.c.id == producer)).mappings().one()
    return dict(row)


def names(tx: Connection, ids: Iterable[int]) -> dict[int, str]:
    """What these producers are called, by their numbers."""
    these = _PRODUCERS.c.id.in_(set(ids))
    return {
        row[0]: row[1]
        for row in tx.execute(select(_PRODUCERS.c.id, _PRODUCERS.c.name).where(these))
    }


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All producers in the order they came."""
    return [dict(r) for r in tx.execute(select(_PRODUCERS).order_by(_PRODUCERS.c.id)).mappings()]


def keep(
    tx: Connection, told: Sequence["Producer"], homes: Mapping[str, Home], now: datetime
) -> imported.Kept:
    """Take in the producers of a file; what persons said of them stays, if the file says nothing.

    ``homes`` has the places of the file by their ids.
    """
    rows = [
        {
            **imported.origin(producer),
            "source": producer.id,
            "name": producer.name,
            "kind": _KINDS.get(producer.kind, producer.kind),
        }
        for producer in told
    ]
    made, touched = {"created_at": now}, {"updated_at": now}
    kept = imported.keep(tx, _PRODUCERS, rows, by="source", made=made, touched=touched)
    moved = {
        kept.ids[each.id] for each in told if each.place and _move(tx, each.id, homes[each.place])
    }
    return imported.with_parts(kept, moved)


def resettle(
    tx: Connection, place: Mapping[str, Any], values: Mapping[str, Any], now: datetime
) -> None:
    """Let those who live at a place of a file, as nobody but the file says, live there.

    ``place`` is the place as it was till now.
    """
    acted_for = exists().where(_MEMBERSHIPS.c.producer_id == _PRODUCERS.c.id)
    here = (
        _PRODUCERS.c.place_id == place["id"],
        _PRODUCERS.c.commune_code == place["commune_code"],
        _PRODUCERS.c.made_by.is_(None),
        ~acted_for,
    )
    told = {**_located(values), "updated_at": now}
    tx.execute(update(_PRODUCERS).where(*here).values(told))


def _move(tx: Connection, source: str, home: Home) -> bool:
    """Let the producer live there, unless the file said so before; then persons know it better."""
    elsewhere = or_(_PRODUCERS.c.place_id.is_(None), _PRODUCERS.c.place_id != home.place_id)
    move = update(_PRODUCERS).where(_PRODUCERS.c.source == source, elsewhere)
    return bool(tx.execute(move.values(_located(home._asdict()))).rowcount)
