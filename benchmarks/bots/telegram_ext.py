"""The form on python-telegram-bot's ConversationHandler, in memory, as its examples do it.

``Bot`` has a network that takes no time, ``Polling`` the library's own.
"""

import asyncio
import gc
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    Updater,
    filters,
)
from telegram.request import BaseRequest, RequestData

from benchmarks.bots.answers import parse
from benchmarks.bots.script import TALK, TOKEN, Script, Told

App = Application[Any, Any, Any, Any, Any, Any]
ME = b'{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"OCOP","username":"ocop_bot"}}'
SENT = (
    b'{"ok":true,"result":{"message_id":1,"from":{"id":42,"is_bot":true,"first_name":"OCOP",'
    b'"username":"ocop_bot"},"chat":{"id":7000000001,"first_name":"Mai","type":"private"},'
    b'"date":1795420800,"text":"?"}}'
)


class Wire(BaseRequest):
    """A network that takes no time."""

    read_timeout = 5.0

    async def initialize(self) -> None:
        """There is nothing to open."""

    async def shutdown(self) -> None:
        """There is nothing to close."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Take the request as it would be written to the wire, and answer it."""
        del method
        if url.endswith("getMe"):
            return 200, ME
        if request_data:
            assert request_data.json_parameters
        return 200, SENT


class Form:
    """The handlers; over HTTP they let the circles on tapped buttons stop as well."""

    def __init__(self, script: Script, *, answers_taps: bool) -> None:
        self._letters = [[_ready(letter) for letter in letters] for letters in script.letters]
        self._answers_taps = answers_taps
        self.finished: list[dict[str, Any]] = []

    def conversation(self) -> ConversationHandler[Any]:
        """All of them, as one handler."""
        text = filters.TEXT & ~filters.COMMAND
        states: dict[object, list[Any]] = {}
        for at, said in enumerate(TALK[1:], 1):
            states[at] = (
                [CallbackQueryHandler(self._answered, pattern=re.compile("^pick:"))]
                if said.button >= 0
                else [MessageHandler(text, self._answered)]
            )
        return ConversationHandler([CommandHandler("dangky", self._begin)], states, [])

    async def _begin(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        cast("dict[str, Any]", context.user_data).update(answers={}, at=0)
        return await self._ask(update, context, 0)

    async def _answered(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        mine = cast("dict[str, Any]", context.user_data)
        mine["at"] += 1
        at = mine["at"]
        query = update.callback_query
        if query and self._answers_taps:
            await query.answer()
        text = str(query.data if query else cast("Any", update.message).text)
        if TALK[at].question:
            parse(TALK[at].question, text, mine["answers"])
        return await self._ask(update, context, at)

    async def _ask(self, update: Update, context: ContextTypes.DEFAULT_TYPE, at: int) -> int:
        chat = cast("Any", update.effective_chat).id
        for text, keyboard in self._letters[at]:
            await context.bot.send_message(chat, text, reply_markup=keyboard)
        if at < len(TALK) - 1:
            return at + 1
        self.finished.append(cast("dict[str, Any]", context.user_data)["answers"])
        return ConversationHandler.END


class Bot:
    """Updates go in as bytes; ``tell`` returns when their answer has gone out."""

    def __init__(self, script: Script, folder: Path, people: int) -> None:
        del folder, people
        self._form = Form(script, answers_taps=False)
        self.finished = self._form.finished
        builder = ApplicationBuilder().token(TOKEN).request(Wire()).get_updates_request(Wire())
        self._app: App = builder.updater(None).job_queue(None).build()
        self._app.add_handler(self._form.conversation())

    async def open(self) -> None:
        """Get ready."""
        await self._app.initialize()
        gc.freeze()

    async def close(self) -> None:
        """End."""
        await self._app.shutdown()

    async def tell(self, person: int, at: int, body: bytes) -> None:
        """Take one update to its end."""
        del person, at
        update = Update.de_json(json.loads(body), self._app.bot)
        await self._app.process_update(update)

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
        self._app: App = ApplicationBuilder().token(TOKEN).base_url(f"{base}/bot").build()
        self._app.add_handler(form.conversation())

    async def run(self, opened: Callable[[], None]) -> None:
        """Hear until cancelled."""
        async with self._app:
            await self._app.start()
            opened()
            await cast("Updater", self._app.updater).start_polling()
            try:
                await asyncio.Event().wait()
            finally:
                await cast("Updater", self._app.updater).stop()
                await self._app.stop()


def _ready(letter: Told) -> tuple[str, InlineKeyboardMarkup | None]:
    buttons = [
        [InlineKeyboardButton(label, callback_data=f"pick:{place}")]
        for place, label in enumerate(letter.labels)
    ]
    return letter.text, InlineKeyboardMarkup(buttons) if buttons else None
