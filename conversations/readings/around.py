"""What stands around a value: politeness, "about", and words that only leave it half understood."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from conversations.reading import Read, Reading, Unclear
from conversations.readings.figures import figure
from conversations.readings.phrases import any_of
from conversations.readings.plain import vietnamese
from conversations.readings.spelled import SPELLED

T = TypeVar("T")
U = TypeVar("U")

POLITE = any_of(
    "da vang u um uh a ah ha oi thua em e ac mk anh chi bac chu co ong chau toi tui minh nha ben"
    " gia dinh hien nay gio thi la duoc thoi nhe nhi day do roi so cho cua va ma voi chac luon can"
    " bo dang deu i ne nghe htx tht cu"
)
_NEARLY = any_of(
    "khoang chung gan hon tren duoi uoc xap xi doan phong tam it nhat thieu nhieu hau"
    " about around over nearly"
)
STOPS = frozenset(",.:-/()")


@dataclass(frozen=True, slots=True)
class Lead:
    """Where the value may begin, and whether nothing before it makes it a guess."""

    at: int
    sure: bool


def lead(words: Sequence[str], also: Collection[str] = ()) -> Lead:
    """Step over polite words and "about"; "tam 20" is about 20, "tam nguoi" eight people."""
    at, sure = 0, True
    while at < len(words) and (words[at] in POLITE or words[at] in also or _nearly(words, at)):
        sure = sure and not _nearly(words, at)
        at += 1
    return Lead(at, sure)


def _nearly(words: Sequence[str], at: int) -> bool:
    word = words[at]
    if word == "tam":
        after = words[at + 1] if at + 1 < len(words) else ""
        return bool(figure(after) or after in SPELLED) and f"tam {after}" not in SPELLED
    return word in _NEARLY or word in ("do", "tu")


def hedged(words: Sequence[str]) -> bool:
    """Whether "about", "nearly" or the like is said anywhere."""
    return any(
        word in _NEARLY and (word != "tam" or _nearly(words, at)) for at, word in enumerate(words)
    )


def rest(words: Iterable[str], also: Collection[str] = ()) -> bool | None:
    """Whether the words around a value add nothing; None when they may say something else."""
    sure = True
    for word in words:
        if word in POLITE or word in also or word in STOPS:
            continue
        if figure(word) or not vietnamese(word):
            return None
        sure = False
    return sure


def settle(values: Iterable[T], sure: bool) -> Reading[T]:
    """One value is read, several are unclear, none is not understood."""
    different = tuple(dict.fromkeys(values))
    if not different:
        return None
    return Read(different[0], sure) if len(different) == 1 else Unclear(different)


def convert(reading: Reading[T], change: Callable[[T], U]) -> Reading[U]:
    """The same reading with each of its values changed."""
    match reading:
        case Read(value, sure):
            return Read(change(value), sure)
        case Unclear(candidates):
            return settle(map(change, candidates), sure=False)
    return None
