"""A meeting's conclusions read line by line: which unit is to do what, and till when."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from conversations.reading import Read
from conversations.readings import dates
from programme.folding import fold

_MARK = re.compile(r"^(?:[#*\s]*)(?:[-–—•+·]|\d{1,2}(?:\.\d{1,2}){0,2}[.)]?(?=\s)|[a-z]\))\s*")
_SIGNS = " *#_\t"
_UNIT_WORDS = 12  # at most, in what a unit is called
_UNITS = re.compile(
    r"(?:cac |dong chi )*(?:phong|so|ubnd|uy ban|hoi|van phong|trung tam|chi cuc|htx|hop tac xa"
    r"|to|ban|doan|cong an|dang uy|mat tran|xa|phuong|thi tran|truong|lanh dao|can bo|ong|ba"
    r"|department|office|commune)\b"
)
_BEGINS = re.compile(
    r" (?:chu tri|phoi hop|tham muu|xay dung|to chuc|bao cao|huong dan|chiu trach nhiem"
    r"|co trach nhiem|khan truong|ra soat|hoan thanh|hoan thien|thuc hien|de xuat|lap|nop|gui"
    r"|tiep tuc|chu dong|tang cuong|day manh|kiem tra)\b"
)
_TILL = (
    r"\b(?:(?:xong |hoan thanh )?truoc|cham nhat(?: la)?(?: den)?|den(?: het)?|het|han(?: la)?"
    r"|trong|by|before|until)(?: ngay)? "
)
_DAY = r"\d{1,2} ?[/.-] ?\d{1,2}(?: ?[/.-] ?\d{4})?|\d{1,2} thang \d{1,2}(?: nam \d{4})?"
_MONTH = r"thang \d{1,2}(?: ?/ ?\d{4}| nam \d{4})?"
_DUE = re.compile(rf"{_TILL}(?:(?P<day>{_DAY})|(?P<month>{_MONTH}))")
_LOOK = 3_000  # signs of a line


class Conclusion(NamedTuple):
    """One deed of one unit, as it was written; ``due`` is None where no day was said."""

    unit: str
    deed: str
    due: date | None = None


class Conclusions(NamedTuple):
    """What was read, and how many lines name no unit."""

    deeds: tuple[Conclusion, ...]
    passed_over: int = 0


def read(text: str, today: date) -> Conclusions:
    """The deeds of the lines; a line that ends with a colon names the unit of those below it.

    "Trong tháng 4" is till its last day; a day without a year is the next such day.
    """
    found = list(_lines(text.splitlines(), today))
    deeds = tuple(each for each in found if each.unit)
    return Conclusions(deeds, len(found) - len(deeds))


def _lines(lines: Sequence[str], today: date) -> Iterator[Conclusion]:
    unit = ""
    for line in lines:
        said = _bare(line[:_LOOK])
        if not any(sign.isalnum() for sign in said):
            continue
        if said.endswith(":"):
            unit = said.rstrip(": ") if _is_unit(said.rstrip(": ")) else ""
            continue
        own, deed = _parted(said)
        yield Conclusion(own or unit, deed, due(deed, today))


def _bare(line: str) -> str:
    said = line.strip(_SIGNS)
    while found := _MARK.match(said):
        said = said[found.end() :].strip(_SIGNS)
    return " ".join(said.split())


def _parted(said: str) -> tuple[str, str]:
    """The unit that a line itself names, and its deed."""
    before, colon, after = said.partition(":")
    if colon and after.strip() and _is_unit(before):
        return before.strip(), after.strip()
    words = said.split()
    for count in range(1, min(len(words), _UNIT_WORDS) + 1):
        head, rest = " ".join(words[:count]), " ".join(words[count:])
        if _BEGINS.match(f" {fold(rest)}") and _is_unit(head):
            return head.rstrip(" ,"), rest
    return "", said


def _is_unit(said: str) -> bool:
    return len(said.split()) <= _UNIT_WORDS and bool(_UNITS.match(fold(said)))


def due(said: str, today: date) -> date | None:
    """The last day that a deed names as its end; None where it names none that is to come."""
    days = (_day(found, today) for found in _DUE.finditer(fold(said)))
    coming = [day for day in days if day and day >= today]
    return coming[-1] if coming else None


def _day(found: re.Match[str], today: date) -> date | None:
    match dates.date(found["day"] or found["month"], today, "future"):
        case Read(day, _):
            return day if found["day"] else _end_of_month(day)
        case _:
            return None


def _end_of_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
