"""What officers type about dossiers and papers, in the several ways in which they type it."""

import re
from dataclasses import dataclass

from programme.folding import fold

_LOOK = 80  # signs in which all but a reason stands
_DOSSIER = r"(?:(?:ho so|hs|dossier|so) ?)*(?:(?P<year>20\d\d) )?(?P<numbers>\d{1,6})"
_PAPERS = r"(?:so )?(?P<numbers>\d{1,9}(?:(?: ?[,+] ?| va | and | )(?:so )?\d{1,9})*)"
_FORM_03 = r"(?:in )?(?:mau|form)(?: so)? ?0?3"
_DOUBTS = r"(?:xem )?(?:cac )?(?:cho ngo|diem ngo|doubts?)"
_SHOW = r"(?:(?:xem |show )?(?:giay|paper)|xem)"
_GOOD = r"(?:giay )?(?:dat|ok|good)(?: giay)?"
_UP = r"(?:da )?(?:gui|nop|chuyen)(?: ho so| hs)?(?: len)? tinh(?: roi)?"
_BACK = r"(?:tra(?: lai)?(?: giay)?|return)"
# What is said, and the deed that it wants; the first that fits.
_SAID: tuple[tuple[str, str], ...] = (
    (r"(?:xem |cac |danh sach )?(?:ho so|hs|dossiers?)", "dossiers"),
    (rf"(?:xem )?(?=ho so|hs|dossier){_DOSSIER}", "dossier"),
    (rf"{_FORM_03}(?: cua| cho)? {_DOSSIER}", "form_03"),
    (rf"{_DOUBTS}(?: cua)? {_DOSSIER}", "doubts"),
    (rf"(?:{_UP}|sent up)(?: cho)? {_DOSSIER}", "send_up"),
    (rf"(?:da )?(?:gui|chuyen) {_DOSSIER} (?:len )?tinh", "send_up"),
    (rf"(?=ho so|hs){_DOSSIER} (?:da )?(?:gui|len|chuyen)(?: len)? tinh", "send_up"),
    (rf"(?:phuong an|plan)(?: cua)? {_DOSSIER} (?:da )?(?:dat|duyet|ok|good)", "plan_good"),
    (rf"(?:dat|duyet) phuong an(?: cua)? {_DOSSIER}", "plan_good"),
    (rf"{_SHOW} {_PAPERS}", "show"),
    (rf"{_GOOD} {_PAPERS}", "accept"),
    (rf"(?:giay )?{_PAPERS} (?:deu )?dat", "accept"),
    (rf"{_BACK} (?:so )?(?P<numbers>\d{{1,9}})\b.*", "give_back"),
    (_FORM_03, "form_03"),
    (_DOUBTS, "doubts"),
    (r"(?:xem |show )?(?:giay|paper)", "show"),
    (r"(?:giay )?dat", "accept"),
    (_BACK, "give_back"),
    (r"da (?:gui|nop|chuyen)(?: ho so| hs)?(?: len)? tinh(?: roi)?|sent up", "send_up"),
    (r"phuong an(?: da)? (?:dat|duyet)|plan good", "plan_good"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)


@dataclass(frozen=True, slots=True)
class Order:
    """What an officer wants done, and with which, if that is said; a dossier may have a year."""

    deed: str
    numbers: tuple[int, ...] = ()
    year: int | None = None


def read(text: str) -> Order | None:
    """What the text wants done; None when it is none of these words."""
    said = " ".join(fold(text[:_LOOK]).replace("-", " ").strip(" .,:").split())
    for pattern, deed in _PATTERNS:
        if found := pattern.fullmatch(said):
            told = found.groupdict()
            numbers = tuple(dict.fromkeys(map(int, re.findall(r"\d+", told.get("numbers") or ""))))
            return Order(deed, numbers, int(told["year"]) if told.get("year") else None)
    return None
