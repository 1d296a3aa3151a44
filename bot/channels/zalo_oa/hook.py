"""The webhook: Zalo posts signed events, and hears 200 when all that follows from them is safe."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.zalo_oa.line import Signature
from bot.channels.zalo_oa.receive import Receiver
from bot.channels.zalo_oa.signature import HEADER, TIME, Signer

PATH = "/hooks/zalo-oa"
MOST_BYTES = 64 * 1024
_log = structlog.get_logger()


@dataclass(slots=True)
class Hook:
    """Hears what is posted; ``record`` only notes whether it was signed, and how."""

    receiver: Receiver
    signer: Signer
    mode: Signature
    _way: str | None = None

    def route(self) -> Route:
        """Where events are posted."""
        return Route(PATH, self._posted, methods=["POST"])

    async def heard(self, mac: str, time: str, body: bytes) -> int:
        """Hear the body; the HTTP status to answer."""
        told = _told(body)
        if not told:
            return 200  # when the address is saved, an empty, unsigned body must be welcome
        if not self._is_zalo(mac, time, body, told):
            return 403
        await self.receiver.take(told)
        return 200

    def _is_zalo(self, mac: str, time: str, body: bytes, told: Mapping[str, Any]) -> bool:
        way = self.signer.way(body, told, mac, time)
        if way is None:
            _log.warning("zalo_oa_not_signed", mode=self.mode, signature=bool(mac))
        elif way != self._way:
            _log.info("zalo_oa_signed", way=way, mode=self.mode)
            self._way = way
        return way is not None or self.mode == "record"

    async def _posted(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        mac, time = (request.headers.get(name, "") for name in (HEADER, TIME))
        try:
            return Response(status_code=await self.heard(mac, time, body))
        except Exception as error:  # noqa: BLE001 - whatever it is, Zalo must not take it for heard
            _log.error("zalo_oa_hook_failed", error=type(error).__name__)
            return Response(status_code=503)


def _told(body: bytes) -> Mapping[str, Any]:
    """The event in a body; empty when there is none."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


async def _body(request: Request) -> bytes | None:
    """What was posted, unless it is more than any event can be."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > MOST_BYTES:
            return None
    return bytes(taken)
