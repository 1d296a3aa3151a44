"""The rows of an office's file: who makes what, what came of it, what is planned and paid."""

from dataclasses import dataclass, field
from typing import Literal

Confidence = Literal["high", "medium", "low"]
Level = Literal["xa", "huyen", "tinh", "bo"]
ProducerKind = Literal["cooperative", "group", "company", "household"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What any row may say of itself: where it is from and how far it was corrected."""

    line: int = field(compare=False)
    source: str | None = None
    as_written: str | None = None
    confidence: Confidence | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Row):
    """A document that rows are taken from."""

    id: str
    title: str
    about: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Row):
    """A province, a district of old or a commune; names as they were when the row was written."""

    id: str
    province: str
    district: str | None = None
    commune: str | None = None
    old_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Producer(Row):
    """A chủ thể; ``place`` is the id of a place."""

    id: str
    name: str
    kind: ProducerKind
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Row):
    """What a council found; ``when`` is 2021, 2021-05 or 2021-05-09, as exact as is known."""

    level: Level
    when: str
    star: int | None = None
    passed: bool = True
    round: int | None = None
    decision: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Row):
    """A product of one of the sets 1–26, with everything that councils found of it."""

    id: str
    name: str
    set: int
    set_confidence: Confidence | None = None
    producer: str | None = None
    places: tuple[str, ...] = ()
    seasonal: bool = False
    months: tuple[int, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair(Row):
    """A fair the office sends producers to."""

    id: str
    name: str
    year: int | None = None
    starts: str | None = None
    ends: str | None = None
    venue: str | None = None
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRound(Row):
    """A step of the office's own calendar; on ``intake_before`` itself it is too late."""

    id: str
    what: str
    level: Level
    year: int
    number: int | None = None
    place: str | None = None
    starts: str | None = None
    intake_before: str | None = None
    finish_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Row):
    """What the office means to reach in a year, in its own words."""

    id: str
    year: int
    text: str
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part(Row):
    """The share of one fund in an amount, in đồng."""

    fund: str
    dong: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRow(Row):
    """One line of a budget table; a line that others stand ``under`` is their printed sum."""

    dong: int
    unit: str | None = None
    producer: str | None = None
    under: str | None = None
    spent_dong: int | None = None
    parts: tuple[Part, ...] = ()
    use: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget(Row):
    """An amount with its funds and its table; sums stay as printed, even when they are wrong."""

    id: str
    what: str
    dong: int
    year: int | None = None
    place: str | None = None
    spent_dong: int | None = None
    decision: str | None = None
    parts: tuple[Part, ...] = ()
    rows: tuple[BudgetRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpUnit(Row):
    """An office and what it helps producers with."""

    id: str
    unit: str
    duties: tuple[str, ...]
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextError(Row):
    """A known error in a source: what it says and, when it is known, what is right."""

    id: str
    as_written: str
    correct: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """All that one file tells."""

    sources: tuple[Source, ...] = ()
    places: tuple[Place, ...] = ()
    producers: tuple[Producer, ...] = ()
    products: tuple[Product, ...] = ()
    fairs: tuple[Fair, ...] = ()
    rounds: tuple[PlannedRound, ...] = ()
    targets: tuple[Target, ...] = ()
    budgets: tuple[Budget, ...] = ()
    help_units: tuple[HelpUnit, ...] = ()
    text_errors: tuple[TextError, ...] = ()
