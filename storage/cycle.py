"""Chu trình: which of the six steps of its year a product has taken, and which were passed over."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from programme.cycle import Done
from programme.firings import day_of
from storage.database import UtcDateTime, insert_new, table_of


class CycleStepRow(SQLModel, table=True):
    """A step that a dossier took (done) or went past (passed_over), with why."""

    __tablename__ = "cycle_steps"

    dossier_id: int = Field(primary_key=True, foreign_key="dossiers.id")
    step: int = Field(primary_key=True)
    state: str
    reason: str = ""
    person_id: int | None = Field(default=None, foreign_key="persons.id")
    at: datetime = Field(sa_type=UtcDateTime)


_STEPS = table_of(CycleStepRow)


def of(tx: Connection, dossier: int) -> list[Done]:
    """The steps that the dossier took or went past, in order."""
    mine = select(_STEPS).where(_STEPS.c.dossier_id == dossier).order_by(_STEPS.c.step)
    rows = tx.execute(mine).mappings()
    return [Done(row["step"], row["state"], day_of(row["at"]), row["reason"]) for row in rows]


def note(tx: Connection, dossier: int, done: Done, by: int | None, now: datetime) -> None:
    """Note a step; one that was passed over may still be done, one that is done stays done."""
    row: dict[str, Any] = {"dossier_id": dossier, "step": int(done.step), "state": done.state}
    row |= {"reason": done.why, "person_id": by, "at": now}
    upsert = insert_new(tx, _STEPS).values(row)
    tx.execute(
        upsert.on_conflict_do_update(
            index_elements=["dossier_id", "step"], set_=row, where=_STEPS.c.state != "done"
        )
    )
