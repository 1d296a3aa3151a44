"""Officers: who has which role in which area, and with that what each may see."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, delete, false, func, or_, select, true, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme import roles
from programme.roles import Right, Role
from storage.bulk import Ready
from storage.database import UtcDateTime, insert_new, table_of
from storage.help_units import HelpUnitRow
from storage.persons import CHATS

_PROVINCE = 2  # signs of a province's code; a commune's has five


class OfficerRow(SQLModel, table=True):
    """A person who is an officer of an area; one at a time, what was before is in the audit log.

    ``area`` is a commune's code, a province's, or empty for everywhere. An adviser may be one of a
    unit that helps with some papers.
    """

    __tablename__ = "officers"

    person_id: int = Field(primary_key=True, foreign_key="persons.id")
    area: str = Field(default="", index=True)
    since: datetime = Field(sa_type=UtcDateTime)
    role: str = Role.COMMUNE
    unit_id: int | None = Field(default=None, foreign_key="help_units.id")
    appointed_by: int | None = Field(default=None, foreign_key="persons.id")
    name: str = ""


class Scope(NamedTuple):
    """What an officer may see and do: the role, and the area in which it holds."""

    person: int
    role: Role
    area: str
    unit: int | None = None

    def may(self, right: Right) -> bool:
        """Whether the officer has that right in the area."""
        return roles.may(self.role, right)

    def reads(self) -> ColumnElement[bool]:
        """The condition that holds for whoever may read at all."""
        return true() if self.may(Right.READ) else false()

    def here(self, producers: Any) -> ColumnElement[bool]:
        """The condition for rows of producers, or of whatever has the same two codes."""
        if not (self.area and self.may(Right.READ)):
            return self.reads()
        return or_(producers.commune_code == self.area, producers.province_code == self.area)

    def holds(self, area: str) -> bool:
        """Whether that area is the scope's own or lies in it."""
        return self.area in around(area)


def over(area: str) -> Scope:
    """What the office of that area sees, whoever it is."""
    return Scope(0, usual(area), area)


class Officer(NamedTuple):
    """An officer as others of the office see one."""

    person: int
    role: Role
    area: str
    unit: int | None
    since: datetime
    name: str = ""


_OFFICERS = table_of(OfficerRow)
_UNITS = table_of(HelpUnitRow)
_OF_AREAS = Ready(
    select(_OFFICERS.c.person_id)
    .where(
        _OFFICERS.c.area.in_(bindparam("areas", expanding=True)),
        _OFFICERS.c.role.in_(bindparam("roles", expanding=True)),
    )
    .order_by(_OFFICERS.c.person_id)
)
# To whom what happens in their area is told; a council's people have their own time.
OFFICE = (Role.ADMINISTRATOR, Role.PROVINCE, Role.COMMUNE)


# -- who is one ------------------------------------------------------------------------------------


def appoint(
    tx: Connection,
    person: int,
    area: str,
    now: datetime,
    role: Role | None = None,
    **more: int | str | None,
) -> None:
    """Make the person an officer of that area, in place of what they were.

    Without a role it is the usual one: of a commune, of a province, administrator of everywhere.
    ``more`` are ``unit_id``, ``appointed_by`` and the ``name`` that others read.
    """
    about: dict[str, Any] = {
        "area": area,
        "role": role or usual(area),
        "unit_id": None,
        "appointed_by": None,
        "name": "",
    }
    about |= more
    upsert = insert_new(tx, _OFFICERS).values({"person_id": person, "since": now, **about})
    again = {**about, "since": now}
    tx.execute(upsert.on_conflict_do_update(index_elements=["person_id"], set_=again))


def call(tx: Connection, person: int, name: str) -> None:
    """Let the officer be called so in the lists of others."""
    tx.execute(update(_OFFICERS).where(_OFFICERS.c.person_id == person).values(name=name))


def dismiss(tx: Connection, person: int) -> bool:
    """Let the person be no officer any more; False when they were none."""
    gone = tx.execute(delete(_OFFICERS).where(_OFFICERS.c.person_id == person))
    return bool(gone.rowcount)


def usual(area: str) -> Role:
    """The role that whoever looks after such an area usually has."""
    if not area:
        return Role.ADMINISTRATOR
    return Role.PROVINCE if len(area) == _PROVINCE else Role.COMMUNE


def scope(tx: Connection, person: int) -> Scope | None:
    """What the officer may see and do; None for who is none."""
    columns = (_OFFICERS.c.role, _OFFICERS.c.area, _OFFICERS.c.unit_id)
    row = tx.execute(select(*columns).where(_OFFICERS.c.person_id == person)).first()
    return Scope(person, Role(row[0]), row[1], row[2]) if row else None


def roles_of(tx: Connection, persons: Iterable[int]) -> dict[int, Role]:
    """What each of these persons is now; who is no officer is left out."""
    mine = _OFFICERS.c.person_id.in_(sorted(set(persons)))
    rows = tx.execute(select(_OFFICERS.c.person_id, _OFFICERS.c.role).where(mine))
    return {row[0]: Role(row[1]) for row in rows}


def is_last_administrator(tx: Connection, person: int) -> bool:
    """Whether that person is administrator, and nobody else is of the same area."""
    administrators = select(_OFFICERS.c.person_id, _OFFICERS.c.area).where(
        _OFFICERS.c.role == Role.ADMINISTRATOR
    )
    areas = {row[0]: row[1] for row in tx.execute(administrators)}
    return person in areas and list(areas.values()).count(areas[person]) == 1


def is_officer(tx: Connection, person: int) -> bool:
    """Whether the person is an officer anywhere."""
    return area_of(tx, person) is not None


def minds(tx: Connection, person: int, commune: str) -> bool:
    """Whether the person is an officer in whose area that commune lies."""
    found = area_of(tx, person)
    return found is not None and found in around(commune)


def area_of(tx: Connection, person: int) -> str | None:
    """The area of the officer; None when the person is none."""
    mine = _OFFICERS.c.person_id == person
    found: str | None = tx.execute(select(_OFFICERS.c.area).where(mine)).scalar()
    return found


def chats(tx: Connection, channel: str, bot: str) -> list[str]:
    """The chats of all officers with that bot."""
    rows = tx.execute(
        select(CHATS.c.chat)
        .join(_OFFICERS, _OFFICERS.c.person_id == CHATS.c.person_id)
        .where(CHATS.c.channel == channel, CHATS.c.bot == bot)
        .order_by(CHATS.c.chat)
    )
    return [row[0] for row in rows]


def any_(tx: Connection) -> bool:
    """Whether there is any officer yet."""
    return tx.execute(select(_OFFICERS.c.person_id).limit(1)).first() is not None


# -- whom something concerns -----------------------------------------------------------------------


def of_commune(tx: Connection, code: str) -> list[int]:
    """The officers whom something in that commune concerns."""
    return [row[0] for row in _OF_AREAS.rows(tx, areas=around(code), roles=list(OFFICE))]


def within(tx: Connection, area: str) -> list[int]:
    """The officers whose own area lies in this one, or is the same."""
    rows = tx.execute(select(_OFFICERS.c.person_id, _OFFICERS.c.area))
    return [row[0] for row in rows if area in around(row[1]) or area == row[1]]


def of(tx: Connection, area: str, role: Role | None = None) -> list[Officer]:
    """The officers of just that area, the longest in office first."""
    here = (_OFFICERS.c.area == area, *([_OFFICERS.c.role == role] if role else ()))
    rows = tx.execute(
        select(_OFFICERS).where(*here).order_by(_OFFICERS.c.since, _OFFICERS.c.person_id)
    )
    return [_officer(row) for row in rows.mappings()]


def of_unit(tx: Connection, unit: int) -> int:
    """How many are of that unit, or were invited to be."""
    from storage.invitations import InvitationRow  # noqa: PLC0415 - it knows us

    tables = (_OFFICERS, table_of(InvitationRow))
    counted = (select(func.count()).where(table.c.unit_id == unit) for table in tables)
    return sum(int(tx.execute(each).scalar_one()) for each in counted)


def under(tx: Connection, scope: Scope) -> list[Officer]:
    """The officers of the scope's area and of what lies in it, by area, the longest first."""
    rows = tx.execute(
        select(_OFFICERS).order_by(_OFFICERS.c.area, _OFFICERS.c.since, _OFFICERS.c.person_id)
    )
    every = [_officer(row) for row in rows.mappings()]
    return [one for one in every if scope.holds(one.area)]


def _officer(row: Mapping[Any, Any]) -> Officer:
    return Officer(
        row["person_id"],
        Role(row["role"]),
        row["area"],
        row["unit_id"],
        row["since"],
        row["name"],
    )


def around(area: str) -> list[str]:
    """The areas in which that commune, or that province, lies, everywhere first and itself too."""
    from programme.places import places  # noqa: PLC0415 - a start needs none of it

    known = places().by_code(area) if area else None
    return ["", area, *([known.province_code] if known else [])]
