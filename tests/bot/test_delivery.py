"""Delivery with a list as sender: order, retries, receipts, and senders that die."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.contract import Refused, TryLater, Unreachable
from bot.delivery import CLAIM, Delivery, retry
from bot.reception import Reception
from bot.wording import Wording
from conversations.events import Address, Event, Text
from conversations.forms import catalogue
from conversations.messages import Letter
from conversations.session import NEVER_SHOWN
from storage import outbox, persons, sessions
from storage.database import Database
from storage.persons import Chat

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class ListSender:
    """A channel that writes down what it is given; ``fails`` are raised first, one a letter."""

    channel: str = "list"
    sent: list[tuple[str, str]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    place: int = 0
    first: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int:
        await asyncio.sleep(0)
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((address.chat, letter.text))
        self.place = letter_id + 100
        self.first.set()
        return self.place


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sender() -> ListSender:
    return ListSender()


@pytest.fixture
def delivery(database: Database, clock: Clock, sender: ListSender) -> Delivery:
    wording = Wording(ROOT / "templates")
    reception = Reception(database, catalogue, wording, clock)
    return Delivery(database, reception, {"list": sender}, clock, "sender-1")


@pytest.fixture
def post(database: Database) -> Callable[..., None]:
    def put(*letters: tuple[str, str], prompt: int | None = None) -> None:
        with database.transaction() as tx:
            chats = [Chat("list", "bot", chat) for chat, _ in letters]
            people = persons.meet(tx, chats, NOW)
            rows = [
                outbox.Posted(chat, people[chat], words, "[]", prompt)
                for chat, (_, words) in zip(chats, letters, strict=True)
            ]
            outbox.put(tx, rows, NOW)

    return put


async def _all(delivery: Delivery) -> None:
    while await delivery.once():
        pass


async def test_one_persons_letters_go_in_order(
    delivery: Delivery, sender: ListSender, post: Callable[..., None]
) -> None:
    post(("lan", "một"), ("may", "một"), ("lan", "hai"), ("lan", "ba"))

    await _all(delivery)

    assert [text for chat, text in sender.sent if chat == "lan"] == ["một", "hai", "ba"]


async def test_a_letter_that_must_wait_holds_back_the_next_of_its_chat_only(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    post(("lan", "một"), ("may", "một"), ("lan", "hai"))
    sender.fails = [TryLater("429", timedelta(seconds=60))]

    await _all(delivery)
    early = list(sender.sent)
    clock.now += timedelta(seconds=61)
    await _all(delivery)

    assert early == [("may", "một")]
    assert sender.sent[1:] == [("lan", "một"), ("lan", "hai")]


@pytest.mark.parametrize("failure", [Refused("too long"), Unreachable("blocked")])
async def test_what_can_never_be_sent_is_given_up_and_the_next_letter_goes(
    delivery: Delivery, sender: ListSender, post: Callable[..., None], failure: Exception
) -> None:
    post(("lan", "một"), ("lan", "hai"))
    sender.fails = [failure]

    await _all(delivery)

    assert sender.sent == [("lan", "hai")]


async def test_a_sender_with_a_bug_is_tried_again_and_stops_nobody(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    post(("lan", "một"), ("may", "một"))
    sender.fails = [KeyError("oops")]

    await _all(delivery)
    clock.now += timedelta(hours=1)
    await _all(delivery)

    assert sorted(sender.sent) == [("lan", "một"), ("may", "một")]


async def test_a_letter_claimed_by_a_process_that_died_is_sent_by_the_next(
    delivery: Delivery,
    sender: ListSender,
    database: Database,
    clock: Clock,
    post: Callable[..., None],
) -> None:
    post(("lan", "một"))
    with database.transaction() as tx:
        outbox.claim(tx, ["list"], "dead", clock.now, clock.now + CLAIM)

    await _all(delivery)
    before = list(sender.sent)
    clock.now += CLAIM + timedelta(seconds=1)
    await _all(delivery)

    assert before == []
    assert sender.sent == [("lan", "một")]


async def test_the_place_of_a_question_is_noted_when_it_was_sent(
    delivery: Delivery, sender: ListSender, database: Database, post: Callable[..., None]
) -> None:
    post(("lan", "Tên gì ạ?"), prompt=1)
    with database.transaction() as tx:
        person = persons.meet(tx, [Chat("list", "bot", "lan")], NOW)[Chat("list", "bot", "lan")]
        sessions.save(tx, [sessions.Saved(person, "{}", 1, None, None)], NOW)

    await _all(delivery)

    with database.transaction() as tx:
        assert sessions.load(tx, [person])[person].shown == sender.place


async def test_a_question_that_could_not_be_sent_was_never_shown(
    delivery: Delivery, sender: ListSender, database: Database, post: Callable[..., None]
) -> None:
    post(("lan", "Tên gì ạ?"), prompt=1)
    sender.fails = [Unreachable("blocked")]
    with database.transaction() as tx:
        person = persons.meet(tx, [Chat("list", "bot", "lan")], NOW)[Chat("list", "bot", "lan")]
        sessions.save(tx, [sessions.Saved(person, "{}", 1, None, None)], NOW)

    await _all(delivery)

    with database.transaction() as tx:
        assert sessions.load(tx, [person])[person].shown == NEVER_SHOWN


async def test_the_loop_sends_as_soon_as_it_is_rung(delivery: Delivery, sender: ListSender) -> None:
    """From the first word to the letter, through both loops, without waiting for a tick."""
    reception = delivery.reception
    reception.posted = delivery.ring
    reception.start()
    running = asyncio.create_task(delivery.run())
    try:
        event = Event(Address("list", "bot", "lan"), "1", NOW, Text("chào em"))
        await reception.receive(event)
        async with asyncio.timeout(3):
            await sender.first.wait()
    finally:
        reception.stop()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    assert "trợ lý OCOP" in sender.sent[0][1]


@pytest.mark.parametrize(
    ("attempts", "wait", "expected"),
    [
        (1, None, timedelta(seconds=1)),
        (2, None, timedelta(seconds=5)),
        (1, timedelta(seconds=40), timedelta(seconds=40)),
        (4, timedelta(seconds=1), timedelta(seconds=120)),
        (29, None, timedelta(hours=1)),
        (30, None, None),
    ],
)
def test_each_further_try_waits_longer_and_never_less_than_the_channel_wants(
    attempts: int, wait: timedelta | None, expected: timedelta | None
) -> None:
    due = retry(attempts, wait, NOW)

    assert due == (NOW + expected if expected else None)
