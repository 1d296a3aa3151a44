"""Nobody judges what is their own: who acts for a producer, and who else there is to judge it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.engine import Connection

from programme import roles
from programme.roles import Right
from storage.database import table_of
from storage.officers import OfficerRow
from storage.producers import MembershipRow, ProducerRow

_O = table_of(OfficerRow).c
_M = table_of(MembershipRow).c
_P = table_of(ProducerRow).c


def acts(person: Any, producer: Any) -> ColumnElement[bool]:
    """The condition that the person acts for the producer, as its own or helping."""
    found = exists().where(_M.person_id == person, _M.producer_id == producer)
    return found.correlate_except(table_of(MembershipRow))


def is_own(tx: Connection, person: int, producer: int) -> bool:
    """Whether the person acts for the producer."""
    return bool(tx.execute(select(acts(person, producer))).scalar())


def own(tx: Connection, persons: Collection[int]) -> frozenset[tuple[int, int]]:
    """Who of these acts for which producer."""
    rows = select(_M.person_id, _M.producer_id).where(_M.person_id.in_(persons))
    return frozenset((row[0], row[1]) for row in tx.execute(rows)) if persons else frozenset()


def who_else(tx: Connection, right: Right, producer: int) -> str:
    """Where the nearest is who has that right over the producer and does not act for it.

    That is the "commune", the "province" or "everywhere"; empty where there is nobody.
    """
    able = [role for role in roles.Role if roles.may(role, right)]
    free = select(_O.area).where(_O.role.in_(able), ~acts(_O.person_id, producer))
    areas = set(tx.execute(free.distinct()).scalars())
    home = select(_P.commune_code, _P.province_code).where(_P.id == producer)
    commune, province = tx.execute(home).one()
    near = {"commune": commune, "province": province}
    found = (level for level, area in near.items() if area and area in areas)
    return next(found, "everywhere" if "" in areas else "")
