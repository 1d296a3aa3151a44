"""The evaluation rounds of a year, by the dates that the decision fixes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from programme import ruleset
from programme.ruleset import RuleSet

_SATURDAY = 5
_WORTH_A_MONTH = 7  # days; the 30th of April alone is no month to bring samples in


@dataclass(frozen=True, slots=True)
class Round:
    """One round: the proposals are in before the first date, the results out before the second.

    "Before" is meant as the decision means it: on ``intake_before`` itself it is too late.
    """

    key: str
    level: str
    number: int
    year: int
    intake_before: date
    finish_before: date


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether a product is in season when the council of a round may ask for samples."""

    answer: Literal["yes", "no"]
    council_months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a re-evaluation is to be filed: from the first to the second."""

    opens: date
    closes: date


def window(expires: date, rules: RuleSet | None = None) -> Window:
    """The days for filing the re-evaluation of a certificate that ends that day."""
    raw = ruleset.part("deadlines", rules)["certificate"]
    return Window(
        expires - timedelta(days=raw["reassessment_opens_days_before_expiry"]),
        expires - timedelta(days=raw["reassessment_closes_days_before_expiry"]),
    )


def rounds(year: int, rules: RuleSet | None = None) -> tuple[Round, ...]:
    """The rounds of province and ministry whose proposals fall due in that year, by date."""
    found = (_round(raw, year) for raw in ruleset.part("deadlines", rules)["rounds"])
    return tuple(sorted(found, key=lambda each: each.intake_before))


def upcoming(
    today: date, level: str = "tinh", most: int = 3, rules: RuleSet | None = None
) -> tuple[Round, ...]:
    """The next rounds of a level that a proposal can still reach, the nearest first."""
    years = range(today.year, today.year + most + 1)
    ahead = (each for year in years for each in rounds(year, rules) if each.level == level)
    return tuple(each for each in ahead if today < each.intake_before)[:most]


def named(key: str, rules: RuleSet | None = None) -> Round | None:
    """The round of that key, such as ``tinh-1-2027``; None when it names none."""
    level, _, rest = key.partition("-")
    number, _, year = rest.partition("-")
    if not (number.isdecimal() and year.isdecimal()):
        return None
    found = (each for each in rounds(int(year), rules) if each.level == level)
    return next((each for each in found if each.number == int(number)), None)


def file_by(round_: Round, rules: RuleSet | None = None) -> date:
    """The last day on which the commune still has its working days before the round closes.

    Điều 5: fifteen, counted without Saturdays and Sundays; holidays are not known here.
    """
    left = ruleset.part("deadlines", rules)["durations"]["commune_review"]["working_days"]
    day = round_.intake_before - timedelta(days=1)
    while left:
        day -= timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day


def season_fits(months: Collection[int], round_: Round) -> Fit:
    """Whether any month of the season is one in which the council of the round meets."""
    meets = _council_months(round_)
    return Fit("no" if set(meets).isdisjoint(months) else "yes", meets)


def _council_months(round_: Round) -> tuple[int, ...]:
    days = (round_.finish_before - round_.intake_before).days
    window = [round_.intake_before + timedelta(days=day) for day in range(days)]
    months = dict.fromkeys(day.month for day in window)
    return tuple(
        month for month in months if sum(day.month == month for day in window) >= _WORTH_A_MONTH
    )


def _round(raw: dict[str, Any], year: int) -> Round:
    return Round(
        f"{raw['level']}-{raw['number']}-{year}",
        raw["level"],
        raw["number"],
        year,
        date.fromisoformat(f"{year}-{raw['intake_before']}"),
        date.fromisoformat(f"{year}-{raw['finish_before']}"),
    )
