"""A calendar for the phone of a producer: what to begin when, the filing day, the council's."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

import yaml

from documents.drafting import TEMPLATES
from documents.manuscript import plain
from documents.timeline import Item, Timeline

if TYPE_CHECKING:
    from icalendar import Event

_MADE_BY = "-//OCOP//Tro ly OCOP//VI"
_ZONE = "Asia/Ho_Chi_Minh"
_A_DAY = timedelta(days=1)
_RING = timedelta(hours=7, minutes=30) - _A_DAY  # at half past seven on the morning before


@dataclass(frozen=True, slots=True)
class _Entry:
    """A day in the calendar; ``of`` is what it is of this dossier, whatever the day."""

    of: str
    day: date
    said: str
    about: str
    eve: str


def calendar(planned: Timeline) -> bytes:
    """The plan as an iCalendar file (RFC 5545), days without hours, that rings the morning before.

    What is done stands in it no more. Taken in anew after a change, the same things move to their
    new days and none is there twice.
    """
    from icalendar import Calendar  # noqa: PLC0415 - few print, and fewer of them this

    words, made = _Said(planned), Calendar()
    made.add("prodid", _MADE_BY)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", words.said("name"))
    made.add("x-wr-timezone", _ZONE)
    for entry in _entries(planned, words):
        made.add_component(_event(planned, entry))
    return bytes(made.to_ical())


class _Said:
    """The sentences of one calendar."""

    def __init__(self, planned: Timeline) -> None:
        read = yaml.safe_load((TEMPLATES / "calendar.yaml").read_text(encoding="utf-8"))
        self._words: dict[str, str] = read
        self._known = {"product": plain(planned.product), "round": plain(planned.round)}

    def said(self, key: str, **known: str) -> str:
        return self._words[key].format(**self._known, **known)

    def begun(self, item: Item, of: str) -> _Entry:
        said = self.said("begin", what=plain(item.what))
        if item.ready is None:
            return self._entry(of, item.begin, said, self.said("about"))
        about = self.said("ready", ready=f"{item.ready:%d/%m/%Y}")
        return self._entry(of, item.begin, said, about)

    def step(self, step: str, day: date) -> _Entry:
        return self._entry(step, day, self.said(step), self.said("about"))

    def _entry(self, of: str, day: date, said: str, about: str) -> _Entry:
        return _Entry(of, day, said, about, self.said("eve", said=said))


def _entries(planned: Timeline, words: _Said) -> Iterator[_Entry]:
    seen: Counter[str] = Counter()
    for item in planned.items:
        what = plain(item.what)
        seen[what] += 1
        if item.state != "done":
            yield words.begun(item, f"{what} {seen[what]}")
    days = {"file": planned.file_by, "council": planned.council, "decide": planned.decide_by}
    yield from (words.step(step, day) for step, day in days.items() if day is not None)


def _event(planned: Timeline, entry: _Entry) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - see calendar

    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"ocop:{_whose(planned)}:{entry.of}")))
    event.add("dtstamp", datetime.combine(planned.on, time(), UTC))
    event.add("sequence", planned.on.toordinal())  # of two files the later one counts
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + _A_DAY)  # the first day that is none of it
    event.add("summary", entry.said)
    event.add("description", entry.about)
    event.add("transp", "TRANSPARENT")  # who has something to do that day is not away
    event.add_component(_alarm(entry.eve))
    return event


def _alarm(said: str) -> Any:
    from icalendar import Alarm  # noqa: PLC0415 - see calendar

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _RING)
    alarm.add("description", said)
    return alarm


def _whose(planned: Timeline) -> str:
    return plain(planned.number) or plain(planned.product)
