"""Whom an announcement is for, as officers say it: all conditions are taken, none is left out."""

from datetime import date
from typing import Any

import pytest

from conversations.aiming import CERTIFIED, EVERYBODY, AimKind, of
from conversations.answers import Asked
from conversations.reading import Read, Wrong

TODAY = date(2026, 11, 30)
LAO_CAI = "15"


def aim(text: str) -> dict[str, Any] | None:
    """The codes and numbers that the text leads to."""
    said = of(text, TODAY, LAO_CAI)
    if said is None:
        return None
    short = {
        "areas": [code for area in said.get("areas", ()) for code in area["codes"]],
        "sets": [one["number"] for one in said.get("sets", ())],
        "rounds": [one["key"] for one in said.get("rounds", ())],
    }
    return {name: short.get(name, value) for name, value in said.items()}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tất cả", {"all": True}),
        ("Tất cả chủ thể trong vùng", {"all": True}),
        ("mọi người", {"all": True}),
        ("chủ thể xã Bản Liền, Bắc Hà có gạo từ 3 sao còn hạn đến 24/12",
         {"areas": ["02869"], "sets": [3], "stars": [3, 4, 5]}),
        ("chu the xa ban lien, bac ha co gao tu 3 sao",
         {"areas": ["02869"], "sets": [3], "stars": [3, 4, 5]}),
        ("bản liền, bảo nhai", {"areas": ["02869", "02890"]}),
        ("xã Bản Liền và xã Bảo Nhai có mận", {"areas": ["02869", "02890"], "sets": [1]}),
        ("tất cả chủ thể ở Bản Liền", {"areas": ["02869"]}),
        ("bac ha", {"areas": ["02839"]}),
        ("ai có gạo", {"sets": [3]}),
        ("bán mật ong", {"sets": [4]}),
        ("gạo hoặc miến dong", {"sets": [3, 6]}),
        ("bộ 3, 5", {"sets": [3, 5]}),
        ("ở Bắc Hà có tinh dầu quế", {"areas": ["02839"], "sets": [20]}),
        ("từ 4 sao", {"stars": [4, 5]}),
        ("3-4 sao", {"stars": [3, 4]}),
        ("3 hoặc 5 sao", {"stars": [3, 5]}),
        ("mận mùa tháng 6, 7", {"sets": [1], "months": [6, 7]}),
        ("mùa tháng 9-11", {"months": [9, 10, 11]}),
        ("đợt 1/2027", {"rounds": ["tinh-1-2027"]}),
        ("làm miến dong đợt 1", {"sets": [6], "rounds": ["tinh-1-2027"]}),
        ("đọc tiếng Anh", {"languages": ["en"]}),
        ("danh sách: 12, 15", {"producers": [12, 15]}),
        ("12, 15, 20", {"producers": [12, 15, 20]}),
        ("producers in Ban Lien with gao from 3 stars",
         {"areas": ["02869"], "sets": [3], "stars": [3, 4, 5]}),
    ],
)  # fmt: skip
def test_each_condition_is_taken(text: str, meant: dict[str, Any]) -> None:
    assert aim(text) == meant


@pytest.mark.parametrize("text", ["xyz abc", "xã Bản Liền có xyz", "gạo và xyz", "?", "3"])
def test_a_word_that_is_not_understood_is_never_left_out(text: str) -> None:
    assert aim(text) is None


def test_an_old_district_is_the_communes_that_it_became() -> None:
    said = of("huyện Bắc Hà", TODAY, LAO_CAI) or {}

    assert {"02869", "02839", "02890"} <= set(said["areas"][0]["codes"])
    assert said["areas"][0]["name"] == "huyện Bắc Hà, tỉnh Lào Cai"


def test_a_province_is_its_own_code() -> None:
    assert aim("tỉnh Lào Cai có rượu ngô 3 sao") == {"areas": ["15"], "sets": [14], "stars": [3]}


def test_what_is_guessed_is_read_back_and_what_is_offered_is_not() -> None:
    asked = Asked("announcement", "aim", TODAY, {}, {"province": LAO_CAI})

    assert AimKind().read("1", asked) == Read(EVERYBODY)
    assert AimKind().read("2", asked) == Read(CERTIFIED)
    read = AimKind().read("xã Bản Liền", asked)
    assert isinstance(read, Read)
    assert not read.sure
    assert AimKind().read("xyz", asked) == Wrong("aim")
