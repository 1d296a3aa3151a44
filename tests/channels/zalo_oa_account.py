"""One Official Account and one follower, behind a clock that can be turned."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.calling import Caller
from bot.channels.contract import Refused, TryLater, Unreachable
from bot.channels.zalo_oa.client import OaClient
from bot.channels.zalo_oa.send import OaSender
from bot.channels.zalo_oa.tokens import Tokens
from conversations.events import Address
from conversations.messages import Letter
from tests.channels.zalo_oa_rig import line_to
from tests.emulators.zalo_oa import OaEmulator, started
from tests.emulators.zalo_oa_people import OA, Follower

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # eight in the morning in Viet Nam


@dataclass
class Account:
    """One account, one follower, and a clock that can be turned."""

    service: OaEmulator
    sender: OaSender
    client: OaClient
    lan: Follower
    now: datetime = START

    @property
    def address(self) -> Address:
        return Address("zalo_oa", OA, self.lan.id)

    async def send(self, words: str, choices: tuple[tuple[str, str], ...] = ()) -> int | None:
        return await self.sender.send(self.address, 1, Letter(words, choices))

    async def fails(self) -> Exception:
        with pytest.raises((TryLater, Refused, Unreachable)) as raised:
            await self.send("a")
        return raised.value


@asynccontextmanager
async def an_account(folder: Path) -> AsyncIterator[Account]:
    def seconds() -> float:
        return made.now.timestamp()

    made = Account(None, None, None, None)  # type: ignore[arg-type]  # filled in below
    async with started(clock=seconds) as service:
        line, caller = line_to(service, folder), Caller()
        client = OaClient(line, Tokens(line, caller, lambda: made.now), caller)
        made.service, made.client, made.lan = service, client, service.follower()
        made.sender = OaSender(OA, client, lambda: made.now)
        yield made
        await caller.close()
