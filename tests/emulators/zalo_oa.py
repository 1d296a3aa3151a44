"""Zalo's Official Account on loopback, strict: rotating tokens, windows, buttons, signatures."""

import itertools
import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import aiohttp
from aiohttp import web

from tests.emulators.faults import Fault, Faults, Site
from tests.emulators.zalo_oa_people import OA, Follower

APP = "1234567890123456789"
APP_SECRET, OA_SECRET = "app-bi-mat", "oa-bi-mat"
FIRST_REFRESH = "refresh-0"
LIFE = 90_000
HOUR = 3600.0
HANOI = timezone(timedelta(hours=7))
TEMPLATES = {"tpl-1": {"ten", "han"}, "tpl-nhac": {"noi_dung"}}
MOST = 200  # signs of a field of a template
FILES = "f-stal-1.zdn.vn"


@dataclass
class Knobs:
    """What nobody outside knows for certain."""

    signed_with: str = "app"  # or "oa"
    time_in: str = "body"  # or "header"
    unsigned: bool = False
    grace: int = 0  # how often a spent refresh token still gives the same pair
    pays: bool = True  # whether the account has money for the second window
    last_act: str = "ms"  # how it is written: also "words", "strange", or not at all
    quota_per_person: int | None = None
    hook_tries: int = 1


class Refusal(Exception):
    def __init__(self, code: int, words: str = "") -> None:
        self.code, self.words = code, words


@dataclass
class OaEmulator:
    """The service for one account of one application."""

    knobs: Knobs = field(default_factory=Knobs)
    clock: Callable[[], float] = time.time
    faults: Faults = field(default_factory=Faults)
    people: dict[str, Follower] = field(default_factory=dict)
    waiting: deque[bytes] = field(default_factory=deque)
    told: list[bytes] = field(default_factory=list)
    hook: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    laid: dict[str, float] = field(default_factory=dict)  # uploads, and when
    contents: dict[str, bytes] = field(default_factory=dict)  # what was uploaded
    templates_sent: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    refresh: str = FIRST_REFRESH
    spent: dict[str, dict[str, str]] = field(default_factory=dict)
    access: str = ""
    access_until: float = 0.0
    renewals: int = 0
    _last: int = 0
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        app = web.Application(client_max_size=20 * 1024 * 1024)
        app.router.add_post("/v4/oa/access_token", self._renewed)
        app.router.add_get("/v2.0/oa/getoa", self._called)
        for path in ("/v3.0/oa/message/cs", "/v3.0/oa/message/template"):
            app.router.add_post(path, self._called)
        for path in ("/v3.0/oa/quota/message", "/v2.0/oa/upload/{kind}"):
            app.router.add_post(path, self._called)
        app.router.add_get("/files/{name}", self._served)
        self.site = Site(app)

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.site.port}"

    # -- people -----------------------------------------------------------------------------------

    def follower(self) -> Follower:
        made = Follower(self, f"25125236254{next(self._numbers):05}", self.clock())
        self.people[made.id] = made
        return made

    def happened(self, user: Follower, event: str, content: dict[str, Any]) -> None:
        message = {"msg_id": f"msg{next(self._numbers):06}", **content}
        self.tell(
            {
                "sender": {"id": user.id},
                "recipient": {"id": OA},
                "event_name": event,
                "message": message,
            }
        )

    def tell(self, event: dict[str, Any]) -> None:
        """Let the event wait to be posted."""
        body = {"app_id": APP, **event, "timestamp": str(self._now())}
        raw = json.dumps(body, ensure_ascii=False).encode()
        self.told.append(raw)
        self.waiting.append(raw)

    def serve(self, content: bytes) -> str:
        name = f"{next(self._numbers)}.bin"
        self.files[name] = content
        return f"https://{FILES}/files/{name}"

    def _now(self) -> int:
        self._last = max(self._last + 1, int(self.clock() * 1000))
        return self._last

    # -- posting ----------------------------------------------------------------------------------

    async def post_waiting(self) -> bool:
        """Post what waits, in order; false when something was not taken in all its tries."""
        while self.waiting:
            for retry in range(self.knobs.hook_tries):
                if await self.post(self.waiting[0], retry) == 200:
                    self.waiting.popleft()
                    break
            else:
                return False
        return True

    async def post(self, body: bytes, retry: int = 0) -> int:
        headers = {"Content-Type": "application/json", "num_retry": str(retry)}
        headers |= {} if self.knobs.unsigned else self._signed(body)
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.hook, data=body, headers=headers) as answer,
        ):
            return answer.status

    def _signed(self, body: bytes) -> dict[str, str]:
        time_ = json.loads(body)["timestamp"] if self.knobs.time_in == "body" else "1790000000999"
        who = APP if self.knobs.signed_with == "app" else OA
        mac = sha256(who.encode() + body + time_.encode() + OA_SECRET.encode()).hexdigest()
        return {"X-ZEvent-Signature": f"mac={mac}", "X-ZEvent-Timestamp": time_}

    # -- tokens -----------------------------------------------------------------------------------

    async def _renewed(self, request: web.Request) -> web.StreamResponse:
        given = {key: str(value) for key, value in (await request.post()).items()}
        fault = self.faults.take("renew", given)
        if fault and not fault.applied:
            return await fault.instead_of(request, web.json_response({}))
        if request.headers.get("secret_key") != APP_SECRET or given.get("app_id") != APP:
            answer = _oauth_error(-14004)
        else:
            answer = self._new_pair(given)
        return await fault.instead_of(request, answer) if fault else answer

    def _new_pair(self, given: dict[str, str]) -> web.Response:
        old = given.get("refresh_token", "")
        if given.get("grant_type") != "refresh_token":
            return _oauth_error(-14001)
        if old in self.spent and self.knobs.grace > 0:
            self.knobs.grace -= 1
            return web.json_response(self.spent[old])
        if old != self.refresh:
            return _oauth_error(-14014)
        self.renewals += 1
        self.access, self.refresh = f"access-{self.renewals}", f"refresh-{self.renewals}"
        self.access_until = self.clock() + LIFE
        pair = {"access_token": self.access, "refresh_token": self.refresh}
        self.spent[old] = pair | {"expires_in": str(LIFE)}
        return web.json_response(self.spent[old])

    # -- answering --------------------------------------------------------------------------------

    async def _served(self, request: web.Request) -> web.Response:
        found = self.files.get(request.match_info["name"])
        return web.Response(status=404) if found is None else web.Response(body=found)

    async def _called(self, request: web.Request) -> web.StreamResponse:
        name = request.path.rpartition("/")[2]
        what = "upload" if "upload" in request.path else name
        given = await request.json() if what not in {"upload", "getoa"} else {}
        fault = self.faults.take(what, given)
        try:
            answer = await self._answer(request, what, given, fault)
        except Refusal as refusal:
            answer = web.json_response({"error": refusal.code, "message": refusal.words})
        return await fault.instead_of(request, answer) if fault else answer

    async def _answer(
        self, request: web.Request, what: str, given: dict[str, Any], fault: Fault | None
    ) -> web.Response:
        if fault and fault.error:
            raise Refusal(*fault.error)
        if fault and not fault.applied:
            return web.json_response({})
        self._check_token(request.headers.get("access_token", ""))
        done = await self._laid(request) if what == "upload" else self._done(what, given)
        return web.json_response({"data": done, "error": 0, "message": "Success"})

    def _check_token(self, token: str) -> None:
        if not token or token != self.access:
            raise Refusal(-216, "Access token is invalid")
        if self.clock() >= self.access_until:
            raise Refusal(-220, "Access token has expired")

    def _done(self, what: str, given: dict[str, Any]) -> dict[str, Any]:
        if what == "getoa":
            return {"oa_id": OA, "name": "OCOP Bắc Hà", "oa_type": 4}
        if what == "message":
            return self._left(given)
        user = self._user(given)
        if what == "template":
            return self._template(user, given)
        message = given.get("message")
        if not isinstance(message, dict):
            raise Refusal(-201, "message")
        shown = self._checked(message)
        self._check_window(user)
        user.messages.append(shown)
        return self._receipt(user)

    def _receipt(self, user: Follower) -> dict[str, Any]:
        number = f"msg{next(self._numbers):06}"
        return {
            "message_id": number,
            "user_id": user.id,
            "sent_time": str(self._now()),
            "quota": {},
        }

    def _left(self, given: dict[str, Any]) -> dict[str, Any]:
        most = self.knobs.quota_per_person
        left: dict[str, Any] = {"cs_reply": {"remain": most or 8, "total": 8}}
        acted_at = self._user(given).acted_at
        written = {
            "ms": str(int(acted_at * 1000)),
            "words": datetime.fromtimestamp(acted_at, HANOI).strftime("%H:%M:%S %d/%m/%Y"),
            "strange": "hôm qua",
        }
        if self.knobs.last_act in written:
            left["last_interaction"] = written[self.knobs.last_act]
        return left

    def _user(self, given: dict[str, Any]) -> Follower:
        found = given.get("user_id") or given.get("recipient", {}).get("user_id")
        user = self.people.get(str(found))
        if user is None:
            raise Refusal(-201, "user_id is invalid")
        if user.gone:
            raise Refusal(-213, "User has not followed OA")
        return user

    def _check_window(self, user: Follower) -> None:
        gone = (self.clock() - user.acted_at) / HOUR
        if gone > 7 * 24:
            raise Refusal(-230, "User has not interacted with the OA in the past 7 days")
        if gone > 48 and not self.knobs.pays:
            raise Refusal(-115, "out of balance")
        if self.knobs.quota_per_person is not None:
            if self.knobs.quota_per_person <= 0:
                raise Refusal(-218, "Out of quota receive")
            self.knobs.quota_per_person -= 1

    def _checked(self, message: dict[str, Any]) -> dict[str, Any]:
        """The message as it is shown, if it may be."""
        text, attachment = message.get("text"), message.get("attachment")
        if text is None and attachment is None:
            raise Refusal(-201, "nothing to send")
        if text is not None and not 1 <= len(text.encode("utf-16-le")) // 2 <= 2000:
            raise Refusal(-210, "text")
        shown: dict[str, Any] = {} if text is None else {"text": text}
        return shown | (self._attached(attachment) if attachment else {})

    def _attached(self, attachment: dict[str, Any]) -> dict[str, Any]:
        payload = attachment["payload"]
        if attachment["type"] == "file":
            self._check_laid(payload["token"])
            return {"file": payload["token"]}
        if attachment["type"] != "template":
            raise Refusal(-201, "attachment.type")
        if payload.get("template_type") == "media":
            (element,) = payload["elements"]
            self._check_laid(element["attachment_id"])
            return {"image": element["attachment_id"]}
        return {"buttons": _buttons(payload["buttons"])}

    def _check_laid(self, name: str) -> None:
        if self.clock() - self.laid.get(name, 0.0) > 7 * 24 * HOUR:
            raise Refusal(-100, "attachment is invalid")

    def _template(self, user: Follower, given: dict[str, Any]) -> dict[str, Any]:
        fields = TEMPLATES.get(given.get("template_id", ""))
        if fields is None:
            raise Refusal(-131, "template is not approved")
        if given.get("template_data", {}).keys() != fields:
            raise Refusal(-201, "template_data")
        if any(not 1 <= len(value) <= MOST for value in given["template_data"].values()):
            raise Refusal(-201, "template_data is too long")
        self.templates_sent.append((user.id, given["template_data"]))
        return self._receipt(user)

    async def _laid(self, request: web.Request) -> dict[str, Any]:
        kind, form = request.match_info["kind"], await request.post()
        file = form.get("file")
        most, starts = {"image": (1, (b"\xff\xd8", b"\x89PNG")), "file": (5, (b"",))}[kind]
        if not isinstance(file, web.FileField):
            raise Refusal(-201, "file")
        content = file.file.read()
        if len(content) > most * 1024 * 1024 or not content.startswith(starts):
            raise Refusal(-210, "file")
        name = f"laid-{next(self._numbers)}"
        self.laid[name] = self.clock()
        self.contents[name] = content
        return {"attachment_id": name} if kind == "image" else {"token": name}


def _buttons(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    for button in buttons:
        fits = 1 <= len(button["title"]) <= 100 and 1 <= len(button["payload"]) <= 1000
        if not fits or button["type"] not in {"oa.query.show", "oa.query.hide"}:
            raise Refusal(-201, "button")
    if not 1 <= len(buttons) <= 5:
        raise Refusal(-201, "buttons")
    return buttons


def _oauth_error(code: int) -> web.Response:
    return web.json_response({"error": code, "error_name": "Invalid", "error_reason": "token"})


@asynccontextmanager
async def started(
    knobs: Knobs | None = None, clock: Callable[[], float] = time.time
) -> AsyncIterator[OaEmulator]:
    """The service, running."""
    service = OaEmulator(knobs or Knobs(), clock)
    await service.site.open()
    try:
        yield service
    finally:
        await service.site.close()
