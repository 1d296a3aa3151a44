"""One person in two chats whose places are on different scales: numbers, and milliseconds."""

from datetime import datetime, timedelta
from itertools import count

import msgspec
import pytest
from sqlalchemy import text

from bot.reception import Reception
from conversations.events import Address, Event, Tap, Text
from conversations.forms import catalogue
from conversations.session import Session
from storage import inbox, persons, sessions, steps
from storage.database import Database
from storage.persons import Chat
from tests.handlers.phones import Phones
from tests.wording import WORDING

START = datetime.fromisoformat("2026-12-04T08:00:00+07:00")
ZALO, TELEGRAM = Chat("zalo", "77", "an"), Chat("telegram", "88", "1234")
CODE = "123456"


class Channels:
    """Zalo, where a place is a time in milliseconds, and Telegram, where it is a small number."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.now = START
        self._numbers = count(10)
        self._keys = count()
        self.reception = Reception(database, catalogue, WORDING, lambda: self.now)
        self.reception.chance = lambda _: int(CODE)

    def place(self, chat: Chat) -> int:
        self.now += timedelta(seconds=5)
        return next(self._numbers) if chat == TELEGRAM else int(self.now.timestamp() * 1000)

    def typed(self, chat: Chat, words: str, place: int | None = None) -> Event:
        order = self.place(chat) if place is None else place
        return Event(Address(*chat), f"{next(self._keys)}", self.now, Text(words), order)

    def say(self, chat: Chat, *texts: str) -> str:
        """Type these, each after all letters have come; the last letter in that chat."""
        for words in texts:
            self.reception.hear([self.typed(chat, words)])
            self.deliver()
        return self.letters(chat)[-1]

    def deliver(self) -> None:
        """Let every letter arrive in its chat, and what waited for that be heard."""
        while waiting := self._waiting():
            with self.database.transaction() as tx:
                for letter, chat, person, prompt in waiting:
                    shown = self.place(chat)
                    done = text("UPDATE outbox SET status = 'sent' WHERE id = :letter")
                    tx.execute(done, {"letter": letter})
                    if prompt is not None:
                        sessions.note_shown(tx, [(person, prompt, shown)])
                held = inbox.with_held(tx, [chat for _, chat, _, _ in waiting])
            if held:
                self.reception.hear([], held)

    def _waiting(self) -> list[tuple[int, Chat, int, int | None]]:
        asked = text(
            "SELECT id, channel, bot, chat, person_id, prompt FROM outbox"
            " WHERE status = 'waiting' ORDER BY id"
        )
        with self.database.reading() as tx:
            return [(row[0], Chat(*row[1:4]), row[4], row[5]) for row in tx.execute(asked)]

    def letters(self, chat: Chat) -> list[str]:
        """All letters to that chat."""
        asked = text("SELECT text FROM outbox WHERE chat = :chat ORDER BY id")
        with self.database.reading() as tx:
            rows = tx.execute(asked, {"chat": chat.chat}).all()
        return [row[0] for row in rows]

    def session(self) -> Session:
        """The talk with the person of the first chat."""
        with self.database.reading() as tx:
            person = persons.of(tx, [ZALO])[ZALO]
            return msgspec.json.decode(sessions.load(tx, [person])[person].body, type=Session)

    def people(self) -> set[int]:
        with self.database.reading() as tx:
            return set(persons.of(tx, [ZALO, TELEGRAM]).values())


@pytest.fixture
def talk(phones: Phones) -> Channels:
    """Somebody who was asked a question on Zalo and then linked Telegram."""
    made = Channels(phones.database)
    made.say(ZALO, "chào em", "đồng ý", "cả hai", "hồ sơ chủ thể", "của tôi", "nối kênh")
    made.say(TELEGRAM, f"nối {CODE}", "nối", "được")
    return made


def test_an_answer_on_the_new_channel_is_an_answer(talk: Channels) -> None:
    """Its places are small numbers; beside the milliseconds of Zalo they would all be too early."""
    said = talk.say(TELEGRAM, "HTX Bản Liền")

    assert "Bên bác là loại nào" in said
    assert talk.session().runs[0].answers["name"] == "HTX Bản Liền"


def test_back_on_the_first_channel_the_question_is_shown_before_it_is_answered(
    talk: Channels,
) -> None:
    """Beside Telegram's small numbers any time in milliseconds would be late enough."""
    talk.say(TELEGRAM, "HTX Bản Liền")

    shown = talk.say(ZALO, "Hợp tác xã")
    answered = talk.say(ZALO, "Hợp tác xã")

    assert "Bên bác là loại nào" in shown
    assert "Em ghi: Hợp tác xã" in answered


def test_between_two_channels_nothing_is_answered_twice_or_lost(talk: Channels) -> None:
    talk.say(TELEGRAM, "HTX Bản Liền")
    talk.say(ZALO, "x", "Hợp tác xã")
    talk.say(TELEGRAM, "x", "Bản Liền, Lào Cai")
    talk.say(ZALO, "x", "đúng", "Vàng Thị Mẩy")

    answers = talk.session().runs[0].answers
    assert answers["name"] == "HTX Bản Liền"
    assert answers["kind"] == "cooperative"
    assert answers["commune"]["name"] == "xã Bản Liền"
    assert answers["representative"] == "Vàng Thị Mẩy"


def test_nobody_waits_in_one_chat_for_the_receipt_of_another(talk: Channels) -> None:
    talk.reception.hear([talk.typed(TELEGRAM, "HTX Bản Liền")])

    talk.reception.hear([talk.typed(ZALO, "Hợp tác xã")])

    assert "Bên bác là loại nào" in talk.letters(ZALO)[-1]


def test_in_its_own_chat_an_answer_still_waits_for_the_receipt(talk: Channels) -> None:
    talk.reception.hear([talk.typed(TELEGRAM, "HTX Bản Liền")])
    talk.reception.hear([talk.typed(TELEGRAM, "Hợp tác xã", place=10**6)])
    before = talk.session().runs[0].answers

    talk.deliver()

    assert "kind" not in before
    assert talk.session().runs[0].answers["kind"] == "cooperative"


def test_what_was_typed_too_early_is_still_too_early_in_its_own_chat(talk: Channels) -> None:
    talk.say(TELEGRAM, "HTX Bản Liền")

    talk.reception.hear([talk.typed(TELEGRAM, "Hợp tác xã", place=11)])

    assert "kind" not in talk.session().runs[0].answers


def test_a_late_receipt_of_the_other_chat_changes_nothing(talk: Channels) -> None:
    talk.reception.hear([talk.typed(TELEGRAM, "HTX Bản Liền")])
    talk.reception.hear([talk.typed(ZALO, "x")])
    talk.deliver()

    assert "Em ghi: Hợp tác xã" in talk.say(ZALO, "Hợp tác xã")


def test_an_old_button_elsewhere_leaves_the_question_where_it_stands(talk: Channels) -> None:
    talk.say(TELEGRAM, "HTX Bản Liền")
    before = talk.session()

    event = Event(Address(*ZALO), "tap", talk.now, Tap("a|99|name|x"), None)
    talk.reception.hear([event])
    talk.deliver()

    assert talk.session().asked_in == before.asked_in == TELEGRAM
    assert "Em ghi: Hợp tác xã" in talk.say(TELEGRAM, "Hợp tác xã")


# -- many events in one commit --------------------------------------------------------------------


@pytest.fixture
def apart(phones: Phones) -> Channels:
    """Somebody with a draft on Zalo, and the same with another draft on Telegram."""
    made = Channels(phones.database)
    made.say(ZALO, "chào em", "đồng ý", "cả hai", "hồ sơ chủ thể", "của tôi", "nối kênh")
    made.say(TELEGRAM, "chào em", "đồng ý", "cả hai", "hồ sơ chủ thể", "của tôi")
    return made


def test_what_happens_on_both_in_the_same_commit_is_all_kept(apart: Channels) -> None:
    """Before, between and after: the answers of both, and what is said once they are one."""
    late = 10**6
    first = [
        apart.typed(ZALO, "HTX Bản Liền"),
        apart.typed(TELEGRAM, "HTX Nậm Đét", place=late),
        apart.typed(TELEGRAM, f"nối {CODE}", place=late),
    ]
    for event in first:
        apart.reception.hear([event])
        apart.deliver()
    together = [
        apart.typed(ZALO, "Hợp tác xã"),
        apart.typed(TELEGRAM, "gặp cán bộ", place=2 * late),
        Event(Address(*TELEGRAM), "yes", apart.now, Tap("m|link_yes")),
        apart.typed(ZALO, "phiếu của tôi"),
        apart.typed(TELEGRAM, "phiếu của tôi", place=3 * late),
    ]

    apart.reception.hear(together)
    apart.deliver()

    runs = apart.session().runs
    assert len(apart.people()) == 1
    assert sorted(run.answers["name"] for run in runs) == ["HTX Bản Liền", "HTX Nậm Đét"]
    assert sum("kind" in run.answers for run in runs) == 1
    with apart.database.reading() as tx:
        assert len(sessions.everyone(tx)) == 1
        assert {person for person, _ in steps.runs(tx)} == apart.people()


def test_a_chat_that_was_parted_is_somebody_new_in_the_same_commit(talk: Channels) -> None:
    late = 10**6
    talk.say(TELEGRAM, "bỏ nối")
    together = [
        talk.typed(TELEGRAM, "1", place=late),
        talk.typed(TELEGRAM, "phiếu của tôi", place=late + 1),
    ]

    talk.reception.hear(together)
    talk.deliver()

    assert len(talk.people()) == 2
    assert "Bác có đồng ý không" in talk.letters(TELEGRAM)[-1]
