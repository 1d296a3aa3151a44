"""A village that is reminded: dossiers, a clock that a test turns, and a channel that is a list."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import text

from bot.reception import Reception
from bot.reminding import Reminding
from conversations.forms import catalogue
from conversations.session import Session
from programme.quiet import VIETNAM
from storage import dossiers, milestones, outbox, planner, reminders, sessions
from storage.database import Database
from storage.outbox import Lease, Settled
from storage.reminders import Due
from storage.sessions import Saved
from tests.storage.people import met
from tests.storage.test_plans import house
from tests.wording import WORDING

START = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)
FILE_BY = date(2026, 12, 10)
MINUTE = timedelta(minutes=1)


def at(day: str, clock: str = "08:00") -> datetime:
    """That time of this winter: ``03/12``, ``04/02``."""
    number, month = (int(part) for part in day.split("/"))
    year = 2026 if month > 6 else 2027
    return datetime.fromisoformat(f"{year}-{month:02}-{number:02}T{clock}").replace(tzinfo=VIETNAM)


@dataclass
class Village:
    """The real planning and telling over one database."""

    database: Database
    now: datetime = START
    delivered: list[tuple[int, str]] = field(default_factory=list)
    reminding: Reminding = field(init=False)

    def __post_init__(self) -> None:
        self.reminding = self.another(self.database)

    def another(self, database: Database) -> Reminding:
        """One more process that reminds."""
        reception = Reception(database, catalogue, WORDING, lambda: self.now)
        return Reminding(database, reception, lambda: self.now)

    # -- who lives there -----------------------------------------------------------------------

    def dossier(self, person: int = 1, name: str = "Gạo", by: date = FILE_BY) -> int:
        """A dossier of that person, that is to be handed in by then, with all that is planned."""
        with self.database.transaction() as tx:
            known = tx.execute(text("SELECT id FROM producers")).all()
            home = person if len(known) >= person else house(tx, person)
            about = {"producer_id": home, "person_id": met(tx, person), "name": name}
            about |= {"product_set": 3, "case": "first", "rules": "26-2026"}
            days = {"round_key": "tinh-1-2027", "council": date(2027, 6, 30)}
            made = dossiers.open_new(tx, about | days, self.now, 2026)
            dossiers.change(tx, made, file_by=by, planned_at=self.now, total=9)
            planner.dossiers(tx, [made], milestones.standing(tx), self.now)
        return made

    def reads(self, person: int, language: str) -> None:
        """Let the person read that language."""
        body = msgspec.json.encode(Session(language=language)).decode()
        with self.database.transaction() as tx:
            sessions.save(tx, [Saved(person, body, 0, None, None)], self.now)

    def add(self, person: int, kind: str, subject: int, **more: Any) -> None:
        """Plan one firing that is due now."""
        about = {"day": FILE_BY, "before": 99, "due_at": self.now, "use_by": at("10/12", "23:59")}
        with self.database.transaction() as tx:
            reminders.add(tx, [(person, kind, subject, *(about | more).values())])

    # -- what happens --------------------------------------------------------------------------

    def tick(self, when: datetime | None = None) -> None:
        """Do what is due, then or now."""
        self.now = when or self.now
        self.reminding.remind()

    def deliver(self) -> list[tuple[int, str]]:
        """Send what waits; what each person got now."""
        got: list[tuple[int, str]] = []
        while claimed := self._claim():
            got += [(letter.person, letter.text) for letter in claimed]
        self.delivered += got
        return got

    def _claim(self) -> list[outbox.Claimed]:
        with self.database.transaction() as tx:
            lease = Lease("list", self.now + MINUTE)
            claimed = outbox.claim(tx, ["browser"], lease, self.now)
            outbox.settle(tx, [Settled(each.id, "sent", 1) for each in claimed], self.now)
        return claimed

    def morning(self, day: str) -> list[tuple[int, str]]:
        """At eight that day do what is due and send it."""
        self.tick(at(day))
        return self.deliver()

    # -- what is kept --------------------------------------------------------------------------

    def waiting(self) -> list[str]:
        """The letters that nobody has sent yet."""
        return self._letters("waiting")

    def given_up(self) -> list[str]:
        """The letters that nobody will send."""
        return self._letters("failed")

    def _letters(self, status: str) -> list[str]:
        with self.database.reading() as tx:
            fitting = text("SELECT text FROM outbox WHERE status = :status ORDER BY id")
            return [row[0] for row in tx.execute(fitting, {"status": status})]

    def firings(self, *kinds: str) -> dict[int, str]:
        """What became of each firing of these kinds, by how many days before."""
        with self.database.reading() as tx:
            every = reminders.everyone(tx)
        return {r["before"]: r["status"] for r in every if r["kind"] in (kinds or ("file",))}

    def due(self, until: datetime, person: int = 1) -> list[Due]:
        """What is due to a person by then."""
        with self.database.reading() as tx:
            return reminders.due(tx, [person], until)
