"""Single cells of an office's register, as people write them: each is read, or it says why not."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from programme import products
from programme.folding import composed, fold

Reason = Literal[
    "missing",
    "formula",  # found
    "too_long",  # found, most
    "bad_star",  # found
    "bad_date",  # found
    "bad_phone",  # found
    "bad_tax_code",  # found
    "id_number",
    "bad_set",  # found
    "unknown_set",  # found
    "bad_kind",  # found
    "bad_level",  # found
    "bad_code",  # found
    "unknown_place",  # found
    "many_places",  # found, count
    "ends_before_start",
    "duplicate",  # first
]


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that would call something outside the sheet; it is never computed."""

    text: str


Cell = str | int | float | date | Formula | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a cell cannot be read; its words stand in the templates."""

    reason: Reason
    args: Mapping[str, str] = field(default_factory=dict)


_MOST = 200
_EXCEL_ZERO = date(1899, 12, 30)  # day 0 of Excel's count
_EXCEL_DAYS = range(32_874, 73_051)  # 1990 to 2099, as Excel counts days
_YEARS = range(1990, 2100)
_WITHOUT_ZERO, _BRANCH = 9, 13  # figures of a tax code whose first is lost, and of a branch's
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[ t]00:00:00(?:\.0+)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(?:(?:(\d{1,2})[-/.])?(\d{1,2})[-/.])?(\d{4}|\d{2})", re.ASCII)
_SPOKEN = re.compile(r"(?:(?:ngay )?(\d{1,2}) )?thang (\d{1,2}) nam (\d{4})", re.ASCII)
_TAX_CODE = re.compile(r"\d{10}(?:-?\d{3})?", re.ASCII)
_ID_NUMBER = re.compile(r"\d{12}", re.ASCII)
_STAR = re.compile(r"(?:hang |dat |loai )*0?([1-5])(?:\.0)?(?: ?sao)?", re.ASCII)
_STAR_SIGNS = "*★☆⭐✩"
_SET = re.compile(r"(?:bo (?:so )?|so |nhom )?0?(\d{1,2})(?:\.0)?(?:[.:,-]? .*)?", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_KINDS = {
    "cooperative": ("htx", "hop tac xa", "lien hiep htx", "lien hiep hop tac xa"),
    "group": ("tht", "to hop tac", "to hop", "nhom ho"),
    "company": ("cong ty", "cty", "doanh nghiep", "dntn", "tnhh", "cp", "chi nhanh"),
    "household": ("ho", "hkd", "ho kinh doanh", "co so", "csxx", "cssx", "ca the", "ca nhan"),
}
_LEVELS = {
    "xa": ("xa", "cap xa", "phuong"),
    "huyen": ("huyen", "cap huyen", "quan", "thi xa", "thanh pho thuoc tinh"),
    "tinh": ("tinh", "cap tinh", "thanh pho", "ubnd tinh"),
    "bo": ("bo", "trung uong", "quoc gia", "cap quoc gia", "cap trung uong", "bo nn ptnt"),
}


def text(cell: Cell, most: int = _MOST) -> str | Wrong:
    """The cell as a text on one line; a whole number has no fraction."""
    if isinstance(cell, Formula):
        return Wrong("formula", {"found": cell.text[:80]})
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    said = cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
    said = " ".join(composed(said).split())
    if len(said) > most:
        return Wrong("too_long", {"found": str(len(said)), "most": str(most)})
    return said


def day(cell: Cell) -> str | Wrong:
    """A day, a month or a year as exact as it is told, in ISO; the day stands before the month.

    A number that cannot be a year is one of Excel's days.
    """
    if isinstance(cell, date):
        return cell.isoformat() if cell.year in _YEARS else _not_a_day(cell.isoformat())
    if isinstance(cell, int | float) and int(cell) in _EXCEL_DAYS:
        return (_EXCEL_ZERO + timedelta(days=int(cell))).isoformat()
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    return _exact(_parts(fold(said))) or _not_a_day(said)


def _not_a_day(said: str) -> Wrong:
    return Wrong("bad_date", {"found": said[:80]})


def _parts(said: str) -> list[str | None]:
    """Year, month and day of what was written, as far as there are."""
    if found := _ISO.fullmatch(said):
        return list(found.groups())
    if found := _SPOKEN.search(said) or _DAY_FIRST.fullmatch(said.removeprefix("ngay ")):
        return list(found.groups()[::-1])
    return []


def _exact(parts: list[str | None]) -> str | None:
    known = [int(part) for part in parts if part]
    if not known or (len(known) == 1 and known[0] < 100):  # noqa: PLR2004 - as below
        return None
    if known[0] < 100:  # noqa: PLR2004 - two figures of a year
        known[0] += 2000
    try:
        whole = date(*[*known, 1, 1][:3])
    except ValueError:
        return None
    return whole.isoformat()[: (4, 7, 10)[len(known) - 1]] if whole.year in _YEARS else None


def star(cell: Cell) -> int | Wrong:
    """How many stars: 3, "3 sao", "Hạng 4 sao", "***"."""
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    bare = "".join(said.replace("\ufe0f", "").split())
    if bare and set(bare) <= set(_STAR_SIGNS) and len(bare) <= 5:  # noqa: PLR2004 - the highest
        return len(bare)
    words = fold(said.strip(_STAR_SIGNS + " "))
    found = _STAR.fullmatch(words)
    return int(found[1]) if found else Wrong("bad_star", {"found": said[:80]})


def phone(cell: Cell) -> str | Wrong:
    """A telephone number of ten or eleven figures; Excel drops the zero before a number."""
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    figures = re.sub(r"[\s.()+-]", "", said.split("/")[0].split(";")[0].split(",")[0])
    if figures.startswith("84") and len(figures) in (11, 12):
        figures = f"0{figures[2:]}"
    if figures.isdecimal() and not figures.startswith("0"):
        figures = f"0{figures}"
    if re.fullmatch(r"0\d{9,10}", figures, re.ASCII):
        return figures
    return Wrong("bad_phone", {"found": said[:80]})


def tax_code(cell: Cell) -> str | Wrong:
    """A tax code of ten figures, or of thirteen with or without its dash: 0101234567-001.

    Excel drops the zero before a number. Twelve figures are a citizen's own number, which a
    household may pay tax by and a register of products has no need of: it is told apart.
    """
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    code = re.sub(r"[\s.]", "", said)
    if _ID_NUMBER.fullmatch(code):
        return Wrong("id_number")
    if isinstance(cell, int | float) and len(code) == _WITHOUT_ZERO:
        code = f"0{code}"
    if not _TAX_CODE.fullmatch(code):
        return Wrong("bad_tax_code", {"found": said[:80]})
    return code if len(code) < _BRANCH else f"{code[:10]}-{code[-3:]}"


def product_set(cell: Cell) -> int | Wrong:
    """One of the sets 1–26 of QĐ 26/2026, by its number or by its name."""
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    words = fold(said)
    for each in products.product_sets():
        if fold(each.name) == words:
            return each.number
    found = _SET.fullmatch(words)
    if found and products.by_number(int(found[1])):
        return int(found[1])
    return Wrong("bad_set", {"found": said[:80]})


def kind(said: str) -> str | None:
    """What kind of producer that name, or that word for it, is of; None when it does not say."""
    words = fold(said).split()
    for found, beginnings in _KINDS.items():
        for beginning in beginnings:
            if words[: len(beginning.split())] == beginning.split():
                return found
    return next((k for k in ("cooperative", "company") if set(words) & set(_KINDS[k])), None)


def level(cell: Cell) -> str | Wrong:
    """Whose council it was: of the commune, the district of old, the province or the ministry."""
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    for found, names in _LEVELS.items():
        if fold(said) in names:
            return found
    return Wrong("bad_level", {"found": said[:80]})


def code(cell: Cell) -> str | Wrong:
    """The product's code, in letters without marks, figures, points and hyphens."""
    said = text(cell)
    if isinstance(said, Wrong):
        return said
    return said if _CODE.fullmatch(said) else Wrong("bad_code", {"found": said[:80]})
