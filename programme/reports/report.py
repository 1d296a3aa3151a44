"""A report: its figures, the tables that each is counted or summed in, and what looks wrong."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal

from programme.folding import fold

Cell = str | int | None
Row = tuple[Cell, ...]
Where = tuple[tuple[str, Cell], ...]
About = dict[str, Cell]
_WHOLE = 10_000  # hundredths of a percent


@dataclass(frozen=True, slots=True)
class Table:
    """A list behind figures."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def met(self, where: Where) -> list[Row]:
        """The rows in which each of these columns has that value."""
        wanted = [(self.columns.index(column), value) for column, value in where]
        return [row for row in self.rows if all(row[at] == value for at, value in wanted)]

    def column(self, name: str, where: Where = ()) -> list[Cell]:
        """What stands in that column of these rows."""
        at = self.columns.index(name)
        return [row[at] for row in self.met(where)]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and how it follows from the rows of the table ``of`` that fit ``where``.

    They are counted, or their ``column`` is summed, or what differs there is counted.
    """

    key: str
    value: int
    of: str
    how: Literal["count", "sum", "distinct"]
    column: str = ""
    where: Where = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What part one figure is of another, in hundredths of a percent, rounded half up."""

    key: str
    value: int
    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at again; ``kind`` says what, ``about`` has what it speaks of."""

    kind: str
    about: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All that one report says."""

    kind: str
    area: str
    first: int
    last: int
    figures: tuple[Figure, ...]
    shares: tuple[Share, ...]
    tables: tuple[Table, ...]
    doubts: tuple[Doubt, ...]

    def numbers(self) -> dict[str, int]:
        """Every figure and share by its key."""
        figures = {each.key: each.value for each in self.figures}
        return figures | {each.key: each.value for each in self.shares}

    def table(self, key: str) -> Table:
        """The table of that key. KeyError when there is none."""
        return {each.key: each for each in self.tables}[key]


@dataclass(slots=True)
class Gathering:
    """A report that is being made: each figure is worked out of a table that is in it."""

    tables: dict[str, Table] = field(default_factory=dict)
    figures: dict[str, Figure] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    _found: dict[tuple[str, tuple[str, ...]], dict[Row, list[Row]]] = field(default_factory=dict)

    def table(self, key: str, columns: str, rows: Iterable[Row]) -> Table:
        """Put a table in; the names of its columns stand between spaces."""
        self.tables[key] = Table(key, tuple(columns.split()), tuple(rows))
        return self.tables[key]

    def count(self, key: str, of: str, **where: Cell) -> int:
        """How many rows fit."""
        met = tuple(where.items())
        return self._put(Figure(key, len(self._met(of, met)), of, "count", "", met))

    def sum(self, key: str, of: str, column: str, **where: Cell) -> int:
        """What the column comes to in the rows that fit."""
        met = tuple(where.items())
        total = sum(each for each in self._column(of, column, met) if isinstance(each, int))
        return self._put(Figure(key, total, of, "sum", column, met))

    def distinct(self, key: str, of: str, column: str, **where: Cell) -> int:
        """How many different things stand in the column of the rows that fit."""
        met = tuple(where.items())
        told = {each for each in self._column(of, column, met) if each not in ("", None)}
        return self._put(Figure(key, len(told), of, "distinct", column, met))

    def share(self, key: str, part: str, whole: str) -> None:
        """What part a figure is of another; nothing where the whole is nothing."""
        if of := self.figures[whole].value:
            value = hundredths(self.figures[part].value, of)
            self.shares[key] = Share(key, value, part, whole)

    def doubt(self, kind: str, about: Mapping[str, Cell]) -> None:
        """Point something out."""
        self.doubts.append(Doubt(kind, tuple(about.items())))

    def _column(self, of: str, column: str, met: Where) -> list[Cell]:
        at = self.tables[of].columns.index(column)
        return [row[at] for row in self._met(of, met)]

    def _met(self, of: str, where: Where) -> Sequence[Row]:
        """The rows that fit, found at once when the same columns are asked for again."""
        names, values = tuple(name for name, _ in where), tuple(value for _, value in where)
        if (of, names) not in self._found:
            self._found[of, names] = _grouped(self.tables[of], names)
        return self._found[of, names].get(values, ())

    def _put(self, figure: Figure) -> int:
        self.figures[figure.key] = figure
        return figure.value


def _grouped(table: Table, names: Sequence[str]) -> dict[Row, list[Row]]:
    """The rows by what stands in these columns."""
    if not names:
        return {(): list(table.rows)}
    found: dict[Row, list[Row]] = {}
    places = [table.columns.index(name) for name in names]
    for row, *key in zip(
        table.rows, *(map(itemgetter(at), table.rows) for at in places), strict=True
    ):
        found.setdefault(tuple(key), []).append(row)
    return found


def hundredths(part: int, whole: int) -> int:
    """The part of the whole in hundredths of a percent, rounded half up: 9 of 34 is 2647."""
    return (2 * _WHOLE * part + whole) // (2 * whole)


def slug(name: str) -> str:
    """A name as it stands in a key: "Khối tỉnh" is "khoi-tinh"."""
    return "-".join(re.findall("[a-z0-9]+", fold(name)))
