"""The way to the rare tables: for whoever looks after everything, to read; each look is noted.

Their pages come from a library. What is in them that our policy forbids is taken out: scripts and
styles in the page itself, cookies, and addresses with a host. They work without.
"""

import asyncio
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message

from bot.web.desk import door
from programme.roles import Role
from storage import rare_rows
from storage.database import Database
from storage.officers import Scope

BASE = "/desk/tables"
_FORBIDDEN = re.compile(
    r"<script(?![^>]*\ssrc=)[^>]*>.*?</script>|<style[^>]*>.*?</style>|\s(?:style|on\w+)=\"[^\"]*\"",
    re.DOTALL,
)
_KEPT = (b"content-type", b"location")


def may(scope: Scope) -> bool:
    """Whether the officer looks after everything, everywhere: these tables know no areas."""
    return scope.role is Role.ADMINISTRATOR and not scope.area


def looked_at(rest: str) -> str | None:
    """The table that is looked at there; None for the start and for what pages are drawn with.

    LookupError for any other page of the library: some of them write.
    """
    name, _, page = rest.strip("/").partition("/")
    if name in rare_rows.NAMES and page in {"list", "detail"}:
        return name
    if not name or name == "static":
        return None
    raise LookupError(rest)


@dataclass(slots=False)
class Tables:
    """The pages of the rare tables; the library is loaded when somebody first looks."""

    database: Database
    _secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @cached_property
    def _pages(self) -> ASGIApp:
        from bot.web.desk import tables  # noqa: PLC0415 - it brings a library that few need

        return tables.application(BASE, self.database.reading, self._secret)

    async def answer(self, request: Request) -> Response:
        """The page that is asked for, fit for our policy."""
        status, headers, body = await _asked(self._pages, _scope(request))
        kept = {name.decode(): value.decode() for name, value in headers if name in _KEPT}
        host = str(request.base_url).rstrip("/")
        if "location" in kept:
            kept["location"] = kept["location"].removeprefix(host)
        if kept.get("content-type", "").startswith("text/html"):
            body = _FORBIDDEN.sub("", body.decode().replace(host, "")).encode()
            kept |= door.HEADERS
        return Response(body, status, kept)


def _scope(request: Request) -> dict[str, Any]:
    """The request as the library's own application gets it: by its address, with no cookie."""
    known = ("type", "asgi", "http_version", "scheme", "path", "raw_path", "query_string", "server")
    told = {name: request.scope[name] for name in known if name in request.scope}
    host = [(name, value) for name, value in request.scope["headers"] if name == b"host"]
    return {**told, "method": "GET", "root_path": "", "headers": host}


async def _asked(
    app: ASGIApp, scope: dict[str, Any]
) -> tuple[int, Iterable[tuple[bytes, bytes]], bytes]:
    """What the application answers, all of it."""
    told: list[Message] = []
    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        if (request := next(asked, None)) is None:
            await asyncio.Event().wait()  # whoever asked stays till all is said
        return request or {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        told.append(message)

    await app(scope, receive, send)
    body = b"".join(each.get("body", b"") for each in told[1:])
    return told[0]["status"], told[0]["headers"], body
