"""The six steps of a product's year: none is skipped silently."""

from datetime import date

import pytest

from programme.cycle import Done, NoReason, Step, Year, needed, standing

DAY = date(2027, 3, 1)
WHY = "no training this year"


def done(step: int) -> Done:
    return Done(step, "done", DAY)


def passed(step: int) -> Done:
    return Done(step, "passed_over", DAY, WHY)


def test_a_year_begins_with_the_announcement() -> None:
    assert standing([]) == Year()
    assert standing([]).current == Step.ANNOUNCE


@pytest.mark.parametrize(
    ("behind", "current"),
    [
        ([done(1)], Step.IDEA),
        ([done(1), done(2)], Step.PLAN),
        ([done(2), done(1)], Step.PLAN),
        ([done(1), done(3)], Step.IDEA),
        ([done(1), passed(2), done(3)], Step.CARRY_OUT),
        ([done(1), done(2), done(3), done(4), done(5)], Step.PROMOTE),
        ([done(step) for step in Step], None),
        ([passed(step) for step in Step], None),
    ],
)
def test_the_current_step_is_the_first_that_is_neither_done_nor_passed_over(
    behind: list[Done], current: Step | None
) -> None:
    assert standing(behind).current == current


def test_a_year_knows_what_was_passed_over_and_why() -> None:
    year = standing([passed(4), done(1), passed(2), done(3)])

    assert [(each.step, each.why) for each in year.passed_over] == [(2, WHY), (4, WHY)]
    assert [each.step for each in year.settled] == [1, 2, 3, 4]


@pytest.mark.parametrize("order", [1, -1])
def test_what_is_done_counts_as_done_whatever_was_said_before_or_after(order: int) -> None:
    year = standing([done(1), passed(1)][::order])

    assert year.passed_over == ()
    assert year.current == Step.IDEA


def test_the_last_reason_counts() -> None:
    year = standing([passed(2), Done(2, "passed_over", DAY, "other")])

    assert [each.why for each in year.passed_over] == ["other"]


@pytest.mark.parametrize("why", ["", "  "])
def test_a_step_is_not_passed_over_without_a_reason(why: str) -> None:
    with pytest.raises(NoReason):
        Done(3, "passed_over", DAY, why)


@pytest.mark.parametrize(
    ("behind", "to", "over"),
    [
        ([], 1, ()),
        ([], 2, (1,)),
        ([done(1), done(2)], 5, (3, 4)),
        ([done(1), passed(2)], 5, (3, 4)),
        ([done(1), done(4)], 6, (2, 3, 5)),
        ([done(step) for step in Step], 6, ()),
    ],
)
def test_going_on_tells_which_steps_would_be_passed_over(
    behind: list[Done], to: int, over: tuple[int, ...]
) -> None:
    assert needed(behind, to) == over


@pytest.mark.parametrize("to", [0, 7])
def test_there_are_six_steps(to: int) -> None:
    with pytest.raises(ValueError, match=str(to)):
        needed([], to)


def test_after_what_was_needed_is_recorded_nothing_more_is() -> None:
    behind = [done(1)]

    recorded = behind + [passed(step) for step in needed(behind, 5)]

    assert needed(recorded, 5) == ()
    assert standing(recorded).current == Step.EVALUATE
