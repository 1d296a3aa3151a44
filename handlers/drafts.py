"""Drafts that are left lying: whoever began a form and wrote no more is reminded of it."""

from datetime import datetime, timedelta

import msgspec

from conversations.session import Run, Session
from handlers.producer import parked
from programme import firings
from storage import due, reminders, sessions
from storage.database import Transaction

_LEFT = timedelta(days=31)  # ago at most
_session = msgspec.json.Decoder(Session).decode


def plan(tx: Transaction, now: datetime) -> None:
    """Plan what will be said of the drafts of the last month, if nobody touches them any more."""
    over = reminders.over(tx, "draft", firings.BEFORE["draft"][-1])
    for person, body, left_at in sessions.left_since(tx, now - _LEFT):
        session = _session(body)
        run = parked.newest_of(session)
        if run is None or (person, run.id) in over:
            continue
        if run.answers and due.REMINDERS in session.consent:
            reminders.add(tx, _rows(person, run, left_at, now))


def _rows(person: int, run: Run, left_at: datetime, now: datetime) -> list[tuple[object, ...]]:
    day = firings.day_of(left_at)
    return [
        (person, "draft", run.id, day, each.before, each.due_at, each.use_by)
        for each in firings.firings("draft", day, now)
    ]
