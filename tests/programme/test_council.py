"""A council's count: who may decide, what is counted, and that no rounding lifts a product."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import council, ruleset
from programme.council import Ballot
from programme.ruleset import RuleSet
from programme.sheets import Sheet, WrongClaim, sheet

RULES = ruleset.rule_set("26-2026")
RICE = sheet(RULES, 3)


def best(of: Sheet = RICE) -> dict[str, str]:
    return {line.id: max(line.options, key=lambda each: each.points).key for line in of.criteria}


def worst(of: Sheet = RICE) -> dict[str, str]:
    return {line.id: min(line.options, key=lambda each: each.points).key for line in of.criteria}


def points(ballot: Ballot, of: Sheet = RICE) -> int:
    """The sum of a sheet, counted anew: story structure counts only with a story."""
    given = {id_: of.criterion(id_).option(key).points if key else 0 for id_, key in ballot.items()}
    topics = {line.topic: line.id for line in of.criteria}
    if given.get(topics["story"]) == 0:
        given[topics["story_structure"]] = 0
    return sum(given.values())


def with_points(wanted: int) -> dict[str, str]:
    """A sheet that keeps all minimums of five stars as long as it can, with those points."""
    ballot, kept = best(), RICE.minimums(5)
    lines = sorted(RICE.criteria, key=lambda line: line.id in kept)
    for line in lines:
        for option in sorted(line.options, key=lambda each: -each.points):
            if points(ballot) <= wanted:
                break
            ballot[line.id] = option.key
    assert points(ballot) == wanted
    return ballot


ballots = st.fixed_dictionaries(
    {line.id: st.sampled_from(["", *(each.key for each in line.options)]) for line in RICE.criteria}
)
councils = st.lists(ballots, min_size=1, max_size=9).map(lambda some: dict(enumerate(some, 1)))


@given(councils)
def test_the_points_are_the_mean_of_all_sheets_part_by_part(given_: dict[int, Ballot]) -> None:
    found = council.tally(RULES, RICE, given_)

    totals = [points(ballot) for ballot in given_.values()]
    assert found.points == Fraction(sum(totals), len(totals)) == sum(found.by_part.values())
    assert found.points == sum(found.by_criterion.values())
    assert found.spread == max(totals) - min(totals)
    assert found.apart == (found.spread > 10)


@given(councils)
def test_no_star_is_given_below_its_points_or_without_a_majority_for_each_minimum(
    given_: dict[int, Ballot],
) -> None:
    found = council.tally(RULES, RICE, given_)

    from_points = {5: 90, 4: 70, 3: 50, 2: 30, 1: 0}
    assert found.points >= from_points[found.star]
    for id_, minimum in RICE.minimums(found.star).items():
        enough = sum(council.points(RULES, RICE, one)[id_] >= minimum for one in given_.values())
        assert 2 * enough > len(given_)


@given(councils)
def test_the_order_of_the_sheets_changes_nothing(given_: dict[int, Ballot]) -> None:
    turned = dict(reversed(given_.items()))
    assert council.tally(RULES, RICE, turned) == council.tally(RULES, RICE, given_)


def test_the_best_sheets_give_five_stars_and_the_worst_one() -> None:
    assert council.tally(RULES, RICE, {1: best(), 2: best()}).star == 5
    found = council.tally(RULES, RICE, {1: worst(), 2: worst()})
    assert (found.star, council.shown(found.points)) == (1, str(points(worst())))


def test_eighty_nine_point_ninety_nine_is_neither_five_stars_nor_shown_as_ninety() -> None:
    ninety, eighty_nine = with_points(90), with_points(89)

    found = council.tally(RULES, RICE, dict.fromkeys(range(1, 200), ninety) | {200: eighty_nine})

    assert (found.star, council.shown(found.points)) == (4, "89,99")
    assert council.tally(RULES, RICE, {1: ninety}).star == 5


def test_a_minimum_that_half_of_the_members_deny_is_not_reached() -> None:
    id_, minimum = next(iter(RICE.minimums(3).items()))
    denied = best() | {
        id_: next(each.key for each in RICE.criterion(id_).options if each.points < minimum)
    }

    half = council.tally(RULES, RICE, {1: best(), 2: denied})
    most = council.tally(RULES, RICE, {1: best(), 2: best(), 3: denied})

    assert half.star < 3
    assert id_ in half.short
    assert most.star == 5


def test_sheets_more_than_ten_points_apart_are_to_be_talked_over() -> None:
    assert not council.tally(RULES, RICE, {1: with_points(95), 2: with_points(85)}).apart
    assert council.tally(RULES, RICE, {1: with_points(96), 2: with_points(85)}).apart


def test_a_sheet_that_is_not_whole_is_not_counted() -> None:
    part = dict(list(best().items())[:-1])

    assert council.lacking(RULES, RICE, part) == (RICE.criteria[-1].id,)
    for wrong in ({}, {1: best(), 2: part}):
        with pytest.raises(WrongClaim):
            council.tally(RULES, RICE, wrong)
    with pytest.raises(WrongClaim):
        council.lacking(RULES, RICE, {"nothing": "a"})


def test_what_hangs_on_a_criterion_without_points_is_not_asked_and_counts_nothing() -> None:
    topics = {line.topic: line.id for line in RICE.criteria}
    sheet_ = best() | {topics["story"]: ""}
    del sheet_[topics["story_structure"]]

    assert council.lacking(RULES, RICE, sheet_) == ()
    with_it = council.tally(RULES, RICE, {1: best() | {topics["story"]: ""}})
    assert council.tally(RULES, RICE, {1: sheet_}).points == with_it.points


@pytest.mark.parametrize(
    ("members", "present", "chaired", "may"),
    [
        (9, 6, True, True),
        (9, 5, True, False),
        (9, 9, False, False),
        (7, 5, True, True),
        (7, 4, True, False),
        (1, 1, True, True),
        (0, 0, True, False),
        (3, 4, True, False),
    ],
)
def test_two_thirds_and_the_chairman_may_decide_where_the_province_says_nothing(
    members: int, present: int, chaired: bool, may: bool
) -> None:
    how = council.bylaws(RULES)

    assert how.may_decide(members, present, chaired=chaired) is may
    assert how.confidence == "low"


@pytest.mark.parametrize("name", ruleset.names())
def test_every_rule_set_has_by_laws(name: str) -> None:
    assert council.bylaws(ruleset.rule_set(name)).needed(9) == 6


def test_a_province_lays_its_own_by_laws_over(tmp_path: Path) -> None:
    (tmp_path / "council.yaml").write_text("quorum: 3/4\nmean: inner\nchairman: false\n")
    rules = RuleSet(RULES.name, RULES.from_day, (tmp_path,))
    how = council.bylaws(rules)
    sheets = {n: with_points(60 + 5 * n) for n in range(1, 6)}

    assert (how.needed(9), how.may_decide(9, 7, chaired=False)) == (7, True)
    assert council.tally(rules, RICE, sheets).points == 75
    odd = sheets | {5: best(), 1: with_points(40)}
    assert council.tally(rules, RICE, odd).points == 75
    four = {n: sheets[n] for n in range(1, 5)}
    assert council.tally(rules, RICE, four).points == Fraction(290, 4)
