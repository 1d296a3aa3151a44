"""Days from one to another, how many, how much money: the answers that a fair asks for."""

from datetime import date
from typing import Any

import pytest

from conversations.answers import Asked
from conversations.coming import ComingDays
from conversations.counted import Count, Money
from conversations.reading import Read, Unclear, Wrong

ASKED = Asked("announcement", "days", date(2026, 11, 30), {}, {})


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("24/12 đến 28/12", "2026-12-24", "2026-12-28"),
        ("tu 24 den 28 thang 12", "2026-12-24", "2026-12-28"),
        ("24-28/12/2026", "2026-12-24", "2026-12-28"),
        ("từ ngày 30/12/2026 đến hết ngày 3/1/2027", "2026-12-30", "2027-01-03"),
        ("30/12 - 3/1", "2026-12-30", "2027-01-03"),
        ("24/12/2026", "2026-12-24", "2026-12-24"),
    ],
)
def test_days_are_read(text: str, first: str, last: str) -> None:
    read = ComingDays().read(text, ASKED)

    assert isinstance(read, Read)
    assert read.value == {"from": first, "to": last}


@pytest.mark.parametrize("text", ["24/12/2025 đến 28/12/2025", "hôm qua"])
def test_days_that_are_over_are_wrong(text: str) -> None:
    assert ComingDays().read(text, ASKED) in (Wrong("date_past"), None)


@pytest.mark.parametrize("text", ["28/12 đến 24/12/2026", "31/2 đến 5/3", "sắp tới", ""])
def test_what_is_no_span_is_not_taken_for_one(text: str) -> None:
    read = ComingDays().read(text, ASKED)

    assert not (isinstance(read, Read) and read.value["from"] > read.value["to"])


@pytest.mark.parametrize(
    ("text", "count"), [("2", 2), ("2 gian", 2), ("hai gian hàng", 2), ("0", 0), ("không có", 0)]
)
def test_how_many_is_read(text: str, count: int) -> None:
    read = Count(("gian", "gian hang"), 20).read(text, ASKED)

    assert isinstance(read, Read)
    assert read.value == count


def test_too_many_are_asked_again() -> None:
    assert Count(("gian",), 20).read("200 gian", ASKED) == Wrong("count_over", {"most": 20})


@pytest.mark.parametrize(
    ("text", "sum_"),
    [
        ("5 triệu", 5_000_000),
        ("750 nghìn", 750_000),
        ("2,5 triệu", 2_500_000),
        ("3.500.000", 3_500_000),
    ],
)
def test_money_is_read(text: str, sum_: Any) -> None:
    read = Money().read(text, ASKED)

    assert isinstance(read, Read)
    assert read.value == sum_


def test_a_bare_figure_is_asked_back() -> None:
    read = Money().read("500", ASKED)

    assert isinstance(read, Unclear) or (isinstance(read, Read) and not read.sure)
