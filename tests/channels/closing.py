"""A sender whose service can be gone for one send."""

from dataclasses import dataclass

from bot.channels.contract import Sender
from conversations.events import Address
from conversations.messages import Letter
from tests.emulators.faults import Site


@dataclass
class Closing:
    """The real sender, but without its pace: nobody is to wait for an emulator."""

    real: Sender
    site: Site
    closed: bool = False
    pace: float | None = None

    @property
    def channel(self) -> str:
        return self.real.channel

    def only_answers(self, bot: str) -> bool:
        return self.real.only_answers(bot)

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int | None:
        if not self.closed:
            return await self.real.send(address, letter_id, letter)
        self.closed = False
        await self.site.shut()
        try:
            return await self.real.send(address, letter_id, letter)
        finally:
            await self.site.open()
