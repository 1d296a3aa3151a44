"""Names are found as thumbs type them: bare, mistyped, glued, with keys of Telex left in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programme.naming import Names, sound, syllables, without_telex

_NAMES = Names(
    ["rượu ngô", "rượu nếp", "bánh chưng", "mận", "mật ong", "homestay", "nước mắm", "mắm"]
)


def _best(text: str) -> list[str]:
    return [hit.readings[0][0] for hit in _NAMES.find(text)]


@pytest.mark.parametrize(
    ("typed", "syllable"),
    [
        ("ruwowuj", "ruou"),
        ("gaoj", "gao"),
        ("neeps", "nep"),
        ("nguwowif", "nguoi"),
        ("ddoox", "do"),
        ("basnh", "banh"),
        ("ga5o", "gao"),
        ("ru7o75u", "ruou"),
        ("tieengs", "tieng"),
        ("mawms", "mam"),
        ("gao", "gao"),
        ("", ""),
    ],
)
def test_keys_that_no_input_method_took_are_taken_back(typed: str, syllable: str) -> None:
    assert without_telex(typed) == syllable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trung", "chung"),
        ("xich", "sich"),
        ("gia", "ra"),
        ("lam", "nam"),
        ("ki", "ky"),
        ("nghe", "ge"),
    ],
)
def test_regional_spellings_of_one_sound_are_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_old_and_new_places_of_the_tone_mark_are_the_same_syllable() -> None:
    assert syllables("hoà tuỳ") == syllables("hòa tùy")


def test_letters_put_together_or_taken_apart_are_the_same_syllable() -> None:
    assert syllables(unicodedata.normalize("NFD", "rượu")) == syllables("rượu")


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("ruou ngo", "rượu ngô"),
        ("ruo ngo", "rượu ngô"),
        ("ruou bgo", "rượu ngô"),
        ("banh trung", "bánh chưng"),
        ("bánh trưng", "bánh chưng"),
        ("mat ogn", "mật ong"),
        ("matong", "mật ong"),
        ("homstay", "homestay"),
        ("nuco mam", "nước mắm"),
    ],
)
def test_one_slip_of_the_thumb_still_names_it(typed: str, name: str) -> None:
    assert _best(typed) == [name]


def test_the_longest_name_is_taken_and_none_inside_it() -> None:
    assert _best("nước mắm rồi mắm") == ["nước mắm", "mắm"]


def test_a_name_of_its_own_is_not_taken_for_a_typo() -> None:
    """Plum juice is no fish sauce, though one key apart."""
    assert _best("nuoc man") == ["mận"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "🙂", "xe dap dien", "ma", "\x00"])
def test_nothing_is_found_where_nothing_is_named(text: str) -> None:
    assert _NAMES.find(text) == ()


@given(st.text(max_size=300))
def test_any_text_is_read_without_harm_and_alike_each_time(text: str) -> None:
    found = _NAMES.find(text)

    assert found == _NAMES.find(text)
    assert all(hit.size >= 1 and hit.readings[0][1] > 0 for hit in found)
