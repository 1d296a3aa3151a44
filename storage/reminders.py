"""Nhắc: what is to be said to whom and when, a row each; told once, or why not.

A row is one firing of one thing for one person: unique by whom, what (its kind, its subject, its
day) and which firing. It is planned → told | superseded | silent | moved | stale | stopped
| declined.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Index,
    UniqueConstraint,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    text,
    true,
    update,
)
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.firings import day_of, morning
from storage.bulk import Insert, Ready
from storage.database import NEVER_AGAIN, UtcDateTime, insert_new, table_of
from storage.due import Source
from storage.outbox import OutboxRow

PLANNED, TOLD = "planned", "told"
SUPERSEDED, SILENT, MOVED, STALE = "superseded", "silent", "moved", "stale"
STOPPED, DECLINED = "stopped", "declined"  # the purpose was ended; only this thing was
_NEWS = ("fair", "fair_answer", "fair_results")
_ANSWERING = ("question", "question_above")
OFFICE = (
    *("review", "review_above", "propose", "stuck", "stuck_above", "moved_here"),
    *("task", "recheck", "revoke", "opinion", "opinions_over"),
    *_ANSWERING,
)
_PLANNED = text("status = 'planned'")
_WAS_DECLINED = text("status = 'declined'")
_LETTER = text("letter IS NOT NULL")


class ReminderRow(SQLModel, table=True):
    """One firing for one person. ``before`` is its days before ``day``; see programme.firings."""

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint(
            "person_id", "kind", "subject", "day", "before", name="uq_reminders_firing"
        ),
        Index("ix_reminders_due", "due_at", sqlite_where=_PLANNED, postgresql_where=_PLANNED),
        Index(
            "ix_reminders_subject",
            "kind",
            "subject",
            sqlite_where=_PLANNED,
            postgresql_where=_PLANNED,
        ),
        Index(
            "ix_reminders_declined",
            "kind",
            sqlite_where=_WAS_DECLINED,
            postgresql_where=_WAS_DECLINED,
        ),
        Index("ix_reminders_letter", "letter", sqlite_where=_LETTER, postgresql_where=_LETTER),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id")
    kind: str
    subject: int
    day: date
    before: int
    due_at: datetime = Field(sa_type=UtcDateTime)
    use_by: datetime = Field(sa_type=UtcDateTime)
    status: str = PLANNED
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    letter: int | None = None  # in the outbox


class Due(NamedTuple):
    """A firing whose time has come."""

    id: int
    person: int
    kind: str
    subject: int
    day: date
    before: int
    due_at: datetime
    use_by: datetime


class Settled(NamedTuple):
    """What became of a firing, and the letter that told it."""

    id: int
    status: str
    letter: int | None = None


_REMINDERS = table_of(ReminderRow)
_R = _REMINDERS.c
_NOW = bindparam("now", type_=UtcDateTime)
_DUE = (_R.id, _R.person_id, _R.kind, _R.subject, _R.day, _R.before, _R.due_at, _R.use_by)
_IS_DUE = (_PLANNED, _R.due_at <= _NOW)
_ADDED = "person_id kind subject day before due_at use_by status"
_ADD = Insert(_REMINDERS, _ADDED, "ON CONFLICT DO NOTHING")
_AGAIN = Insert(
    _REMINDERS,
    _ADDED,
    "ON CONFLICT (person_id, kind, subject, day, before) DO UPDATE"
    " SET status = 'planned', settled_at = NULL WHERE reminders.status = 'superseded'",
)
_ANY = Ready(select(_R.id).where(*_IS_DUE).limit(1))
_FIRST = (  # so that no look is longer where thousands are due
    select(_R.person_id, _R.due_at)
    .where(*_IS_DUE)
    .order_by(_R.due_at, _R.id)
    .limit(bindparam("most"))
    .subquery("first")
)
_PERSONS = (
    select(_FIRST.c.person_id)
    .group_by(_FIRST.c.person_id)
    .order_by(func.min(_FIRST.c.due_at), _FIRST.c.person_id)
)
_OF = (
    select(*_DUE)
    .where(*_IS_DUE, _R.person_id.in_(bindparam("persons", expanding=True)))
    .order_by(_R.day, _R.id)
)
_TOLD_AT = (
    select(_R.person_id, func.max(_R.settled_at))
    .where(_R.person_id.in_(bindparam("persons", expanding=True)), _R.status == TOLD)
    .group_by(_R.person_id)
)
_SETTLE = Ready(
    update(_REMINDERS)
    .where(_R.id == bindparam("number"))
    .values(
        status=bindparam("to"),
        letter=bindparam("by"),
        settled_at=bindparam("at", type_=UtcDateTime),
    )
)
_PUT_OFF = Ready(
    update(_REMINDERS)
    .where(_R.id == bindparam("number"))
    .values(due_at=bindparam("due", type_=UtcDateTime))
)

_PLAN_AGAIN = Ready(
    update(_REMINDERS)
    .where(_R.id == bindparam("number"))
    .values(
        status=PLANNED,
        letter=None,
        settled_at=None,
        due_at=bindparam("due", type_=UtcDateTime),
    )
)


# -- planning --------------------------------------------------------------------------------------


def about_any(subjects: Any) -> Any:
    """The condition that a firing is about one of these, which are a list or a query."""
    return _R.subject.in_(subjects)


def about_between(after: Any, last: Any) -> Any:
    """The condition for those about subjects behind that number, up to that last one."""
    return and_(_R.subject > after, _R.subject <= last)


def any_planned(tx: Connection, kind: str) -> bool:
    """Whether anything of that kind is planned."""
    found = select(_R.id).where(_PLANNED, _R.kind == kind).limit(1)
    return tx.execute(found).first() is not None


def at_once(
    tx: Connection, source: Source, kind: str, subject: int, until: datetime, now: datetime
) -> None:
    """Plan one firing about that subject for each whom the source names, which is due now."""
    rows = source.subquery("called_for")
    until_ = literal(until, type_=UtcDateTime)
    told = (rows.c.person, literal(kind), literal(subject), rows.c.day, literal(0))
    chosen = select(*told, literal(now, type_=UtcDateTime), until_, literal(PLANNED))
    one_each = chosen.where(true()).distinct()
    new = insert_new(tx, _REMINDERS).from_select(_ADDED.split(), one_each)
    tx.execute(new.on_conflict_do_nothing())


def add(tx: Connection, rows: Iterable[Sequence[Any]]) -> None:
    """Plan single firings, from whom to until when; those that are known stay as they are."""
    _ADD.run(tx, [(*row, PLANNED) for row in rows])


def again(tx: Connection, rows: Iterable[Sequence[Any]]) -> None:
    """The same for firings that somebody wishes; one that another wish overtook comes back."""
    _AGAIN.run(tx, [(*row, PLANNED) for row in rows])


def end(tx: Connection, status: str, now: datetime, *conditions: Any) -> int:
    """Settle the planned firings for which these conditions hold; how many that were."""
    gone = update(_REMINDERS).where(_PLANNED, *conditions)
    return int(tx.execute(gone.values(status=status, settled_at=now)).rowcount)


def overtake(tx: Connection, kinds: Sequence[str], subjects_: Sequence[int], now: datetime) -> None:
    """Settle what is planned of these subjects as superseded: something newer is said instead."""
    end(tx, SUPERSEDED, now, _R.kind.in_(kinds), _R.subject.in_(subjects_))


def call_off(tx: Connection, kind: str, but: Sequence[int], now: datetime) -> None:
    """Settle as silent what is planned of that kind about coming days of any but these subjects."""
    end(tx, SILENT, now, _R.kind == kind, _R.day > day_of(now), _R.subject.not_in(but))


def over(tx: Connection, kind: str, last: int, persons: Sequence[int]) -> set[tuple[int, int]]:
    """Which things of that kind are spoken of no more to these persons, each with whose it is.

    Their last firing was told, or they were declined.
    """
    told = and_(_R.status == TOLD, _R.before == last)
    mine = (_R.person_id.in_(persons), _R.kind == kind, or_(told, _R.status == DECLINED))
    return {(row[0], row[1]) for row in tx.execute(select(_R.person_id, _R.subject).where(*mine))}


# -- firing ----------------------------------------------------------------------------------------


def any_due(tx: Connection, now: datetime) -> bool:
    """Whether the time of any firing has come."""
    return bool(_ANY.rows(tx, now=now))


def next_due(tx: Connection) -> datetime | None:
    """When the next firing is due; None when none is planned."""
    found: datetime | None = tx.execute(select(func.min(_R.due_at)).where(_PLANNED)).scalar()
    return found


def persons_due(tx: Connection, now: datetime, most: int) -> list[int]:
    """So many at most of the persons who have firings that are due, who waits longest first."""
    return [row[0] for row in tx.execute(_PERSONS, {"now": now, "most": most})]


def due(tx: Connection, persons: Sequence[int], until: datetime) -> list[Due]:
    """The firings of these persons that are due until then, by their day."""
    rows = tx.execute(_OF, {"now": until, "persons": list(persons)})
    return [Due(*row) for row in rows]


def told_at(tx: Connection, persons: Sequence[int]) -> dict[int, datetime]:
    """When each of these persons was last reminded of anything."""
    rows = tx.execute(_TOLD_AT, {"persons": list(persons)})
    return {row[0]: row[1] for row in rows}


def settle(tx: Connection, settled: Sequence[Settled], now: datetime) -> None:
    """Note what became of these firings."""
    _SETTLE.each(tx, [{"number": s.id, "to": s.status, "by": s.letter, "at": now} for s in settled])


def put_off(tx: Connection, firings_: Sequence[Due], due_at: datetime) -> None:
    """Let these firings wait until then."""
    _PUT_OFF.each(tx, [{"number": one.id, "due": due_at} for one in firings_])


def plan_again(tx: Connection, some: Sequence[Due], due_at: datetime) -> None:
    """Let these firings be as if they had never been told, and be due then."""
    _PLAN_AGAIN.each(tx, [{"number": one.id, "due": due_at} for one in some])


def of_letters(tx: Connection, numbers: Iterable[int]) -> dict[int, list[Due]]:
    """The firings that these letters told."""
    some = list(numbers)
    told = select(*_DUE, _R.letter).where(_R.letter.in_(some), _R.status == TOLD)
    found: dict[int, list[Due]] = {}
    for row in tx.execute(told.order_by(_R.day, _R.id)) if some else ():
        found.setdefault(row[-1], []).append(Due(*row[:-1]))
    return found


def give_up(tx: Connection, person: int, now: datetime) -> int:
    """Settle as stale all that is due to a person, as telling it breaks; how many that was."""
    return end(tx, STALE, now, _R.person_id == person, _R.due_at <= now)


# -- for one person --------------------------------------------------------------------------------


def last_told(tx: Connection, person: int) -> list[Due]:
    """What the person was last reminded of, all in one letter; empty when there was nothing."""
    mine = (_R.person_id == person, _R.status == TOLD, _R.letter.is_not(None))
    letter = tx.execute(select(func.max(_R.letter)).where(*mine)).scalar()
    return of_letters(tx, [letter]).get(letter, []) if letter else []


def coming(tx: Connection, person: int, most: int) -> list[Due]:
    """What the person will be reminded of next, the first first."""
    mine = select(*_DUE).where(_PLANNED, _R.person_id == person)
    rows = tx.execute(mine.order_by(_R.due_at, _R.id).limit(most))
    return [Due(*row) for row in rows]


def about(person: int, one: Due) -> tuple[Any, ...]:
    """The conditions for all firings of the same thing for that person."""
    return (_R.person_id == person, _R.kind == one.kind, _R.subject == one.subject)


def before(day: date) -> Any:
    """The condition that a firing is due before that day's morning."""
    return _R.due_at < morning(day)


def purpose(kind: str) -> str:
    """For what such a firing is said: ``news``, ``reminders``, or ``office`` for a duty."""
    return "news" if kind in _NEWS else "office" if kind in OFFICE else "reminders"


def stop(tx: Connection, person: int, purpose: str, now: datetime) -> None:
    """Let nothing be said to the person for ``news`` or ``reminders``; an officer's duties stay."""
    news = _R.kind.in_(_NEWS)
    mine = news if purpose == "news" else and_(~news, _R.kind.not_in(OFFICE))
    end(tx, STOPPED, now, _R.person_id == person, mine)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All firings, each with how its ``letter`` fared and when that left (``sent_at``)."""
    letters = table_of(OutboxRow)
    joined = _REMINDERS.join(letters, letters.c.id == _R.letter, isouter=True)
    fared = (letters.c.sent_at, letters.c.status.label("letter_status"))
    return [
        dict(row) for row in tx.execute(select(_REMINDERS, *fared).select_from(joined)).mappings()
    ]


def take_up(tx: Connection, person: int, now: datetime) -> None:
    """Let what the person declined be called for again."""
    mine = (_R.person_id == person, _R.status == DECLINED)
    tx.execute(update(_REMINDERS).where(*mine).values(status=MOVED, settled_at=now))


def counts(tx: Connection) -> dict[str, int]:
    """How many firings there are of each status."""
    rows = tx.execute(select(_R.status, func.count()).group_by(_R.status))
    return {row[0]: row[1] for row in rows}
