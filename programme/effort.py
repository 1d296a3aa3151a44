"""What it takes to bring a criterion to an option: toil, days of work and days of waiting."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from programme import checklist, ruleset
from programme.checklist import Line
from programme.dossier import Dossier
from programme.papers import State
from programme.ruleset import RuleSet
from programme.sheets import Criterion, Option

_OUT_OF_DATE = (State.EXPIRED, State.EXPIRES_BEFORE_COUNCIL)


@dataclass(frozen=True, slots=True)
class Step:
    """The toil and the days of one option more."""

    to: int
    effort: int
    days: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What reaching an option takes, and the papers that are still lacking for it."""

    effort: int
    days: int
    lacking: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Scale:
    steps: dict[str, tuple[Step, ...]]
    fixed: frozenset[str]
    otherwise: Step
    bring: Step
    renew_effort: int


def cost(dossier: Dossier, criterion: Criterion, option: Option) -> Cost | None:
    """What bringing the criterion to the option takes; None when nobody can.

    Work that is claimed is done: of it only the papers are lacking.
    """
    scale = _scale(dossier.rules)
    claim = dossier.claim(criterion)
    done = claim.points if claim else 0
    if option.points > done and criterion.topic in scale.fixed:
        return None
    work = tuple(_work(scale, criterion, dossier.variant, done, option.points))
    lacking = checklist.unproven(dossier, criterion, option)
    owed = checklist.unproven(dossier, criterion, claim) if claim else ()
    papers = [_paper(scale, line, line in owed or not work) for line in lacking]
    return Cost(
        sum(step.effort for step in (*work, *papers)),
        max((step.days for step in work), default=0)
        + max((step.days for step in papers), default=0),
        lacking,
    )


def _work(
    scale: _Scale, criterion: Criterion, variant: str | None, done: int, goal: int
) -> Iterator[Step]:
    for points in sorted({option.points for option in criterion.open_to(variant)}):
        if done < points <= goal:
            yield _step(scale, criterion.topic, points)


def _step(scale: _Scale, topic: str, points: int) -> Step:
    fitting = [step for step in scale.steps.get(topic, ()) if step.to <= points]
    return max(fitting, key=lambda step: step.to, default=scale.otherwise)


def _paper(scale: _Scale, line: Line, held: bool) -> Step:
    """A paper that is held has only to be brought, unless it is out of date."""
    if line.state in _OUT_OF_DATE:
        return Step(0, scale.renew_effort, line.wait_days)
    return scale.bring if held else Step(0, 0, line.wait_days)


@cache
def _scale(rules: RuleSet) -> _Scale:
    raw = ruleset.part("effort", rules)
    steps = {each["id"]: each.get("steps", ()) for each in raw["topics"]}
    return _Scale(
        {topic: tuple(Step(**step) for step in found) for topic, found in steps.items()},
        frozenset(each["id"] for each in raw["topics"] if each.get("fixed")),
        Step(0, **raw["default"]),
        Step(0, **raw["proof"]["bring"]),
        raw["proof"]["renew"]["effort"],
    )
