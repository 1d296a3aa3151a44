"""What a bot may do in a month: counted both ways, and said before it is gone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.zalo.quota import Plan, Used, Warned, fits, left, month, warnings

PLAN = Plan(users=50, messages=3000)


def test_the_free_plan_is_the_default() -> None:
    assert Plan() == PLAN


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (0, 2099, ()),
        (2099, 2100, ((70, 2100),)),
        (2100, 2101, ()),
        (2699, 2700, ((90, 2700),)),
        (2000, 2900, ((90, 2900),)),
        (2999, 3000, ((100, 3000),)),
        (3000, 3001, ()),
    ],
)
def test_each_mark_is_told_once_and_the_highest_alone(
    before: int, after: int, expected: tuple[tuple[int, int], ...]
) -> None:
    told = warnings(PLAN, Used(3, before), Used(3, after))

    assert told == tuple(Warned("messages", mark, used, 3000) for mark, used in expected)


def test_people_and_messages_are_told_apart() -> None:
    told = warnings(PLAN, Used(34, 2099), Used(35, 2100))

    assert told == (Warned("users", 70, 35, 50), Warned("messages", 70, 2100, 3000))


def test_counting_one_by_one_tells_each_mark_once() -> None:
    told = [
        warned
        for count in range(3000)
        for warned in warnings(PLAN, Used(1, count), Used(1, count + 1))
    ]

    assert [warned.percent for warned in told] == [70, 90, 100]


@pytest.mark.parametrize(
    ("used", "letters", "kept_free", "expected"),
    [(2990, 10, 0, True), (2990, 11, 0, False), (2000, 900, 100, True), (2000, 900, 101, False)],
)
def test_a_broadcast_fits_only_when_answers_still_do(
    used: int, letters: int, kept_free: int, expected: bool
) -> None:
    assert fits(PLAN, Used(0, used), letters, kept_free) is expected


def test_nothing_is_left_below_nothing() -> None:
    assert left(PLAN, Used(60, 4000)) == Used(0, 0)


def test_a_month_begins_at_midnight_in_viet_nam() -> None:
    turn = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)

    assert (month(turn - timedelta(seconds=1)), month(turn)) == ("2026-10", "2026-11")
