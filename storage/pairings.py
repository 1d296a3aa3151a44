"""Ghép chủ thể: a register and the chat tell of one producer, as an officer said, or of two.

Nothing is joined by itself. What the register's producer has goes over to that of the chat, and
comes back when they are parted again; the row of the register's stays, as it was told.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Index,
    Table,
    and_,
    delete,
    exists,
    select,
    text,
    update,
)
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme import same_producers
from storage.database import UtcDateTime, insert_new, table_of
from storage.officers import Scope
from storage.producers import MembershipRow, ProducerRow
from storage.products import ProductRow
from storage.scoped import scoped

SAME, OTHER = "same", "other"
# What is not the office's to give: who acts for a producer, and by which code one may begin to.
_OWN = frozenset({"memberships", "codes", "pairings"})
_JOINED = text("verdict = 'same'")


class PairingRow(SQLModel, table=True):
    """What an officer said of two; ``moved`` has the keys of the rows that went over, by table."""

    __tablename__ = "pairings"
    __table_args__ = (
        Index(
            "ix_pairings_joined",
            "register_id",
            unique=True,
            sqlite_where=_JOINED,
            postgresql_where=_JOINED,
        ),
    )

    register_id: int = Field(primary_key=True, foreign_key="producers.id")
    producer_id: int = Field(primary_key=True, foreign_key="producers.id", index=True)
    verdict: str
    moved: str = "{}"
    judged_by: int | None = Field(default=None, foreign_key="persons.id")
    judged_at: datetime = Field(sa_type=UtcDateTime)


_ROWS, _PRODUCERS = table_of(PairingRow), table_of(ProducerRow)
_R, _P = _ROWS.c, _PRODUCERS.c
_ACTED_FOR = exists().where(table_of(MembershipRow).c.producer_id == _P.id)
_TOLD = and_(_P.source != "", _P.made_by.is_(None), ~_ACTED_FOR)


def of_register() -> ColumnElement[bool]:
    """The condition that a register alone tells of a producer: nobody in the chat acts for it."""
    return _TOLD


# -- which may be one ------------------------------------------------------------------------------


@scoped("producers")
def offered(tx: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The producers of the chat of whom a register may tell too, of which nobody has judged.

    Each with the pair as ``pair``, and the register's producer as ``told``.
    """
    register, chat = (_many(tx, scope, which) for which in (_TOLD, _ACTED_FOR))
    joined = {row[0] for row in tx.execute(select(_R.register_id).where(_R.verdict == SAME))}
    judged = {(row[0], row[1]) for row in tx.execute(select(_R.register_id, _R.producer_id))}
    return [
        {**chat[pair.producer], "pair": pair, "told": register[pair.register]}
        for pair in same_producers.pairs(register.values(), chat.values())
        if pair[:2] not in judged and pair.register not in joined
    ]


@scoped("producers")
def joined(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The producers of the chat that were joined with one of a register, the last first."""
    mine = select(_PRODUCERS, _R.register_id).join(_ROWS, _R.producer_id == _P.id)
    newest = mine.where(scope.here(_P), _R.verdict == SAME).order_by(_R.judged_at.desc(), _P.id)
    return [dict(row) for row in tx.execute(newest.limit(most)).mappings()]


def products(tx: Connection, producer: int) -> list[str]:
    """What an office's file calls the products of the producer."""
    c = table_of(ProductRow).c
    return list(
        tx.execute(select(c.name).where(c.producer_id == producer).order_by(c.id)).scalars()
    )


def _many(tx: Connection, scope: Scope, which: Any) -> dict[int, dict[str, Any]]:
    rows = tx.execute(select(_PRODUCERS).where(scope.here(_P), which).order_by(_P.id)).mappings()
    return {row["id"]: dict(row) for row in rows}


# -- what an officer says --------------------------------------------------------------------------


def judge(tx: Connection, pair: tuple[int, int], verdict: str, by: int, now: datetime) -> bool:
    """Note that they are one, or two, and let what they have follow; False if that was so before.

    False too where the register's is one with another by now.
    """
    register, producer = pair
    mine = and_(_R.register_id == register, _R.producer_id == producer)
    known = tx.execute(select(_ROWS).where(mine)).mappings().first()
    others = select(_R.producer_id).where(_R.register_id == register, _R.verdict == SAME)
    taken = tx.execute(others).first() is not None
    if (known and known["verdict"] == verdict) or (verdict == SAME and taken):
        return False
    tx.execute(delete(_ROWS).where(mine))
    row = {"register_id": register, "producer_id": producer, "verdict": verdict}
    noted = insert_new(tx, _ROWS).values(**row, judged_by=by, judged_at=now)
    if not tx.execute(noted.on_conflict_do_nothing()).rowcount:
        return False  # somebody else has just joined it with another
    if known and known["verdict"] == SAME:
        _come_back(tx, register, producer, json.loads(known["moved"]))
    if verdict == SAME:
        moved = json.dumps(_go_over(tx, register, producer))
        tx.execute(update(_ROWS).where(mine).values(moved=moved))
    return True


def part_all(tx: Connection, producers: list[int]) -> None:
    """Let nothing of an office's file be with these producers any more, nor what was said."""
    mine = _R.producer_id.in_(producers)
    for row in tx.execute(select(_ROWS).where(mine)).mappings().all():
        _come_back(tx, row["register_id"], row["producer_id"], json.loads(row["moved"]))
    tx.execute(delete(_ROWS).where(mine))


def resolved(tx: Connection, ids: Mapping[str, int]) -> dict[str, int]:
    """Numbers of producers by their keys; where an officer said that two are one, ours of both."""
    same = select(_R.register_id, _R.producer_id).where(_R.verdict == SAME)
    ours = {row[0]: row[1] for row in tx.execute(same)}
    return {key: ours.get(number, number) for key, number in ids.items()}


def _go_over(tx: Connection, register: int, producer: int) -> dict[str, list[list[Any]]]:
    """Let all that the register's has be of the other; the keys of these rows by their table."""
    moved = {}
    for table, column in _having():
        keys = _keys(table, column)
        found = tx.execute(select(*keys).where(column == register)).all()
        if column.primary_key:  # one a year: what the other told of a year stays
            there = set(tx.execute(select(*keys).where(column == producer)).all())
            found = [row for row in found if row not in there]
        moved[table.name] = [list(row) for row in found]
        _give(tx, (table, column), moved[table.name], producer, register)
    return {name: rows for name, rows in moved.items() if rows}


def _come_back(
    tx: Connection, register: int, producer: int, moved: Mapping[str, list[list[Any]]]
) -> None:
    for table, column in _having():
        _give(tx, (table, column), moved.get(table.name, []), register, producer)


def _give(
    tx: Connection, where: tuple[Table, Column[Any]], rows: list[list[Any]], to: int, of: int
) -> None:
    table, column = where
    for row in rows:
        same = [key == value for key, value in zip(_keys(table, column), row, strict=True)]
        tx.execute(update(table).where(column == of, *same).values({column: to}))


def _having() -> Iterator[tuple[Table, Column[Any]]]:
    """The tables of what producers have, with the column that says which one."""
    from storage.tables import metadata  # noqa: PLC0415 - it knows us

    for table in metadata.sorted_tables:
        for column in table.columns if table.name not in _OWN else ():
            if any(key.target_fullname == "producers.id" for key in column.foreign_keys):
                yield table, column


def _keys(table: Table, column: Column[Any]) -> list[Column[Any]]:
    return [each for each in table.primary_key if each is not column]
