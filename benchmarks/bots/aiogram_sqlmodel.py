"""The form on aiogram, kept by SQLModel in an async session: what most people would write.

``Bot`` has a network that takes no time, ``Polling`` the library's own.
"""

import asyncio
import gc
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiogram import Bot as Telegram
from aiogram import Dispatcher, F, Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from sqlalchemy import JSON, Column, event
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.bots.aiogram_memory import Wire, over_http, ready
from benchmarks.bots.answers import parse
from benchmarks.bots.script import TALK, TOKEN, Script


class Seen(SQLModel, table=True):
    """An update that was taken, so that none is taken twice."""

    update_id: int = Field(primary_key=True)


class Talk(SQLModel, table=True):
    """Where a person is in the form, and the answers so far."""

    chat: int = Field(primary_key=True)
    waits: int = 0
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


class Idea(SQLModel, table=True):
    """A form that was handed in."""

    id: int | None = Field(default=None, primary_key=True)
    chat: int
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON))


class Form:
    """The handlers; over HTTP they let the circles on tapped buttons stop as well."""

    def __init__(self, script: Script, folder: Path, *, answers_taps: bool) -> None:
        self._letters = [[ready(letter) for letter in letters] for letters in script.letters]
        self._answers_taps = answers_taps
        self._engine = create_async_engine(f"sqlite+aiosqlite:///{folder / 'peer.db'}")
        event.listen(self._engine.sync_engine, "connect", _prepare)
        self._sessions = async_sessionmaker(
            self._engine, class_=AsyncSession, expire_on_commit=False
        )
        self._turns = asyncio.Lock()  # without it, writers starve each other
        self.finished: list[dict[str, Any]] = []

    async def open(self) -> None:
        """Make the tables."""
        async with self._engine.begin() as connection:
            tables = [SQLModel.metadata.tables[name] for name in ("seen", "talk", "idea")]
            await connection.run_sync(SQLModel.metadata.create_all, tables=tables)

    async def close(self) -> None:
        """Close the database."""
        await self._engine.dispose()

    def dispatcher(self) -> Dispatcher:
        """What hears the updates."""
        made = Dispatcher(disable_fsm=True)
        made.update.outer_middleware(self._transaction)
        made.include_router(self._router())
        return made

    async def _transaction(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        happened: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """One transaction an update; the answer goes out after the commit."""
        assert isinstance(happened, Update)
        answers: list[Awaitable[Any]] = []
        async with self._turns, self._sessions() as session:
            if await session.get(Seen, happened.update_id):
                return None
            session.add(Seen(update_id=happened.update_id))
            chat = data["event_chat"].id
            talk = await session.get(Talk, chat)
            if talk is None:
                talk = Talk(chat=chat)
                session.add(talk)
            result = await handler(
                happened, {**data, "session": session, "talk": talk, "out": answers}
            )
            await session.commit()
        for answer in answers:
            await answer
        return result

    def _router(self) -> Router:
        router = Router()
        router.message.register(self._begin, Command("dangky"))
        for at, said in enumerate(TALK[1:], 1):
            if said.button >= 0:
                tapped = F.data.startswith("pick:")
                router.callback_query.register(self._tapped(at), _Waits(at), tapped)
            else:
                router.message.register(self._typed(at), _Waits(at), F.text)
        return router

    async def _begin(
        self, message: Message, session: AsyncSession, talk: Talk, out: list[Awaitable[Any]]
    ) -> None:
        talk.answers = {}
        self._go_on(message, session, talk, out, 0)

    def _typed(self, at: int) -> Callable[..., Awaitable[None]]:
        async def typed(
            message: Message, session: AsyncSession, talk: Talk, out: list[Awaitable[Any]]
        ) -> None:
            _keep(talk, at, message.text or "")
            self._go_on(message, session, talk, out, at)

        return typed

    def _tapped(self, at: int) -> Callable[..., Awaitable[None]]:
        async def tapped(
            query: CallbackQuery, session: AsyncSession, talk: Talk, out: list[Awaitable[Any]]
        ) -> None:
            if self._answers_taps:
                out.append(query.answer())
            _keep(talk, at, query.data or "")
            if isinstance(query.message, Message):
                self._go_on(query.message, session, talk, out, at)

        return tapped

    def _go_on(
        self,
        message: Message,
        session: AsyncSession,
        talk: Talk,
        out: list[Awaitable[Any]],
        at: int,
    ) -> None:
        if at + 1 < len(TALK):
            talk.waits = at + 1
        else:
            session.add(Idea(chat=talk.chat, answers=talk.answers))
            self.finished.append(talk.answers)
            talk.waits, talk.answers = 0, {}
        out.extend(message.answer(text, reply_markup=keys) for text, keys in self._letters[at])


class Bot:
    """Updates go in as bytes; ``tell`` returns when their answer has gone out."""

    def __init__(self, script: Script, folder: Path, people: int) -> None:
        del people
        self._form = Form(script, folder, answers_taps=False)
        self.finished = self._form.finished
        self.telegram = Telegram(TOKEN, session=Wire())
        self.dispatcher = self._form.dispatcher()

    async def open(self) -> None:
        """Get ready."""
        await self._form.open()
        gc.freeze()

    async def close(self) -> None:
        """End."""
        await self._form.close()

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
        del people
        self._form = Form(script, folder, answers_taps=True)
        self.finished = self._form.finished
        self._telegram = over_http(base)
        self._dispatcher = self._form.dispatcher()

    async def run(self, opened: Callable[[], None]) -> None:
        """Hear until cancelled."""
        await self._form.open()
        opened()
        try:
            await self._dispatcher.start_polling(self._telegram, handle_signals=False)
        finally:
            await self._form.close()


class _Waits(Filter):
    """The talk waits for that message."""

    def __init__(self, at: int) -> None:
        self._at = at

    async def __call__(self, _happened: TelegramObject, talk: Talk) -> bool:
        return talk.waits == self._at


def _keep(talk: Talk, at: int, text: str) -> None:
    if TALK[at].question:
        answers = dict(talk.answers)
        parse(TALK[at].question, text, answers)
        talk.answers = answers


def _prepare(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
