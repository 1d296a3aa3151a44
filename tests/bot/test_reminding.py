"""The clock: a pause in a long answer ends by itself, also after the process was away."""

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.reception import Reception
from bot.reminding import KEPT, Reminding
from conversations.events import Address, Event, Text
from conversations.forms import catalogue
from storage.database import Database
from tests.wording import WORDING

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LAN = Address("browser", "demo", "dien-thoai-lan")


class Turned:
    """A clock that a test turns."""

    now = START

    def __call__(self) -> datetime:
        return self.now


def _asking_the_officer(reception: Reception) -> None:
    words = ["chào", "1", "1", "hỏi cán bộ", "Bao giờ có tập huấn?"]
    for n, word in enumerate(words):
        reception.hear([Event(LAN, str(n), START, Text(word))])


def _questions(database: Database) -> list[str]:
    with database.reading() as tx:
        return [row[0] for row in tx.execute(text("SELECT text FROM questions"))]


def test_a_long_answer_ends_when_nothing_more_comes(database: Database) -> None:
    clock = Turned()
    reception = Reception(database, catalogue, WORDING, clock)
    reminding = Reminding(database, reception, clock)
    reception.start()
    _asking_the_officer(reception)

    reminding.wake(clock())
    early = _questions(database)
    clock.now = START + timedelta(seconds=21)
    reminding.wake(clock())
    reminding.wake(clock())
    reception.stop()

    assert early == []
    assert _questions(database) == ["Bao giờ có tập huấn?"]


def test_the_scheduler_wakes_by_itself(database: Database) -> None:
    """Three days have passed while the process was away; the first tick makes up for it."""
    clock = Turned()
    reception = Reception(database, catalogue, WORDING, clock)
    reminding = Reminding(database, reception, clock)
    _asking_the_officer(reception)
    clock.now = START + timedelta(days=3)

    reception.start()
    reminding.start()
    patience = time.monotonic() + 10
    while not _questions(database) and time.monotonic() < patience:
        time.sleep(0.05)
    reminding.stop()
    reception.stop()

    assert _questions(database) == ["Bao giờ có tập huấn?"]


def test_a_pause_ends_in_time_while_very_much_is_to_be_planned(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned = threading.Event()
    monkeypatch.setattr(Reminding, "remind", lambda *_, **__: planned.wait(20))
    clock = Turned()
    reception = Reception(database, catalogue, WORDING, clock)
    reminding = Reminding(database, reception, clock)
    _asking_the_officer(reception)
    clock.now = START + timedelta(minutes=1)

    reception.start()
    reminding.start()
    patience = time.monotonic() + 10
    while not _questions(database) and time.monotonic() < patience:
        time.sleep(0.05)
    asked = _questions(database)
    planned.set()
    reminding.stop()
    reception.stop()

    assert asked == ["Bao giờ có tập huấn?"]


def test_keys_of_old_events_are_forgotten(database: Database) -> None:
    clock = Turned()
    reception = Reception(database, catalogue, WORDING, clock)
    reception.hear([Event(LAN, "1", START, Text("chào"))])

    clock.now = START + KEPT + timedelta(days=1)
    Reminding(database, reception, clock).forget()

    with database.reading() as tx:
        assert tx.execute(text("SELECT count(*) FROM inbox")).scalar_one() == 0
