"""What every channel promises: to send a letter and say where it appeared, or how it failed."""

from datetime import timedelta
from typing import Protocol

from conversations.events import Address
from conversations.messages import Letter


class TryLater(Exception):
    """The channel cannot take the letter now; ``wait`` is how long it wants to be left alone."""

    def __init__(self, reason: str, wait: timedelta | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Ambiguous(TryLater):
    """The letter was handed over and no answer came: sent or not, nobody knows."""


class Refused(Exception):
    """The channel will never take this letter."""


class Unreachable(Exception):
    """The person cannot be reached here any more: blocked, gone, or never there."""


class Moved(Unreachable):
    """The chat goes on at another address."""

    def __init__(self, chat: str) -> None:
        super().__init__("the chat has moved")
        self.chat = chat


class Sender(Protocol):
    """The sending side of a channel."""

    channel: str

    @property
    def pace(self) -> float | None:
        """How many letters a second each of its bots may send; None when nobody counts."""
        ...

    def only_answers(self, bot: str) -> bool:
        """Whether that bot should be given nothing but answers now, to save what it has left."""
        ...

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        """Send the letter and give its place in the chat, on the scale of ``Event.order``.

        Raises TryLater, Ambiguous, Refused or Unreachable, and nothing else on purpose. A letter of
        the same id may come twice, when its first sending was not noted any more.
        """
        ...
