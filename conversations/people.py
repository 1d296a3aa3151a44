"""A list of people as an answer: told in as many messages as it takes, one line for each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conversations.answers import Asked, Kind, Readable, readable
from conversations.messages import Message, Shown
from conversations.reading import Read, Wrong
from conversations.readings.persons import Person, persons
from programme.folding import fold

FACTS = ("born", "residence", "job", "insured")
_LESS = re.compile(r"(?:bot|bo|xoa|remove)(?: (?:nguoi|so|thu|person))* (\d{1,2}|[^\d,]{2,60})")
_TOLD = 10_000  # signs of a message that is looked at


@dataclass(frozen=True, slots=True)
class PersonKind(Kind):
    """People, at most ``most``, each by name and whatever of ``FACTS`` is told.

    A part is what one message told: ``told`` people and ``unread`` lines, or who is ``less``. Who
    is named again, not born in another year, is the same person.
    """

    name: ClassVar[str] = "people"
    collects: ClassVar[bool] = True
    free: ClassVar[bool] = True
    grows: ClassVar[bool] = True
    most: int = 60

    def read(self, text: str, asked: Asked) -> Readable:
        """Those whom the message names, or whom it takes out of the list."""
        if less := _LESS.fullmatch(fold(text[:_TOLD])):
            return Read({"less": less[1]})
        found = (
            None if text.rstrip().endswith("?") else persons(readable(text[:_TOLD]), asked.today)
        )
        if found is None:
            return Wrong("people")
        return Read({"told": list(found.people), "unread": list(found.unread)})

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """What was told, unless there is nobody to take out or no room for so many."""
        if "raw" in new:  # nobody could read it
            return Wrong("people")
        before, after = self.whole(parts), self.whole([*parts, new])
        if "less" in new and not 0 < len(after) < len(before):
            return Wrong("people_less")
        return Wrong("people_full", {"most": self.most}) if len(after) > self.most else new

    def taken(self, parts: Sequence[Any]) -> int:
        """How many people are in the list."""
        return len(self.whole(parts))

    def remark(self, parts: Sequence[Any]) -> Message | None:
        """Who was noted and how, to be looked at at once; or who was taken out."""
        people, last = self.whole(parts), parts[-1]
        if "less" in last:
            gone = next(each for each in self.whole(parts[:-1]) if each not in people)
            return Message("labour_list.gone", {"name": gone["name"], "count": len(people)})
        told = {place for each in last["told"] if (place := _place(people, each)) is not None}
        noted = [{"number": place + 1, **people[place]} for place in sorted(told)]
        lacking = any(fact not in each for each in noted for fact in FACTS)
        return Message(
            "labour_list.heard",
            {
                "people": Shown(self.name, noted),
                "count": len(people),
                "open": lacking or len(parts) == 1,
                "unread": last["unread"],
            },
        )

    def whole(self, parts: Sequence[Any]) -> Any:
        """The people in the order in which they were first named."""
        people: list[Person] = []
        for part in parts:
            if isinstance(part, list):  # what was given before
                people += part
            elif "less" in part:
                people = _without(people, part["less"])
            else:
                _add(people, part["told"])
        return people


def _add(people: list[Person], told: Iterable[Person]) -> None:
    for each in told:
        place = _place(people, each)
        if place is None:
            people.append(each)
        else:
            people[place] = people[place] | each | {"name": _marked(people[place], each)}


def _marked(before: Person, now: Person) -> str | int | bool:
    """The name as it is told now, unless the marks are left out this time."""
    return before["name"] if str(now["name"]).isascii() else now["name"]


def _place(people: Sequence[Person], told: Person) -> int | None:
    """Where the person stands in the list; a namesake born in another year is somebody else."""
    for place, each in enumerate(people):
        same = fold(str(each["name"])) == fold(str(told["name"]))
        if same and each.get("born", told.get("born")) == told.get("born", each.get("born")):
            return place
    return None


def _without(people: list[Person], which: str) -> list[Person]:
    """The list without the person of that number, or the last one of that name."""
    named = [place for place, each in enumerate(people, 1) if fold(str(each["name"])) == which]
    gone = int(which) if which.isdecimal() else (named or [0])[-1]
    return [each for place, each in enumerate(people, 1) if place != gone]
