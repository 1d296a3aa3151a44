"""Codes of offices: typed on any phone, in any keyboard for Vietnamese, they stay what they are."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme import office_codes
from programme.folding import fold
from programme.office_codes import LENGTH, SIGNS

CODES = st.builds(lambda seed: office_codes.made(Random(seed).randrange), st.integers(0, 10**9))


@given(CODES)
def test_a_code_is_read_as_it_is_shown_and_in_any_letters(code: str) -> None:
    shown = office_codes.shown(code)

    for typed in (shown, code, shown.lower(), shown.replace("-", " "), f" {shown}\n", fold(shown)):
        assert office_codes.read(typed) == code


@given(CODES)
def test_signs_that_look_alike_are_taken_for_each_other(code: str) -> None:
    for sign, alike in (("L", "I"), ("L", "1"), ("5", "S"), ("2", "Z"), ("8", "B"), ("6", "G")):
        assert office_codes.read(code.replace(sign, alike)) == code


@given(CODES)
def test_no_keyboard_for_vietnamese_changes_a_code(code: str) -> None:
    """Telex and VNI make marks of what follows a vowel or a D; there is none."""
    assert not set(code) & set("AEIOUYDW")
    assert len(code) == LENGTH
    assert set(code) <= set(SIGNS)


@given(st.text("0123456789", min_size=7, max_size=12))
def test_a_number_is_never_a_code(number: str) -> None:
    """Papers, telephones and identity cards have numbers, and people type them."""
    assert office_codes.read(number) is None
    assert office_codes.read(f"{number[:3]} {number[3:6]} {number[6:]}") is None


@pytest.mark.parametrize(
    "text",
    ["", "CANBO", "gạo nếp", "K7P-3MX", "K7P-3MX-9CTT", "K7P/3MX/9CT", "đồng ý nhé", "A7P3MX9CT"],
)
def test_what_has_not_the_shape_of_a_code_is_none(text: str) -> None:
    assert office_codes.read(text) is None


def test_a_drawn_number_is_drawn_again() -> None:
    digits = [SIGNS.index(sign) for sign in "23456789L"]
    draws = iter([*digits, *[SIGNS.index(sign) for sign in "K7P3MX9CT"]])

    assert office_codes.made(lambda _most: next(draws)) == "K7P3MX9CT"
