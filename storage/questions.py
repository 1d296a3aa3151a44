"""Questions to the officer: whose they are, whom they concern, and their answers.

A question lies where its producer was at home when it was asked, in no area where there is none;
one about an announcement lies where that was made.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.roles import Role
from storage import counters
from storage.database import UtcDateTime, table_of
from storage.officers import OFFICE, OfficerRow, Scope
from storage.producers import ProducerRow
from storage.scoped import scoped

PLACE = ("commune_code", "province_code")  # the columns that say where one lies
ANNOUNCED = "announced"  # the topic of a question about an announcement


class QuestionRow(SQLModel, table=True):
    """One question in the person's own words; ``answered_at`` is empty while it waits.

    ``told_at`` is empty while the asker looks at a ready answer first; one that was enough is
    ``ready``. ``assigned_to`` is the one officer who is responsible. Of one that went up by itself
    ``remind_on`` is the day on which it did, and ``raise_on`` the day on which it goes up again.
    """

    __tablename__ = "questions"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    hand: str = ""
    text: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None
    answered_by: int | None = Field(default=None, foreign_key="persons.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    producer_id: int | None = Field(default=None, foreign_key="producers.id", index=True)
    commune_code: str = Field(default="", index=True)
    province_code: str = Field(default="", index=True)
    dossier_id: int | None = Field(default=None, foreign_key="dossiers.id")
    paper: str = ""
    criterion: str = ""
    topic: str = ""
    follows: int | None = Field(default=None, foreign_key="questions.id")
    ready: str = ""
    told_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    assigned_to: int | None = Field(default=None, foreign_key="persons.id", index=True)
    remind_on: date | None = None
    raise_on: date | None = None
    raised_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RemarkRow(SQLModel, table=True):
    """What was done with a question beside its answer, and by whom; nobody is the clock.

    It is ``passed`` or ``raised`` to another, a ``more`` that was sent after the answer, or
    ``kept``: an answer that came second and is not sent yet.
    """

    __tablename__ = "remarks"

    id: int | None = Field(default=None, primary_key=True)
    question_id: int = Field(foreign_key="questions.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="persons.id")
    to_person: int | None = Field(default=None, foreign_key="persons.id")
    kind: str
    text: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


class Days(NamedTuple):
    """When whoever is responsible is reminded, and when the question goes to the level above."""

    remind_on: date
    raise_on: date


_QUESTIONS = table_of(QuestionRow)
_Q = _QUESTIONS.c
_REMARKS = table_of(RemarkRow)
_O = table_of(OfficerRow).c
_PRODUCERS = table_of(ProducerRow)
_OPEN = _Q.answered_at.is_(None)


# -- asking ----------------------------------------------------------------------------------------


def ask(
    tx: Connection, person: int, text: str, hand: str, now: datetime, **about: int | str | None
) -> int:
    """Keep a question and give its number. ``about`` are columns from ``producer_id`` on."""
    number = counters.following(tx, "question")
    row = {"number": number, "person_id": person, "text": text, "hand": hand, "asked_at": now}
    tx.execute(insert(_QUESTIONS).values({**row, **about}))
    return number


def of_number(tx: Connection, number: int) -> dict[str, Any] | None:
    """The question of that number, for who asked it."""
    row = tx.execute(select(_QUESTIONS).where(_Q.number == number)).mappings().first()
    return dict(row) if row else None


def by_ids(tx: Connection, ids: Sequence[int]) -> list[dict[str, Any]]:
    """These questions."""
    some = select(_QUESTIONS).where(_Q.id.in_(ids)).order_by(_Q.id)
    return [dict(row) for row in tx.execute(some).mappings()] if ids else []


def last_of(tx: Connection, person: int) -> dict[str, Any] | None:
    """The question of the person that was asked or answered last."""
    order = (func.coalesce(_Q.answered_at, _Q.asked_at).desc(), _Q.id.desc())
    mine = select(_QUESTIONS).where(_Q.person_id == person).order_by(*order).limit(1)
    row = tx.execute(mine).mappings().first()
    return dict(row) if row else None


def settle(tx: Connection, question: int, ready: str, now: datetime) -> bool:
    """Note that a ready answer was enough; False when an officer has answered."""
    mine = (_Q.id == question, _OPEN)
    done = tx.execute(update(_QUESTIONS).where(*mine).values(ready=ready, answered_at=now))
    return bool(done.rowcount)


def reopen(tx: Connection, question: int) -> bool:
    """Let a question wait again for which a ready answer was not enough; False for any other."""
    mine = (_Q.id == question, _Q.answer.is_(None), _Q.answered_at.is_not(None))
    done = tx.execute(update(_QUESTIONS).where(*mine).values(answered_at=None))
    return bool(done.rowcount)


def shown(tx: Connection, question: int, ready: str) -> None:
    """Note which ready answer the asker has read, for the officer to know."""
    tx.execute(update(_QUESTIONS).where(_Q.id == question).values(ready=ready))


# -- who is responsible ----------------------------------------------------------------------------


def assign(tx: Connection, question: int, to: int | None, days: Days | None, now: datetime) -> None:
    """Let that officer be responsible from now on, and be told; nobody where there is none."""
    terms = days._asdict() if days and to else {"remind_on": None, "raise_on": None}
    told = {"assigned_to": to, "told_at": now, "raised_at": None, **terms}
    tx.execute(update(_QUESTIONS).where(_Q.id == question).values(told))


def hold(tx: Connection, question: int, to: int | None, days: Days) -> None:
    """Let that officer be responsible, though nobody is told yet."""
    terms = days._asdict() if to else {}
    tx.execute(update(_QUESTIONS).where(_Q.id == question).values(assigned_to=to, **terms))


def see(tx: Connection, question: int, province: str) -> None:
    """Let a question of no area lie in that province."""
    tx.execute(update(_QUESTIONS).where(_Q.id == question).values(province_code=province))


# -- answering -------------------------------------------------------------------------------------


def answer(
    tx: Connection, number: int, officer: int, text: str, now: datetime, *, ready: str = ""
) -> int | None:
    """Keep the officer's answer and tell whose question it was.

    None when there is none such, or an officer has answered: whoever comes first answers. Where
    the answer is a rule text as it stands, ``text`` is empty and ``ready`` names it.
    """
    said = {"ready": ready} if ready else {}
    done = tx.execute(
        update(_QUESTIONS)
        .where(_Q.number == number, _Q.answer.is_(None))
        .values(answer=text, answered_by=officer, answered_at=now, **said)
        .returning(_Q.person_id)
    )
    asked_by: int | None = done.scalar()
    return asked_by


def remark(tx: Connection, question: int, kind: str, now: datetime, **told: Any) -> int:
    """Note what was done with a question: ``text``, ``person_id`` and ``to_person``; its number."""
    row = {"question_id": question, "kind": kind, "at": now, **told}
    made = tx.execute(insert(_REMARKS).values(row).returning(_REMARKS.c.id))
    return int(made.scalar_one())


def send_kept(tx: Connection, remark_: int, officer: int) -> dict[str, Any] | None:
    """Let a second answer that this officer wrote be sent; None when it was before."""
    mine = (_REMARKS.c.id == remark_, _REMARKS.c.person_id == officer, _REMARKS.c.kind == "kept")
    sent = update(_REMARKS).where(*mine).values(kind="more").returning(*_REMARKS.c)
    row = tx.execute(sent).mappings().first()
    return dict(row) if row else None


def remarks(tx: Connection, question: int, kinds: Collection[str]) -> list[dict[str, Any]]:
    """What was done with a question, oldest first."""
    mine = (_REMARKS.c.question_id == question, _REMARKS.c.kind.in_(kinds))
    rows = tx.execute(select(_REMARKS).where(*mine).order_by(_REMARKS.c.id))
    return [dict(row) for row in rows.mappings()]


# -- what officers see -----------------------------------------------------------------------------


def _here(scope: Scope) -> Select[Any]:
    """The questions of the area, with who asks as ``producer`` and where as ``commune``."""
    who = (_PRODUCERS.c.name.label("producer"), _PRODUCERS.c.commune)
    joined = _QUESTIONS.join(_PRODUCERS, _PRODUCERS.c.id == _Q.producer_id, isouter=True)
    return select(_QUESTIONS, *who).select_from(joined).where(scope.here(_Q))


@scoped("questions")
def open_here(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The open questions of the area, so many at most, the oldest first."""
    waiting = _here(scope).where(_OPEN).order_by(_Q.asked_at, _Q.id).limit(most)
    return [dict(row) for row in tx.execute(waiting).mappings()]


@scoped("questions")
def answered_here(tx: Connection, scope: Scope, most: int) -> list[dict[str, Any]]:
    """The questions of the area that an officer answered, the newest first."""
    answered = _here(scope).where(_Q.answer.is_not(None)).order_by(_Q.answered_at.desc(), _Q.id)
    return [dict(row) for row in tx.execute(answered.limit(most)).mappings()]


@scoped("questions")
def numbered(tx: Connection, scope: Scope, number: int) -> dict[str, Any] | None:
    """The question of that number, if it lies in the area."""
    row = tx.execute(_here(scope).where(_Q.number == number)).mappings().first()
    return dict(row) if row else None


# -- those that wait too long ----------------------------------------------------------------------


def late(tx: Connection, today: date, most: int, after: int = 0) -> list[dict[str, Any]]:
    """The open questions that are to go to the level above.

    They come by number, behind that one, so many at most.
    """
    due = (_OPEN, _Q.raise_on <= today, _Q.id > after)
    rows = tx.execute(select(_QUESTIONS).where(*due).order_by(_Q.id).limit(most))
    return [dict(row) for row in rows.mappings()]


def orphans(tx: Connection, most: int, after: int = 0) -> list[dict[str, Any]]:
    """The open questions for which nobody is responsible who still answers there, as ``late``."""
    held = select(_O.person_id).where(
        _O.person_id == _Q.assigned_to,
        _O.role.in_((*OFFICE, Role.ADVISER)),
        or_(_O.area == "", _O.area == _Q.commune_code, _O.area == _Q.province_code),
    )
    mine = select(_QUESTIONS).where(_OPEN, ~held.exists(), _Q.id > after)
    rows = tx.execute(mine.order_by(_Q.id).limit(most))
    return [dict(row) for row in rows.mappings()]


def raised(tx: Connection, question: int, to: int, days: Days, now: datetime) -> None:
    """Note that the question went to the level above, and that this officer is responsible.

    ``days`` are the one on which it did, and the one on which it goes up again.
    """
    values = {"assigned_to": to, "raised_at": now, **days._asdict()}
    tx.execute(update(_QUESTIONS).where(_Q.id == question).values(values))
    remark(tx, question, "raised", now, to_person=to)


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All questions, oldest first."""
    return [dict(r) for r in tx.execute(select(_QUESTIONS).order_by(_Q.id)).mappings()]
