"""An announcement that tells that a fair will not be: from when it goes out that holds."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from storage import announcements, corrections, fairs, planner
from storage.announcements import PAUSED, READY, AnnouncementRow
from storage.database import table_of

ASKED = "calling_off"  # why the first is paused till it is called off, or that is taken back
_A = table_of(AnnouncementRow)


def begun(tx: Connection, row: Mapping[str, Any], now: datetime) -> None:
    """Let what the announcement tells of not be, if that is what goes out now."""
    if not _is_one(row):
        return
    corrections.call_off(tx, row["corrects"], row["id"], now)
    if row["fair_id"]:
        fairs.change(tx, row["fair_id"], cancelled=True)
        planner.of_fair(tx, row["fair_id"], now)


def taken_back(tx: Connection, row: Mapping[str, Any], now: datetime) -> bool:
    """Let the first go on that waited for this; False where it did not, or another will go out."""
    first = announcements.found(tx, row["corrects"]) if _is_one(row) else None
    if first is None or first["reason"] != ASKED or _is_another(tx, row):
        return False
    return bool(announcements.resume(tx, first["id"], now))


def _is_one(row: Mapping[str, Any]) -> bool:
    return bool(json.loads(row["said"]).get("called_off"))


def _is_another(tx: Connection, row: Mapping[str, Any]) -> bool:
    """Whether the first is to be called off at some hour all the same."""
    waits = (_A.c.status.in_((READY, PAUSED)), _A.c.send_at.is_not(None))
    others = select(_A).where(_A.c.corrects == row["corrects"], _A.c.id != row["id"], *waits)
    return any(_is_one(dict(other)) for other in tx.execute(others).mappings())
