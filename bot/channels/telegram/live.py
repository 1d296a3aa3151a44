"""Telegram's hearing as one thing to start and stop: it finds out who our bot is, then listens."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.types import BotCommand, BotCommandScopeChat
from starlette.routing import Route

from bot.channels.telegram import files
from bot.channels.telegram.calls import TROUBLE, caller
from bot.channels.telegram.line import Line
from bot.channels.telegram.polling import HOLD, LONGEST, TOKEN_AWAY, Lease, Poller, alone
from bot.channels.telegram.receive import Receiver
from bot.channels.telegram.updates import KINDS
from bot.channels.telegram.webhook import PATH, Hook
from bot.channels.telegram.wire import Wire

LOOK = 30.0  # breaths between looks for new officers
TAPS_AT_ONCE = 4  # answered together: each takes as long as the way there and back
_T = TypeVar("_T")
_log = structlog.get_logger()


# The commands to offer, each with what it does, by language; the first language is for everybody.
Menus = Mapping[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What officers see beside their keyboard, and which chats are theirs."""

    commands: Sequence[tuple[str, str]]
    chats: Callable[[str], Awaitable[Sequence[str]]]  # of the bot with that id


class Telegram:
    """Hears what people say to one bot, and fetches their files; ``state`` is for whoever asks."""

    def __init__(
        self,
        line: Line,
        receiver: Receiver,
        menus: Menus,
        *,
        lease: Lease = alone,
        breath: float = 1.0,
        hold: int = HOLD,
    ) -> None:
        self.state = "starting"
        self._line = line
        self._breath = breath
        self._bot = caller(line, Wire(line.proxy))
        self._receiver = receiver
        self._menus = menus
        self.desk: Desk | None = None
        self._poller = Poller(self._bot, receiver, lease, breath, hold)

    def routes(self) -> list[Route]:
        """Where updates are posted; nothing where they are fetched."""
        if self._line.mode == "polling":
            return []
        return [Hook(self._receiver, self._line.secret).route()]

    async def run(self) -> None:
        """Listen until cancelled; as long as Telegram cannot be asked, try again."""
        me = await self._insist("getMe", self._bot.get_me)
        await self._insist("setWebhook", self._hook)
        self.state = f"{self._line.mode} @{me.username}"
        _log.info("telegram_bot", bot=self._line.bot, name=me.username, mode=self._line.mode)
        async with asyncio.TaskGroup() as group:
            for _ in range(TAPS_AT_ONCE):
                group.create_task(self._answer_taps(), name="telegram-taps")
            group.create_task(self._offer_menus(), name="telegram-menus")
            if self.desk:
                group.create_task(self._offer_desk(self.desk), name="telegram-desk")
            if self._line.mode == "polling":
                group.create_task(self._poller.run(), name="telegram-polling")

    async def download(self, source: str) -> bytes:
        """The content of a file that was announced to the intake; see ``files.download``."""
        return await files.download(self._bot, source)

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.session.close()

    async def _hook(self) -> bool:
        """Tell Telegram where updates go; what waits there goes on waiting."""
        if self._line.mode == "polling":
            return await self._bot.delete_webhook()
        url = self._line.public_url.rstrip("/") + PATH
        return await self._bot.set_webhook(
            url, secret_token=self._line.secret, allowed_updates=list(KINDS)
        )

    async def _offer_menus(self) -> None:
        """Show the commands beside the keyboard. Without them everything can still be typed."""
        for number, (language, commands) in enumerate(self._menus.items()):
            code = language if number else None
            try:
                await self._bot.set_my_commands(_shown(commands), language_code=code)
            except TROUBLE as trouble:
                _log.warning("telegram_menu_missing", language=language, why=str(trouble))

    async def _offer_desk(self, desk: Desk) -> None:
        """Show officers their own commands, soon after they have become officers."""
        offered: set[str] = set()
        while True:
            for chat in await desk.chats(self._line.bot):
                if chat not in offered:
                    offered.add(chat)
                    await self._offer_in(chat, desk.commands)
            await asyncio.sleep(self._breath * LOOK)

    async def _offer_in(self, chat: str, commands: Sequence[tuple[str, str]]) -> None:
        try:
            scope = BotCommandScopeChat(chat_id=int(chat))
            await self._bot.set_my_commands(_shown(commands), scope=scope)
        except TROUBLE as trouble:
            _log.warning("telegram_desk_missing", why=str(trouble))

    async def _insist(self, what: str, ask: Callable[[], Awaitable[_T]]) -> _T:
        """Ask until Telegram says yes; say why it does not, once for each reason."""
        pause, said = self._breath, ""
        while True:
            try:
                return await ask()
            except TROUBLE as trouble:
                why = str(trouble)
                wrong = isinstance(trouble, TelegramUnauthorizedError | TelegramNotFound)
            if wrong:
                why, pause = "OCOP_TELEGRAM_TOKEN: Telegram does not know it", TOKEN_AWAY
            if why != said:
                _log.error("telegram_start_waits", bot=self._line.bot, what=what, why=why)
            self.state, said = why, why
            await asyncio.sleep(pause)
            pause = min(LONGEST, pause * 2)

    async def _answer_taps(self) -> None:
        """Let the circles on tapped buttons stop; one that cannot be answered stops by itself."""
        while True:
            query = await self._receiver.taps.get()
            try:
                await self._bot.answer_callback_query(query)
            except TROUBLE as trouble:
                _log.debug("telegram_tap_unanswered", error=type(trouble).__name__)


def _shown(commands: Sequence[tuple[str, str]]) -> list[BotCommand]:
    return [BotCommand(command=name, description=words) for name, words in commands]
