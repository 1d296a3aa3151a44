"""Back-ups: one file with every row of a moment, and every kept file that these rows name.

It is a .zip: ``rows/TABLE.jsonl`` has a line a row, ``files/HASH`` is a kept file, and the last of
all, ``manifest.json``, says what must be there, with its sums. Nothing in it says from what kind of
database it came, so it goes back into any.
"""

import hashlib
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from storage import moving
from storage.files import Files
from storage.moving import Counting, Row, Sum

FORM = "ocop-backup-1"
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_MOST_MANIFEST = 64 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError)
# The columns that name kept files as their whole value; whatever else names one names one of these.
_NAMES_OF_FILES = (("files", "sha256"), ("looks", "clean"))

Fault = Literal["not_ours", "cut_off", "changed", "newer"]


class NotWhole(Exception):
    """The file is no whole back-up of ours: why not, and which part of it."""

    def __init__(self, fault: Fault, part: str = "") -> None:
        super().__init__(f"{fault} {part}")
        self.fault, self.part = fault, part


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one table: its columns, their sum, and the hash of their lines."""

    columns: dict[str, str]
    sum: Sum
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a back-up holds: at which moment, in which form of the tables, and how much of all."""

    form: str = FORM
    made_at: datetime
    revision: str
    tables: dict[str, Part]
    last: dict[str, int]
    files: dict[str, int]  # their bytes
    gone: list[str]  # named by a row, and not there any more when they were fetched

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(part.sum.rows for part in self.tables.values())


# -- making one ------------------------------------------------------------------------------------


def write(tx: Connection, folder: Files, to: Path, revision: str, now: datetime) -> Manifest:
    """Make a back-up of what that transaction sees; the file appears whole, or not at all.

    Only its owner may read it. Others go on writing to the database meanwhile.
    """
    part = to.with_name(f"{to.name}.part")
    try:
        with _owned(part) as file, _archive(file) as archive:
            manifest = _written(tx, folder, archive, revision, now)
        part.replace(to)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return manifest


@contextmanager
def _owned(part: Path) -> Iterator[IO[bytes]]:
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _archive(file: IO[bytes]) -> zipfile.ZipFile:
    # level 1 makes rows nearly as small as 6 does, in half the time
    return zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def _written(
    tx: Connection, folder: Files, archive: zipfile.ZipFile, revision: str, now: datetime
) -> Manifest:
    there = moving.tables(tx)
    parts = {name: _write_rows(tx, table, archive) for name, table in there.items()}
    files = {name: _write_file(folder, name, archive) for name in sorted(_named(tx, there))}
    manifest = Manifest(
        made_at=now,
        revision=revision,
        tables=parts,
        last=moving.last_numbers(tx),
        files={name: size for name, size in files.items() if size is not None},
        gone=[name for name, size in files.items() if size is None],
    )
    archive.writestr(_MANIFEST, msgspec.json.encode(manifest))
    return manifest


def _write_rows(tx: Connection, table: Table, archive: zipfile.ZipFile) -> Part:
    counting, hashed = Counting(), hashlib.sha256()
    with archive.open(_rows(table.name), "w", force_zip64=True) as lines:
        for row in moving.rows(tx, table):
            line = counting.line(row) + b"\n"
            hashed.update(line)
            lines.write(line)
    return Part(columns=moving.kinds(table), sum=counting.found(), sha256=hashed.hexdigest())


def _named(tx: Connection, there: moving.Tables) -> set[str]:
    found: set[str] = set()
    for name, column in _NAMES_OF_FILES:
        if name in there:
            found |= set(tx.execute(select(there[name].c[column])).scalars())
    return found - {None}


def _write_file(folder: Files, name: str, archive: zipfile.ZipFile) -> int | None:
    """The bytes of a kept file that is now in the archive; None when it is gone."""
    try:
        content = folder.path(name).open("rb")
    except (FileNotFoundError, ValueError):
        return None
    info = zipfile.ZipInfo(_file(name))  # stored: photos and PDFs are small already
    with content, archive.open(info, "w", force_zip64=True) as copy:
        shutil.copyfileobj(content, copy, _CHUNK)
        return content.tell()


# -- reading one -----------------------------------------------------------------------------------


class Backup:
    """A back-up whose every part was held against its sums before anything of it is used."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest) -> None:
        self._archive = archive
        self.manifest = manifest

    @property
    def revision(self) -> str:
        """The number of the migration at which its rows are."""
        return self.manifest.revision

    @property
    def last(self) -> dict[str, int]:
        """The last number that each table had given away, where that was known."""
        return self.manifest.last

    @property
    def columns(self) -> dict[str, dict[str, str]]:
        """The columns of each table."""
        return {name: part.columns for name, part in self.manifest.tables.items()}

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table, of which few are in memory at once."""
        kinds = self.manifest.tables[table].columns
        decoder = msgspec.json.Decoder(moving.line_type(kinds))
        with self._archive.open(_rows(table)) as lines:
            for line in lines:
                yield decoder.decode(line)

    def bring(self, folder: Files) -> int:
        """Let the folder have all kept files that are in here; how many it had not."""
        lacking = [name for name in self.manifest.files if folder.kept_at(name) is None]
        for name in lacking:
            with self._archive.open(_file(name)) as content:
                folder.keep(content.read())
        return len(lacking)


@contextmanager
def opened(path: Path, newest: str) -> Iterator[Backup]:
    """A back-up, once all of it is proved; raises NotWhole, and FileNotFoundError.

    ``newest`` is the newest form of the tables that this program knows.
    """
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise NotWhole("cut_off" if _begins_like_one(path) else "not_ours") from None
    with archive:
        manifest = _manifest(archive)
        if manifest.revision > newest:
            raise NotWhole("newer", manifest.revision)
        _prove(archive, manifest)
        yield Backup(archive, manifest)


def _begins_like_one(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        about = archive.getinfo(_MANIFEST)
        if about.file_size > _MOST_MANIFEST:
            raise NotWhole("not_ours", _MANIFEST)
        manifest = msgspec.json.decode(archive.read(about), type=Manifest)
    except (KeyError, msgspec.DecodeError):
        raise NotWhole("not_ours", _MANIFEST) from None
    except _BROKEN:
        raise NotWhole("changed", _MANIFEST) from None
    if manifest.form != FORM:
        raise NotWhole("not_ours", manifest.form)
    return manifest


def _prove(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    wanted = {_rows(name): part.sha256 for name, part in manifest.tables.items()}
    wanted |= {_file(name): name for name in manifest.files}
    there = archive.namelist()
    if sorted(there) != sorted([*wanted, _MANIFEST]):
        astray = {*there} ^ {*wanted, _MANIFEST}
        raise NotWhole("changed", min(astray, default=_MANIFEST))
    for name, expected in wanted.items():
        if _hash(archive, name) != expected:
            raise NotWhole("changed", name)


def _hash(archive: zipfile.ZipFile, name: str) -> str:
    hashed = hashlib.sha256()
    with suppress(*_BROKEN), archive.open(name) as content:
        while chunk := content.read(_CHUNK):
            hashed.update(chunk)
    return hashed.hexdigest()


def _rows(table: str) -> str:
    return f"rows/{table}.jsonl"


def _file(sha256: str) -> str:
    return f"files/{sha256}"
