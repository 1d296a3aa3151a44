"""Who looks after an announcement: whoever made it, or who has that office now."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.engine import Connection

from programme import roles
from programme.roles import Right
from storage import officers


def of(tx: Connection, row: Mapping[str, Any]) -> list[int]:
    """Who looks after it: who made it, while that is an officer there; else who is now."""
    area = row["commune_code"] or row["province_code"]
    made_by = officers.scope(tx, row["made_by"])
    if made_by and made_by.holds(area) and made_by.may(Right.ANNOUNCE):
        return [made_by.person]
    there = officers.of(tx, area)
    return [one.person for one in there if roles.may(one.role, Right.ANNOUNCE)]
