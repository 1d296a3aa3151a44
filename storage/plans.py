"""The statements that keep the planned reminders of a kind in step with what calls for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    Integer,
    String,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    literal_column,
    select,
    text,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Connection

from programme.firings import Firing, firings
from storage.bulk import Ready
from storage.database import UtcDateTime, table_of
from storage.reminders import DECLINED, MOVED, PLANNED, SILENT, STOPPED, ReminderRow

_AT_ONCE = 4000  # firings in one statement
_PLANNED = text("reminders.status = 'planned'")
_NAMES = ("person_id", "kind", "subject", "day", "before", "due_at", "use_by", "status")
_KEY = ("person_id", "kind", "subject", "day", "before")
_DECLINED: Any = literal_column(f"'{DECLINED}'")  # no parameter, or SQLite would not use its index
_VARYING = frozenset({"begin"})  # whose subject is not all that they are about
_ONCE_MORE = (MOVED, SILENT, STOPPED)  # what was settled so may be called for again
_REMINDERS = table_of(ReminderRow)
_R = _REMINDERS.c
_NOW = bindparam("now", type_=UtcDateTime)


class Plan:
    """What calls for the reminders of one kind: rows of ``person``, ``subject`` and ``day``.

    ``name`` is what the reminders are called, ``kind`` says how far ahead they come (see
    programme.firings), and ``about`` is a condition on those that are looked at, by default all.
    Source and condition may have parameters of their own.
    """

    def __init__(self, name: str, kind: str, source: Any, about: Any = None) -> None:
        self._name = name
        self._kind = kind
        self._rows = source.subquery("called_for")
        self._withdraw = Ready(self._withdrawing(_PLANNED if about is None else about))
        self._days = Ready(select(self._rows.c.day).distinct())
        self._adding = cache(self._adding_on)

    def keep(
        self, tx: Connection, now: datetime, about: Mapping[str, Any], given: Mapping[str, Any]
    ) -> None:
        """Let just those firings be planned that are called for and are still to come.

        What is called for no more falls silent, or was moved when it is called for on another day.
        ``about`` and ``given`` are the parameters of the condition and of the source.
        """
        self._withdraw.run(tx, now=now, **{**about, **given})
        days = sorted(_day(row[0]) for row in self._days.rows(tx, **given))
        every = [firing for day in days for firing in firings(self._kind, day, now)]
        for at in range(0, len(every), _AT_ONCE):
            some = _written(every[at : at + _AT_ONCE])
            self._adding(tx.dialect.name).run(tx, firings=some, **given)

    def _withdrawing(self, about: Any) -> Any:
        same = (self._rows.c.person == _R.person_id, self._rows.c.subject == _R.subject)
        called_for = exists().where(*same, self._rows.c.day == _R.day)
        why = case((exists().where(*same), MOVED), else_=SILENT)
        mine = (_PLANNED, _R.kind == self._name, about, ~called_for)
        return update(_REMINDERS).where(*mine).values(status=why, settled_at=_NOW)

    def _wanted(self) -> tuple[Any, ...]:
        """That the person has not declined the thing, on whatever day; papers to begin vary."""
        if self._name in _VARYING:
            return ()
        other = _REMINDERS.alias()
        mine = select(other.c.person_id, other.c.subject)
        declined = mine.where(other.c.status == _DECLINED, other.c.kind == self._name)
        return (tuple_(self._rows.c.person, self._rows.c.subject).not_in(declined),)

    def _adding_on(self, dialect: str) -> Ready:
        """Plans the firings for whoever is called for; one that was moved away may come back."""
        rows = self._rows
        firing = (_on_sqlite if dialect == "sqlite" else _on_postgresql)(rows.c.day)
        told = (rows.c.person, literal(self._name), rows.c.subject, rows.c.day)
        # Without any condition SQLite would take the ON that follows for one of a join.
        chosen = select(*told, *firing, literal(PLANNED)).where(true(), *self._wanted())
        insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
        new: Any = insert(_REMINDERS).from_select(_NAMES, chosen)
        again = {"status": PLANNED, "settled_at": None, "letter": None}
        return Ready(
            new.on_conflict_do_update(
                index_elements=_KEY,
                set_={**again, "due_at": new.excluded.due_at},
                where=_R.status.in_(_ONCE_MORE),
            )
        )


def _day(told: Any) -> date:
    """The day as the driver gives it, which on SQLite is a text."""
    return date.fromisoformat(told) if isinstance(told, str) else told


def _written(some: Sequence[Firing]) -> str:
    """The firings by their day as one value, which every statement takes as it is."""
    days: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for each in some:
        told = (each.before, _moment(each.due_at), _moment(each.use_by))
        days[each.day.isoformat()].append(told)
    return msgspec.json.encode(days).decode()


def _moment(at: datetime) -> str:
    """A moment in UTC as SQLite keeps it; PostgreSQL takes it too."""
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _on_sqlite(day: Any) -> tuple[Any, ...]:
    """The firings of that day: ``before``, ``due_at``, ``use_by``.

    Each day finds its own by its key: SQLite would go through all firings for each day.
    """
    key = literal('$."') + cast(day, String) + literal('"')
    mine = func.json_extract(bindparam("firings"), key)
    each = func.json_each(mine).table_valued("value", name="each_firing").c.value
    return tuple(func.json_extract(each, f"$[{at}]") for at in range(3))


def _on_postgresql(day: Any) -> tuple[Any, ...]:
    """The same."""
    mine = cast(bindparam("firings"), JSONB).op("->")(cast(day, String))
    every = func.jsonb_array_elements(mine).table_valued("value", name="each_firing")
    one, utc = cast(every.c.value, JSONB), literal(" UTC")
    moments = (cast(one[at].astext + utc, UtcDateTime) for at in (1, 2))
    return (cast(one[0].astext, Integer), *moments)
