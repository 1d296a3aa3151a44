"""When one may write to a person: freely, for money, or only in words that were approved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.channels.contract import Refused

FREE = timedelta(hours=48)  # after the person's last act
OPEN = timedelta(days=7)
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


def window(last_act: datetime, now: datetime) -> Window:
    """Which window a person is in, whose last act was then."""
    gone = now - last_act
    if gone <= FREE:
        return "free"
    return "paid" if gone <= OPEN else "closed"
