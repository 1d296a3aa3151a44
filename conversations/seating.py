"""The kinds of answers of a council: who sits in it, and a member's mark."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Readable, readable
from conversations.messages import Message, Shown
from conversations.reading import Read, Unclear, Wrong
from conversations.readings.choices import Option as Spoken
from conversations.readings.seats import Seat, seats
from programme import sheets
from programme.folding import fold

_LESS = re.compile(r"(?:bot|bo|xoa|remove)(?: (?:nguoi|so|thu|person))* (\d{1,2})")
_POINTS = re.compile(r"(\d{1,2})(?: ?(?:d|diem|points?))?")
_REMARKED = re.compile(r"\s*(\d{1,2}\s*[^\W\d]*)\s*[,:;.–-]\s*(\D.*)")
_REMARK = 300  # signs of what a member says of a criterion
_TOLD = 6_000  # signs of a message that is looked at


@dataclass(frozen=True, slots=True)
class SeatsKind(Kind):
    """The seats of a council, at most ``most``; a part is what one message told, or takes away.

    Who is named again is the same person, told anew.
    """

    name: ClassVar[str] = "seats"
    collects: ClassVar[bool] = True
    free: ClassVar[bool] = True
    grows: ClassVar[bool] = True
    most: int = 25

    def read(self, text: str, asked: Asked) -> Readable:
        """Those whom the lines name, or the number of whom they take away."""
        del asked
        if less := _LESS.fullmatch(fold(text[:100])):
            return Read({"less": int(less[1])})
        found = seats(readable(text[:_TOLD]))
        if not found.named:
            return Wrong("seats")
        return Read({"told": list(found.named), "unread": list(found.unread)})

    def part(self, parts: Sequence[Any], new: Any) -> Any | Wrong | None:
        """What was told, unless there is nobody to take away or no room for so many."""
        if "raw" in new:
            return Wrong("seats")
        before, after = self.whole(parts), self.whole([*parts, new])
        if "less" in new and len(after) == len(before):
            return Wrong("seats_less")
        return Wrong("people_full", {"most": self.most}) if len(after) > self.most else new

    def taken(self, parts: Sequence[Any]) -> int:
        """How many sit there."""
        return len(self.whole(parts))

    def remark(self, parts: Sequence[Any]) -> Message | None:
        """How all of it is understood, to be looked at at once."""
        seated, last = self.whole(parts), parts[-1]
        return Message(
            "council.heard",
            {"seats": Shown(self.name, seated), "unread": tuple(last.get("unread", ()))},
        )

    def whole(self, parts: Sequence[Any]) -> Any:
        """The seats in the order in which they were first named."""
        seated: dict[str, Seat] = {}
        for part in parts:
            if isinstance(part, list):  # what was given before
                seated |= {fold(each["name"]): each for each in part}
            elif "less" in part:
                rest = list(seated.items())
                seated = dict([*rest[: part["less"] - 1], *rest[part["less"] :]])
            else:
                seated |= {fold(each["name"]): each for each in part["told"]}
        return list(seated.values())


@dataclass(frozen=True, slots=True)
class MarkKind(Kind):
    """The points that a member gives at a criterion: one of its options, as ``{key, points}``.

    What is written behind the points is kept as the member's ``remark``: "2: no date on the label".
    """

    name: ClassVar[str] = "mark"
    numeric: ClassVar[bool] = True
    options_of: tuple[sheets.Option, ...]

    def read(self, text: str, asked: Asked) -> Readable:
        """By its points, else by words of the law's label, as a guess."""
        del asked
        remarked = _REMARKED.fullmatch(readable(text[: _REMARK + 20]))
        said = {"remark": remarked[2].strip()[:_REMARK]} if remarked else {}
        if found := _POINTS.fullmatch(fold(remarked[1] if remarked else text[:40]).strip()):
            every = marks(self.options_of)
            same = tuple(each | said for each in every if each["points"] == int(found[1]))
            return Unclear(same) if len(same) > 1 else Read(same[0]) if same else self._no()
        spoken = tuple(Spoken(each.key, (each.label,)) for each in self.options_of)
        match readings.choice(text, spoken):
            case Read(key):
                (mark,) = (each for each in marks(self.options_of) if each["key"] == key)
                return Read(mark, sure=False)
            case _:
                return self._no()

    def _no(self) -> Wrong:
        points = sorted({each["points"] for each in marks(self.options_of)})
        return Wrong("mark", {"levels": tuple(points)})


def marks(options: Sequence[sheets.Option]) -> tuple[dict[str, Any], ...]:
    """All that can be given: each option, and nothing where none of them is worth nothing."""
    given = [{"key": each.key, "points": each.points, "label": each.label} for each in options]
    nothing = {"key": "", "points": 0, "label": ""}
    return tuple(given if any(not each.points for each in options) else [nothing, *given])
