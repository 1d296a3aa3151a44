"""A time of day, and a moment to come, as officers type them."""

from datetime import date, time

import pytest

from conversations.answers import Asked
from conversations.coming import ComingMoment
from conversations.reading import Read, Unclear, Wrong
from conversations.readings import clock

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "at", "rest"),
    [
        ("14h", time(14), ""),
        ("14:30 5/12", time(14, 30), "5/12"),
        ("5/12 lúc 14h30", time(14, 30), "5/12"),
        ("2 giờ chiều mai", time(14), "mai"),
        ("chiều 5/12 lúc 2 giờ", time(14), "chiều 5/12"),
        ("2 ruoi chieu", time(14, 30), ""),
        ("11 giờ trưa", time(11), ""),
        ("1 giờ trưa", time(13), ""),
        ("9 giờ 15 phút sáng", time(9, 15), ""),
        ("2:30 pm", time(14, 30), ""),
        ("12h đêm", time(23, 59), ""),
        ("12 giờ đêm 5/12", time(23, 59), "5/12"),
        ("10h đêm", time(22), ""),
        ("1h đêm", time(1), ""),
        ("5/12: 14h", time(14), "5/12"),
    ],
)
def test_a_time_of_day_is_read_and_the_rest_is_kept(text: str, at: time, rest: str) -> None:
    found = clock(text)

    assert found is not None
    assert (found.at, found.rest) == (at, rest)


@pytest.mark.parametrize("text", ["", "5/12", "25h", "14:75", "20 gian", "14.30", "hôm nay"])
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert clock(text) is None


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("5/12/2026 lúc 14h", Read("2026-12-05T14:00")),
        ("5/12 lúc 14h", Read("2026-12-05T14:00", sure=False)),
        ("mai 8h", Read("2026-12-01T08:00")),
        ("5/12/2026: 14h", Read("2026-12-05T14:00")),
        ("16h", Read("2026-11-30T16:00")),
        ("5/12/2026", Read("2026-12-05")),
        ("mồng 5 tháng 5 lúc 9h", Unclear(("2027-05-05T09:00", "2027-06-09T09:00"))),
        ("hôm qua 9h", Wrong("date_past")),
        ("khi nào rảnh 9h", None),
    ],
)
def test_a_moment_is_a_day_and_perhaps_a_time(text: str, reading: object) -> None:
    assert ComingMoment().read(text, Asked("sending_day", "day", TODAY, {}, {})) == reading
