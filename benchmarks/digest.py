"""Shows how long an officer's summary takes (``python -m benchmarks.digest [DOSSIERS] [URL]``).

50,000 dossiers in all communes, two papers each, a question for every tenth and a certificate for
every fourth. The numbers, the first page of each list, and the summary that comes by itself, of an
officer of everywhere, of a province and of a commune. Without a URL it is a new SQLite file.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import text

from bot import collecting
from handlers.officer import digest
from programme import ruleset
from programme.calendar import Calendar
from programme.places import places
from storage import digests, migrate, officers, overview, persons
from storage.certificates import CertificateRow
from storage.database import Database, Transaction, insert_all, table_of
from storage.dossiers import DossierRow
from storage.overview import MATTERS, View
from storage.papers import PaperRow
from storage.persons import Chat
from storage.producers import MembershipRow, ProducerRow
from storage.questions import QuestionRow

NOW = datetime(2026, 11, 25, 1, tzinfo=UTC)
SINCE = NOW - timedelta(days=7)
LACKING = ("test_report", "food_safety_certificate", "declaration", "story_text", None)
LAO_CAI, BAN_LIEN = "15", "02869"
TIMES = 20
BATCH = 10_000  # people met at once
Row = dict[str, Any]


def homes() -> list[tuple[str, str]]:
    """Every commune, with its province."""
    shown = {province.code: province.shown for province in places().provinces()}
    areas = [places().areas(name) for name in shown.values()]
    codes = {code for (area, *_) in areas for code in area.communes}
    found = filter(None, map(places().by_code, sorted(codes)))
    return [(commune.code, commune.province_code) for commune in found]


def fill(
    tx: Transaction, count: int, known: list[tuple[str, str]] | None = None, papers: int = 2
) -> None:
    """A country full of dossiers, each of a producer of its own with so many papers.

    They lie in all communes, or in those that are ``known``, each with its province; there is one
    officer.
    """
    chance, known = random.Random(5), known or homes()
    chats = [Chat("browser", "demo", str(number)) for number in range(count)]
    some = (chats[at : at + BATCH] for at in range(0, count, BATCH))
    people = [person for batch in some for person in persons.meet(tx, batch, NOW).values()]
    numbers = range(1, count + 1)
    insert_all(tx, table_of(ProducerRow), [producer(n, chance, known) for n in numbers])
    members = [(n, person) for n, person in zip(numbers, people, strict=True)]
    joined = [{"person_id": p, "producer_id": n, "role": "own", "since": NOW} for n, p in members]
    insert_all(tx, table_of(MembershipRow), joined)
    insert_all(tx, table_of(DossierRow), [dossier(n, p, chance) for n, p in members])
    insert_all(
        tx, table_of(PaperRow), [paper(n, p, chance) for n, p in members for _ in range(papers)]
    )
    asked = [question(n, p, chance) for n, p in members[::10]]
    insert_all(tx, table_of(QuestionRow), asked)
    insert_all(tx, table_of(CertificateRow), [certificate(n, chance) for n, _ in members[::4]])
    officers.appoint(tx, people[0], "", NOW)
    digests.wish(tx, people[0], {"every": "day", "hour": 8, "next_at": NOW})


def day(chance: random.Random, least: int, most: int) -> date:
    """Some day, so many from today."""
    return NOW.date() + timedelta(days=chance.randint(least, most))


def producer(number: int, chance: random.Random, known: list[tuple[str, str]]) -> Row:
    """A producer somewhere."""
    commune, province = chance.choice(known)
    made = {"id": number, "name": f"HTX {number}", "kind": "cooperative", "created_at": NOW}
    return {**made, "updated_at": NOW, "commune_code": commune, "province_code": province}


def dossier(number: int, person: int, chance: random.Random) -> Row:
    """A dossier that is being prepared, or with the commune, or with the province."""
    filed = chance.random() < 0.3
    gone = filed and chance.random() < 0.5
    made = NOW - timedelta(days=chance.randint(0, 300))
    about = {"id": number, "root": number, "number": f"HS-{number}", "name": f"Gạo {number}"}
    whose = {"producer_id": number, "person_id": person, "product_set": 3, "rules": "26-2026"}
    return {
        **about,
        **whose,
        "council": day(chance, 100, 200),
        "status": "open",
        "made_at": made,
        "moved_at": made + timedelta(days=chance.randint(0, 20)),
        "file_by": day(chance, 0, 150),
        "next_paper": chance.choice(LACKING),
        "filed_at": NOW if filed else None,
        "review_by": day(chance, 0, 20) if filed else None,
        "sent_up_at": NOW if gone else None,
    }


def paper(number: int, person: int, chance: random.Random) -> Row:
    """A paper, every third of which nobody has judged."""
    judged = "accepted" if chance.random() < 0.7 else None
    about = {"producer_id": number, "product": number, "paper": "test_report", "verdict": judged}
    return {**about, "person_id": person, "given_at": NOW, "ends": day(chance, -100, 900)}


def question(number: int, person: int, chance: random.Random) -> Row:
    """A question, half of which are answered."""
    answered = NOW if chance.random() < 0.5 else None
    about = {"number": number, "person_id": person, "text": "Bao giờ họp?"}
    return {**about, "asked_at": NOW, "answered_at": answered}


def certificate(number: int, chance: random.Random) -> Row:
    """A certificate of the last three years."""
    issued = day(chance, -1000, 0)
    ends = issued + timedelta(days=1095)
    window = {"refile_from": ends - timedelta(days=180), "refile_by": ends - timedelta(days=120)}
    about = {"producer_id": number, "name": f"Gạo {number}", "product_set": 3, "made_at": NOW}
    return {**about, **window, "star": chance.choice((3, 4)), "issued": issued, "expires": ends}


def grow(database: Database, count: int) -> None:
    """Fill it, and tell which; all is as where a bot has long run."""
    with database.transaction() as tx:
        fill(tx, count)
        tx.execute(text("ANALYZE"))
    collecting.calm()
    print(f"{database.engine.dialect.name}, {count:,} dossiers")


@contextmanager
def opened(url: str | None) -> Iterator[Database]:
    """An empty database, there or in a new file."""
    with tempfile.TemporaryDirectory() as folder:
        url = url or f"sqlite:///{folder}/digest.db"
        migrate.upgrade(url)
        database = Database(url)
        yield database
        database.close()


def tell(name: str, deed: Callable[[], object]) -> None:
    """Do it so many times and print the middle and the 95th of a hundred.

    What this process computes is told beside it, as a machine that does other things too is slow;
    what a PostgreSQL computes is not in it.
    """
    times, computed = [], []
    for _ in range(TIMES):
        begun, spent = time.perf_counter(), time.process_time()
        deed()
        times.append((time.perf_counter() - begun) * 1_000)
        computed.append((time.process_time() - spent) * 1_000)
    middle, late = statistics.median(times), statistics.quantiles(times, n=20)[18]
    own = statistics.median(computed)
    print(f"{name}: median {middle:.0f} ms, 95 % {late:.0f} ms, own CPU {own:.0f} ms", flush=True)


def numbers(database: Database, view: View) -> dict[str, int]:
    """The numbers, as they are told."""
    with database.reading() as tx:
        return {matter: overview.count(tx, matter, view) for matter in MATTERS}


def lists(database: Database, view: View) -> None:
    """The first page of each list."""
    with database.reading() as tx:
        for matter in MATTERS:
            overview.lines(tx, matter, view, most=8)


def by_itself(database: Database, area: str, calendar: Calendar) -> None:
    """The summary of the officer, as it comes the first time."""
    with database.transaction() as tx:
        officers.appoint(tx, 1, area, NOW)
        digest.due(tx, 1, NOW, calendar)


def main() -> None:
    """Measure for each officer and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else 50_000
    calendar = Calendar(ruleset.newest())
    with opened(sys.argv[2] if sys.argv[2:] else None) as database:
        grow(database, count)
        for name, area in (("everywhere", ""), ("a province", LAO_CAI), ("a commune", BAN_LIEN)):
            view = View(officers.over(area), NOW, SINCE)
            print(f"{name}: {numbers(database, view)}")
            tell("  numbers", partial(numbers, database, view))
            tell("  first page of seven lists", partial(lists, database, view))
            tell("  by itself", partial(by_itself, database, area, calendar))


if __name__ == "__main__":
    main()
