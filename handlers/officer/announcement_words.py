"""What officers say of announcements, as orders: "thông báo", "tiến độ 3", "huỷ hội chợ 3: mưa"."""

import re
from typing import NamedTuple

from handlers.officer.because import reason
from programme.folding import fold

_THING = r"(?:thong bao|hoi cho|tap huan|lop|announcement|fair)"
_NUMBER = r"(?: ?(?:so )?(?:tb[- ]?(?P<year>20\d\d)[- ]?)?(?P<number>\d{1,5}))"
_WORKBOOK = r"(?:excel|bang tinh|file|workbook)"
_NEW = re.compile(
    r"^(?:lam |gui |tao |ra )?(?:thong bao|tb)(?: moi)?$"
    r"|^(?:bao|moi|moi di|thong bao) (?:hoi cho|phien cho|tap huan|lop tap huan|lop)(?: moi)?$"
    r"|^(?:announce|new announcement|announce a fair)$"
)
_LIST = re.compile(
    r"^(?:xem )?(?:cac|danh sach(?: cac)?|nhung) thong bao$|^xem thong bao$|^announcements$"
)
# Orders that speak of one; without a number it is the newest that fits.
_ORDERS = tuple(
    (deed, re.compile(pattern))
    for deed, pattern in (
        ("progress", rf"^(?:xem )?(?:tien do|progress)(?: {_THING})?{_NUMBER}?$"),
        ("pause", rf"^(?:tam dung|pause)(?: gui)?(?: {_THING})?{_NUMBER}?$"),
        ("resume", rf"^(?:tiep tuc|gui tiep|resume)(?: gui)?(?: {_THING})?{_NUMBER}?$"),
        ("cancel", rf"^(?:huy|dung han|cancel) (?:thong bao|announcement){_NUMBER}?$"),
        ("mend", rf"^(?:sua|correct|mend) {_THING}{_NUMBER}$"),
        (
            "call_off",
            rf"^(?:huy|hoan|call off) (?:hoi cho|lop|tap huan|fair){_NUMBER}\b(?P<why>.*)$",
        ),
        (
            "results",
            rf"^(?:xem )?(?:ket qua|results(?: of)?)(?: hoi cho| fair){_NUMBER}$",
        ),
        (
            "workbook",
            rf"^(?:in |xuat |gui )?{_WORKBOOK}(?: danh sach)?(?: {_THING})?{_NUMBER}$",
        ),
        (
            "joined",
            rf"^(?:ai (?:di|tham gia)|danh sach(?: di)?|ds|who joins)(?: {_THING})?{_NUMBER}$",
        ),
        ("show", rf"^(?:xem )?(?:thong bao|hoi cho|announcement){_NUMBER}$"),
    )
)
LATER = re.compile(r" *(?:2[.,:)]? *)?(?:hen|gui|send)(?: (?:gio|gui|vao|on|it))* *[:,]? +")
_LONGEST = 300
NAMES_IT = re.compile(rf"{_THING}|\d")


class Order(NamedTuple):
    """What is wanted of which announcement: 0 is the newest that it can be done with."""

    deed: str
    number: int = 0
    year: int | None = None
    why: str = ""
    named: bool = False  # whether it says that an announcement is meant


def read(text: str) -> Order | None:
    """The order that the text is; None when it is something else."""
    said = fold(text[:_LONGEST]).strip(" .,!?")
    if _NEW.match(said):
        return Order("begin", named=True)
    if _LIST.match(said):
        return Order("list", named=True)
    for deed, pattern in _ORDERS:
        if found := pattern.match(said):
            return _order(deed, found, text)
    return None


def _order(deed: str, found: re.Match[str], text: str) -> Order:
    parts = found.groupdict()
    number = int(parts["number"] or 0)
    year = int(parts["year"]) if parts["year"] else None
    why = _why(text, parts["number"]) if parts.get("why") else ""
    return Order(deed, number, year, why, bool(NAMES_IT.search(found[0])))


def _why(text: str, number: str) -> str:
    """The reason behind the number, as it was typed."""
    return reason(text.partition(number)[2])
