"""Delivery with a list as sender: order, retries, receipts, and senders that die."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.channels.contract import Ambiguous, Moved, Refused, TryLater, Unreachable
from bot.delivery import CLAIM, Delivery, retry
from bot.handed import Handed
from bot.pacing import in_hand
from bot.reception import Reception
from conversations.events import Address, Event, Text
from conversations.forms import catalogue
from conversations.messages import Letter
from conversations.session import NEVER_SHOWN
from programme.quiet import VIETNAM
from storage import (
    announcements,
    consents,
    links,
    on_the_way,
    outbox,
    persons,
    recipients,
    sessions,
)
from storage.database import Database
from storage.on_the_way import Noted
from storage.outbox import Lease
from storage.persons import Chat
from tests.wording import WORDING

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class ListSender:
    """A channel that writes down what it is given; ``fails`` are raised first, one a letter."""

    channel: str = "list"
    pace: float | None = None
    saving: bool = False
    sent: list[tuple[str, str]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)
    place: int = 0
    first: asyncio.Event = field(default_factory=asyncio.Event)
    slowly: asyncio.Event | None = None

    def only_answers(self, bot: str) -> bool:
        return self.saving and bot == "bot"

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int:
        await asyncio.sleep(0)
        if self.fails:
            raise self.fails.pop(0)
        self.sent.append((address.chat, letter.text))
        self.place = letter_id + 100
        self.first.set()
        if self.slowly:
            await self.slowly.wait()
        return self.place


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sender() -> ListSender:
    return ListSender()


@pytest.fixture
def delivery(database: Database, clock: Clock, sender: ListSender) -> Delivery:
    reception = Reception(database, catalogue, WORDING, clock)
    delivery = Delivery(database, reception, {"list": sender}, clock, "sender-1")
    reception.errands = delivery
    return delivery


@pytest.fixture
def post(database: Database) -> Callable[..., None]:
    def put(*letters: tuple[str, str], prompt: int | None = None, rank: int = 0) -> None:
        with database.transaction() as tx:
            chats = [Chat("list", "bot", chat) for chat, _ in letters]
            people = persons.meet(tx, chats, NOW)
            rows = [
                outbox.Posted(chat, people[chat], words, "[]", prompt, rank)
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


async def test_an_answer_that_may_not_have_come_is_given_once_more_and_no_more(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    post(("lan", "một"), ("lan", "hai"))
    sender.fails = [Ambiguous("504"), Ambiguous("504")]

    for _ in range(3):
        await _all(delivery)
        clock.now += timedelta(minutes=1)

    assert sender.sent == [("lan", "hai")]


async def test_a_reminder_that_may_have_come_is_not_sent_again(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    post(("lan", "nhắc"), rank=1)
    sender.fails = [Ambiguous("504")]

    for _ in range(3):
        await _all(delivery)
        clock.now += timedelta(minutes=1)

    assert sender.sent == []


async def test_where_letters_are_counted_announcements_go_by_the_handful_and_answers_at_once(
    delivery: Delivery, sender: ListSender, post: Callable[..., None]
) -> None:
    sender.pace = 10.0
    post(*((f"nhà {number}", "tin") for number in range(50)), rank=2)
    post(*((f"người {number}", "đáp") for number in range(20)))

    assert await delivery.once() == 20 + in_hand(sender.pace)

    assert [text for _, text in sender.sent[:20]] == ["đáp"] * 20
    assert [text for _, text in sender.sent[20:]] == ["tin"] * in_hand(sender.pace)


async def test_a_bot_that_must_save_sends_answers_alone(
    delivery: Delivery, sender: ListSender, post: Callable[..., None]
) -> None:
    sender.pace, sender.saving = 10.0, True
    post(("lan", "tin"), rank=2)
    post(("lan", "đáp"))

    await _all(delivery)

    assert sender.sent == [("lan", "đáp")]


async def test_a_letter_that_takes_long_stays_ours(
    delivery: Delivery,
    sender: ListSender,
    database: Database,
    clock: Clock,
    post: Callable[..., None],
) -> None:
    """Others would think that we are dead, and send it too."""
    post(("lan", "một"))
    sender.slowly = asyncio.Event()
    sending = asyncio.create_task(delivery.once())
    await sender.first.wait()
    for _ in range(4):
        clock.now += CLAIM * 0.6
        delivery.reception.hear([])
        with database.transaction() as tx:
            assert outbox.claim(tx, ["list"], Lease("other", clock.now + CLAIM), clock.now) == []

    sender.slowly.set()
    await sending

    assert sender.sent == [("lan", "một")]


async def test_a_letter_claimed_by_a_process_that_died_is_sent_by_the_next(
    delivery: Delivery,
    sender: ListSender,
    database: Database,
    clock: Clock,
    post: Callable[..., None],
) -> None:
    post(("lan", "một"))
    with database.transaction() as tx:
        outbox.claim(tx, ["list"], Lease("dead", clock.now + CLAIM), clock.now)

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


async def test_the_letters_of_a_chat_that_has_moved_follow_it(
    delivery: Delivery, sender: ListSender, post: Callable[..., None], database: Database
) -> None:
    post(("lan", "một"), ("lan", "hai"))
    sender.fails = [Moved("lan-mới")]

    await _all(delivery)

    new = Chat("list", "bot", "lan-mới")
    assert sender.sent == [("lan-mới", "một"), ("lan-mới", "hai")]
    with database.transaction() as tx:
        assert persons.of(tx, [new, new._replace(chat="lan")]).keys() == {new}


# -- somebody with two chats ----------------------------------------------------------------------


def _linked(database: Database, *, agreed: bool) -> None:
    """Lan, who has a second chat since yesterday."""
    chats = [Chat("list", "bot", "lan"), Chat("list", "bot", "lan-2")]
    with database.transaction() as tx:
        people = persons.meet(tx, chats, NOW)
        links.join(tx, people[chats[1]], people[chats[0]], (0, {}), NOW)
        if agreed:
            consents.add(tx, people[chats[0]], consents.ELSEWHERE, 1, NOW)


async def test_a_letter_that_nobody_reads_here_goes_to_the_other_chat_if_agreed(
    delivery: Delivery, sender: ListSender, post: Callable[..., None], database: Database
) -> None:
    _linked(database, agreed=True)
    post(("lan", "nhắc hạn"))
    sender.fails = [Unreachable("blocked")]

    await _all(delivery)

    assert sender.sent == [("lan-2", "nhắc hạn")]


async def test_without_consent_it_goes_nowhere_else(
    delivery: Delivery, sender: ListSender, post: Callable[..., None], database: Database
) -> None:
    _linked(database, agreed=False)
    post(("lan", "nhắc hạn"))
    sender.fails = [Unreachable("blocked")]

    await _all(delivery)

    assert sender.sent == []


async def test_a_letter_that_nobody_reads_anywhere_does_not_go_round_in_circles(
    delivery: Delivery, sender: ListSender, post: Callable[..., None], database: Database
) -> None:
    _linked(database, agreed=True)
    post(("lan", "nhắc hạn"))
    sender.fails = [Unreachable("blocked")] * 9

    await _all(delivery)

    assert len(sender.fails) == 7


# -- the night -------------------------------------------------------------------------------------

LATE = datetime(2026, 11, 23, 20, 30, tzinfo=VIETNAM)


async def test_at_night_answers_go_and_what_is_none_waits_for_seven(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    post(("lan", "nhắc"), rank=1)
    post(("may", "báo"), rank=2)
    post(("lan", "đáp"))

    clock.now = LATE
    await _all(delivery)
    at_night = list(sender.sent)
    clock.now = datetime(2026, 11, 24, 6, 59, 59, tzinfo=VIETNAM)
    await _all(delivery)
    early = list(sender.sent)
    clock.now = datetime(2026, 11, 24, 7, tzinfo=VIETNAM)
    await _all(delivery)

    assert at_night == early == [("lan", "đáp")]
    assert sorted(sender.sent) == [("lan", "nhắc"), ("lan", "đáp"), ("may", "báo")]


async def test_on_tet_answers_go_alone_all_day(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    clock.now = datetime(2027, 2, 6, 10, tzinfo=VIETNAM)
    post(("lan", "nhắc"), rank=1)
    post(("may", "đáp"))

    await _all(delivery)

    assert sender.sent == [("may", "đáp")]


async def test_where_letters_are_counted_the_night_is_as_quiet(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    sender.pace = 10.0
    clock.now = LATE
    post(("lan", "nhắc"), rank=1)

    await _all(delivery)

    assert sender.sent == []


async def test_a_reminder_that_failed_by_day_is_not_tried_again_at_night(
    delivery: Delivery, sender: ListSender, clock: Clock, post: Callable[..., None]
) -> None:
    clock.now = LATE - timedelta(seconds=10)
    post(("lan", "nhắc"), rank=1)
    sender.fails = [TryLater("429", timedelta(seconds=30))]

    await _all(delivery)
    clock.now = LATE + timedelta(minutes=1)
    await _all(delivery)

    assert sender.sent == []


# -- what was handed over when the process died ----------------------------------------------------


@pytest.fixture
def handed(delivery: Delivery, sender: ListSender, tmp_path: Path) -> Path:
    """The file of a sender whose letters are paced."""
    sender.pace = 30.0
    delivery.handed = Handed(tmp_path / "handed")
    return tmp_path / "handed"


def _after_a_kill(before: Delivery, database: Database, path: Path) -> Delivery:
    """The next process, which has taken over."""
    about = (before.reception, before.senders, before.clock, "sender-2")
    after = Delivery(database, *about, handed=Handed(path))
    after.reception.errands = after
    with database.transaction() as tx:
        after.inherit(tx)
        outbox.release(tx, by_others_than=after.name)
    return after


async def test_what_was_handed_over_when_the_process_died_is_not_said_again(
    delivery: Delivery,
    sender: ListSender,
    database: Database,
    post: Callable[..., None],
    handed: Path,
) -> None:
    """Whether it came nobody knows; of an announcement to thousands a twin is worse than a gap."""
    post(("lan", "tin"), ("may", "tin"), rank=2)
    sender.slowly = asyncio.Event()
    sending = asyncio.create_task(delivery.once())
    await sender.first.wait()
    sending.cancel()
    sender.slowly = None

    await _all(_after_a_kill(delivery, database, handed))

    assert sorted(sender.sent) == [("lan", "tin"), ("may", "tin")]


async def test_what_came_but_was_not_noted_is_not_said_again_and_has_its_place(
    delivery: Delivery,
    sender: ListSender,
    database: Database,
    post: Callable[..., None],
    handed: Path,
) -> None:
    post(("lan", "tin"), rank=2)
    await delivery.once()  # and what is to be noted is lost

    await _all(_after_a_kill(delivery, database, handed))

    assert sender.sent == [("lan", "tin")]
    with database.reading() as tx:
        found = tx.execute(text("SELECT status, receipt, reason FROM outbox")).one()
    assert found == ("sent", sender.place, None)


async def test_what_was_claimed_but_not_handed_over_is_said_by_the_next_process(
    delivery: Delivery,
    sender: ListSender,
    database: Database,
    post: Callable[..., None],
    handed: Path,
) -> None:
    post(("lan", "tin"), ("may", "tin"), rank=2)
    sender.fails = [TryLater("429", timedelta(seconds=1))]
    await delivery.once()
    with database.transaction() as tx:
        outbox.claim(tx, ["list"], Lease("sender-1", NOW + CLAIM), NOW)

    await _all(_after_a_kill(delivery, database, handed))

    assert len(sender.sent) == 2
    assert len(set(sender.sent)) == 2


async def test_a_letter_of_an_announcement_that_goes_elsewhere_stands_for_the_same_person(
    delivery: Delivery, sender: ListSender, database: Database
) -> None:
    _linked(database, agreed=True)
    with database.transaction() as tx:
        lan = persons.of(tx, [Chat("list", "bot", "lan")])[Chat("list", "bot", "lan")]
        values = {"kind": "other", "area": "", "made_by": lan, "said": "{}", "aim": "{}"}
        made = announcements.make(tx, values, [(lan, None)], NOW, 2026)
        first = Chat("list", "bot", "lan")
        letters = outbox.post(tx, [outbox.Posted(first, lan, "tin", "[]", None, 2)], NOW)
        noted = Noted(lan, first, recipients.POSTED, letter=letters[first])
        on_the_way.note(tx, made, [noted], NOW)
    sender.fails = [Unreachable("blocked")]

    await _all(delivery)

    with database.transaction() as tx:
        on_the_way.settle(tx, NOW)
        assert announcements.ledger(tx, made).sent == 1
        row = recipients.mine(tx, made, lan)
    assert row is not None
    assert row["chat"] == "lan-2"
    assert sender.sent == [("lan-2", "tin")]
