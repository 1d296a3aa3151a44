"""Files that people sent, in a folder, each under the hash of its content; and whose they are."""

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.database import UtcDateTime, insert_new, table_of


class FileRow(SQLModel, table=True):
    """A kept file; ``sha256`` is its name in the folder."""

    __tablename__ = "files"

    sha256: str = Field(primary_key=True)
    mime: str
    size: int
    at: datetime = Field(sa_type=UtcDateTime)


_FILES = table_of(FileRow)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Files:
    """The folder of kept files."""

    folder: Path

    def keep(self, content: bytes) -> str:
        """Write the content under its hash, durably, unless it is there; give the hash."""
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
            _sync(path.parent)
            _sync(self.folder)
        return name

    def path(self, sha256: str) -> Path:
        """Where a file of that hash lies, there or not; ValueError when it is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError("not a hash")
        return self.folder / sha256[:2] / sha256


def _write(path: Path, content: bytes) -> None:
    """Make the file appear whole: until it is on the disk it has another name, its writer's own."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def _sync(folder: Path) -> None:
    """Make the names in the folder as durable as what they name."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def note(tx: Connection, sha256: str, mime: str, size: int, now: datetime) -> None:
    """Note a kept file; noting it again changes nothing."""
    row = {"sha256": sha256, "mime": mime, "size": size, "at": now}
    tx.execute(insert_new(tx, _FILES).values(row).on_conflict_do_nothing())


def mime(tx: Connection, sha256: str) -> str | None:
    """What kind of file that is; None when it is not kept."""
    found: str | None = tx.execute(select(_FILES.c.mime).where(_FILES.c.sha256 == sha256)).scalar()
    return found
