"""Which column of an office's register holds what: guessed from its head, or told by the office."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import fuzz

from programme.folding import fold
from programme.register.cells import Cell, Formula

# What a register may tell, and what its column is called, folded; the first is the best.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": ("tt", "stt", "so tt", "so thu tu"),
    "name": ("ten san pham", "san pham", "ten san pham ocop", "ten sp", "tensanpham"),
    "producer": (
        *("chu the", "ten chu the", "chu the san xuat", "chu the ocop", "chu the san pham"),
        *("don vi san xuat", "co so san xuat", "ten co so", "ten don vi", "chuthesxkd"),
        *("htx doanh nghiep", "doanh nghiep htx", "chu the san xuat kinh doanh"),
    ),
    "kind": ("loai hinh", "loai hinh chu the", "loai chu the", "hinh thuc to chuc"),
    "commune": ("xa", "xa phuong", "xa phuong thi tran", "xa thi tran", "ten xa", "cap xa"),
    "district": ("huyen", "quan huyen", "huyen thi xa thanh pho", "huyen tp", "ten huyen"),
    "province": ("tinh", "tinh thanh pho", "tinh thanh", "tinh tp", "ten tinh"),
    "commune_code": ("ma don vi hanh chinh", "ma xa", "ma dvhc", "ma donvihanhchinh"),
    "address": ("dia chi", "dia chi chu the", "dia chi san xuat", "dia chi co so", "noi san xuat"),
    "representative": (
        *("nguoi dai dien", "dai dien", "chu co so", "nguoi dai dien phap luat", "giam doc"),
        *("ho ten nguoi dai dien", "ho va ten", "dai dien phap luat"),
    ),
    "phone": ("so dien thoai", "dien thoai", "sdt", "so dt", "dien thoai lien he"),
    "tax_code": ("ma so thue", "mst", "ma so thue chu the", "ma so doanh nghiep", "ma so dn"),
    "product_set": ("bo san pham", "bo tieu chi", "so bo san pham", "nhom san pham", "phan nhom"),
    "star": (
        *("hang sao", "so sao", "sao", "xep hang", "phan hang", "hang", "xephang", "hang san pham"),
        *("ket qua phan hang", "ket qua xep hang", "dat hang", "dat sao", "xep hang sao"),
    ),
    "decision": (
        *("so quyet dinh", "so qd", "quyet dinh", "quyet dinh so", "qd cong nhan"),
        *("quyet dinh cong nhan", "so quyet dinh cong nhan", "so qd cong nhan", "can cu"),
    ),
    "issued": (
        *("ngay cap", "ngay cong nhan", "ngay quyet dinh", "quyet dinh ngay", "ngay ky", "ngay qd"),
        *("ngay ban hanh", "ngay cap giay chung nhan", "ngay cap gcn", "thoi gian cong nhan"),
        *("nam cong nhan", "nam dat ocop", "nam", "thoi diem cong nhan", "ngay thang cong nhan"),
    ),
    "expires": (
        *("ngay het han", "het han", "thoi han", "thoi han den", "co gia tri den", "hieu luc den"),
        *("ngay het hieu luc", "han giay chung nhan", "ngay het han gcn", "thoi han gcn"),
    ),
    "level": ("cap cong nhan", "cap quyet dinh", "cap danh gia", "hoi dong cap", "cap"),
    "code": ("ma san pham", "ma ocop", "ma so san pham", "ma sp", "ma_sanpham"),
}
NEEDED = ("name", "producer", "star")
SURE = 80  # of 100: from here on a column is taken for what it is called
LIKELY = 55  # below it is not even said what it might be

_LOOKED_AT = 40  # rows, in which a head must stand
_ENCLOSED = re.compile(r"\([^)]*\)")
_SIGNS = re.compile(r"[^a-z0-9_]+")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it stands in the file: its rows from the first, each with its cells.

    What was merged downwards stands in each of the rows.
    """

    name: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What the office itself says of its file: its columns, and what its rows do not say.

    A column is its head or its letter; None takes a field from no column. ``head`` is the last row
    of the heads, counted from 1.
    """

    sheet: str = ""
    head: int = 0
    columns: Mapping[str, str | None] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)  # province, district, commune, level
    title: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """A column: where it stands, its head, what it holds (empty: nothing), and how sure that is."""

    at: int
    head: str
    field: str
    likeness: int
    told: bool = False


@dataclass(frozen=True, slots=True)
class Heads:
    """Where the heads of a sheet end (counted from 1), and its columns."""

    sheet: Sheet
    last: int
    guesses: tuple[Guess, ...]

    @property
    def fields(self) -> dict[str, int]:
        """The column of each field that has one."""
        return {it.field: it.at for it in self.guesses if it.field}

    def head_of(self, name: str) -> str:
        """What the column of that field is called; the name of the field where there is none."""
        return next((it.head for it in self.guesses if it.field == name), name)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields without which no row can be read."""
        return tuple(name for name in NEEDED if name not in self.fields)


def find(sheets: Sequence[Sheet], plan: Plan) -> Heads | None:
    """The sheet whose heads tell most, with its columns; None when no sheet has any."""
    asked = [it for it in sheets if not plan.sheet or fold(it.name) == fold(plan.sheet)]
    found = [heads for sheet in asked for heads in _candidates(sheet, plan)]
    best = max(found, key=_worth, default=None)
    return best if best and len(best.fields) > 1 else None


def _worth(heads: Heads) -> tuple[int, int, int]:
    needed = sum(name in heads.fields for name in NEEDED)
    return needed, len(heads.fields), sum(it.likeness for it in heads.guesses if it.field)


def _candidates(sheet: Sheet, plan: Plan) -> Iterator[Heads]:
    """The sheet with each row, and with each two rows, as its heads; one row rather than two."""
    rows = range(plan.head, plan.head + 1) if plan.head else range(1, _LOOKED_AT + 1)
    for last in rows:
        if last <= len(sheet.rows) and not _is_numbering(sheet.rows[last - 1]):
            for heads in (_alone(sheet, last), *_doubled(sheet, last)):
                yield Heads(sheet, last, columns(heads, plan))


def _alone(sheet: Sheet, last: int) -> list[str]:
    return [_said(cell) for cell in sheet.rows[last - 1]]


def _doubled(sheet: Sheet, last: int) -> Iterator[list[str]]:
    """The heads of two rows: what stands above several columns belongs to each of them."""
    below = _alone(sheet, last)
    above = _alone(sheet, last - 1) if last > 1 else []
    if not any(above):
        return
    heads, over = [], ""
    for at in range(max(len(above), len(below))):
        top = above[at] if at < len(above) else ""
        sub = below[at] if at < len(below) else ""
        over = top or (over if sub else "")
        heads.append(over if over == sub else f"{over} {sub}".strip())
    yield heads


def columns(heads: Sequence[str], plan: Plan) -> tuple[Guess, ...]:
    """What each column holds: as the plan says, else the field that its head is most like.

    No field has two columns; a second one that is called so is left out.
    """
    told = {at: name for name, said in plan.columns.items() for at in _meant(heads, said)}
    taken = {*plan.columns}
    likely = sorted(
        (
            (-likeness(head, name), _place(head, name), at, name)
            for at, head in enumerate(heads)
            if head and at not in told
            for name in FIELDS
            if name not in taken
        ),
    )
    best: dict[int, tuple[str, int]] = {}
    for unlike, _, at, name in likely:
        if -unlike >= SURE and at not in best and name not in taken:
            best[at] = (name, -unlike)
            taken.add(name)
    return tuple(
        Guess(at, head, told[at], 100, told=True)
        if at in told
        else Guess(at, head, *best.get(at, ("", _nearest(head))))
        for at, head in enumerate(heads)
        if head or at in told
    )


def _meant(heads: Sequence[str], said: str | None) -> list[int]:
    """The column of that head, or of that letter."""
    if said is None:
        return []
    named = [at for at, head in enumerate(heads) if _plain(head) == _plain(said)]
    return named[:1] or [at for at in range(len(heads)) if letter(at) == said.strip().upper()]


def _nearest(head: str) -> int:
    return max((likeness(head, name) for name in FIELDS), default=0)


@cache
def likeness(head: str, name: str) -> int:
    """How much of 100 a head is like what a field is called: all its words, and not many more."""
    said = _plain(head)
    if not said:
        return 0
    return round(max(_alike(said, known) for known in FIELDS[name]))


def _place(head: str, name: str) -> int:
    """Where among the names of the field the head stands; of two heads the more usual one wins."""
    names, said = FIELDS[name], _plain(head)
    return names.index(said) if said in names else len(names)


def _alike(said: str, known: str) -> float:
    if " " not in known:  # one syllable is part of many heads, and means something else there
        return fuzz.ratio(said, known)
    within, whole = fuzz.token_set_ratio(said, known), fuzz.token_sort_ratio(said, known)
    return (within + whole) / 2


def _plain(head: str) -> str:
    return _SIGNS.sub(" ", _ENCLOSED.sub(" ", fold(head))).strip()


def _said(cell: Cell) -> str:
    return "" if cell is None or isinstance(cell, Formula) else " ".join(str(cell).split())


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Whether the row only numbers the columns: (1), (2), (3)."""
    said = [re.sub(r"[()\s]", "", _said(cell)) for cell in row if _said(cell)]
    return len(said) > 1 and said == [str(number) for number in range(1, len(said) + 1)]


def letter(at: int) -> str:
    """What Excel calls the column: 0 is A, 26 is AA."""
    named = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        named = chr(65 + rest) + named
    return named
