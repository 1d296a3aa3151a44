"""The addresses that a phone of the page speaks to."""

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.browser import posted, uploads
from bot.channels.browser.lines import Lines
from bot.channels.browser.receive import BrowserReceiver, Head
from bot.web import asked, bodies, stream
from storage.files import Files

PAGE = 50
MOST_A_PAGE = 200
PDF = "application/pdf"  # every phone has something that shows it
FOR_EVER = "private, max-age=31536000, immutable"  # a file's address is the hash of its content


class Phones:
    """History and stream out, messages and files in."""

    def __init__(self, receiver: BrowserReceiver, lines: Lines, files: Files) -> None:
        self._receiver = receiver
        self._lines = lines
        self._files = files

    def routes(self) -> list[Route]:
        """All of them, below ``/phones/{phone}``."""
        return [
            Route("/phones/{phone}/lines", self.lines),
            Route("/phones/{phone}/events", self.events),
            Route("/phones/{phone}/messages", self.messages, methods=["POST"]),
            Route("/phones/{phone}/files", self.upload, methods=["POST"]),
            Route("/phones/{phone}/files/{file}", self.file),
        ]

    async def lines(self, request: Request) -> Response:
        """A page of history, oldest line first: the newest, or the newest before a line."""
        phone = asked.phone(request)
        most = min(asked.number(request, "limit", PAGE), MOST_A_PAGE)
        before = asked.number(request, "before") or None
        found = await self._lines.before(phone, before, most + 1)
        page = {"lines": found[-most:] if most else [], "more": len(found) > most}
        return Response(msgspec.json.encode(page), media_type="application/json")

    async def events(self, request: Request) -> Response:
        """New lines as they come, from where the page or a broken call left off."""
        phone = asked.phone(request)
        after = max(asked.number(request, "after"), asked.last_event(request))
        lines = stream.events(self._lines, phone, after)
        return StreamingResponse(lines, media_type="text/event-stream", headers=stream.HEADERS)

    async def messages(self, request: Request) -> Response:
        """Hear one message; the answer comes after the commit, the same for the same key."""
        phone = asked.phone(request)
        try:
            message = posted.read(await bodies.json_body(request))
        except posted.Malformed as wrong:
            raise HTTPException(400, str(wrong)) from wrong
        return JSONResponse({"seq": await self._receiver.post(phone, message)})

    async def upload(self, request: Request) -> Response:
        """Hear one file, also when it is none that we can take."""
        phone = asked.phone(request)
        size = asked.number(request, "size")
        try:
            name, content = await bodies.one_file(request, uploads.MOST_BYTES)
        except bodies.TooMuch:
            name, content, size = "", b"", uploads.MOST_BYTES + 1
        wanted = request.query_params.get("kind", "file")
        head = Head(asked.key(request), asked.number(request, "seen"), wanted, name, size)
        return JSONResponse({"seq": await self._receiver.upload(phone, head, content)})

    async def file(self, request: Request) -> Response:
        """A file that this phone has sent or was sent, and no other phone's."""
        file = asked.file(request)
        found = await self._lines.file(asked.phone(request), file)
        path = self._files.path(file)
        if found is None or not path.exists():
            raise HTTPException(404, "no such file")
        name, media = found
        shown = "inline" if media.startswith("image/") or media == PDF else "attachment"
        return FileResponse(
            path,
            media_type=media,
            headers={"Cache-Control": FOR_EVER},
            filename=name or file,
            content_disposition_type=shown,
        )
