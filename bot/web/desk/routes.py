"""The desk as it is asked: who comes in by a link, and how each of its addresses is answered."""

import asyncio
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.web import bodies
from bot.web.desk import door, pictures, rare
from bot.web.desk.addresses import PLACES, Place
from bot.web.desk.pages import Pages
from bot.web.desk.visits import Answer, Content, Go, Page, Upload, Visit
from bot.web.rates import Rates
from bot.wording import Wording
from conversations.catalogue import Catalogue
from conversations.messages import Message
from conversations.session import Session
from handlers.officer import mending, naming
from handlers.talk import Talk
from hands.hiring import Task
from programme.roles import Right
from storage import councils, desk_sessions, officers
from storage.database import Database, Transaction
from storage.desk_sessions import Sitting
from storage.files import Files

_TOUCH = timedelta(minutes=1)  # between two notes that somebody is there
_MOST_OF_A_FILE = 12_000_000  # bytes; what is less and still too much is told more kindly
_OUT = Page("outside", status=200)


@dataclass(slots=True)
class Desk:
    """The pages of the officers, on the database and the words that the chat is on."""

    database: Database
    catalogue: Catalogue
    wording: Wording
    files: Files
    clock: Callable[[], datetime]
    overlays: tuple[Path, ...] = ()
    allowed: Mapping[str, int] = field(default_factory=dict)
    url: str = ""
    posted: Callable[[], None] = lambda: None
    hand: Callable[[Task], Mapping[str, Any] | None] = lambda _: None  # opens strangers' files
    _tables: rare.Tables = field(init=False)
    _pages: Pages = field(default_factory=Pages)
    _judging: Lock = field(default_factory=Lock)  # an opened picture may take 240 MB
    _tries: Rates = field(default_factory=lambda: Rates(door.TRIES, 1 << 30))

    def __post_init__(self) -> None:
        """Know the way to the rare tables."""
        self._tables = rare.Tables(self.database)

    def routes(self) -> list[Route]:
        """All of them, below ``/desk``."""
        return list(self._routes())

    def _routes(self) -> Iterator[Route]:
        yield Route("/desk/enter", self.outside)
        yield Route("/desk/enter/{code}", self.before, methods=["GET"])
        yield Route("/desk/enter/{code}", self.enter, methods=["POST"])
        yield Route("/desk/leave", self.leave, methods=["POST"])
        for address in (rare.BASE, f"{rare.BASE}/{{rest:path}}"):
            yield Route(address, self.tables, methods=["GET", "POST"])
        for place in PLACES:
            yield Route(place.address, _shown(self, place), methods=["GET"])
            if place.do:
                yield Route(place.address, _shown(self, place), methods=["POST"])

    @property
    def _secure(self) -> bool:
        return self.url.startswith("https:")

    # -- the door --------------------------------------------------------------------------------

    async def outside(self, _request: Request) -> Response:
        """How one comes in, for who is not."""
        return self._page(_OUT)

    async def before(self, request: Request) -> Response:
        """Before the door: whoever only looks at a link, as chats do to show it, uses nothing."""
        return self._page(Page("enter", {"code": request.path_params["code"]}))

    async def enter(self, request: Request) -> Response:
        """Let in whose link it is, under a new token."""
        address = request.client.host if request.client else ""
        if wait := self._tries.ask(address, 0):
            raise HTTPException(429, headers={"Retry-After": str(wait)})
        session = secrets.token_urlsafe(32)
        code = str(request.path_params["code"])
        if not await asyncio.to_thread(self._enter, code, session):
            return self._page(Page("outside", {"used": True}, 403))
        answer = RedirectResponse(door.HOME, 303, headers=door.HEADERS)
        door.let_in(answer, session, secure=self._secure)
        return answer

    def _enter(self, code: str, session: str) -> bool:
        with self.database.transaction() as tx:
            now = self.clock()
            person = desk_sessions.enter(tx, code, session, now)
            if person is not None:
                self._talk(tx, Sitting(person, desk_sessions.NOWHERE, now)).log("came_to_desk")
            return person is not None

    async def leave(self, request: Request) -> Response:
        """Let who sits there leave."""
        session = request.cookies.get(door.COOKIE, "")
        if not door.is_own(session, await bodies.form(request)):
            raise HTTPException(403)
        await asyncio.to_thread(self._end, session)
        answer = RedirectResponse(door.ENTER, 303, headers=door.HEADERS)
        door.let_out(answer)
        return answer

    def _end(self, session: str) -> None:
        with self.database.transaction() as tx:
            desk_sessions.end(tx, session)

    # -- a page ----------------------------------------------------------------------------------

    async def answer(self, request: Request, place: Place) -> Response:
        """What the page shows to who sits there, or what its form does; to others, the way in."""
        posts = request.method == "POST" and await asyncio.to_thread(self._heard, request, place)
        form, upload = await _posted(request, place) if posts else ({}, None)
        return await asyncio.to_thread(self._answer, request, place, form, upload)

    def _heard(self, request: Request, place: Place) -> bool:
        """Whether what is posted is read at all: a file only of who may send one."""
        if not (place.files and bodies.has_parts(request)):
            return True
        session = request.cookies.get(door.COOKIE, "")
        with self.database.reading() as tx:
            visit = self._visit(tx, session, request, {}, None)
            return visit is not None and visit.scope.may(place.files)

    def _answer(
        self, request: Request, place: Place, form: dict[str, str], upload: Upload | None
    ) -> Response:
        session = request.cookies.get(door.COOKIE, "")
        posts = request.method == "POST"
        do = place.do if posts and place.do else place.show
        if upload and door.is_own(session, form):
            upload = self._tried(request, place, form, upload)
        with self._opened(writes=posts or place.looks) as tx:
            visit = self._visit(tx, session, request, form, upload)
            if visit is None:
                return RedirectResponse(door.ENTER, 303, headers=door.HEADERS)
            if posts and not door.is_own(session, form):
                answer: Answer = self._refusal(403)
            else:
                answer = self._refused(do, visit)
            about = self._about(visit, session, request)
            rings = visit.post() if posts or place.looks else False
        if rings:
            self.posted()
        if not place.by_itself:
            self._touch(session)
        return self._response(answer, about)

    def _opened(self, *, writes: bool) -> AbstractContextManager[Transaction]:
        return self.database.transaction() if writes else self.database.reading()

    def _tried(
        self,
        request: Request,
        place: Place,
        form: dict[str, str],
        upload: Upload,
    ) -> Upload:
        """The file, and what it is found to be, before anything is written."""
        if place.tries is None:
            with self._judging:
                return replace(upload, is_picture=pictures.is_one(upload.content))
        session = request.cookies.get(door.COOKIE, "")
        with self.database.reading() as tx:
            visit = self._visit(tx, session, request, form, upload)
            task = place.tries(visit) if visit else None
        return replace(upload, tried=self.hand(task)) if task else upload

    async def tables(self, request: Request) -> Response:
        """A page of the rare tables, for whoever looks after everything, or a row mended there."""
        form = await bodies.form(request) if request.method == "POST" else {}
        told = await asyncio.to_thread(self._at_tables, request, form)
        if isinstance(told, Response):
            return told
        said: list[str] = []
        asked = rare.Asked(told, form, partial(self._mend, request, form, said))
        answer = await self._tables.answer(request, asked)
        if said:
            door.tell(answer, tuple(said), secure=self._secure)
        elif told["said"]:
            door.heard(answer)
        return answer

    def _at_tables(self, request: Request, form: dict[str, str]) -> Response | dict[str, Any]:
        """What stands on the page, or what is answered to who may not look or change it.

        Of who may, the look is noted.
        """
        session = request.cookies.get(door.COOKIE, "")
        posts = request.method == "POST"
        with self.database.transaction() as tx:
            visit = self._visit(tx, session, request, form, None)
            if visit is None:
                return RedirectResponse(door.ENTER, 303, headers=door.HEADERS)
            about = self._about(visit, session, request)
            if not rare.may(visit.scope) or (posts and not door.is_own(session, form)):
                return self._page(self._refusal(403), about)
            try:
                table = rare.looked_at(request.path_params.get("rest", ""), posts=posts)
            except LookupError:
                return self._page(self._refusal(404), about)
            if table and not posts:
                visit.talk.log("read_table", "table", table=table)
        return about

    def _mend(
        self,
        request: Request,
        form: dict[str, str],
        said: list[str],
        table: str,
        *about: Any,
    ) -> dict[str, str]:
        session = request.cookies.get(door.COOKIE, "")
        with self.database.transaction() as tx:
            visit = self._visit(tx, session, request, form, None)
            if visit is None or not rare.may(visit.scope):
                raise HTTPException(403)
            try:
                wrong = mending.change(visit.talk, table, *about)
            except LookupError as gone:
                raise HTTPException(404) from gone
            said += visit.said()
        return wrong

    def _visit(
        self,
        tx: Transaction,
        session: str,
        request: Request,
        form: dict[str, str],
        upload: Upload | None,
    ) -> Visit | None:
        """Who sits there, as they are just now; None for nobody."""
        sitting = desk_sessions.found(tx, session, self.clock()) if session else None
        scope = officers.scope(tx, sitting.person) if sitting else None
        if sitting is None or scope is None:
            return None
        talk = self._talk(tx, sitting)
        asked = (request.path_params, request.query_params, form)
        return Visit(talk, scope, self.wording, self.files, request.url.path, *asked, upload)

    def _talk(self, tx: Transaction, sitting: Sitting) -> Talk:
        talk = Talk(tx, sitting.person, Session(), self.clock(), self.catalogue)
        talk.chat, talk.overlays, talk.allowed = sitting.chat, self.overlays, self.allowed
        return talk

    def _refused(self, do: Callable[[Visit], Answer], visit: Visit) -> Answer:
        try:
            return do(visit)
        except HTTPException as refusal:
            return self._refusal(refusal.status_code)

    def _refusal(self, status: int) -> Page:
        return Page("refused", {"status": status}, status)

    def _about(self, visit: Visit, session: str, request: Request) -> dict[str, Any]:
        """What stands on every page."""
        role = visit.words(Message(f"officer.role_{visit.scope.role}"))
        return {
            "who": role,
            "where": naming.area(visit.scope.area),
            "token": door.form_token(session),
            "address": request.url.path,
            "said": door.told(request.cookies),
            "today": visit.talk.today,
            "lacks": "lacks" in request.query_params,
            "marks": _marks(visit),
            "answers": visit.scope.may(Right.ANSWER),
        }

    def _touch(self, session: str) -> None:
        now = self.clock()
        with self.database.reading() as tx:
            sitting = desk_sessions.found(tx, session, now)
        if sitting and now - sitting.seen_at > _TOUCH:
            with self.database.transaction() as tx:
                desk_sessions.seen(tx, session, now)

    # -- as HTTP ---------------------------------------------------------------------------------

    def _response(self, answer: Answer, about: dict[str, Any]) -> Response:
        match answer:
            case Page():
                return self._page(answer, about)
            case Go(where, said):
                gone = RedirectResponse(where, 303, headers=door.HEADERS)
                if said:
                    door.tell(gone, said, secure=self._secure)
                return gone
            case Content(path, media, name):
                return _sent(path, media, name)

    def _page(self, page: Page, about: Mapping[str, Any] | None = None) -> Response:
        given = {"used": False, **(about or {}), **page.about}
        html = self._pages.render(page.template, given)
        response = HTMLResponse(html, page.status, headers=door.HEADERS)
        if given.get("said"):
            door.heard(response)
        return response


def _marks(visit: Visit) -> bool:
    """Whether the officer sits in a council as one who marks."""
    seat = councils.of_person(visit.talk.tx, visit.talk.person)
    return seat is not None and seat["position"] in councils.MARKING


async def _posted(request: Request, place: Place) -> tuple[dict[str, str], Upload | None]:
    """The fields of the form, and the file that came along where one may."""
    if place.files and bodies.has_parts(request):
        form, name, content = await bodies.form_with_file(request, _MOST_OF_A_FILE)
        return form, Upload(name, content)
    return await bodies.form(request), None


def _shown(desk: Desk, place: Place) -> Callable[[Request], Any]:
    async def shown(request: Request) -> Response:
        return await desk.answer(request, place)

    return shown


def _sent(path: Path, media: str, name: str) -> Response:
    if not path.exists():
        raise HTTPException(404, "no such file")
    kind = "inline" if media.startswith("image/") or media == "application/pdf" else "attachment"
    return FileResponse(
        path,
        media_type=media,
        filename=name,
        content_disposition_type=kind,
        headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"},
    )
