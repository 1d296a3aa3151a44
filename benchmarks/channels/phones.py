"""The emulators' people with a phone that ``tests.faults.producer`` can type on."""

import re
from collections.abc import Callable
from typing import Any

from bot.channels import fitting
from conversations.messages import Letter
from storage.persons import Chat
from tests.emulators.telegram_people import Person, Shown
from tests.emulators.zalo_people import User
from tests.faults.phone import Line, Phone

LIMIT = 2000  # signs; no letter here is longer
_NUMBERED = re.compile(r"(\d+)\. ")


class _Screen(list[Any]):
    """What the emulator appends here is seen at once."""

    def __init__(self, seen: Callable[[Any], None]) -> None:
        super().__init__()
        self._seen = seen

    def append(self, thing: Any) -> None:
        super().append(thing)
        self._seen(thing)


class ChannelPhone(Phone):
    """A phone with an app on it; ``doubles`` says of each message whether it goes out twice."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(0, chat.chat)
        self.chat = chat
        self.doubles: Callable[[], bool] = lambda: False
        self.said = 0
        self.doubled = 0
        self.spoke: Callable[[], None] = lambda: None  # is told of each message that goes out
        self.saw: Callable[[Line], None] = lambda _line: None

    async def say(self, text: str) -> None:
        """Send the text; nothing tells whether it was heard."""
        self._send(lambda: self._says(text))

    async def tap(self, data: str) -> None:
        """Tap the button with that content on the newest letter that has it."""
        self._send(lambda: self._taps(data))

    def shows(self, letter: Letter) -> str:
        """What the letter looks like here, but for its choices."""
        return fitting.pieces(letter.text, LIMIT)[-1]

    def _send(self, send: Callable[[], None]) -> None:
        self.said += 1
        self.spoke()
        send()
        if self.doubles():
            self.doubled += 1
            send()

    def _says(self, text: str) -> None:
        raise NotImplementedError  # each channel types and taps in its own way, see below

    def _taps(self, data: str) -> None:
        raise NotImplementedError  # each channel types and taps in its own way, see below

    def _show(self, text: str, choices: tuple[str, ...]) -> None:
        self.lines.append(Line(len(self.lines) + 1, "bot", text, choices))
        self.saw(self.lines[-1])
        self.new.set()


class TelegramPhone(ChannelPhone):
    """With buttons."""

    def __init__(self, person: Person, bot: str) -> None:
        super().__init__(Chat("telegram", bot, str(person.id)))
        self._person = person
        person.screen = _Screen(self._sees)

    def _says(self, text: str) -> None:
        self._person.says(text)

    def _taps(self, data: str) -> None:
        buttons = (one for shown in reversed(self._person.screen) for one in shown.buttons)
        self._person.taps(next(label for label, brings in buttons if brings == data))

    def _sees(self, shown: Shown) -> None:
        self._show(shown.text, tuple(data for _, data in shown.buttons))


class ZaloPhone(ChannelPhone):
    """Without: a choice is a line with a number, and the number is typed."""

    def __init__(self, user: User) -> None:
        super().__init__(Chat("zalo", user.bot.id, user.id))
        self._user = user
        user.messages = _Screen(self._sees)

    def _says(self, text: str) -> None:
        self._user.says(text)

    def _taps(self, data: str) -> None:
        self._user.says(data)

    def shows(self, letter: Letter) -> str:
        """What the letter looks like here, but for its choices."""
        return apart(fitting.pieces(fitting.numbered(letter), LIMIT)[-1])[0]

    def _sees(self, message: tuple[str, str]) -> None:
        self._show(*apart(message[1]))


def apart(text: str) -> tuple[str, tuple[str, ...]]:
    """The letter's own words, and the numbers of the choices under it."""
    lines = text.splitlines()
    last = _NUMBERED.match(lines[-1]) if lines else None
    count = int(last[1]) if last else 0
    own, below = lines[: len(lines) - count], lines[len(lines) - count :]
    numbers = tuple(str(number) for number in range(1, count + 1))
    if not own or any(not one.startswith(f"{n}. ") for n, one in zip(numbers, below, strict=False)):
        return text, ()
    return "\n".join(own), numbers
