"""The months of a season as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read
from conversations.readings import months

ALL = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
PLAIN = {
    "tháng 6 đến tháng 8": (6, 7, 8),
    "thang 6 den thang 8": (6, 7, 8),
    "tháng 6 tới tháng 8": (6, 7, 8),
    "từ tháng 6 đến tháng 8": (6, 7, 8),
    "dạ từ tháng 6 đến tháng 8 ạ": (6, 7, 8),
    "đầu tháng 6 đến cuối tháng 8": (6, 7, 8),
    "t6-t8": (6, 7, 8),
    "T6 – T8": (6, 7, 8),
    "t6 den t8": (6, 7, 8),
    "6-8": (6, 7, 8),
    "6 đến 8": (6, 7, 8),
    "6,7,8": (6, 7, 8),
    "6 7 8": (6, 7, 8),
    "6.7.8": (6, 7, 8),
    "tháng 6,7,8": (6, 7, 8),
    "tháng 6, tháng 7 và tháng 8": (6, 7, 8),
    "tháng sáu đến tháng tám": (6, 7, 8),
    "thang sau den thang tam": (6, 7, 8),
    "sáu đến tám": (6, 7, 8),
    "tháng 11 đến tháng 2": (1, 2, 11, 12),
    "11-2": (1, 2, 11, 12),
    "từ tháng 9 năm nay đến tháng 2 năm sau": (1, 2, 9, 10, 11, 12),
    "tháng 5 và 10": (5, 10),
    "5-7 và 10-11": (5, 6, 7, 10, 11),
    "tháng 5": (5,),
    "tháng 5 năm 2026": (5,),
    "thang nam": (5,),
    "tháng tư": (4,),
    "tháng mười một": (11,),
    "tháng mười": (10,),
    "tháng ba, tháng bốn": (3, 4),
    "06": (6,),
    "quanh năm": ALL,
    "quanh nam": ALL,
    "có quanh năm ạ": ALL,
    "cả năm": ALL,
    "12 tháng": ALL,
    "cả 12 tháng": ALL,
    "lúc nào cũng có": ALL,
    "tháng nào cũng có": ALL,
    "bốn mùa": ALL,
    "1-12": ALL,
    "6 tháng đầu năm": (1, 2, 3, 4, 5, 6),
    "6 tháng cuối năm": (7, 8, 9, 10, 11, 12),
    "quý 1": (1, 2, 3),
    "quý III và quý IV": (7, 8, 9, 10, 11, 12),
    "tất cả các tháng": ALL,
    "mọi tháng": ALL,
    "tháng chín, mười": (9, 10),
    "tháng 6, tháng năm": (5, 6),
    "june to august": (6, 7, 8),
}
GUESSED = {
    "mùa xuân": (2, 3, 4),
    "mùa hè": (5, 6, 7),
    "mua he": (5, 6, 7),
    "mùa thu": (8, 9, 10),
    "vụ đông": (1, 11, 12),
    "vụ đông xuân": (1, 2, 3, 4, 11, 12),
    "mùa mưa": (5, 6, 7, 8, 9, 10),
    "tết": (1, 2),
    "dịp giáp tết": (1, 2),
    "tháng chạp": (1,),
    "tháng giêng": (2,),
    "tháng chạp đến tháng giêng": (1, 2),
    "tháng 8 âm lịch": (9,),
    "tháng 12 âm": (1,),
    "đầu năm": (1, 2, 3),
    "cuối năm": (10, 11, 12),
    "từ tháng 5": (5, 6, 7, 8, 9, 10, 11, 12),
    "đến tháng 3": (1, 2, 3),
    "6 8": (6, 8),
    "hè": (5, 6, 7),
    "cuối thu đầu đông": (1, 8, 9, 10, 11, 12),
    "sau tết": (2, 3),
    "liên tục": ALL,
    "từ tháng 9 tới năm sau": (9,),
    "2 vụ, tháng 6 và tháng 11": (6, 11),
    "6/8": (6, 8),
    "nhiều nhất là tháng 9": (9,),
    "quanh năm trừ tháng 1, 2": (3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    "gần như quanh năm": ALL,
}
NOTHING = ("", "tháng 13", "tháng 0", "30/6", "6 tháng", "1 năm 2 vụ", "12 người",
    "gạo nếp", "theo đơn đặt hàng", "{{7*7}}", "quanh năm trừ quanh năm", "12 nghìn 500",
    "六月",
)  # fmt: skip


@pytest.mark.parametrize(("said", "meant"), PLAIN.items())
def test_months_are_read_however_they_are_listed(said: str, meant: tuple[int, ...]) -> None:
    assert months(said) == Read(meant)


@pytest.mark.parametrize(("said", "meant"), GUESSED.items())
def test_a_season_by_its_name_is_read_back_as_months(said: str, meant: tuple[int, ...]) -> None:
    assert months(said) == Read(meant, sure=False)


@pytest.mark.parametrize("said", NOTHING)
def test_what_names_no_month_is_not_read(said: str) -> None:
    assert months(said) is None


@given(st.sets(st.integers(1, 12), min_size=1))
def test_months_in_normal_form_read_back_to_themselves(chosen: set[int]) -> None:
    listed = sorted(chosen)

    assert months("tháng " + ", ".join(map(str, listed))) == Read(tuple(listed))
