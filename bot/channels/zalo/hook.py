"""The webhook: Zalo posts an update, and hears 200 only when all that follows from it is safe."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.zalo import updates
from bot.channels.zalo.receive import Receiver

PATH = "/hooks/zalo"
HEADER = "X-Bot-Api-Secret-Token"
SECRET = range(8, 257)  # how long Zalo wants the secret to be
MOST_BYTES = 64 * 1024
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hook:
    """Hears what is posted for those of our bots that it ``knows``."""

    receiver: Receiver
    secret: str
    knows: Callable[[str], bool]

    def route(self) -> Route:
        """Where each bot's updates are posted."""
        return Route(f"{PATH}/{{bot}}", self._posted, methods=["POST"])

    async def heard(self, bot: str, secret: str, body: bytes) -> int:
        """Hear the body; the HTTP status to answer. Zalo's own try of the address is any body."""
        if not self._is_zalo(secret):
            _log.warning("zalo_hook_refused", bot=bot[:40])
            return 403
        if not self.knows(bot):
            return 503  # not yet: we have not asked who we are, and shall be told again
        for update in updates.unpacked(body):
            await self.receiver.take(update, bot)
        return 200

    def _is_zalo(self, secret: str) -> bool:
        expected = self.secret.encode()
        return len(self.secret) in SECRET and hmac.compare_digest(expected, secret.encode())

    async def _posted(self, request: Request) -> Response:
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        bot, secret = request.path_params["bot"], request.headers.get(HEADER, "")
        try:
            return Response(status_code=await self.heard(bot, secret, body))
        except Exception as error:  # noqa: BLE001 - whatever it is, Zalo must not take it for heard
            _log.error("zalo_hook_failed", bot=bot, error=type(error).__name__)
            return Response(status_code=503)


async def _body(request: Request) -> bytes | None:
    """What was posted, unless it is more than any update can be."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > MOST_BYTES:
            return None
    return bytes(taken)
