"""The form on aiogram's FSM with MemoryStorage, as its documentation does it.

``Bot`` has a network that takes no time, ``Polling`` the library's own.
"""

import gc
import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar

from aiogram import Bot as Telegram
from aiogram import Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks.bots.answers import parse
from benchmarks.bots.script import TALK, TOKEN, Script, Told

SENT = (
    '{"ok":true,"result":{"message_id":1,"from":{"id":42,"is_bot":true,"first_name":"OCOP",'
    '"username":"ocop_bot"},"chat":{"id":7000000001,"first_name":"Mai","type":"private"},'
    '"date":1795420800,"text":"?"}}'
)


class Wire(BaseSession):
    """A network that takes no time."""

    async def close(self) -> None:
        """There is nothing to close."""

    async def make_request(
        self,
        bot: Telegram,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 - as aiogram calls it
    ) -> Any:
        """Take the request as it would be written to the wire, and answer it."""
        del timeout
        files: dict[str, Any] = {}
        for value in method.model_dump(warnings=False).values():
            self.prepare_value(value, bot=bot, files=files)
        return self.check_response(bot, method, 200, SENT).result

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """Nothing is fetched here."""
        yield b""


class Step(StatesGroup):
    """Which message of the talk comes next."""

    waits: ClassVar = [State(f"waits_{at}") for at in range(len(TALK))]


class Form:
    """The handlers; over HTTP they let the circles on tapped buttons stop as well."""

    def __init__(self, script: Script, *, answers_taps: bool) -> None:
        self._letters = [[ready(letter) for letter in letters] for letters in script.letters]
        self._answers_taps = answers_taps
        self.finished: list[dict[str, Any]] = []

    def dispatcher(self) -> Dispatcher:
        """What hears the updates."""
        made = Dispatcher(storage=MemoryStorage())
        made.include_router(self._router())
        return made

    def _router(self) -> Router:
        router = Router()
        router.message.register(self._begin, Command("dangky"))
        for at, said in enumerate(TALK[1:], 1):
            if said.button >= 0:
                tapped = F.data.startswith("pick:")
                router.callback_query.register(self._tapped(at), Step.waits[at], tapped)
            else:
                router.message.register(self._typed(at), Step.waits[at], F.text)
        return router

    async def _begin(self, message: Message, state: FSMContext) -> None:
        await state.set_data({})
        await self._go_on(message, state, 0)

    def _typed(self, at: int) -> Callable[[Message, FSMContext], Awaitable[None]]:
        async def typed(message: Message, state: FSMContext) -> None:
            await self._keep(state, at, message.text or "")
            await self._go_on(message, state, at)

        return typed

    def _tapped(self, at: int) -> Callable[[CallbackQuery, FSMContext], Awaitable[None]]:
        async def tapped(query: CallbackQuery, state: FSMContext) -> None:
            if self._answers_taps:
                await query.answer()
            await self._keep(state, at, query.data or "")
            if isinstance(query.message, Message):
                await self._go_on(query.message, state, at)

        return tapped

    async def _keep(self, state: FSMContext, at: int, text: str) -> None:
        if TALK[at].question:
            answers = await state.get_data()
            parse(TALK[at].question, text, answers)
            await state.set_data(answers)

    async def _go_on(self, message: Message, state: FSMContext, at: int) -> None:
        if at + 1 < len(TALK):
            await state.set_state(Step.waits[at + 1])
        else:
            self.finished.append(await state.get_data())
            await state.clear()
        for text, keyboard in self._letters[at]:
            await message.answer(text, reply_markup=keyboard)


class Bot:
    """Updates go in as bytes; ``tell`` returns when their answer has gone out."""

    def __init__(self, script: Script, folder: Path, people: int) -> None:
        del folder, people
        form = Form(script, answers_taps=False)
        self.finished = form.finished
        self.telegram = Telegram(TOKEN, session=Wire())
        self.dispatcher = form.dispatcher()

    async def open(self) -> None:
        """Get ready."""
        gc.freeze()

    async def close(self) -> None:
        """End."""
        await self.dispatcher.storage.close()

    async def tell(self, person: int, at: int, body: bytes) -> None:
        """Take one update to its end."""
        del person, at
        await self.dispatcher.feed_raw_update(self.telegram, json.loads(body))

    def button(self, person: int, place: int) -> str:
        """What the button at that place brings back."""
        del person
        return f"pick:{place}"


class Polling:
    """Fetches its updates itself, with what the library brings."""

    def __init__(self, script: Script, folder: Path, people: int, base: str) -> None:
        del folder, people
        form = Form(script, answers_taps=True)
        self.finished = form.finished
        self._telegram = over_http(base)
        self._dispatcher = form.dispatcher()

    async def run(self, opened: Callable[[], None]) -> None:
        """Hear until cancelled."""
        opened()
        await self._dispatcher.start_polling(self._telegram, handle_signals=False)


def over_http(base: str) -> Telegram:
    """The library's bot with the library's own session."""
    return Telegram(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(base)))


def ready(letter: Told) -> tuple[str, InlineKeyboardMarkup | None]:
    """The letter as aiogram takes it."""
    buttons = [
        [InlineKeyboardButton(text=label, callback_data=f"pick:{place}")]
        for place, label in enumerate(letter.labels)
    ]
    return letter.text, InlineKeyboardMarkup(inline_keyboard=buttons) if buttons else None
