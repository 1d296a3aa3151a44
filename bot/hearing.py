"""What one transaction of reception does: events in, sessions, log, rows and letters out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import randbelow
from typing import Any

import msgspec
import structlog
from msgspec.structs import replace

from bot.wording import Wording
from conversations.answers import legible
from conversations.catalogue import Catalogue
from conversations.events import Address, Event, Text
from conversations.messages import Message
from conversations.session import Session, Step
from handlers import routing
from handlers.talk import Talk
from storage import inbox, outbox, persons, sessions, steps
from storage.database import Transaction
from storage.persons import Chat

_log = structlog.get_logger()
_encode = msgspec.json.Encoder().encode
_session = msgspec.json.Decoder(Session).decode


@dataclass(frozen=True, slots=True)
class Held:
    """A text that waits until the question before it is known to have been on the screen."""

    chat: Chat
    key: str
    at: datetime
    text: str
    order: int


_held = msgspec.json.Decoder(Held).decode


@dataclass(slots=True)
class Hearing:
    """The events of one transaction, worked off in their order."""

    tx: Transaction
    now: datetime
    catalogue: Catalogue
    wording: Wording
    officer_code: str | None
    chance: Callable[[int], int] = randbelow
    _people: dict[Chat, int] = field(default_factory=dict)
    _sessions: dict[int, Session] = field(default_factory=dict)
    _dirty: dict[int, None] = field(default_factory=dict)
    _steps: list[steps.Logged] = field(default_factory=list)
    _letters: list[outbox.Posted] = field(default_factory=list)
    _kept_back: list[tuple[inbox.Key, str]] = field(default_factory=list)

    def take(self, events: Sequence[Event], released: Sequence[Chat]) -> None:
        """Hear each event that is new, after those that waited in the released chats."""
        waited = [_event(body) for body in inbox.release(self.tx, released)] if released else []
        waited.sort(key=lambda event: event.order or 0)
        heard = [*waited, *self._new(events)]
        chats = list(dict.fromkeys(chat_of(event.address) for event in heard))
        self._people = persons.meet(self.tx, chats, self.now) if chats else {}
        self._load(list(self._people.values()))
        for event in heard:
            self._hear(self._people[chat_of(event.address)], event)
        self._write()

    def _new(self, events: Sequence[Event]) -> list[Event]:
        rows = [(chat_of(event.address), event.key) for event in events]
        new = inbox.first_times(self.tx, rows, self.now) if rows else set()
        fresh = []
        for event in events:
            key = _key(event)
            if key in new:
                new.discard(key)
                fresh.append(event)
        return fresh

    def _load(self, people: Sequence[int]) -> None:
        for person, kept in sessions.load(self.tx, people).items():
            self._sessions[person] = replace(_session(kept.body), shown=kept.shown)

    def _hear(self, person: int, event: Event) -> None:
        session = self._sessions.get(person) or Session()
        if _must_wait(session, event):
            self._kept_back.append((_key(event), _encode(_holding(event)).decode()))
            return
        about = (self.now, self.catalogue, self.officer_code, self.chance)
        talk = Talk(self.tx, person, session, *about, session_of=self._session_of)
        routing.hear(talk, event)
        person = talk.person  # who it turned out to be
        self._sessions[person] = talk.session
        self._dirty[person] = None
        self._log_steps(person, talk.steps)
        self._post(chat_of(event.address), person, talk.session.language, talk.messages)
        for chat, message in talk.elsewhere:
            self._post(chat, person, talk.session.language, [message])
        for other, message in talk.others:
            self._post_other(other, message)
        if talk.regrouped:
            self._people |= persons.of(self.tx, list(self._people))
        for alert in talk.alerts:
            _log.error("broken_reader", where=alert)

    def _session_of(self, person: int) -> Session:
        """Somebody else's session; what was heard so far is written, for it may become theirs."""
        self._write()
        if person not in self._sessions:
            self._load([person])
        return self._sessions.get(person) or Session()

    def _log_steps(self, person: int, done: Sequence[Step]) -> None:
        self._steps.extend(
            steps.Logged(person, s.run, s.kind, s.path, _json(s.value), s.at, s.typist)
            for s in done
        )

    def _post(self, chat: Chat, person: int, language: str, messages: Sequence[Message]) -> None:
        for message in messages:
            self._letters.extend(
                outbox.Posted(chat, person, letter.text, _json(letter.choices), letter.prompt)
                for letter in self.wording.letters(language, message)
            )

    def _post_other(self, person: int, message: Message) -> None:
        chat = persons.chat_of(self.tx, person)
        if chat is None:
            return
        if person not in self._sessions:
            self._load([person])
        session = self._sessions.get(person) or Session()
        self._post(chat, person, session.language, [message])

    def _write(self) -> None:
        changed = [(person, self._sessions[person]) for person in self._dirty]
        sessions.save(
            self.tx,
            [
                sessions.Saved(p, _encode(s).decode(), s.token, s.shown, s.wake_at)
                for p, s in changed
            ],
            self.now,
        )
        steps.append(self.tx, self._steps)
        outbox.put(self.tx, self._letters, self.now)
        inbox.hold(self.tx, self._kept_back)
        for done in (self._dirty, self._steps, self._letters, self._kept_back):
            done.clear()


def chat_of(address: Address) -> Chat:
    """The address as storage knows it."""
    return Chat(address.channel, address.bot, address.chat)


def _key(event: Event) -> inbox.Key:
    return (event.address.channel, event.address.bot, event.key)


def _must_wait(session: Session, event: Event) -> bool:
    """Whether nobody knows yet if the open question was on the screen when this was typed."""
    return (
        event.order is not None
        and session.token > 0
        and session.shown is None
        and session.asked_in in {(), chat_of(event.address)}
        and isinstance(event.content, Text)
    )


def _holding(event: Event) -> Held:
    text = legible(event.content.text) if isinstance(event.content, Text) else ""
    return Held(chat_of(event.address), event.key, event.at, text, event.order or 0)


def _event(body: str) -> Event:
    held = _held(body)
    return Event(Address(*held.chat), held.key, held.at, Text(held.text), held.order)


def _json(value: Any) -> str:
    return _encode(value).decode()
