"""A council's list as decisions have it: a line for each, with name, place and office."""

import re
from typing import NamedTuple

from programme.folding import fold

Seat = dict[str, str]  # name, position, office

_MOST = 80  # lines that are looked at
_MOST_OF_A_NAME, _LONGEST = 8, 60  # words and signs of a name
_SIDES = re.compile(r"[,;\t|]| [-–—] ")
_NUMBER = re.compile(r"^\s*(?:\(?\d{1,2}[.)/:]|[-•*+])\s*")
_TITLES = frozenset("ong ba dong chi d/c ts ths mr mrs ms".split())  # noqa: SIM905
_A_NAME = 2  # words at least
_OF_IT = r"(?: (?:cua )?(?:hoi dong|hd)| of (?:the )?council)?"
# The most special first; "thường trực" and the like may stand behind each.
_POSITIONS = tuple(
    (position, re.compile(rf"(?:{words}){_OF_IT}(?: thuong truc)?"))
    for position, words in (
        ("deputy", r"pho chu tich|deputy(?: chairman)?"),
        ("chairman", r"chu tich|chairman|chair"),
        ("clerk", r"(?:uy|thanh) vien(?: kiem| la)? thu ky|thu ky(?: kiem| la)? uy vien|clerk"),
        ("secretary", r"thu ky|secretary"),
        ("guest", r"khach moi|duoc moi|moi du|moi|guest"),
        ("member", r"uy vien|thanh vien|member"),
    )
)


class Seats(NamedTuple):
    """Who is named, in that order, and the lines that name nobody."""

    named: tuple[Seat, ...]
    unread: tuple[str, ...]


def seats(text: str) -> Seats:
    """The seats that the lines name; who has no place there is a member."""
    named: list[Seat] = []
    unread: list[str] = []
    for line in filter(None, map(str.strip, text.split("\n")[:_MOST])):
        seat = _seat(line)
        if seat:
            named.append(seat)
        else:
            unread.append(line)
    return Seats(tuple(named), tuple(unread))


def _seat(line: str) -> Seat | None:
    parts = [part.strip(" .:") for part in _SIDES.split(_NUMBER.sub("", line))]
    name, *rest = [part for part in parts if part] or [""]
    name = _without_titles(name)
    if not _is_name(name):
        return None
    places = [_position(part) for part in rest]
    place = next((each for each in places if each), "member")
    office = ", ".join(part for part, found in zip(rest, places, strict=True) if not found)
    return {"name": name, "position": place, "office": office}


def _without_titles(text: str) -> str:
    words = text.replace(":", " ").split()
    while len(words) > _A_NAME and fold(words[0]).strip(".") in _TITLES:
        words = words[1:]
    return " ".join(words)


def _is_name(text: str) -> bool:
    words = text.split()
    fitting = _A_NAME <= len(words) <= _MOST_OF_A_NAME and len(text) <= _LONGEST
    return fitting and not any(sign.isdigit() for sign in text) and _position(text) is None


def _position(part: str) -> str | None:
    said = fold(part)
    return next((position for position, words in _POSITIONS if words.fullmatch(said)), None)
