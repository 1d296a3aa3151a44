"""Letters become messages through python-telegram-bot; its errors become what delivery is to do."""

import logging
import os
import re
from collections.abc import Awaitable, Sequence
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    Message,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from bot.channels import fitting
from bot.channels.contract import Ambiguous, Moved, Refused, TryLater, Unreachable
from bot.channels.kept import Ahead, Kept, PathOf, read
from bot.channels.lending import Say
from bot.channels.telegram import keyboard
from bot.channels.telegram.keyboard import Button
from bot.channels.telegram.line import Line
from bot.channels.telegram.request import WAIT, Unanswered, WireRequest
from bot.channels.telegram.window import Window
from bot.channels.telegram.wire import Wire
from conversations.events import Address
from conversations.messages import Letter

LIMIT = 4096  # UTF-16 units of a text, by the Bot API
CAPTION = 1024
PHOTO = 10 * 1024 * 1024  # a larger picture goes as a document, of which 50 are taken
DOCUMENT = 50 * 1000 * 1000
PHOTOS = {"image/jpeg", "image/png", "image/webp"}
A_SECOND = 30.0  # messages at most, says https://core.telegram.org/bots/faq
TOKEN_AWAY = timedelta(minutes=10)  # a token that is wrong stays wrong until somebody mends it
_CHAT = re.compile(r"-?[1-9][0-9]{0,17}", re.ASCII)
_SAME = "message is not modified"
_NOBODY = ("chat not found", "peer_id_invalid", "user not found")
_PLAIN = {"is_disabled": True}  # no preview of links
_T = TypeVar("_T")
_log = structlog.get_logger()
# The library warns at each 429 until it is told that we know of times as timedelta.
os.environ.setdefault("PTB_TIMEDELTA", "true")
# It writes every letter into its debug log, and what it has to complain of it raises as well.
logging.getLogger("telegram").setLevel(logging.CRITICAL)


class _Speaker(ExtBot[int]):
    """The library's bot, with a way to send a text that builds none of its objects.

    Making them and reading the answer into one is eight tenths of what a message costs here.
    """

    async def say(self, chat: int, text: str, choices: Sequence[Button]) -> int:
        """Send a plain text with these choices as buttons; the id of the message."""
        given: dict[str, Any] = {"chat_id": chat, "text": text, **_about(choices)}
        match await self._post("sendMessage", given):
            case {"message_id": int(place)}:
                return place
        raise Unanswered("no message in the answer")

    async def reword(self, chat: int, place: int, text: str, choices: Sequence[Button]) -> int:
        """Change the words of a message; its id."""
        given: dict[str, Any] = {"chat_id": chat, "message_id": place, "text": text}
        try:
            await self._post("editMessageText", {**given, **_about(choices)})
        except BadRequest as error:
            if _SAME not in error.message.lower():
                raise
        return place


class TelegramSender:
    """Sends for one bot. A letter without its answer within ``wait`` seconds is ambiguous.

    ``files`` tells where the files lie that letters bring, and ``say`` gives the words of a key.
    """

    channel = "telegram"

    def __init__(
        self,
        line: Line,
        *,
        files: PathOf | None = None,
        say: Say | None = None,
        a_second: float = A_SECOND,
        wait: float = WAIT,
    ) -> None:
        request = WireRequest(Wire(line.proxy), wait)
        base = line.base.rstrip("/")
        self.pace = a_second
        self._bot_id = line.bot
        self._bot = _Speaker(
            line.token,
            base_url=f"{base}/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=Window(a_second),
        )
        self._files = files
        self._words = say
        self._ahead = Ahead()
        self._through: dict[int, int] = {}  # messages of a letter that are sent already
        self._revoked = False

    def only_answers(self, bot: str) -> bool:
        """Nothing has to be saved here."""
        del bot
        return False

    async def send(self, address: Address, letter_id: int, letter: Letter) -> int:
        """Send the letter as one message, or as several; the id of the last, which has buttons.

        A file bears the words and the buttons below it, unless the words are too long for that.
        """
        chat = self._chat(address)
        choices = letter.choices if keyboard.fits(letter.choices) else ()
        text = letter.text if choices else fitting.numbered(letter)
        if letter.stands is not None:
            return await self._done(self._bot.reword(chat, letter.stands, text[:LIMIT], choices))
        kept = await self._file(letter_id, letter)
        if kept is not None:
            below = fitting.pieces(text, CAPTION)
            try:
                if len(below) == 1:
                    return await self._show(chat, kept, below[0], choices)
                await self._ahead.send(letter_id, lambda: self._show(chat, kept))
            except Refused as why:
                _log.error("telegram_file_refused", why=str(why), kind=kept.kind)
                self._ahead.skip(letter_id)
                text = f"{text}\n{self._words('files.not_taken')}" if self._words else text
        return await self._write(chat, letter_id, text, choices)

    async def _write(self, chat: int, letter_id: int, text: str, choices: Sequence[Button]) -> int:
        *before, last = fitting.pieces(text, LIMIT) or [""]
        for number, piece in enumerate(before):
            if number >= self._through.get(letter_id, 0):
                await self._say(chat, piece, ())
                self._through[letter_id] = number + 1
        place = await self._say(chat, last, choices)
        self._through.pop(letter_id, None)
        self._ahead.forget(letter_id)
        return place

    async def _file(self, letter_id: int, letter: Letter) -> Kept | None:
        """The letter's file, if it has one that is still to be sent."""
        if letter.attached is None or self._ahead.over(letter_id):
            return None
        kept = await read(self._files, letter.attached)
        if kept is None:
            self._ahead.skip(letter_id)
        return kept

    async def _show(
        self, chat: int, kept: Kept, caption: str = "", choices: Sequence[Button] = ()
    ) -> int:
        """Send a picture as one, and as a document what Telegram does not take for a picture."""
        if len(kept.content) > DOCUMENT:
            raise Refused("larger than 50 MB")
        words, keys = caption or None, _markup(choices)
        if kept.kind in PHOTOS and len(kept.content) <= PHOTO:
            try:
                return await self._place(
                    self._bot.send_photo(chat, kept.content, words, reply_markup=keys)
                )
            except Refused as why:
                _log.info("telegram_photo_as_document", why=str(why))
        file = InputFile(kept.content, filename=kept.name)
        return await self._place(self._bot.send_document(chat, file, words, reply_markup=keys))

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.request.shutdown()

    def _chat(self, address: Address) -> int:
        if address.bot != self._bot_id:
            raise Unreachable("no token is set for this bot")
        if not _CHAT.fullmatch(address.chat):
            raise Unreachable("not a chat of Telegram")
        return int(address.chat)

    async def _say(self, chat: int, text: str, choices: Sequence[Button]) -> int:
        if not text:
            raise Refused("an empty text")
        return await self._done(self._bot.say(chat, text, choices))

    async def _place(self, call: Awaitable[Message]) -> int:
        return (await self._done(call)).message_id

    async def _done(self, call: Awaitable[_T]) -> _T:
        try:
            done = await call
        except TelegramError as error:
            outcome = _outcome(error)
            self._note_token(error)
        else:
            self._revoked = False
            return done
        raise outcome  # outside: the library's error may quote what it could not read

    def _note_token(self, error: TelegramError) -> None:
        if isinstance(error, InvalidToken) and not self._revoked:
            _log.error(
                "telegram_token_refused", bot=self._bot_id, do="set OCOP_TELEGRAM_TOKEN anew"
            )
        self._revoked = isinstance(error, InvalidToken)


def _outcome(error: TelegramError) -> Exception:
    """What an error of the library means for the letter."""
    match error:
        case RetryAfter():
            return TryLater("429", _wait(error))
        case Forbidden():
            return Unreachable(error.message)
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case InvalidToken():
            return TryLater("the token does not count", TOKEN_AWAY)
        case BadRequest():  # before NetworkError: in this library it is a kind of it
            nobody = any(words in error.message.lower() for words in _NOBODY)
            return Unreachable(error.message) if nobody else Refused(error.message)
        case Unanswered():
            return Ambiguous(error.message)
        case _:
            return TryLater(type(error).__name__)


def _wait(error: RetryAfter) -> timedelta:
    wait = error.retry_after
    return wait if isinstance(wait, timedelta) else timedelta(seconds=wait)


def _about(choices: Sequence[Button]) -> dict[str, Any]:
    keys = {"reply_markup": {"inline_keyboard": _keys(choices)}} if choices else {}
    return {"link_preview_options": _PLAIN, **keys}


def _keys(choices: Sequence[Button]) -> list[list[dict[str, str]]]:
    return [
        [{"text": label, "callback_data": data} for data, label in row]
        for row in keyboard.rows(choices)
    ]


def _markup(choices: Sequence[Button]) -> InlineKeyboardMarkup | None:
    laid = [
        [InlineKeyboardButton(label, callback_data=data) for data, label in row]
        for row in keyboard.rows(choices)
    ]
    return InlineKeyboardMarkup(laid) if laid else None
