"""Opening the links that the bot writes, as a person's browser would."""

import re
from collections.abc import Iterable

import aiohttp

from bot.starting import words
from tests.wording import WORDING

PUBLIC = "bot.example.vn"
_LINK = re.compile(rf"https://{re.escape(PUBLIC)}(/\S+)")


async def linked(texts: Iterable[str], ours: str) -> list[bytes]:
    """What lies behind every link in these texts, of a public address that is really ``ours``."""
    paths = [path for text in texts for path in _LINK.findall(text)]
    async with aiohttp.ClientSession(ours) as session:
        return [await _content(session, path) for path in paths]


async def _content(session: aiohttp.ClientSession, path: str) -> bytes:
    async with session.get(path) as answer:
        assert answer.status == 200
        return await answer.read()


def say(key: str) -> str:
    """What the bot says of files."""
    return words(WORDING, key)
