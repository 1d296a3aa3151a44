"""The log of every step of every run, append-only: a run is the fold of its steps."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Index, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Insert
from storage.database import UtcDateTime, table_of


class StepRow(SQLModel, table=True):
    """One step. ``hand`` is the name of who typed, where that was somebody else."""

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_run", "person_id", "run"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="persons.id")
    run: int
    kind: str
    path: str
    value: str
    at: datetime = Field(sa_type=UtcDateTime)
    hand: str = ""


class Logged(NamedTuple):
    """A step to log; ``value`` is JSON."""

    person: int
    run: int
    kind: str
    path: str
    value: str
    at: datetime
    hand: str


_STEPS = table_of(StepRow)
_APPEND = Insert(_STEPS, "person_id run kind path value at hand")  # as Logged says them


def append(tx: Connection, steps: Sequence[Logged]) -> None:
    """Add these steps to the log, in their order."""
    _APPEND.run(tx, steps)


def of_run(tx: Connection, person: int, run: int) -> list[Logged]:
    """All steps of one run, oldest first."""
    s = _STEPS.c
    rows = tx.execute(
        select(s.person_id, s.run, s.kind, s.path, s.value, s.at, s.hand)
        .where(s.person_id == person, s.run == run)
        .order_by(s.id)
    )
    return [Logged(*row) for row in rows]


def runs(tx: Connection) -> list[tuple[int, int]]:
    """Every run there is a log of: (person, run)."""
    every = select(_STEPS.c.person_id, _STEPS.c.run).distinct()
    rows = tx.execute(every.order_by(_STEPS.c.person_id, _STEPS.c.run))
    return [(row[0], row[1]) for row in rows]


def values(tx: Connection, kind: str) -> list[str]:
    """The values of all steps of that kind, oldest first."""
    rows = tx.execute(select(_STEPS.c.value).where(_STEPS.c.kind == kind).order_by(_STEPS.c.id))
    return [row[0] for row in rows]
