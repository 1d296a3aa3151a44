"""The rows of an office's register: each becomes an entry, or it is said why not."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from programme import products
from programme.folding import fold
from programme.places import places
from programme.register import cells, homes
from programme.register.cells import Cell, Formula, Reason, Wrong
from programme.register.heads import Heads, Plan
from programme.register.homes import Home

REASONS: tuple[str, ...] = get_args(Reason)

_READS: Mapping[str, Callable[[Cell], Any]] = {
    "name": cells.text,
    "producer": cells.text,
    "kind": cells.text,
    "commune": cells.text,
    "district": cells.text,
    "province": cells.text,
    "commune_code": cells.text,
    "address": cells.text,
    "representative": cells.text,
    "phone": cells.phone,
    "tax_code": cells.tax_code,
    "product_set": cells.product_set,
    "star": cells.star,
    "decision": cells.text,
    "issued": cells.day,
    "expires": cells.day,
    "level": cells.level,
    "code": cells.code,
}
CONTACTS = ("phone", "tax_code", "representative", "address")  # what else is told of a producer
_NEEDED = ("name", "producer", "star", "issued")
_SUMS = ("tong", "cong", "tong cong", "tong so", "cong tong")
_DATED = re.compile(r"^(.*?),?\s+ngay\s+(\S.*)$")
_BEFORE_NUMBER = frozenset({"quyet", "dinh", "qd", "so"})
_MINISTRY = 5  # stars that only the ministry's council gives (Điều 3 of QĐ 26/2026)
_SURE = 1.0  # of what a name's words weigh, see products.propose
_NOTHING = frozenset({"", "-", "–"})
_FEW = 2  # cells; a row that has no more of them, and no number, is a title or a signature


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is not taken in: its number in the file, its column, and the reason."""

    row: int
    column: str
    reason: Reason
    args: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One product as a row tells of it; days are as exact as they are written."""

    row: int
    name: str
    producer: str
    kind: str
    home: Home
    star: int
    issued: str
    level: str
    product_set: int
    set_is_sure: bool
    decision: str = ""
    expires: str = ""
    code: str = ""
    phone: str = ""
    tax_code: str = ""
    representative: str = ""
    address: str = ""
    as_written: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of the rows: each is an entry, at fault, or no row of a product."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]
    others: tuple[int, ...]

    @property
    def rejected(self) -> tuple[int, ...]:
        """The numbers of the rows that are at fault."""
        return tuple(sorted({fault.row for fault in self.faults}))


def read(heads: Heads, plan: Plan) -> Read:
    """Read all rows below the heads. The same product twice, with the same day, is a fault."""
    reading = _Reading(heads, plan)
    for number, row in enumerate(heads.sheet.rows[heads.last :], heads.last + 1):
        reading.take(number, row)
    return Read(tuple(reading.entries), tuple(reading.faults), tuple(reading.others))


class _Reading:
    """What is gathered on the way down a sheet."""

    def __init__(self, heads: Heads, plan: Plan) -> None:
        self._heads, self._plan = heads, plan
        self._fields = heads.fields
        self._under: dict[str, str] = {}  # the area that a title above the rows names
        self._first: dict[tuple[str, ...], int] = {}
        self.entries: list[Entry] = []
        self.faults: list[Fault] = []
        self.others: list[int] = []

    def take(self, number: int, row: Sequence[Cell]) -> None:
        if not any(_is_said(cell) for cell in row):
            return
        if self._is_other(row):
            self.others.append(number)
            return
        said = {name: row[at] for name, at in self._fields.items() if at < len(row)}
        made = _Row(number, said, self._heads, self.faults).entry(self._plan, self._under)
        if made and self._is_first(made):
            self.entries.append(replace(made, as_written=_written(row)))

    def _is_other(self, row: Sequence[Cell]) -> bool:
        """Whether the row is a title, a sum, a numbering of columns or a signature."""
        said = [str(cell).strip() for cell in row if _is_said(cell)]
        begin = fold(said[0])
        if begin in _SUMS or begin.startswith(tuple(f"{word} " for word in _SUMS)):
            return True
        bare = [re.sub(r"[()\s]", "", each) for each in said]
        if len(said) > 1 and bare == [str(n) for n in range(1, len(said) + 1)]:
            return True
        if len(said) > _FEW or self._says(row, "star") or self._has_number(row):
            return False
        self._under |= homes.area(said[-1])
        return True

    def _says(self, row: Sequence[Cell], name: str) -> bool:
        at = self._fields.get(name, len(row))
        return at < len(row) and _is_said(row[at])

    def _has_number(self, row: Sequence[Cell]) -> bool:
        at = self._fields.get("number", len(row))
        return at < len(row) and str(row[at]).strip(". ").isdecimal()

    def _is_first(self, entry: Entry) -> bool:
        same = (fold(entry.name), fold(entry.producer), entry.home.words, entry.issued)
        first = self._first.setdefault(same, entry.row)
        if first != entry.row:
            column = self._heads.head_of("name")
            self.faults.append(Fault(entry.row, column, "duplicate", {"first": str(first)}))
        return first == entry.row


class _Row:
    """Reads the cells of one row, and notes every fault in it."""

    def __init__(
        self, number: int, said: Mapping[str, Cell], heads: Heads, faults: list[Fault]
    ) -> None:
        self._number, self._heads, self._faults = number, heads, faults
        self._wrong = False
        self._values = {name: self._read(name, cell) for name, cell in said.items()}

    def entry(self, plan: Plan, under: Mapping[str, str]) -> Entry | None:
        """The entry, if every cell could be read and they agree."""
        values = self._values
        self._split_decision()
        for name in _NEEDED:
            if not values.get(name) and name not in self._at_fault():
                self._fault(name, Wrong("missing"))
        home = self._home(plan, under)
        number, sure = self._set()
        kind = self._kind()
        level = values.get("level") or plan.defaults.get("level") or self._usual_level()
        self._agree()
        if self._wrong:
            return None
        optional = ("decision", "expires", "code", *CONTACTS)
        return Entry(
            row=self._number,
            home=home,
            kind=kind,
            level=level,
            product_set=number,
            set_is_sure=sure,
            star=values["star"],
            **{name: values[name] for name in ("name", "producer", "issued")},
            **{name: values.get(name) or "" for name in optional},
        )

    def _read(self, name: str, cell: Cell) -> Any:
        if name not in _READS or not _is_said(cell):
            return None
        value = _READS[name](cell)
        if isinstance(value, Wrong):
            self._fault(name, value)
            return None
        return value

    def _fault(self, name: str, wrong: Wrong) -> None:
        self._wrong = True
        column = self._heads.head_of(name)
        self._faults.append(Fault(self._number, column, wrong.reason, wrong.args))

    def _at_fault(self) -> set[str]:
        mine = {fault.column for fault in self._faults if fault.row == self._number}
        return {name for name in _READS if self._heads.head_of(name) in mine}

    def _split_decision(self) -> None:
        """Take the day out of "19/QĐ-UBND ngày 5/3/2024" where no column of its own says it."""
        self._values["decision"] = _bare(self._values.get("decision") or "")
        found = _DATED.match(_unmarked_day(self._values["decision"]))
        if not found:
            return
        on = cells.day(found[2])
        if not isinstance(on, Wrong):
            self._values["decision"] = found[1].strip()
            self._values["issued"] = self._values.get("issued") or on

    def _home(self, plan: Plan, under: Mapping[str, str]) -> Home:
        titled = {name: area for name, area in under.items() if name not in self._heads.fields}
        around = {**plan.defaults, **titled}
        said = {
            name: self._values.get(name) or around.get(name, "")
            for name in ("commune", "district", "province")
        }
        code = self._values.get("commune_code") or ""
        known = places().by_code(code.zfill(5)) if code else None
        if known:
            named = said["commune"] or f"{known.kind} {known.name}"
            return Home(named, said["district"], said["province"] or known.province, known.code)
        column = "commune" if said["commune"] else "address"
        if not any(said.values()):
            said["commune"] = self._values.get("address") or ""
        home = homes.placed(**said)
        if isinstance(home, Wrong):
            self._fault(column if column in self._heads.fields else "commune", home)
            return Home()
        return home

    def _set(self) -> tuple[int, bool]:
        """The product's set, as the row says it or as the product's name does."""
        if said := self._values.get("product_set"):
            return said, True
        name = self._values.get("name") or ""
        likely = products.propose(name)
        if name and not likely:
            self._fault("name", Wrong("unknown_set", {"found": name[:80]}))
        if not likely:
            return 0, False
        alone = len(likely) == 1 or likely[1].score < likely[0].score / 2
        return likely[0].set.number, alone and likely[0].score >= _SURE

    def _kind(self) -> str:
        said = self._values.get("kind")
        if said:
            found = cells.kind(said)
            if not found:
                self._fault("kind", Wrong("bad_kind", {"found": said[:80]}))
            return found or ""
        return cells.kind(self._values.get("producer") or "") or "household"

    def _usual_level(self) -> str:
        return "bo" if self._values.get("star") == _MINISTRY else "tinh"

    def _agree(self) -> None:
        issued, expires = self._values.get("issued"), self._values.get("expires")
        if issued and expires and expires[: len(issued)] < issued[: len(expires)]:
            self._fault("expires", Wrong("ends_before_start"))


def _bare(decision: str) -> str:
    """The number of a decision, without "Quyết định số" before it."""
    words = decision.split()
    while len(words) > 1 and fold(words[0]).strip(":. ") in _BEFORE_NUMBER:
        words.pop(0)
    return " ".join(words)


def _unmarked_day(said: str) -> str:
    """The same with the word for day as it is folded, so that it is found."""
    return " ".join("ngay" if fold(word) == "ngay" else word for word in said.split())


def _is_said(cell: Cell) -> bool:
    return isinstance(cell, Formula) or (cell is not None and str(cell).strip() not in _NOTHING)


def _written(row: Sequence[Cell]) -> str:
    said = [cells.text(cell, 1000) for cell in row]
    return " | ".join(each for each in said if isinstance(each, str) and each)[:1000]
