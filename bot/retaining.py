"""Letting go: of what a person wants erased, and once a day of what was kept long enough.

A wish is a row till nothing of it is left to do, so whoever is killed goes on with it at the next
start; the daily rules do nothing the second time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import structlog

from bot import clock
from bot.handfuls import Pace
from bot.settings import Settings
from documents.shelf import Shelf
from programme import retention as keeping
from programme.firings import day_of
from programme.retention import Rule
from storage import audit, erasing, erasure, migrate, orphans, retention
from storage.audit import Entry
from storage.database import Database, Transaction, alone
from storage.erasure import Asked
from storage.files import Files
from storage.retention import Step

AT_ONCE = 500  # rows, or files, that are let go in one transaction
_log = structlog.get_logger()


def told(settings: Settings, *, apply: bool) -> Iterator[str]:
    """Let the rules be applied, or their rows be counted, and say of each how many: a line."""
    migrate.upgrade(settings.database)
    with closing(Database(settings.database)) as database:
        folder = Files(settings.data / "files")
        retaining = Retaining(database, clock.now, folder)
        counted = (retaining.tidy if apply else retaining.counts)(clock.now())
    yield from (_line(one) for one in counted)


def _line(one: "Counted") -> str:
    sure = "" if one.rule.certain else " (?)"
    about = f"{one.rule.days:>5} {one.rule.law}{sure}"
    return f"{one.rows:>8}  {one.rule.id:<15}{about}: {one.rule.what}"


class Counted(NamedTuple):
    """How much a rule concerns."""

    rule: Rule
    rows: int


@dataclass(slots=True)
class Retaining:
    """Erases whoever asked for it, and keeps nothing longer than the rules say.

    Without the folder only rows are seen to.
    """

    database: Database
    clock: Callable[[], datetime]
    folder: Files | None = None
    shelf: Shelf | None = None
    pace: Pace = field(default_factory=Pace)
    _tidied_on: date | None = None

    def tick(self) -> None:
        """Do what is due: what people asked for now, the rules once a day."""
        now = self.clock()
        with self.database.reading() as tx:
            asked = erasure.any_open(tx)
        if asked:
            self._erase(now)
        if self._tidied_on != day_of(now):
            self._tidied_on = day_of(now)  # a rule that breaks is tried again tomorrow
            self.tidy(now)

    # -- whom is asked for -------------------------------------------------------------------------

    def _erase(self, now: datetime) -> None:
        with self.database.reading() as tx:
            due = erasure.due(tx, now)
        self._each(due, self._erase_rows, now)
        with self.database.reading() as tx:
            left = erasure.with_files(tx)
        self._each(left, self._erase_files, now)

    def _each(
        self, some: Iterable[Asked], do: Callable[[Asked, datetime], None], now: datetime
    ) -> None:
        """Do it for each of them; one that breaks is tried again at the next tick."""
        for one in some:
            try:
                do(one, now)
            except Exception as trouble:
                if self.database.is_passing(trouble):
                    raise
                _log.error("not_erased", erasure=one.id, error=type(trouble).__name__)

    def _erase_rows(self, one: Asked, now: datetime) -> None:
        with self.database.transaction() as tx:
            alone(tx, "erase")
            if any(each.id == one.id for each in erasure.due(tx, now)):  # nobody else did
                erased = erasing.erase(tx, one.person, now)
                erasure.erased(tx, one.id, erased.files, erased.kept.counts(), now)

    def _erase_files(self, one: Asked, now: datetime) -> None:
        """Let the files go that were theirs alone, with all traces; done when none is left."""
        self._let_go(one.files)
        if self.shelf:
            self.shelf.trim(0)  # what was printed can be printed again
        if not self.database.leave_no_trace():
            return
        with self.database.transaction() as tx:
            erasure.done(tx, one.id, now)
        _log.info("erased", erasure=one.id)

    def _let_go(self, files: Iterable[str]) -> int:
        """Let those of these files go that nothing refers to; how many these were.

        Who keeps one of them meanwhile touches it, before noting it: then it stays.
        """
        seen = {file: self._kept_at(file) for file in files}
        with self.database.reading() as tx:
            idle = orphans.unreferenced(tx, set(seen)) if seen else set()
        every = sorted(idle)
        handfuls = (every[at : at + AT_ONCE] for at in range(0, len(every), AT_ONCE))
        return sum(self._drop(some, seen) for some in handfuls)

    def _drop(self, files: Iterable[str], seen: Mapping[str, int | None]) -> int:
        with self.database.transaction() as tx:
            gone = [file for file in files if self._kept_at(file) == seen[file]]
            orphans.drop(tx, gone)
        for file in gone:
            if self.folder and self._kept_at(file) == seen[file]:
                self.folder.remove(file)
        return len(gone)

    def _kept_at(self, file: str) -> int | None:
        return self.folder.kept_at(file) if self.folder else None

    # -- once a day --------------------------------------------------------------------------------

    def tidy(self, now: datetime) -> list[Counted]:
        """Apply every rule; how much each concerned."""
        return list(self._tidied(now))

    def _tidied(self, now: datetime) -> Iterator[Counted]:
        for rule in keeping.rules():
            try:
                count = self._apply(rule, now)
            except Exception as trouble:  # noqa: BLE001 - the other rules hold all the same
                _log.error("not_tidied", rule=rule.id, error=type(trouble).__name__)
                continue
            if count:
                self._note(rule, count, now)
            yield Counted(rule, count)

    def _apply(self, rule: Rule, now: datetime) -> int:
        if rule.id == keeping.FILES:
            return self._sweep(rule.before(now))
        return sum(self._take(step) for step in retention.steps(rule.id, rule.before(now)))

    def _take(self, step: Step) -> int:
        """Let what a step is about go in handfuls, between which others come to write."""
        with self.database.reading() as tx:
            keys = retention.found(tx, step)
        count = 0
        for at in self.pace.through(range(0, len(keys), AT_ONCE)):
            with self.database.transaction() as tx:
                alone(tx, "tidy")
                count += retention.let_go(tx, step, keys[at : at + AT_ONCE])
        return count

    def _sweep(self, before: datetime) -> int:
        """Let go of files that nothing refers to, and of what lies in the folder unknown."""
        if self.folder is None:
            return 0
        with self.database.reading() as tx:
            old = orphans.kept_before(tx, before)
        count = self._let_go(old)
        with self.database.reading() as tx:
            known = orphans.known(tx)
        strays = [path for path in self.folder.untouched(before) if path.name not in known]
        for path in strays:
            path.unlink(missing_ok=True)
        return count + len(strays)

    def _note(self, rule: Rule, count: int, now: datetime) -> None:
        with self.database.transaction() as tx:
            audit.append(tx, Entry(0, "tidied", rule.id, 0, {"rows": count}), now)

    def counts(self, now: datetime) -> list[Counted]:
        """How much each rule would concern now; nothing is changed."""
        with self.database.reading() as tx:
            return [Counted(rule, self._count(tx, rule, now)) for rule in keeping.rules()]

    def _count(self, tx: Transaction, rule: Rule, now: datetime) -> int:
        if rule.id != keeping.FILES:
            return retention.count(tx, rule.id, rule.before(now))
        return len(orphans.unreferenced(tx, orphans.kept_before(tx, rule.before(now))))
