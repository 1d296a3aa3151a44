"""A back-up has every row of one moment, whatever happens meanwhile, and goes back into any."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Connection

from storage import audit, backups, migrate, moving, restoring
from storage.audit import Entry
from storage.backups import Manifest, NotWhole
from storage.database import Database
from storage.files import Files, note
from storage.moving import CannotHold
from storage.restoring import NotEmpty
from storage.tables import metadata
from tests.conftest import Server
from tests.storage.filled import NOW, SHE, fill

T = metadata.tables
LATER = datetime(2027, 3, 1, 2, 30, tzinfo=UTC)
NEWEST = migrate.newest()


@pytest.fixture
def folder(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture(params=("sqlite", "postgresql"))
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of another database, without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'elsewhere' / 'ocop.db'}"
        return
    server: Server = request.getfixturevalue("server")
    with server.database() as url:
        yield url


def lived_in(tx: Connection, folder: Files) -> str:
    """Rows in every table, a log, a kept file; the file's hash."""
    fill(tx, but=("audit", "counters"))
    for number in range(3):
        audit.append(tx, Entry(SHE, "looked", "dossier", number), NOW)
    kept = folder.keep("giấy chứng nhận".encode())
    note(tx, kept, "image/jpeg", 20, NOW)
    return kept


def backed_up(tx: Connection, folder: Files, to: Path) -> Manifest:
    return backups.write(tx, folder, to, NEWEST, LATER)


def restored(file: Path, url: str, folder: Files, *, replace: bool = False) -> restoring.Restored:
    with backups.opened(file, NEWEST) as backup:
        backup.bring(folder)
        return restoring.into(url, backup, LATER, replace=replace)


def test_every_row_comes_back_as_it_was_from_either_database_into_either(
    database: Database, elsewhere: str, folder: Files, tmp_path: Path
) -> None:
    other = Files(tmp_path / "other files")
    with database.transaction() as tx:
        kept = lived_in(tx, folder)
    with database.reading() as tx:
        backed_up(tx, folder, tmp_path / "a.zip")
        before = moving.sums(tx)

    done = restored(tmp_path / "a.zip", elsewhere, other)

    assert other.path(kept).read_bytes().decode() == "giấy chứng nhận"
    with closing(Database(elsewhere)) as found, found.reading() as tx:
        assert moving.sums(tx) == before
        assert before.keys() == T.keys()
        assert done.rows == sum(each.rows for each in before.values()) > len(T)
        assert list(audit.faults(tx)) == []
    assert migrate.current(elsewhere) == NEWEST


def test_a_sum_tells_one_changed_letter_and_not_the_order_of_rows(database: Database) -> None:
    with database.transaction() as tx:
        fill(tx)
        before = moving.sums(tx)
        tx.execute(update(T["persons"]).values(created_at=T["persons"].c.created_at))
        same = moving.sums(tx)
        tx.execute(update(T["producers"]).values(address="thôn Đội 2"))
        after = moving.sums(tx)

    assert same == before
    assert {name for name in before if before[name] != after[name]} == {"producers"}


def test_numbers_go_on_where_they_were_also_after_the_last_row_was_deleted(
    file: Database, elsewhere: str, folder: Files, tmp_path: Path
) -> None:
    with file.transaction() as tx:
        fill(tx)
        tx.execute(update(T["outbox"]).values(id=50))
        letter = _unnumbered(tx, "outbox")
        again = insert(T["outbox"]).values(letter).returning(T["outbox"].c.id)
        last = max(tx.execute(again).scalar_one() for _ in range(3))
        tx.execute(delete(T["outbox"]))
    with file.reading() as tx:
        backed_up(tx, folder, tmp_path / "a.zip")

    restored(tmp_path / "a.zip", elsewhere, folder)

    with closing(Database(elsewhere)) as found, found.transaction() as tx:
        following = insert(T["outbox"]).values(letter).returning(T["outbox"].c.id)
        assert tx.execute(following).scalar_one() == last + 1
        person = insert(T["persons"]).values(created_at=NOW).returning(T["persons"].c.id)
        assert tx.execute(person).scalar_one() > SHE


def _unnumbered(tx: Connection, table: str) -> dict[str, object]:
    """A row as it would be put in anew."""
    row = dict(tx.execute(select(T[table])).mappings().one())
    return {name: value for name, value in row.items() if name != "id"}


def test_a_file_that_is_gone_is_told_and_the_others_are_there(
    file: Database, folder: Files, tmp_path: Path
) -> None:
    with file.transaction() as tx:
        kept = lived_in(tx, folder)

    with file.reading() as tx:
        manifest = backed_up(tx, folder, tmp_path / "a.zip")

    assert list(manifest.files) == [kept]
    assert manifest.gone == ["c" * 64, "f" * 64]


def test_only_its_owner_may_read_it_and_nothing_is_left_beside(
    file: Database, folder: Files, tmp_path: Path
) -> None:
    target = tmp_path / "kept" / "a.zip"
    target.parent.mkdir()
    with file.reading() as tx:
        backed_up(tx, folder, target)

    assert target.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in target.parent.iterdir()] == ["a.zip"]


def test_a_place_that_has_rows_is_left_alone_unless_they_may_be_moved_aside(
    whole: Path, elsewhere: str, folder: Files
) -> None:
    restored(whole, elsewhere, folder)
    with closing(Database(elsewhere)) as found, found.transaction() as tx:
        tx.execute(update(T["producers"]).values(address="thôn Đội 2"))

    with pytest.raises(NotEmpty):
        restored(whole, elsewhere, folder)
    assert addresses(elsewhere) == ["thôn Đội 2"]

    aside = restored(whole, elsewhere, folder, replace=True).aside
    assert addresses(elsewhere) != ["thôn Đội 2"]
    if elsewhere.startswith("sqlite"):
        assert addresses(f"sqlite:///{aside}") == ["thôn Đội 2"]
    else:
        assert addresses(elsewhere, f'"{aside}".producers') == ["thôn Đội 2"]


def addresses(url: str, table: str = "producers") -> list[str]:
    with closing(Database(url)) as database, database.reading() as tx:
        return list(tx.exec_driver_sql(f"SELECT address FROM {table}").scalars())


def test_what_a_kill_left_half_done_is_in_nobodys_way(
    whole: Path, elsewhere: str, folder: Files
) -> None:
    """Tables without a row, and a new file that never became the old one."""
    migrate.upgrade(elsewhere)
    if elsewhere.startswith("sqlite"):
        Path(f"{elsewhere.removeprefix('sqlite:///')}.new").write_bytes(b"half a database")

    restored(whole, elsewhere, folder)

    assert len(addresses(elsewhere)) == 1


def test_a_back_up_of_older_tables_comes_back_in_the_newest_form(
    elsewhere: str, folder: Files, tmp_path: Path
) -> None:
    old = f"sqlite:///{tmp_path / 'old.db'}"
    migrate.upgrade(old, "0011")
    with closing(Database(old)) as database:
        with database.transaction() as tx:
            tx.exec_driver_sql(
                "INSERT INTO persons (id, created_at) VALUES (7, '2026-11-30 03:00:00')"
            )
        with database.reading() as tx:
            backups.write(tx, folder, tmp_path / "a.zip", "0011", LATER)

    restored(tmp_path / "a.zip", elsewhere, folder)

    assert migrate.current(elsewhere) == NEWEST
    with closing(Database(elsewhere)) as found, found.reading() as tx:
        assert tx.execute(select(T["persons"].c.id, T["persons"].c.created_at)).all() == [(7, NOW)]


# -- what is no whole back-up ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def once(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A back-up of rows in every table, made but once."""
    place = tmp_path_factory.mktemp("whole")
    folder = Files(place / "files")
    with closing(Database(f"sqlite:///{shutil.copy(migrated_file, place / 'file.db')}")) as file:
        with file.transaction() as tx:
            lived_in(tx, folder)
        with file.reading() as tx:
            backed_up(tx, folder, place / "whole.zip")
    return (place / "whole.zip").read_bytes()


@pytest.fixture
def whole(once: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "whole.zip"
    path.write_bytes(once)
    return path


def fault(path: Path, newest: str = NEWEST) -> str:
    with pytest.raises(NotWhole) as refusal, backups.opened(path, newest):
        pass
    return refusal.value.fault


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused_wherever_it_ends(whole: Path, share: float) -> None:
    content = whole.read_bytes()
    whole.write_bytes(content[: int(len(content) * share)])

    assert fault(whole) == "cut_off"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"form: ocop-1"])
def test_any_other_file_is_refused(whole: Path, content: bytes) -> None:
    whole.write_bytes(content)

    assert fault(whole) == "not_ours"


def test_a_zip_of_something_else_is_refused(whole: Path) -> None:
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")

    assert fault(whole) == "not_ours"


def rewritten(path: Path, change: dict[str, bytes | None], more: dict[str, bytes]) -> None:
    """The same archive with parts changed or left out, each with a right checksum of the zip."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (parts | change | more).items():
            if content is not None:
                archive.writestr(name, content)


def test_one_changed_letter_an_extra_part_or_a_lacking_one_is_refused(whole: Path) -> None:
    original = whole.read_bytes()
    with zipfile.ZipFile(whole) as archive:
        rows = archive.read("rows/producers.jsonl")
    assert b"said-producers-address" in rows
    forged = rows.replace(b"said-producers-address", b"SAID-producers-address")
    changes: tuple[tuple[dict[str, bytes | None], dict[str, bytes]], ...] = (
        ({"rows/producers.jsonl": forged}, {}),
        ({"rows/producers.jsonl": None}, {}),
        ({}, {"rows/../../evil": b"[]"}),
    )
    for change, more in changes:
        rewritten(whole, change, more)

        assert fault(whole) == "changed"
        whole.write_bytes(original)


def test_a_flipped_bit_in_any_part_is_noticed(whole: Path) -> None:
    original = whole.read_bytes()
    with zipfile.ZipFile(whole) as archive:
        parts = [each for each in archive.infolist() if each.compress_size > 4]
    assert len(parts) > len(T) / 2
    for part in parts:
        content = bytearray(original)
        name, extra = content[part.header_offset + 26], content[part.header_offset + 28]
        begins = part.header_offset + 30 + name + extra
        content[begins + part.compress_size // 2] ^= 0x10
        whole.write_bytes(content)

        assert fault(whole) in {"changed", "not_ours"}, part.filename


def test_a_back_up_of_a_newer_program_is_refused(whole: Path) -> None:
    assert fault(whole, "0001") == "newer"


def test_rows_that_do_not_fit_change_nothing(whole: Path, elsewhere: str) -> None:
    """The tables say that each producer's place exists; this one's does not."""
    with backups.opened(whole, NEWEST) as backup:
        rows = backup.rows
        backup.rows = lambda table: iter(()) if table == "persons" else rows(table)  # type: ignore[method-assign]
        with pytest.raises(CannotHold):
            restoring.into(elsewhere, backup, LATER)

    assert not elsewhere.startswith("sqlite") or not restoring.is_there(elsewhere)
    if not elsewhere.startswith("sqlite"):
        with closing(Database(elsewhere)) as found, found.reading() as tx:
            assert moving.is_empty(tx)
