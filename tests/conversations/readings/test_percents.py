"""Shares of a hundred as they are typed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear, Wrong
from conversations.readings import percent

PLAIN = {
    "70%": 70,
    "70 %": 70,
    "70": 70,
    "70 phan tram": 70,
    "70 phần trăm": 70,
    "bảy mươi phần trăm": 70,
    "bay muoi phan tram": 70,
    "bảy mươi lăm phần trăm": 75,
    "bảy chục phần trăm": 70,
    "5 chục phần trăm": 50,
    "một nửa": 50,
    "mot nua": 50,
    "nửa": 50,
    "1/2": 50,
    "½": 50,
    "3/4": 75,
    "ba phần tư": 75,
    "7/10": 70,
    "7 phần 10": 70,
    "toàn bộ": 100,
    "tất cả": 100,
    "tat ca": 100,
    "hết": 100,
    "dạ toàn bộ ạ": 100,
    "trăm phần trăm": 100,
    "một trăm phần trăm": 100,
    "100": 100,
    "100%": 100,
    "0": 0,
    "dạ 70% ạ": 70,
    "12,5%": Decimal("12.5"),
    "12.5%": Decimal("12.5"),
    "2/3": Decimal("66.667"),
    "hai phần ba": Decimal("66.667"),
}
NEARLY = {
    "khoảng 80%": 80,
    "tầm 75 phần trăm": 75,
    "chắc tầm 75%": 75,
    "trên 50%": 50,
    "gần hết": 90,
    "gan het": 90,
    "hầu hết": 90,
    "gần như toàn bộ": 90,
    "bảy phần": 70,
    "70% là gạo nếp": 70,
}
SEVERAL = {
    "60-70%": (60, 70),
    "60% - 70%": (60, 70),
    "60 đến 70 phần trăm": (60, 70),
    "0,7": (70, Decimal("0.7")),
}
NOTHING = ("", "nhiều", "một phần nhỏ", "phần lớn", "-5%", "12/10", "không", "gạo", "70$ 80$", "??")


@pytest.mark.parametrize(("said", "share"), PLAIN.items())
def test_a_share_is_read_however_it_is_written(said: str, share: Decimal | int) -> None:
    assert percent(said) == Read(Decimal(share))


@pytest.mark.parametrize(("said", "share"), NEARLY.items())
def test_nearly_so_much_is_read_back(said: str, share: int) -> None:
    assert percent(said) == Read(Decimal(share), sure=False)


@pytest.mark.parametrize(("said", "shares"), SEVERAL.items())
def test_between_two_shares_the_person_chooses(said: str, shares: tuple[Decimal | int]) -> None:
    assert percent(said) == Unclear(tuple(map(Decimal, shares)))


@pytest.mark.parametrize("said", ["110%", "101", "200 phần trăm", "hai trăm phần trăm", "90-110%"])
def test_more_than_all_of_it_is_told_apart_from_nonsense(said: str) -> None:
    assert percent(said) == Wrong("percent_over")


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_no_share_is_not_read_as_one(said: str) -> None:
    assert percent(said) is None


@given(st.integers(0, 1000))
def test_a_share_in_normal_form_reads_back_to_itself(tenths: int) -> None:
    share = Decimal(tenths) / 10
    shown = f"{share.normalize():f}%".replace(".", ",")

    assert percent(shown) == Read(share)
