"""For what is true of SQLite alone."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
def file(tmp_path: Path, migrated_file: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'file.db')}")
    yield made
    made.close()
