"""At night only answers go; so what is measured then is measured on the next morning."""

from datetime import UTC, datetime, timedelta

from programme import quiet

ROOM = timedelta(hours=2)  # that a measurement may take before it is night


def ahead() -> timedelta:
    """How far the clock must be turned for it to be a time at which one may write for a while."""
    now = datetime.now(UTC)
    then = quiet.next_open(now)
    while quiet.is_quiet(then + ROOM):
        then = quiet.next_open(then + ROOM)
    return then - now
