"""Sums of money as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear
from conversations.readings import money

PLAIN = {
    "2tr5": 2_500_000,
    "2 triệu rưỡi": 2_500_000,
    "2 trieu ruoi": 2_500_000,
    "2tr50": 2_500_000,
    "2tr05": 2_050_000,
    "1tr250": 1_250_000,
    "2 trieu 500": 2_500_000,
    "20tr500k": 20_500_000,
    "20 triệu 500 nghìn": 20_500_000,
    "nửa tỷ": 500_000_000,
    "nua ti": 500_000_000,
    "nửa triệu": 500_000,
    "15tr": 15_000_000,
    "15 triệu": 15_000_000,
    "15 trieu dong": 15_000_000,
    "15.5tr": 15_500_000,
    "15,5 triệu": 15_500_000,
    "500k": 500_000,
    "500 ngàn": 500_000,
    "500 nghìn đồng": 500_000,
    "1,2 tỷ": 1_200_000_000,
    "1.2 ty": 1_200_000_000,
    "1tỷ2": 1_200_000_000,
    "1ty200": 1_200_000_000,
    "1 tỷ 2 trăm triệu": 1_200_000_000,
    "một tỷ rưỡi": 1_500_000_000,
    "tỷ hai": 1_200_000_000,
    "1.500.000": 1_500_000,
    "1.500.000đ": 1_500_000,
    "1.500.000 VNĐ": 1_500_000,
    "1.500.000₫": 1_500_000,
    "1,500,000": 1_500_000,
    "1 500 000": 1_500_000,
    "1500000": 1_500_000,
    "25.000đ": 25_000,
    "25.000": 25_000,
    "một triệu hai": 1_200_000,
    "mot trieu hai": 1_200_000,
    "triệu rưỡi": 1_500_000,
    "một triệu hai trăm nghìn": 1_200_000,
    "hai mươi lăm nghìn": 25_000,
    "năm trăm nghìn": 500_000,
    "trăm nghìn": 100_000,
    "2 củ": 2_000_000,
    "5 chục triệu": 50_000_000,
    "1.444,197 tr": 1_444_197_000,
    "1.200 triệu": 1_200_000_000,
    "dạ 20 triệu ạ": 20_000_000,
    "hết 3 triệu": 3_000_000,
    "0 đồng": 0,
    "miễn phí": 0,
    "không mất tiền": 0,
    "2 million": 2_000_000,
}
NEARLY = {
    "khoảng 15 triệu": 15_000_000,
    "dạ tầm 20 triệu ạ": 20_000_000,
    "gần tỷ rưỡi": 1_500_000_000,
    "15 triệu đồng/năm": 15_000_000,
    "2 triệu một tháng": 2_000_000,
    "50k/kg": 50_000,
    "50k 1 kg": 50_000,
    "120k/1 chai": 120_000,
    "bán 50 nghìn một cân": 50_000,
    "một triệu hai một tháng": 1_200_000,
    "doanh thu năm ngoái 200 triệu": 200_000_000,
    "500 đồng": 500,
}
SEVERAL = {
    "500": (500_000, 500_000_000, 500),
    "15": (15_000, 15_000_000),
    "1,500": (1_500_000, 1_500),
    "1500": (1_500_000, 1_500),
    "1,5": (1_500_000, 1_500_000_000),
    "năm trăm": (500_000, 500_000_000, 500),
    "2-3 triệu": (2_000_000, 3_000_000),
    "2 đến 3 triệu": (2_000_000, 3_000_000),
    "hai ba triệu": (2_000_000, 3_000_000),
    "500k-1tr": (500_000, 1_000_000),
    "1,200 triệu": (1_200_000, 1_200_000_000),
    "1,500 tỷ": (1_500_000_000, 1_500_000_000_000),
}
NOTHING = (
    "", "vài triệu", "mấy trăm triệu", "vài chục triệu", "nhiều tiền", "-15tr", "2 lít",
    "gạo nếp", "chưa bán", "10^9", "9" * 30, "5 con", "{{ 7*7 }} triệu",
)  # fmt: skip


@pytest.mark.parametrize(("said", "dong"), PLAIN.items())
def test_a_sum_is_read_however_it_is_written(said: str, dong: int) -> None:
    assert money(said) == Read(dong)


@pytest.mark.parametrize(("said", "dong"), NEARLY.items())
def test_a_sum_with_more_around_it_is_read_back(said: str, dong: int) -> None:
    assert money(said) == Read(dong, sure=False)


@pytest.mark.parametrize(("said", "sums"), SEVERAL.items())
def test_a_bare_figure_or_a_range_is_asked_about(said: str, sums: tuple[int, ...]) -> None:
    assert money(said) == Unclear(sums)


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_no_sum_is_not_read_as_one(said: str) -> None:
    assert money(said) is None


@given(st.integers(1000, 10**14))
def test_a_sum_in_normal_form_reads_back_to_itself(dong: int) -> None:
    shown = f"{dong:,} đồng".replace(",", ".")

    assert money(shown) == Read(dong)
