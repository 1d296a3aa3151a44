"""Fetching what people sent: it lies with Telegram until we ask, and later still for a while."""

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from bot.channels.calling import Unclear, Unsent
from bot.channels.telegram.calls import TROUBLE, Gone
from bot.channels.telegram.updates import MOST_BYTES
from bot.channels.telegram.wire import TooMuch


class TooBig(Exception):
    """The file is larger than a bot may fetch."""


class NotNow(Exception):
    """Telegram cannot be asked now; the file may come later."""


async def download(bot: Bot, source: str) -> bytes:
    """The content of the file; raises TooBig, Gone or NotNow."""
    try:
        return await _content(bot, await _path(bot, source))
    except TooMuch:
        failure: Exception = TooBig(f"over {MOST_BYTES} bytes")
    except TROUBLE as error:
        failure = NotNow(
            str(error) if isinstance(error, Unsent | Unclear) else type(error).__name__
        )
    raise failure  # outside, so that no address with the token is its context


async def _path(bot: Bot, source: str) -> str:
    """Where the file lies; its name there holds for an hour."""
    try:
        found = await bot.get_file(source)
    except TelegramBadRequest as error:
        big = "too big" in error.message.lower()
        raise (TooBig if big else Gone)(error.message) from None
    if (found.file_size or 0) > MOST_BYTES:
        raise TooBig(f"{found.file_size} bytes")
    if not found.file_path:
        raise Gone("no path")
    return found.file_path


async def _content(bot: Bot, path: str) -> bytes:
    taken = await bot.download_file(path)
    return taken.read() if taken else b""
