"""What one person, or all at once, send too much is not heard, and they read of it once."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.reception import Reception
from bot.wording import ours
from conversations.events import Address, Content, Event, Photo, Strange, Text, Wake
from conversations.forms import catalogue
from conversations.messages import Message
from programme.limits import Limits, Most
from storage import files
from storage.database import Database
from storage.intake import Announced
from storage.persons import Chat

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
WORDING = ours()
LAN = Address("telegram", "77", "lan")
MAY = Address("telegram", "77", "may")
FEW = Limits(5, 12, 4, 6, 1, 1000, 1000)


def words(key: str, **args: Any) -> str:
    return WORDING.letters("vi", Message(f"limits.{key}", args))[0].text


TOO_FAST = words("a_minute")
A_DAY = words("a_day")
FILES_A_DAY = words("a_day_of_files")
BUSY = words("busy")


@dataclass
class House:
    """Reception with limits, a clock to turn, and people whose events need no names."""

    database: Database
    limits: Limits = FEW
    now: datetime = NOON
    keys: int = 0
    read: int = 0
    reception: Reception = field(init=False)

    def __post_init__(self) -> None:
        self.reception = Reception(self.database, catalogue, WORDING, lambda: self.now)
        self.reception.limits = self.limits

    def event(self, what: str | Content = "chào em", who: Address = LAN) -> Event:
        self.keys += 1
        content = Text(what) if isinstance(what, str) else what
        return Event(who, str(self.keys), self.now, content)

    def file(self, size: int = 1000, who: Address = LAN) -> Announced:
        self.keys += 1
        chat = Chat(who.channel, who.bot, who.chat)
        about = (str(self.keys), self.now, None, "photo", "source", "", size, "")
        return Announced(chat, *about, self.now, self.now + timedelta(minutes=1))

    def hear(self, *events: Event | Announced) -> list[str]:
        """What is said to everybody since the last time."""
        self.reception.hear(events)
        return self.said()

    def many(self, number: int, who: Address = LAN, *, at_once: bool = True) -> list[str]:
        events = [self.event(who=who) for _ in range(number)]
        return self.hear(*events) if at_once else [s for one in events for s in self.hear(one)]

    def said(self) -> list[str]:
        rows = self.rows("SELECT id, text FROM outbox WHERE id > :read ORDER BY id", read=self.read)
        self.read = rows[-1][0] if rows else self.read
        return [row[1] for row in rows]

    def rows(self, query: str, **about: object) -> Sequence[Any]:
        with self.database.reading() as tx:
            return tx.execute(text(query), about).all()

    def later(self, **about: float) -> None:
        self.now += timedelta(**about)


@pytest.fixture
def house(database: Database) -> House:
    return House(database)


@pytest.mark.parametrize("at_once", [True, False])
def test_of_a_flood_the_first_are_heard_and_one_sentence_answers_the_rest(
    house: House, *, at_once: bool
) -> None:
    said = house.many(50, at_once=at_once)

    assert said.count(TOO_FAST) == 1
    assert len(said) == 5 + 1
    assert said[-1] == TOO_FAST


def test_a_minute_later_she_is_heard_again_and_may_be_told_again(house: House) -> None:
    house.many(9)
    house.later(minutes=1)

    assert house.many(1) != []
    assert TOO_FAST in house.many(9)


def test_what_was_not_heard_is_not_heard_later_though_the_channel_repeats_it(house: House) -> None:
    events = [house.event() for _ in range(8)]
    house.hear(*events)
    house.later(minutes=2)

    assert house.hear(*events) == []


def test_what_is_repeated_counts_once(house: House) -> None:
    """A channel that lost our answers tells the same again; that is not her doing."""
    events = [house.event() for _ in range(5)]
    for _ in range(4):
        house.hear(*events)
    house.later(seconds=59)

    assert TOO_FAST not in [*house.hear(*events), *house.said()]
    assert house.many(1) == [TOO_FAST]


def test_her_earlier_answers_stand_after_a_flood(house: House) -> None:
    house.limits = house.reception.limits = replace(FEW, messages_a_minute=6)
    for word in ("chào", "1", "1", "đăng ký", "1", "HTX Bản Liền"):
        house.hear(house.event(word))
    house.many(40)
    house.later(minutes=1)

    again = house.hear(house.event("đang làm đến đâu"))

    assert "HTX Bản Liền" in " ".join([*again, *house.hear(house.event("xem lại"))])


def test_others_are_heard_while_one_floods(house: House) -> None:
    events = [house.event() for _ in range(50)]
    events.insert(40, house.event(who=MAY))
    house.hear(*events)

    told = house.rows("SELECT chat, count(*) FROM outbox GROUP BY chat ORDER BY chat")

    assert [tuple(row) for row in told] == [("lan", 6), ("may", 1)]


def test_a_day_ends_with_one_sentence_and_begins_anew_at_midnight_in_viet_nam(
    house: House,
) -> None:
    said = []
    for _ in range(6):
        said += house.many(4)
        house.later(minutes=1)

    assert said.count(A_DAY) == 1
    assert len(said) == 12 + 1
    house.now = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    assert A_DAY not in house.many(3)


def test_what_was_too_fast_takes_nothing_of_the_day(house: House) -> None:
    """A key that hangs for a moment must cost her a minute, not the day."""
    house.many(500)
    house.later(minutes=1)

    assert len(house.many(5)) == 5


def test_a_flood_leaves_few_rows(house: House) -> None:
    for _ in range(20):
        house.many(256)
        house.later(minutes=1)

    (rows,) = house.rows("SELECT count(*) FROM inbox")
    (tallies,) = house.rows("SELECT count(*) FROM tallies WHERE chat <> ''")

    assert rows[0] <= 20 * 2 * FEW.messages_a_minute
    assert tallies[0] == 1


def test_the_clock_of_our_own_pauses_is_never_too_much(house: House) -> None:
    house.many(5)

    assert house.hear(*(house.event(Wake()) for _ in range(20))) == []


# -- files -----------------------------------------------------------------------------------------


def test_too_many_files_are_not_fetched_and_one_sentence_says_from_when(house: House) -> None:
    said = house.hear(*(house.file() for _ in range(9)))

    assert words("an_hour_of_files", hour=13) in said
    assert len([each for each in said if each.startswith("Bác gửi nhiều ảnh")]) == 1
    statuses = [row[0] for row in house.rows("SELECT status FROM intake ORDER BY key")]
    assert statuses == ["waiting"] * 4 + ["refused"] * 4


def test_files_too_many_in_a_day_are_not_kept(house: House) -> None:
    said = []
    for _ in range(5):
        said += house.hear(*(house.file() for _ in range(4)))
        house.later(hours=1)

    assert said.count(FILES_A_DAY) == 1
    (waiting,) = house.rows("SELECT count(*) FROM intake WHERE status = 'waiting'")
    assert waiting[0] == 6


def test_files_too_large_for_a_day_are_not_fetched(house: House) -> None:
    said = house.hear(house.file(700_000), house.file(200_000))
    assert FILES_A_DAY not in said

    said = house.hear(house.file(700_000)) + house.hear(house.file(700_000))

    assert said.count(FILES_A_DAY) == 1
    waiting = house.rows("SELECT size FROM intake WHERE status = 'waiting' ORDER BY id")
    assert [row[0] for row in waiting] == [700_000, 200_000]


def test_a_file_counts_once_when_announced_and_heard(house: House) -> None:
    """Announced with a size of 0, as Zalo does; what it really takes counts when it is here."""
    one = house.file(0)
    house.hear(one)
    with house.database.transaction() as tx:
        files.note(tx, "a" * 64, "image/jpeg", 400_000, NOON)
    house.hear(Event(LAN, one.key, house.now, Photo("a" * 64)))

    tallies = house.rows("SELECT what, in_day FROM tallies WHERE chat = 'lan' ORDER BY what")

    assert [tuple(row) for row in tallies] == [("bytes", 400_000), ("files", 1)]


def test_a_file_told_of_twice_counts_once(house: House) -> None:
    one = house.file()
    for _ in range(6):
        house.hear(one)

    assert [tuple(row) for row in house.rows("SELECT count(*) FROM intake")] == [(1,)]
    assert house.hear(house.file(), house.file(), house.file()) == []


def test_a_picture_that_the_page_posts_counts_as_a_file(house: House) -> None:
    with house.database.transaction() as tx:
        files.note(tx, "b" * 64, "image/jpeg", 2_000_000, NOON)

    assert FILES_A_DAY in house.hear(house.event(Photo("b" * 64)))


def test_a_sticker_counts_as_a_message(house: House) -> None:
    assert TOO_FAST in house.hear(*(house.event(Strange("sticker")) for _ in range(6)))


# -- honest people ---------------------------------------------------------------------------------


def test_forty_photos_of_a_thick_dossier_in_ten_minutes_never_meet_a_limit(
    database: Database,
) -> None:
    """Two albums of twenty, each photo of five megabytes; then she asks about each of them."""
    house = House(database, Limits(), NOON - timedelta(minutes=5))
    said = []
    for _ in range(2):
        said += house.hear(*(house.file(5_000_000) for _ in range(20)))
        for _ in range(20):
            house.later(seconds=15)
            said += house.many(1)

    (waiting,) = house.rows("SELECT count(*) FROM intake WHERE status = 'waiting'")
    assert waiting[0] == 40
    assert [each for each in said if "quá, mấy" in each or "chừng này" in each] == []


def test_a_whole_day_of_scoring_two_products_never_meets_a_limit(database: Database) -> None:
    house = House(database, Limits(), datetime(2026, 11, 23, 0, 0, tzinfo=UTC))
    heard = 0
    for _ in range(400):
        heard += len(house.many(1))
        house.later(seconds=3)

    assert heard == 400


# -- a bot's people together -----------------------------------------------------------------------


def people(number: int, begin: int = 0) -> list[Address]:
    return [Address("telegram", "77", f"{n:05d}") for n in range(begin, begin + number)]


def test_beyond_what_a_bot_takes_each_is_told_once_to_wait(database: Database) -> None:
    house = House(database, replace(FEW, bot_messages_a_minute=12))
    crowd = people(10)
    house.hear(*(house.event(who=who) for who in crowd))

    said = [s for _ in range(3) for s in house.hear(*(house.event(who=who) for who in crowd))]

    assert said.count(BUSY) == 10
    assert len(said) == 12
    house.later(minutes=1)
    assert BUSY not in house.hear(*(house.event(who=who) for who in crowd))


def test_what_the_bot_could_not_hear_takes_nothing_of_hers(database: Database) -> None:
    house = House(database, replace(FEW, bot_messages_a_minute=2))
    house.hear(house.event(), house.event(who=MAY))
    house.hear(house.event(), house.event())

    rows = house.rows(
        "SELECT in_near, in_day FROM tallies WHERE chat = 'lan' AND what = 'messages'"
    )

    assert [tuple(row) for row in rows] == [(1, 1)]


def test_newcomers_beyond_the_most_leave_nothing_and_are_met_a_minute_later(
    database: Database,
) -> None:
    house = House(database, replace(FEW, bot_newcomers_a_minute=3))
    house.many(1)
    crowd = people(10)

    said = house.hear(*(house.event(who=who) for who in crowd), house.event())

    assert len(said) == 3
    assert [tuple(r) for r in house.rows("SELECT count(*) FROM persons")] == [(3,)]
    assert [tuple(r) for r in house.rows("SELECT count(*) FROM inbox")] == [(4,)]
    house.later(minutes=1)
    assert len(house.hear(*(house.event(who=who) for who in crowd[2:5]))) == 3


def test_each_bot_has_its_own_count(database: Database) -> None:
    house = House(database, replace(FEW, bot_messages_a_minute=1))
    other = Address("zalo", "9", "lan")

    assert BUSY not in house.hear(house.event(), house.event(who=other))


# -- several processes, and restarts ---------------------------------------------------------------


def test_processes_on_one_database_count_together(house: House) -> None:
    other = House(house.database)
    other.keys, other.read = 1000, 0

    house.many(3)
    other.hear(*(other.event() for _ in range(3)))

    everything = [row[0] for row in house.rows("SELECT text FROM outbox ORDER BY id")]
    assert everything.count(TOO_FAST) == 1
    assert len(everything) == 6


def test_processes_that_hear_at_once_count_each_message(database: Database) -> None:
    """Exactly as many are heard of one chat, whoever hears them."""
    houses = [House(database), House(database), House(database)]

    def hear(number: int) -> None:
        house = houses[number]
        house.keys = 1000 * number
        for _ in range(8):
            house.reception.hear([house.event(), house.event(who=MAY), house.event()])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(hear, range(3)))

    told = houses[0].rows("SELECT chat, text FROM outbox")
    for chat in ("lan", "may"):
        read = [text_ for whose, text_ in told if whose == chat]
        assert read.count(TOO_FAST) == 1
        assert len(read) == FEW.messages_a_minute + 1


def test_without_limits_everything_is_heard(house: House) -> None:
    house.reception.limits = None

    assert len(house.many(50)) == 50


# -- the arithmetic --------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [[1] * 40, [7, 33], [40], [5, 1, 34], [6, 34]])
def test_however_it_comes_as_many_are_heard_and_one_crossing_is_seen(sizes: list[int]) -> None:
    most, near, heard, crossed = Most(5, 100, "minute"), 0, 0, []
    for came in sizes:
        near += came
        sifted = most.sift(near, heard + came, came)
        heard += sifted.heard
        crossed += [sifted.crossed] if sifted.crossed else []

    assert (heard, crossed) == (5, ["minute"])
