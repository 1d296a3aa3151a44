"""What officers type about dossiers and papers, in the several ways in which they type it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from programme.folding import fold

_LOOK = 80  # signs in which all but a reason stands
_LONGEST = 300  # signs of a reason
_EDGES = " :.,;\n"
_ONE = r"(?:(?:ho so|hs|dossier|so) ?)*(?:20\d\d )?\d{1,6}"
_DOSSIER = rf"(?P<dossiers>{_ONE})"
_DOSSIERS = rf"(?P<dossiers>{_ONE}(?:(?: ?[,+] ?| va | and | ){_ONE})*)"
_NUMBERED = re.compile(r"(?:(20\d\d) )?(\d{1,6})\b")
_OF_YEAR = re.compile(r"\b(\d{1,6}) ?(?:/|(?:nam|of)\b) ?(20\d\d)\b")  # "1/2026" is "2026 1"
_PAPERS = r"(?:so )?(?P<numbers>\d{1,9}(?:(?: ?[,+] ?| va | and | )(?:so )?\d{1,9})*)"
_IDEA = r"(?:phieu|y tuong|idea)(?: y tuong)?(?: so)?(?: yt)? (?P<ideas>(?:20\d\d )?\d{1,6})"
_IDEA_TOO = r"(?:yt )?(?P<ideas>(?:20\d\d )?\d{1,6})"
_PAST = r"(?:xem )?(?:lich su|history)(?: cua| of)?"
_FORM_03 = r"(?:in )?(?:mau|form)(?: so)? ?0?3"
_DOUBTS = r"(?:xem )?(?:cac )?(?:cho ngo|diem ngo|doubts?)"
_SHOW = r"(?:(?:xem |show )?(?:giay|paper)|xem)"
_GOOD = r"(?:giay )?(?:dat|ok|good)(?: giay)?"
_UP = r"(?:da )?(?:gui|nop|chuyen)(?: ho so| hs)?(?: len)? tinh(?: roi)?"
_APPROVED = r"(?:dat|duyet|ok|good)"
_BACK = r"(?:tra(?: lai)?(?: giay)?|return)"
# What is said, and the deed that it wants; the first that fits.
_SAID: tuple[tuple[str, str], ...] = (
    (r"(?:xem |cac |danh sach )?(?:ho so|hs|dossiers?)", "dossiers"),
    (rf"(?:xem )?(?=ho so|hs|dossier){_DOSSIER}", "dossier"),
    (rf"{_FORM_03}(?: cua| cho)? {_DOSSIER}", "form_03"),
    (rf"{_DOUBTS}(?: cua)? {_DOSSIER}", "doubts"),
    (rf"(?:{_UP}|sent up)(?: cho)? {_DOSSIERS}", "send_up"),
    (rf"(?:da )?(?:gui|chuyen) {_DOSSIERS} (?:len )?tinh", "send_up"),
    (rf"(?=ho so|hs){_DOSSIERS} (?:da )?(?:gui|len|chuyen)(?: len)? tinh", "send_up"),
    (rf"(?:sent|send) {_DOSSIERS} (?:up(?: to the province)?|to the province)", "send_up"),
    (rf"(?:phuong an|plans?)(?: cua| of)? {_DOSSIERS} (?:da |deu |is )?{_APPROVED}", "plan_good"),
    (rf"(?:dat|duyet) phuong an(?: cua)? {_DOSSIERS}", "plan_good"),
    (rf"(?:xet|judge)(?: bon noi dung)?(?: cua| cho)? {_DOSSIER}", "judge"),
    (rf"(?:soat|kiem tra|check) {_DOSSIER}", "check"),
    (rf"(?:du|whole)(?: giay)?(?: cho)? {_DOSSIER}", "whole"),
    (rf"(?=ho so|hs|dossier){_DOSSIER} (?:da |is )?(?:du|whole)(?: giay)?", "whole"),
    (rf"(?:thieu|lacking)(?: giay)?(?: cho)? {_DOSSIER}", "lacking"),
    (rf"(?=ho so|hs|dossier){_DOSSIER} (?:con |is )?(?:thieu|lacking)(?: giay)?", "lacking"),
    (rf"(?:(?:de|chuyen|sang) )*(?:dot sau|next round)(?: cho| for)? {_DOSSIER}", "requeue"),
    (rf"(?:chuyen |de )?(?=ho so|hs){_DOSSIER} (?:sang )?dot sau", "requeue"),
    (rf"{_PAST} (?=ho so|hs|dossier){_DOSSIER}", "dossier_history"),
    (rf"{_PAST} {_IDEA}", "idea_history"),
    (rf"{_PAST}(?: giay| paper)? {_PAPERS}", "history"),
    (rf"(?:xem |mo )?{_IDEA}", "idea"),
    (rf"(?:nhan|accept) {_IDEA}", "idea_accept"),
    (rf"(?:nhan|accept) {_IDEA_TOO}", "idea_accept"),
    (rf"{_BACK} {_IDEA}\b.*", "idea_back"),
    (rf"(?:hoi|ask)(?: lai)? {_IDEA}\b.*", "idea_ask"),
    (rf"(?:hoi|ask) {_IDEA_TOO} ?:.*", "idea_ask"),
    (r"(?:xem )?(?:danh sach|list)(?: cho| of)? (?:hoi dong|council)|council list", "council"),
    (rf"{_SHOW} {_PAPERS}", "show"),
    (rf"{_GOOD} {_PAPERS}", "accept"),
    (rf"(?:giay )?{_PAPERS} (?:deu )?dat", "accept"),
    (rf"{_BACK} (?:so )?(?P<numbers>\d{{1,9}})\b.*", "give_back"),
    (_FORM_03, "form_03"),
    (_DOUBTS, "doubts"),
    (r"(?:xem |show )?(?:giay|paper)", "show"),
    (r"(?:giay )?dat", "accept"),
    (rf"{_BACK}(?: ?:.*)?", "give_back"),
    (r"(?:nhan|accept)(?: phieu)?", "idea_accept"),
    (r"(?:hoi|ask)(?: lai)? ?:.*|hoi lai", "idea_ask"),
    (r"xet|xet ho so|judge", "judge"),
    (r"soat|soat ho so", "check"),
    (_PAST, "history"),
    (r"(?:chuyen |sang )?dot sau|next round", "requeue"),
    (r"da (?:gui|nop|chuyen)(?: ho so| hs)?(?: len)? tinh(?: roi)?|sent up", "send_up"),
    (r"phuong an(?: da)? (?:dat|duyet)|plan good", "plan_good"),
)
_CALLED = re.compile(
    r"(?:xem |mo |tim )?(?:ho so|hs|dossier)(?: (?:cua|san pham|of))* (?P<name>\D{3,})"
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer wants done, and with which, if that is said; papers have no year."""

    deed: str
    numbers: tuple[int, ...] = ()
    year: int | None = None


def read(text: str) -> Order | None:
    """What the text wants done; None when it is none of these words."""
    said = " ".join(fold(text[:_LOOK]).replace("-", " ").strip(" .,:").split())
    dated = _OF_YEAR.sub(r"\2 \1", said)
    for pattern, deed in _PATTERNS:
        if found := pattern.fullmatch(dated):
            told = found.groupdict()
            if with_year := told.get("dossiers") or told.get("ideas"):
                return _with_year(deed, with_year)
            return Order(deed, _once(re.findall(r"\d+", told.get("numbers") or "")))
    return None


def dossier_called(text: str) -> str:
    """The name, folded, by which a dossier is called; empty where none is."""
    found = _CALLED.fullmatch(fold(text[:_LOOK]).strip(_EDGES))
    return found["name"] if found else ""


def behind(text: str, number: int) -> str:
    """What stands behind the number, as it was typed: a reason, or a question."""
    found = re.search(rf"(?<!\d)0*{number}(?!\d)", text)
    return text[found.end() :].strip(_EDGES)[:_LONGEST] if found else ""


def spoken(text: str) -> str:
    """What stands behind the colon, as it was typed."""
    return text.partition(":")[2].strip(_EDGES)[:_LONGEST]


def _with_year(deed: str, told: str) -> Order:
    """With the year that stands beside the first of the numbers that has one."""
    found = _NUMBERED.findall(told)
    years = [int(year) for year, _ in found if year]
    return Order(deed, _once(number for _, number in found), years[0] if years else None)


def _once(numbers: Iterable[str]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(int, numbers)))
