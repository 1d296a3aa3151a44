"""Letters for channels with a limit: nothing lost, nothing cut in two, nothing over."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.fitting import numbered, pieces, units
from conversations.messages import Letter

TEXTS = some.text(some.sampled_from("aạộ🌾👩\u200d\u0323 \n"), max_size=80)


def test_choices_are_numbered_from_one() -> None:
    assert numbered(Letter("Chọn ạ?", (("x", "Gạo"), ("y", "Chè")))) == "Chọn ạ?\n1. Gạo\n2. Chè"


def test_a_letter_without_choices_is_its_text() -> None:
    assert numbered(Letter("Chào bác.\n")) == "Chào bác.\n"


@pytest.mark.parametrize(("text", "length"), [("", 0), ("ạ", 1), ("a\u0323", 2), ("🌾", 2)])
def test_length_is_that_of_java(text: str, length: int) -> None:
    assert units(text) == length


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("", 5, []),
        (" \n ", 5, []),
        ("một", 5, ["một"]),
        ("một\nhai ba", 8, ["một", "hai ba"]),
        ("một hai ba", 8, ["một hai", "ba"]),
        ("một\n\n\nhai", 5, ["một", "hai"]),
        ("a\u0323" * 5, 5, ["ạ" * 5]),
        ("🌾🌾🌾", 5, ["🌾🌾", "🌾"]),
        ("abcdefgh", 3, ["abc", "def", "gh"]),
        ("xx\u0323\u0301", 2, ["x", "x\u0323\u0301"[:2], "\u0301"]),
    ],
)
def test_a_text_is_cut_where_it_hurts_least(text: str, most: int, expected: list[str]) -> None:
    assert pieces(text, most) == expected


@given(TEXTS, some.integers(2, 30))
def test_no_piece_is_too_long_or_empty_and_no_sign_is_lost(text: str, most: int) -> None:
    found = pieces(text, most)

    whole = unicodedata.normalize("NFC", text)
    assert all(0 < units(piece) <= most for piece in found)
    assert "".join("".join(found).split()) == "".join(whole.split())


@given(TEXTS)
def test_what_fits_is_left_alone(text: str) -> None:
    whole = unicodedata.normalize("NFC", text).strip()

    assert pieces(text, 200) == ([whole] if whole else [])
