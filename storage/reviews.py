"""Lời xét: every verdict on an idea, a paper or a dossier, one row each, never changed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Index, and_, insert, or_, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import NEVER_AGAIN, UtcDateTime, table_of
from storage.dossiers import DossierRow
from storage.ideas import IdeaRow
from storage.officers import Scope
from storage.papers import PaperRow
from storage.producers import ProducerRow
from storage.scoped import scoped

Kind = Literal["idea", "paper", "dossier"]


class ReviewRow(SQLModel, table=True):
    """One verdict; those of one moment have the same ``turn``, the first of a subject is 1.

    ``about`` is what of the subject it is on (a judgement of Mẫu 03, a paper), if not all of it.
    ``reason`` is one of ours (see programme.reasons) or as it was typed.
    """

    __tablename__ = "reviews"
    __table_args__ = (Index("ix_reviews_subject", "kind", "subject", "id"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    subject: int
    turn: int
    verdict: str
    about: str = ""
    reason: str = ""
    person_id: int = Field(foreign_key="persons.id")
    at: datetime = Field(sa_type=UtcDateTime)


class Verdict(NamedTuple):
    """What is said of a subject, or of a part of it."""

    verdict: str
    reason: str = ""
    about: str = ""


class Subject(NamedTuple):
    """What verdicts are on, and how many turns of them whoever speaks has seen."""

    kind: Kind
    id: int
    seen: int = 0


class Review(NamedTuple):
    """A verdict as it was noted."""

    id: int
    kind: str
    subject: int
    turn: int
    verdict: str
    about: str
    reason: str
    person: int
    at: datetime


_REVIEWS = table_of(ReviewRow)
_R = _REVIEWS.c
_IDEAS = table_of(IdeaRow)
_PAPERS = table_of(PaperRow)
_DOSSIERS = table_of(DossierRow)
_PRODUCERS = table_of(ProducerRow)
_TABLES = {"idea": _IDEAS, "paper": _PAPERS, "dossier": _DOSSIERS}
_STANDS: dict[str, ColumnElement[bool]] = {
    "idea": _IDEAS.c.status == "submitted",
    "paper": _PAPERS.c.replaced_at.is_(None),
    "dossier": _DOSSIERS.c.status == "open",
}


# -- saying ----------------------------------------------------------------------------------------


def give(tx: Connection, subject: Subject, said: Sequence[Verdict], by: int, now: datetime) -> bool:
    """Note the verdicts, as the subject's next turn.

    False, and nothing is noted, when there was another turn than the speaker has seen, however
    short a moment ago, or when the subject stands no more.
    """
    table = _TABLES[subject.kind]
    mine = (table.c.id == subject.id, table.c.turns == subject.seen, _STANDS[subject.kind])
    took = update(table).where(*mine).values(turns=subject.seen + 1)
    if not tx.execute(took).rowcount:
        return False
    same = {"kind": subject.kind, "subject": subject.id, "turn": subject.seen + 1}
    tx.execute(
        insert(_REVIEWS), [same | {"person_id": by, "at": now, **one._asdict()} for one in said]
    )
    return True


def producer_of(tx: Connection, subject: Subject) -> int:
    """Whose the subject is."""
    table = _TABLES[subject.kind].c
    return int(tx.execute(select(table.producer_id).where(table.id == subject.id)).scalar_one())


def add(tx: Connection, subject: Subject, said: Verdict, by: int, now: datetime) -> None:
    """Note what is no answer to what others said, such as what a producer does."""
    row = {"kind": subject.kind, "subject": subject.id, "turn": subject.seen, **said._asdict()}
    tx.execute(insert(_REVIEWS).values(**row, person_id=by, at=now))


# -- looking ---------------------------------------------------------------------------------------


@scoped("reviews")
def history(tx: Connection, scope: Scope, kind: Kind, subjects: Sequence[int]) -> list[Review]:
    """All verdicts on these subjects, as far as they lie in the area, in their order."""
    mine = (_R.kind == kind, _R.subject.in_(subjects), _here(scope))
    return [Review(*row) for row in tx.execute(select(_REVIEWS).where(*mine).order_by(_R.id))]


@scoped("reviews")
def standing(tx: Connection, scope: Scope, kind: Kind, subject: int) -> Review | None:
    """The last verdict on the subject, if it lies in the area."""
    mine = (_R.kind == kind, _R.subject == subject, _R.turn > 0, _here(scope))
    last = select(_REVIEWS).where(*mine).order_by(_R.id.desc()).limit(1)
    row = tx.execute(last).first()
    return Review(*row) if row else None


def of(tx: Connection, kind: Kind, subject: int) -> list[Review]:
    """All verdicts on one subject, in their order."""
    mine = select(_REVIEWS).where(_R.kind == kind, _R.subject == subject)
    return [Review(*row) for row in tx.execute(mine.order_by(_R.id))]


def _here(scope: Scope) -> ColumnElement[bool]:
    producers = select(_PRODUCERS.c.id).where(scope.here(_PRODUCERS.c))
    meant = and_(_IDEAS.c.commune_code == scope.area, scope.reads())
    ideas = select(_IDEAS.c.id).where(or_(_IDEAS.c.producer_id.in_(producers), meant))
    return or_(
        and_(_R.kind == "idea", _R.subject.in_(ideas)),
        *(
            and_(_R.kind == kind, _R.subject.in_(_of(table, producers)))
            for kind, table in (("paper", _PAPERS), ("dossier", _DOSSIERS))
        ),
    )


def _of(table: Any, producers: Any) -> Any:
    return select(table.c.id).where(table.c.producer_id.in_(producers))
