"""Which rounds a producer can still reach, to the day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.rounds import named, rounds, upcoming, window
from programme.ruleset import part


def test_a_year_has_two_rounds_of_the_province_and_two_of_the_ministry() -> None:
    found = {each.key: (each.intake_before, each.finish_before) for each in rounds(2027)}

    assert found == {
        "bo-2-2027": (date(2027, 1, 30), date(2027, 3, 30)),
        "tinh-1-2027": (date(2027, 4, 30), date(2027, 6, 30)),
        "bo-1-2027": (date(2027, 7, 30), date(2027, 9, 30)),
        "tinh-2-2027": (date(2027, 10, 30), date(2027, 12, 30)),
    }


@pytest.mark.parametrize(
    ("today", "nearest"),
    [
        (date(2027, 1, 1), "tinh-1-2027"),
        (date(2027, 4, 29), "tinh-1-2027"),
        (date(2027, 4, 30), "tinh-2-2027"),
        (date(2027, 10, 29), "tinh-2-2027"),
        (date(2027, 10, 30), "tinh-1-2028"),
        (date(2028, 2, 29), "tinh-1-2028"),
    ],
)
def test_before_the_30th_of_april_means_by_the_29th(today: date, nearest: str) -> None:
    assert upcoming(today)[0].key == nearest


def test_the_ministry_has_its_own_rounds() -> None:
    assert [each.key for each in upcoming(date(2027, 2, 1), level="bo", most=2)] == [
        "bo-1-2027",
        "bo-2-2028",
    ]


def test_an_unknown_level_has_no_rounds() -> None:
    assert upcoming(date(2027, 1, 1), level="huyen") == ()


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_upcoming_rounds_are_ahead_in_order_and_as_many_as_asked(today: date, most: int) -> None:
    found = upcoming(today, most=most)

    assert len(found) == most
    assert all(today < each.intake_before < each.finish_before for each in found)
    assert sorted(found, key=lambda each: each.intake_before) == list(found)


def test_the_window_of_re_evaluation_opens_before_it_closes() -> None:
    certificate = part("deadlines")["certificate"]
    opens = timedelta(days=certificate["reassessment_opens_days_before_expiry"])
    closes = timedelta(days=certificate["reassessment_closes_days_before_expiry"])

    assert (certificate["valid_months"], opens.days, closes.days) == (36, 180, 120)


def test_the_window_is_counted_back_from_the_last_day_of_the_certificate() -> None:
    found = window(date(2026, 12, 20))

    assert (found.opens, found.closes) == (date(2026, 6, 23), date(2026, 8, 22))


@pytest.mark.parametrize("key", ["tinh-1-2027", "tinh-2-2030", "bo-1-2027"])
def test_a_round_is_found_by_its_key(key: str) -> None:
    found = named(key)

    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "key",
    [
        *("", "tinh", "tinh-1", "tinh-3-2027", "huyen-1-2027", "tinh-x-y", "-1-2027", "tinh-1-"),
        *("tinh-1-0000", "tinh-1-27", "tinh-1-99999"),
    ],
)
def test_a_key_of_no_round_names_none(key: str) -> None:
    assert named(key) is None


@pytest.mark.parametrize("name", ["groups", "deadlines", "words"])
def test_each_file_of_the_rule_set_says_where_it_is_from_and_when_to_look_again(name: str) -> None:
    raw = part(name)

    assert raw["source"]
    assert raw["confidence"] in {"high", "medium", "low"}
    assert isinstance(raw["review_by"], date)
