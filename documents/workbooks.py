"""Reading an office's .xlsx: only cells, never a formula, a macro or a link; strange files refused.

A hand reads it (documents.crafts), since it is somebody's file.
"""

import re
import zipfile
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from programme.register import Cell, Formula, Sheet

MOST_BYTES = 20_000_000
_MOST_OPEN = 200_000_000  # bytes of all parts together
_MOST_PARTS = 2000
_MOST_ROWS = 20_000
_MOST_COLUMNS = 100
_MOST_SHEETS = 30
_CHUNK = 1 << 20
_SHEETS = "xl/worksheets/"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what .xls begins with, and a locked .xlsx too
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST = 200  # bytes that a mark of these may be long
# What a formula says that reaches out of its workbook: another program, a web page, another file.
_REACHING = re.compile(
    r"\||\[\d+\]|\.xl\w{1,2}\b|://|\b(?:cmd|dde|webservice|hyperlink|call|exec|rtd|register\.id)\b",
    re.IGNORECASE,
)


class Reason(StrEnum):
    """Why a file is not read."""

    GONE = "gone"
    NOT_XLSX = "not_xlsx"
    OLD_XLS = "old_xls"
    LOCKED = "locked"
    TOO_BIG = "too_big"
    TOO_MANY_ROWS = "too_many_rows"
    BROKEN = "broken"


class Refused(Exception):
    """The file is not read; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Kept(msgspec.Struct):
    """A sheet as a hand writes it down: a cell is a value, or ["day", …] or ["formula", …]."""

    name: str
    rows: list[list[Any]]


# -- in a hand -------------------------------------------------------------------------------------


def open_workbook(path: Path) -> bytes:
    """The sheets of the file, written down for ``sheets``; raises Refused."""
    try:
        _look(path)
        found = list(_sheets(path))
    except FileNotFoundError:
        raise Refused(Reason.GONE) from None
    except Refused:
        raise
    except MemoryError:
        raise Refused(Reason.TOO_BIG) from None
    except Exception as error:  # whatever a library says of a broken file
        raise Refused(Reason.BROKEN) from error
    return msgspec.json.encode(found)


def _look(path: Path) -> None:
    """Refuse what need not be unpacked to see that it is none of ours."""
    size = path.stat().st_size
    with path.open("rb") as file:
        begin = file.read(len(_OLD))
        if begin == _OLD:
            file.seek(0)
            locked = _LOCKED in file.read(MOST_BYTES)
            raise Refused(Reason.LOCKED if locked else Reason.OLD_XLS)
    if size > MOST_BYTES:
        raise Refused(Reason.TOO_BIG)
    if not zipfile.is_zipfile(path):
        raise Refused(Reason.BROKEN if begin.startswith(b"PK") else Reason.NOT_XLSX)
    with zipfile.ZipFile(path) as archive:
        _look_inside(archive)


def _look_inside(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if "xl/workbook.xml" not in archive.namelist():
        raise Refused(Reason.NOT_XLSX)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_OPEN:
        raise Refused(Reason.TOO_BIG)
    for part in parts:
        name = part.filename
        if name.endswith((".xml", ".rels")) and _count(archive, name, _DOCTYPE, 1):
            raise Refused(Reason.BROKEN)
        if name.startswith(_SHEETS) and _count(archive, name, _ROW, _MOST_ROWS + 1) > _MOST_ROWS:
            raise Refused(Reason.TOO_MANY_ROWS)


def _count(archive: zipfile.ZipFile, name: str, mark: re.Pattern[bytes], most: int) -> int:
    """How often the mark stands in a part, of which no more is read than has so many."""
    with closing(_scan(archive, name, mark)) as found:
        return sum(1 for _ in islice(found, most))


def _scan(
    archive: zipfile.ZipFile, name: str, mark: re.Pattern[bytes]
) -> Generator[re.Match[bytes], None, None]:
    """Where the mark stands in a part, of which little is in memory at once."""
    with archive.open(name) as content:
        left = b""
        while chunk := content.read(_CHUNK):
            text, end = left + chunk, 0
            for found in mark.finditer(text):
                end = found.end()
                yield found
            left = text[max(end, len(text) - _LONGEST) :]


def _sheets(path: Path) -> Iterator[_Kept]:
    from openpyxl import load_workbook  # noqa: PLC0415 - it takes half a second

    with path.open("rb") as first, path.open("rb") as second:
        shown = load_workbook(first, read_only=True, data_only=True, keep_links=False)
        written = load_workbook(second, read_only=True, keep_links=False)
        for sheet in islice(shown.worksheets, _MOST_SHEETS):
            if sheet.sheet_state == "visible":
                yield _kept(path, sheet, written)


def _kept(path: Path, sheet: Any, written: Any) -> _Kept:
    rows = [_cells(row) for row in _rows(sheet)]
    part = sheet._worksheet_path.removeprefix("/")  # noqa: SLF001 - it tells it nowhere else
    with zipfile.ZipFile(path) as archive:
        if _count(archive, part, _FORMULA, 1):
            _mark_formulas(rows, _rows(written[sheet.title]))
        _fill_down(rows, _merged(archive, part))
    return _Kept(sheet.title, rows)


def _rows(sheet: Any) -> Iterator[Sequence[Any]]:
    sheet.reset_dimensions()  # what the file says of its size may be anything
    return iter(sheet.iter_rows(max_row=_MOST_ROWS, max_col=_MOST_COLUMNS, values_only=True))


def _cells(row: Sequence[Any]) -> list[Any]:
    said = [_cell(value) for value in row]
    while said and said[-1] is None:
        said.pop()
    return said


def _cell(value: Any) -> Any:
    match value:
        case datetime():
            return ["day", value.date().isoformat()]
        case date():
            return ["day", value.isoformat()]
        case None | bool() | int() | float() | str():
            return value
        case _:
            return str(value)


def _mark_formulas(rows: list[list[Any]], written: Iterator[Sequence[Any]]) -> None:
    """Put in place of what a formula showed that it reaches out of the workbook, where it does."""
    for row, formulas in zip(rows, written, strict=False):
        for at, formula in enumerate(formulas):
            text = getattr(formula, "text", formula)  # of one that fills several cells
            if isinstance(text, str) and text.startswith("=") and _REACHING.search(text[1:]):
                row.extend([None] * (at + 1 - len(row)))
                row[at] = ["formula", text[:200]]


def _merged(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, int, int]]:
    """The first row, the last, and the column of what is merged downwards, counted from 0."""
    from openpyxl.utils import column_index_from_string  # noqa: PLC0415 - as above

    for found in _scan(archive, part, _MERGE):
        left, top, _, bottom = (each.decode() for each in found.groups())
        if top != bottom:
            yield int(top) - 1, int(bottom) - 1, column_index_from_string(left) - 1


def _fill_down(rows: list[list[Any]], merged: Iterator[tuple[int, int, int]]) -> None:
    for top, bottom, at in merged:
        value = rows[top][at] if top < len(rows) and at < len(rows[top]) else None
        for row in rows[top + 1 : bottom + 1] if value is not None else ():
            row.extend([None] * (at + 1 - len(row)))
            row[at] = value


# -- for who asked the hand ------------------------------------------------------------------------


def sheets(written: bytes) -> list[Sheet]:
    """The sheets that a hand has written down."""
    kept = msgspec.json.decode(written, type=list[_Kept])
    return [Sheet(it.name, [[_read(cell) for cell in row] for row in it.rows]) for it in kept]


def _read(cell: Any) -> Cell:
    match cell:
        case ["day", day]:
            return date.fromisoformat(day)
        case ["formula", text]:
            return Formula(text)
        case bool():
            return str(cell)
        case _:
            found: Cell = cell
            return found
