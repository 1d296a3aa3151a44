"""Phones that talk to reception, engine, words and tables, without a network."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.conftest import QUICK
from tests.handlers.phones import Phones


@pytest.fixture
def phones(migrated_file: Path, request: pytest.FixtureRequest) -> Iterator[Phones]:
    """A new programme, in which nobody has talked yet."""
    patches = "monkeypatch" in request.fixturenames
    with tempfile.TemporaryDirectory(dir=QUICK) as folder:
        path = shutil.copy(migrated_file, Path(folder) / "handlers.db")
        database = Database(f"sqlite:///{path}")
        yield Phones(database, remembers=not patches)
        database.close()
