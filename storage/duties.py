"""What an officer has beside the office itself, and what becomes of it when another one follows."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from storage import digests, dossiers, invitations, outbox, planner
from storage.database import table_of
from storage.digests import DigestRow
from storage.outbox import OutboxRow
from storage.prints import PrintRow
from storage.questions import QuestionRow

_DIGESTS = table_of(DigestRow)
_OUTBOX = table_of(OutboxRow)
_PRINTS = table_of(PrintRow)
_QUESTIONS = table_of(QuestionRow)


def pass_on(tx: Connection, person: int, to: int, now: datetime) -> None:
    """Let what that officer is asked for be the other's.

    That is the summary, the open questions, and word of who accepts an invitation.
    """
    if digests.of(tx, person) is not None:
        tx.execute(delete(_DIGESTS).where(_DIGESTS.c.person_id == to))
        tx.execute(update(_DIGESTS).where(_DIGESTS.c.person_id == person).values(person_id=to))
    asked = (_QUESTIONS.c.assigned_to == person, _QUESTIONS.c.answered_at.is_(None))
    passed = update(_QUESTIONS).where(*asked).values(assigned_to=to).returning(_QUESTIONS.c.id)
    if questions := list(tx.execute(passed).scalars()):
        planner.of_questions(tx, questions, now)
    invitations.pass_on(tx, person, to)


def told_anew(tx: Connection, area: str) -> None:
    """Plan anew who is told of what in that area, as its officers are others now."""
    dossiers.plan_anew(tx, dossiers.in_area(area))


def recall(tx: Connection, person: int, now: datetime) -> None:
    """Give up every letter and every paper that waits to go to that person."""
    mine = select(_OUTBOX.c.id).where(_OUTBOX.c.person_id == person, _OUTBOX.c.status == "waiting")
    outbox.recall_all(tx, mine)
    papers = (_PRINTS.c.person_id == person, _PRINTS.c.status == "waiting")
    given_up = {"status": "failed", "about": "", "done_at": now}
    tx.execute(
        update(_PRINTS).where(*papers).values(**given_up, claimed_by=None, claimed_until=None)
    )
