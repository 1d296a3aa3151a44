"""The way to the rare tables: for whoever looks after everything; each look is noted.

Their pages are answered by a library that never hears a cookie, and is never heard setting one.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message

from bot.web.desk import door
from conversations.answers import legible
from handlers.officer import mending
from programme.roles import Role
from storage import rare_rows
from storage.database import Database
from storage.officers import Scope

if TYPE_CHECKING:
    from bot.web.desk.tables import Change

BASE = "/desk/tables"
_GONE_ON = 303


class Asked(NamedTuple):
    """What a page is answered with: what stands on every page, and how a row is changed."""

    about: Mapping[str, Any]
    form: Mapping[str, str]
    change: "Change"


def may(scope: Scope) -> bool:
    """Whether the officer looks after everything, everywhere: these tables know no areas."""
    return scope.role is Role.ADMINISTRATOR and not scope.area


def looked_at(rest: str, *, posts: bool) -> str | None:
    """The table that is looked at there, or whose row is changed; None for the start.

    LookupError for any other page of the library: some of them write.
    """
    name, _, page = rest.strip("/").partition("/")
    if name in mending.CELLS and page == "edit":
        return name
    if posts:
        raise HTTPException(405)
    if name in rare_rows.NAMES and page in {"list", "detail"}:
        return name
    if name:
        raise LookupError(rest)
    return None


@dataclass(slots=False)
class Tables:
    """The pages of the rare tables; the library is loaded when somebody first looks."""

    database: Database

    @cached_property
    def _pages(self) -> ASGIApp:
        from bot.web.desk import tables  # noqa: PLC0415 - it brings a library that few need

        return tables.application(BASE, self.database.reading)

    async def answer(self, request: Request, asked: Asked) -> Response:
        """The page that is asked for; behind a change, on to the row that was changed."""
        body = urlencode(asked.form).encode()
        status, headers, page = await _answered(self._pages, _scope(request, asked, body), body)
        if status == _GONE_ON:
            where = request.url.path.removesuffix("edit")
            row = urlencode({"pk": request.query_params["pk"]})
            return RedirectResponse(f"{where}detail?{row}", status, headers=door.HEADERS)
        kept = {name.decode(): value.decode() for name, value in headers if name == b"content-type"}
        return Response(page, status, kept | door.HEADERS)


def _scope(request: Request, asked: Asked, body: bytes) -> dict[str, Any]:
    """The request as the library's own application gets it: by its address, with no cookie."""
    known = ("type", "asgi", "http_version", "scheme", "server")
    told = {name: request.scope[name] for name in known if name in request.scope}
    query = [(name, legible(value)) for name, value in request.query_params.multi_items()]
    host = [(name, value) for name, value in request.scope["headers"] if name == b"host"]
    form = (b"content-type", b"application/x-www-form-urlencoded")
    return {
        **told,
        "path": f"{BASE}/{request.path_params.get('rest', '').strip('/')}",
        "method": "POST" if asked.form else "GET",
        "root_path": "",
        "query_string": urlencode(query).encode(),
        "headers": [*host, form, (b"content-length", str(len(body)).encode())],
        "state": {"about": asked.about, "change": asked.change},
    }


async def _answered(
    app: ASGIApp, scope: dict[str, Any], body: bytes
) -> tuple[int, Iterable[tuple[bytes, bytes]], bytes]:
    """What the application answers, all of it."""
    told: list[Message] = []
    asked = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receive() -> Message:
        if (request := next(asked, None)) is None:
            await asyncio.Event().wait()  # whoever asked stays till all is said
        return request or {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        told.append(message)

    await app(scope, receive, send)
    page = b"".join(each.get("body", b"") for each in told[1:])
    return told[0]["status"], told[0]["headers"], page
