"""Zalo as one thing to start and stop: who our bots are, how they are told, how they speak."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TypeVar

import structlog
from starlette.routing import Route

from bot.channels.arriving import Door, Intake
from bot.channels.calling import Caller, Unclear, Unsent
from bot.channels.zalo import hook
from bot.channels.zalo.busy import Busy
from bot.channels.zalo.client import Failed, Verified, ZaloClient
from bot.channels.zalo.hook import Hook
from bot.channels.zalo.line import Line
from bot.channels.zalo.poll import BREATH, Lease, Poller, alone, pause
from bot.channels.zalo.receive import Receiver
from bot.channels.zalo.send import Voice, ZaloSender

T = TypeVar("T")
LOOK = 60.0  # seconds between counts of what is left of a month
_TOKEN_WRONG = 401
_PASSING = {_TOKEN_WRONG, 408, 429}  # what may be over when one asks again
_log = structlog.get_logger()


class Zalo:
    """All our bots on the Zalo Bot Platform. Raises CannotListen, see ``Line.check``."""

    def __init__(
        self,
        line: Line,
        door: Door,
        intake: Intake,
        clock: Callable[[], datetime],
        *,
        lease: Lease = alone,
        breath: float = BREATH,
    ) -> None:
        line.check()
        self._line = line
        self._lease = lease
        self._breath = breath
        self._caller = Caller()
        self._voices: dict[str, Voice] = {}
        self._busy = Busy(self._voices)
        self._receiver = Receiver(door, intake, clock, self._busy.show)
        self._modes: dict[str, str] = {}
        self._tokens = tuple(dict.fromkeys(line.tokens))
        self._waiting = len(self._tokens)
        self._trouble = ""
        self.sender = ZaloSender(self._voices, lambda: self._waiting == 0)

    def routes(self) -> list[Route]:
        """Where updates are posted; nothing where they are fetched."""
        lent = [self.sender.lending.route()] if self.sender.lending else []
        if self._line.mode == "polling":
            return lent
        return [Hook(self._receiver, self._line.secret, self._voices.__contains__).route(), *lent]

    @property
    def state(self) -> str:
        """How all bots are, for whoever asks."""
        told = [f"{self._modes.get(bot, 'sending')} {bot}" for bot in self._voices]
        return ", ".join([*told, *([self._trouble or "starting"] if self._waiting else [])])

    def modes(self) -> Mapping[str, str]:
        """The bots that have said who they are, and how each is told of updates."""
        return self._modes

    async def run(self, *, hear: bool = True) -> None:
        """Run all bots until cancelled. The routes must be open by now: Zalo tries them at once.

        A process that only sends does not ``hear``, but must know whose voices it has.
        """
        live = self._run if hear else self._met
        async with asyncio.TaskGroup() as group:
            for number, token in enumerate(self._tokens, 1):
                client = ZaloClient(token, self._caller, self._line.base, self._line.patience)
                group.create_task(live(client), name=f"zalo-{number}")
            group.create_task(self._busy.run(), name="zalo-busy")
            group.create_task(self._meter(), name="zalo-meter")

    async def close(self) -> None:
        """Close the connections."""
        await self._caller.close()

    async def _meter(self) -> None:
        """Look now and then how much of the month is left."""
        while True:
            for bot in list(self._voices) if self.sender.meter else []:
                await self._look(bot)
            await asyncio.sleep(LOOK if self._voices else self._breath)

    async def _look(self, bot: str) -> None:
        try:
            if self.sender.meter is not None:
                await self.sender.meter.look(bot)
        except Exception as error:  # noqa: BLE001 - a count that fails must not end the channel
            _log.error("zalo_quota_not_counted", bot=bot, error=type(error).__name__)

    async def _run(self, client: ZaloClient) -> None:
        bot = await self._met(client)
        if self._line.mode == "webhook" and await self._hooked(client, bot):
            self._modes[bot] = "webhook"
            return
        self._modes[bot] = "polling"
        await self._insist(bot, "deleteWebhook", client.delete_webhook)
        await Poller(client, self._receiver, bot, self._lease, self._breath).run()

    async def _met(self, client: ZaloClient) -> str:
        """Ask who the bot is, for as long as it takes."""
        me = await self._insist("", "getMe", client.me)
        self._voices[me.id] = Voice(client)
        self._waiting -= 1
        _log.info("zalo_bot", bot=me.id, name=me.name)
        return me.id

    async def _hooked(self, client: ZaloClient, bot: str) -> bool:
        """Have updates posted to us; false when Zalo cannot come through."""
        url = f"{self._line.public_url.rstrip('/')}{hook.PATH}/{bot}"

        async def set_there() -> Verified:
            try:
                return await client.set_webhook(url, self._line.secret)
            except Failed as failed:
                if 400 <= failed.code < 500 and failed.code not in _PASSING:  # noqa: PLR2004
                    return Verified(ok=False, outcome=str(failed))
                raise

        tried = await self._insist(bot, "setWebhook", set_there)
        if not tried.ok:
            why = f"{tried.outcome} {tried.hint}".strip()
            _log.error("zalo_webhook_fails", bot=bot, why=why, instead="polling")
        return tried.ok

    async def _insist(self, bot: str, what: str, ask: Callable[[], Awaitable[T]]) -> T:
        """Ask until the service agrees; says why it does not, once for each reason."""
        failures, said = 0, ""
        while True:
            try:
                return await ask()
            except (Failed, Unsent, Unclear) as trouble:
                why = self._trouble = _reason(trouble)
            if why != said:
                _log.error("zalo_start_waits", bot=bot, what=what, why=why)
            said = why
            await asyncio.sleep(pause(failures, self._breath))
            failures += 1


def _reason(trouble: Exception) -> str:
    if isinstance(trouble, Failed) and trouble.code == _TOKEN_WRONG:
        return "the token does not count: set OCOP_ZALO_BOT_TOKEN anew"
    return str(trouble)
