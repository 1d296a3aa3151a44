"""Shows how many events a second the tables take (``python -m benchmarks.storage_batch [URL]``).

One thread keeps batches of 64 events of 64 persons, as reception does: for each event its key, the
person, the session read and written (1.5 kB), three steps and one letter; one commit a batch.
Without a URL it is a new SQLite file, with synchronous=FULL.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from storage import inbox, outbox, persons, sessions, steps, tables
from storage.database import Database
from storage.persons import Chat

BATCH = 64
PEOPLE = 1024
BATCHES = 300
BODY = '{"runs":[' + "0123456789" * 149 + "]}"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TEXT = "Bà con cho em hỏi tên sản phẩm là gì ạ?"


def keep(database: Database, number: int) -> None:
    """Keep one batch as reception would."""
    first = number * BATCH % PEOPLE
    chats = [Chat("browser", "demo", f"phone-{first + at}") for at in range(BATCH)]
    with database.transaction() as tx:
        new = inbox.first_times(tx, [(chat, f"{number}:{chat.chat}") for chat in chats], NOW)
        people = persons.meet(tx, chats, NOW)
        kept = sessions.load(tx, list(people.values()))
        saved = [sessions.Saved(p, BODY, number, None, None) for p in people.values()]
        sessions.save(tx, saved, NOW)
        steps.append(
            tx,
            [
                steps.Logged(person, 1, "answer", f"question-{at}", '"some words"', NOW, "")
                for person in people.values()
                for at in range(3)
            ],
        )
        outbox.put(tx, [outbox.Posted(c, p, TEXT, "[]", number) for c, p in people.items()], NOW)
    if len(new) != BATCH or (number >= PEOPLE // BATCH and len(kept) != BATCH):
        raise AssertionError("a batch was not kept whole")


def run(database: Database) -> tuple[float, float]:
    """Events a second, after a round in which everybody becomes known; and our µs for each."""
    known = PEOPLE // BATCH
    for number in range(known):
        keep(database, number)
    began, worked = time.perf_counter(), time.process_time()
    for number in range(known, known + BATCHES):
        keep(database, number)
    events = BATCH * BATCHES
    worked = time.process_time() - worked
    return events / (time.perf_counter() - began), worked / events * 1e6


@contextmanager
def opened(url: str | None) -> Iterator[Database]:
    """An empty database, there or in a new file."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(url or f"sqlite:///{folder}/batch.db")
        tables.metadata.create_all(database.engine)
        yield database
        database.close()


def main() -> None:
    """Measure and say so."""
    with opened(sys.argv[1] if sys.argv[1:] else None) as database:
        speed, cost = run(database)
        name = database.engine.dialect.name
        print(f"{name}: {speed:,.0f} events/s, {cost:.0f} µs of this process for each")


if __name__ == "__main__":
    main()
