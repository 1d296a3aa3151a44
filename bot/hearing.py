"""What one transaction of reception does: events in, sessions, log, rows and letters out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from secrets import randbelow
from typing import Any, Literal

import msgspec
import structlog
from msgspec.structs import replace

from bot.counting import months
from bot.limiting import Limiting
from bot.posting import UNASKED, posted
from bot.wording import Wording
from conversations.answers import legible
from conversations.catalogue import Catalogue
from conversations.events import Address, Content, Event, Tap, Text, Wake
from conversations.messages import Letter, Message
from conversations.session import Session, Step
from handlers import routing
from handlers.talk import Talk
from programme.folding import fold
from programme.limits import Limits
from storage import inbox, intake, outbox, persons, quotas, sessions, steps
from storage.database import Transaction
from storage.intake import Announced
from storage.persons import Chat

_log = structlog.get_logger()
_encode = msgspec.json.Encoder().encode
_decoded = msgspec.json.Decoder(Session).decode
_RECENT = 2048
_LABEL = 100  # signs of what may be the words of a choice
_recent: dict[str, Session] = {}  # by their text, so a session that came back unchanged is known


@dataclass(frozen=True, slots=True)
class Held:
    """What waits: for the question before it to be on the screen, or for a file sent before it."""

    chat: Chat
    key: str
    at: datetime
    text: str
    order: int | None
    kind: Literal["text", "tap", "wake"] = "text"
    behind: int = 0  # the newest file that was on its way then


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
    overlays: tuple[Path, ...] = ()
    start_link: str = ""
    desk_url: str = ""
    limits: Limits | None = None  # none where nobody floods, as where everything is played
    allowed: Mapping[str, int] = field(default_factory=dict)
    _people: dict[Chat, int] = field(default_factory=dict)
    _sessions: dict[int, Session] = field(default_factory=dict)
    _dirty: dict[int, None] = field(default_factory=dict)
    _steps: list[steps.Logged] = field(default_factory=list)
    _letters: list[outbox.Posted] = field(default_factory=list)
    _kept_back: list[tuple[inbox.Key, str]] = field(default_factory=list)
    _files: dict[Chat, tuple[int, int]] = field(default_factory=dict)  # see intake.holding
    _behind: dict[inbox.Key, int] = field(default_factory=dict)  # of what has waited, see Held

    def take(self, events: Sequence[Event | Announced], released: Sequence[Chat]) -> None:
        """Hear each event that is new, after those that waited in the released chats.

        Among the events are files that are on their way, in the place at which they were sent.
        """
        self._files = intake.holding(self.tx, self.now)
        limiting = Limiting(self.tx, self.limits, self.now) if self.limits else None
        new = self._new(events)
        if limiting:
            new = limiting.admit(new)
        told = limiting.told if limiting else {}
        # Whoever goes on while something of theirs waits must not overtake it.
        behind = inbox.with_held(self.tx, [_chat(one) for one in new]) if new else ()
        waited = self._released(list(dict.fromkeys([*released, *behind])))
        heard = [*waited, *new]
        chats = list(dict.fromkeys([*map(_chat, heard), *told]))
        self._people = persons.meet(self.tx, chats, self.now) if chats else {}
        self._load(list(self._people.values()))
        for one in heard:
            if isinstance(one, Announced):
                self._announce(self._people[one.chat], one)
            else:
                self._hear(chat_of(one.address), one)
        for chat, message in told.items():
            self._tell_of_limits(chat, message)
        self._write()
        if limiting:
            limiting.settle()

    def _released(self, chats: Sequence[Chat]) -> list[Event]:
        bodies = [_held(body) for body in inbox.release(self.tx, chats)] if chats else []
        waited = [_event(held) for held in bodies]
        self._behind = {_key(e): held.behind for e, held in zip(waited, bodies, strict=True)}
        waited.sort(key=lambda event: (event.order is None, event.order or 0))
        return waited

    def _new(self, events: Sequence[Event | Announced]) -> list[Event | Announced]:
        rows = [(chat_of(one.address), one.key) for one in events if isinstance(one, Event)]
        new = inbox.first_times(self.tx, rows, self.now) if rows else set()
        fresh: list[Event | Announced] = []
        for event in events:
            if isinstance(event, Announced):
                fresh.append(event)
                continue
            key = _key(event)
            if key in new:
                new.discard(key)
                fresh.append(event)
        heard = [chat_of(one.address) for one in fresh if isinstance(one, Event)]
        quotas.count(self.tx, months(heard, self.now))
        return fresh

    def _load(self, people: Sequence[int]) -> None:
        for person, kept in sessions.load(self.tx, people).items():
            known = _recent.pop(kept.body, None) or _decoded(kept.body)
            self._sessions[person] = replace(known, shown=kept.shown)

    def _hear(self, chat: Chat, event: Event) -> None:
        person = self._people[chat]
        session = self._sessions.get(person) or Session()
        if _must_wait(session, chat, event) or self._is_behind_a_file(chat, event):
            held = _holding(chat, event, self._behind_of(chat, event))
            self._kept_back.append((_key(event), _encode(held).decode()))
            return
        about = (self.now, self.catalogue, self.officer_code, self.chance)
        talk = Talk(self.tx, person, session, *about, session_of=self._session_of)
        talk.overlays, talk.start_link = self.overlays, self.start_link
        talk.allowed, talk.desk_url = self.allowed, self.desk_url
        routing.hear(talk, _as_tapped(session, chat, event))
        person = talk.person  # who it turned out to be
        self._dirty[person] = None
        self._log_steps(person, talk.steps)
        letters = self._post(chat, person, talk.session.language, talk.messages)
        self._sessions[person] = _labelled(talk.session, letters)
        for place, message in talk.elsewhere:
            self._post(place, person, talk.session.language, [message])
        for other, message in talk.others:
            self._post_other(other, message)
        self._sessions |= talk.sessions
        self._dirty |= dict.fromkeys(talk.sessions)
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

    def _announce(self, person: int, file: Announced) -> None:
        """Note a file that is on its way; of several that come together the first is spoken of."""
        number = intake.announce(self.tx, file)
        if number is None:
            return
        oldest, _ = self._files.get(file.chat, (number, number))
        self._files[file.chat] = (oldest, number)
        if intake.awaited(self.tx, file.chat, self.now) == 1:
            session = self._sessions.get(person) or Session()
            self._post(file.chat, person, session.language, [Message("intake.looking")])

    def _tell_of_limits(self, chat: Chat, message: Message) -> None:
        person = self._people[chat]
        session = self._sessions.get(person) or Session()
        self._post(chat, person, session.language, [message])

    def _is_behind_a_file(self, chat: Chat, event: Event) -> bool:
        """Whether a file that was sent before is still on its way."""
        if chat not in self._files or not isinstance(event.content, Text | Tap | Wake):
            return False
        oldest, _ = self._files[chat]
        return oldest <= self._behind_of(chat, event)

    def _behind_of(self, chat: Chat, event: Event) -> int:
        """The newest file that was on its way when this was said; 0 when none was."""
        _, newest = self._files.get(chat, (0, 0))
        return self._behind.get(_key(event), newest)

    def _log_steps(self, person: int, done: Sequence[Step]) -> None:
        self._steps.extend(
            steps.Logged(person, s.run, s.kind, s.path, _json(s.value), s.at, s.typist)
            for s in done
        )

    def _post(
        self, chat: Chat, person: int, language: str, messages: Sequence[Message], rank: int = 0
    ) -> list[Letter]:
        letters = [each for one in messages for each in self.wording.letters(language, one)]
        self._letters.extend(posted(chat, person, letter, rank) for letter in letters)
        return letters

    def _post_other(self, person: int, message: Message) -> None:
        chat = persons.chat_of(self.tx, person)
        if chat is None:
            return
        if person not in self._sessions:
            self._load([person])
        session = self._sessions.get(person) or Session()
        self._post(chat, person, session.language, [message], UNASKED)

    def _saved(self, person: int) -> sessions.Saved:
        session = self._sessions[person]
        about = (session.token, session.shown, session.wake_at)
        return sessions.Saved(person, _text_of(session), *about)

    def _write(self) -> None:
        sessions.save(self.tx, [self._saved(person) for person in self._dirty], self.now)
        steps.append(self.tx, self._steps)
        outbox.put(self.tx, self._letters, self.now)
        inbox.hold(self.tx, self._kept_back)
        for done in (self._dirty, self._steps, self._letters, self._kept_back):
            done.clear()


def _as_tapped(session: Session, chat: Chat, event: Event) -> Event:
    """Who types the words of a choice that is surely on the screen taps it."""
    content, shown = event.content, session.shown
    here = session.menu and session.asked_in in {(), chat}
    if not (here and isinstance(content, Text)):
        return event
    sure = event.order is None or (shown is not None and 0 < shown <= event.order)
    data = session.labels.get(_folded(content.text)) if sure else None
    return (
        event if data is None else Event(event.address, event.key, event.at, Tap(data), event.order)
    )


def _folded(label: str) -> str:
    return fold(label[:_LABEL]).strip(" .,")


def _labelled(session: Session, letters: Sequence[Letter]) -> Session:
    """The session with the words of the choices that are on the screen now."""
    asking = [letter for letter in letters if letter.prompt == session.token and session.token]
    if not asking:
        return session
    labels = {_folded(label): data for data, label in asking[-1].choices}
    return replace(session, labels=labels)


def _text_of(session: Session) -> str:
    text = _encode(session).decode()
    if len(_recent) >= _RECENT:
        _recent.clear()
    _recent[text] = session
    return text


def chat_of(address: Address) -> Chat:
    """The address as storage knows it."""
    return Chat(address.channel, address.bot, address.chat)


def _chat(one: Event | Announced) -> Chat:
    return one.chat if isinstance(one, Announced) else chat_of(one.address)


def _key(event: Event) -> inbox.Key:
    return (event.address.channel, event.address.bot, event.key)


def _must_wait(session: Session, chat: Chat, event: Event) -> bool:
    """Whether nobody knows yet if the open question was on the screen when this was typed."""
    return (
        event.order is not None
        and session.token > 0
        and session.shown is None
        and session.asked_in in {(), chat}
        and isinstance(event.content, Text)
    )


def _holding(chat: Chat, event: Event, behind: int) -> Held:
    about = (chat, event.key, event.at)
    match event.content:
        case Text(text):
            return Held(*about, legible(text), event.order, "text", behind)
        case Tap(data):
            return Held(*about, data, event.order, "tap", behind)
        case _:
            return Held(*about, "", event.order, "wake", behind)


def _event(held: Held) -> Event:
    contents: dict[str, Content] = {"text": Text(held.text), "tap": Tap(held.text), "wake": Wake()}
    return Event(Address(*held.chat), held.key, held.at, contents[held.kind], held.order)


def _json(value: Any) -> str:
    return _encode(value).decode()
