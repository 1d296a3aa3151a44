"""Papers: what each kind is, and what the dates and the marks on a given one make of it."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Literal

from programme import ruleset
from programme.ruleset import RuleSet

Copy = Literal["original", "certified", "plain"]
Verdict = Literal["accepted", "blurred", "wrong", "returned"]

_COPIES: tuple[Copy, ...] = ("plain", "certified", "original")
_MONTHS_A_YEAR = 12


class State(StrEnum):
    """How a paper stands, the worst first."""

    MISSING = "missing"
    FROM_LAST_TIME = "from_last_time"
    RETURNED = "returned"
    WRONG = "wrong"
    BLURRED = "blurred"
    TOO_FEW = "too_few"
    EXPIRED = "expired"
    EXPIRES_BEFORE_COUNCIL = "expires_before_council"
    NEEDS_CERTIFIED_COPY = "needs_certified_copy"
    UNDATED = "undated"
    GIVEN = "given"
    ACCEPTED = "accepted"

    @property
    def counts(self) -> bool:
        """Whether a paper in this state proves anything."""
        return self in (State.UNDATED, State.GIVEN, State.ACCEPTED)

    @property
    def rank(self) -> int:
        """How good it is, compared with other states."""
        return _RANKS[self]


_RANKS = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one pays for a paper, in đồng from low to high, and on whose word."""

    low: int
    high: int
    confidence: str
    source: str
    note: str | None = None

    @property
    def uncertain(self) -> bool:
        """Whether it rests on no good source."""
        return self.confidence == "low"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: whose it is, how long it takes and how long it lasts."""

    id: str
    row: int
    name: str
    copy: Copy
    months: int | None
    lead_days: int
    issuer: str
    confidence: str
    source: str
    count: int = 1
    doubt: str | None = None
    cost: Cost | None = None

    @property
    def uncertain(self) -> bool:
        """Whether its term and waiting time rest on no good source."""
        return self.confidence == "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One paper that was given, as far as it has been read."""

    paper: str
    issued: date | None = None
    expires: date | None = None
    copy: Copy = "original"
    verdict: Verdict | None = None
    reason: str | None = None
    count: int = 1
    pages: int | None = None
    holder: str | None = None
    address: str | None = None
    digest: str | None = None
    given_on: date | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """The days that papers are held against: today, and when the council sits."""

    today: date
    council: date


@cache
def papers(rules: RuleSet) -> Mapping[str, Paper]:
    """Every kind of paper of the rule set, by its name in the data."""
    return {raw["id"]: _paper(raw) for raw in ruleset.part("evidence", rules)["papers"]}


def ends(paper: Paper, given: Evidence) -> date | None:
    """The last day on which the paper is good, if it has one and it can be known."""
    if given.expires or not (paper.months and given.issued):
        return given.expires
    return later(given.issued, paper.months)


def later(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def state(paper: Paper, given: Iterable[Evidence], days: Days) -> State:
    """How the paper stands; of several copies the best one speaks."""
    states = (_one(paper, each, days) for each in given if each.paper == paper.id)
    return max(states, key=lambda each: each.rank, default=State.MISSING)


def _one(paper: Paper, given: Evidence, days: Days) -> State:
    return _by_verdict(given) or _by_dates(paper, given, days) or _by_form(paper, given)


def _by_verdict(given: Evidence) -> State | None:
    marks = {"returned": State.RETURNED, "wrong": State.WRONG, "blurred": State.BLURRED}
    return marks.get(given.verdict or "")


def _by_dates(paper: Paper, given: Evidence, days: Days) -> State | None:
    if given.issued and given.issued > days.today:
        return State.WRONG
    end = ends(paper, given)
    if end and end < days.today:
        return State.EXPIRED
    return State.EXPIRES_BEFORE_COUNCIL if end and end < days.council else None


def _by_form(paper: Paper, given: Evidence) -> State:
    if given.count < paper.count:
        return State.TOO_FEW
    if _COPIES.index(given.copy) < _COPIES.index(paper.copy):
        return State.NEEDS_CERTIFIED_COPY
    if given.verdict == "accepted":
        return State.ACCEPTED
    undated = paper.months is not None and ends(paper, given) is None
    return State.UNDATED if undated else State.GIVEN


def cost_of(raw: dict[str, Any]) -> Cost | None:
    """What the data say that a paper costs: one amount, or from one to another."""
    told = raw.get("cost")
    if not told:
        return None
    low, high = told["vnd"] if isinstance(told["vnd"], list) else (told["vnd"], told["vnd"])
    return Cost(low, high, told["confidence"], told.get("source", ""), told.get("note_id"))


def _paper(raw: dict[str, Any]) -> Paper:
    return Paper(
        raw["id"],
        raw["row"],
        raw["name"],
        raw["copy"],
        raw["months"],
        raw["lead_days"],
        raw["issuer"],
        raw["confidence"],
        raw["source"],
        raw.get("count", 1),
        raw.get("doubt"),
        cost_of(raw),
    )
