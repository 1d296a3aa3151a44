"""Everything is built here by hand, top to bottom, and runs until it is told to stop."""

import asyncio
import contextlib
import fcntl
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import structlog
import uvicorn

from bot import clock, importing
from bot.channels.browser.lines import Lines
from bot.channels.browser.send import BrowserSender
from bot.collecting import calm
from bot.delivery import Delivery
from bot.reception import Reception
from bot.reminding import Reminding
from bot.settings import ROOT, Settings
from bot.web.app import create_app
from bot.web.serving import Server
from bot.wording import Wording
from conversations.forms import catalogue
from conversations.messages import Message
from storage import migrate, outbox
from storage.database import Database
from storage.files import Files

# The demo's invitation: the officer's phone on the page says it by itself. Real channels have none.
DEMO_OFFICER = "CANBO"
VERSION = "0.1.0"  # as in pyproject.toml
GRACE = 3  # seconds that open answers get at the end
_log = structlog.get_logger()


class CannotStart(Exception):
    """Something else has what we need; the message says what to do."""


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


def serve(settings: Settings) -> None:
    """Run everything in one process until told to stop.

    Raises CannotStart, in words for whoever started it, when the data folder or the port is taken.
    """
    if not _port_is_free(settings):
        raise _cannot_start("serving.port_taken", port=settings.port)
    with _alone(settings):
        asyncio.run(_serve(parts(settings)))


def _port_is_free(settings: Settings) -> bool:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError:
            return False
    return True


def _cannot_start(key: str, **args: object) -> CannotStart:
    return CannotStart(_words(Wording(ROOT / "templates"), key, **args))


def _words(wording: Wording, key: str, **args: object) -> str:
    return " ".join(letter.text for letter in wording.letters("vi", Message(key, args)))


def _say_ready(made: Parts) -> None:
    host = made.settings.host
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{made.settings.port}"
    print(_words(made.wording, "serving.ready", address=address), flush=True)  # noqa: T201


async def _serve(made: Parts) -> None:
    settings, database = made.settings, made.database
    reception = Reception(database, catalogue, made.wording, clock.now, DEMO_OFFICER)
    lines = Lines(database, clock.now)
    senders = {"browser": BrowserSender(lines)}
    delivery = Delivery(database, reception, senders, clock.now, f"deliver-{os.getpid()}")
    reception.errands = delivery
    reminding = Reminding(database, reception, clock.now)
    app = create_app(
        reception=reception,
        database=database,
        lines=lines,
        files=Files(settings.data / "files"),
        officer_code=DEMO_OFFICER,
        health=lambda: health(database),
    )
    server = Server(_uvicorn(settings, app), lines, lambda: _say_ready(made))
    if database.is_sqlite:  # alone on this file, so every open claim is a dead process's
        with database.transaction() as tx:
            outbox.release(tx, by_others_than=delivery.name)
    importing.ensure_sample(made)
    reception.start()
    reminding.start()
    calm()
    sending = asyncio.create_task(delivery.run())
    try:
        await server.serve()
    finally:
        reminding.stop()
        reception.stop()
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sending
        database.close()


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


def health(database: Database) -> Mapping[str, Any]:
    """What /healthz says; raises when the database does not answer."""
    with database.reading() as tx:
        return {
            "status": "ok",
            "version": VERSION,
            "channels": ["browser"],
            "letters_waiting": outbox.waiting(tx),
        }


@contextlib.contextmanager
def _alone(settings: Settings) -> Any:
    """Hold the lock of the data folder; the system lets go of it however the process ends."""
    settings.data.mkdir(parents=True, exist_ok=True)
    with Path(settings.data / "running").open("a") as file:
        if not _locked(file):
            raise _cannot_start("serving.already_running", folder=str(settings.data))
        yield


def _locked(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
