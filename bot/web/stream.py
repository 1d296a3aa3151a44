"""New lines as server-sent events: none twice, none left out, over any number of broken calls."""

import asyncio
from collections.abc import AsyncIterator

import msgspec

from bot.channels.browser.lines import Lines

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}  # the second is nginx's word
AT_ONCE = 100
LOOK_AGAIN = 1.5  # seconds; a letter that another process has delivered rings no bell here
LOOKS_A_BEAT = 10  # so a comment every 15 seconds keeps the call alive through any proxy


async def events(lines: Lines, phone: str, after: int) -> AsyncIterator[bytes]:
    """Everything after the line ``after``, then each line as it comes, until all is closed."""
    yield b"retry: 1500\n\n"
    idle = 0
    with lines.listening(phone) as bell:
        while not lines.closed:
            bell.clear()
            for line in await lines.after(phone, after, AT_ONCE):
                after = line["seq"]
                yield b"id: %d\nevent: line\ndata: %b\n\n" % (after, msgspec.json.encode(line))
                bell.set()  # there may be more than were fetched
            idle = 0 if await _rings(bell) else idle + 1
            if idle and idle % LOOKS_A_BEAT == 0:
                yield b": still here\n\n"


async def _rings(bell: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(LOOK_AGAIN):
            return await bell.wait()
    except TimeoutError:
        return False
