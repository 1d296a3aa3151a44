"""The webhook: Telegram posts an update and hears 200 only when all that follows is safe."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.channels.telegram.receive import Receiver

PATH = "/hooks/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES = 1024 * 1024  # an update with a long message that answers another stays far below
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Hook:
    """Hears what is posted with the secret that we gave to Telegram."""

    receiver: Receiver
    secret: str

    def route(self) -> Route:
        """Where updates are posted."""
        return Route(PATH, self._posted, methods=["POST"])

    async def _posted(self, request: Request) -> Response:
        if not self._is_telegram(request.headers.get(HEADER, "")):
            _log.warning("telegram_hook_refused", bot=self.receiver.bot)
            return Response(status_code=403)
        body = await _body(request)
        if body is None:
            return Response(status_code=413)
        raw = _update(body)
        if raw is None:
            _log.warning("telegram_hook_garbled", bot=self.receiver.bot, size=len(body))
            return Response(status_code=400)
        return Response(status_code=await self._heard(raw))

    async def _heard(self, raw: Mapping[str, Any]) -> int:
        try:
            await self.receiver.take(raw)
        except Exception as error:  # noqa: BLE001 - whatever it is, Telegram must tell it again
            _log.error("telegram_update_waits", bot=self.receiver.bot, error=type(error).__name__)
            return 503
        return 200

    def _is_telegram(self, given: str) -> bool:
        return hmac.compare_digest(self.secret.encode(), given.encode()) and bool(self.secret)


async def _body(request: Request) -> bytes | None:
    """What was posted, unless it is more than any update can be."""
    taken = bytearray()
    async for piece in request.stream():
        taken += piece
        if len(taken) > MOST_BYTES:
            return None
    return bytes(taken)


def _update(body: bytes) -> Mapping[str, Any] | None:
    """The update in it; None when it is something else."""
    try:
        raw = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("update_id"), int) else None
