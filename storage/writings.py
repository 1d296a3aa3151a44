"""What a producer told us for the papers that we write with them: the story and others."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, table_of


class WritingRow(SQLModel, table=True):
    """The answers of one such form for one product; the newest ones count."""

    __tablename__ = "writings"

    product: int = Field(primary_key=True, foreign_key="dossiers.id")
    kind: str = Field(primary_key=True)
    answers: str
    person_id: int = Field(foreign_key="persons.id")
    hand: str = ""
    at: datetime = Field(sa_type=UtcDateTime)


_WRITINGS = table_of(WritingRow)


def write(
    tx: Connection,
    product: int,
    kind: str,
    answers: Mapping[str, Any],
    by: tuple[int, str],
    now: datetime,
) -> None:
    """Keep the answers in place of earlier ones; ``by`` whom and whose hand."""
    mine = (_WRITINGS.c.product == product, _WRITINGS.c.kind == kind)
    tx.execute(delete(_WRITINGS).where(*mine))
    person, hand = by
    row = {"product": product, "kind": kind, "person_id": person, "hand": hand, "at": now}
    told = json.dumps(answers, ensure_ascii=False)
    tx.execute(insert(_WRITINGS).values({**row, "answers": told}))


def of(tx: Connection, product: int) -> dict[str, dict[str, Any]]:
    """The answers of each form that was filled in for the product."""
    rows = tx.execute(
        select(_WRITINGS.c.kind, _WRITINGS.c.answers).where(_WRITINGS.c.product == product)
    )
    return {row[0]: json.loads(row[1]) for row in rows}
