"""Drafts that are left lying: whoever began a form and wrote no more is reminded of it."""

from datetime import datetime, timedelta
from functools import cache

import msgspec

from conversations.session import Session
from handlers.producer import parked
from programme import firings
from storage import due, reminders, sessions
from storage.database import Transaction

AT_ONCE = 500  # persons
_LEFT = timedelta(days=31)  # ago at most
_session = msgspec.json.Decoder(Session).decode


def plan(tx: Transaction, now: datetime, after: int = 0) -> int:
    """Plan what will be said of the drafts of the last month, if nobody touches them any more.

    That is for a handful of persons behind that one; who was the last of them, 0 for nobody.
    """
    left = sessions.left_since(tx, now - _LEFT, AT_ONCE, after)
    persons = [person for person, _, _ in left]
    over = reminders.over(tx, "draft", firings.BEFORE["draft"][-1], persons)
    coming = cache(lambda day: firings.firings("draft", day, now))
    rows: list[tuple[object, ...]] = []
    for person, body, left_at in left:
        session, day = _session(body), firings.day_of(left_at)
        run = parked.newest_of(session)
        if run is None or (person, run.id) in over:
            continue
        if run.answers and due.REMINDERS in session.consent:
            rows += [
                (person, "draft", run.id, day, each.before, each.due_at, each.use_by)
                for each in coming(day)
            ]
    reminders.add(tx, rows)
    return persons[-1] if persons else 0
