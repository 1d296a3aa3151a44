"""An officer's summary: for each matter a number and the list behind it, as a picture."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from documents import pictures
from documents.forms.written import written

_SHOWN = 3
_SHORT = 10  # signs, as a day has


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a list, which is written down so that no text is ever taken for one."""

    day: date


Cell = str | int | Day | None
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A matter with its number and the list behind it, whose first column says what each is.

    A list that does not hold all it counts, but the first of them, says so in its ``note``.
    ``place`` is the number by which an officer opens it in the chat.
    """

    title: str
    count: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    place: int | None = None

    @property
    def headed(self) -> str:
        """Its title behind its number."""
        return f"{self.place}. {self.title}" if self.place else self.title

    def __post_init__(self) -> None:
        if self.count < len(self.rows) or (self.count > len(self.rows) and not self.note):
            raise ValueError(f"{self.count} are counted, {len(self.rows)} are listed")
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("a row has not as many cells as there are columns")


@dataclass(frozen=True, slots=True)
class Digest:
    """What stands in an area on a day, the most pressing matter first."""

    area: str
    on: date
    sections: tuple[Section, ...]


def digest(told: Digest) -> bytes:
    """The summary as a PNG: a tile a matter, with the first three of its list."""
    tiles = [_tile(section) for section in told.sections]
    board = {"area": written(told.area), "on": said_day(told.on), "tiles": tiles}
    return pictures.draw("digest.typ", board=board)


def _tile(section: Section) -> dict[str, Any]:
    shown = section.rows[:_SHOWN]
    return {
        "title": written(section.headed),
        "count": written(section.count),
        "note": written(section.note),
        "rows": [_shown(section.columns, row) for row in shown],
        "more": written(section.count - len(shown)),
    }


def _shown(columns: tuple[str, ...], row: Row) -> dict[str, Any]:
    """What it is, and what else is known of it; a short second cell of two stands by itself."""
    what, *others = map(_said, row)
    if len(others) == 1 and len(others[0] or "") <= _SHORT:
        return {"what": what, "figure": others[0], "details": []}
    named = zip(columns[1:], row[1:], others, strict=True)
    details = [
        said if isinstance(cell, str) else f"{written(column)}:\u00a0{said}"
        for column, cell, said in named
        if said is not None
    ]
    return {"what": what, "figure": None, "details": details}


def _said(cell: Cell) -> str | None:
    said: str | None = said_day(cell.day) if isinstance(cell, Day) else written(cell)
    return said


def said_day(day: date) -> str:
    """The day as it is said in the chat: 7/4/2027."""
    return f"{day.day}/{day.month}/{day.year}"
