"""When nobody is written to unasked: at night, and on the days of Tết."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.quiet import VIETNAM, Hours, is_quiet, last_open, next_open

FIRST = datetime(2000, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=33_000)).map(lambda each: FIRST + each)
CLOCKS = st.times().map(lambda each: each.replace(second=0, microsecond=0))
HOURS = st.builds(Hours, CLOCKS, CLOCKS)
SECOND = timedelta(seconds=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    "quiet",
    [
        "2027-04-12T20:30",
        "2027-04-12T23:59",
        "2027-04-13T00:00",
        "2027-04-13T06:59:59",
        "2027-02-04T12:00",
        "2027-02-10T20:00",
    ],
)
def test_the_night_and_tet_are_quiet(quiet: str) -> None:
    assert is_quiet(at(quiet))


@pytest.mark.parametrize(
    "open_", ["2027-04-12T07:00", "2027-04-12T20:29:59", "2027-02-03T12:00", "2027-02-11T07:00"]
)
def test_the_day_is_open(open_: str) -> None:
    assert not is_quiet(at(open_))


def test_the_hours_are_those_of_viet_nam_wherever_the_clock_stands() -> None:
    assert is_quiet(datetime(2027, 4, 12, 13, 30, tzinfo=UTC))
    assert not is_quiet(datetime(2027, 4, 12, 0, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "before", "after"),
    [
        ("2027-04-12T09:15", "2027-04-12T09:15", "2027-04-12T09:15"),
        ("2027-04-12T20:30", "2027-04-12T20:29:59", "2027-04-13T07:00"),
        ("2027-04-13T03:00", "2027-04-12T20:29:59", "2027-04-13T07:00"),
        ("2027-02-06T12:00", "2027-02-03T20:29:59", "2027-02-11T07:00"),
        ("2027-02-04T06:00", "2027-02-03T20:29:59", "2027-02-11T07:00"),
        ("2026-02-20T08:00", "2026-02-13T20:29:59", "2026-02-23T07:00"),
        ("2026-12-31T23:00", "2026-12-31T20:29:59", "2027-01-01T07:00"),
    ],
)
def test_a_quiet_moment_moves_to_the_last_open_one_or_the_next(
    moment: str, before: str, after: str
) -> None:
    assert last_open(at(moment)) == at(before)
    assert next_open(at(moment)) == at(after)


def test_the_moments_are_given_in_utc() -> None:
    for found in (next_open(at("2027-04-12T09:15")), last_open(at("2027-04-12T23:00"))):
        assert found.tzinfo is UTC


@given(MOMENTS, HOURS)
def test_what_is_open_stays_and_what_is_quiet_moves_to_the_nearest_open_moments(
    moment: datetime, hours: Hours
) -> None:
    later, earlier = next_open(moment, hours), last_open(moment, hours)

    assert earlier <= moment <= later
    assert not is_quiet(later, hours)
    assert not is_quiet(earlier, hours)
    assert is_quiet(moment, hours) == (earlier < moment < later)
    if is_quiet(moment, hours):
        assert is_quiet(later - SECOND, hours)
        assert is_quiet(earlier + SECOND, hours)


@given(MOMENTS, HOURS)
def test_there_is_nothing_open_in_between(moment: datetime, hours: Hours) -> None:
    later, earlier = next_open(moment, hours), last_open(moment, hours)

    between = ((later - earlier) * share / 7 + earlier for share in range(1, 7))

    assert later == earlier or all(is_quiet(each, hours) for each in between)


def test_an_office_may_be_quiet_at_noon() -> None:
    noon = Hours(time(11, 30), time(13))

    assert next_open(at("2027-04-12T12:00"), noon) == at("2027-04-12T13:00")
    assert last_open(at("2027-04-12T12:00"), noon) == at("2027-04-12T11:29:59")
    assert next_open(at("2027-04-12T23:00"), noon) == at("2027-04-12T23:00")
