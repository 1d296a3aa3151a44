"""Letters become lines on the screens of a transcript's phones."""

from bot.channels.console.screens import CHANNEL, Screens
from conversations.events import Address
from conversations.messages import Letter


class ConsoleSender:
    """Sends to phones without a network, at once and without fail."""

    channel = CHANNEL
    pace = None

    def __init__(self, screens: Screens) -> None:
        self._screens = screens

    def only_answers(self, bot: str) -> bool:
        """Lines cost nothing."""
        del bot
        return False

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int:
        """Show the letter once, however often it is sent."""
        return self._screens.show(address.chat, letter_id, letter)
