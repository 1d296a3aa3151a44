"""Hồ sơ: one evaluation of one product, first or again; ``root`` is the product's first dossier."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, table_of
from storage.producers import MembershipRow


class DossierRow(SQLModel, table=True):
    """A dossier and the rule set it began under; ``before`` is what stood before it, as JSON."""

    __tablename__ = "dossiers"

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(unique=True)
    root: int | None = Field(default=None, foreign_key="dossiers.id", index=True)
    follows: int | None = Field(default=None, foreign_key="dossiers.id")
    idea_id: int | None = Field(default=None, foreign_key="ideas.id", index=True)
    producer_id: int = Field(foreign_key="producers.id", index=True)
    person_id: int = Field(foreign_key="persons.id")
    name: str
    product_set: int
    variant: str | None = None
    case: str = "first"  # first, upgrade, reassess
    rules: str
    round_key: str | None = None
    council: date
    before: str = ""
    status: str = "open"  # open, closed
    made_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_DOSSIERS = table_of(DossierRow)
_MEMBERS = table_of(MembershipRow)


def open_new(tx: Connection, values: dict[str, Any], now: datetime, year: int) -> int:
    """Begin a dossier under the next number of the year, ``HS-2026-0001`` upward; give its id."""
    number = f"HS-{year}-{counters.following(tx, f'dossier-{year}'):04d}"
    row = {**values, "number": number, "made_at": now, "status": "open"}
    row["before"] = json.dumps(values["before"]) if values.get("before") else ""
    made = int(tx.execute(insert(_DOSSIERS).values(row).returning(_DOSSIERS.c.id)).scalar_one())
    if not values.get("root"):
        tx.execute(update(_DOSSIERS).where(_DOSSIERS.c.id == made).values(root=made))
    return made


def change(tx: Connection, dossier: int, **values: Any) -> None:
    """Keep what has changed of a dossier: its variant, its round, its council's day."""
    tx.execute(update(_DOSSIERS).where(_DOSSIERS.c.id == dossier).values(values))


def close(tx: Connection, dossier: int, now: datetime) -> None:
    """End a dossier; another may follow it."""
    change(tx, dossier, status="closed", closed_at=now)


def of_person(tx: Connection, person: int) -> list[dict[str, Any]]:
    """The open dossiers of all producers that the person acts for, the oldest first."""
    mine = select(_MEMBERS.c.producer_id).where(_MEMBERS.c.person_id == person)
    return _many(tx, _DOSSIERS.c.producer_id.in_(mine), _DOSSIERS.c.status == "open")


def of_idea(tx: Connection, idea: int) -> dict[str, Any] | None:
    """The newest dossier that began with that idea."""
    found = _many(tx, _DOSSIERS.c.idea_id == idea)
    return found[-1] if found else None


def by_number(tx: Connection, number: str) -> dict[str, Any] | None:
    """The dossier of that number."""
    found = _many(tx, _DOSSIERS.c.number == number)
    return found[0] if found else None


def by_id(tx: Connection, dossier: int) -> dict[str, Any]:
    """The dossier of that id; LookupError when there is none."""
    found = _many(tx, _DOSSIERS.c.id == dossier)
    if not found:
        raise LookupError(dossier)
    return found[0]


def for_paper(tx: Connection, paper: Mapping[str, Any]) -> dict[str, Any] | None:
    """The newest dossier that a paper is for; of one that serves all products the producer's."""
    whose = _DOSSIERS.c.producer_id == paper["producer_id"]
    found = _many(tx, whose, *([_DOSSIERS.c.root == paper["product"]] if paper["product"] else ()))
    return found[-1] if found else None


def _many(tx: Connection, *conditions: Any) -> list[dict[str, Any]]:
    rows = tx.execute(select(_DOSSIERS).where(*conditions).order_by(_DOSSIERS.c.id)).mappings()
    return [{**row, "before": json.loads(row["before"] or "null")} for row in rows]
