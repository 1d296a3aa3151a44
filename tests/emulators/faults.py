"""What can befall a call to a service on loopback: before it is applied, or after."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass(frozen=True)
class Fault:
    """``status`` with ``body`` instead of the answer; or silence, a cut, a broken connection."""

    method: str
    applied: bool = False  # whether the service did what it was asked all the same
    status: int = 0
    body: bytes = b""
    error: tuple[int, str] | None = None  # of the service's own kind
    silence: float = 0.0
    cut: bool = False
    drop: bool = False
    only: str = ""  # the chat that it befalls

    def befalls(self, method: str, given: Mapping[str, Any]) -> bool:
        concerned = (str(given.get("chat_id") or ""), _recipient(given))
        return self.method == method and (not self.only or self.only in concerned)

    async def instead_of(self, request: web.Request, answer: web.Response) -> web.StreamResponse:
        """What the caller gets instead of the answer."""
        await asyncio.sleep(self.silence)
        if self.cut:
            return await _half(request, answer)
        if self.drop:
            abort(request)
        if self.status:
            kind = "text/html" if self.body.startswith(b"<") else "application/json"
            return web.Response(status=self.status, body=self.body, content_type=kind)
        return answer


@dataclass
class Faults:
    """The faults that wait for their call, and what was called."""

    waiting: list[Fault] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    chance: Callable[[str], Fault | None] = lambda _method: None  # asked when none waits

    def add(self, *faults: Fault) -> None:
        self.waiting.extend(faults)

    def take(self, method: str, given: dict[str, Any]) -> Fault | None:
        """Note the call, and give the first fault that befalls it."""
        self.calls.append((method, given))
        for fault in self.waiting:
            if fault.befalls(method, given):
                self.waiting.remove(fault)
                return fault
        return self.chance(method)

    def named(self, method: str) -> list[dict[str, Any]]:
        return [given for name, given in self.calls if name == method]


def abort(request: web.Request) -> None:
    """Break the connection."""
    if request.transport is not None:
        request.transport.abort()


async def _half(request: web.Request, answer: web.Response) -> web.StreamResponse:
    body = bytes(answer.body or b"")  # type: ignore[arg-type]  # json_response makes bytes
    half = web.StreamResponse(headers={"Content-Length": str(len(body))})
    await half.prepare(request)
    await half.write(body[: len(body) // 2])
    abort(request)
    return half


def _recipient(given: Mapping[str, Any]) -> str:
    recipient = given.get("recipient")
    return str(recipient.get("user_id")) if isinstance(recipient, dict) else ""


class Site:
    """An aiohttp application on a port of loopback, that can be shut and opened again."""

    def __init__(self, app: web.Application) -> None:
        self._runner = web.AppRunner(
            app, shutdown_timeout=0.05, handler_cancellation=True, access_log=None
        )
        self._site: web.TCPSite | None = None
        self.port = 0

    async def open(self) -> None:
        if self._runner.server is None:
            await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()
        self.port = self._runner.addresses[0][1]

    async def shut(self) -> None:
        """Listen no more, and break what is open."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
        server = self._runner.server
        for handler in list(server.connections if server else ()):
            if handler.transport is not None:
                handler.transport.abort()
        await asyncio.sleep(0.01)  # until the other side knows

    async def close(self) -> None:
        await self.shut()
        await self._runner.cleanup()
