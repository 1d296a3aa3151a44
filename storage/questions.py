"""Questions to the officer, and their answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage import counters
from storage.database import UtcDateTime, table_of


class QuestionRow(SQLModel, table=True):
    """One question in the person's own words; ``answered_at`` is empty while it waits."""

    __tablename__ = "questions"

    id: int | None = Field(default=None, primary_key=True)
    number: int = Field(unique=True)
    person_id: int = Field(foreign_key="persons.id", index=True)
    hand: str = ""
    text: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    answer: str | None = None
    answered_by: int | None = Field(default=None, foreign_key="persons.id")
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


_QUESTIONS = table_of(QuestionRow)


def ask(tx: Connection, person: int, text: str, hand: str, now: datetime) -> int:
    """Keep a question and give its number."""
    number = counters.following(tx, "question")
    row = {"number": number, "person_id": person, "text": text, "hand": hand, "asked_at": now}
    tx.execute(insert(_QUESTIONS).values(row))
    return number


def answer(tx: Connection, number: int, officer: int, text: str, now: datetime) -> int | None:
    """Keep the officer's answer and tell whose question it was; None when there is none such."""
    asked_by: int | None = tx.execute(
        select(_QUESTIONS.c.person_id).where(_QUESTIONS.c.number == number)
    ).scalar()
    if asked_by is not None:
        tx.execute(
            update(_QUESTIONS)
            .where(_QUESTIONS.c.number == number)
            .values(answer=text, answered_by=officer, answered_at=now)
        )
    return asked_by


def everyone(tx: Connection) -> list[dict[str, Any]]:
    """All questions, oldest first."""
    return [dict(r) for r in tx.execute(select(_QUESTIONS).order_by(_QUESTIONS.c.id)).mappings()]
