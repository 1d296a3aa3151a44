"""What is kept of one person, all of it: for that person alone, nobody else's data among it."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Table, or_, select
from sqlalchemy.engine import Connection

from programme.firings import day_of
from storage import orphans, personal
from storage.personal import Hers

# What we only work with: it says nothing of her that another column does not.
_WORKINGS = frozenset({"claimed_by", "claimed_until", "hashed", "token", "shown", "receipt"})
_OF_JSON = frozenset(
    {"answers", "value", "body", "choices", "attached", "before", "about", "needs", "results"}
)
_FROM_US = frozenset({"outbox", "phone_lines", "prints"})
_LOOKED = ("idea", "dossier", "paper", "question", "person", "producer")


class Look(NamedTuple):
    """That an officer did something with her data, or looked at it: no name, only the office."""

    day: date
    role: str  # empty for who is no officer any more
    area: str
    deed: str
    kind: str


class Export(NamedTuple):
    """The rows by their table, who looked, and the files that came from her: hash and kind."""

    rows: dict[str, list[dict[str, Any]]]
    looks: list[Look]
    files: list[tuple[str, str]]


def collect(tx: Connection, person: int) -> Export:
    """All that is kept of the person; a column that names somebody else is left out."""
    she = personal.hers(tx, person)
    rows = {
        table.name: found
        for table, condition in personal.rows_of(she)
        if (found := _rows(tx, table, condition, person))
    }
    return Export(rows, _looks(tx, she), _files(tx, she))


def _rows(tx: Connection, table: Table, condition: Any, person: int) -> list[dict[str, Any]]:
    hidden = _WORKINGS & set(table.c.keys())
    others = {
        column.name
        for column in table.c
        if any(key.target_fullname == "persons.id" for key in column.foreign_keys)
    }
    found = tx.execute(select(table).where(condition).order_by(*table.primary_key.columns))
    return [
        {
            name: _read(name, value)
            for name, value in row.items()
            if name not in hidden and not (name in others and value != person)
        }
        for row in found.mappings()
    ]


def _read(name: str, value: Any) -> Any:
    """What is kept as JSON is given as what it says."""
    if name in _OF_JSON and isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def _files(tx: Connection, she: Hers) -> list[tuple[str, str]]:
    """The files that came from her, whose content we have."""
    came = [pair for pair in personal.rows_of(she) if pair[0].name not in _FROM_US]
    kept = personal.tables()["files"].c
    named = kept.sha256.in_(sorted(orphans.files_of(tx, came)))
    rows = tx.execute(select(kept.sha256, kept.mime).where(named).order_by(kept.at, kept.sha256))
    return [(row[0], row[1]) for row in rows]


def _looks(tx: Connection, she: Hers) -> list[Look]:
    """What the log says of her things; what she did herself as an officer is among her rows."""
    every = personal.tables()
    log, officers = every["audit"].c, every["officers"].c
    of = _subjects(tx, she)
    these = [(log.kind == kind) & log.subject.in_(ids) for kind, ids in of.items() if ids]
    if not these:
        return []
    columns = (log.at, log.deed, log.kind, officers.role, officers.area)
    joined = every["audit"].outerjoin(every["officers"], officers.person_id == log.person)
    rows = tx.execute(
        select(*columns)
        .select_from(joined)
        .where(or_(*these), log.person != she.person)
        .order_by(log.seq)
    )
    return [_look(row) for row in rows.mappings()]


def _look(row: Mapping[Any, Any]) -> Look:
    at: datetime = row["at"]
    return Look(day_of(at), row["role"] or "", row["area"] or "", row["deed"], row["kind"])


def _subjects(tx: Connection, she: Hers) -> dict[str, list[int]]:
    """The ids of her things, by what the log calls such a thing."""
    found: dict[str, list[int]] = defaultdict(list)
    tables = {f"{kind}s": kind for kind in _LOOKED}
    for table, condition in personal.rows_of(she):
        if table.name in tables:
            ids = tx.execute(select(table.c.id).where(condition)).scalars()
            found[tables[table.name]] += ids
    return found
