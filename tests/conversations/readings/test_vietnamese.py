"""Where marks decide, and what shorthand means."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.readings import count, yes_no
from conversations.vietnamese import UNITS, composed, fold, telling, unit, words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("HTX", "hop tac xa"),
        ("HTX Bản Liền", "hop tac xa ban lien"),
        ("THT", "to hop tac"),
        ("cty TNHH MTV", "cong ty trach nhiem huu han mot thanh vien"),
        ("GCN ATTP", "giay chung nhan an toan thuc pham"),
        ("đkkd", "dang ky kinh doanh"),
        ("x. Bản Liền, h. Bắc Hà", "xa ban lien, huyen bac ha"),
        ("TT. Bắc Hà", "thi tran bac ha"),
        ("tp. Lào Cai", "thanh pho lao cai"),
        ("2tr", "2 trieu"),
        ("2 củ", "2 trieu"),
        ("50k", "50 nghin"),
        ("k co", "khong co"),
        ("ko đc", "khong duoc"),
    ],
)
def test_shorthand_is_spelled_out(typed: str, meant: str) -> None:
    assert words(typed) == meant


@pytest.mark.parametrize("typed", ["t la ai", "x", "h", "tr", "cu khoai", "12 kg"])
def test_letters_that_are_no_shorthand_here_stay(typed: str) -> None:
    assert words(typed) == typed


def test_marks_count_where_they_are_typed() -> None:
    assert fold(telling("tầm mười")) == "khoang muoi"
    assert fold(telling("tám mươi")) == "8 muoi"
    assert fold(telling("tam muoi")) == "tam muoi"


def test_marks_count_however_they_are_composed() -> None:
    for typed in ("tám người", "TÁM NGƯỜI", "không đúng"):
        apart = unicodedata.normalize("NFD", typed)
        assert count(apart, ("nguoi",)) == count(typed, ("nguoi",))
        assert yes_no(apart) == yes_no(typed)


def test_a_unit_is_told_by_its_marks_or_by_the_likeliest_reading() -> None:
    assert unit("can", "cân") == ("kg", True)
    assert unit("can", "can") == ("kg", False)
    assert unit("ta", "tá") == ("tá", True)
    assert unit("ta", "ta") == ("tạ", True)
    assert unit("gui", "gùi") is None


def test_each_unit_is_known_without_its_marks() -> None:
    assert all(UNITS.get(fold(read)) == read for read in UNITS.values() if read != "sản phẩm")


@given(st.text(max_size=300))
def test_spelling_out_never_fails_and_is_settled(text: str) -> None:
    assert words(text) == words(composed(text))
    assert telling(text).isascii() or not text.isascii()
