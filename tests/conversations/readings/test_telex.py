"""Keys of Telex and VNI that were left in the text."""

import pytest

from conversations.readings import untelex


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("muongf", "muong"),
        ("gaoj neeps", "gao nep"),
        ("gaoj neps", "gao nep"),
        ("ruowuj", "ruou"),
        ("ruwowuj", "ruou"),
        ("nguwowif", "nguoi"),
        ("dduwowcj", "duoc"),
        ("khoong", "khong"),
        ("deens", "den"),
        ("hopwj tacs xax", "hop tac xa"),
        ("vieetj nam", "viet nam"),
        ("banr lieenf", "ban lien"),
        ("thuees", "thue"),
        ("nhw", "nhu"),
        ("ddungs rooif", "dung roi"),
        ("ga5o ne61p", "gao nep"),
        ("ru7o7u5", "ruou"),
        ("d9u1ng", "dung"),
        ("Mieesn Dong", "mien dong"),
    ],
)
def test_keys_are_taken_out(typed: str, meant: str) -> None:
    assert untelex(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "gao nep",
        "ruou 30 do",
        "htx",
        "t6",
        "2tr5",
        "12",
        "quy",
        "nghien",
        "khuyu",
        "xyz",
        "lan@x.vn",
        "",
    ],
)
def test_what_is_written_rightly_is_left_alone(typed: str) -> None:
    assert untelex(typed) == typed
