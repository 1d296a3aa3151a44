"""An officer at the desk while one request is answered: what pages may use, and what they give."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.json import Decoder, encode
from msgspec.structs import replace
from starlette.exceptions import HTTPException

from bot.posting import UNASKED, posted
from bot.wording import Wording
from conversations.form import Form
from conversations.messages import Message, Shown
from conversations.session import Run, Session
from handlers.talk import Talk
from programme.roles import Right
from storage import outbox, persons, sessions
from storage.files import Files
from storage.officers import Scope

LANGUAGE = "vi"
_FIGURES = 9  # that fit into a column; an address may bring anything
_session = Decoder(Session).decode


@dataclass(frozen=True, slots=True)
class Page:
    """A page of that template, and what stands on it."""

    template: str
    about: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Go:
    """On to another page, on which this is said."""

    where: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """A file as it is kept."""

    path: Path
    media: str
    name: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form, and whether it is a picture as the chat takes them.

    ``tried`` is what a hand says of it; None where it fell over it, or was not asked.
    """

    name: str
    content: bytes
    tried: Mapping[str, Any] | None = None
    is_picture: bool = False


Answer = Page | Go | Content


@dataclass(slots=True)
class Visit:
    """One request of an officer: who they are just now, and what they ask."""

    talk: Talk
    scope: Scope
    wording: Wording
    files: Files
    address: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str] = field(default_factory=dict)
    upload: Upload | None = None

    def __post_init__(self) -> None:
        """Let what is done here know and change the sessions of others, as in the chat."""
        self.talk.session_of = self._session_of

    # -- what is asked ---------------------------------------------------------------------------

    def number(self, name: str) -> int:
        """The number that the address names; one that cannot be is not found."""
        told = self.path[name]
        if not told.isdecimal() or len(told) > _FIGURES:
            raise HTTPException(404)
        return int(told)

    def asked(self, name: str, otherwise: int) -> int:
        """A number of the query or of the form; that one where there is none."""
        told = self.form.get(name) or self.query.get(name, "")
        return int(told) if told.isdecimal() and len(told) <= _FIGURES else otherwise

    def day(self, name: str) -> date | None:
        """A day of the form; None for none."""
        try:
            return date.fromisoformat(self.form.get(name, "")[:10])
        except ValueError:
            return None

    def need(self, right: Right) -> None:
        """Go no further without that right in the area."""
        if not self.scope.may(right):
            raise HTTPException(403)

    # -- in words --------------------------------------------------------------------------------

    def words(self, message: Message | str) -> str:
        """The message as it is read."""
        if isinstance(message, str):
            return message
        return "\n".join(one.text for one in self.wording.letters(LANGUAGE, message))

    def value(self, value: Shown | str | None) -> str:
        """An answer as it is read out; empty for none."""
        if isinstance(value, Shown):
            return self.wording.read_out(LANGUAGE, value)
        return value or ""

    def lines(self, some: Iterable[Message | str]) -> list[str]:
        """Several, each without the sign that begins a line in a chat."""
        return [self.words(one).removeprefix("• ") for one in some]

    def said(self) -> tuple[str, ...]:
        """What the deed has told the officer."""
        self.talk.flush()
        told, self.talk.messages = self.talk.messages, []
        return tuple(self.words(one) for one in told)

    # -- deeds -----------------------------------------------------------------------------------

    def does(self, deed: Callable[..., object], *about: Any) -> tuple[str, ...]:
        """Do it as the chat does it, and give what it says."""
        deed(self.talk, *about)
        return self.said()

    def filled(self, form: Form, facts: dict[str, Any], answers: dict[str, Any]) -> Run:
        """The form as it is when all of it was answered, as a page asks it at once."""
        now = self.talk.now
        return Run(0, form.name, form.version, now, now, facts, answers)

    def post(self) -> bool:
        """Post what others are told of the deed; whether that was anything."""
        talk, letters = self.talk, []
        sessions.save(talk.tx, [_saved(*each) for each in talk.sessions.items()], talk.now)
        for person, message in talk.others:
            if chat := persons.chat_of(talk.tx, person):
                told = self.wording.letters(self._language(person), message)
                letters += [posted(chat, person, letter, UNASKED) for letter in told]
        outbox.put(talk.tx, letters, talk.now)
        return bool(letters)

    def _language(self, person: int) -> str:
        return self._session_of(person).language

    def _session_of(self, person: int) -> Session:
        kept = sessions.load(self.talk.tx, [person]).get(person)
        return replace(_session(kept.body), shown=kept.shown) if kept else Session()


def _saved(person: int, session: Session) -> sessions.Saved:
    body = encode(session).decode()
    return sessions.Saved(person, body, session.token, session.shown, session.wake_at)
