"""The time of day as people type it: "14h", "14:30", "2 giờ chiều", "2 rưỡi chiều", "2pm"."""

import re
from datetime import time
from typing import NamedTuple

from programme.folding import flat

_CLOCK = re.compile(
    r"(?:\b(?:vao )?(?:luc|hoi|at) )?"
    r"\b(?P<hour>\d{1,2}) ?(?:(?:gio|h|g|:(?=\d\d)|am\b|(?P<pm>pm\b))"
    r"(?: ?(?P<minute>\d{2}|ruoi))?|ruoi)"
    r"(?: phut)?"
    r"(?: (?:buoi )?(?:sang|(?P<noon>trua)|(?P<night>dem|khuya)|(?P<late>chieu|toi|pm)))?(?![\w:])"
)
_AFTERNOON = re.compile(r"\bchieu\b")
_NOON, _HOURS, _MINUTES = 12, 24, 60
_EVENING = 7  # from then on "đêm" is before midnight
_EARLY = 3  # after noon: "1 giờ trưa"; "11 giờ trưa" is before it


class Clock(NamedTuple):
    """A time of day, and the text without it."""

    at: time
    rest: str


def clock(text: str) -> Clock | None:
    """The first time of day in the text; None where none is, or it is no such time.

    "12 giờ đêm" ends its day: its last minute.
    """
    found = _CLOCK.search(flat(text))
    if found is None:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}".strip(" :,")
    hour = int(found["hour"])
    minute = _MINUTES // 2 if "ruoi" in found[0] else int(found["minute"] or 0)
    if hour == _NOON and found["night"]:
        return Clock(time(_HOURS - 1, _MINUTES - 1), rest)
    if hour < _NOON and _is_late(found, hour, rest):
        hour += _NOON
    if hour >= _HOURS or minute >= _MINUTES:
        return None
    return Clock(time(hour, minute), rest)


def _is_late(found: re.Match[str], hour: int, rest: str) -> bool:
    noon = found["noon"] is not None and hour <= _EARLY
    if found["night"]:
        return hour >= _EVENING
    return bool(noon or found["pm"] or found["late"] or _AFTERNOON.search(flat(rest)))
