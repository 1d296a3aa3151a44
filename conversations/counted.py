"""Kinds of answers that are figures: how many of something, how much money."""

from dataclasses import dataclass
from typing import ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Readable
from conversations.reading import Read, Unclear, Wrong

_LEAST = 1000  # đồng: what is sold comes to more


@dataclass(frozen=True, slots=True)
class Count(Kind):
    """How many, from none to ``most``; ``units`` are the folded names of what is counted."""

    name: ClassVar[str] = "count"
    numeric: ClassVar[bool] = True
    units: tuple[str, ...] = ()
    most: int = 1000

    def read(self, text: str, asked: Asked) -> Readable:
        """The number."""
        del asked
        match readings.count(text, self.units):
            case Read(value) if value > self.most:
                return Wrong("count_over", {"most": self.most})
            case other:
                return other


@dataclass(frozen=True, slots=True)
class Money(Kind):
    """A sum in đồng; a bare figure that must be thousands or millions is asked back."""

    name: ClassVar[str] = "money"
    numeric: ClassVar[bool] = True

    def read(self, text: str, asked: Asked) -> Readable:
        """The sum."""
        del asked
        match readings.money(text):
            case Unclear(values):
                likely = tuple(value for value in values if value >= _LEAST)
                return Unclear(likely) if len(likely) > 1 else Read(max(values), sure=False)
            case other:
                return other
