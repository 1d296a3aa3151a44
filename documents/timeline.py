"""A producer's dated plan: what to begin when, so that the file reaches the commune in time."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from documents import pictures
from documents.forms.written import written

_SHOWN = 8

State = Literal["todo", "now", "late", "done"]
Pace = Literal["calm", "tight", "late"]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do, the day on which to begin it, and when it would be ready."""

    what: str
    begin: date
    ready: date | None = None
    state: State = "todo"


@dataclass(frozen=True, slots=True)
class Timeline:
    """How a product goes through a round, as seen on a day; ``number`` is its dossier's.

    The commune has the dossier from ``file_by`` to ``propose_by``. ``council`` is None while
    nobody has set it, and ``next`` the round to aim at when this one cannot be reached.
    """

    product: str
    round: str
    on: date
    items: tuple[Item, ...]
    file_by: date
    propose_by: date
    council: date | None
    decide_by: date
    pace: Pace
    next: str | None = None
    number: str = ""

    @property
    def shown(self) -> tuple[Item, ...]:
        """The first eight by the day on which to begin; where they are more, what is done last."""
        by_day = sorted(self.items, key=lambda item: item.begin)
        first = sorted(by_day, key=lambda item: item.state == "done")[:_SHOWN]
        return tuple(sorted(first, key=lambda item: item.begin))

    @property
    def more(self) -> int:
        """How many of those still to be done are not shown."""
        return _open(self.items) - _open(self.shown)

    @property
    def done_before(self) -> int:
        """How many of those that are done are not shown."""
        return len(self.items) - len(self.shown) - self.more


def timeline(planned: Timeline) -> bytes:
    """The plan as a PNG: eight things to do, how many more there are, and the days of the round."""
    return pictures.draw("timeline.typ", plan=written(planned))


def _open(items: tuple[Item, ...]) -> int:
    return sum(item.state != "done" for item in items)
