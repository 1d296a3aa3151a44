"""Soát nhãn: the label is told in two answers, and what it lacks or wrongly claims is said."""

from typing import Any

import pytest

from conversations.forms.label import ITEMS, SUBSTANCES
from programme import failures, ruleset
from storage import writings
from tests.handlers.phones import Phones
from tests.handlers.test_checks import all_good, change

SLOGAN = "Sạch từ đất mẹ, không dùng chất bảo quản"


@pytest.fixture
def told(phones: Phones) -> Phones:
    """Somebody whose dossier has nothing wrong in it."""
    phones.with_idea().say("còn thiếu gì")
    all_good(phones)
    return phones


def kept(phones: Phones) -> Any:
    with phones.database.reading() as tx:
        return writings.of(tx, 1)["label"]


def test_what_the_label_lacks_is_told_by_name(told: Phones) -> None:
    said = told.say("soát nhãn", "1, 2, 3, 4, 5, 6, 8, 9", "không có")

    assert "Em ghi trên nhãn có: tên hàng" in said
    assert "Nhãn còn thiếu: hạn dùng, lời cảnh báo" in said
    assert told.open_form() == ""


def test_a_label_with_everything_and_no_claim_is_good(told: Phones) -> None:
    said = told.say("kiểm tra nhãn", "tất cả", "bỏ qua")

    assert "chưa thấy lỗi nào" in said
    assert set(kept(told)) == {"items"}


def test_goods_that_are_received_are_no_label(told: Phones) -> None:
    assert "Nhãn trên hàng" not in told.say("em kiểm tra xem khách nhận được hàng chưa")


def test_without_a_label_all_is_lacking(told: Phones) -> None:
    assert "Nhãn còn thiếu: tên hàng" in told.say("soát nhãn", "chưa có", "bỏ qua")


@pytest.mark.parametrize(("found", "lies"), [("1", True), ("không có", False), ("bỏ qua", False)])
def test_a_claim_is_held_against_the_test_report(told: Phones, found: str, *, lies: bool) -> None:
    asked = told.say("soát nhãn", "tất cả", SLOGAN, "xong")
    said = told.say(found)

    assert "chất bảo quản nào dưới đây" in asked
    assert "1. Benzoat (E210 đến E213)" in asked
    assert ("không chất bảo quản trái với phiếu kiểm nghiệm" in said) is lies
    assert ("chưa thấy lỗi nào" in said) is not lies


def test_a_claim_that_nothing_contradicts_asks_for_no_substances(told: Phones) -> None:
    said = told.say("soát nhãn", "tất cả", "Ngon từ đất mẹ", "xong")

    assert "chưa thấy lỗi nào" in said
    assert kept(told)["slogans"] == "Ngon từ đất mẹ"


def test_several_claims_ask_for_the_substances_of_each(told: Phones) -> None:
    said = told.say("soát nhãn", "tất cả", "không phẩm màu", "0% đường hóa học", "xong", "2")
    assert "đường hoá học nào" in said

    said = told.say("E951")

    assert "không phẩm màu, không đường hoá học trái với phiếu kiểm nghiệm" in said


def test_the_check_and_the_dossier_lead_to_the_label(told: Phones) -> None:
    assert "2. Soát nhãn hàng" in told.say("soát lỗi")
    assert "Nhãn trên hàng của bác" in told.say("2")


def test_told_again_the_newer_label_counts(told: Phones) -> None:
    told.say("soát nhãn", "1, 2", "bỏ qua")

    assert "Nhãn còn thiếu" not in told.say("soát nhãn", "tất cả", "bỏ qua")


def test_a_label_is_no_paper_that_we_write(told: Phones) -> None:
    told.say("soát nhãn", "1, 2", "bỏ qua")

    assert "nhãn" not in told.say("viết giúp giấy tờ")
    assert "viết rồi" not in told.say("soát lỗi")


def test_a_service_is_not_asked_for_a_label(told: Phones) -> None:
    change(told, product_set=26)

    said = told.say("soát nhãn")

    assert "không phải dán nhãn" in said
    assert told.open_form() == ""


def test_who_acts_for_the_producer_no_more_tells_nothing(told: Phones) -> None:
    told.say("nhờ người giúp")
    told.agreed("con").say("giúp 271828", on="con")
    told.say("soát nhãn", "1, 2", on="con")
    told.say("thôi nhờ người giúp")

    assert "không còn khai hộ cho nơi này" in told.say("bỏ qua", on="con")
    with told.database.reading() as tx:
        assert writings.of(tx, 1) == {}


# -- the rules -------------------------------------------------------------------------------------


def test_what_can_be_ticked_is_what_the_rules_know() -> None:
    rules = ruleset.part("failures", ruleset.newest())

    assert [each.value for each in ITEMS] == rules["label_items"]
    assert {id_: [one.value for one in each] for id_, each in SUBSTANCES.items()} == {
        each["id"]: each["found"] for each in rules["contradictions"]
    }


@pytest.mark.parametrize(
    ("slogan", "denied"),
    [
        ("Không chất bảo quản", ["preservatives"]),
        ("ko su dung chat bao quan", ["preservatives"]),
        ("0% phẩm màu", ["colours"]),
        ("không chất bảo quản, phẩm màu", ["preservatives", "colours"]),
        ("Không đường hoá học. Có chất bảo quản tự nhiên", ["sweeteners"]),
        ("không lo nắng\ncó phẩm màu lá dứa", []),
        ("100% tự nhiên", []),
        ("", []),
    ],
)
def test_a_slogan_denies_what_it_says_is_not_in_it(slogan: str, denied: list[str]) -> None:
    found = failures.denied(slogan, ruleset.newest())

    assert [each["id"] for each in found] == denied
