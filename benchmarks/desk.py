"""Shows how long officers wait for each page of their desk, with everything the country has.

    python -m benchmarks.desk [--dossiers 50000] [--times 20] [--only COUNCIL] [--url URL …]

The country of benchmarks.country; the desk as it is served, asked over HTTP in this process by an
administrator, an officer of a province, of a commune, a council's secretary and one of its members.
For each page the middle and the 95th of a hundred in milliseconds, the time that our processor
worked, how many statements it took, and beside it what the same SELECTs take that are given to the
driver, with no page around them. Without a URL it is a new SQLite file, then a PostgreSQL that
comes from a wheel, as in the tests; a database in which there is a country already is asked as it
is.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from httpx import ASGITransport, AsyncClient
from sqlalchemy import event, text

from benchmarks import country
from benchmarks.country import PAGE, Looker
from benchmarks.desk_pages import Page, addresses, pages
from benchmarks.digest import NOW, opened
from bot.settings import ROOT
from bot.web.app import create_hooks
from bot.web.desk import door
from bot.web.desk.routes import Desk
from bot.wording import Wording
from conversations.forms import catalogue
from storage import desk_sessions, officers
from storage.database import Database
from storage.files import Files
from tests import conftest

URL = "https://desk.example"
SLOW = 1_000  # milliseconds that no page may take
_NOT_THEIRS = 403
_ALONE = 5  # times that the statements of a page are asked alone


class Taken(NamedTuple):
    """What one page takes, in milliseconds, and how many statements."""

    middle: float
    late: float
    worked: float
    statements: int
    alone: float


# -- asking ----------------------------------------------------------------------------------------


def desk_of(database: Database, folder: Path) -> Desk:
    """The desk on that database, with the one file that all pages are."""
    files = Files(folder / "files")
    path = files.path(PAGE)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG")
    wording = Wording(ROOT / "templates")
    return Desk(database, catalogue, wording, files, lambda: NOW, url=URL)


async def entered(client: AsyncClient, database: Database, looker: Looker) -> str:
    """Let the officer come in by a link; the token of their forms."""
    client.cookies.clear()
    with database.transaction() as tx:
        desk_sessions.give(tx, looker.chat.chat, looker.person, looker.chat, NOW)
    await client.post(f"/desk/enter/{looker.chat.chat}")
    return door.form_token(client.cookies[door.COOKIE])


async def asked(client: AsyncClient, page: Page, token: str) -> bool:
    """Ask once; False for what such an officer has no right to see, else it must be there."""
    form = {"token": token, **page.form} if page.form else None
    answer = await (client.post(page.address, data=form) if form else client.get(page.address))
    if answer.status_code not in {200, 303, 307, 403}:
        raise RuntimeError(f"{page.address}: {answer.status_code}")
    return answer.status_code != _NOT_THEIRS


@contextmanager
def listened(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that goes through the engine, with its values."""
    told: list[tuple[str, Any]] = []

    def hear(_tx: Any, _cursor: Any, statement: str, values: Any, *_rest: Any) -> None:
        told.append((statement, values))

    event.listen(database.engine, "before_cursor_execute", hear)
    yield told
    event.remove(database.engine, "before_cursor_execute", hear)


# -- measuring -------------------------------------------------------------------------------------


async def taken(
    database: Database, times: int, ask: Callable[[], Any], told: list[tuple[str, Any]]
) -> Taken:
    """What it takes; the first time, when all is read and compiled, does not count."""
    await ask()
    told.clear()
    await ask()
    statements = list(told)
    walls, works = [], []
    for _ in range(times):
        begun, worked = time.perf_counter(), time.process_time()
        await ask()
        walls.append((time.perf_counter() - begun) * 1_000)
        works.append((time.process_time() - worked) * 1_000)
    late = statistics.quantiles(walls, n=20)[18]
    alone = [_alone(database, statements) for _ in range(_ALONE)]
    middle, work, least = (statistics.median(each) for each in (walls, works, alone))
    return Taken(middle, late, work, len(statements), least)


def _alone(database: Database, statements: list[tuple[str, Any]]) -> float:
    """The milliseconds that the SELECTs among them take by themselves, with all their rows."""
    with database.transaction() as tx, closing(tx.connection.cursor()) as cursor:
        begun = time.perf_counter()
        for statement, values in statements:
            if statement.startswith(("SELECT", "WITH")):
                cursor.execute(statement, values)
                cursor.fetchall()
        return (time.perf_counter() - begun) * 1_000


async def measure(database: Database, times: int, only: str) -> None:
    """Ask for every page as each of them, and print what it takes; LookupError for one left out."""
    print(f"{'':<14}{'':<52}{'sql':>4} {'p50':>6} {'p95':>6} {'worked':>6} {'alone':>6}")
    with database.transaction() as tx:
        lookers = country.lookers(tx)
    seen: set[str] = set()
    with tempfile.TemporaryDirectory() as folder, listened(database) as told:
        desk = desk_of(database, Path(folder))
        transport = ASGITransport(app=create_hooks(lambda: {"status": "ok"}, desk.routes()))
        async with AsyncClient(transport=transport, base_url=URL) as client:
            for looker in lookers:
                token = await entered(client, database, looker)
                with database.reading() as tx:
                    every = pages(tx, looker, desk)
                for page in every:
                    ask = partial(asked, client, page, token)
                    if only in f"{looker.role} {page.of} {page.note}" and await ask():
                        seen.add(page.of)
                        _tell(looker, page, await taken(database, times, ask, told))
    left = set(addresses(desk)) - seen
    if left and not only:
        raise LookupError(left)


def _tell(looker: Looker, page: Page, found: Taken) -> None:
    slow = " !" if found.late > SLOW else ""
    figures = " ".join(f"{each:6.0f}" for each in (*found[:3], found.alone))
    name = f"{page.of} {page.note}"
    print(f"{looker.role:<14}{name:<52}{found.statements:4} {figures}{slow}", flush=True)


def _let_it_learn(database: Database) -> None:
    """Let PostgreSQL count its rows, as it does by itself within a minute."""
    if not database.is_sqlite:
        with database.transaction() as tx:
            tx.execute(text("ANALYZE"))


def _measured(url: str | None, told: argparse.Namespace) -> None:
    with opened(url) as database:
        with database.transaction() as tx:
            if not officers.any_(tx):
                country.fill(tx, told.dossiers)
        _let_it_learn(database)
        print(f"{database.engine.dialect.name}, {told.dossiers:,} dossiers", flush=True)
        asyncio.run(measure(database, told.times, told.only))


def main() -> None:
    """Measure on each database and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk")
    parser.add_argument("--dossiers", type=int, default=50_000)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="pages in whose line this stands")
    parser.add_argument("--url", action="append", help="a database, instead of two new ones")
    told = parser.parse_args()
    for url in told.url or (None,):
        _measured(url, told)
    if told.url:
        return
    with (
        tempfile.TemporaryDirectory(prefix="ocop-", dir="/tmp") as folder,
        conftest.started(Path(folder)) as running,
    ):
        server = conftest.Server(running, iter(range(1)))
        with server.database() as url:
            _measured(url, told)


if __name__ == "__main__":
    main()
