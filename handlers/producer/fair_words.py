"""What whoever was told of a fair says to it: comes, does not, asks more, tells what came of it."""

import re
from typing import NamedTuple

from conversations.reading import Read
from conversations.readings import yes_no
from conversations.vietnamese import BUSY, SELLING, composed, fold, words
from storage.joining import ASK, JOIN, NO

RESULTS = "results"
_LOOK = 60  # signs in which such an answer stands
_THING = r"(?: (?:hoi cho|phien cho|lop|tap huan|fair|training))?(?: (?:so )?(?P<number>\d{1,5}))?"
_ME = (
    r"(?:(?:da|toi|bac|minh|nha(?: (?:toi|bac|minh|em))?|thoi|chac|dot nay|lan nay|cho|xin|u|vang"
    r"|ok) )*"
)
_KINDLY = r"(?: (?:a|duoc|chu|nhe|nha|voi|luon|em|oi))*"
_SAID = tuple(
    (answer, re.compile(pattern + _THING + _KINDLY))
    for answer, pattern in (
        (NO, rf"{_ME}khong (?:tham gia|di)(?: (?:duoc|nua|dau))*"),
        (NO, r"(?:xin )?(?:rut|huy)(?: khong)? (?:tham gia|di)|not join"),
        (JOIN, rf"{_ME}(?:co )?(?:muon )?(?:tham gia|join)"),
        (ASK, r"(?:hoi them|ask more)(?: ve)?"),
    )
)
_RESULTS = re.compile(rf"(?:bao )?(?:ket qua|results){_THING}")
_PLAIN = re.compile("tham gia|join|hoi them|ask more|ket qua|results|nua")
# Words that say it alone where nothing else is asked.
_BUSY = r"(?:ban (?:roi|lam|viec|qua|mua|nha|het|mat)|mac viec|om|met|xa qua|het hang)"
_NOT_NOW = r"(?:(?:de|hen) )?(?:dip|lan|khi|hom|nam) (?:khac|sau)"
_STAYS = re.compile(
    rf"{_ME}(?:{_BUSY}|khong (?:di|du|hoc|ban|co|ranh|tham gia)|{_NOT_NOW})\b(?: [a-z]+){{0,5}}"
)
_IS_BUSY = re.compile(rf"{_ME}(?:dang )?ban\b(?: [a-z]+){{0,5}}")  # with its mark
_COMES = re.compile(
    rf"{_ME}(?:(?:co )?(?:di|hoc|ban duoc|hang)|co|dang ky(?: di| tham gia)?){_THING}{_KINDLY}"
)
_NUMBERED = re.compile(r"^[123][.):]? +(?=\D)")  # "2 không", as it stands on the screen
# A yes to something else: "có hồ sơ rồi", "gửi rồi".
_OTHER_YES = re.compile(
    r"\b(?:(?:gui|xong|luu|duyet)\b|co (?!(?:a|ah|ha|em|e|oi|chu|nhe|nha|nhi|ma|da|vang|roi|r|luon"
    r"|day|the|toi|bac|anh|chi|minh|ok|oke|duoc|muon|dong y|cam on)\b)[a-z])"
)
_NOT_YET = frozenset({"chua", "da chua"})


class Said(NamedTuple):
    """The answer, or results, and the number that it names: 0 is the one that is open.

    What is not ``plain`` may be the answer to something else too.
    """

    answer: str
    number: int
    plain: bool


def read(text: str) -> Said | None:
    """What the words say, wherever they are said; None when they are about something else."""
    said = fold(text[:_LOOK]).strip(" .,!")
    if found := _RESULTS.fullmatch(said):
        return Said(RESULTS, int(found["number"] or 0), plain=True)
    for answer, pattern in _SAID:
        if found := pattern.fullmatch(said):
            number = int(found["number"] or 0)
            return Said(answer, number, bool(number or _PLAIN.search(said)))
    return None


def alone(text: str) -> str | None:
    """What the words answer where an invitation is all that is asked; None when nothing.

    The first clause tells: "không, nhà có việc".
    """
    if len(text) > _LOOK:
        return None
    first = _NUMBERED.sub("", text).partition(",")[0]
    found = read(first)
    return found.answer if found and found.answer != RESULTS else _alone(first)


def _alone(text: str) -> str | None:
    said = words(text).strip(" .!")
    sells = SELLING in composed(text).lower()
    if _STAYS.fullmatch(said) and not (sells and not said.startswith("khong")):
        return NO
    if BUSY in composed(text).lower() and _IS_BUSY.fullmatch(said):
        return NO
    if _COMES.fullmatch(said):
        return JOIN
    match yes_no(text):
        case Read(True, True) if not _OTHER_YES.search(said):
            return JOIN
        case Read(False, True) if said not in _NOT_YET:
            return NO
        case _:
            return None
