"""The files that letters bring: read from where we keep them, and sent ahead of the words once."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from bot.channels.contract import Ambiguous, TryLater
from bot.judging import CALENDAR, DOCX, XLSX, ZIP, media_type, plain_name
from conversations.messages import Attached

ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/pdf": ".pdf",
    DOCX: ".docx",
    XLSX: ".xlsx",
    ZIP: ".zip",
    CALENDAR: ".ics",
}
_NAMED_BY = 8  # signs of the hash, where a file has no name
_log = structlog.get_logger()

PathOf = Callable[[str], Path]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as its bytes show it; ``kind`` is a media type, ``name`` ends as files of it do."""

    file: str
    content: bytes = field(repr=False)
    kind: str
    name: str


def find(path_of: PathOf | None, attached: Attached) -> Path | None:
    """Where the file lies; None, and a line in the log, when it does not."""
    try:
        path = path_of(attached.file) if path_of else None
    except ValueError:
        path = None
    if path is None or not path.is_file():
        _log.error("file_missing", file=attached.file[:_NAMED_BY])
        return None
    return path


async def read(path_of: PathOf | None, attached: Attached) -> Kept | None:
    """The file that is attached; None, and a line in the log, when it is not there."""
    path = find(path_of, attached)
    return None if path is None else await asyncio.to_thread(_read, path, attached)


def _read(path: Path, attached: Attached) -> Kept:
    content = path.read_bytes()
    kind = media_type(content)
    name, ending = plain_name(attached.name), ENDINGS.get(kind, "")
    if name and not name.lower().endswith(ending):
        name += ending
    return Kept(attached.file, content, kind, name or attached.file[:_NAMED_BY] + ending)


@dataclass(slots=True)
class Ahead:
    """Which letters' files are through already, while their words are still to be sent."""

    _over: set[int] = field(default_factory=set)
    _doubtful: set[int] = field(default_factory=set)

    def over(self, letter_id: int) -> bool:
        """Whether nothing more is to be done about the letter's file."""
        return letter_id in self._over

    def skip(self, letter_id: int) -> None:
        """Let the words go without the file."""
        self._over.add(letter_id)

    async def send(self, letter_id: int, call: Callable[[], Awaitable[object]]) -> None:
        """Send the file. When nobody knows whether it came it is sent once more, then left alone.

        Such doubt is not the letter's own: its words have certainly not been sent yet.
        """
        try:
            await call()
        except Ambiguous as unknown:
            if letter_id not in self._doubtful:
                self._doubtful.add(letter_id)
                raise TryLater(str(unknown), unknown.wait) from None
        self._over.add(letter_id)

    def forget(self, letter_id: int) -> None:
        """The whole letter is through."""
        self._over.discard(letter_id)
        self._doubtful.discard(letter_id)
