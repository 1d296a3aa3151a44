"""The chat services that the benchmarks talk through: the strict emulators of the tests."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal, Protocol

from benchmarks.channels.phones import ChannelPhone, TelegramPhone, ZaloPhone
from tests.emulators.faults import Fault
from tests.emulators.telegram import TOKEN, TelegramEmulator, Trouble
from tests.emulators.telegram_calls import Call
from tests.emulators.zalo import Knobs, ZaloEmulator, started
from tests.emulators.zalo_people import Bot

Mode = Literal["polling", "webhook"]
SECRET = "a-secret-that-only-benchmarks-know"
PUBLIC = "bot.example.vn"
BREATH = 0.005  # seconds between two looks at what waits


class Service(Protocol):
    """A service with people, in front of one house at ``port``."""

    mode: Mode

    def settings(self, port: int) -> dict[str, str]:
        """How a house on that port is to be set."""
        ...

    def phone(self, name: str) -> ChannelPhone:
        """Somebody new."""
        ...

    def begun(self) -> int:
        """How often a house has begun to listen, or has asked for news."""
        ...

    def house_died(self) -> None:
        """What was on its way to the house is on its way again."""
        ...

    def told(self) -> Sequence[Any]:
        """All updates that ever were."""
        ...

    def tell_again(self, updates: Sequence[Any]) -> None:
        """Tell these once more."""
        ...

    def loses_answers(self, chance: Callable[[], bool]) -> None:
        """Let the answers to sent letters be lost by chance, after the letters were shown."""
        ...

    def waiting(self) -> int:
        """How many updates have not been taken yet."""
        ...


@dataclass
class Telegram:
    """Telegram, which tells again whatever was not acknowledged."""

    mode: Mode
    emulator: TelegramEmulator = field(default_factory=TelegramEmulator)
    lost: Callable[[], bool] = lambda: False
    also: Callable[[Call], None] = lambda _call: None  # hears each call too, and may refuse it
    _asked: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.emulator.asked = self._note

    def _note(self, call: Call) -> None:
        self._asked[call.name] += 1
        if call.name == "sendMessage" and self.lost():
            chat = int(call.model.chat_id)
            self.emulator.troubles.append(Trouble("sendMessage", chat=chat, cut=True))
        self.also(call)

    def settings(self, port: int) -> dict[str, str]:
        """How a house on that port is to be set."""
        return {
            "OCOP_TELEGRAM_TOKEN": TOKEN,
            "OCOP_TELEGRAM_API_BASE": self.emulator.served.address,
            "OCOP_TELEGRAM_MODE": self.mode,
            "OCOP_TELEGRAM_SECRET": SECRET,
            "OCOP_PUBLIC_URL": f"http://127.0.0.1:{port}",
        }

    def phone(self, name: str) -> TelegramPhone:
        """Somebody new."""
        return TelegramPhone(self.emulator.person(name), TOKEN.partition(":")[0])

    def begun(self) -> int:
        """How often a house has begun to listen, or has asked for news."""
        return self._asked["getUpdates" if self.mode == "polling" else "setWebhook"]

    def house_died(self) -> None:
        """Nothing: Telegram keeps an update until it is asked for a later one."""

    def told(self) -> Sequence[Any]:
        """All updates that ever were."""
        return self.emulator.updates.told

    def tell_again(self, updates: Sequence[Any]) -> None:
        """Tell these once more."""
        self.emulator.updates.tell_again(updates)

    def loses_answers(self, chance: Callable[[], bool]) -> None:
        """Let the answers to sent letters be lost by chance, after the letters were shown."""
        self.lost = chance

    def waiting(self) -> int:
        """How many updates have not been taken yet."""
        return len(self.emulator.updates.pending)


@dataclass
class Zalo:
    """The Zalo Bot Platform, of the kind that hands out again what it had handed out before."""

    mode: Mode
    emulator: ZaloEmulator

    @property
    def bot(self) -> Bot:
        """The one bot there is."""
        return next(iter(self.emulator.bots.values()))

    def settings(self, port: int) -> dict[str, str]:
        """How a house on that port is to be set."""
        self.emulator.hosts[PUBLIC] = f"http://127.0.0.1:{port}"
        return {
            "OCOP_ZALO_BOT_TOKEN": self.bot.token,
            "OCOP_ZALO_BOT_API_BASE": self.emulator.base,
            "OCOP_ZALO_BOT_MODE": self.mode,
            "OCOP_ZALO_BOT_SECRET": SECRET,
            "OCOP_PUBLIC_URL": f"https://{PUBLIC}",
        }

    def phone(self, name: str) -> ZaloPhone:
        """Somebody new."""
        return ZaloPhone(self.emulator.user(name))

    def begun(self) -> int:
        """How often a house has begun to listen, or has asked for news."""
        if self.mode == "polling":
            return len(self.emulator.polled)
        return len(self.emulator.faults.named("setWebhook"))

    def house_died(self) -> None:
        """What was handed out and not followed by another poll is handed out again."""
        self.bot.waiting.extendleft(reversed(self.bot.handed))
        self.bot.handed = []

    def told(self) -> Sequence[Any]:
        """All updates that ever were."""
        return self.bot.told

    def tell_again(self, updates: Sequence[Any]) -> None:
        """Tell these once more."""
        known = len(self.bot.told)
        for update in updates:
            self.emulator.tell(self.bot, update)
        del self.bot.told[known:]

    def loses_answers(self, chance: Callable[[], bool]) -> None:
        """Let the answers to sent letters be lost by chance, after the letters were shown."""
        lost = Fault("sendMessage", applied=True, drop=True)
        self.emulator.faults.chance = lambda method: (
            lost if method == "sendMessage" and chance() else None
        )

    def waiting(self) -> int:
        """How many updates have not been taken yet."""
        return self.bot.unheard()

    async def post(self) -> None:
        """Post what waits until cancelled; what is not taken is posted again."""
        while True:
            taken = await self.emulator.post(self.bot) if self.bot.hook else True
            await asyncio.sleep(BREATH if taken else 4 * BREATH)


@asynccontextmanager
async def serving(channel: str, mode: Mode, *, listed: bool = False) -> AsyncIterator[Service]:
    """The service of that name on a port of its own; ``listed`` is Zalo giving many at once."""
    if channel == "telegram":
        telegram = Telegram(mode)
        async with telegram.emulator.running():
            yield telegram
        return
    async with started(Knobs(replay=mode == "polling", listed=listed)) as emulator:
        zalo = Zalo(mode, emulator)
        posting = asyncio.create_task(zalo.post())
        yield zalo
        posting.cancel()
        await asyncio.gather(posting, return_exceptions=True)


async def listening(service: Service, before: int, patience: float = 60.0) -> None:
    """Wait until a house has begun to listen since that many."""
    async with asyncio.timeout(patience):
        while service.begun() <= before:  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(BREATH)


def shuffled(updates: Sequence[Any], dice: Random) -> list[Any]:
    """Each twice, in any order."""
    twice = [*updates, *updates]
    return dice.sample(twice, len(twice))
