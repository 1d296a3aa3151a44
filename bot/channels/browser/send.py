"""Letters become lines on a phone's screen."""

from typing import Any

from bot.channels.browser.lines import Lines
from bot.channels.contract import Refused
from bot.channels.kept import PathOf, read
from conversations.events import Address
from conversations.messages import Letter


class BrowserSender:
    """Sends to the phones of the page; a line's number is the receipt."""

    channel = "browser"
    pace = None

    def __init__(self, lines: Lines, files: PathOf | None = None) -> None:
        self._lines = lines
        self._files = files

    def only_answers(self, bot: str) -> bool:
        """Lines cost nothing."""
        del bot
        return False

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int:
        """Show the letter once, however often it is sent; its file has a line of its own before."""
        found = letter.attached
        if found and (kept := await read(self._files, found)):
            name = kept.name if found.kind == "file" else found.name
            shown = {"kind": found.kind, "file": found.file, "name": name}
            size = {"size": len(kept.content)}
            await self._lines.add(address.chat, f"letter:{letter_id}:file", "bot", shown | size)
        choices = [{"data": data, "label": label} for data, label in letter.choices]
        body = {"kind": "text", "text": letter.text, "choices": choices}
        if letter.stands is not None:
            return await self._reword(address.chat, f"letter:{letter_id}", body)
        return await self._lines.add(address.chat, f"letter:{letter_id}", "bot", body)

    async def _reword(self, phone: str, key: str, body: dict[str, Any]) -> int:
        place = await self._lines.reword(phone, key, body)
        if place is None:
            raise Refused("no such line")
        return place
