"""The people behind the fake Bot API: each plays the talk, as fast as the answers come or paced."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from benchmarks.bots.script import MEMBER, TALK

BOT = b'{"id":42,"is_bot":true,"first_name":"OCOP","username":"ocop_bot"}'
_encode = msgspec.json.Encoder().encode
Ring = Callable[[int, bytes], None]


class _Button(msgspec.Struct):
    callback_data: str


class _Keyboard(msgspec.Struct):
    inline_keyboard: list[list[_Button]]


_keyboard = msgspec.json.Decoder(_Keyboard).decode


@dataclass(slots=True)
class _Person:
    number: int
    at: int = 0  # the message of the talk that is said or comes next
    missing: int = 0  # letters until it is answered
    since: float = 0.0
    last: int = 0  # the newest message id in the chat
    shown: bytes = b""  # the newest letter, as Telegram writes it
    markup: bytes = b""


@dataclass(frozen=True, slots=True)
class Course:
    """How a run went: seconds from its first update to its last letter, and for each update."""

    seconds: float
    took: Sequence[float]


class Phones:
    """Everybody's phone; ``ring`` is given each update, with its number, when it is there."""

    def __init__(self, letters: Sequence[int], people: int, ring: Ring) -> None:
        self._letters = letters
        self._people = [_Person(number) for number in range(people)]
        self._ring = ring
        self._updates = 0
        self._took: list[float] = []
        self._free: deque[_Person] | None = None  # who waits for a turn, where turns are given
        self._left = 0
        self._done = asyncio.Event()

    async def play(self, first: int, people: int, rate: float = 0.0) -> Course:
        """Let these people play the whole talk: so many updates a second, or all at once for 0."""
        these = self._people[first : first + people]
        self._took, self._left, self._free = [], people, deque(these) if rate else None
        self._done.clear()
        began = time.perf_counter()
        if rate:
            await self._give_turns(began, rate, people * len(TALK))
        else:
            for person in these:
                self._speak(person, began)
        await self._done.wait()
        return Course(time.perf_counter() - began, self._took)

    def sent(self, chat: int, text: str, markup: bytes) -> bytes:
        """Show a letter on its phone; the message as Telegram writes it."""
        person = self._people[chat - MEMBER]
        person.last += 1
        person.markup = markup
        more = b',"reply_markup":' + markup if markup else b""
        person.shown = _message(person, BOT, text, more)
        if person.missing:
            person.missing -= 1
            if person.missing == 0:
                self._answered(person)
        return person.shown

    async def _give_turns(self, began: float, rate: float, count: int) -> None:
        for number in range(count):
            due = began + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            while not self._free:  # noqa: ASYNC110 - everybody waits for an answer
                await asyncio.sleep(0.001)
            self._speak(self._free.popleft(), due)

    def _answered(self, person: _Person) -> None:
        now = time.perf_counter()
        self._took.append(now - person.since)
        person.at += 1
        if person.at == len(TALK):
            self._left -= 1
            if self._left == 0:
                self._done.set()
        elif self._free is not None:
            self._free.append(person)
        else:
            self._speak(person, now)

    def _speak(self, person: _Person, since: float) -> None:
        said = TALK[person.at]
        person.since, person.missing = since, self._letters[person.at]
        self._updates += 1
        told = _typed(person, said.text) if said.button < 0 else _tapped(person, said.button)
        self._ring(self._updates, b'{"update_id":%d,%b}' % (self._updates, told))


def _typed(person: _Person, text: str) -> bytes:
    person.last += 1
    command = b',"entities":[{"type":"bot_command","offset":0,"length":7}]'
    more = command if text.startswith("/") else b""
    return b'"message":' + _message(person, _user(person), text, more)


def _tapped(person: _Person, place: int) -> bytes:
    buttons = [button for row in _keyboard(person.markup).inline_keyboard for button in row]
    data = _encode(buttons[place].callback_data)
    about = (person.number, person.at, _user(person), person.shown, data)
    return (
        b'"callback_query":{"id":"%d-%d","from":%b,"message":%b,"chat_instance":"1","data":%b}'
        % about
    )


def _message(person: _Person, author: bytes, text: str, more: bytes) -> bytes:
    chat = b'{"id":%d,"first_name":"Mai","type":"private"}' % (MEMBER + person.number)
    about = (person.last, author, chat, int(time.time()), _encode(text), more)
    return b'{"message_id":%d,"from":%b,"chat":%b,"date":%d,"text":%b%b}' % about


def _user(person: _Person) -> bytes:
    about = b'{"id":%d,"is_bot":false,"first_name":"Mai","language_code":"vi"}'
    return about % (MEMBER + person.number)
