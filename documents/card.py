"""Pictures for a phone: the score card of a product, and the cheapest path to its next star."""

from dataclasses import dataclass
from datetime import date

from documents import pictures
from documents.forms.written import written


@dataclass(frozen=True, slots=True)
class Bar:
    """The points of a part of the sheet, of those that it could bring."""

    code: str
    title: str
    points: int
    most: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """What stands between the product and its next star, the gravest first.

    Three lines are shown, and how many more there are; ``points`` are those still lacking.
    """

    star: int
    lines: tuple[str, ...]
    points: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, how many points more it brings, and when it would be done."""

    what: str
    points: int | None = None
    ready_on: date | None = None


@dataclass(frozen=True, slots=True)
class Path:
    """The steps to a star, the first first; five are shown, and how many more there are."""

    star: int
    steps: tuple[Step, ...]
    ready_on: date | None = None


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """How a product stands on a day; ``star`` is 0 while something stops it."""

    product: str
    set_number: int
    set_name: str
    star: int
    parts: tuple[Bar, ...]
    missing: int
    on: date
    blocked: Blocked | None = None
    path: Path | None = None

    @property
    def points(self) -> int:
        """The points in all."""
        return sum(part.points for part in self.parts)

    @property
    def most(self) -> int:
        """What could be had in all."""
        return sum(part.most for part in self.parts)


def card(scored: ScoreCard) -> bytes:
    """The score card as a PNG, with the path below it if one is given."""
    return _drawn("score", scored)


def plan(scored: ScoreCard) -> bytes:
    """The path alone as a PNG; ValueError if none is given."""
    if scored.path is None:
        raise ValueError("there is no path to draw")
    return _drawn("path", scored)


def _drawn(kind: str, scored: ScoreCard) -> bytes:
    return pictures.draw("card.typ", card={"kind": kind, **written(scored)})
