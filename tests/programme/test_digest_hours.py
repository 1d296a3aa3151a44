"""When the summary comes: on working days or once a week, never at night, never in Tết."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import digest_hours, quiet, workdays
from programme.digest_hours import Every, Wish
from programme.quiet import VIETNAM

MONDAYS = Wish("week", 9, 0)
WISHES = st.builds(Wish, st.sampled_from(("day", "week")), st.integers(0, 23), st.integers(0, 6))
START = datetime(2026, 1, 1, tzinfo=VIETNAM)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(lambda passed: START + timedelta(minutes=passed))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("wish", "now", "comes"),
    [
        (Wish(), "2026-11-23 07:59", "2026-11-23 08:00"),
        (Wish(), "2026-11-16 08:00", "2026-11-17 08:00"),
        (Wish(), "2026-11-27 08:00", "2026-11-30 08:00"),  # a Friday
        (Wish(), "2027-04-29 12:00", "2027-05-04 08:00"),  # two holidays, a weekend, a day for it
        (Wish("day", 15), "2026-11-23 08:00", "2026-11-23 15:00"),
        (Wish("day", 5), "2026-11-23 06:00", "2026-11-23 07:00"),
        (MONDAYS, "2026-11-23 08:00", "2026-11-23 09:00"),
        (MONDAYS, "2026-11-23 09:00", "2026-11-30 09:00"),
        (Wish("week", 8, 6), "2026-11-23 09:00", "2026-11-29 08:00"),  # she wants it on Sundays
    ],
)  # fmt: skip
def test_it_comes_on_the_next_of_its_days(wish: Wish, now: str, comes: str) -> None:
    assert digest_hours.next_at(wish, at(now)) == at(comes)


def test_who_wants_none_gets_none() -> None:
    assert digest_hours.next_at(Wish("none"), at("2026-11-23 08:00")) is None


def test_a_weekly_one_that_would_come_in_tet_comes_a_week_later() -> None:
    comes = digest_hours.next_at(MONDAYS, at("2027-02-05 08:00"))

    assert date(2027, 2, 8) in workdays.tet(2027)
    assert comes == at("2027-02-15 09:00")


@pytest.mark.parametrize("every", ["day", "week"])
def test_what_an_office_changed_of_its_days_counts_for_the_daily_one(every: Every) -> None:
    wish, monday = Wish(every), date(2026, 11, 30)

    comes = digest_hours.next_at(wish, at("2026-11-28 12:00"), {monday: True})

    assert comes == at("2026-12-01 08:00" if every == "day" else "2026-11-30 08:00")


@pytest.mark.parametrize(
    ("hour", "nearest"), [(0, 7), (6, 7), (7, 7), (12, 12), (20, 20), (21, 20), (23, 20)]
)
def test_an_hour_in_the_night_has_a_nearest_one_by_day(hour: int, nearest: int) -> None:
    assert digest_hours.nearest(hour) == nearest


@given(WISHES, MOMENTS)
def test_it_always_comes_later_and_never_when_nobody_is_written_to(
    wish: Wish, now: datetime
) -> None:
    comes = digest_hours.next_at(wish, now)

    assert comes is not None
    assert now < comes <= now + timedelta(days=30)
    assert not quiet.is_quiet(comes)
    assert wish.every == "week" or not workdays.off(comes.astimezone(VIETNAM).date())


@given(WISHES, MOMENTS)
def test_one_that_is_put_off_comes_later_and_may_come_then(wish: Wish, now: datetime) -> None:
    if digest_hours.may_come(wish, now):
        return

    later = digest_hours.put_off(wish, now)

    assert later is not None
    assert later > now
    assert digest_hours.may_come(wish, later)
