"""Which letters were handed over: a line in a file, as the last thing before one leaves.

A commit for each would cost more than the letter, and what was claimed and what went are not the
same. The lines outlive kill -9, though not a power cut; so whoever comes next knows which letters
may have come, and says none of them again.
"""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from bot.channels.contract import Ambiguous
from storage.outbox import Settled

MOST = 1 << 18  # bytes; then only the lines that count are kept
_LINE = re.compile(rb"^([+=-])(\d+)(?: (\d+))?\n", re.MULTILINE)
_PERHAPS = f"{Ambiguous.__name__}: the process ended"


class Handed:
    """The lines of one sender: ``+7`` went, ``=7 12`` came to place 12, ``-7`` did not go."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[int, bytes] = {}  # of letters that are not noted yet
        self._file: int | None = None
        self._size = 0

    def left(self) -> list[Settled]:
        """How the letters fared that the process before handed over; known till one goes here."""
        found: dict[int, Settled] = {}
        lines = self._path.read_bytes() if self._path.exists() else b""
        for sign, number, place in _LINE.findall(lines):
            letter = int(number)
            if sign == b"-":
                found.pop(letter, None)
            elif place:
                found[letter] = Settled(letter, "sent", receipt=int(place))
            else:
                found[letter] = Settled(letter, "sent", reason=_PERHAPS)
        return list(found.values())

    def goes(self, letter: int) -> None:
        """It leaves now."""
        self._write(letter, b"+%d\n" % letter)

    def fared(self, settled: Settled) -> None:
        """It came, or it did not."""
        line = b"-%d\n" % settled.id
        if settled.status == "sent":
            line = b"+%d\n" % settled.id
        if settled.status == "sent" and settled.receipt is not None:
            line = b"=%d %d\n" % (settled.id, settled.receipt)
        self._write(settled.id, line)

    def noted(self, letters: Iterable[int]) -> None:
        """What became of these is in the database."""
        for letter in letters:
            self._lines.pop(letter, None)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _write(self, letter: int, line: bytes) -> None:
        self._lines[letter] = line
        if self._file is None or self._size > MOST:
            self._begin()
        else:
            self._size += os.write(self._file, line)

    def _begin(self) -> None:
        """A new file with the lines that still count, in the old one's place at one stroke."""
        self.close()
        beside = self._path.with_suffix(".next")
        beside.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        self._file = os.open(beside, flags, 0o600)
        self._size = os.write(self._file, b"".join(list(self._lines.values())))
        beside.replace(self._path)
