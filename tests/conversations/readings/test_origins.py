"""Where the raw material comes from, as it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear, Wrong
from conversations.readings import Shares, shares

PLAIN = {
    "70% trong xa, 100% trong tinh": (70, 100),
    "70% trong xã, 100% trong tỉnh": (70, 100),
    "trong xã 70%, trong tỉnh 100%": (70, 100),
    "xã: 70, tỉnh: 100": (70, 100),
    "70% ở xã, trong tỉnh 100%": (70, 100),
    "70 100": (70, 100),
    "70,100": (70, 100),
    "70 và 100": (70, 100),
    "100 100": (100, 100),
    "toàn bộ trong xã": (100, 100),
    "toan bo trong xa": (100, 100),
    "tất cả ở xã ạ": (100, 100),
    "100% trong xã": (100, 100),
    "trong xã hết": (100, 100),
    "nguyên liệu nhà trồng hết": (100, 100),
    "toàn bộ trong xã, không mua ngoài": (100, 100),
    "100% tinh dầu quế lấy trong xã": (100, 100),
    "80% ở xã còn lại trong tỉnh": (80, 100),
    "80 xa con lai trong tinh": (80, 100),
    "trong xã 70% còn lại trong tỉnh": (70, 100),
    "bảy mươi phần trăm trong xã, còn lại trong huyện": (70, 100),
    "70% xã, 30% trong tỉnh": (70, 100),
    "70% trong xã, 30% xã khác": (70, 100),
    "một nửa ở xã, một nửa ở huyện khác": (50, 100),
    "nửa trong xã nửa ngoài tỉnh": (50, 50),
    "80 xã 20 tỉnh khác": (80, 80),
    "60 trong xã còn lại ngoài tỉnh": (60, 60),
    "30% ngoài tỉnh còn lại trong xã": (70, 70),
    "60% xã, 20% tỉnh, 20% ngoài tỉnh": (60, 80),
    "0% trong xã, 100% trong tỉnh": (0, 100),
    "2/3 trong xã còn lại trong tỉnh": (67, 100),
}
GUESSED = {
    "100": (100, 100),
    "toàn bộ": (100, 100),
    "trong xã": (100, 100),
    "trong tinh het": (0, 100),
    "toàn bộ trong tỉnh": (0, 100),
    "mua ngoài tỉnh hết": (0, 0),
    "30% mua ngoài tỉnh": (70, 70),
    "60 xa 30 huyen khac": (60, 90),
    "60% trong xã 20% trong tỉnh": (60, 80),
    "khoảng 80% trong xã, 100% trong tỉnh": (80, 100),
    "gần hết trong xã, còn lại trong tỉnh": (90, 100),
    "100 70": (70, 100),
    "80% trong tỉnh": (0, 80),
    "30% huyện khác": (70, 100),
    "20% ngoài tỉnh 80% trong tỉnh": (0, 80),
    "60 xã 10 ngoài tỉnh": (60, 90),
}
SEVERAL = {
    "70": ((70, 100), (70, 70)),
    "70% trong xã": ((70, 100), (70, 70)),
    "70 30": ((70, 100), (70, 70)),
    "70% ở Bản Liền, 30% ở Bắc Hà": ((70, 100), (70, 70)),
    "70% trong xã, 30% nơi khác": ((70, 100), (70, 70)),
    "50 trong xã 50 trong tỉnh": ((50, 100), (50, 50)),
    "30 xã 70 tỉnh": ((30, 100), (30, 70)),
    "60-70% trong xã, 100% trong tỉnh": ((60, 100), (70, 100)),
}


@pytest.mark.parametrize(("said", "meant"), PLAIN.items())
def test_both_shares_are_read_from_one_answer(said: str, meant: tuple[int, int]) -> None:
    assert shares(said) == Read(Shares(*meant))


@pytest.mark.parametrize(("said", "meant"), GUESSED.items())
def test_a_share_left_unsaid_is_read_back(said: str, meant: tuple[int, int]) -> None:
    assert shares(said) == Read(Shares(*meant), sure=False)


@pytest.mark.parametrize(("said", "meant"), SEVERAL.items())
def test_where_the_rest_comes_from_is_asked(said: str, meant: tuple[tuple[int, int], ...]) -> None:
    assert shares(said) == Unclear(tuple(Shares(*both) for both in meant))


@pytest.mark.parametrize(
    "said", ["110% trong xã", "70 trong xã 50 ngoài tỉnh", "80 xã 30 huyện khác"]
)
def test_more_than_all_of_it_is_told_apart_from_nonsense(said: str) -> None:
    assert shares(said) == Wrong("percent_over")


@pytest.mark.parametrize(
    "said", ["", "không có", "gạo nếp", "nhiều nơi", "{{ 7*7 }}", "10 20 30", "99 %%% 七"]
)
def test_what_says_no_share_is_not_read(said: str) -> None:
    assert shares(said) is None


@given(st.integers(0, 100), st.integers(0, 100))
def test_shares_in_normal_form_read_back_to_themselves(one: int, other: int) -> None:
    commune, province = sorted((one, other))

    found = shares(f"{commune}% trong xã, {province}% trong tỉnh")

    match found:
        case Read(value):
            assert value == Shares(commune, province)
        case Unclear(candidates):
            assert Shares(commune, province) in candidates
        case _:
            pytest.fail(f"not read: {found}")


@pytest.mark.parametrize("text", ["chai thuỷ tinh", "lọ thủy tinh nhỏ", "nước tinh khiết"])
def test_glass_is_no_province(text: str) -> None:
    assert shares(text) is None
