"""The transport that python-telegram-bot speaks through: our wire, and honest errors."""

import io
from http import HTTPStatus
from typing import Any

import aiohttp
import msgspec
from telegram.error import BadRequest, NetworkError
from telegram.request import BaseRequest, RequestData

from bot.channels.calling import Reply, Unclear, Unsent
from bot.channels.telegram.wire import Wire

WAIT = 15.0  # seconds; a letter's claim lasts 30
UPLOADING = 4  # times as long may it take where a file goes with the call


class Unheard(NetworkError):
    """Nobody there has heard of the call."""


class Unanswered(NetworkError):
    """The call went out and nothing that can be understood came back; it may have been done."""


class WireRequest(BaseRequest):
    """Sends what the library has written, each call once."""

    def __init__(self, wire: Wire, wait: float = WAIT) -> None:
        self._wire = wire
        self._wait = wait

    @property
    def read_timeout(self) -> float:
        """How long an answer may take, in seconds."""
        return self._wait

    async def initialize(self) -> None:
        """Nothing: the wire opens with the first call."""

    async def shutdown(self) -> None:
        """Close the wire."""
        await self._wire.close()

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002 - always POST, as nothing is retrieved here
        request_data: RequestData | None = None,
        *_times: Any,
        **_further_times: Any,
    ) -> tuple[int, bytes]:
        """Post the call; the status and the body of the answer."""
        slow = UPLOADING if request_data and request_data.contains_files else 1
        try:
            reply = await self._wire.post(url, _body(request_data), self._wait * slow)
        except Unsent as error:
            failure: Exception = Unheard(str(error))
        except Unclear as error:
            failure = Unanswered(str(error))
        else:
            return _told(reply)
        raise failure

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as JSON. The library's own way logs what it cannot read, letters and all."""
        try:
            answer = msgspec.json.decode(payload)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or not answer.keys() & {"result", "description"}:
            raise Unanswered("no answer of the API")
        return answer


def _told(reply: Reply) -> tuple[int, bytes]:
    if reply.status == HTTPStatus.GATEWAY_TIMEOUT:
        raise Unanswered("HTTP 504")
    if reply.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        raise BadRequest("Request Entity Too Large")
    return reply.status, reply.body


def _body(given: RequestData | None) -> bytes | aiohttp.FormData:
    if given is None:
        return b"{}"
    return _form(given) if given.contains_files else msgspec.json.encode(given.parameters)


def _form(given: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # Telegram reads names as they are, in UTF-8
    for name, value in given.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in given.multipart_data.items():
        # As a file, so that a large one is written piece by piece.
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=kind)
    return form
