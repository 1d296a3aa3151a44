"""Whom a day of a round concerns: how many open dossiers, and how many people are told of it."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from programme.calendar import Milestone
from storage import due, milestones, officers
from storage.database import table_of
from storage.dossiers import DossierRow, in_area, in_round

_DOSSIERS = table_of(DossierRow)


class Concerned(NamedTuple):
    """How many open dossiers of the round there are in the area, and how many hear of it."""

    dossiers: int
    people: int


def by(tx: Connection, day: Milestone, person: int) -> Concerned:
    """Whom the day would concern beside the person who sets it; see ``planner.moved``."""
    stand = milestones.standing(tx)
    nearer = [each.area for each in stand if _is_nearer(each, day)]
    mine = (_DOSSIERS.c.status == "open", in_round(day.round), in_area(day.area))
    others = (~in_area(area) for area in nearer)
    count = select(func.count()).select_from(_DOSSIERS).where(*mine, *others)
    rows = due.steps([day], None, stand).subquery("told")
    people = {row[0] for row in tx.execute(select(rows.c.person).distinct())}
    people |= {each for each in officers.within(tx, day.area) if each != person}
    return Concerned(int(tx.execute(count).scalar_one()), len(people))


def _is_nearer(each: Milestone, day: Milestone) -> bool:
    """Whether an area within that of the day has its own for the same step."""
    same = (each.round, each.step) == (day.round, day.step)
    return same and len(each.area) > len(day.area)
