"""The lines of every phone, and who is waiting for the next one."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec

from storage import files, phones
from storage.database import Database

A_PAGE = 200


class Lines:
    """What a chat app's own servers would keep: each phone's lines, and a bell for new ones."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.closed = False
        self._database = database
        self._bells: dict[str, set[asyncio.Event]] = {}

    async def add(self, phone: str, key: str, who: str, body: dict[str, Any]) -> int:
        """Keep a line and ring; a key that the phone has already keeps its first line."""
        written = msgspec.json.encode(body).decode()
        seq, new = await asyncio.to_thread(self._append, phone, key, who, written)
        if new:
            self.ring(phone)
        return seq

    async def reword(self, phone: str, key: str, body: dict[str, Any]) -> int | None:
        """Change a line where it stands and ring; its number, None where there is no such line."""
        written = msgspec.json.encode(body).decode()
        seq = await asyncio.to_thread(self._reworded, phone, key, written)
        self.ring(phone)
        return seq

    async def after(self, phone: str, seq: int, most: int) -> list[dict[str, Any]]:
        """At most so many lines that came after a line, oldest first."""
        return await asyncio.to_thread(self._after, phone, seq, most)

    async def before(self, phone: str, seq: int | None, most: int) -> list[dict[str, Any]]:
        """At most so many lines before a line (None: the very last ones), oldest first."""
        return await asyncio.to_thread(self._before, phone, seq, most)

    async def file(self, phone: str, file: str) -> tuple[str, str] | None:
        """The name and the kind of that file; None when no line of the phone shows it."""
        return await asyncio.to_thread(self._file, phone, file)

    @contextmanager
    def listening(self, phone: str) -> Iterator[asyncio.Event]:
        """A bell that rings at each new line of the phone, and when everything closes."""
        bell = asyncio.Event()
        bells = self._bells.setdefault(phone, set())
        bells.add(bell)
        try:
            yield bell
        finally:
            bells.discard(bell)
            if not bells:
                self._bells.pop(phone, None)

    def ring(self, phone: str) -> None:
        """Wake whoever listens to the phone."""
        for bell in self._bells.get(phone, ()):
            bell.set()

    def close(self) -> None:
        """Let every listener go."""
        self.closed = True
        for phone in self._bells:
            self.ring(phone)

    def _append(self, phone: str, key: str, who: str, body: str) -> tuple[int, bool]:
        with self._database.transaction() as tx:
            return phones.append(tx, phone, key, who, body, self.clock())

    def _reworded(self, phone: str, key: str, body: str) -> int | None:
        with self._database.transaction() as tx:
            return phones.reword(tx, phone, key, body, self.clock())

    def _after(self, phone: str, seq: int, most: int) -> list[dict[str, Any]]:
        with self._database.reading() as tx:
            return _shown(phones.after(tx, phone, seq, most))

    def _before(self, phone: str, seq: int | None, most: int) -> list[dict[str, Any]]:
        with self._database.reading() as tx:
            return _shown(phones.before(tx, phone, seq, most))

    def _file(self, phone: str, file: str) -> tuple[str, str] | None:
        name = self._file_name(phone, file)
        if name is None:
            return None
        with self._database.reading() as tx:
            kind = files.mime(tx, file)
        return (name, kind) if kind else None

    def _file_name(self, phone: str, file: str) -> str | None:
        seq = 0
        while page := self._after(phone, seq, A_PAGE):
            for line in page:
                if line.get("file") == file:
                    return str(line.get("name", ""))
            seq = page[-1]["seq"]
        return None


def _shown(lines: list[phones.Line]) -> list[dict[str, Any]]:
    """Lines as they go to the page."""
    return [
        {"seq": line.seq, "who": line.who, "at": line.at, **msgspec.json.decode(line.body)}
        for line in lines
    ]
