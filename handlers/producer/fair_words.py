"""What whoever was told of a fair says to it: comes, does not, asks more, tells what came of it."""

import re
from typing import NamedTuple

from conversations.reading import Read
from conversations.readings import yes_no
from conversations.vietnamese import SELLING, composed, fold, words
from storage.joining import ASK, JOIN, NO

RESULTS = "results"
_LOOK = 60  # signs in which such an answer stands
_THING = r"(?: (?:hoi cho|phien cho|lop|tap huan|fair|training))?(?: (?:so )?(?P<number>\d{1,5}))?"
_ME = r"(?:(?:da|toi|bac|minh|nha toi|thoi|chac|dot nay|lan nay) )*"
_SAID = tuple(
    (answer, re.compile(pattern + _THING))
    for answer, pattern in (
        (NO, rf"{_ME}khong (?:tham gia|di)(?: (?:duoc|nua|dau))*"),
        (NO, r"(?:xin )?(?:rut|huy)(?: khong)? (?:tham gia|di)|not join"),
        (JOIN, r"(?:toi )?(?:co )?(?:muon )?(?:tham gia|join)"),
        (ASK, r"(?:hoi them|ask more)(?: ve)?"),
    )
)
_RESULTS = re.compile(rf"(?:bao )?(?:ket qua|results){_THING}")
_PLAIN = re.compile("tham gia|join|hoi them|ask more|ket qua|results|nua")
# Words that say it alone where nothing else is asked.
_BUSY = r"(?:ban (?:roi|lam|viec|qua|mua|nha|het|mat)|mac viec|om|met|xa qua)"
_NOT_NOW = r"(?:(?:de|hen) )?(?:dip|lan|khi|hom|nam) (?:khac|sau)"
_STAYS = re.compile(
    rf"{_ME}(?:{_BUSY}|khong (?:di|du|hoc|ban|ranh|tham gia)|{_NOT_NOW})\b(?: [a-z]+){{0,5}}"
)
_COMES = re.compile(
    r"(?:(?:da|toi|bac|minh|nha toi) )*(?:co|(?:co )?(?:di|hoc|ban duoc))"
    r"(?: (?:duoc|chu|a|nhe|nha|luon|em))*"
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
    """What the words answer where an invitation is all that is asked; None when nothing."""
    if len(text) > _LOOK:
        return None
    said = words(text).strip(" .,!")
    sells = SELLING in composed(text).lower()
    if _STAYS.fullmatch(said) and not (sells and not said.startswith("khong")):
        return NO
    if _COMES.fullmatch(said):
        return JOIN
    match yes_no(text):
        case Read(False, True) if said not in _NOT_YET:
            return NO
        case _:
            return None
