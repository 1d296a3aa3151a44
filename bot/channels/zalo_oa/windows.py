"""When one may write to a person: freely, for money, or only in words that were approved."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.channels.contract import Refused

FREE = timedelta(hours=48)  # after the person's last act
OPEN = timedelta(days=7)
REMEMBERED = 10_000  # people
Window = Literal["free", "paid", "closed"]


class WindowClosed(Refused):
    """The person has not written for too long; an approved template is the only way left.

    ``window`` is ``paid`` where money would open it still, else ``closed``.
    """

    def __init__(self, window: Window) -> None:
        super().__init__(f"the window is {window}")
        self.window = window


@dataclass(frozen=True, slots=True)
class Template:
    """An approved template by its number, and what it is to be filled with."""

    id: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Reminder:
    """The office's own approved template, of which one ``field`` takes ``most`` signs of a letter.

    The service's field for a remark takes 200; the words around it are the template's own.
    """

    id: str
    field: str
    most: int

    def filled(self, text: str) -> Template:
        """The template with as many whole sentences of the text as find a place."""
        return Template(self.id, {self.field: _shortened(" ".join(text.split()), self.most)})


@dataclass(slots=True)
class Acts:
    """When people last did something, as far as we have heard it or the service has told us."""

    _at: "OrderedDict[str, datetime]" = field(default_factory=OrderedDict)

    def noted(self, chat: str, at: datetime) -> None:
        """The person did something then; an act of before is no news."""
        self._at[chat] = max(at, self._at.pop(chat, at))
        if len(self._at) > REMEMBERED:
            self._at.popitem(last=False)

    def last(self, chat: str) -> datetime | None:
        """When it was, if we know."""
        return self._at.get(chat)


def window(last_act: datetime, now: datetime) -> Window:
    """Which window a person is in, whose last act was then."""
    gone = now - last_act
    if gone <= FREE:
        return "free"
    return "paid" if gone <= OPEN else "closed"


def _shortened(text: str, most: int) -> str:
    """The text, cut after a sentence or at least after a word."""
    if len(text) <= most:
        return text
    start = text[: most - 1]
    end = max(start.rfind(sign) for sign in (". ", "? ", "! "))
    if end > most // 3:
        return start[: end + 1]
    return (start.rpartition(" ")[0] or start) + "…"
