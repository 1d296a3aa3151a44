"""The Official Account's API over HTTP; errors come with HTTP 200, so only the code counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from bot.channels.calling import Caller, Reply, Unclear, posting
from bot.channels.zalo_oa.line import Line
from bot.channels.zalo_oa.tokens import Tokens
from bot.channels.zalo_oa.windows import Template

GARBLED = 502  # our code for an answer that is not the API's
TOKEN_SPOILT = {-216, -220, -124, 216, 220, 124}  # both signs have been seen
WORDS = 200
_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")
_LATEST = 2**42  # ms: a time that every platform can show


class Failed(Exception):
    """The service answered that it did not do it."""

    def __init__(self, what: str, code: int, said: str = "") -> None:
        super().__init__(f"{what}: {code} {said}".strip())
        self.code = code
        self.said = said


@dataclass(frozen=True, slots=True)
class Left:
    """How many free answers to a person are left, of how many, and when they last did something."""

    remain: int
    total: int
    acted_at: datetime | None = None


class OaClient:
    """Speaks for one account. Every method raises Failed, Unsent, Unclear or NoToken."""

    def __init__(self, line: Line, tokens: Tokens, caller: Caller) -> None:
        self._base = line.base.rstrip("/")
        self._patience = line.patience
        self._tokens = tokens
        self._caller = caller

    async def account(self) -> str:
        """The id of the account whose token we have (getoa)."""
        found = await self._call("getoa", lambda: self._get("/v2.0/oa/getoa"))
        return str(found.get("oa_id") or "")

    async def send(self, user: str, message: Mapping[str, Any]) -> int | None:
        """Send a message; the time in ms at which it appeared."""
        body = {"recipient": {"user_id": user}, "message": message}
        found = await self._call("cs", lambda: self._post("/v3.0/oa/message/cs", body))
        return _time(found)

    async def send_template(self, user: str, template: Template) -> int | None:
        """Send an approved template, at any time, for money."""
        body = {"user_id": user, "template_id": template.id, "template_data": template.values}
        found = await self._call("template", lambda: self._post("/v3.0/oa/message/template", body))
        return _time(found)

    async def upload(self, kind: str, name: str, content: bytes) -> str:
        """Lay an ``image`` or a ``file`` down there for seven days; what it is called there."""
        files = {"file": (name, content)}
        url = f"{self._base}/v2.0/oa/upload/{kind}"
        found = await self._call("upload", lambda: httpx.Request("POST", url, files=files))
        laid = found.get("attachment_id") or found.get("token")
        if not laid:
            raise Unclear("upload: an answer without a name")
        return str(laid)

    async def left(self, user: str) -> Left:
        """How many free answers the person may still be sent."""
        body = {"user_id": user}
        found = await self._call("quota", lambda: self._post("/v3.0/oa/quota/message", body))
        reply = found.get("cs_reply")
        counts = reply if isinstance(reply, dict) else {}
        remain, total = (_number(counts.get(key)) for key in ("remain", "total"))
        return Left(remain, total, _moment(found.get("last_interaction")))

    # -- one call ---------------------------------------------------------------------------------

    def _post(self, path: str, body: object) -> httpx.Request:
        return posting(self._base + path, body)

    def _get(self, path: str) -> httpx.Request:
        return httpx.Request("GET", self._base + path)

    async def _call(self, what: str, request: Any) -> dict[str, Any]:
        """Ask, and once more with a new token when the old one does not count any more."""
        token = await self._tokens.access()
        try:
            return await self._ask(what, request(), token)
        except Failed as failed:
            if failed.code not in TOKEN_SPOILT:
                raise
        return await self._ask(what, request(), await self._tokens.access(spoilt=token))

    async def _ask(self, what: str, request: httpx.Request, token: str) -> dict[str, Any]:
        request.headers["access_token"] = token
        reply = await self._caller.ask(request, self._patience)
        answer = reply.json()
        code = answer.get("error") if isinstance(answer, dict) else None
        if not isinstance(code, int):
            raise _garbled(what, reply)
        if code != 0:
            said = str(answer.get("message") or "").replace(token, "***")
            raise Failed(what, code, said[:WORDS])
        found = answer.get("data")
        return found if isinstance(found, dict) else {}


def _garbled(what: str, reply: Reply) -> Exception:
    """Something between us and the service has answered, or half of its answer came."""
    if reply.status < 300 or reply.status == 504:  # noqa: PLR2004 - done, or nobody knows
        return Unclear(f"{what}: HTTP {reply.status} without an answer of the API")
    return Failed(what, GARBLED, f"HTTP {reply.status} without an answer of the API")


def _time(found: Mapping[str, Any]) -> int | None:
    return _number(found.get("sent_time")) or None


def _number(written: Any) -> int:
    """A number, which this API likes to write as a text."""
    try:
        return int(str(written))
    except ValueError:
        return 0


def _moment(written: Any) -> datetime | None:
    """A time, in milliseconds or as it is written in Viet Nam: how is not documented."""
    if 0 < (number := _number(written)) < _LATEST:
        return datetime.fromtimestamp(number / 1000, UTC)
    try:
        return datetime.strptime(str(written), "%H:%M:%S %d/%m/%Y").replace(tzinfo=_VIET_NAM)
    except ValueError:
        return None
