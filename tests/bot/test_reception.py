"""Reception over the real engine, words and tables, on both databases."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from bot.reception import Reception
from bot.wording import Wording
from conversations.events import Address, Content, Event, Strange, Text
from conversations.forms import catalogue
from handlers import routing
from handlers.talk import Talk
from storage import outbox, sessions
from storage.database import Database, Transaction
from storage.persons import Chat
from tests.wording import WORDING

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LAN = Address("browser", "demo", "dien-thoai-lan")
MAY = Address("browser", "demo", "dien-thoai-may")


@pytest.fixture(scope="module")
def wording() -> Wording:
    return WORDING


@pytest.fixture
def reception(database: Database, wording: Wording) -> Reception:
    return Reception(database, catalogue, wording, lambda: NOW)


@pytest.fixture
def letters(database: Database) -> Callable[[], list[str]]:
    def read() -> list[str]:
        with database.reading() as tx:
            return [row[0] for row in tx.execute(text("SELECT text FROM outbox ORDER BY id"))]

    return read


@dataclass
class Counted:
    """Errands that do nothing but count commits."""

    commits: int = 0

    def note(self, tx: Transaction) -> tuple[Chat, ...]:
        del tx
        return ()

    def take(self, tx: Transaction) -> None:
        del tx

    def committed(self) -> None:
        self.commits += 1


def said(content: str | Content, key: str, who: Address = LAN, order: int | None = None) -> Event:
    return Event(who, key, NOW, Text(content) if isinstance(content, str) else content, order)


def _sessions(database: Database) -> list[dict[str, object]]:
    with database.reading() as tx:
        return [json.loads(body) for body in sessions.everyone(tx)]


def test_the_first_word_is_answered_with_who_we_are_and_a_question(
    reception: Reception, letters: Callable[[], list[str]]
) -> None:
    reception.hear([said("chào em", "1")])

    assert len(letters()) == 1
    assert "trợ lý OCOP" in letters()[0]


def test_an_event_told_twice_is_answered_once(
    reception: Reception, letters: Callable[[], list[str]]
) -> None:
    """Channels repeat themselves when our reply is lost; the person must not notice."""
    reception.hear([said("chào em", "1")])
    reception.hear([said("chào em", "1"), said("chào em", "1")])

    assert len(letters()) == 1


def test_two_people_in_one_commit_do_not_mix(reception: Reception, database: Database) -> None:
    reception.hear([said("chào em", "1", LAN), said("english", "1b", MAY)])

    assert [s["language"] for s in _sessions(database)] == ["vi", "en"]


def test_what_one_person_says_is_heard_in_order(reception: Reception, database: Database) -> None:
    """Nine messages in one breath, on a channel that cannot say what was on the screen."""
    words = ["chào", "1", "1", "đăng ký", "1", "HTX Bản Liền", "1", "Bản Liền, Lào Cai", "1"]

    reception.hear([said(word, str(n)) for n, word in enumerate(words)])

    run = _sessions(database)[0]["runs"][0]  # type: ignore[index]  # decoded JSON
    assert run["answers"]["name"] == "HTX Bản Liền"
    assert run["answers"]["commune"]["name"] == "xã Bản Liền"
    assert run["at"] == "representative"


def test_an_answer_waits_until_its_question_is_known_to_be_shown(
    reception: Reception, database: Database, letters: Callable[[], list[str]]
) -> None:
    """The person was quicker than the receipt of our own letter: held, not dropped."""
    reception.hear([said("chào em", "1", order=1)])
    reception.hear([said("1", "2", order=3)])
    before = len(letters())

    with database.transaction() as tx:
        person = tx.execute(text("SELECT person_id FROM sessions")).scalar_one()
        sessions.note_shown(tx, [(person, 1, 2)])
    reception.hear([], [_chat(LAN)])

    assert before == 1
    assert len(letters()) == 2


def test_a_text_that_is_older_than_the_question_is_not_its_answer(
    reception: Reception, database: Database, letters: Callable[[], list[str]]
) -> None:
    reception.hear([said("chào em", "1", order=1)])
    with database.transaction() as tx:
        person = tx.execute(text("SELECT person_id FROM sessions")).scalar_one()
        sessions.note_shown(tx, [(person, 1, 5)])

    reception.hear([said("1", "2", order=4)])

    assert _sessions(database)[0]["runs"][0]["answers"] == {}  # type: ignore[index]
    assert len(letters()) == 2


def test_an_event_that_breaks_us_loses_nobody_else(
    reception: Reception,
    letters: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its sender hears that it was not their fault; the others are answered as ever."""
    whole = routing.hear

    def breaks(talk: Talk, event: Event) -> None:
        if event.content == Strange("bomb"):
            raise RuntimeError("bang")
        whole(talk, event)

    monkeypatch.setattr(routing, "hear", breaks)

    reception.hear([said("chào", "1", LAN), said(Strange("bomb"), "2", MAY), said("1", "3", LAN)])
    reception.hear([said(Strange("bomb"), "2", MAY)])

    assert len(letters()) == 3
    assert sum("trợ lý OCOP" in letter for letter in letters()) == 1


async def test_receive_returns_after_the_commit(
    reception: Reception, letters: Callable[[], list[str]]
) -> None:
    reception.start()
    try:
        await reception.receive(said("chào em", "1"))

        assert len(letters()) == 1
    finally:
        reception.stop()


async def test_many_chats_share_a_commit_under_load(reception: Reception) -> None:
    errands = Counted()
    reception.errands = errands
    people = [Address("browser", "demo", f"dien-thoai-{n}") for n in range(100)]
    first = asyncio.gather(*(reception.receive(said("chào", "1", who)) for who in people))
    await asyncio.sleep(0)

    reception.start()
    try:
        await first
    finally:
        reception.stop()

    assert 0 < errands.commits < 10


async def test_nobody_is_told_that_all_is_well_when_the_database_is_gone(
    reception: Reception, database: Database
) -> None:
    """No commit, no 200: the channel must repeat the event."""
    reception.start()
    with database.transaction() as tx:
        tx.execute(text("ALTER TABLE inbox RENAME TO inbox_gone"))
    try:
        with pytest.raises(Exception, match="inbox"):
            await reception.receive(said("chào em", "1"))
    finally:
        reception.stop()
        with database.transaction() as tx:
            tx.execute(text("ALTER TABLE inbox_gone RENAME TO inbox"))


async def test_what_an_earlier_process_left_waiting_is_heard_at_the_start(
    reception: Reception, database: Database, letters: Callable[[], list[str]]
) -> None:
    reception.hear([said("chào em", "1", order=1)])
    reception.hear([said("1", "2", order=3)])
    with database.transaction() as tx:
        person = tx.execute(text("SELECT person_id FROM sessions")).scalar_one()
        sessions.note_shown(tx, [(person, 1, 2)])

    reception.start()
    reception.stop()

    assert len(letters()) == 2


def test_letters_wait_in_the_outbox(reception: Reception, database: Database) -> None:
    reception.hear([said("chào em", "1")])

    with database.reading() as tx:
        assert outbox.waiting(tx) == 1


def _chat(address: Address) -> Chat:
    return Chat(address.channel, address.bot, address.chat)
