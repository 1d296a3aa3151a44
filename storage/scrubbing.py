"""Taking a person's name out of what others were told of them: letters, lists, open talks.

Only officers and those who share a producer with the person were told anything, so only theirs is
looked through; a name that is somebody else's too is taken out there all the same.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Table, func, or_, select, union, update
from sqlalchemy.engine import Connection

from storage import personal
from storage.personal import Hers

GAP = "…"
_LEAST = 6  # signs of what is looked for: less than that is in too many words
_OF_PRODUCER = ("representative", "phone", "email")


def names(tx: Connection, she: Hers, stays: Iterable[int]) -> list[str]:
    """What she is known by in words that others read: names, numbers, chats; longest first.

    The name of a producer that stays is no secret.
    """
    every = personal.tables()
    found = {chat.chat for chat in she.chats}
    producers = every["producers"]
    mine = select(producers).where(producers.c.id.in_(she.alone))
    for row in tx.execute(mine).mappings():
        found |= {row[name] or "" for name in _OF_PRODUCER}
        found |= set() if row["id"] in set(stays) or row["source"] else {row["name"]}
    for table, condition in personal.rows_of(she):
        if "hand" in table.c:
            found |= set(tx.execute(select(table.c.hand).where(condition)).scalars())
    whole = {name.strip() for name in found}
    return sorted((name for name in whole if len(name) >= _LEAST), key=len, reverse=True)


def take_out(tx: Connection, she: Hers, names_: Iterable[str]) -> None:
    """Let a gap stand for each of these names wherever it was told to others."""
    written = list(dict.fromkeys(way for name in names_ for way in _ways(name)))
    near = _near(she)
    for name, columns in personal.SPOKEN.items() if written else ():
        table = personal.tables()[name]
        _take_out(tx, table, [table.c[each] for each in columns.split()], written, near)


def _take_out(
    tx: Connection, table: Table, columns: Sequence[Any], written: Sequence[str], near: Any
) -> None:
    said = (column.contains(name, autoescape=True) for column in columns for name in written)
    here = update(table).where(_theirs(table, near), or_(*said))
    tx.execute(here.values({column: reduce(_without, written, column) for column in columns}))


def _without(text: Any, name: str) -> Any:
    return func.replace(text, name, GAP)


def _ways(name: str) -> Iterator[str]:
    """How a name may be written: as it is, and within JSON."""
    yield from dict.fromkeys(
        (name, json.dumps(name, ensure_ascii=False)[1:-1], json.dumps(name)[1:-1])
    )


def _near(she: Hers) -> Any:
    """Whoever is or was an officer, and whoever acts for a producer of hers."""
    every = personal.tables()
    members, log = every["memberships"].c, every["audit"].c
    with_her = select(members.person_id).where(members.producer_id.in_(she.producers))
    return union(select(every["officers"].c.person_id), select(log.person), with_her)


def _theirs(table: Table, near: Any) -> ColumnElement[bool]:
    whom = select(near.subquery().c[0])
    if "person_id" in table.c:
        return table.c.person_id.in_(whom)
    chats = personal.tables()["chats"].c
    return or_(table.c.phone.in_(select(chats.chat).where(chats.person_id.in_(whom))))
