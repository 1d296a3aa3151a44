"""What reports are made of, read by whoever knows where it is kept; amounts are in đồng.

``source`` is the key of the document that a row was taken from, empty for our own rows.
"""

from dataclasses import dataclass, field

from msgspec import Struct

from programme.reports import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a council of a level found of a product; ``on`` is 2021, 2021-05 or 2021-05-09."""

    product: str  # the same for all results of one product
    name: str
    product_set: int
    producer: str = ""
    places: tuple[str, ...] = ()  # districts where there were any, else communes
    level: str
    on: str
    star: int | None = None
    passed: bool = True
    decision: str = ""
    reason: str = ""
    source: str = ""
    year: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "year", int(self.on[:4]))  # asked for so often, read but once


class Planned(Struct, frozen=True, kw_only=True, gc=False):  # there may be 50,000 of them
    """A product that is on its way to a council, or meant to be; known as in its results."""

    product: str
    name: str
    product_set: int
    producer: str = ""
    communes: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """A fair; ``joined`` is how many producers said that they come, where they were asked."""

    name: str
    year: int | None = None
    starts: str = ""
    venue: str = ""
    cancelled: bool = False
    joined: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fund:
    """The share of one fund in an amount; ``said`` is how the document has it, where otherwise."""

    fund: str
    dong: int
    spent: int | None = None
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a budget's table; one that others stand ``under`` is their printed sum."""

    unit: str
    dong: int
    under: str = ""
    spent: int | None = None
    use: str = ""
    funds: tuple[Fund, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """An amount of an office, with its funds and its table; sums are as they were printed."""

    key: str
    what: str
    dong: int
    year: int | None = None
    spent: int | None = None
    decision: str = ""
    source: str = ""
    funds: tuple[Fund, ...] = ()
    lines: tuple[Line, ...] = ()

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and last year that it is of, by itself or by its name."""
        return (self.year, self.year) if self.year else reading.years(self.what)


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What an officer wrote down that somebody is given, and what of it is paid till now."""

    number: int
    unit: str
    fund: str
    year: int
    dong: int
    spent: int
    decision: str = ""
    use: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached in a year, in the office's own words, clause by clause (``;``)."""

    key: str
    year: int
    text: str
    place: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What an officer set for a place in numbers, and what is reached of it; star 0 is of none."""

    year: int
    place: str
    kind: str
    star: int
    wanted: int
    reached: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An office that helps, and with what."""

    name: str
    duties: tuple[str, ...]
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A step of the office's own calendar, its days as exact as they are known."""

    what: str
    level: str
    year: int
    number: int | None = None
    starts: str = ""
    intake_before: str = ""
    finish_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a meeting gave somebody to do, and by when; ``late`` too when it was done after that."""

    unit: str
    deed: str
    due: str = ""
    done: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document; ``note`` is what it states besides, clause by clause (``;``)."""

    key: str
    title: str
    about: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A known error of a document; ``correct`` is what is right, where it is known."""

    said: str
    correct: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How often something was met: a step of dossiers, a reason, a paper that lacks."""

    what: str
    count: int
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revoked:
    """A certificate that was revoked, for which cause of the law."""

    name: str
    producer: str
    star: int
    cause: str
    on: str
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A visit after certification; ``failed`` of its samples, as far as is known."""

    number: int
    producer: str
    on: str
    products: int
    samples: int
    failed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Yearly:
    """What certified producers told of a year: of so many ``asked``, the sums of those who did."""

    year: int
    asked: int
    answered: int
    sales: int
    workers: int
    local_workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What was made in a year of one unit, in whole ones, by so many producers."""

    year: int
    unit: str
    made: int
    producers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All rows of an area; of dossiers there are only counts, as they may be very many."""

    results: tuple[Result, ...] = ()
    planned: tuple[Planned, ...] = ()
    fairs: tuple[Fair, ...] = ()
    budgets: tuple[Budget, ...] = ()
    supports: tuple[Support, ...] = ()
    targets: tuple[Target, ...] = ()
    goals: tuple[Goal, ...] = ()
    units: tuple[Unit, ...] = ()
    stages: tuple[Stage, ...] = ()
    tasks: tuple[Task, ...] = ()
    revoked: tuple[Revoked, ...] = ()
    inspected: tuple[Inspected, ...] = ()
    yearly: tuple[Yearly, ...] = ()
    made: tuple[Made, ...] = ()
    sources: tuple[Source, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    steps: tuple[Counted, ...] = ()  # dossiers by how far they are
    passed_over: tuple[Counted, ...] = ()  # steps of the cycle, ``about`` is why
    lacking: tuple[Counted, ...] = ()  # papers that dossiers wait for
    returned: tuple[Counted, ...] = ()  # papers that were given back, ``about`` is why
