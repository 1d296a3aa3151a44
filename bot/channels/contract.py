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


class Refused(Exception):
    """The channel will never take this letter."""


class Unreachable(Exception):
    """The person cannot be reached here any more: blocked, gone, or never there."""


class Sender(Protocol):
    """The sending side of a channel."""

    channel: str

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        """Send the letter and give its place in the chat, on the scale of ``Event.order``.

        Raises TryLater, Refused or Unreachable, and nothing else on purpose. A letter of the same
        id may come twice, when its first sending was not noted any more.
        """
        ...
