"""kill -9 of the whole bot while it prints: the paper is printed again, and comes once."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from conversations.forms import catalogue
from conversations.session import Session
from documents.book import Scan
from handlers.talk import Talk
from storage import files, migrate, persons
from storage.database import Database
from storage.files import Files
from storage.persons import Chat
from tests.births import PATIENCE, Born
from tests.bot.intake_rig import NOW
from tests.bot.test_roles import FREE
from tests.conftest import Server
from tests.documents import samples

LAN = Chat("browser", "demo", "phone-of-lan")
PHOTOS = 12  # enough to be killed over
CLAIMED = "SELECT 1 FROM prints WHERE claimed_by IS NOT NULL"
DONE = "SELECT 1 FROM prints WHERE status = 'done'"
SENT = "SELECT 1 FROM outbox WHERE attached <> '' AND status = 'sent'"


class House:
    """The data of a bot in which somebody has asked for a book while it was not running."""

    def __init__(self, url: str, data: Path) -> None:
        migrate.upgrade(url)
        self.database = Database(url)
        self.shelf = data / "cache" / "shelf"
        self.log = data / "bot.log"
        self.settings = FREE | {"OCOP_DATA": str(data), "OCOP_DATABASE_URL": url}
        with self.database.transaction() as tx:
            person = persons.meet(tx, [LAN], NOW)[LAN]
            papers = tuple(
                samples.paper(
                    f"Giấy {number}", Scan(kept(tx, Files(data / "files"), number), Path())
                )
                for number in range(PHOTOS)
            )
            talk = Talk(tx, person, Session(), NOW, catalogue, chat=LAN)
            talk.print("book", samples.book(papers))

    def close(self) -> None:
        self.database.close()

    def bot(self, role: str) -> Born:
        return Born((role,), self.settings, self.log)

    def rows(self, wanted: str) -> list[Any]:
        with self.database.reading() as tx:
            return [tuple(row) for row in tx.execute(text(wanted))]

    async def until(self, moment: str | Callable[["House"], object]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not (self.rows(moment) if isinstance(moment, str) else moment(self)):  # noqa: ASYNC110
                await asyncio.sleep(0.005)


def kept(tx: Any, folder: Files, number: int) -> str:
    photo = samples.photo(f"Giấy {number}", (1200, 1600))
    file = folder.keep(photo)
    files.note(tx, file, "image/jpeg", len(photo), NOW)
    return file


def on_shelf(pattern: str) -> Callable[[House], object]:
    return lambda house: list(house.shelf.glob(pattern))


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    "moment",
    [CLAIMED, on_shelf("*.jpg"), on_shelf("*.pdf"), DONE],
    ids=["claimed", "opening", "printed", "posted"],
)
async def test_killed_over_a_book_it_is_printed_again_and_comes_once(
    tmp_path: Path, moment: str | Callable[[House], object]
) -> None:
    house = House(f"sqlite:///{tmp_path / 'ocop.db'}", tmp_path)
    with closing(house):
        with house.bot("run") as bot:
            await house.until(moment)
            bot.ends(signal.SIGKILL)
        with house.bot("run") as bot:
            await house.until(SENT)
            # Sent before the kill, nothing is waited for: it may be told to end as it begins.
            assert bot.ends(signal.SIGTERM) in {0, -signal.SIGTERM}

        assert house.rows("SELECT count(*) FROM outbox WHERE attached <> ''") == [(1,)]
        assert house.rows("SELECT count(*) FROM phone_lines") == [(2,)], "the file, and its words"
        assert house.rows("SELECT status, claimed_by FROM prints") == [("done", None)]


@pytest.mark.timeout(180)
async def test_of_several_that_listen_another_prints_what_a_dead_one_was_at(
    tmp_path: Path, server: Server
) -> None:
    with server.database() as url, closing(House(url, tmp_path)) as house:
        with house.bot("listen") as first:
            await house.until(CLAIMED)
            first.ends(signal.SIGKILL)
        with house.database.transaction() as tx:  # a minute goes by
            tx.execute(text("UPDATE prints SET claimed_until = claimed_until - interval '1 hour'"))
        with house.bot("listen") as second:
            await house.until(DONE)
            assert second.ends(signal.SIGTERM) == 0

        assert house.rows("SELECT count(*) FROM outbox WHERE attached <> ''") == [(1,)]
