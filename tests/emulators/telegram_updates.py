"""How Telegram tells a bot of updates: fetched with an offset, or posted until it hears 200."""

import asyncio
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import telegram
from aiogram.types import Update, WebhookInfo

from tests.emulators.telegram_calls import Call, Refusal

ALL_KINDS = frozenset(Update.model_fields) - {"update_id"}
USUAL_KINDS = ALL_KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_HOOK = re.compile(r"https://[^:/]+(:(443|80|88|8443))?(/.*)?")


@dataclass
class Waiting:
    """An update that the bot has not acknowledged."""

    raw: dict[str, Any]
    handed_out: bool = False


@dataclass
class Updates:
    """One bot's updates: all that were ever ``told``, and those that wait."""

    https_only: bool = False
    retry: float = 0.05  # seconds until what was not taken is posted again
    pending: list[Waiting] = field(default_factory=list)
    told: list[dict[str, Any]] = field(default_factory=list)
    posted: list[int] = field(default_factory=list)  # what our posts were answered
    webhook: str = ""
    secret: str = ""
    kinds: frozenset[str] = USUAL_KINDS
    _polls: int = 0
    _bells: set[asyncio.Event] = field(default_factory=set)
    _over: bool = False

    def tell(self, raw: dict[str, Any]) -> None:
        """Tell the bot, if it wants to hear of such things."""
        Update.model_validate(raw)
        telegram.Update.de_json(json.loads(json.dumps(raw)), None)
        if self.kinds & raw.keys():
            self.told.append(raw)
            self.tell_again([raw])

    def tell_again(self, raws: Sequence[dict[str, Any]]) -> None:
        """Tell these updates once more, in this order, whatever the bot has said to them."""
        self.pending.extend(Waiting(raw) for raw in raws)
        self._ring()

    def end(self) -> None:
        """Let nobody wait any more."""
        self._over = True
        self._ring()

    async def get_updates(self, call: Call) -> list[dict[str, Any]]:
        self._polls += 1
        mine, until = self._polls, asyncio.get_running_loop().time() + (call.model.timeout or 0)
        if self.webhook:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first",
            )
        self._hear_about_kinds(call)
        self._forget(call.model.offset)
        self._ring()  # whoever polls besides us is to notice
        while self._polls == mine:
            found = self.pending[: call.model.limit or 100]
            left = until - asyncio.get_running_loop().time()
            if found or left <= 0 or self._over:
                for one in found:
                    one.handed_out = True
                return [one.raw for one in found]
            await self._news(left)
        raise Refusal(
            409,
            "Conflict: terminated by other getUpdates request;"
            " make sure that only one bot instance is running",
        )

    def _ring(self) -> None:
        for bell in self._bells:
            bell.set()

    async def _news(self, most: float | None) -> None:
        """Wait until something has happened, or for so many seconds."""
        bell = asyncio.Event()
        self._bells.add(bell)
        with suppress(TimeoutError):
            async with asyncio.timeout(most):
                await bell.wait()
        self._bells.discard(bell)

    def _hear_about_kinds(self, call: Call) -> None:
        if call.model.allowed_updates is not None:
            self.kinds = frozenset(call.model.allowed_updates) or USUAL_KINDS

    def _forget(self, offset: int | None) -> None:
        if offset is not None:
            self.pending = [
                one
                for one in self.pending
                if not one.handed_out or one.raw.get("update_id", offset) >= offset
            ]

    async def post_updates(self) -> None:
        """Post what waits, one update a time; what is not answered with 200 is posted again."""
        async with aiohttp.ClientSession() as session:
            while True:
                for one in list(self.pending):
                    if self.webhook and await self._post(session, one.raw):
                        self.pending.remove(one)
                await self._news(self.retry if self.pending and self.webhook else None)

    async def _post(self, session: aiohttp.ClientSession, raw: dict[str, Any]) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.secret} if self.secret else {}
        try:
            async with session.post(self.webhook, json=raw, headers=headers) as answer:
                self.posted.append(answer.status)
                return 200 <= answer.status < 300
        except aiohttp.ClientError:
            self.posted.append(0)
            return False

    async def set_webhook(self, call: Call) -> bool:
        url, secret = call.model.url, call.model.secret_token or ""
        if self.https_only and not _HOOK.fullmatch(url):
            raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided")
        if secret and not _SECRET.fullmatch(secret):
            raise Refusal(400, "Bad Request: secret token contains unallowed characters")
        self._hear_about_kinds(call)
        self.webhook, self.secret = url, secret
        self._ring()
        return True

    async def delete_webhook(self, call: Call) -> bool:
        self.webhook = self.secret = ""
        if call.model.drop_pending_updates:
            self.pending.clear()
        return True

    async def webhook_info(self, _call: Call) -> WebhookInfo:
        return WebhookInfo(
            url=self.webhook, has_custom_certificate=False, pending_update_count=len(self.pending)
        )
