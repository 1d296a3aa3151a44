"""Everything is built here by hand, top to bottom, and runs until it is told to stop.

``run`` is all in one process. On PostgreSQL the roles may be processes of their own: ``listen`` as
often as one likes, ``deliver`` of which one works while others stand by, and ``remind``.
"""

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
import uvicorn

from bot import clock, demo, importing, printing
from bot.announcing import Announcing
from bot.attendance import Attendance
from bot.channels.browser.lines import Lines
from bot.channels.browser.receive import BrowserReceiver
from bot.channels.browser.send import BrowserSender
from bot.channels.contract import Sender
from bot.collecting import calm
from bot.counting import Counting, allowed
from bot.delivery import Delivery
from bot.examining import BOUNDS, IDLE, Examiner
from bot.handed import Handed
from bot.handfuls import Pace
from bot.intake import Intake
from bot.printing import Printing
from bot.reception import Reception, Ringing
from bot.reminding import Reminding
from bot.retaining import Retaining
from bot.settings import ROOT, Settings
from bot.starting import CannotStart, alone, need_port, need_postgresql, words
from bot.turned_on import CannotListen, Channel, Download, Inside, channels
from bot.web.app import create_app, create_hooks, gated
from bot.web.desk.routes import Desk
from bot.web.rates import Rates
from bot.web.serving import Server
from bot.wording import Wording
from conversations.forms import catalogue
from conversations.messages import Message
from documents.shelf import Shelf
from handlers.officer import announced
from hands.hiring import Hands
from storage import intake, migrate, officers, outbox, prints
from storage.database import Database
from storage.files import Files
from storage.leases import Bell, Leases

# The demo's invitation: the officer's phone on the page says it by itself. Real channels have none.
DEMO_OFFICER = "CANBO"
COMMANDS = {
    "dangky": "menu.item_idea",
    "nhap": "menu.item_drafts",
    "thieu": "menu.item_missing",
    "sanpham": "menu.item_dossier",
    "han": "menu.item_rounds",
    "hoicho": "menu.item_fairs",
    "hoso": "menu.item_profile",
    "canbo": "menu.item_officer",
    "trogiup": "menu.item_help",
    "ngonngu": "menu.item_language",
}
VERSION = "0.1.0"  # as in pyproject.toml
GRACE = 3  # seconds that open answers get at the end
STANDING_BY = 2.0  # seconds between looks whether the process that delivers is still there
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Parts:
    """What every command needs: the database at its newest form, and the words."""

    settings: Settings
    database: Database
    wording: Wording


def parts(settings: Settings) -> Parts:
    """Open the database, bring it to its newest form, and load the words."""
    settings.data.mkdir(parents=True, exist_ok=True)
    migrate.upgrade(settings.database)
    wording = Wording(ROOT / "templates", settings.data / "cache")
    return Parts(settings, Database(settings.database), wording)


def run(settings: Settings) -> None:
    """Run everything in one process until told to stop. Raises CannotStart."""
    need_port(settings)
    with alone(settings):
        asyncio.run(_run(parts(settings)))


def listen(settings: Settings) -> None:
    """Hear what the channels tell, on PostgreSQL. Raises CannotStart."""
    need_postgresql(settings, "listen")
    need_port(settings)
    asyncio.run(_listen(parts(settings)))


def deliver(settings: Settings) -> None:
    """Send letters, or stand by while another process does, on PostgreSQL. Raises CannotStart."""
    need_postgresql(settings, "deliver")
    asyncio.run(_deliver(parts(settings)))


def remind(settings: Settings) -> None:
    """Let the clock run, on PostgreSQL. Raises CannotStart."""
    need_postgresql(settings, "remind")
    asyncio.run(_remind(parts(settings)))


# -- the roles -------------------------------------------------------------------------------------


async def _run(made: Parts) -> None:
    turned = demo.clock_of(made.settings)
    time = turned or clock.now
    house = _house(made, time)
    database, reception = made.database, house.reception
    lines = Lines(database, time)
    senders = {"browser": BrowserSender(lines, house.files.path), **house.senders}
    delivery = _delivery(made, reception, senders)
    reception.errands = delivery
    reminding = Reminding(database, reception, time)
    reminding.also(_retaining(made, house.files, time, reminding.pace).tick)
    reminding.also(_announcing(reception).tick)
    _take_over(database, delivery)
    importing.ensure_sample(made, time())
    app = create_app(
        receiver=BrowserReceiver(reception, database, lines, house.files, house.intake.look),
        lines=lines,
        files=house.files,
        officer_code=_demo_code(made.settings),
        health=house.health,
        turner=demo.turner(database, reception, reminding, turned) if turned else None,
    )
    app.router.routes.extend((*house.routes(), *_desk(made, house).routes()))
    gated(app, _rates(made.settings))
    async with house.open():
        server = Server(_uvicorn(made.settings, app), lines.close, house.listening)
        reminding.start()
        calm()
        sending = asyncio.create_task(delivery.run())
        try:
            await server.serve()
        finally:
            reminding.stop()
            reception.stop()
            await _ended(sending)


async def _listen(made: Parts) -> None:
    house = _house(made, speaks=False)
    house.reception.errands = Ringing()
    routes = (*house.routes(), *_desk(made, house).routes())
    app = gated(create_hooks(house.health, routes), _rates(made.settings))
    async with house.open():
        calm()
        await Server(_uvicorn(made.settings, app), lambda: None, house.listening).serve()
        house.reception.stop()


async def _deliver(made: Parts) -> None:
    house = _house(made, hears=False)
    reception = house.reception
    delivery = _delivery(made, reception, house.senders)
    async with house.open():
        _say(made, "serving.role_ready", role="deliver")
        house.tend()
        calm()
        await _until_told(_leading(house, delivery))
        reception.stop()


async def _remind(made: Parts) -> None:
    house = _house(made, hears=False, speaks=False)
    house.reception.errands = Ringing()
    reminding = Reminding(made.database, house.reception, clock.now)
    reminding.also(_retaining(made, house.files, clock.now, reminding.pace).tick)
    reminding.also(_announcing(house.reception).tick)
    async with house.open():
        reminding.start()
        _say(made, "serving.role_ready", role="remind")
        calm()
        await _until_told(asyncio.Event().wait())
        reminding.stop()
        house.reception.stop()


async def _leading(house: "House", delivery: Delivery) -> None:
    """Deliver as long as the lease is ours, and ring for what other processes post."""
    reception = house.reception
    while True:
        if not await house.lease("deliver"):
            await asyncio.sleep(STANDING_BY)
            continue
        _log.info("delivering", by=delivery.name)
        reception.errands = delivery
        with house.made.database.transaction() as tx:
            delivery.inherit(tx)
        sending = asyncio.create_task(delivery.run())
        bell = Bell(house.made.settings.database)
        try:
            while await house.lease("deliver"):
                if await asyncio.to_thread(_rang, bell):
                    reception.turn()
        finally:
            await _ended(sending)
            await asyncio.to_thread(bell.close)


def _rang(bell: Bell) -> bool:
    try:
        return bell.heard(timedelta(seconds=STANDING_BY))
    except Exception as trouble:  # noqa: BLE001 - without the bell delivery looks by itself
        _log.warning("bell_broken", error=type(trouble).__name__)
        return False


# -- what they share -------------------------------------------------------------------------------


@dataclass(slots=True)
class House:
    """The parts of one process, with the channels that are on."""

    made: Parts
    reception: Reception
    files: Files
    leases: Leases
    intake: Intake
    hands: Hands  # that look at what people send
    printing: Printing | None = None  # where people are heard, who may ask for papers
    on: Sequence[Channel] = ()
    _tasks: list[asyncio.Task[Any]] = field(default_factory=list)

    @property
    def senders(self) -> dict[str, Any]:
        """The sending side of each channel that is on."""
        return {channel.name: channel.sender for channel in self.on if channel.sender}

    def routes(self) -> list[Any]:
        """Where services post what people do."""
        return [route for channel in self.on for route in channel.routes]

    async def lease(self, name: str) -> bool:
        """Whether this process is the one that does what has that name."""
        return await asyncio.to_thread(self.leases.hold, name)

    def health(self) -> Mapping[str, Any]:
        """What /healthz says; raises when the database does not answer."""
        with self.made.database.reading() as tx:
            return {
                "status": "ok",
                "version": VERSION,
                "channels": {channel.name: channel.state() for channel in self.on},
                "used_this_month": {c.name: used for c in self.on if (used := c.used())},
                "letters_waiting": outbox.waiting(tx),
            }

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Let reception and the intake work; at the end close all that is open."""
        self.reception.start()
        if self.intake.downloads:
            self._start(self.intake.run())
        if self.printing:
            self._start(self.printing.run())
        try:
            yield
        finally:
            for task in reversed(self._tasks):
                await _ended(task)
            self.hands.close()
            self.reception.stop()
            for channel in self.on:
                await channel.close()
            self.leases.close()
            self.made.database.close()

    def listening(self) -> None:
        """The port is open: say so, and let the channels listen."""
        settings = self.made.settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        _say(self.made, "serving.ready", address=f"http://{host}:{settings.port}")
        self.tend()

    def tend(self) -> None:
        """Let the channels run, and say how they are."""
        for channel in self.on:
            self._start(channel.run())
            self._start(self._tell(channel))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work))

    async def _tell(self, channel: Channel) -> None:
        """Say how the channel is, whenever that changes."""
        said = "starting"
        while True:
            state = channel.state()
            if state != said:
                _say(self.made, "serving.channel", name=channel.name, state=state)
                said = state
            await asyncio.sleep(1)


def _house(
    made: Parts,
    time: Callable[[], datetime] = clock.now,
    *,
    hears: bool = True,
    speaks: bool = True,
) -> House:
    """Build what every role has, with the sides of the channels that this process is for.

    Raises CannotStart for a channel's wrong setting.
    """
    settings, database = made.settings, made.database
    reception = Reception(database, catalogue, made.wording, time, _demo_code(settings))
    reception.overlays, reception.start_link = settings.overlays, settings.start_link
    reception.limits, reception.desk_url = settings.limits, settings.desk_url
    reception.allowed = allowed(settings.zalo_bot_messages)
    leases = Leases(settings.database)
    files = Files(settings.data / "files")
    hands = Hands(1, BOUNDS, IDLE)
    downloads: dict[str, Download] = {}
    intake = Intake(
        database=database,
        door=reception,
        announce=reception.announce,
        wording=made.wording,
        folder=files,
        downloads=downloads,
        clock=time,
        name=_name("intake"),
        release=reception.release,
        posted=reception.turn,
        look=Examiner(hands, files, database, time).look,
    )
    house = House(made, reception, files, leases, intake, hands)
    attendance = Attendance(database, time)
    menus = {language: _menu(made.wording, language) for language in ("vi", "en")}
    counting = Counting(database, time, settings.zalo_oa_templates_a_month)
    say = partial(words, made.wording)
    desk = [("danhsach", words(made.wording, "officer.item_list")), *menus["vi"]]
    told = (menus, desk, partial(_officers, database))
    about = (reception, intake, attendance, time, house.lease, *told, files, counting)
    try:
        if hears or speaks:
            house.on = channels(settings, Inside(*about, say, hears, speaks))
    except CannotListen as why:
        raise CannotStart(str(why)) from None
    if hears:
        house.printing = _printing(made, files, reception, time)
        downloads |= {channel.name: channel.download for channel in house.on if channel.download}
    return house


def _desk(made: Parts, house: "House") -> Desk:
    reception = house.reception
    about = (made.database, reception.catalogue, made.wording, house.files, reception.clock)
    return Desk(
        *about,
        reception.overlays,
        reception.allowed,
        made.settings.desk_url,
        reception.turn,
        house.hands.do,
    )


def _demo_code(settings: Settings) -> str | None:
    """What makes an officer of whoever says it; nothing where a service's channel is on."""
    return DEMO_OFFICER if settings.is_demo else None


def _rates(settings: Settings) -> Rates:
    return Rates(settings.web_requests_a_minute, settings.web_megabytes_a_minute * 1_000_000)


def _delivery(made: Parts, reception: Reception, senders: Mapping[str, Sender]) -> Delivery:
    about = (made.database, reception, senders, reception.clock, _name("deliver"))
    return Delivery(*about, handed=Handed(made.settings.data / "handed"))


def _take_over(database: Database, delivery: Delivery) -> None:
    """Go on where the process before has ended."""
    with database.transaction() as tx:
        delivery.inherit(tx)
        if database.is_sqlite:  # alone on this file, so every open claim is a dead process's
            outbox.release(tx, by_others_than=delivery.name)
            intake.release(tx)
            prints.release(tx)


def _announcing(reception: Reception) -> Announcing:
    about = (reception.database, reception.wording, reception.clock, announced)
    return Announcing(*about, reception.allowed, reception.turn)


def _shelf(made: Parts) -> Shelf:
    return Shelf(made.settings.data / "cache" / "shelf")


def _retaining(made: Parts, files: Files, time: Callable[[], datetime], pace: Pace) -> Retaining:
    return Retaining(made.database, time, files, _shelf(made), pace)


def _printing(
    made: Parts, files: Files, reception: Reception, time: Callable[[], datetime]
) -> Printing:
    """Printing by hands of its own, whose letters are posted as reception's are."""
    return Printing(
        database=made.database,
        wording=made.wording,
        folder=files,
        shelf=_shelf(made),
        hands=Hands(printing.AT_ONCE, printing.BOUNDS, printing.REST),
        clock=time,
        name=_name("print"),
        posted=reception.turn,
    )


async def _officers(database: Database, channel: str, bot: str) -> Sequence[str]:
    """The officers' chats with that bot."""

    def look() -> Sequence[str]:
        with database.reading() as tx:
            return officers.chats(tx, channel, bot)

    return await asyncio.to_thread(look)


def _menu(wording: Wording, language: str) -> list[tuple[str, str]]:
    """The commands that a channel offers beside its keyboard, each with what it does."""
    return [
        (command, wording.letters(language, Message(key))[0].text)
        for command, key in COMMANDS.items()
    ]


def _name(role: str) -> str:
    return f"{role}-{os.uname().nodename}-{os.getpid()}"


def _say(made: Parts, key: str, **args: object) -> None:
    print(words(made.wording, key, **args), flush=True)  # noqa: T201


async def _until_told(work: Coroutine[Any, Any, Any]) -> None:
    """Do the work until Ctrl+C or a polite kill."""
    task = asyncio.ensure_future(work)
    for wish in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(wish, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _ended(task: asyncio.Task[Any]) -> None:
    """End a task, and see that it has ended."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _uvicorn(settings: Settings, app: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        server_header=False,
        ws="none",
    )
