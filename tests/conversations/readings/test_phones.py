"""Telephone numbers as they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.reading import Read, Unclear
from conversations.readings import phone


@pytest.mark.parametrize(
    "said",
    [
        "0912345678", "0912 345 678", "0912.345.678", "0912-345-678", "09 12 34 56 78",
        "+84 912.345.678", "+84912345678", "84912345678", "0084912345678", "(+84) 0912345678",
        "+84 (0) 912 345 678", "sđt của em là 0912 345 678 ạ", "zalo: 0912345678",
        "０９１２３４５６７８", "0912345678.", "số 0912345678 nhé em",
    ],
)  # fmt: skip
def test_a_mobile_number_is_read_in_one_form(said: str) -> None:
    assert phone(said) == Read("0912345678")


@pytest.mark.parametrize("said", ["o912345678", "O912 345 678", "912345678", "912 345 678"])
def test_a_letter_for_a_nought_or_a_lost_nought_is_read_back(said: str) -> None:
    assert phone(said) == Read("0912345678", sure=False)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("0214 3880 123", "02143880123"),
        ("02143880123", "02143880123"),
        ("024 3825 1234", "02438251234"),
    ],
)
def test_a_landline_is_read(said: str, number: str) -> None:
    assert phone(said) == Read(number)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("01688123456", "0388123456"), ("0162 812 3456", "0328123456"),
        ("0120 312 3456", "0703123456"), ("0123 456 7890", "0834567890"),
        ("01299123456", "0829123456"), ("0199 312 3456", "0593123456"),
    ],
)  # fmt: skip
def test_an_old_prefix_is_changed_and_read_back(old: str, new: str) -> None:
    assert phone(old) == Read(new, sure=False)


def test_of_two_numbers_the_person_chooses() -> None:
    both = Unclear(("0912345678", "0987654321"))

    assert phone("0912345678 / 0987654321") == both
    assert phone("0912 345 678 - 0987 654 321") == both
    assert phone("0912345678 hoặc 0987654321") == both


@pytest.mark.parametrize(
    "said",
    [
        "", "0912", "091234567", "09123456789", "0412345678", "1900 1234", "12 người",
        "không có", "12/3/2015", "1.500.000", "9" * 200, "٠٩١٢٣٤٥٦٧٨", "loooooool",
    ],
)  # fmt: skip
def test_what_is_no_vietnamese_number_is_not_read(said: str) -> None:
    assert phone(said) is None


@given(st.from_regex(r"\A0[35789][0-9]{8}\Z"), st.sampled_from(["", " ", ".", "-"]))
def test_a_number_in_normal_form_reads_back_to_itself(number: str, gap: str) -> None:
    assert phone(gap.join((number[:4], number[4:7], number[7:]))) == Read(number)
