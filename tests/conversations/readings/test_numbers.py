"""Whole numbers as they are typed, in figures and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear
from conversations.readings import count, whole

PEOPLE = ("nguoi", "lao dong")
PLAIN = {
    "12": 12,
    "12 nguoi": 12,
    "12 người": 12,
    "12nguoi": 12,
    "12 lao động": 12,
    "05 người": 5,
    "mười hai": 12,
    "muoi hai": 12,
    "muoi hai nguoi": 12,
    "hai chục": 20,
    "hai chuc nguoi": 20,
    "2 chục": 20,
    "chục rưỡi": 15,
    "mười lăm": 15,
    "muoi nham": 15,
    "hai mươi": 20,
    "hai mươi mốt": 21,
    "hai mươi tư": 24,
    "hai lăm": 25,
    "bốn lăm": 45,
    "tám người": 8,
    "tam nguoi": 8,
    "bảy": 7,
    "sáu người": 6,
    "7 mươi": 70,
    "chín mươi chín": 99,
    "một trăm": 100,
    "trăm hai": 120,
    "trăm rưỡi": 150,
    "một trăm linh năm": 105,
    "mot tram le hai": 102,
    "hai trăm rưỡi": 250,
    "ba trăm hai mươi lăm": 325,
    "một nghìn hai": 1200,
    "hai nghìn ba trăm": 2300,
    "hai nghìn không trăm mười lăm": 2015,
    "1.200": 1200,
    "1,200": 1200,
    "1 500 000": 1_500_000,
    "50k": 50_000,
    "2 nghìn": 2000,
    "dạ 12 ạ": 12,
    "dạ nhà em có 12 người làm ạ": 12,
    "có 12 người thôi em": 12,
    "tất cả 30 người": 30,
    "１２": 12,
    "12.": 12,
    "co 12 ng": 12,
    "chỉ có 3 người": 3,
    "một nghìn lẻ năm": 1005,
    "ba trăm mốt": 310,
    "2 triệu": 2_000_000,
    "- 12 người": 12,
}
NEARLY = {
    "khoảng 20 người": 20,
    "khoang 20 nguoi": 20,
    "tầm 20": 20,
    "tam 20 nguoi": 20,
    "tầm mười người": 10,
    "~20": 20,
    "độ 30 người": 30,
    "gần 40": 40,
    "hơn 10 người": 10,
    "tam muoi nguoi": 80,
    "1 200 người": 1200,
    "xưởng có 12 công nhân": 12,
    "không có ai": 0,
    "khong": 0,
    "hơn chục người": 10,
    "hai mốt": 21,
    "hai trăm năm": 200,
    "hai trăm một tháng": 200,
}
SEVERAL = {
    "15-20": (15, 20),
    "15 – 20 người": (15, 20),
    "15 đến 20": (15, 20),
    "từ 15 đến 20 người": (15, 20),
    "ba bốn người": (3, 4),
    "sáu bảy người": (6, 7),
    "hai ba chục": (20, 30),
    "mười hai mười ba người": (12, 13),
}
NOTHING = (
    "",
    "nhiều lắm", "mấy chục người", "vài trăm người", "2 triệu 3 triệu", "vài người",
    "mấy người", "-5", "12,5", "1.5", "007", "12/10", "12%", "bà con", "12 người, 3 nữ",
    "20-15", "gạo nếp", "0912345678", "1e5", "10^400", "{{ 7*7 }}", "١٢", "9" * 40,
)  # fmt: skip


@pytest.mark.parametrize(("said", "number"), PLAIN.items())
def test_a_number_is_read_however_it_is_written(said: str, number: int) -> None:
    assert count(said, PEOPLE) == Read(number)


@pytest.mark.parametrize(("said", "number"), NEARLY.items())
def test_about_so_many_is_read_back(said: str, number: int) -> None:
    assert count(said, PEOPLE) == Read(number, sure=False)


@pytest.mark.parametrize(("said", "numbers"), SEVERAL.items())
def test_between_two_numbers_the_person_chooses(said: str, numbers: tuple[int, ...]) -> None:
    assert count(said, PEOPLE) == Unclear(numbers)


@pytest.mark.parametrize("said", NOTHING)
def test_what_is_no_whole_number_is_not_read_as_one(said: str) -> None:
    assert count(said, PEOPLE) is None


def test_without_units_the_counted_thing_leaves_a_doubt() -> None:
    assert whole("12") == Read(12)
    assert whole("12 cây") == Read(12, sure=False)


@given(st.integers(0, 10**12))
def test_a_number_with_points_reads_back_to_itself(number: int) -> None:
    assert whole(f"{number:,}".replace(",", ".")) == Read(number)


@given(st.integers(0, 10**12))
def test_bare_digits_read_back_to_themselves(number: int) -> None:
    assert whole(str(number)) == Read(number)
