"""The addresses of a demo's clock; where a real channel is on there are none."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any, Literal

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.clock import WrongTime, in_viet_nam
from bot.turning import Busy, Turned, Turner
from bot.web import bodies

_STEPS = {
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
}


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far to turn: a step, or a time in Viet Nam. One of both."""

    turn: Literal["hour", "day", "week", "month", "next"] | None = None
    to: str | None = None


_WISH = msgspec.json.Decoder(Wish)


class Turning:
    """What time it is in the demo, and turning it."""

    def __init__(self, turner: Turner) -> None:
        self._turner = turner

    def routes(self) -> list[Route]:
        """``/clock``, to look at and to turn."""
        return [
            Route("/clock", self.look, methods=["GET"]),
            Route("/clock", self.turn, methods=["POST"]),
        ]

    async def look(self, _request: Request) -> Response:
        """The time, how far it is turned, and whether nobody is written to unasked now."""
        return JSONResponse(self._time())

    async def turn(self, request: Request) -> Response:
        """Turn it; where ``more``, what was due took too long, and it stands before ``until``."""
        wish = _read(await bodies.json_body(request))
        try:
            turned = await self._wished(wish)
        except WrongTime as wrong:
            raise HTTPException(400, str(wrong)) from wrong
        except Busy as busy:
            raise HTTPException(409, "the clock is being turned") from busy
        until = {"until": turned.until.isoformat()} if turned.until else {}
        told = {"events": turned.events, "more": turned.until is not None}
        return JSONResponse(self._time() | told | until)

    def _wished(self, wish: Wish) -> Awaitable[Turned]:
        match wish:
            case Wish("next", None):
                return self._turner.turn_to_next()
            case Wish(str(step), None):
                return self._turner.turn(self._turner.clock() + _STEPS[step])
            case Wish(None, str(written)):
                return self._turner.turn(in_viet_nam(written))
            case _:
                raise WrongTime("either turn or to")

    def _time(self) -> dict[str, Any]:
        clock = self._turner.clock
        now = clock()
        return {
            "now": now.isoformat(),
            "turned_seconds": round(clock.ahead.total_seconds()),
            "quiet": self._turner.is_quiet(now),
        }


def _read(body: bytes) -> Wish:
    try:
        return _WISH.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as wrong:
        raise HTTPException(400, str(wrong)) from wrong
