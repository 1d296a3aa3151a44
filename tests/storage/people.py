"""Persons for tests of tables that point to them."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.engine import Connection

from storage import persons, producers
from storage.persons import Chat

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=10)
SOON = NOW + timedelta(seconds=30)


def chat(number: int = 1) -> Chat:
    return Chat("browser", "demo", f"phone-{number}")


def met(tx: Connection, number: int = 1) -> int:
    return persons.meet(tx, [chat(number)], NOW)[chat(number)]


def producer(tx: Connection, name: str = "HTX Bản Liền", **more: object) -> int:
    return producers.add(tx, {"name": name, "kind": "cooperative", **more}, NOW)
