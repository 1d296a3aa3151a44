"""Dates as people say them, solar and lunar, whole or only as far as they are known."""

import datetime as dt
from dataclasses import replace

from conversations.reading import Reading
from conversations.readings.around import POLITE, rest, settle
from conversations.readings.day import DAY, Asked, Found, Prefer
from conversations.readings.phrases import any_of
from conversations.readings.plain import marked, tokens
from conversations.readings.relative import relative
from conversations.readings.spoken import Calendar, spoken
from conversations.readings.written import inside, written

_GUESSING = frozenset(
    (
        "tu",
        "den",
        "truoc",
        "sau",
        "khoang",
        "tam",
        "chung",
        "hoi",
        "gan",
        "do",
        "dau",
        "giua",
        "cuoi",
    )
)
_OPENING = POLITE | any_of(
    "vao ngay luc han chot dang ky cap lap duoc thanh bat ke tinh hom het sang"
    " chieu muon nhat cham on by the"
)
_MOST_OPENING = 8  # words before the date itself
_CLOSING = POLITE - {"nay", "roi", "toi", "hien"}
_CALENDARS: tuple[tuple[str, Calendar], ...] = (
    (" am lich", "lunar"),
    (" lich am", "lunar"),
    (" al", "lunar"),
    (" am", "lunar"),
    (" lich ta", "lunar"),
    (" duong lich", "solar"),
    (" lich duong", "solar"),
    (" dl", "solar"),
    (" duong", "solar"),
    (" lich tay", "solar"),
)


def date(text: str, today: dt.date, prefer: Prefer = "nearest") -> Reading[dt.date]:
    """The day; where only a month or year was said its first likely day, as a guess."""
    found = _found(text, Asked(today, prefer, marks=not text.isascii()))
    return settle((day.day for day in found), _sure(found) and found[0].precision == DAY)


def partial_date(text: str, today: dt.date, prefer: Prefer = "past") -> Reading[str]:
    """The day as far as it was said, in ISO form: "2015", "2015-03" or "2015-03-12"."""
    found = _found(text, Asked(today, prefer, marks=not text.isascii()))
    return settle((day.day.isoformat()[: day.precision] for day in found), _sure(found))


def _sure(found: tuple[Found, ...]) -> bool:
    return bool(found) and found[0].sure


def _found(text: str, asked: Asked) -> tuple[Found, ...]:
    said, calendar = _calendar(marked(text))
    guess = False
    words = said.split()
    for _ in range(_MOST_OPENING):
        if found := _read(" ".join(words), asked, calendar) or _read(
            _closed(words), asked, calendar
        ):
            return tuple(map(_doubted, found)) if guess else found
        if not words or words[0].strip(",:") not in _OPENING | _GUESSING:
            break
        guess = guess or words[0] in _GUESSING
        words = words[1:]
    return _inside(said, asked)


def _read(said: str, asked: Asked, calendar: Calendar) -> tuple[Found, ...]:
    if found := relative(said, asked):
        return (found,)
    if calendar != "lunar" and (found := written(said, asked)):
        return (found,)
    return spoken(said, asked, calendar)


def _closed(words: list[str]) -> str:
    """The words without the politeness at their end."""
    end = len(words)
    while end and words[end - 1] in _CLOSING:
        end -= 1
    return " ".join(words[:end])


def _calendar(said: str) -> tuple[str, Calendar]:
    for ending, calendar in _CALENDARS:
        if said.endswith(ending):
            return said.removesuffix(ending), calendar
    return said, None


def _inside(said: str, asked: Asked) -> tuple[Found, ...]:
    readable = all(rest((word,)) is not None or word[0].isdigit() for word in tokens(said))
    found = inside(said, asked) if readable else None
    return (found,) if found else ()


def _doubted(found: Found) -> Found:
    return replace(found, sure=False)
