"""The form on python-telegram-bot's ConversationHandler, in memory, as its examples do it."""

import gc
import json
import re
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
    filters,
)
from telegram.request import BaseRequest, RequestData

from benchmarks.bots.answers import parse
from benchmarks.bots.script import TALK, Script, Told

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


class Bot:
    """Updates go in as bytes; ``tell`` returns when their answer has gone out."""

    def __init__(self, script: Script, folder: Path, people: int) -> None:
        del folder, people
        self._letters = [[_ready(letter) for letter in letters] for letters in script.letters]
        builder = ApplicationBuilder().token("42:TEST").request(Wire()).get_updates_request(Wire())
        self._app: Application[Any, Any, Any, Any, Any, Any] = (
            builder.updater(None).job_queue(None).build()
        )
        self._app.add_handler(self._conversation())
        self.finished: list[dict[str, Any]] = []

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

    def _conversation(self) -> ConversationHandler[Any]:
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


def _ready(letter: Told) -> tuple[str, InlineKeyboardMarkup | None]:
    buttons = [
        [InlineKeyboardButton(label, callback_data=f"pick:{place}")]
        for place, label in enumerate(letter.labels)
    ]
    return letter.text, InlineKeyboardMarkup(buttons) if buttons else None
