"""Shows how long the daily jobs hold SQLite's writer: who writes to the bot waits as long.

    python -m benchmarks.holding [--dossiers 50000]

The country of benchmarks.country, in which everybody agreed to be reminded, has a form half filled
and lately wrote twice. One after the other: the forms that lie there are looked at, the deadline of
many dossiers goes by and they are planned anew, an announcement goes out, summaries come, and three
years later all goes that is kept no longer. Of each job how many transactions wrote, and how long
the longest took, in milliseconds.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import Connection, text, update

from benchmarks import country
from benchmarks.digest import NOW
from bot.announcing import Announcing
from bot.reception import Reception
from bot.reminding import Reminding
from bot.retaining import Retaining
from bot.settings import ROOT
from bot.wording import Wording
from conversations.forms import catalogue
from conversations.session import Run, Session
from handlers.officer import announced
from storage import digests, migrate
from storage.database import Database, Transaction, table_of
from storage.dossiers import DossierRow
from storage.files import Files

LATER = timedelta(days=3 * 365)
PAST = 200  # dossiers whose deadline goes by
_ALL = "SELECT id FROM persons WHERE id <= :count"
_LIVED = (
    f"""INSERT INTO consents (person_id, purpose, words_version, given_at)
        SELECT id, purpose, 1, :at FROM ({_ALL}) AS p
        CROSS JOIN (SELECT 'reminders' AS purpose UNION SELECT 'news') AS each""",
    f"""INSERT INTO sessions (person_id, body, token, updated_at)
        SELECT id, :body, 0, :at FROM ({_ALL}) AS p""",
    f"""INSERT INTO steps (person_id, run, kind, path, value, at, hand)
        SELECT id, run, 'sent', 'name', '"x"', :at, '' FROM ({_ALL}) AS p
        CROSS JOIN (SELECT 1 AS run UNION SELECT 2 UNION SELECT 3) AS each""",
    f"""INSERT INTO inbox (channel, bot, key, chat, at)
        SELECT 'browser', 'demo', CAST(id AS VARCHAR) || '-' || run, id, :at FROM ({_ALL}) AS p
        CROSS JOIN (SELECT 1 AS run UNION SELECT 2) AS each""",
)


class Timed(Database):
    """A database that notes how long each of its transactions held the writer."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.held: list[float] = []

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """As it is, and timed from its beginning to its commit."""
        begun = 0.0
        with super().transaction() as tx:
            begun = time.perf_counter()
            yield tx
        self.held.append((time.perf_counter() - begun) * 1_000)


def lived(tx: Transaction, count: int) -> None:
    """Let everybody have agreed, written, and left a form half filled."""
    run = Run(1, "idea", 2, NOW, NOW, answers={"name": "Gạo"})
    session = Session(runs=(run,), next_run=2, consent={"reminders": 1, "news": 1})
    about = {"count": count, "at": f"{NOW - timedelta(days=2):%Y-%m-%d %H:%M:%S.%f}"}
    for statement in _LIVED:
        tx.execute(text(statement), about | {"body": msgspec.json.encode(session).decode()})


def jobs(database: Timed, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """The jobs of a day, and of the day on which much is old."""
    now = [NOW]

    def clock() -> datetime:
        return now[0]

    reception = Reception(database, catalogue, Wording(ROOT / "templates"), clock)
    reminding = Reminding(database, reception, clock)
    retaining = Retaining(database, clock, Files(folder / "files"))
    announcing = Announcing(database, reception.wording, clock, announced)
    yield "a day begins", reminding.remind
    _past(database)
    yield "deadlines go by", lambda: reminding.remind(thorough=True)
    yield "an announcement goes out", announcing.tick
    _wish(database)
    yield "summaries come", reminding.remind
    now[0] = NOW + LATER
    yield "keys are forgotten", reminding.forget
    yield "what is old goes", lambda: retaining.tidy(clock())


def _past(database: Database) -> None:
    dossiers = table_of(DossierRow)
    some = (dossiers.c.id <= PAST, dossiers.c.filed_at.is_(None))
    with database.transaction() as tx:
        tx.execute(update(dossiers).where(*some).values(file_by=NOW.date() - timedelta(days=1)))


def _wish(database: Database) -> None:
    """Let everybody who looks want a summary now."""
    with database.transaction() as tx:
        for looker in country.lookers(tx):
            digests.wish(tx, looker.person, {"every": "day", "hour": 8, "next_at": NOW})


def main() -> None:
    """Do each job and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.holding")
    parser.add_argument("--dossiers", type=int, default=50_000)
    count = parser.parse_args().dossiers
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/holding.db"
        migrate.upgrade(url)
        database = Timed(url)
        with database.transaction() as tx:
            country.fill(tx, count)
            lived(tx, count)
        for name, job in jobs(database, Path(folder)):
            database.held.clear()
            job()
            times = len(database.held)
            print(
                f"{name:<26}{times:5} x, longest {max(database.held, default=0):6.0f}", flush=True
            )
        database.close()


if __name__ == "__main__":
    main()
