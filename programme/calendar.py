"""The rounds as they really are: what the rule set says, and what officers set over it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property, lru_cache
from typing import Literal, NamedTuple

from programme import rounds, workdays
from programme.rounds import Round
from programme.ruleset import RuleSet
from programme.workdays import Changed

STEPS = ("ideas", "plans", "training", "file", "propose", "council", "decide")
Step = Literal["ideas", "plans", "training", "file", "propose", "council", "decide"]

_ONE = timedelta(days=1)
_OF_PRODUCERS = "tinh"  # the level to whose rounds producers hand in what they made
_A_YEAR = 12
_FRESH = frozenset({1, 2, 23})  # vegetables and fruit; meat, fish, eggs and milk; flowers
_WORTH_A_MONTH = 7  # days; the 30th of April alone is no month to bring samples in
_BEST_FIRST = ("yes", "store", "no")


class NoRound(LookupError):
    """No round of that key, neither of the law nor of an office."""


class Home(NamedTuple):
    """Where one lives, by the codes of commune and province; either may be empty."""

    commune: str
    province: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """One step of a round, and where it holds: in a province, a commune or, without area, anywhere.

    The day is the last good one of ``ideas``, ``plans``, ``file``, ``propose`` and ``decide``, and
    the day itself of ``training`` and ``council``.
    """

    round: str
    step: Step
    area: str
    day: date
    reason: str = ""
    basis: Literal["law", "derived", "office"] = "office"
    id: int | None = None


@dataclass(frozen=True)
class Calendar:
    """The rounds of a rule set with the rows of the offices; of two rows for one, the later."""

    rules: RuleSet
    rows: tuple[Milestone, ...] = ()
    changed: Changed = field(default_factory=dict, hash=False)

    def of(self, key: str, home: Home | None = None) -> Mapping[Step, Milestone]:
        """Each step of a round as it holds there, in order; a step that nobody set is absent.

        The commune's word goes before the province's, that before all offices', that before law.
        """
        found = self._set(key, home)
        if "file" not in found and key.startswith(f"{_OF_PRODUCERS}-") and "propose" in found:
            day = self._derived(found["propose"].day)
            found["file"] = Milestone(key, "file", "", day, basis="derived")
        return dict(sorted(found.items(), key=lambda each: STEPS.index(each[0])))

    def round(self, key: str, home: Home | None = None) -> Round | None:
        """The round of that key; None for one that is neither of the law nor whole in the rows."""
        read, found = rounds.parts(key), self._set(key, home)
        if read is None or not {"propose", "decide"} <= found.keys():
            return None
        return Round(key, *read, found["propose"].day + _ONE, found["decide"].day + _ONE)

    def rounds(self, year: int, level: str = "tinh", home: Home | None = None) -> tuple[Round, ...]:
        """The rounds of a level and year, by date, extra ones that hold there among them."""
        law = (each.key for each in rounds.rounds(year, self.rules) if each.level == level)
        keys = dict.fromkeys((*law, *self._keys.get((level, year), ())))
        found = (self.round(key, home) for key in keys)
        return tuple(sorted(filter(None, found), key=lambda each: each.intake_before))

    def upcoming(
        self, today: date, home: Home | None = None, level: str = "tinh", most: int = 3
    ) -> tuple[Round, ...]:
        """The next rounds that a proposal can still reach, the nearest first."""
        # A round of last year may have been moved into this one.
        years = range(today.year - 1, today.year + most + 1)
        found = (each for year in years for each in self.rounds(year, level, home))
        ahead = (each for each in found if today < each.intake_before)
        return tuple(sorted(ahead, key=lambda each: each.intake_before)[:most])

    def file_by(self, round_: Round | str, home: Home | None = None) -> date:
        """The last day to hand a dossier to the commune: the day it set, or a derived one.

        Derived is the last working day that leaves the commune its working days (Điều 5) up to
        the last day of proposals. Raises NoRound.
        """
        key = round_ if isinstance(round_, str) else round_.key
        found = self._set(key, home)
        if "file" in found:
            return found["file"].day
        known = self.round(key, home) or round_
        if isinstance(known, str):
            raise NoRound(known)
        return self._derived(known.intake_before - _ONE)

    def council(self, key: str, home: Home | None = None) -> date:
        """The day on which the council meets, or else by which all is over. Raises NoRound."""
        found = self._set(key, home).get("council")
        if found:
            return found.day
        known = self.round(key, home)
        if known is None:
            raise NoRound(key)
        return known.finish_before

    def _derived(self, propose: date) -> date:
        return workdays.before(propose, rounds.review_days(self.rules), self.changed)

    def _set(self, key: str, home: Home | None) -> dict[Step, Milestone]:
        """What is set of a round, without what follows from it."""
        found = dict(_of_law(key, self.rules))
        for area in ("", *(area for area in reversed(home or ()) if area)):
            found.update({row.step: row for row in self._by_place.get((key, area), ())})
        return found

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], list[Milestone]]:
        found: dict[tuple[str, str], list[Milestone]] = {}
        for row in self.rows:
            if row.basis == "office":  # the others follow from the rules, and from what offices set
                found.setdefault((row.round, row.area), []).append(row)
        return found

    @cached_property
    def _keys(self) -> dict[tuple[str, int], dict[str, None]]:
        found: dict[tuple[str, int], dict[str, None]] = {}
        for row in self.rows:
            if read := rounds.parts(row.round):
                found.setdefault((read.level, read.year), {})[row.round] = None
        return found


@cache
def base(year: int, rules: RuleSet) -> tuple[Milestone, ...]:
    """What a rule set makes of a year: when to propose and decide, and when to hand in for that."""
    found: list[Milestone] = []
    for each in rounds.rounds(year, rules):
        if each.level == _OF_PRODUCERS:
            day = rounds.file_by(each, rules)
            found.append(Milestone(each.key, "file", "", day, basis="derived"))
        found.append(Milestone(each.key, "propose", "", each.intake_before - _ONE, basis="law"))
        found.append(Milestone(each.key, "decide", "", each.finish_before - _ONE, basis="law"))
    return tuple(found)


@lru_cache(maxsize=1024)
def _of_law(key: str, rules: RuleSet) -> Mapping[Step, Milestone]:
    read = rounds.parts(key)
    rows = base(read.year, rules) if read else ()
    return {row.step: row for row in rows if row.round == key and row.basis == "law"}


# -- which round for which harvest -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether there are samples when the council may ask for them: yes, from the store, or no."""

    answer: Literal["yes", "store", "no"]
    council_months: tuple[int, ...]


def fresh(product_set: int) -> bool:
    """Whether samples of the set cannot be kept: fresh food, and flowers."""
    return product_set in _FRESH


def season(
    months: Collection[int], round_: Round, *, fresh: bool, council: date | None = None
) -> Fit:
    """How a season of those months suits a round: five samples go to the council (Điều 6).

    What is not fresh can be shown out of season, from the last harvest. All year, or a season that
    is not known, suits every round. The day of the council narrows its months down to one.
    """
    meets = (council.month,) if council else _council_months(round_)
    if not months or len(set(months)) == _A_YEAR or not set(meets).isdisjoint(months):
        return Fit("yes", meets)
    return Fit("no" if fresh else "store", meets)


def propose(
    months: Collection[int],
    among: Iterable[Round],
    *,
    fresh: bool,
    councils: Mapping[str, date] | None = None,
) -> tuple[tuple[Round, Fit], ...]:
    """The rounds by how well the season suits them, and among equals as they came.

    ``councils`` has the days on which councils meet, as far as they are set, by key of the round.
    """
    days = councils or {}
    found = (
        (each, season(months, each, fresh=fresh, council=days.get(each.key))) for each in among
    )
    return tuple(sorted(found, key=lambda each: _BEST_FIRST.index(each[1].answer)))


def _council_months(round_: Round) -> tuple[int, ...]:
    days = (round_.finish_before - round_.intake_before).days
    window = [round_.intake_before + timedelta(days=day) for day in range(days)]
    months = dict.fromkeys(day.month for day in window)
    return tuple(
        month for month in months if sum(day.month == month for day in window) >= _WORTH_A_MONTH
    )
