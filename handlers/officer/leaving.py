"""Somebody is no officer any more: nothing of the office is left on the screen or in the talk."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from conversations.session import NEVER_SHOWN, Run, Session
from storage import councils, duties, invitations, officers, producers, steps
from storage.database import Transaction
from storage.officers import Scope


def dismiss(tx: Transaction, one: Scope, session: Session, now: datetime) -> Session:
    """Take the office from an officer, with all codes of theirs; the session from now on.

    Of the letters that wait those of a producer still go to who is one too.
    """
    if not producers.of_person(tx, one.person):
        duties.recall(tx, one.person, now)
    officers.dismiss(tx, one.person)
    councils.leave(tx, one.person)
    invitations.take_back(tx, one.person)
    invitations.drop_following(tx, one.person)
    duties.told_anew(tx, one.area)
    return closed(tx, one.person, session, now)


def shut_out(tx: Transaction, one: Scope, session: Session, now: datetime) -> Session:
    """The same for an officer whose phone somebody else may hold: it gets no letter that waits."""
    duties.recall(tx, one.person, now)
    return dismiss(tx, one, session, now)


def closed(tx: Transaction, person: int, session: Session, now: datetime) -> Session:
    """The session without the forms of the office that the person has had, and what they asked."""
    steps.append(tx, list(_withdrawn(person, session, now)))
    return _cleared(session)


def _withdrawn(person: int, session: Session, now: datetime) -> Iterator[steps.Logged]:
    for run in session.runs:
        if _is_of_office(run):
            yield steps.Logged(person, run.id, "withdrawn", "", "null", now, session.typist)


def _cleared(session: Session) -> Session:
    """Without the forms of the office; no number and no button that was shown means anything."""
    kept = tuple(run for run in session.runs if not _is_of_office(run))
    stack = tuple(number for number in session.stack if any(run.id == number for run in kept))
    nothing: dict[str, Any] = {"menu": (), "labels": {}, "wake_at": None, "shown": NEVER_SHOWN}
    return replace(session, runs=kept, stack=stack, **nothing)


def _is_of_office(run: Run) -> bool:
    from handlers.producer import finished  # noqa: PLC0415 - it knows all that officers do, us too

    return finished.is_of_officers(run.form)
