"""The Bot API over real HTTP, as strict as its documentation and no more patient than the service.

Every request must be a method as aiogram knows it, every answer and update is built from aiogram's
types and must be readable by python-telegram-bot too. What the service may do to us is a knob.
"""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import telegram
from aiogram.methods import Response as AnswerTo
from aiogram.types import (
    BufferedInputFile,
    Document,
    File,
    InlineKeyboardMarkup,
    Message,
    PhotoSize,
    User,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from tests.emulators.serving import Served
from tests.emulators.telegram_calls import METHODS, Call, Refusal, read
from tests.emulators.telegram_people import MOST_FILE, Cloud, Person, written
from tests.emulators.telegram_updates import Updates

TOKEN = "7000000001:AAE-a-token-that-only-tests-know-0123456"
PAGE = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"
ME = User(
    id=7000000001,
    is_bot=True,
    first_name="Trợ lý",
    username="tro_ly_bot",
    can_join_groups=False,
    can_read_all_group_messages=False,
    supports_inline_queries=False,
)


@dataclass(frozen=True)
class Trouble:
    """What the next fitting call meets: it is done or not, then answered, kept waiting or cut."""

    method: str = ""
    chat: int | None = None
    does: bool = True
    answer: Response | None = None
    truncated: bool = False
    cut: bool = False
    delay: float = 0.0


@dataclass
class TelegramEmulator:
    """Telegram's servers for one bot; ``calls`` is all that they were asked."""

    token: str = TOKEN
    asked: Callable[[Call], None] = lambda _call: None  # is told of each call before it is done
    most_a_second: int = 0  # messages to all chats together; 0 is any number
    updates: Updates = field(default_factory=Updates)
    troubles: list[Trouble] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    people: dict[int, Person] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)
    menus: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _over: asyncio.Event = field(default_factory=asyncio.Event)
    _recent: deque[float] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self.cloud = Cloud(ME, self.updates.tell)
        routes = [
            Route("/bot{token}/{method}", self._called, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._fetched),
        ]
        self.served = Served(Starlette(routes=routes))
        self._poster: asyncio.Task[None] | None = None

    # -- for tests --------------------------------------------------------------------------------

    def person(self, name: str, *, started: bool = True) -> Person:
        """Somebody new with Telegram on their phone."""
        number = 5_000_000_001 + len(self.people)
        self.people[number] = Person(self.cloud, number, name, started)
        return self.people[number]

    def given(self, method: str) -> list[dict[str, Any]]:
        """What that method was given, call by call."""
        return [call.given for call in self.calls if call.name == method]

    # -- what the bot says ------------------------------------------------------------------------

    async def _send_message(self, call: Call) -> Message:
        person = self._reached(call)
        message = self._message(person, call, text=call.model.text)
        person.sees(message)
        return message

    async def _edit_text(self, call: Call) -> Message:
        person, place, words = self._reached(call), call.model.message_id, call.model.text
        shown = next((one for one in person.screen if one.id == place), None)
        if shown is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if shown.text == words:
            raise Refusal(400, "Bad Request: message is not modified: they are the same")
        person.screen[person.screen.index(shown)] = replace(shown, text=words)
        message = self._message(person, call, text=words)
        return message.model_copy(update={"message_id": place})

    async def _send_photo(self, call: Call) -> Message:
        content = _content(call.model.photo)
        if len(content) > 10 * 1024 * 1024:
            raise Refusal(400, "Bad Request: PHOTO_INVALID_DIMENSIONS")
        person = self._reached(call)
        name, unique = self.cloud.keep(content, "photo")
        size = PhotoSize(file_id=name, file_unique_id=unique, width=800, height=600)
        message = self._message(person, call, photo=[size], caption=call.model.caption)
        person.sees(message, content)
        return message

    async def _send_document(self, call: Call) -> Message:
        file, person = call.model.document, self._reached(call)
        name, unique = self.cloud.keep(_content(file), "document")
        document = Document(file_id=name, file_unique_id=unique, file_name=file.filename)
        message = self._message(person, call, document=document, caption=call.model.caption)
        person.sees(message, _content(file), file.filename)
        return message

    def _reached(self, call: Call) -> Person:
        self._pace()
        person = self.people.get(int(call.model.chat_id))
        if person is None:
            raise Refusal(400, "Bad Request: chat not found")
        if person.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        if not person.started:
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        return person

    def _pace(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._recent and self._recent[0] <= now - 1:
            self._recent.popleft()
        if self.most_a_second and len(self._recent) >= self.most_a_second:
            raise Refusal(429, "Too Many Requests: retry after 3", retry_after=3)
        self._recent.append(now)

    def _message(self, person: Person, call: Call, **content: Any) -> Message:
        markup = call.model.reply_markup
        return Message(
            message_id=next(self.cloud.messages),
            date=self.cloud.now(),
            chat=person.chat,
            from_user=ME,
            reply_markup=markup if isinstance(markup, InlineKeyboardMarkup) else None,
            **content,
        )

    async def _answer_query(self, call: Call) -> bool:
        query = call.model.callback_query_id
        if query not in self.cloud.queries:
            raise Refusal(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        self.cloud.queries.remove(query)
        self.answered.append(query)
        return True

    async def _set_commands(self, call: Call) -> bool:
        shown = {one["command"]: one["description"] for one in call.given["commands"]}
        scope = call.model.scope
        self.menus[(str(getattr(scope, "chat_id", "")), call.model.language_code or "")] = shown
        return True

    async def _get_me(self, _call: Call) -> User:
        return ME

    # -- files ------------------------------------------------------------------------------------

    async def _get_file(self, call: Call) -> File:
        name = call.model.file_id
        content = self.cloud.files.get(name)
        if content is None:
            raise Refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > MOST_FILE:
            raise Refusal(400, "Bad Request: file is too big")
        path, size = f"files/{name}", len(content)
        return File(file_id=name, file_unique_id=f"u{name}", file_path=path, file_size=size)

    async def _fetched(self, request: Request) -> Response:
        trouble = self._trouble("file", None)
        if trouble.answer is not None:
            return trouble.answer
        content = self.cloud.files.get(request.path_params["path"].removeprefix("files/"))
        if request.path_params["token"] != self.token or content is None:
            return JSONResponse(Refusal(404, "Not Found").body, 404)
        return Response(content, media_type="application/octet-stream")

    # -- HTTP -------------------------------------------------------------------------------------

    async def _called(self, request: Request) -> Response:
        if request.path_params["token"] != self.token:
            return JSONResponse(Refusal(401, "Unauthorized").body, 401)
        try:
            call = await read(request)
            self.calls.append(call)
            self.asked(call)
            return await self._done(request, call)
        except Refusal as refusal:
            return JSONResponse(refusal.body, refusal.code)

    async def _done(self, request: Request, call: Call) -> Response:
        trouble = self._trouble(call.name, call.given.get("chat_id"))
        if not trouble.does and trouble.answer is not None:
            return trouble.answer
        answer = _envelope(call, await self._does()[call.name](call))
        if trouble.delay:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), trouble.delay)
        if trouble.cut:
            client = request.client
            self.served.cut((client.host, client.port) if client else None)
        if trouble.truncated:
            return Response(answer[:-20], media_type="application/json")
        return trouble.answer or Response(answer, media_type="application/json")

    def _trouble(self, method: str, chat: Any) -> Trouble:
        for trouble in self.troubles:
            if trouble.method in ("", method) and trouble.chat in (None, chat):
                self.troubles.remove(trouble)
                return trouble
        return Trouble()

    def _does(self) -> dict[str, Callable[[Call], Any]]:
        return {
            "getMe": self._get_me,
            "getUpdates": self.updates.get_updates,
            "setWebhook": self.updates.set_webhook,
            "deleteWebhook": self.updates.delete_webhook,
            "getWebhookInfo": self.updates.webhook_info,
            "sendMessage": self._send_message,
            "editMessageText": self._edit_text,
            "sendPhoto": self._send_photo,
            "sendDocument": self._send_document,
            "answerCallbackQuery": self._answer_query,
            "setMyCommands": self._set_commands,
            "getFile": self._get_file,
        }

    @asynccontextmanager
    async def running(self) -> AsyncIterator["TelegramEmulator"]:
        """Telegram, at an address of its own."""
        await self.served.open()
        self._poster = asyncio.create_task(self.updates.post_updates())
        try:
            yield self
        finally:
            self._over.set()
            self.updates.end()
            self._poster.cancel()
            await asyncio.gather(self._poster, return_exceptions=True)
            await self.served.close()


def refused(code: int, description: str, **parameters: int) -> Response:
    """An answer of the API that says no."""
    return JSONResponse(Refusal(code, description, **parameters).body, code)


def page(status: int) -> Response:
    """What a gateway or a hotel's network answers instead."""
    return HTMLResponse(PAGE, status)


def _content(file: Any) -> bytes:
    if not isinstance(file, BufferedInputFile):
        raise Refusal(400, "Bad Request: there is no photo in the request")
    return file.data


def _envelope(call: Call, result: Any) -> bytes:
    """The answer, which both libraries can read."""
    plain = result if isinstance(result, bool | list) else written(result)
    body = {"ok": True, "result": plain}
    _reader(call.name).model_validate(body)
    if isinstance(result, Message):
        telegram.Message.de_json(json.loads(json.dumps(plain)), None)
    return json.dumps(body, ensure_ascii=False).encode()


@cache
def _reader(name: str) -> Any:
    """How aiogram reads an answer to the method; it takes long to make."""
    answer: Any = AnswerTo
    return answer[METHODS[name.lower()].__returning__]
