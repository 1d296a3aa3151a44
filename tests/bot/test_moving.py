"""From SQLite to PostgreSQL in one command: row by row the same, and it goes on from there."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import insert

from bot import moving as command
from bot import starting
from bot.settings import Settings
from storage import audit, moving
from storage.audit import Entry
from storage.database import Database
from storage.tables import metadata
from tests.conftest import Server
from tests.storage.filled import NOW, SHE, fill

PERSONS = metadata.tables["persons"]


@pytest.fixture
def here(tmp_path: Path, migrated_file: Path) -> Settings:
    """An office that has a file of SQLite, with rows in every table and a log."""
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    shutil.copy(migrated_file, settings.data / "ocop.db")
    with closing(Database(settings.database)) as database, database.transaction() as tx:
        fill(tx, but=("audit", "counters"))
        for number in range(5):
            audit.append(tx, Entry(SHE, "looked", "dossier", number), NOW)
    return settings


@pytest.fixture
def there(server: Server) -> Iterator[str]:
    with server.database() as url:
        yield url


def sums(url: str) -> dict[str, moving.Sum]:
    with closing(Database(url)) as database, database.reading() as tx:
        return moving.sums(tx)


def test_all_is_there_and_new_rows_get_new_numbers_and_the_log_goes_on(
    here: Settings, there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sums(here.database)

    assert command.move(here, there) == 0

    assert "OCOP_DATABASE_URL" in capsys.readouterr().out
    assert sums(there) == before == sums(here.database)
    with closing(Database(there)) as database, database.transaction() as tx:
        made = insert(PERSONS).values(created_at=NOW).returning(PERSONS.c.id)
        assert tx.execute(made).scalar_one() > SHE
        audit.append(tx, Entry(SHE, "looked", "dossier", 6), NOW)
        assert list(audit.faults(tx)) == []
        assert audit.head(tx)[0] == 6


def test_a_place_with_rows_a_busy_one_and_a_running_bot_are_left_alone(
    here: Settings, there: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with starting.alone(here):
        assert command.move(here, there) == 1
    with closing(Database(there)) as other, other.reading() as tx:
        tx.exec_driver_sql("SELECT 1")
        assert command.move(here, there) == 1
    assert command.move(here, there) == 0
    moved = sums(there)
    assert command.move(here, there) == 1

    assert sums(there) == moved
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_where_there_is_nothing_to_move_nothing_is_touched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.move(Settings(data=tmp_path / "none"), "postgresql://nobody@localhost/x") == 1

    assert "OCOP_DATA" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address", ["postgresql://nobody@127.0.0.1:1/x", "mysql://x", "sqlite:///x"]
)
def test_an_address_where_nobody_answers_is_told(
    here: Settings, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.move(here, address) == 1

    assert "postgresql://" in capsys.readouterr().err
