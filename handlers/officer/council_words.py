"""What a council's people type: making it, its meetings, marking, results."""

import re
from dataclasses import dataclass

from programme.folding import fold

_LOOK = 300  # signs
_NUMBER = r"(?: san pham| sp| product)?(?: so)? (?P<number>\d{1,3})"
_FROM = r"(?: bang van ban| cua| cho| cac| thanh vien| hoi dong)"
_UNTIL = r"(?:doi |gia |lui |keo dai )?han(?: cho| lay| gui| tra loi)? y kien"
_SEVERAL = r"(?P<places>\d[\d ,;va-]*|het|tat ca|ca dot)"
_TO_MEETING = r"(?:ra|sang|vao)(?: phien)? hop"
_SAID: tuple[tuple[str, str], ...] = (
    (
        r"(?:lap|thanh lap|doi)(?: mot)? hoi dong(?: tinh)?(?P<rest> .*)?|set up (?:the )?council",
        "found",
    ),
    (r"(?:xem )?hoi dong|council", "council"),
    (r"ma (?:hoi dong|thanh vien)(?: so)?(?: (?P<number>\d{1,3}))?", "code"),
    (r"(?:mo|lap|trieu tap) phien(?: hop)?|call (?:a )?(?:meeting|sitting)", "call"),
    (rf"(?:mo |gui )?(?:dot |phieu )?lay y kien{_FROM}*|xin y kien{_FROM}+", "ask"),
    (r"(?:ask for )?written opinions|ask in writing", "ask"),
    (rf"{_UNTIL}(?: den| toi| la| sang| het)*(?: ngay)?:?(?P<rest> .+)?", "until"),
    (r"opinions (?:are due|due|until|by)(?P<rest> .+)", "until"),
    (rf"(?:thoi|bo|khong)(?: dua| chuyen){_NUMBER} {_TO_MEETING}", "take_back"),
    (r"keep (?P<number>\d{1,3}) in writing", "take_back"),
    (rf"(?:dua|chuyen)(?: san pham| sp| ho so)?(?: so)?(?: {_SEVERAL})? {_TO_MEETING}", "put_off"),
    (r"put (?P<places>\d[\d ,]*|all) off to a meeting", "put_off"),
    (r"(?:xem |tien do )?phien(?: hop)?|(?:xem |tien do )(?:lay )?y kien", "sitting"),
    (r"sitting|meeting", "sitting"),
    (r"co mat(?: du| ca| tat ca)+|all (?:are )?present", "attend_all"),
    (r"co mat(?: gom| so)?:?(?P<rest> [\d ,;va-]+)", "attend"),
    (rf"cham lai{_NUMBER}|mark again{_NUMBER.replace('number', 'other')}", "again"),
    (rf"(?:bo|thoi) loai{_NUMBER}", "let_in"),
    (rf"(?:toi |em |xin )?de nghi loai{_NUMBER}(?P<rest>.*)", "bar"),
    (rf"loai{_NUMBER}(?P<rest>.*)", "refuse"),
    (rf"rut{_NUMBER} khoi (?:phien|dot)", "drop"),
    (r"nhac cham|nhac thanh vien|nhac (?:cho |gui )?y kien|remind members", "remind"),
    (r"(?:ket thuc|dong|chot) (?:phien(?: hop)?|(?:dot )?(?:lay )?y kien)", "close"),
    (r"close (?:the )?(?:meeting|sitting|opinions)", "close"),
    (r"quyet dinh(?: cong nhan)?(?: so)?(?P<rest> .+)?", "decide"),
    (rf"bo (?:cong nhan|cham){_NUMBER}(?P<rest>.*)", "ministry"),
    (r"bien ban(?: hop| phien hop|(?: tong hop| lay)* y kien)?|minutes", "minutes"),
    (r"thong bao ket qua|result notice", "notice"),
    (r"(?:bang|tong hop) diem(?: hoi dong)?|bang tong hop diem", "register"),
    (r"cham(?: diem)?(?: san pham)?|cho y kien|mark", "mark"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted; ``number`` is a seat's or a product's, ``rest`` what was typed behind it.

    Of several products ``rest`` is their numbers.
    """

    deed: str
    number: int | None = None
    rest: str = ""


def read(text: str) -> Order | None:
    """What the text wants done; None when it is none of these words."""
    typed = " ".join(text[:_LOOK].split()).strip(" .")
    said = fold(typed)
    for pattern, deed in _PATTERNS:
        if found := pattern.fullmatch(said):
            groups = found.groupdict()
            if places := groups.get("places"):
                return Order(deed, None, places)
            number = groups.get("number") or groups.get("other")
            rest = (groups.get("rest") or "").strip(" :,.")
            return Order(deed, int(number) if number else None, _as_typed(typed, rest))
    return None


def _as_typed(typed: str, rest: str) -> str:
    """The last words as they were typed, as many as the folded rest has."""
    count = len(rest.split())
    words = typed.split()[-count:] if count else []
    return " ".join(words).strip(" :,.")
