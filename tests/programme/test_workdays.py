"""Working days: weekends, holidays, days off in lieu and Tết, and what an office changes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import workdays

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
COUNTS = st.integers(0, 60)
CHANGED = st.dictionaries(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.booleans(), max_size=9)


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 4, 10),  # a Saturday
        date(2027, 4, 11),  # a Sunday
        date(2026, 1, 1),
        date(2026, 4, 26),  # Giỗ Tổ on a Sunday
        date(2026, 4, 27),  # and the day off for it
        date(2027, 4, 16),  # Giỗ Tổ
        date(2027, 4, 30),
        date(2027, 5, 1),
        date(2027, 5, 3),  # for the 1st of May, a Saturday
        date(2028, 4, 4),  # Giỗ Tổ
        date(2026, 9, 1),
        date(2026, 9, 2),
        date(2026, 8, 31),  # off for a Saturday that is worked
        date(2026, 11, 24),  # Ngày Văn hóa Việt Nam
        date(2027, 2, 5),  # giao thừa
    ],
)
def test_offices_are_closed(day: date) -> None:
    assert workdays.off(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 4, 15),
        date(2026, 4, 28),
        date(2026, 8, 22),  # the Saturday worked for the 31st of August
        date(2027, 2, 11),  # the first day after Tết
        date(2027, 12, 24),
        date(2025, 11, 24),  # no holiday yet
    ],
)
def test_offices_are_open(day: date) -> None:
    assert not workdays.off(day)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2025, 1, 25), date(2025, 2, 2)),
        (date(2026, 2, 14), date(2026, 2, 22)),
        (date(2027, 2, 4), date(2027, 2, 10)),
        (date(2028, 1, 22), date(2028, 1, 30)),
        (date(2030, 1, 31), date(2030, 2, 6)),
    ],
)
def test_tet_is_one_span_with_its_weekends(first: date, last: date) -> None:
    days = workdays.tet(first.year)

    assert (days[0], days[-1]) == (first, last)


def is_tet(days: tuple[date, ...]) -> bool:
    """Whether that is one span of days off, and not the first of January."""
    year = days[0].year
    span = tuple(days[0] + timedelta(days=n) for n in range(len(days)))
    in_time = date(year, 1, 15) < days[0] <= days[-1] < date(year, 3, 5)
    return 4 <= len(days) <= 12 and days == span and in_time and all(map(workdays.off, days))


def test_tet_is_found_in_every_year_and_is_never_the_first_of_january() -> None:
    every = {year: workdays.tet(year) for year in range(1901, 2101)}

    assert {year: days for year, days in every.items() if not days or not is_tet(days)} == {}


def test_tet_of_1990_is_its_four_days_alone() -> None:
    assert len(workdays.tet(1990)) == 4


@pytest.mark.parametrize("year", [1, 1900, 2101, 9999])
def test_where_no_holidays_are_known_weekends_are_off_all_the_same(year: int) -> None:
    days = [date(year, 5, day) for day in range(1, 32)]

    assert workdays.tet(year) == ()
    assert [workdays.off(day) for day in days] == [day.weekday() > 4 for day in days]


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2027, 4, 7), 15, date(2027, 4, 29)),
        (date(2026, 4, 7), 15, date(2026, 4, 29)),
        (date(2027, 4, 9), 1, date(2027, 4, 12)),
        (date(2027, 4, 10), 1, date(2027, 4, 12)),
        (date(2027, 2, 3), 1, date(2027, 2, 11)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2027, 4, 7), 0, date(2027, 4, 7)),
    ],
)
def test_the_day_itself_does_not_count(day: date, count: int, then: date) -> None:
    assert workdays.after(day, count) == then


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2027, 4, 29), 15, date(2027, 4, 7)),
        (date(2027, 4, 29), 0, date(2027, 4, 29)),
        (date(2027, 5, 2), 0, date(2027, 4, 29)),
        (date(2027, 5, 2), 1, date(2027, 4, 28)),
        (date(2027, 10, 29), 15, date(2027, 10, 8)),
        (date(2027, 2, 11), 1, date(2027, 2, 3)),
    ],
)
def test_one_begins_on_a_working_day_and_not_on_the_sunday_before(
    day: date, count: int, then: date
) -> None:
    assert workdays.before(day, count) == then


@given(DAYS, COUNTS, CHANGED)
def test_counting_back_and_on_again_ends_on_the_day(
    day: date, count: int, changed: workdays.Changed
) -> None:
    begun = workdays.before(day, count, changed)

    assert not workdays.off(begun, changed)
    assert workdays.after(begun, count, changed) == workdays.before(day, 0, changed) <= day


@given(DAYS, COUNTS, CHANGED)
def test_no_later_working_day_would_do(day: date, count: int, changed: workdays.Changed) -> None:
    begun = workdays.before(day, count, changed)

    next_ = workdays.after(begun, 1, changed)

    assert workdays.after(next_, count, changed) > day


@given(DAYS, COUNTS, CHANGED)
def test_counting_on_and_back_again_ends_on_the_day_or_the_working_day_before(
    day: date, count: int, changed: workdays.Changed
) -> None:
    done = workdays.after(day, count, changed)

    assert workdays.before(done, count, changed) == workdays.before(day, 0, changed)
    assert workdays.between(day, done, changed) == count


@given(DAYS, DAYS)
def test_no_working_days_lie_between_a_day_and_one_before_it(one: date, other: date) -> None:
    assert workdays.between(max(one, other), min(one, other)) == 0


def test_an_office_closes_on_a_day_and_works_on_another() -> None:
    changed = {date(2027, 4, 12): True, date(2027, 4, 10): False}

    assert workdays.off(date(2027, 4, 12), changed)
    assert not workdays.off(date(2027, 4, 10), changed)
    assert workdays.after(date(2027, 4, 9), 1, changed) == date(2027, 4, 10)
    assert workdays.after(date(2027, 4, 10), 1, changed) == date(2027, 4, 13)
    assert workdays.between(date(2027, 4, 9), date(2027, 4, 13), changed) == 2
