"""Files that people sent, in a folder, each under the hash of its content; and whose they are."""

import hashlib
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection
from sqlmodel import Field, SQLModel

from storage.bulk import Ready
from storage.database import UtcDateTime, insert_new, table_of


class FileRow(SQLModel, table=True):
    """A kept file; ``sha256`` is its name in the folder."""

    __tablename__ = "files"

    sha256: str = Field(primary_key=True)
    mime: str
    size: int
    at: datetime = Field(sa_type=UtcDateTime)


_FILES = table_of(FileRow)
_SIZES = Ready(
    select(_FILES.c.sha256, _FILES.c.size).where(
        _FILES.c.sha256.in_(bindparam("hashes", expanding=True))
    )
)
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
        else:
            path.touch()  # so that nobody takes it for forgotten before it is noted
        return name

    def path(self, sha256: str) -> Path:
        """Where a file of that hash lies, there or not; ValueError when it is no hash."""
        if not _HASH.fullmatch(sha256):
            raise ValueError("not a hash")
        return self.folder / sha256[:2] / sha256

    def kept_at(self, sha256: str) -> int | None:
        """When that content was last kept, in nanoseconds; None when it is not there."""
        try:
            return self.path(sha256).stat().st_mtime_ns
        except FileNotFoundError:
            return None

    def remove(self, sha256: str) -> None:
        """Let the file of that hash be gone, if it is there."""
        self.path(sha256).unlink(missing_ok=True)

    def untouched(self, since: datetime) -> list[Path]:
        """What lies there and was not kept again since then, whole or not."""
        found = [path for path in self.folder.glob("??/*") if path.is_file()]
        return [path for path in found if path.stat().st_mtime < since.timestamp()]


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


def mimes(tx: Connection, hashes: Sequence[str]) -> dict[str, str]:
    """What kind each of those of these files is that are kept."""
    wanted = _FILES.c.sha256.in_(sorted(set(hashes)))
    rows = tx.execute(select(_FILES.c.sha256, _FILES.c.mime).where(wanted))
    return {row[0]: row[1] for row in rows}


def sizes(tx: Connection, hashes: Sequence[str]) -> dict[str, int]:
    """The bytes of those of these files that are kept."""
    rows = _SIZES.rows(tx, hashes=list(hashes)) if hashes else []
    return {row[0]: row[1] for row in rows}
