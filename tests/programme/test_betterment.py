"""The cheapest path is the one that trying everything finds, and walking it earns the star."""

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from math import prod
from pathlib import Path

import pytest
import yaml

from programme import betterment, checklist, papers, ruleset, scoring
from programme.betterment import Choice, NoPath
from programme.betterment import Path as WayUp
from programme.dossier import Dossier
from programme.papers import Days, Evidence
from programme.ruleset import RuleSet
from programme.sheets import Option, sheet

TODAY = date(2026, 11, 2)
DAYS = Days(TODAY, date(2026, 12, 10))
KINDS = ("cooperative", "team", "company", "household")
STATES_A_SET = int(os.environ.get("OCOP_TEST_STATES", "40"))  # 26 sets: 1,040 states
MOST_WAYS = 120


def few_open(folder: Path, number: int, chance: random.Random) -> RuleSet:
    """The rules with all criteria but a handful fixed, so that everything can be tried."""
    lines = list(sheet(ruleset.newest(), number).criteria)
    chance.shuffle(lines)
    opened: set[str] = set()
    ways = 1
    for line in lines:
        topics = [each for each in lines if each.topic == line.topic]
        more = ways
        for each in topics:
            more *= len(each.options) + 1
        if line.topic not in opened and more <= MOST_WAYS:
            opened.add(line.topic)
            ways = more
    fixed = [{"id": each, "fixed": True} for each in {line.topic for line in lines} - opened]
    folder.mkdir()
    told = yaml.safe_dump({"topics": fixed})
    (folder / "effort.yaml").write_text(told, encoding="utf-8")
    return ruleset.rule_set(ruleset.newest().name, folder)


def state(rules: RuleSet, number: int, chance: random.Random) -> Dossier:
    """Some claims, rather high ones, and some papers."""
    criteria = sheet(rules, number)
    variant = chance.choice(criteria.variants) if criteria.variants else None
    claims: dict[str, str | int] = {}
    for line in criteria.criteria:
        options = line.open_to(variant)
        if chance.random() < 0.9:
            claims[line.id] = chance.choice(options[-2:]).key
        elif chance.random() < 0.7:
            claims[line.id] = chance.choice(options).key
    known = list(papers.papers(rules))
    lost = chance.sample(known, chance.choice((0, 0, 1, 2)))
    held = [id_ for id_ in known if id_ not in lost]
    return Dossier(
        rules,
        number,
        DAYS,
        kind=chance.choice(KINDS),
        variant=variant,
        claims=claims,
        evidence=tuple(given(id_, chance) for id_ in held),
    )


def given(id_: str, chance: random.Random) -> Evidence:
    days = chance.choice((-5, 20)) if chance.random() < 0.03 else 400
    expires = TODAY + timedelta(days=days)
    return Evidence(id_, expires=expires, count=5)


def by_trying(dossier: Dossier, star: int, within: int | None) -> tuple[int, int, int] | None:
    """The least effort, changes and days over every combination of choices."""
    minimums = asked(dossier, star)
    upon = scoring.depends(dossier)
    standing = {
        first: betterment.held(dossier, dossier.sheet.criterion(first)) for first in upon.values()
    }
    goal = scoring.points_for(dossier.rules, star)
    options = [betterment.choices(dossier, line, within) for line in dossier.sheet.criteria]
    fixed = {each[0].criterion: each[0].points for each in options if len(each) == 1}
    prices = []
    for chosen in product(*(each for each in options if len(each) > 1)):
        points = {**fixed, **{choice.criterion: choice.points for choice in chosen}}
        moved = {choice.criterion for choice in chosen if choice.option}
        for follower, first in upon.items():
            if not points[first] and not (first not in moved and standing[first]):
                points[follower] = 0
        reached = sum(points.values()) >= goal
        if reached and all(points[id_] >= least for id_, least in minimums.items()):
            prices.append(price(chosen))
    return min(prices, default=None)


def asked(dossier: Dossier, star: int) -> dict[str, int]:
    minimums = dossier.sheet.minimums(star)
    for stop in checklist.stops(dossier):
        if stop.by == "zero":
            for id_ in checklist.of_group(dossier, stop.group):
                minimums[id_] = max(1, minimums.get(id_, 0))
    return minimums


def price(chosen: tuple[Choice, ...]) -> tuple[int, int, int]:
    changed = [choice for choice in chosen if choice.option]
    return (
        sum(choice.cost.effort for choice in changed),
        len(changed),
        max((choice.cost.days for choice in changed), default=0),
    )


def ways(dossier: Dossier) -> int:
    return prod(len(betterment.choices(dossier, line)) for line in dossier.sheet.criteria)


def walked(dossier: Dossier, path: WayUp) -> Dossier:
    """The dossier with the changes made and every paper that they and the stops ask for."""
    options: list[tuple[str, Option]] = [
        (each.criterion, each.option) for each in path.changes if each.option
    ]
    lines = [*path.papers, *(line for each in path.changes for line in each.cost.lacking)]
    brought = {paper.id for line in lines for paper in line.papers}
    kept = tuple(each for each in dossier.evidence if each.paper not in brought)
    fresh = tuple(Evidence(id_, issued=TODAY, count=5) for id_ in sorted(brought))
    claims = {**dossier.claims, **{id_: option.key for id_, option in options}}
    return replace(dossier, claims=claims, evidence=kept + fresh)


def random_states(number: int, folder: Path) -> Iterator[tuple[Dossier, int]]:
    chance = random.Random(number)
    for at in range(2):
        rules = few_open(folder / str(at), number, chance)
        for _ in range(STATES_A_SET // 2):
            dossier = state(rules, number, chance)
            while ways(dossier) > MOST_WAYS:
                dossier = state(rules, number, chance)
            yield dossier, chance.choice((3, 4, 4, 5, 5))


@pytest.mark.parametrize("number", range(1, 27))
def test_the_cheapest_path_is_what_trying_everything_finds(number: int, tmp_path: Path) -> None:
    reached = 0
    for dossier, star in random_states(number, tmp_path):
        path = betterment.cheapest(dossier, star)
        best = by_trying(dossier, star, None)
        if isinstance(path, NoPath):
            assert best is None
            continue
        assert best == (path.effort, len(path.changes), price(path.changes)[2])
        reached += 1
        after = scoring.score(walked(dossier, path))
        assert after.star >= star
        assert after.points >= path.points  # a paper brought for one may prove another
    assert reached > 0


@pytest.mark.parametrize("number", [6, 16])
def test_a_path_that_must_be_ready_by_a_day_is_the_cheapest_of_those(
    number: int, tmp_path: Path
) -> None:
    for dossier, star in random_states(number, tmp_path):
        path = betterment.cheapest(dossier, star, by=TODAY + timedelta(days=60))
        best = by_trying(dossier, star, 60)
        if isinstance(path, NoPath):
            assert best is None
        else:
            assert best == (path.effort, len(path.changes), price(path.changes)[2])


def seed(**more: object) -> Dossier:
    """Sticky rice of Bản Liền: three stars but for the trademark, which is applied for."""
    claims: dict[str, str | int] = {
        "1.1": 3,
        "1.3": 2,
        "1.4": 2,
        "1.5": 2,
        "1.6": 1,
        "1.7": 1,
        "2.1": 1,
        "2.2": 2,
        "2.3": 2,
        "2.4": 1,
        "3.1": 3,
        "3.2": 1,
        "3.3": 3,
        "3.4": 1,
        "4.1": 2,
        "4.2": 1,
        "4.3": 2,
        "5.1": 3,
        "5.2": 2,
        "5.3": 3,
        "6.1": 3,
        "6.2": 2,
        "6.3": 2,
        "6.4": 2,
        "7": 1,
        "8": 3,
        "9": 2,
        "10": 1,
        "11": 2,
    }
    rules = ruleset.newest()
    known = set(papers.papers(rules)) - {"trademark_application", "trademark_certificate"}
    whole = Dossier(
        rules,
        3,
        DAYS,
        claims=claims,
        evidence=tuple(Evidence(id_, count=5) for id_ in sorted(known)),
    )
    return replace(whole, **more)  # type: ignore[arg-type]


def test_a_paper_that_is_claimed_has_only_to_be_brought() -> None:
    dossier = seed(claims={**seed().claims, "3.5": 1})

    path = betterment.cheapest(dossier, 3)

    assert isinstance(path, WayUp)
    assert [each.criterion for each in path.changes] == ["3.5"]
    assert (path.effort, path.ready_on) == (1, TODAY + timedelta(days=1))


def test_a_paper_that_must_be_won_first_takes_its_waiting_time() -> None:
    path = betterment.cheapest(seed(), 3)

    assert isinstance(path, WayUp)
    assert [(each.criterion, each.points) for each in path.changes] == [("3.5", 1)]
    assert path.ready_on == TODAY + timedelta(days=14 + 60)


def test_what_cannot_be_ready_in_time_is_said_with_the_criterion_that_blocks() -> None:
    path = betterment.cheapest(seed(), 3, by=TODAY + timedelta(days=30))

    assert isinstance(path, NoPath)
    assert path.criteria == ("3.5",)


def test_a_stop_that_no_paper_undoes_leaves_no_path() -> None:
    path = betterment.cheapest(seed(declared=frozenset({"forged"})), 3)

    assert isinstance(path, NoPath)
    assert [stop.id for stop in path.stops] == ["forged"]


def test_a_star_that_is_reached_already_takes_nothing() -> None:
    dossier = seed(
        claims={**seed().claims, "3.5": 1},
        evidence=(*seed().evidence, Evidence("trademark_application")),
    )

    path = betterment.cheapest(dossier, 3)

    assert isinstance(path, WayUp)
    assert (path.changes, path.effort, path.ready_on) == ((), 0, TODAY)
