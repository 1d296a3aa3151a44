"""Dates as they are typed; today is Sunday, 22 November 2026."""

from datetime import date as day
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear
from conversations.readings import date, partial_date

TODAY = day(2026, 11, 22)
PLAIN = {
    "30/9/2026": day(2026, 9, 30),
    "30-9-26": day(2026, 9, 30),
    "30.9.2026": day(2026, 9, 30),
    "30 9 2026": day(2026, 9, 30),
    "30 / 9 / 2026": day(2026, 9, 30),
    "1/2/26": day(2026, 2, 1),
    "01/02/2026": day(2026, 2, 1),
    "2026-09-30": day(2026, 9, 30),
    "12/3/65": day(1965, 3, 12),
    "ngày 12/3/2015": day(2015, 3, 12),
    "dạ ngày 12.3.2015 ạ": day(2015, 3, 12),
    "ngày 3 tháng 2 năm 2015": day(2015, 2, 3),
    "ngay 3 thang 2 nam 2015": day(2015, 2, 3),
    "3 tháng 2, 2015": day(2015, 2, 3),
    "30 tháng 9 2026": day(2026, 9, 30),
    "ngày ba tháng hai năm 2015": day(2015, 2, 3),
    "ngày mười lăm tháng tám năm 2026": day(2026, 8, 15),
    "ngày 3 tháng sáu năm nay": day(2026, 6, 3),
    "30/9 năm ngoái": day(2025, 9, 30),
    "rằm tháng 8 năm 2027": day(2027, 9, 15),
    "ram thang 8 nam 2026": day(2026, 9, 25),
    "15/8/2026 âm lịch": day(2026, 9, 25),
    "mồng 3 tết 2027": day(2027, 2, 8),
    "mùng 5 tháng 3 năm 2026 dương lịch": day(2026, 3, 5),
    "mùng 10 tháng 3 năm 2026 âm lịch": day(2026, 4, 26),
    "hôm nay": day(2026, 11, 22),
    "hom nay": day(2026, 11, 22),
    "bữa nay": day(2026, 11, 22),
    "dạ hôm nay ạ": day(2026, 11, 22),
    "chiều nay": day(2026, 11, 22),
    "sang mai": day(2026, 11, 23),
    "hôm qua": day(2026, 11, 21),
    "hôm kia": day(2026, 11, 20),
    "mai": day(2026, 11, 23),
    "ngày mai nhé": day(2026, 11, 23),
    "ngày mốt": day(2026, 11, 24),
    "ngày kìa": day(2026, 11, 25),
    "3 ngày nữa": day(2026, 11, 25),
    "ba ngày trước": day(2026, 11, 19),
    "cách đây 10 ngày": day(2026, 11, 12),
    "sau 5 ngày": day(2026, 11, 27),
    "thứ 6 tuần này": day(2026, 11, 20),
    "thứ sáu tuần sau": day(2026, 11, 27),
    "thu sau tuan sau": day(2026, 11, 27),
    "t2 tuần sau": day(2026, 11, 23),
    "chủ nhật tuần trước": day(2026, 11, 15),
    "cn tuần tới": day(2026, 11, 29),
}
NEAREST = {
    "30/9": day(2026, 9, 30),
    "30.9": day(2026, 9, 30),
    "ngay 30 thang 9": day(2026, 9, 30),
    "29/2": day(2028, 2, 29),
    "rằm tháng 8": day(2026, 9, 25),
    "ram thang gieng": day(2027, 2, 20),
    "rằm tháng chạp": day(2027, 1, 22),
    "mùng 1 tết": day(2027, 2, 6),
    "mung 3 tet": day(2027, 2, 8),
    "28 tết": day(2027, 2, 4),
    "30 tết": day(2027, 2, 5),
    "giao thừa": day(2027, 2, 5),
    "tết": day(2027, 2, 6),
    "23 tháng chạp": day(2027, 1, 30),
    "23 chap": day(2027, 1, 30),
    "15/8 âm": day(2026, 9, 25),
    "sau tết": day(2027, 2, 6),
    "ngày kia": day(2026, 11, 24),
    "cuối tháng": day(2026, 11, 30),
    "nửa tháng nữa": day(2026, 12, 7),
    "hôm 15": day(2026, 11, 15),
    "mùng 5": day(2026, 11, 13),
    "đến hết 30/10": day(2026, 10, 30),
    "sáng thứ 2": day(2026, 11, 16),
    "năm sau": day(2027, 11, 22),
    "tháng sau": day(2026, 12, 22),
    "rằm": day(2026, 11, 23),
    "ngày 15": day(2026, 11, 15),
    "cuối tháng 4": day(2027, 4, 30),
    "đầu tháng 12": day(2026, 12, 1),
    "giữa tháng 12": day(2026, 12, 15),
    "cuối tháng này": day(2026, 11, 30),
    "cuối tháng sau": day(2026, 12, 31),
    "cuối năm": day(2026, 12, 31),
    "đầu năm sau": day(2027, 1, 1),
    "cuối quý 1": day(2027, 3, 31),
    "cuối tuần này": day(2026, 11, 22),
    "đầu tuần sau": day(2026, 11, 23),
    "tuần sau": day(2026, 11, 29),
    "hai tuần nữa": day(2026, 12, 6),
    "1 tháng nữa": day(2026, 12, 22),
    "thứ 6": day(2026, 11, 20),
    "thứ 6 tới": day(2026, 11, 27),
    "trước 30/9/2026": day(2026, 9, 30),
    "khoảng 15/12/2026": day(2026, 12, 15),
    "30092026": day(2026, 9, 30),
    "năm 2015": day(2015, 1, 1),
    "tháng 3 năm 2015": day(2015, 3, 1),
    "đăng ký lần đầu ngày 12/3/2015 tại phòng tài chính": day(2015, 3, 12),
}
NOTHING = (
    "", "tuần này", "thứ 9", "cuối quý 5", "tháng 13", "15 tết", "cuối tháng 8 âm lịch", "31/2",
    "31/2/2026", "29/2/2027", "30/2", "31 tháng 4", "12/13/2026", "99/99", "0/5/2026",
    "1/1/3000", "1/1/1800", "30 tháng giêng 2026 âm lịch 5", "gạo nếp", "sớm thôi",
    "khi nào rảnh", "12/3/2015 hay 13/4/2016", "32 ngày", "ngày 45", "{{ 7*7 }}",
    "31/4/2026 âm lịch",
)  # fmt: skip
AS_KNOWN = {
    "2015": "2015",
    "năm 2015": "2015",
    "nam 2015 a": "2015",
    "3/2015": "2015-03",
    "T3/2015": "2015-03",
    "tháng 3/2015": "2015-03",
    "tháng 3 năm 2015": "2015-03",
    "thang ba nam 2015": "2015-03",
    "12/3/2015": "2015-03-12",
    "ngày 12 tháng 3 năm 2015": "2015-03-12",
    "năm ngoái": "2025",
    "sang năm": "2027",
    "cuối năm 2015": "2015",
    "tháng 5 năm ngoái": "2025-05",
    "2018/03/05": "2018-03-05",
}
AS_GUESSED = {
    "từ năm 2015": "2015",
    "hồi 2015 thì phải": "2015",
    "khoảng 2015": "2015",
    "đầu 2015": "2015",
    "năm 98": "1998",
    "hồi năm 98": "1998",
    "2k15": "2015",
    "cách đây 2 tháng": "2026-09-22",
    "cách đây 5 năm": "2021",
    "5 năm trước": "2021",
    "30/12": "2025-12-30",
    "tháng 12": "2025-12",
    "thành lập năm 2015 ở xã cũ": "2015",
}


@pytest.mark.parametrize(("said", "meant"), PLAIN.items())
def test_a_day_said_in_full_is_read(said: str, meant: day) -> None:
    assert date(said, TODAY) == Read(meant)


@pytest.mark.parametrize(("said", "meant"), NEAREST.items())
def test_a_day_half_said_is_completed_and_read_back(said: str, meant: day) -> None:
    assert date(said, TODAY) == Read(meant, sure=False)


@pytest.mark.parametrize("said", NOTHING)
def test_a_day_that_no_calendar_has_is_not_read(said: str) -> None:
    assert date(said, TODAY) is None


@pytest.mark.parametrize(
    ("said", "past", "future"),
    [
        ("30/9", day(2026, 9, 30), day(2027, 9, 30)),
        ("30/12", day(2025, 12, 30), day(2026, 12, 30)),
        ("29/2", day(2024, 2, 29), day(2028, 2, 29)),
        ("rằm tháng 8", day(2026, 9, 25), day(2027, 9, 15)),
        ("mùng 1 tết", day(2026, 2, 17), day(2027, 2, 6)),
        ("thứ 6", day(2026, 11, 20), day(2026, 11, 27)),
        ("ngày 15", day(2026, 11, 15), day(2026, 12, 15)),
        ("tháng 4", day(2026, 4, 1), day(2027, 4, 30)),
    ],
)
def test_the_year_left_out_lies_on_the_preferred_side(said: str, past: day, future: day) -> None:
    assert date(said, TODAY, "past") == Read(past, sure=False)
    assert date(said, TODAY, "future") == Read(future, sure=False)


def test_a_full_date_on_the_unlikely_side_is_read_back() -> None:
    assert date("30/9/2027", TODAY, "past") == Read(day(2027, 9, 30), sure=False)
    assert date("30/9/2025", TODAY, "future") == Read(day(2025, 9, 30), sure=False)


def test_mung_may_be_of_the_sun_or_of_the_moon() -> None:
    assert date("mùng 5 tháng 3", TODAY) == Unclear((day(2027, 3, 5), day(2027, 4, 11)))


def test_next_month_and_june_are_one_word_without_marks() -> None:
    assert date("cuoi thang sau", TODAY) == Unclear((day(2026, 12, 31), day(2026, 6, 30)))


def test_sau_without_marks_may_be_six_or_next() -> None:
    assert date("ngay 3 thang sau", TODAY) == Unclear((day(2026, 12, 3), day(2026, 6, 3)))
    assert date("ngày 3 tháng sau", TODAY) == Read(day(2026, 12, 3))


@pytest.mark.parametrize(("said", "known"), AS_KNOWN.items())
def test_a_registration_date_is_kept_as_far_as_it_is_known(said: str, known: str) -> None:
    assert partial_date(said, TODAY) == Read(known)


@pytest.mark.parametrize(("said", "guess"), AS_GUESSED.items())
def test_a_vague_registration_date_is_read_back(said: str, guess: str) -> None:
    assert partial_date(said, TODAY) == Read(guess, sure=False)


@given(st.dates(day(1900, 1, 1), day(2056, 12, 31)))
def test_a_date_in_normal_form_reads_back_to_itself(shown: day) -> None:
    assert date(f"{shown.day}/{shown.month}/{shown.year}", TODAY) == Read(shown)
    assert partial_date(f"{shown:%d/%m/%Y}", shown) == Read(shown.isoformat())
    assert date(f"ngày {shown.day} tháng {shown.month} năm {shown.year}", TODAY) == Read(shown)


@given(st.dates(day(1950, 1, 1), day(2080, 1, 1)), st.integers(1, 90))
def test_days_counted_from_today_are_exact(today: day, days: int) -> None:
    assert date(f"{days} ngày nữa", today) == Read(today + timedelta(days))
    assert date(f"{days} ngày trước", today) == Read(today - timedelta(days))
