"""A web application on a real database, whose reception notes what it hears and may answer."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import uvicorn
from sqlmodel import SQLModel
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.channels.browser.lines import Lines
from bot.channels.browser.receive import BrowserReceiver
from bot.channels.browser.send import BrowserSender
from bot.web.app import create_app
from bot.web.serving import Server
from conversations.events import Address, Event
from conversations.messages import Letter
from storage.database import Database
from storage.files import Files


@dataclass
class Desk:
    """Stands in for reception: keeps the events, and says ``answers`` to each new one."""

    lines: Lines
    files: Files
    events: list[Event] = field(default_factory=list)
    answers: tuple[Letter, ...] = ()
    broken: bool = False
    letters: int = 0

    async def receive(self, event: Event) -> None:
        if self.broken:
            raise ConnectionError("the database is away")
        known = any(event.key == other.key for other in self.events)
        self.events.append(event)
        for letter in () if known else self.answers:
            await self.say(event.address.chat, letter)

    async def say(self, phone: str, letter: Letter) -> int:
        self.letters += 1
        address = Address("browser", "demo", phone)
        return await BrowserSender(self.lines, self.files.path).send(address, self.letters, letter)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'web.db'}")
    SQLModel.metadata.create_all(made.engine)
    yield made
    made.close()


@pytest.fixture
def lines(database: Database) -> Lines:
    return Lines(database, lambda: datetime.now(UTC))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def desk(lines: Lines, files: Files) -> Desk:
    return Desk(lines, files)


@pytest.fixture
def health() -> dict[str, object]:
    """Without a status, the database cannot be asked."""
    return {"status": "ok"}


@pytest.fixture
def app(
    desk: Desk, database: Database, lines: Lines, files: Files, health: dict[str, object]
) -> Starlette:
    return create_app(
        receiver=BrowserReceiver(desk, database, lines, files),
        lines=lines,
        files=files,
        officer_code="CANBO",
        health=lambda: {"status": health["status"], "letters_waiting": 0},
    )


@pytest.fixture
def client(app: Starlette) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def serve(app: Starlette, lines: Lines) -> Iterator[Callable[[], tuple[str, Server]]]:
    """Start the application on a free port; gives its address and the server."""
    running: list[tuple[Server, threading.Thread]] = []

    def start() -> tuple[str, Server]:
        config = uvicorn.Config(
            app, port=0, log_level="critical", ws="none", timeout_graceful_shutdown=5
        )
        listening = threading.Event()
        server = Server(config, lines.close, listening.set)
        thread = threading.Thread(target=server.run)
        thread.start()
        running.append((server, thread))
        assert listening.wait(10)
        port = server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}", server

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(10)
