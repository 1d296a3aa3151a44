"""Which announcement an officer means, of those that were made in the area."""

from typing import Any

from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from storage import announcements

_YEARS = 3  # of which announcements are still spoken of
_LOOKED_AT = 30


def of_number(talk: Talk, number: int, year: int | None) -> dict[str, Any] | None:
    """The announcement of that number that was made in the officer's area; said where none is."""
    scope = scope_of(talk)
    for each in (year,) if year else range(talk.year, talk.year - _YEARS, -1):
        if found := announcements.numbered(talk.tx, scope, f"TB-{each}-{number:04d}"):
            return found
    talk.say("announcing.no_such", number=number)
    return None


def of_id(talk: Talk, which: str) -> dict[str, Any] | None:
    """The announcement of that id, if it was made in the officer's area."""
    return announcements.by_id(talk.tx, scope_of(talk), int(which))


def newest(talk: Talk, *statuses: str) -> dict[str, Any] | None:
    """The newest of the area that stands so."""
    every = announcements.newest(talk.tx, scope_of(talk), _LOOKED_AT)
    return next((row for row in every if row["status"] in statuses), None)
