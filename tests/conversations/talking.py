"""A person who talks to the engine alone; after each turn its promises are checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.wording import LIMIT
from conversations import engine
from conversations.events import Address, Content, Event, Tap, Text, Wake
from conversations.form import Form
from conversations.forms import catalogue, score
from conversations.messages import Message
from conversations.play import Turn
from conversations.session import Run, Session, Step, fold_log
from tests.wording import WORDING

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
ADDRESS = Address("test", "bot", "1")
PACE = timedelta(seconds=30)
_OURS = {form.name for form in catalogue} | {score.NAME}


@dataclass
class Chat:
    """One phone; ``form`` is what is talked about."""

    form: Form
    facts: dict[str, Any] = field(default_factory=dict)
    now: datetime = NOON
    session: Session = field(default_factory=Session)
    turns: list[Turn] = field(default_factory=list)
    place: int = 0
    log: list[Step] = field(default_factory=list)

    def begun(self) -> "Chat":
        """The same chat, its form begun."""
        self._keep(engine.start(self.form, self.session, self.facts, self.now))
        return self

    def do(self, content: Content, *, order: int | None = None, pause: timedelta = PACE) -> Turn:
        """Something happens; by default a while after the newest letter was on the screen."""
        self.now += pause
        self.place += 1
        event = Event(ADDRESS, str(self.place), self.now, content, order or self.place)
        return self._keep(engine.step(self.form, self.session, event, self.now))

    def say(self, *texts: str | Content) -> "Chat":
        """Several texts, each after the answer to the one before; or other things among them."""
        for text in texts:
            self.do(Text(text) if isinstance(text, str) else text)
        return self

    def early(self, text: str, pause: timedelta = timedelta(seconds=1)) -> Turn:
        """A text typed before the question on the screen had come."""
        return self.do(Text(text), order=(self.session.shown or 1) - 1, pause=pause)

    def tap(self, data: str) -> Turn:
        """A button, by what it brings back."""
        return self.do(Tap(data))

    def press(self, label: str) -> Turn:
        """The newest button with that label."""
        for message in reversed([m for turn in self.turns for m in turn.messages]):
            for choice in message.choices:
                if label in (choice.label, getattr(choice.label, "key", "")):
                    return self.tap(choice.data)
        raise AssertionError(f"no button {label}")

    def wait(self, time: timedelta) -> "Chat":
        """Time goes by; our clock tells the engine when a pause is over."""
        end, due = self.now + time, self.session.wake_at
        if due is not None and due <= end:
            self.now = due
            self.do(Wake(), pause=timedelta())
        self.now = end
        return self

    def resume(self, *, told: bool = False) -> Turn:
        """The open question is shown again."""
        return self._keep(engine.resume(self.form, self.session, self.now, told=told))

    # -- what is seen ------------------------------------------------------------------------

    @property
    def run(self) -> Run:
        """The run that is talked about, the one just settled, or the one that was left."""
        run = self.session.active() or self.turns[-1].run or self.session.runs[-1]
        assert run is not None
        return run

    @property
    def said(self) -> list[str]:
        """The keys of all that was said last, what comes first in a letter included."""
        return list(keys(self.turns[-1].messages))

    @property
    def answers(self) -> dict[str, Any]:
        """The answers so far."""
        return dict(self.run.answers)

    def words(self, language: str = "vi") -> str:
        """The last letters, as they are read."""
        messages = self.turns[-1].messages
        return "\n".join(s.text for m in messages for s in WORDING.letters(language, m))

    # -- what is promised of every turn ------------------------------------------------------

    def _keep(self, turn: Turn) -> Turn:
        self.turns.append(turn)
        self.log.extend(turn.steps)
        self.session = turn.session
        self._is_its_log()
        self._survives_the_database()
        if self.form.name in _OURS:
            self._can_be_said(turn)
        self._show(turn)
        return turn

    def _is_its_log(self) -> None:
        settled = self.turns[-1].run
        for run in (*self.session.runs, *([settled] if settled else [])):
            assert fold_log(step for step in self.log if step.run == run.id) == run

    def _survives_the_database(self) -> None:
        body = msgspec.json.encode(self.session)
        assert msgspec.json.decode(body, type=Session) == self.session

    def _can_be_said(self, turn: Turn) -> None:
        for language in ("vi", "en"):
            for message in turn.messages:
                for letter in WORDING.letters(language, message):
                    lines = [f"{n}. {label}" for n, (_, label) in enumerate(letter.choices, 1)]
                    assert 0 < len("\n".join([letter.text, *lines])) <= LIMIT

    def _show(self, turn: Turn) -> None:
        for message in turn.messages:
            self.place += 1
            if message.prompt is not None and message.prompt == self.session.token:
                self.session = replace(self.session, shown=self.place)


def keys(messages: Iterable[Message]) -> Iterable[str]:
    """The keys of the messages, each with what is said before it in the same letter."""
    for message in messages:
        yield from keys(message.lead)
        yield message.key
