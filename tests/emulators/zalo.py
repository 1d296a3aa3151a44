"""The Zalo Bot Platform on loopback, strict; each thing that sources tell differently is a knob."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web

from tests.emulators.faults import Fault, Faults, Site
from tests.emulators.zalo_people import Bot, User

PICTURES = "photo-stal-1.zdn.vn"
LIMIT = 2000
HEADER = "X-Bot-Api-Secret-Token"
METHODS: dict[str, tuple[set[str], set[str]]] = {  # parameters: needed, possible
    "getMe": (set(), set()),
    "getUpdates": (set(), {"timeout"}),
    "setWebhook": ({"url", "secret_token"}, set()),
    "deleteWebhook": (set(), set()),
    "getWebhookInfo": (set(), set()),
    "testWebhook": (set(), set()),
    "sendMessage": ({"chat_id", "text"}, {"parse_mode", "text_styles"}),
    "sendPhoto": ({"chat_id", "photo"}, {"caption"}),
    "sendSticker": ({"chat_id", "sticker"}, set()),
    "sendVoice": ({"chat_id", "voice_url"}, set()),
    "sendChatAction": ({"chat_id", "action"}, set()),
}


@dataclass
class Knobs:
    """What nobody outside knows for certain; the first value is the one most often seen."""

    wrapped: bool = False  # webhook: {"ok": true, "result": {…}}, else the flat object
    idle_status: int = 200  # or 408
    replay: bool = False  # what was fetched is handed out again when there is nothing new
    listed: bool = False  # getUpdates gives a list
    photo_key: str = "photo_url"  # or "photo"
    echo: bool = False  # what the bot says comes back as an update
    error_status: bool = True  # errors have their code as HTTP status, else 200
    unknown_chat: int = 404  # or 400
    quota: int | None = None  # messages left
    counts_both: bool = True  # the quota counts what people write too
    most_users: int | None = None
    hook_tries: int = 1  # how often one update is posted that was not answered with 2xx
    tests_a_day: int = 3


class Refusal(Exception):
    def __init__(self, code: int, words: str) -> None:
        self.code, self.words = code, words


@dataclass
class ZaloEmulator:
    """The service: bots, users, and the address ``base``."""

    knobs: Knobs = field(default_factory=Knobs)
    clock: Callable[[], float] = time.time
    hosts: dict[str, str] = field(default_factory=dict)  # public names → where they really are
    faults: Faults = field(default_factory=Faults)
    bots: dict[str, Bot] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    fetched: list[bytes] = field(default_factory=list)  # pictures that bots sent
    polled: list[float] = field(default_factory=list)
    _last: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        app = web.Application(client_max_size=1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._called)
        app.router.add_get("/{name}", self._served)
        self.site = Site(app)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.site.port}"

    # -- people and bots --------------------------------------------------------------------------

    def bot(self, name: str = "Bot OCOP") -> Bot:
        number = next(self._numbers)
        made = Bot(f"14592322414547652{number:02}", f"{number}784512:kH4x_bi-mat-{number:04}", name)
        self.bots[made.token] = made
        return made

    def user(self, name: str, bot: Bot | None = None) -> User:
        """Somebody who opens the chat with the bot (the first one, if none is named)."""
        bot = bot or next(iter(self.bots.values()))
        number = next(self._numbers)
        made = User(self, bot, f"6ede9afa66b88fe6{number:04x}", name)
        self.users[bot.id, made.id] = made
        return made

    def happened(self, user: User, event: str, content: dict[str, Any]) -> None:
        """Somebody did something; what the bot is not told of is dropped."""
        knobs = self.knobs
        if knobs.most_users is not None and self._rank(user) >= knobs.most_users:
            return
        if knobs.quota is not None and knobs.counts_both:
            knobs.quota -= 1
        self.tell(user.bot, self._update(event, user.id, user.name, user.id, content))

    def tell(self, bot: Bot, update: dict[str, Any]) -> None:
        """Let the update wait for the bot."""
        bot.told.append(update)
        bot.waiting.append(update)
        self._news.set()

    def serve(self, content: bytes, ending: str) -> str:
        """A temporary public address of the content."""
        name = f"{next(self._numbers)}.{ending}"
        self.files[name] = content
        return f"https://{PICTURES}/{name}"

    def _rank(self, user: User) -> int:
        mine = [one for one in self.users.values() if one.bot is user.bot]
        return mine.index(user)

    def _update(
        self, event: str, sender: str, name: str, chat: str, content: dict[str, Any]
    ) -> dict[str, Any]:
        message = {
            "message_id": f"2d758cb5e222177a{next(self._numbers):04x}",
            "date": self._now(),
            "from": {"id": sender, "display_name": name, "is_bot": sender != chat},
            "chat": {"id": chat, "chat_type": "PRIVATE"},
        }
        return {"event_name": event, "message": message | content}

    def _now(self) -> int:
        """The time in ms; never one twice."""
        self._last = max(self._last + 1, int(self.clock() * 1000))
        return self._last

    # -- posting to webhooks ----------------------------------------------------------------------

    async def post(self, bot: Bot) -> bool:
        """Post what waits, in order; false when something was not taken in all its tries."""
        while bot.waiting:
            update = bot.waiting[0]
            body = {"ok": True, "result": update} if self.knobs.wrapped else update
            for _ in range(self.knobs.hook_tries):
                if await self._post(bot, json.dumps(body).encode()) == "webhook.ok":
                    bot.waiting.popleft()
                    break
            else:
                return False
        return True

    async def _post(self, bot: Bot, body: bytes) -> str:
        """Post a body to the bot's webhook; the outcome in the service's words."""
        url, secret = bot.hook or ("", "")
        parts = urlsplit(url)
        if (parts.hostname or "") in {"localhost", "127.0.0.1"}:
            return "webhook.err.blocked"
        if parts.netloc not in self.hosts:
            return "webhook.err.dns"
        where = self.hosts[parts.netloc] + parts.path
        headers = {HEADER: secret, "User-Agent": "Java/17.0.2", "Content-Type": "application/json"}
        try:
            async with (
                aiohttp.ClientSession() as session,
                session.post(where, data=body, headers=headers) as answer,
            ):
                return _outcome(answer.status)
        except aiohttp.ClientError:
            return "webhook.err.conn"

    # -- answering --------------------------------------------------------------------------------

    async def _served(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["name"])
        return web.Response(status=404) if found is None else web.Response(body=found)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        given = await _parameters(request)
        fault = self.faults.take(method, given)
        try:
            answer = await self._answer(request.match_info["token"], method, given, fault)
        except Refusal as refusal:
            answer = self._refused(method, refusal)
        return await fault.instead_of(request, answer) if fault else answer

    async def _answer(
        self, token: str, method: str, given: dict[str, Any], fault: Fault | None
    ) -> web.Response:
        if fault and fault.error:
            raise Refusal(*fault.error)
        if fault and not fault.applied:
            return web.json_response({})
        if method not in METHODS:
            raise Refusal(404, "Not Found")
        bot = self.bots.get(token)
        if bot is None:
            raise Refusal(401, "Unauthorized")
        needed, possible = METHODS[method]
        if not needed <= given.keys() <= needed | possible:
            raise Refusal(400, f"Bad Request: {sorted(given)}")
        picture = await self._fetch(str(given["photo"])) if method == "sendPhoto" else b""
        does = self._does.get(method)
        done = await does(bot, given) if does else self._sends(bot, method, given)
        if picture:
            self.users[bot.id, str(given["chat_id"])].pictures.append(picture)
        return web.json_response({"ok": True} if done is None else {"ok": True, "result": done})

    async def _fetch(self, url: str) -> bytes:
        """Fetch a picture that is to be shown, if it lies where we can come; else nothing."""
        where = self.hosts.get(urlsplit(url).netloc)
        if where is None:
            return b""
        async with (
            aiohttp.ClientSession() as session,
            session.get(where + urlsplit(url).path) as answer,
        ):
            if answer.status != 200 or not answer.content_type.startswith("image/"):
                raise Refusal(400, "Bad Request: the photo cannot be fetched")
            self.fetched.append(await answer.read())
            return self.fetched[-1]

    def _refused(self, method: str, refusal: Refusal) -> web.Response:
        idle = (method, refusal.code) == ("getUpdates", 408)
        status = self.knobs.idle_status if idle else refusal.code
        key = "errorCode" if method == "testWebhook" else "error_code"
        body = {"ok": False, "description": refusal.words, key: refusal.code}
        shown = status if idle or self.knobs.error_status else 200
        return web.json_response(body, status=shown)

    @property
    def _does(self) -> dict[str, Callable[[Bot, dict[str, Any]], Awaitable[Any]]]:
        return {
            "getMe": self._me,
            "getUpdates": self._updates,
            "setWebhook": self._set_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
            "testWebhook": self._test_webhook,
        }

    async def _me(self, bot: Bot, _given: dict[str, Any]) -> dict[str, Any]:
        account = {"account_name": "bot.VDKyGxQvc", "account_type": "BASIC"}
        return {"id": bot.id, "display_name": bot.name, **account, "can_join_groups": False}

    async def _updates(self, bot: Bot, given: dict[str, Any]) -> Any:
        seconds = given.get("timeout", "30")
        if not (isinstance(seconds, str) and seconds.isdecimal()):
            raise Refusal(400, "Bad Request: timeout")
        if bot.hook is not None:
            raise Refusal(400, "You cannot use this API while a webhook is set.")
        self.polled.append(time.monotonic())
        done, bot.handed = bot.handed, []
        if not bot.waiting and self.knobs.replay and (done or bot.told):
            return self._shaped((done or bot.told)[-1:])
        await self._something(bot, float(seconds))
        while bot.waiting and (self.knobs.listed or not bot.handed):
            bot.handed.append(bot.waiting.popleft())
        return self._shaped(bot.handed)

    def _shaped(self, updates: list[dict[str, Any]]) -> Any:
        return updates if self.knobs.listed else updates[0]

    async def _something(self, bot: Bot, seconds: float) -> None:
        """Wait until something waits for the bot; 408 when nothing came in time."""
        try:
            async with asyncio.timeout(seconds):
                while not bot.waiting:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise Refusal(408, "Request timeout") from None

    async def _set_webhook(self, bot: Bot, given: dict[str, Any]) -> dict[str, Any]:
        if not given["url"].startswith("https://") or not 8 <= len(given["secret_token"]) <= 256:
            raise Refusal(400, "Bad Request: url or secret_token")
        bot.hook = (given["url"], given["secret_token"])  # kept, whatever comes of the try
        return await self._webhook_info(bot, given) | {"verification": await self._tried(bot)}

    async def _delete_webhook(self, bot: Bot, _given: dict[str, Any]) -> dict[str, Any]:
        bot.hook = None
        return {"url": "", "updated_at": self._now()}

    async def _webhook_info(self, bot: Bot, _given: dict[str, Any]) -> dict[str, Any]:
        if bot.hook is None:
            raise Refusal(404, "Not Found")
        return {"url": bot.hook[0], "updated_at": self._now()}

    async def _test_webhook(self, bot: Bot, _given: dict[str, Any]) -> dict[str, Any]:
        bot.tests += 1
        if bot.tests > self.knobs.tests_a_day:
            raise Refusal(426, "Upgrade Required")
        return await self._tried(bot)

    async def _tried(self, bot: Bot) -> dict[str, Any]:
        outcome = await self._post(bot, b'{"verify":"\xc4\x91"}')
        ok = outcome == "webhook.ok"
        hint = "" if ok else "check that the address answers 200"
        return {"ok": ok, "url": bot.hook and bot.hook[0], "outcome": outcome, "hint": hint}

    def _sends(self, bot: Bot, method: str, given: dict[str, Any]) -> Any:
        user = self.users.get((bot.id, str(given["chat_id"])))
        if user is None:
            raise Refusal(self.knobs.unknown_chat, "chat not found")
        if user.blocked:
            raise Refusal(403, "the user does not receive messages")
        if method == "sendChatAction":
            if given["action"] != "typing":
                raise Refusal(400, "Bad Request: action")
            return None
        caption = given.get("caption", "")
        if len(caption.encode("utf-16-le")) // 2 > LIMIT:
            raise Refusal(400, "Bad Request: caption")
        sent = self._sent(bot, user, _checked(method, given))
        user.captions[len(user.messages) - 1] = caption
        return sent

    def _sent(self, bot: Bot, user: User, message: tuple[str, str]) -> dict[str, Any]:
        if self.knobs.quota is not None:
            if self.knobs.quota <= 0:
                raise Refusal(429, "Quota exceeded")
            self.knobs.quota -= 1
        user.messages.append(message)
        echo = self._update(
            "message.text.received", bot.id, bot.name, user.id, {"text": message[1]}
        )
        if self.knobs.echo:
            self.tell(bot, echo)
        return {key: echo["message"][key] for key in ("message_id", "date")}


def _checked(method: str, given: dict[str, Any]) -> tuple[str, str]:
    """The kind and the words of what is to be sent, if it may be."""
    kind, key = {
        "sendMessage": ("text", "text"),
        "sendPhoto": ("photo", "photo"),
        "sendSticker": ("sticker", "sticker"),
        "sendVoice": ("voice", "voice_url"),
    }[method]
    words = given[key]
    if not isinstance(words, str) or not 1 <= len(words.encode("utf-16-le")) // 2 <= LIMIT:
        raise Refusal(400, f"Bad Request: {key}")
    if kind in {"photo", "voice"} and not words.startswith(("http://", "https://")):
        raise Refusal(400, f"The {kind} must start with http:// or https://")
    return kind, words


def _outcome(status: int) -> str:
    if status < 300:
        return "webhook.ok"
    known = {403: "403", 404: "404"}
    return f"webhook.http.{known.get(status, '5xx' if status >= 500 else 'other')}"


async def _parameters(request: web.Request) -> dict[str, Any]:
    """What was given: in the query, as a form or as JSON."""
    given: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        body = await request.read()
        given |= json.loads(body) if body else {}
    elif request.can_read_body:
        given |= dict(await request.post())
    return given


@asynccontextmanager
async def started(
    knobs: Knobs | None = None, clock: Callable[[], float] = time.time
) -> AsyncIterator[ZaloEmulator]:
    """The service, running, with one bot."""
    zalo = ZaloEmulator(knobs or Knobs(), clock)
    zalo.bot()
    await zalo.site.open()
    try:
        yield zalo
    finally:
        await zalo.site.close()
