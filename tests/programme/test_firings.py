"""When a thing is spoken of: some days before it, not on Tết, not too late, at once if missed."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import workdays
from programme.firings import BEFORE, HOUR, day_of, end_of, firings, morning
from programme.quiet import VIETNAM

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FILE_BY = date(2027, 4, 7)
DAYS = st.dates(date(2026, 6, 1), date(2045, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


def dates(kind: str, day: date, now: datetime = LONG_AGO) -> list[str]:
    """The days of the firings, as 7/4."""
    found = [day_of(each.due_at) for each in firings(kind, day, now)]
    return [f"{each.day}/{each.month}" for each in found]


def use_by(kind: str, day: date, before: int) -> datetime:
    (found,) = (each for each in firings(kind, day, LONG_AGO) if each.before == before)
    return found.use_by


# -- on which days ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        ("file", "3/2 8/3 24/3 31/3 4/4 6/4 7/4 8/4"),
        ("window", "3/2 8/3 24/3 31/3 4/4 6/4 7/4 8/4"),
        ("begin", "31/3 7/4"),
        ("expires", "3/2 8/3 31/3 7/4 8/4"),
        ("before_council", "21/2 18/3"),
        ("step", "31/3 6/4 7/4"),
        ("fair", "24/3 4/4"),
        ("fair_answer", "5/4"),
        ("fair_results", "8/4"),
        ("draft", "10/4 17/4 7/5"),
        ("review", "31/3 2/4 6/4 7/4 8/4 14/4 20/4"),
        ("review_above", "8/4 14/4"),
        ("propose", "31/3 2/4 6/4 7/4"),
        ("stuck", "26/3 2/4"),
        ("stuck_above", "2/4"),
        ("question", "7/4"),
        ("question_above", "7/4"),
        ("question_raised", "7/4"),
        ("mend", "31/3 6/4 7/4"),
        ("recheck", "7/4 14/4"),
        ("yearly", "8/4"),
        ("task", "31/3 6/4 7/4 8/4"),
        ("revoke", "31/3 2/4 6/4 7/4 8/4"),
        ("opinion", "2/4 6/4 7/4"),
        ("opinions_over", "8/4"),
    ],
)
def test_each_kind_is_spoken_of_on_its_days(kind: str, days: str) -> None:
    assert dates(kind, FILE_BY) == days.split()


def test_every_kind_has_its_days_in_the_test_above() -> None:
    assert len(BEFORE) == 25


def test_a_question_is_worth_a_word_for_two_weeks_and_no_longer() -> None:
    assert use_by("question", FILE_BY, 0) == end_of(FILE_BY + timedelta(days=14))


def test_everything_is_spoken_of_at_eight_in_the_morning() -> None:
    for each in firings("file", FILE_BY, LONG_AGO):
        assert each.due_at.astimezone(VIETNAM).time() == time(8)
        assert each.due_at.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "before", "spoken_of"),
    [
        (date(2027, 4, 7), 60, date(2027, 2, 3)),  # 6/2 is the first of the year
        (date(2027, 2, 13), 7, date(2027, 2, 3)),
        (date(2027, 2, 5), 0, date(2027, 2, 3)),
        (date(2027, 2, 3), -1, date(2027, 2, 11)),
        (date(2026, 2, 14), -1, date(2026, 2, 23)),
        (date(2028, 1, 24), 0, date(2028, 1, 21)),
    ],
)
def test_tet_moves_what_comes_before_a_day_earlier_and_what_comes_after_it_later(
    day: date, before: int, spoken_of: date
) -> None:
    (found,) = (each for each in firings("file", day, LONG_AGO) if each.before == before)

    assert day_of(found.due_at) == spoken_of
    assert found.day == day


def test_officers_are_told_on_working_days_alone() -> None:
    spoken_of = ["5/4", "9/4", "9/4", "12/4", "13/4", "19/4", "26/4"]

    assert dates("review", date(2027, 4, 12)) == spoken_of


def test_what_days_off_push_past_its_use_is_left_out() -> None:
    assert dates("review", date(2027, 1, 10))[-1] == "18/1"


# -- until when ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "before", "until"),
    [
        ("file", 60, "2027-04-08T00:00"),
        ("file", 0, "2027-04-08T00:00"),
        ("file", -1, "2027-04-22T00:00"),
        ("begin", 7, "2027-04-15T00:00"),
        ("begin", 0, "2027-04-15T00:00"),
        ("before_council", 20, "2027-04-08T00:00"),
        ("fair", 3, "2027-04-08T00:00"),
        ("draft", -3, "2027-06-07T00:00"),
        ("review_above", -1, "2027-04-22T00:00"),
    ],
)
def test_after_its_day_a_thing_is_of_no_use_or_not_much_longer(
    kind: str, before: int, until: str
) -> None:
    assert use_by(kind, FILE_BY, before) == at(until)


def test_a_day_ends_and_begins_by_the_clock_of_viet_nam() -> None:
    assert end_of(FILE_BY) == datetime(2027, 4, 7, 17, tzinfo=UTC)
    assert morning(FILE_BY) == datetime(2027, 4, 7, 1, tzinfo=UTC)
    assert day_of(datetime(2027, 4, 6, 17, tzinfo=UTC)) == FILE_BY
    assert day_of(datetime(2027, 4, 6, 16, 59, tzinfo=UTC)) == date(2027, 4, 6)


# -- who comes late --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2027-03-31T07:59", "31/3 4/4 6/4 7/4 8/4"),
        ("2027-03-31T08:00", "4/4 6/4 7/4 8/4"),
        ("2027-04-06T09:00", "7/4 8/4"),
    ],
)
def test_who_comes_late_gets_what_is_still_to_come(now: str, days: str) -> None:
    assert dates("file", FILE_BY, at(now)) == days.split()


def test_who_comes_too_late_for_all_before_the_day_gets_the_last_of_them_at_once() -> None:
    now = at("2027-04-07T15:00")

    first, after = firings("file", FILE_BY, now)

    assert (first.before, first.due_at, first.use_by) == (0, now, at("2027-04-08T00:00"))
    assert (after.before, after.due_at) == (-1, at("2027-04-08T08:00"))


def test_a_beginning_that_is_overdue_is_urged_for_a_week() -> None:
    (late,) = firings("begin", FILE_BY, at("2027-04-12T10:00"))

    assert (late.before, late.due_at) == (0, at("2027-04-12T10:00"))
    assert firings("begin", FILE_BY, at("2027-04-15T00:00")) == ()


def test_who_comes_when_the_day_is_over_hears_that_once_while_it_is_of_use() -> None:
    (late,) = firings("file", FILE_BY, at("2027-04-15T10:00"))

    assert late.before == -1
    assert firings("file", FILE_BY, at("2027-04-22T00:00")) == ()


def test_a_draft_that_was_left_long_ago_is_not_spoken_of_at_once() -> None:
    assert dates("draft", FILE_BY, at("2027-04-20T10:00")) == ["7/5"]
    assert firings("draft", FILE_BY, at("2027-05-08T10:00")) == ()


def test_what_comes_at_once_is_told_in_utc_wherever_the_clock_stands() -> None:
    (late, _) = firings("file", FILE_BY, at("2027-04-07T15:00"))

    assert late.due_at.tzinfo is UTC


# -- always ----------------------------------------------------------------------------------------


@given(st.sampled_from(sorted(BEFORE)), DAYS, st.integers(-90 * 24, 40 * 24))
def test_firings_come_in_order_while_they_are_of_use_and_never_on_tet(
    kind: str, day: date, hours: int
) -> None:
    now = datetime.combine(day, HOUR) + timedelta(hours=hours)

    found = firings(kind, day, now)

    assert [each.due_at for each in found] == sorted(each.due_at for each in found)
    assert len({each.before for each in found}) == len(found)
    for each in found:
        assert now <= each.due_at < each.use_by
        local = day_of(each.due_at)
        assert each.due_at == now or local not in workdays.tet(local.year)


@given(DAYS, st.integers(24, 90 * 24))
def test_who_comes_a_day_before_the_deadline_or_earlier_hears_of_it_before_it_is_over(
    day: date, hours: int
) -> None:
    end = end_of(day)

    found = firings("file", day, end - timedelta(hours=hours))

    assert any(each.before >= 0 and each.due_at < end for each in found)
