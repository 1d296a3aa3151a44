"""The real idea form through the real reception and delivery, kept by SQLite before any answer."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.bots.known import introduce
from benchmarks.bots.script import MEMBER, Script
from bot import clock
from bot.collecting import calm
from bot.delivery import Delivery
from bot.reception import Reception
from bot.settings import ROOT
from bot.wording import Wording
from conversations.events import Address, Content, Event, Tap, Text
from conversations.forms import catalogue
from conversations.messages import Letter
from programme.limits import Limits
from storage import ideas, tables
from storage.database import Database
from storage.persons import Chat

CHANNEL = "bench"


class _Of(msgspec.Struct):
    id: int


class _Message(msgspec.Struct):
    message_id: int
    chat: _Of
    text: str = ""


class _Query(msgspec.Struct):
    data: str
    message: _Message


class _Update(msgspec.Struct):
    update_id: int
    message: _Message | None = None
    callback_query: _Query | None = None


class _Sent(msgspec.Struct):
    result: _Message


_update = msgspec.json.Decoder(_Update).decode
_sent = msgspec.json.Decoder(_Sent).decode
_encode = msgspec.json.Encoder().encode


class Wire:
    """A network that takes no time; it writes each letter as Telegram wants it."""

    channel = CHANNEL
    pace = None

    def __init__(self, sent: Callable[[str], None]) -> None:
        self._sent = sent
        self.last: dict[str, int] = {}
        self.buttons: dict[str, tuple[str, ...]] = {}
        self.out: list[tuple[str, Letter]] = []

    def only_answers(self, bot: str) -> bool:
        """There is no limit."""
        del bot
        return False

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int:
        """Take the letter, and say where it appeared."""
        del letter_id
        chat = address.chat
        self.last[chat] += 1
        keyboard = [[{"text": label, "callback_data": data}] for data, label in letter.choices]
        markup = {"inline_keyboard": keyboard}
        _encode({"chat_id": chat, "text": letter.text, "reply_markup": markup})
        self.buttons[chat] = tuple(data for data, _ in letter.choices)
        self.out.append((chat, letter))
        self._sent(chat)
        answer = b'{"ok":true,"result":{"message_id":%d,"chat":{"id":%b},"text":"?"}}'
        return _sent(answer % (self.last[chat], chat.encode())).result.message_id


# All is counted, as it always is, and nothing is too much.
AMPLE = Limits(*[10**9] * 7)


class Bot:
    """Updates go in as bytes; ``tell`` returns when their answer has gone out."""

    def __init__(
        self, script: Script, folder: Path, people: int, now: Callable[[], datetime] = clock.now
    ) -> None:
        self._expected = [len(letters) for letters in script.letters]
        self._people = people
        self._now = now
        self.database = Database(f"sqlite:///{folder / 'ours.db'}")
        wording = Wording(ROOT / "templates")
        self.wire = Wire(self._answer)
        self.reception = Reception(self.database, catalogue, wording, now)
        self.reception.limits = AMPLE
        self.delivery = Delivery(self.database, self.reception, {CHANNEL: self.wire}, now, "bench")
        self.heard: dict[int, float] = {}
        self._waiting: dict[str, asyncio.Future[None]] = {}
        self._missing: dict[str, int] = defaultdict(int)
        self._sending: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Get ready."""
        self.prepare()
        self.reception.errands = self.delivery
        self.reception.start()
        self._sending = asyncio.create_task(self.delivery.run())
        calm()

    def prepare(self) -> None:
        """Let everybody be known with their producer, as after the first talk of their life."""
        tables.metadata.create_all(self.database.engine)
        with self.database.transaction() as tx:
            introduce(tx, [_chat(person) for person in range(self._people)], self._now())

    async def close(self) -> None:
        """End."""
        if self._sending:
            self._sending.cancel()
            await asyncio.wait([self._sending])
        self.reception.stop()
        self.database.close()

    async def tell(self, person: int, at: int, body: bytes) -> None:
        """Let one update be heard; returns when all that it leads to is sent and noted."""
        del person
        event = self.event(body)
        chat = event.address.chat
        answered = asyncio.get_running_loop().create_future()
        self._missing[chat] = self._expected[at]
        self._waiting[chat] = answered
        await self.reception.receive(event)
        if self._missing[chat]:
            await answered

    def event(self, body: bytes) -> Event:
        """The update as reception hears it."""
        update = _update(body)
        query = update.callback_query
        message = query.message if query else update.message
        assert message is not None
        content: Content = Tap(query.data) if query else Text(message.text)
        order = message.message_id + 1 if query else message.message_id
        address = Address(CHANNEL, "one", str(message.chat.id))
        self.wire.last[address.chat] = order
        return Event(address, str(update.update_id), self._now(), content, order)

    def _answer(self, chat: str) -> None:
        if chat in self._waiting:
            self._missing[chat] -= 1
            if self._missing[chat] == 0:
                self._waiting.pop(chat).set_result(None)

    def button(self, person: int, place: int) -> str:
        """What the button at that place of the last letter brings back."""
        return self.wire.buttons[str(MEMBER + person)][place]

    @property
    def finished(self) -> list[dict[str, Any]]:
        """The ideas that were handed in."""
        with self.database.reading() as tx:
            return ideas.everyone(tx)


def _chat(person: int) -> Chat:
    return Chat(CHANNEL, "one", str(MEMBER + person))
