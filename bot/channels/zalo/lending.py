"""Pictures lent to Zalo: it takes them from public addresses alone, so each gets a brief one."""

import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

PATH = "/lent"
LIFE = timedelta(minutes=10)  # Zalo fetches within a minute and a half, and may try again
_FILE = re.compile(r"[0-9a-f]{64}")
_KINDS = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}
_HEADERS = {"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}


@dataclass(frozen=True, slots=True)
class Lending:
    """Makes addresses that nobody can guess and that soon lead nowhere.

    ``path_of`` tells where a file lies, by its name; the ``key`` is secret.
    """

    public_url: str
    key: bytes = field(repr=False)
    path_of: Callable[[str], Path]
    clock: Callable[[], datetime]

    def link(self, file: str) -> str:
        """An address of the file for the next ten minutes."""
        until = int((self.clock() + LIFE).timestamp())
        return f"{self.public_url.rstrip('/')}{PATH}/{until}/{self._sign(until, file)}/{file}"

    def route(self) -> Route:
        """Where the pictures are fetched."""
        return Route(f"{PATH}/{{until:int}}/{{sign}}/{{file}}", self._fetched, methods=["GET"])

    def lent(self, until: int, sign: str, file: str) -> Path | None:
        """Where the file lies, if the address is ours and its time is not over."""
        ours = hmac.compare_digest(self._sign(until, file).encode(), sign.encode())
        if not ours or until < self.clock().timestamp() or not _FILE.fullmatch(file):
            return None
        path = self.path_of(file)
        return path if path.is_file() else None

    async def _fetched(self, request: Request) -> Response:
        given = request.path_params
        path = self.lent(given["until"], given["sign"], given["file"])
        kind = _kind(path) if path else None
        if path is None or kind is None:
            return Response(status_code=404)
        return FileResponse(path, media_type=kind, headers=_HEADERS)

    def _sign(self, until: int, file: str) -> str:
        return hmac.new(self.key, f"{until}/{file}".encode(), sha256).hexdigest()


def key_of(token: str) -> bytes:
    """A key that all processes of a bot have, and from which nobody learns the bot's token."""
    return hmac.new(token.encode(), b"lending", sha256).digest()


def _kind(path: Path) -> str | None:
    """What kind of picture it is; other files are not lent."""
    with path.open("rb") as file:
        start = file.read(4)
    return next((kind for first, kind in _KINDS.items() if start.startswith(first)), None)
