"""Who looks after an announcement: whoever made it, or who has that office now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import and_, exists, or_, select, update
from sqlalchemy.engine import Connection

from programme import roles
from programme.roles import Right, Role
from storage import officers
from storage.announcements import BEGUN, PAUSED, READY, SENDING, AnnouncementRow
from storage.database import table_of
from storage.officers import OfficerRow

LEFT = "left"  # why one is paused whose officer is none there any more
_A = table_of(AnnouncementRow)
_O = table_of(OfficerRow)
_ANNOUNCERS = [role for role in Role if roles.may(role, Right.ANNOUNCE)]
_MINDED = exists().where(
    _O.c.person_id == _A.c.made_by,
    _O.c.role.in_(_ANNOUNCERS),
    or_(_O.c.area == "", _O.c.area == _A.c.commune_code, _O.c.area == _A.c.province_code),
)
_GOING = and_(BEGUN, or_(_A.c.status == SENDING, _A.c.send_at.is_not(None)))
_ABANDONED = select(_A.c.id).where(_GOING, ~_MINDED).order_by(_A.c.id)


def of(tx: Connection, row: Mapping[str, Any]) -> list[int]:
    """Who looks after it: who made it, while that is an officer there.

    Else who is now, of the nearest area in which it lies that has somebody.
    """
    area = row["commune_code"] or row["province_code"]
    made_by = officers.scope(tx, row["made_by"])
    if made_by and made_by.holds(area) and made_by.may(Right.ANNOUNCE):
        return [made_by.person]
    there = (officers.of(tx, each) for each in reversed(officers.around(area)))
    found = ([one.person for one in some if one.role in _ANNOUNCERS] for some in there)
    return next(filter(None, found), [])


def abandoned(tx: Connection) -> list[int]:
    """Those that go out, or are to begin by themselves, whose officer is none there any more."""
    return list(tx.execute(_ABANDONED).scalars())


def take_over(tx: Connection, number: int, person: int) -> None:
    """Let that officer look after it from now on."""
    tx.execute(update(_A).where(_A.c.id == number).values(made_by=person, progress_letter=None))


def pass_on(tx: Connection, person: int, to: int) -> list[dict[str, Any]]:
    """Let the other look after all that is not over; those that were paused as nobody did."""
    open_ones = (_A.c.made_by == person, _A.c.status.in_((READY, SENDING, PAUSED)))
    passed = update(_A).where(*open_ones).values(made_by=to, progress_letter=None).returning(*_A.c)
    rows = [dict(row) for row in tx.execute(passed).mappings()]
    return [row for row in rows if row["reason"] == LEFT]
