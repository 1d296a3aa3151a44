"""Once a day: what was kept long enough goes, and only the counts of it are noted."""

from datetime import datetime, timedelta
from os import utime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot import retaining as room
from bot.retaining import Retaining
from bot.settings import Settings
from programme import retention
from storage import audit
from storage import retention as statements
from storage.database import Database
from storage.files import Files
from storage.retention import Step
from storage.tables import metadata
from tests.storage.filled import NOW, fill

T = metadata.tables
MONTH = timedelta(days=31)


@pytest.fixture
def folder(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


def made(database: Database, folder: Files, now: datetime = NOW + MONTH) -> Retaining:
    return Retaining(database, lambda: now, folder)


def counts(retaining: Retaining) -> dict[str, int]:
    return {one.rule.id: one.rows for one in retaining.counts(NOW + MONTH)}


def test_counting_changes_nothing_and_says_what_is_done_afterwards(
    database: Database, folder: Files
) -> None:
    with database.transaction() as tx:
        fill(tx, but=("prints",), inbox__held=None, outbox__attached='{"file": ""}')
    retaining = made(database, folder)

    counted = counts(retaining)

    assert counted == counts(retaining)
    assert counted["event_keys"] == 2
    assert {one.rule.id: one.rows for one in retaining.tidy(NOW + MONTH)} == counted
    assert sum(counts(retaining).values()) == 0


def test_the_log_has_the_counts_and_nothing_else(database: Database, folder: Files) -> None:
    with database.transaction() as tx:
        fill(tx, but=("audit", "counters"), inbox__held=None)

    made(database, folder).tick()

    with database.reading() as tx:
        told = {row["kind"]: row["about"] for row in audit.of_person(tx, 0)}
        assert list(audit.faults(tx)) == []
    assert told["event_keys"] == '{"rows": 3}'


def test_it_is_done_once_a_day(database: Database, folder: Files) -> None:
    retaining = made(database, folder)
    retaining.tick()
    with database.transaction() as tx:
        fill(tx, inbox__held=None)

    retaining.tick()
    early = counts(retaining)["event_keys"]
    retaining.clock = lambda: NOW + MONTH + timedelta(days=1)
    retaining.tick()

    assert (early, counts(retaining)["event_keys"]) == (3, 0)


def lies(folder: Files, content: bytes, age: timedelta) -> Path:
    path = folder.path(folder.keep(content))
    then = (NOW + MONTH - age).timestamp()
    utime(path, (then, then))
    return path


def test_a_file_that_nothing_refers_to_goes_after_a_week(database: Database, folder: Files) -> None:
    used, idle = (lies(folder, word, MONTH) for word in (b"used", b"idle"))
    with database.transaction() as tx:
        fill(tx)
        rows = [{"sha256": path.name, "mime": "a/b", "size": 4, "at": NOW} for path in (used, idle)]
        tx.execute(T["files"].insert(), rows)
        tx.execute(update(T["paper_pages"]).values(file=used.name))

    made(database, folder).tick()

    with database.reading() as tx:
        kept = set(tx.execute(select(T["files"].c.sha256)).scalars())
    assert used.name in kept
    assert idle.name not in kept
    assert (used.exists(), idle.exists()) == (True, False)


def test_what_lies_in_the_folder_unknown_goes_unless_it_has_just_come(
    database: Database, folder: Files
) -> None:
    """A process died between writing it and noting it; or is just about to note it."""
    old, new = lies(folder, b"old", MONTH), lies(folder, b"new", timedelta(minutes=1))

    made(database, folder).tick()

    assert (old.exists(), new.exists()) == (False, True)


def test_a_rule_that_breaks_does_not_keep_the_others_from_holding(
    database: Database, folder: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.transaction() as tx:
        fill(tx, inbox__held=None)
    done = statements.steps

    def broken(rule: str, before: datetime) -> list[Step]:
        if rule == "event_keys":
            raise ValueError(rule)
        return done(rule, before)

    monkeypatch.setattr(statements, "steps", broken)

    tidied = [one.rule.id for one in made(database, folder).tidy(NOW + MONTH)]

    assert tidied == [rule.id for rule in retention.rules() if rule.id != "event_keys"]


@pytest.mark.parametrize("apply", [False, True])
def test_the_command_line_says_of_each_rule_how_much_it_concerns(
    tmp_path: Path, *, apply: bool
) -> None:
    lines = list(room.told(Settings(data=tmp_path), apply=apply))

    assert len(lines) == len(retention.rules())
    assert lines[0].split()[:2] == ["0", "event_keys"]


class ComingAgain(Files):
    """The same content is kept once more just when it is to be let go."""

    def kept_at(self, sha256: str) -> int | None:
        at = super().kept_at(sha256)
        if at:
            utime(self.path(sha256), ns=(at, at + 1))
        return at


def test_a_file_that_comes_again_at_that_instant_stays(database: Database, folder: Files) -> None:
    path = lies(folder, b"idle", MONTH)
    about = {"sha256": path.name, "mime": "a/b", "size": 4, "at": NOW}
    with database.transaction() as tx:
        tx.execute(T["files"].insert(), [about])

    made(database, ComingAgain(folder.folder)).tick()

    with database.reading() as tx:
        assert tx.execute(select(T["files"].c.sha256)).scalars().all() == [path.name]
    assert path.exists()
