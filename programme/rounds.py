"""The evaluation rounds of a year, by the dates that the decision fixes."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from programme import ruleset, workdays
from programme.ruleset import RuleSet
from programme.workdays import Changed

Term = Literal["commune_review", "reassessment", "revocation"]

_DIGITS = 4  # of a year


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


class Parts(NamedTuple):
    """What the key of a round says."""

    level: str
    number: int
    year: int


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a re-evaluation is to be filed: from the first to the second.

    One that came later keeps the old certificate alive until ``holds_until`` at most (Điều 12).
    """

    opens: date
    closes: date
    holds_until: date


def window(expires: date, rules: RuleSet | None = None) -> Window:
    """The days for filing the re-evaluation of a certificate that ends that day."""
    raw = ruleset.part("deadlines", rules)["certificate"]
    return Window(
        expires - timedelta(days=raw["reassessment_opens_days_before_expiry"]),
        expires - timedelta(days=raw["reassessment_closes_days_before_expiry"]),
        expires + timedelta(days=raw["late_grace_days_after_expiry"]),
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
    read = parts(key)
    if read is None:
        return None
    found = (each for each in rounds(read.year, rules) if each.level == read.level)
    return next((each for each in found if each.number == read.number), None)


def parts(key: str) -> Parts | None:
    """What a key such as ``tinh-1-2027`` says; None for what is no key."""
    level, _, rest = key.partition("-")
    number, _, year = rest.partition("-")
    if not (level and number.isdecimal() and year.isdecimal() and len(year) == _DIGITS):
        return None
    return Parts(level, int(number), int(year)) if int(year) else None


def file_by(round_: Round, rules: RuleSet | None = None) -> date:
    """The last day on which the commune still has its working days before the round closes.

    Điều 5: fifteen, without weekends and holidays; a working day itself.
    """
    return workdays.before(round_.intake_before - timedelta(days=1), review_days(rules))


def review_days(rules: RuleSet | None = None) -> int:
    """The working days that the commune has for a dossier; none where the rules say nothing."""
    return int(_term("commune_review", rules).get("working_days", 0))


def due(
    term: Term, since: date, rules: RuleSet | None = None, changed: Changed | None = None
) -> date | None:
    """The last day of what an office must do, counted from the day after ``since``.

    That is the day on which the dossier came in whole, or the violation was found. None where the
    rules set no term.
    """
    raw = _term(term, rules)
    if "working_days" in raw:
        return workdays.after(since, raw["working_days"], changed)
    return since + timedelta(days=raw["days"]) if raw else None


def _term(name: Term, rules: RuleSet | None) -> dict[str, Any]:
    found: dict[str, Any] = ruleset.part("deadlines", rules)["durations"].get(name, {})
    return found


def _round(raw: dict[str, Any], year: int) -> Round:
    return Round(
        f"{raw['level']}-{raw['number']}-{year}",
        raw["level"],
        raw["number"],
        year,
        date.fromisoformat(f"{year:04d}-{raw['intake_before']}"),
        date.fromisoformat(f"{year:04d}-{raw['finish_before']}"),
    )
