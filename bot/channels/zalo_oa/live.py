"""The Official Account as one thing to start and stop: whether its token counts, how it hears."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from starlette.routing import Route

from bot.channels.arriving import Door, Intake
from bot.channels.calling import Caller, Unclear, Unsent
from bot.channels.zalo_oa.client import Failed, OaClient
from bot.channels.zalo_oa.hook import Hook
from bot.channels.zalo_oa.line import Line
from bot.channels.zalo_oa.receive import Attendance, Receiver
from bot.channels.zalo_oa.send import Budget, OaSender
from bot.channels.zalo_oa.signature import Signer
from bot.channels.zalo_oa.tokens import NoToken, Tokens
from bot.channels.zalo_oa.windows import Acts

FRESH = timedelta(minutes=10)  # between looks whether the token wants renewing
_log = structlog.get_logger()


class ZaloOa:
    """One Official Account. Raises CannotListen, see ``Line.check``."""

    def __init__(
        self,
        line: Line,
        door: Door,
        intake: Intake,
        attendance: Attendance,
        clock: Callable[[], datetime],
        *,
        budget: Budget | None = None,
    ) -> None:
        line.check()
        self.state = "starting"
        self._line = line
        self._caller = Caller()
        self._tokens = Tokens(line, self._caller, clock)
        self._client = OaClient(line, self._tokens, self._caller)
        acts = Acts()
        self._receiver = Receiver(line.oa, door, intake, attendance, clock, acts)
        paid = (line.pays, line.reminder, budget)
        self.sender = OaSender(line.oa, self._client, clock, acts, *paid)

    def routes(self) -> list[Route]:
        """Where events are posted, and files fetched that are lent to people."""
        signer = Signer(self._line.app, self._line.oa, self._line.oa_secret)
        lent = [self.sender.lending.route()] if self.sender.lending else []
        return [Hook(self._receiver, signer, self._line.signature).route(), *lent]

    async def run(self, *, speak: bool = True) -> None:
        """Look at the account, then keep its token fresh until cancelled.

        A process that does not ``speak`` leaves the token alone: buying one spoils all others.
        """
        if not speak:
            self.state = "webhook"
        while speak:
            self.state = await self.look()
            await asyncio.sleep(FRESH.total_seconds())

    async def close(self) -> None:
        """Keep what is being bought, and close the connections."""
        await self._tokens.settle()
        await self._caller.close()

    async def look(self) -> str:
        """Ask for the account, with a token that is fresh then; what there is to say of it."""
        try:
            found = await self._client.account()
            state = "webhook" if found == self._line.oa else "OCOP_ZALO_OA_ID: another account's"
        except (Failed, Unsent, Unclear, NoToken) as trouble:
            state = str(trouble)
        if state != self.state:
            _log.info("zalo_oa", oa=self._line.oa, state=state, signature=self._line.signature)
        return state
