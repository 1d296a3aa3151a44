"""What an officer types to have a report: of a year, of a term, a plan, conclusions, the annex."""

import re
from typing import NamedTuple

from programme.folding import fold

_LOOK = 60  # signs
_DO = r"(?:(?:xem|lam|lap|in|xuat|gui|lay) )?"
_OCOP = r"(?: (?:ket qua|chuong trinh))?(?: ocop)?"
_SPAN = r"(?P<first>\d{4})(?: ?(?:-|den|toi) ?(?P<last>\d{4}))?"
_SAID: tuple[tuple[str, str], ...] = (
    (rf"{_DO}bao cao{_OCOP}(?: nam)? (?P<year>\d{{4}}|nay|ngoai|truoc)", "year"),
    (rf"{_DO}bao cao{_OCOP}(?: nhiem ky| giai doan)(?: {_SPAN})?", "term"),
    (rf"{_DO}bao cao{_OCOP} {_SPAN}", "term"),
    (rf"{_DO}ke hoach{_OCOP}(?: nam)? (?P<year>\d{{4}}|nay|sau|toi)", "plan"),
    (
        rf"{_DO}thong bao ket luan(?: (?:cuoc )?hop)?(?:(?: nam)? (?P<year>\d{{4}}|nay))?",
        "conclusions",
    ),
    (rf"{_DO}(?:bang )?phu luc{_OCOP}(?:(?: nam)? (?P<year>\d{{4}}|nay|ngoai|truoc))?", "annex"),
    (r"report(?: of)? (?P<year>\d{4})", "year"),
    (r"term report(?: (?P<first>\d{4})-(?P<last>\d{4}))?", "term"),
    (r"plan(?: of)? (?P<year>\d{4})", "plan"),
    (r"conclusions(?: (?P<year>\d{4}))?", "conclusions"),
    (r"annex(?: (?P<year>\d{4}))?", "annex"),
)
_PATTERNS = tuple((re.compile(pattern), kind) for pattern, kind in _SAID)
_SAID_YEARS = {"nay": 0, "ngoai": -1, "truoc": -1, "sau": 1, "toi": 1}
_TERM = 5  # years, the first of which ends on 1 or 6
_EARLIEST, _AHEAD = 2008, 10  # no programme was before the one, nobody plans beyond the other


class Order(NamedTuple):
    """A report that is wanted, and of which years."""

    kind: str
    first: int
    last: int


def read(text: str, year: int) -> Order | None:
    """What the text wants in that year; None when it is no report."""
    said = " ".join(fold(text[:_LOOK]).strip(" .,:").split())
    for pattern, kind in _PATTERNS:
        if found := pattern.fullmatch(said):
            first, last = _years(found.groupdict(), kind, year)
            if _EARLIEST <= first <= last <= year + _AHEAD:
                return Order(kind, first, last)
    return None


def _years(told: dict[str, str | None], kind: str, year: int) -> tuple[int, int]:
    if first := told.get("first"):
        return int(first), int(told.get("last") or first)
    if kind == "term":
        begins = year - (year - 1) % _TERM
        return begins, begins + _TERM - 1
    said = told.get("year")
    at = int(said) if said and said.isdigit() else year + _SAID_YEARS.get(said or "nay", 0)
    return at, at
