"""What a bot may do in a month: counted both ways, and said before it is gone."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.channels.zalo.quota import (
    Meter,
    Plan,
    Standing,
    Used,
    Warned,
    fits,
    left,
    standing,
    warnings,
)
from bot.channels.zalo.send import ZaloSender
from bot.clock import month

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


@pytest.mark.parametrize(
    ("used", "warn"),
    [(0, 0), (2099, 0), (2100, 70), (2699, 70), (2700, 90), (3000, 100), (3001, 100)],
)
def test_how_much_is_gone_is_shown_with_the_mark_it_has_passed(used: int, warn: int) -> None:
    assert standing(PLAN, Used(5, used)) == (
        Standing("users", 5, 50, 0),
        Standing("messages", used, 3000, warn),
    )


class Counting:
    """What was counted, by bot."""

    def __init__(self) -> None:
        self.used: dict[str, Used] = {}

    async def __call__(self, bot: str) -> Used:
        return self.used[bot]


async def test_the_office_is_told_once_at_each_mark() -> None:
    counting = Counting()
    meter = Meter(PLAN, counting)

    with capture_logs() as logged:
        for messages in (10, 2100, 2200, 2700, 2800, 5):
            counting.used["1"] = Used(3, messages)
            await meter.look("1")

    assert [(line["bot"], line["percent"], line["used"]) for line in logged] == [
        ("1", 70, 2100),
        ("1", 90, 2700),
    ]
    assert meter.standings()["1"][1] == Standing("messages", 5, 3000, 0)


async def test_the_last_tenth_of_a_month_is_kept_for_answers() -> None:
    counting = Counting()
    counting.used = {"1": Used(3, 2700), "2": Used(3, 2699)}
    sender = ZaloSender({}, meter=Meter(PLAN, counting))
    assert sender.meter

    before = sender.only_answers("1")
    for bot in counting.used:
        await sender.meter.look(bot)

    assert not before
    assert [sender.only_answers(bot) for bot in ("1", "2", "3")] == [True, False, False]
