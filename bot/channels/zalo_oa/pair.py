"""The token pair on disk: whatever moment the process dies at, the newest pair can be read."""

import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec


class Pair(msgspec.Struct, frozen=True):
    """What we may call with till when, and what buys the next pair, once.

    ``seed`` is the hash of the first refresh token that somebody set: another one begins anew.
    ``number`` counts the pairs since then, as clocks may be turned back.
    """

    access: str
    refresh: str
    made_at: datetime
    seconds: int
    seed: str
    number: int

    def __repr__(self) -> str:
        """Nothing that counts."""
        return f"Pair(number={self.number})"


class PairFile:
    """Holds one pair. Buying a new pair spoils the old one, so the new one is written first.

    It is written whole beside the old one, made durable, and only then put in its place; a reader
    takes what lies beside it if that is whole, as then the old one is spoilt already.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_suffix(".next")

    def whole(self) -> list[Pair]:
        """The pairs that can be read whole: none, one, or after a crash two."""
        return [pair for pair in map(_read, (self._next, self._path)) if pair is not None]

    def save(self, pair: Pair) -> None:
        """Keep the pair; returns when no crash can lose it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._write(msgspec.json.encode(pair))
        self._next.replace(self._path)
        self._sync()

    def _write(self, content: bytes) -> None:
        opened = os.open(self._next, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(opened, content)
            os.fsync(opened)
        finally:
            os.close(opened)
        self._sync()

    def _sync(self) -> None:
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def hashed(token: str) -> str:
    """What tells a refresh token from another without telling it."""
    return sha256(token.encode()).hexdigest()


def _read(path: Path) -> Pair | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Pair)
    except (FileNotFoundError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
