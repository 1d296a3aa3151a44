"""What is answered over HTTP: the demo's page, its phones, other services' posts, /healthz."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from bot.channels.browser.lines import Lines
from bot.channels.browser.receive import BrowserReceiver
from bot.turning import Turner
from bot.web import pages, wellness
from bot.web.phones import Phones
from bot.web.rates import Gate, Rates
from bot.web.security import Guard
from bot.web.turning import Turning
from storage.files import Files

STATIC = Path(__file__).parent / "static"


def create_app(
    *,
    receiver: BrowserReceiver,
    lines: Lines,
    files: Files,
    officer_code: str | None,
    health: wellness.Health,
    turner: Turner | None = None,
) -> Starlette:
    """The demo's page and its phones, and /healthz; the page has a clock where it may be turned."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        lines.close()

    return Starlette(
        routes=[
            pages.demo(officer_code, clock=turner is not None),
            wellness.route(health),
            Mount("/static", StaticFiles(directory=STATIC)),
            *Phones(receiver, lines, files).routes(),
            *(Turning(turner).routes() if turner else ()),
        ],
        middleware=[Middleware(Guard)],
        exception_handlers=_HANDLERS,
        lifespan=lifespan,
    )


def create_hooks(health: wellness.Health, hooks: Sequence[BaseRoute]) -> Starlette:
    """No page and no phones: where other services post, the officers' desk, and /healthz."""
    static = Mount("/static", StaticFiles(directory=STATIC))
    return Starlette(
        routes=[wellness.route(health), static, *hooks],
        middleware=[Middleware(Guard)],
        exception_handlers=_HANDLERS,
    )


def gated(app: Starlette, rates: Rates) -> Starlette:
    """The application, behind its guard, where no address asks more often than that."""
    app.user_middleware.append(Middleware(Gate, rates=rates))
    return app


async def _refuse(_request: Request, refusal: Exception) -> Response:
    if not isinstance(refusal, HTTPException):
        raise refusal
    status, headers = refusal.status_code, refusal.headers
    return JSONResponse({"error": refusal.detail}, status, headers=headers)


async def _gone(_request: Request, _gone: Exception) -> Response:
    """Nobody is there to read this."""
    return Response(status_code=400)


_HANDLERS: Mapping[Any, Any] = {HTTPException: _refuse, ClientDisconnect: _gone}
