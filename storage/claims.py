"""Tự chấm: the option that is claimed for each criterion of a dossier, and whose hand it was."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import dossiers
from storage.database import UtcDateTime, table_of


class ClaimRow(SQLModel, table=True):
    """One claimed option, by its key in the criterion; empty when there is none to claim yet."""

    __tablename__ = "claims"

    dossier_id: int = Field(primary_key=True, foreign_key="dossiers.id")
    criterion: str = Field(primary_key=True)
    option: str
    person_id: int = Field(foreign_key="persons.id")
    hand: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


_CLAIMS = table_of(ClaimRow)


def of(tx: Connection, dossier: int) -> dict[str, str]:
    """The claimed option of each criterion."""
    rows = tx.execute(
        select(_CLAIMS.c.criterion, _CLAIMS.c.option).where(_CLAIMS.c.dossier_id == dossier)
    )
    return {row[0]: row[1] for row in rows if row[1]}


def passed_over(tx: Connection, dossier: int) -> frozenset[str]:
    """The criteria of which the producer said that there is nothing to claim yet."""
    mine = (_CLAIMS.c.dossier_id == dossier, _CLAIMS.c.option == "")
    return frozenset(row[0] for row in tx.execute(select(_CLAIMS.c.criterion).where(*mine)))


def claim(
    tx: Connection, dossier: int, options: Mapping[str, str], by: tuple[int, str], now: datetime
) -> None:
    """Claim these options, in place of earlier ones; ``by`` whom and whose hand."""
    if not options:
        return
    mine = _CLAIMS.c.dossier_id == dossier
    tx.execute(delete(_CLAIMS).where(mine, _CLAIMS.c.criterion.in_(list(options))))
    person, hand = by
    rows = [
        {"dossier_id": dossier, "criterion": criterion, "option": option}
        | {"person_id": person, "hand": hand, "at": now}
        for criterion, option in options.items()
    ]
    tx.execute(insert(_CLAIMS), rows)
    dossiers.touch(tx, now, dossier)
