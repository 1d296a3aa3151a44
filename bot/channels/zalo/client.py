"""The Zalo Bot Platform's eleven methods; the token is in each address, and stays in here."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.channels.calling import Caller, Reply, Unclear, posting

API_BASE = "https://bot-api.zaloplatforms.com"
SHORT = 15.0  # seconds; a letter's claim lasts 30
BRIEF = 3.0  # a sign that comes later is of no use
PICTURE = 90.0  # the service fetches the picture itself before it answers
GARBLED = 502  # our code for an answer that is not the API's
IDLE = 408  # "nothing new", with HTTP 200 or with 408
WORDS = 200


class Failed(Exception):
    """The service answered that it did not do it; ``code`` is like an HTTP status."""

    def __init__(self, method: str, code: int, said: str = "") -> None:
        super().__init__(f"{method}: {code} {said}".strip())
        self.code = code
        self.said = said


@dataclass(frozen=True, slots=True)
class Me:
    """Which bot the token belongs to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of the service's try of a webhook address."""

    ok: bool
    outcome: str = ""
    hint: str = ""


class ZaloClient:
    """Speaks for one bot. Every method raises Failed, Unsent or Unclear, and nothing else."""

    def __init__(
        self, token: str, caller: Caller, base: str = API_BASE, patience: float = SHORT
    ) -> None:
        self._token = token
        self._address = f"{base.rstrip('/')}/bot{quote(token, safe=':')}/"
        self._caller = caller
        self._patience = patience

    # -- the bot itself ---------------------------------------------------------------------------

    async def me(self) -> Me:
        """Which bot this is (getMe)."""
        found = await self._call("getMe")
        if not found.get("id"):
            raise Unclear("getMe: an answer without an id")
        name = found.get("display_name") or found.get("account_name") or ""
        return Me(str(found["id"]), str(name))

    async def updates(self, hold: int) -> Any:
        """What has come, as it was written; None after so many seconds without (getUpdates)."""
        try:
            return await self._call("getUpdates", self._patience + hold, timeout=str(hold))
        except Failed as failed:
            if failed.code == IDLE:
                return None
            raise

    # -- its webhook ------------------------------------------------------------------------------

    async def set_webhook(self, url: str, secret: str) -> Verified:
        """Let updates be posted there. The address is kept even if its try fails (setWebhook)."""
        set_to = await self._call("setWebhook", 2 * self._patience, url=url, secret_token=secret)
        return _verified(set_to.get("verification") or {"ok": True})

    async def delete_webhook(self) -> None:
        """Let updates be fetched again; may be said at any time (deleteWebhook)."""
        await self._call("deleteWebhook")

    async def webhook(self) -> str:
        """The address that updates are posted to, empty when there is none (getWebhookInfo)."""
        try:
            found = await self._call("getWebhookInfo")
        except Failed as failed:
            if failed.code == 404:  # noqa: PLR2004 - the service's way to say that none is set
                return ""
            raise
        return str(found.get("url") or "")

    async def try_webhook(self) -> Verified:
        """Let the service try the address that is set; a few times a day (testWebhook)."""
        return _verified(await self._call("testWebhook", 2 * self._patience))

    # -- what it says -----------------------------------------------------------------------------

    async def send_text(self, chat: str, text: str) -> int | None:
        """Send plain text; the time in ms at which it appeared (sendMessage)."""
        return _date(await self._call("sendMessage", chat_id=chat, text=text))

    async def send_photo(self, chat: str, url: str, caption: str = "") -> int | None:
        """Send the picture that lies at a public address (sendPhoto)."""
        words = {"caption": caption} if caption else {}
        return _date(await self._call("sendPhoto", PICTURE, chat_id=chat, photo=url, **words))

    async def send_sticker(self, chat: str, sticker: str) -> int | None:
        """Send a sticker of the public collection (sendSticker)."""
        return _date(await self._call("sendSticker", chat_id=chat, sticker=sticker))

    async def send_voice(self, chat: str, url: str) -> int | None:
        """Send the sound (.aac) that lies at a public address (sendVoice)."""
        return _date(await self._call("sendVoice", PICTURE, chat_id=chat, voice_url=url))

    async def typing(self, chat: str) -> None:
        """Show for about five seconds that an answer is being written (sendChatAction)."""
        wait = min(BRIEF, self._patience)
        await self._call("sendChatAction", wait, chat_id=chat, action="typing")

    # -- one call ---------------------------------------------------------------------------------

    async def _call(self, method: str, wait: float | None = None, **given: str) -> Any:
        request = posting(self._address + method, given)
        reply = await self._caller.ask(request, wait or self._patience)
        answer = reply.json()
        if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
            raise _garbled(method, reply)
        if not answer["ok"]:
            raise Failed(method, _code(answer, reply), self._without_token(answer))
        result = answer.get("result")
        return result if method == "getUpdates" or isinstance(result, dict) else {}

    def _without_token(self, answer: dict[str, Any]) -> str:
        said = str(answer.get("description") or "").replace(self._token, "***")
        return said[:WORDS]


def _garbled(method: str, reply: Reply) -> Exception:
    """Something between us and the service has answered, or half of its answer came."""
    if reply.status < 300 or reply.status == 504:  # noqa: PLR2004 - done, or nobody knows
        return Unclear(f"{method}: HTTP {reply.status} without an answer of the API")
    code = reply.status if reply.status in {429, 503} else GARBLED
    return Failed(method, code, f"HTTP {reply.status} without an answer of the API")


def _code(answer: dict[str, Any], reply: Reply) -> int:
    """The error's code; testWebhook writes its name in another way."""
    written = answer.get("error_code", answer.get("errorCode"))
    try:
        return int(str(written))
    except ValueError:
        return reply.status if reply.status >= 400 else 0  # noqa: PLR2004 - HTTP's first error


def _date(result: dict[str, Any]) -> int | None:
    date = result.get("date")
    return date if isinstance(date, int) else None


def _verified(found: dict[str, Any]) -> Verified:
    words = (str(found.get(key) or "")[:WORDS] for key in ("outcome", "hint"))
    return Verified(found.get("ok") is True, *words)
