"""Files lent under addresses that nobody guesses and that end: to services, and to people."""

import asyncio
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from msgspec import structs
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from bot.channels.kept import ENDINGS, Kept
from bot.judging import media_type
from conversations.messages import Letter
from programme.folding import fold

PATH = "/lent"
LIFE = timedelta(minutes=10)  # Zalo fetches within a minute and a half, and may try again
A_DAY = timedelta(hours=24)  # for people, who look later
_FILE = re.compile(r"[0-9a-f]{64}")
_UNSAFE = re.compile(r"[^a-z0-9.]+")
_NAME = 40
_SIGNS = 32  # hex digits of the signature: nobody tries 2^128 of them
_SHOWN = {"image/jpeg", "image/png", "image/webp", "application/pdf"}  # by browsers themselves
Say = Callable[[str], str]  # gives the words of a text by its key
_HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Lending:
    """Makes addresses that nobody can guess and that soon lead nowhere.

    ``path_of`` tells where a file lies, by the hash that it is kept under; the ``key`` is secret.
    """

    public_url: str
    key: bytes = field(repr=False)
    path_of: Callable[[str], Path]
    clock: Callable[[], datetime]

    def link(self, file: str, name: str, life: timedelta = LIFE) -> str:
        """An address of the file for so long, that ends in its name."""
        until, plain = int((self.clock() + life).timestamp()), _plain(name)
        sign = self._sign(until, file, plain)
        return f"{self.public_url.rstrip('/')}{PATH}/{until}/{sign}/{file}/{plain}"

    def route(self) -> Route:
        """Where the files are fetched."""
        path = f"{PATH}/{{until:int}}/{{sign}}/{{file}}/{{name}}"
        return Route(path, self._fetched, methods=["GET"])

    def lent(self, until: int, sign: str, file: str, name: str) -> Path | None:
        """Where the file lies, if the address is ours and its time is not over."""
        ours = hmac.compare_digest(self._sign(until, file, name).encode(), sign.encode())
        if not ours or until < self.clock().timestamp() or not _FILE.fullmatch(file):
            return None
        path = self.path_of(file)
        return path if path.is_file() else None

    async def _fetched(self, request: Request) -> Response:
        given = request.path_params
        path = self.lent(given["until"], given["sign"], given["file"], given["name"])
        kind = await asyncio.to_thread(_kind, path) if path else None
        if path is None or kind not in ENDINGS:
            return Response(status_code=404)
        shown = "inline" if kind in _SHOWN else "attachment"
        return FileResponse(
            path,
            media_type=kind,
            headers=_HEADERS,
            filename=given["name"],
            content_disposition_type=shown,
        )

    def _sign(self, until: int, file: str, name: str) -> str:
        said = f"{until}/{file}/{name}".encode()
        return hmac.new(self.key, said, sha256).hexdigest()[:_SIGNS]


def key_of(secret: str) -> bytes:
    """A key that all processes of a bot have, and from which nobody learns the secret."""
    return hmac.new(secret.encode(), b"lending", sha256).digest()


def pointed(letter: Letter, kept: Kept, lending: Lending | None, say: Say | None) -> Letter:
    """The letter with a line that says where its file can be opened, or kindly that it cannot."""
    if letter.attached is None or say is None:
        return letter
    kind = letter.attached.kind
    if lending and lending.public_url and kept.kind in ENDINGS:
        line = f"{say(f'files.{kind}_here')}\n{lending.link(kept.file, kept.name, A_DAY)}"
    else:
        line = say(f"files.{kind}_stays")
    return structs.replace(letter, text=f"{letter.text}\n{line}".strip())


def _kind(path: Path) -> str:
    return media_type(path.read_bytes())


def _plain(name: str) -> str:
    """The name in signs that every chat takes for a part of the address; its end stays."""
    return _UNSAFE.sub("-", fold(name))[-_NAME:].strip("-.") or "file"
