import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from storage import digests, migrate
from storage.database import Database
from storage.tables import metadata
from tests.conftest import Server
from tests.storage.filled import fill
from tests.storage.people import met

VERSIONS = sorted((migrate.FOLDER / "versions").glob("*.py"))
ROOT = Path(__file__).parent.parent.parent


def tables(url: str) -> set[str]:
    with closing(Database(url)) as database, database.reading() as tx:
        names = set(inspect(tx).get_table_names())
    return names - {"alembic_version"}


def test_migrations_are_numbered_without_a_gap_and_form_one_line() -> None:
    numbers = [path.name[:4] for path in VERSIONS]
    script = ScriptDirectory.from_config(migrate.config("sqlite:///none.db"))
    line = [each.revision for each in script.walk_revisions()]

    assert numbers == [f"{number:04}" for number in range(1, len(VERSIONS) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z_]+\.py", path.name) for path in VERSIONS)
    assert script.get_heads() == [migrate.newest()] == [numbers[-1]]
    assert line == numbers[::-1]


def test_an_empty_database_becomes_just_what_the_models_say(empty_url: str) -> None:
    assert migrate.current(empty_url) is None

    migrate.upgrade(empty_url)

    assert migrate.current(empty_url) == migrate.newest()
    assert tables(empty_url) == set(metadata.tables)
    with closing(Database(empty_url)) as database, database.reading() as tx:
        context = MigrationContext.configure(tx, opts={"compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def partial_indexes(url: str) -> dict[str, str]:
    with closing(Database(url)) as database, database.reading() as tx:
        inspector = inspect(tx)
        found = {
            index["name"]: str(options[f"{tx.dialect.name}_where"])
            for table in inspector.get_table_names()
            for index in inspector.get_indexes(table)
            if f"{tx.dialect.name}_where" in (options := index.get("dialect_options", {}))
        }
    return {str(name): where for name, where in found.items()}


def test_indexes_over_some_rows_are_so_on_both(database_url: str) -> None:
    found = partial_indexes(database_url)

    assert found.keys() == {
        "ix_announcements_begun",
        "ix_digests_next_at",
        "ix_dossiers_unplanned",
        "ix_inbox_held",
        "ix_milestones_standing",
        "ix_office_settings_standing",
        "ix_outbox_open",
        "ix_outbox_unasked",
        "ix_outbox_use_by",
        "ix_pairings_joined",
        "ix_producers_source",
        "ix_recipients_letter",
        "ix_reminders_declined",
        "ix_reminders_due",
        "ix_reminders_letter",
        "ix_reminders_subject",
        "ix_sessions_wake_at",
    }
    assert "NOT NULL" in found["ix_inbox_held"]


def test_a_number_that_others_remember_never_comes_again(migrated_file: Path) -> None:
    """SQLite's tables are made anew by some migrations, and may lose that on the way."""
    promised = {
        t.name for t in metadata.sorted_tables if t.dialect_kwargs.get("sqlite_autoincrement")
    }
    told = "SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'"

    with closing(Database(f"sqlite:///{migrated_file}")) as database, database.reading() as tx:
        kept = set(tx.execute(text(told)).scalars())

    assert kept == promised
    assert "outbox" in promised


def test_the_newest_migration_can_be_taken_back_and_done_again_with_rows_in_every_table(
    empty_url: str,
) -> None:
    migrate.upgrade(empty_url)
    with closing(Database(empty_url)) as database, database.transaction() as tx:
        fill(tx)

    command.downgrade(migrate.config(empty_url), "-1")

    assert migrate.current(empty_url) in {None, f"{len(VERSIONS) - 1:04}"}
    migrate.upgrade(empty_url)
    assert tables(empty_url) == set(metadata.tables)


def test_producers_get_their_province_and_officers_a_summary(empty_url: str) -> None:
    command.upgrade(migrate.config(empty_url), "0009")
    with closing(Database(empty_url)) as database, database.transaction() as tx:
        now = {"now": "2026-11-23 01:00:00"}
        tx.execute(text("INSERT INTO persons (id, created_at) VALUES (7, :now)"), now)
        tx.execute(text("INSERT INTO officers (person_id, area, since) VALUES (7, '', :now)"), now)
        row = {"name": "HTX", "kind": "cooperative", "commune_code": "02869"}
        row |= {"created_at": now["now"], "updated_at": now["now"]}
        needed = [each for each in inspect(tx).get_columns("producers") if not each["nullable"]]
        row |= {each["name"]: "" for each in needed if each["name"] not in {*row, "id"}}
        names, signs = ", ".join(row), ", ".join(f":{name}" for name in row)
        tx.execute(text(f"INSERT INTO producers ({names}) VALUES ({signs})"), row)

    migrate.upgrade(empty_url)

    with closing(Database(empty_url)) as database, database.reading() as tx:
        assert tx.execute(text("SELECT province_code FROM producers")).scalar() == "15"
        assert digests.of(tx, 7)
        assert digests.next_due(tx)


def test_a_database_that_is_up_to_date_is_left_alone_at_once(migrated_file: Path) -> None:
    """A start must be quick: alembic alone costs as much as all the rest of it."""
    code = """
import sys
from storage import digests, migrate
migrate.upgrade(sys.argv[1])
print(migrate.current(sys.argv[1]), "alembic" in sys.modules, "yaml" in sys.modules)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, f"sqlite:///{migrated_file}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout.split() == [migrate.newest(), "False", "False"]


def test_two_processes_that_start_at_once_migrate_once(server: Server) -> None:
    """On PostgreSQL; a file is served by one process alone."""
    code = "import sys\nfrom storage import migrate\nmigrate.upgrade(sys.argv[1])"
    with server.database() as url:
        starting = [subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT) for _ in range(2)]

        assert [process.wait(60) for process in starting] == [0, 0]
        assert tables(url) == set(metadata.tables)


@pytest.fixture
def migrated(empty_url: str) -> Iterator[Database]:
    """A database that may be spoilt."""
    migrate.upgrade(empty_url)
    with closing(Database(empty_url)) as database:
        yield database


def applied(url: str, folder: Path, change: str) -> None:
    """Apply one migration more, made of that statement."""
    shutil.copytree(migrate.FOLDER, folder)
    (folder / "versions" / "9999_more.py").write_text(
        f"from alembic import op\nimport sqlalchemy as sa\n"
        f"revision = '9999'\ndown_revision = '{migrate.newest()}'\n"
        f"def upgrade():\n    {change}\n"
    )
    config = migrate.config(url)
    config.set_main_option("script_location", str(folder))
    command.upgrade(config, "head")


def test_rows_that_point_to_a_table_outlive_its_being_made_anew(
    migrated: Database, tmp_path: Path
) -> None:
    """SQLite changes a table by making another one, and dropping the first takes rows along."""
    with migrated.transaction() as tx:
        person = met(tx)
    change = (
        "with op.batch_alter_table('persons', recreate='auto') as persons:"
        " persons.alter_column('created_at', nullable=True)"
    )

    applied(migrated.url, tmp_path / "migrations", change)

    with migrated.reading() as tx:
        assert tx.execute(text("SELECT person_id FROM chats")).all() == [(person,)]
        assert tx.execute(text("SELECT id FROM persons")).all() == [(person,)]


def test_a_migration_that_leaves_rows_pointing_to_nothing_is_undone(
    migrated: Database, tmp_path: Path
) -> None:
    with migrated.transaction() as tx:
        person = met(tx)

    with pytest.raises((ValueError, DBAPIError)):
        applied(migrated.url, tmp_path / "migrations", "op.execute('DELETE FROM persons')")

    with migrated.reading() as tx:
        assert tx.execute(text("SELECT id FROM persons")).all() == [(person,)]
    assert migrate.current(migrated.url) == migrate.newest()


def test_what_was_called_off_is_what_somebody_was_told_of(empty_url: str) -> None:
    """A calling off that was given an hour, and taken back before it, called nothing off."""
    command.upgrade(migrate.config(empty_url), "0022")
    row = (
        "INSERT INTO announcements (id, number, kind, commune_code, province_code, made_by, said,"
        " aim, status, previewed, shown, made_at, corrects, send_at, started_at) VALUES (:id,"
        " :number, 'fair', '', '15', 1, :said, '{}', :status, 0, 0, :at, :first, :at, :begun)"
    )
    at, off = "2026-11-30 08:00:00.000000", '{"called_off": "x"}'
    firsts = ((1, "{}", "done", None, at), (2, "{}", "done", None, at))
    told = ((3, off, "done", 1, at), (4, off, "cancelled", 2, None))
    with closing(Database(empty_url)) as database, database.transaction() as tx:
        tx.execute(text("INSERT INTO persons (id, created_at) VALUES (1, :at)"), {"at": at})
        for number, said, status, first, begun in (*firsts, *told):
            about = {
                "id": number,
                "number": str(number),
                "said": said,
                "status": status,
                "first": first,
                "begun": begun,
            }
            tx.execute(text(row), {**about, "at": at})

    command.upgrade(migrate.config(empty_url), "0023")

    with closing(Database(empty_url)) as database, database.reading() as tx:
        off_now = "SELECT id FROM announcements WHERE called_off_at IS NOT NULL"
        assert tx.execute(text(off_now)).all() == [(1,)]
