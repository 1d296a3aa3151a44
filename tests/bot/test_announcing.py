"""Announcements go out by the handful, stop at once, and tell their officer how far they are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from bot.announcing import AHEAD, BROKEN, NO_ROOM, Announcing
from bot.following import LONG
from bot.posting import ANNOUNCED
from bot.telling import drop_stale
from bot.wording import ours
from conversations.messages import Message
from conversations.session import Session
from programme.quiet import VIETNAM
from storage import (
    announcements,
    audit,
    consents,
    digests,
    minders,
    officers,
    outbox,
    persons,
    quotas,
    sessions,
)
from storage.announcements import Ledger
from storage.database import Database
from storage.outbox import Claimed, Lease, Settled
from storage.persons import Chat
from storage.recipients import NEWS
from storage.sessions import Saved

DAY = datetime(2026, 11, 23, 9, tzinfo=VIETNAM)
NIGHT = datetime(2026, 11, 23, 22, tzinfo=VIETNAM)
WORDING = ours()
OFFICER = Chat("browser", "demo", "officer")


@dataclass
class Said:
    """The words of a test: the number of the announcement, and how it stands."""

    broken: bool = False

    def letter(self, row: Mapping[str, Any]) -> Message:
        if self.broken:
            raise KeyError("name")
        return Message("values.raw", {"value": f"Mời {row['number']}"})

    def progress(self, row: Mapping[str, Any], ledger: Ledger) -> Message:
        done = ledger.previewed - ledger.waiting
        stands = f"{row['status']} {row['reason'] or ''} {done}/{ledger.previewed}"
        return Message("values.raw", {"value": " ".join(stands.split())})


@dataclass
class Office:
    """An announcement, the clock that feeds it, and a channel that is a list."""

    database: Database
    now: datetime = DAY
    words: Said = field(default_factory=Said)
    monthly: dict[str, int] = field(default_factory=dict)
    people: list[int] = field(default_factory=list)
    made: int = 0
    sent: list[str] = field(default_factory=list)  # chats
    officer: Chat = OFFICER

    def announce(self, count: int, channel: str = "telegram", **more: Any) -> int:
        chats = [Chat(channel, "7", f"{number:04d}") for number in range(count)]
        with self.database.transaction() as tx:
            boss = persons.meet(tx, [self.officer], self.now)[self.officer]
            officers.appoint(tx, boss, "15", self.now)
            met = persons.meet(tx, chats, self.now)
            self.people = [met[chat] for chat in chats]
            for person in self.people:
                consents.give(tx, person, (NEWS,), 1, self.now)
            values = {"kind": "fair", "area": "15", "made_by": boss, "said": "{}", "aim": "{}"}
            whom = [(person, None) for person in self.people]
            self.made = announcements.make(tx, {**values, **more}, whom, self.now, 2026)
        return self.made

    def do(self, deed: Callable[..., Any], *more: Any) -> Any:
        with self.database.transaction() as tx:
            return deed(tx, self.made, self.now, *more)

    def tick(self) -> Ledger:
        about = (self.database, WORDING, lambda: self.now, self.words, self.monthly)
        Announcing(*about).tick()
        return self.ledger()

    def ledger(self) -> Ledger:
        with self.database.reading() as tx:
            return announcements.ledger(tx, self.made)

    def status(self) -> str:
        with self.database.reading() as tx:
            row = announcements.found(tx, self.made)
        assert row is not None
        return str(row["status"])

    def take(self, most: int = 500) -> list[Claimed]:
        with self.database.transaction() as tx:
            lease = Lease("list", self.now + timedelta(seconds=30))
            return outbox.claim(tx, ["telegram", "zalo"], lease, self.now, most)

    def send(self, most: int = 500) -> int:
        letters = self.take(most)
        with self.database.transaction() as tx:
            outbox.settle(tx, [Settled(one.id, "sent", 1) for one in letters], self.now)
        self.sent += [one.chat.chat for one in letters]
        return len(letters)

    def shown(self, channel: str) -> tuple[str, int | None] | None:
        """What is shown of the officer's letter now, and where it stood; None if nothing new is."""
        with self.database.transaction() as tx:
            lease = Lease("web", self.now + timedelta(seconds=30))
            letters = outbox.claim(tx, [channel], lease, self.now)
            outbox.settle(tx, [Settled(one.id, "sent", 700) for one in letters], self.now)
        return next(((one.text, one.edits) for one in letters), None)

    def told(self, chat: str = "officer") -> list[str]:
        """What the officer was told."""
        with self.database.reading() as tx:
            told = text("SELECT text FROM outbox WHERE chat = :chat ORDER BY id")
            return [row[0] for row in tx.execute(told, {"chat": chat})]


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def test_everybody_on_the_list_gets_it_once_and_the_officer_hears_of_it(office: Office) -> None:
    office.announce(LONG * 2)
    office.do(announcements.start)

    office.tick()
    while office.send(40):
        office.tick()

    assert sorted(office.sent) == [f"{number:04d}" for number in range(LONG * 2)]
    assert office.ledger() == Ledger(LONG * 2, 0, LONG * 2, 0, 0, 0, 0)
    assert office.status() == "done"
    assert office.told() == ["done 200/200"]


def test_the_officers_letter_moves_where_it_stands_but_not_too_often(office: Office) -> None:
    office.announce(LONG)
    office.do(announcements.start)
    office.tick()
    shown = [office.shown("browser")]
    for seconds in (1, 3, 1, 3):
        office.now += timedelta(seconds=seconds)
        office.send(20)
        office.tick()
        shown.append(office.shown("browser"))
    while office.send(20):
        office.tick()

    assert shown == [
        ("sending 0/100", None),
        None,
        ("sending 40/100", 700),
        None,
        ("sending 80/100", 700),
    ]
    assert office.shown("browser") == ("done 100/100", 700)


def test_a_letter_that_is_under_way_gets_its_last_words_afterwards(office: Office) -> None:
    office.announce(LONG)
    office.do(announcements.start)
    office.tick()
    with office.database.transaction() as tx:
        lease = Lease("web", office.now + timedelta(seconds=30))
        (letter,) = outbox.claim(tx, ["browser"], lease, office.now)
    while office.send():
        office.tick()
    office.tick()
    before = (office.status(), letter.text)

    with office.database.transaction() as tx:
        outbox.settle(tx, [Settled(letter.id, "sent", 700)], office.now)
    office.tick()

    assert before == ("sending", "sending 0/100")
    assert office.status() == "done"
    assert office.shown("browser") == ("done 100/100", 700)


def test_where_the_letter_is_gone_the_end_is_told_by_another(office: Office) -> None:
    office.announce(LONG)
    office.do(announcements.start)
    office.tick()
    with office.database.transaction() as tx:
        outbox.recall(tx, outbox.unsent(tx, [persons.of(tx, [OFFICER])[OFFICER]]))

    while office.send():
        office.tick()

    assert office.told() == ["sending 0/100", "done 100/100"]


def test_where_words_cannot_be_changed_letters_tell_of_the_marks(office: Office) -> None:
    office.officer = Chat("zalo", "7", "officer")
    office.announce(LONG * 2)
    office.do(announcements.start)

    office.tick()
    while office.send(40):
        office.tick()

    assert office.told() == ["sending 40/200", "sending 119/200", "done 200/200"]


def test_of_a_short_list_only_the_end_is_told(office: Office) -> None:
    office.announce(12)
    office.do(announcements.start)

    office.tick()
    for _ in range(12):
        office.send(1)
        office.tick()

    assert office.told() == ["done 12/12"]


def test_only_a_few_seconds_worth_is_in_the_outbox(office: Office) -> None:
    office.announce(AHEAD * 2)
    office.do(announcements.start)

    office.tick()
    office.tick()

    assert len(office.take()) == AHEAD
    assert office.ledger() == Ledger(AHEAD * 2, AHEAD * 2, 0, 0, 0, 0, 0)


def test_each_reads_it_in_their_language_after_all_that_is_said_to_them_alone(
    office: Office,
) -> None:
    office.announce(2)
    with office.database.transaction() as tx:
        body = msgspec.json.encode(Session(language="en")).decode()
        sessions.save(tx, [Saved(office.people[1], body, 0, None, None)], office.now)
    office.do(announcements.start)

    office.tick()

    assert {(one.text, one.rank) for one in office.take()} == {("Mời TB-2026-0001", ANNOUNCED)}


def test_at_night_nothing_is_posted_and_in_the_morning_it_goes_on(office: Office) -> None:
    office.announce(3)
    office.now = NIGHT
    office.do(announcements.start)

    office.tick()
    at_night = office.take()
    office.now = NIGHT + timedelta(hours=9)
    office.tick()

    assert at_night == []
    assert office.send() == 3


def test_a_pause_and_an_end_act_at_once_on_what_is_posted(office: Office) -> None:
    office.announce(20)
    office.do(announcements.start)
    office.tick()
    office.send(5)

    office.do(announcements.pause)
    paused = (office.send(), office.tick())
    office.do(announcements.resume)
    office.tick()
    office.send(5)
    office.do(announcements.cancel)
    cancelled = (office.send(), office.tick())

    assert paused == (0, Ledger(20, 15, 5, 0, 0, 0, 0))
    assert cancelled == (0, Ledger(20, 0, 10, 0, 0, 0, 10))
    assert office.status() == "cancelled"
    assert office.told() == []


@pytest.mark.parametrize(
    ("deed", "after"),
    [
        (announcements.pause, Ledger(1, 1, 0, 0, 0, 0, 0)),
        (announcements.cancel, Ledger(1, 0, 0, 0, 0, 0, 1)),
    ],
)
def test_what_was_under_way_then_and_must_be_tried_again_is_not(
    office: Office, deed: Callable[..., bool], after: Ledger
) -> None:
    office.announce(1)
    office.do(announcements.start)
    office.tick()
    (letter,) = office.take()

    office.do(deed)
    with office.database.transaction() as tx:
        again = Settled(letter.id, "waiting", reason="429", due_at=office.now)
        outbox.settle(tx, [again], office.now)

    assert office.tick() == after
    assert office.send() == 0


def test_who_withdraws_or_blocks_meanwhile_is_not_told(office: Office) -> None:
    office.announce(AHEAD + 2)
    office.do(announcements.start)
    office.tick()
    with office.database.transaction() as tx:
        consents.end(tx, office.people[0], NEWS, office.now)
        consents.end(tx, office.people[-1], NEWS, office.now)
        persons.blocked(tx, Chat("telegram", "7", f"{AHEAD:04d}"), office.now)

    office.tick()
    office.send()
    office.tick()

    assert office.tick() == Ledger(AHEAD + 2, 0, AHEAD - 1, 0, 1, 2, 0)


def test_after_its_day_it_ends_and_says_of_each_that_it_was_too_late(office: Office) -> None:
    office.announce(4, use_by=DAY + timedelta(minutes=1))
    office.do(announcements.start)
    office.tick()
    office.send(1)

    office.now = DAY + timedelta(minutes=1)
    with office.database.transaction() as tx:
        drop_stale(tx, office.now)

    assert office.tick() == Ledger(4, 0, 1, 3, 0, 0, 0)
    assert office.told() == ["done 4/4"]


def test_a_letter_that_came_too_late_brings_nobody_their_summary_again(office: Office) -> None:
    office.announce(1, use_by=DAY + timedelta(minutes=1))
    with office.database.transaction() as tx:
        digests.wish(tx, office.people[0], {"every": "day", "hour": 7, "next_at": DAY})
        digests.said(tx, office.people[0], "three ideas", DAY, DAY)
    office.do(announcements.start)
    office.tick()

    with office.database.transaction() as tx:
        drop_stale(tx, DAY + timedelta(minutes=1))
        row = tx.execute(text("SELECT said FROM digests")).scalar_one()

    assert row == "three ideas"


def test_one_begins_by_itself_when_its_time_has_come_and_that_is_logged(office: Office) -> None:
    office.announce(3)
    office.do(lambda tx, made, _: announcements.schedule(tx, made, DAY + timedelta(hours=1)))

    office.tick()
    early = office.status()
    office.now = DAY + timedelta(hours=1)
    office.tick()

    assert (early, office.status(), office.send()) == ("ready", "sending", 3)
    with office.database.reading() as tx:
        assert tx.execute(text("SELECT person, deed, subject FROM audit")).all() == [
            (0, "started_announcement", office.made)
        ]
        assert not list(audit.faults(tx))


def test_one_that_needs_more_than_the_month_has_does_not_begin_and_says_so(
    office: Office,
) -> None:
    office.monthly = {"zalo": 10}
    office.announce(11, channel="zalo")
    office.do(announcements.schedule)

    office.tick()

    assert office.status() == "paused"
    assert office.told() == [f"paused {NO_ROOM} 0/11"]
    assert office.send() == 0


def test_when_a_bots_month_is_used_up_meanwhile_the_rest_is_refused(office: Office) -> None:
    office.monthly = {"zalo": 10}
    office.announce(5, channel="zalo")
    office.do(announcements.start)
    office.tick()
    office.send(2)
    with office.database.transaction() as tx:
        quotas.count(tx, [quotas.Month("zalo", "7", "2026-11")] * 10)

    assert office.tick() == Ledger(5, 0, 2, 0, 3, 0, 0)
    assert office.send() == 0


def test_one_that_has_no_words_stops_and_says_so_and_another_goes_on(office: Office) -> None:
    broken = office.announce(2)
    office.do(announcements.start)
    office.words.broken = True
    office.tick()

    office.words.broken = False
    office.announce(1)
    office.do(announcements.start)
    office.tick()

    assert office.send() == 1
    assert office.told() == [f"paused {BROKEN} 0/2"]
    office.made = broken
    assert office.status() == "paused"


BOSS = Chat("browser", "demo", "boss")


def left(office: Office) -> int:
    """Who announced is no officer any more; whoever is one of everywhere is there."""
    with office.database.transaction() as tx:
        officers.dismiss(tx, persons.of(tx, [OFFICER])[OFFICER])
        boss = persons.meet(tx, [BOSS], office.now)[BOSS]
        officers.appoint(tx, boss, "", office.now)
    return boss


@pytest.mark.parametrize("deed", [announcements.start, announcements.schedule])
def test_what_nobody_looks_after_stops_at_once_and_whoever_is_above_is_told(
    office: Office, deed: Callable[..., Any]
) -> None:
    office.announce(2)
    office.do(deed)
    office.now -= timedelta(minutes=1)  # what is to begin by itself is still to
    left(office)

    office.tick()

    assert office.status() == "paused"
    assert office.told() == []
    assert office.told("boss") == ["paused left 0/2"]
    assert office.send() == 0


def test_whoever_took_over_hears_how_it_goes_on(office: Office) -> None:
    office.announce(1)
    office.do(announcements.start)
    boss = left(office)
    office.tick()

    office.do(announcements.resume)
    office.do(lambda tx, made, _: minders.take_over(tx, made, boss))
    office.tick()
    office.send()
    office.tick()

    assert office.told("boss") == ["paused left 0/1", "done 1/1"]


def test_what_is_handed_over_goes_on(office: Office) -> None:
    office.announce(1)
    office.do(announcements.start)
    with office.database.transaction() as tx:
        before = persons.of(tx, [OFFICER])[OFFICER]
        after = persons.meet(tx, [BOSS], office.now)[BOSS]
        officers.appoint(tx, after, "15", office.now)
        assert minders.pass_on(tx, before, after) == []
        officers.dismiss(tx, before)

    office.tick()

    assert office.send() == 1
    assert office.status() == "sending"
