"""Whether the bot is well, for whoever watches over it."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

Health = Callable[[], Mapping[str, Any]]


def route(health: Health) -> Route:
    """``/healthz``: 200 with what there is to say, 503 when the database does not answer."""

    async def healthz(_request: Request) -> JSONResponse:
        try:
            found = await asyncio.to_thread(health)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the answer is "not well"
            return JSONResponse({"status": "down", "why": type(trouble).__name__}, 503)
        return JSONResponse(dict(found), 200 if found["status"] == "ok" else 503)

    return Route("/healthz", healthz)
