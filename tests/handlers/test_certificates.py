"""Giấy chứng nhận: of which product it is, and one of a product that has no dossier yet."""

from datetime import date
from typing import Any

import pytest

from storage import certificates
from tests.handlers.phones import PROFILE, SHEET, Phones

CODE = "271828"  # the first code that a played phone gives
OTHER_PROFILE = ("của tôi", "Hộ Lý A Tủa", "hộ", *PROFILE[3:5], "Lý A Tủa", "nam", *PROFILE[7:])
OTHER = ("chè Shan Hoàng Su Phì", "4", "6/2024", "gửi")


def kept(phones: Phones) -> list[dict[str, Any]]:
    with phones.database.reading() as tx:
        return certificates.of_person(tx, 1)


@pytest.mark.parametrize(
    "words",
    [
        "đánh giá lại",
        "toi co giay chung nhan ocop nam 2024 sap het han",
        "giay chung nhan sap het han",
        "ocop cua toi het han",
    ],
)
def test_where_no_certificate_is_known_the_product_is_named_and_asked_about(
    phones: Phones, words: str
) -> None:
    said = phones.with_idea().say(words)

    assert "Giấy chứng nhận ấy là của Gạo Khẩu Mẹo, phải không ạ?" in said
    assert "1. Đúng, sản phẩm này\n2. Sản phẩm khác" in said


@pytest.mark.parametrize("words", ["2", "sản phẩm khác", "không phải"])
def test_the_certificate_of_another_product_is_kept_and_no_dossier_is_touched(
    phones: Phones, words: str
) -> None:
    phones.with_idea().say("đánh giá lại", words)
    before = phones.dossiers()

    said = phones.say(*OTHER)

    assert "✓ Em ghi giấy chứng nhận của chè Shan Hoàng Su Phì: 4 sao, hết hạn 1/6/2027." in said
    assert "nộp từ 3/12/2026 đến 1/2/2027" in said
    assert "bác đăng ký sản phẩm ấy trước, xong rồi gõ: đánh giá lại" in said
    assert "1. Đăng ký sản phẩm" in said
    assert phones.dossiers() == before
    (one,) = kept(phones)
    assert (one["name"], one["star"], one["dossier_id"]) == ("chè Shan Hoàng Su Phì", 4, None)
    assert (one["issued"], one["expires"]) == (date(2024, 6, 1), date(2027, 6, 1))


def test_the_same_certificate_is_not_kept_twice(phones: Phones) -> None:
    phones.with_idea()

    for _ in range(2):
        phones.say("đánh giá lại", "2", *OTHER)

    assert len(kept(phones)) == 1


def test_who_has_no_dossier_may_tell_of_a_certificate(phones: Phones) -> None:
    phones.with_profile()

    asked = phones.say("giấy chứng nhận sắp hết hạn")
    phones.say(*OTHER)

    assert "cấp cho sản phẩm nào" in asked
    assert [each["star"] for each in kept(phones)] == [4]
    said = phones.say("giấy chứng nhận")
    assert "bác đăng ký sản phẩm ấy trước, xong rồi gõ: đánh giá lại" in said
    assert "1. Đăng ký sản phẩm" in said


def test_who_is_not_known_is_asked_for_the_producer_and_then_for_the_certificate(
    phones: Phones,
) -> None:
    phones.agreed().say("giấy chứng nhận sắp hết hạn")

    assert "cấp cho sản phẩm nào" in phones.say(*PROFILE)


def test_of_several_producers_it_is_asked_whose_certificate_it_is(phones: Phones) -> None:
    phones.with_profile().say("hồ sơ chủ thể", "thêm chủ thể mới", *OTHER_PROFILE)

    asked = phones.say("giấy chứng nhận sắp hết hạn")
    phones.say("2", *OTHER)

    assert "1. HTX Bản Liền\n2. Hộ Lý A Tủa" in asked
    assert [each["producer"] for each in kept(phones)] == ["Hộ Lý A Tủa"]


def test_whose_right_ended_keeps_no_certificate(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", "giấy chứng nhận sắp hết hạn", *OTHER[:-1], on="con")
    phones.say("thôi nhờ người giúp")

    said = phones.say("gửi", on="con")

    assert "không còn nhờ bác khai hộ" in said
    assert kept(phones) == []


def test_once_its_product_has_a_dossier_the_certificate_is_that_of_it(phones: Phones) -> None:
    phones.with_profile().say("đánh giá lại", "Gạo Khẩu Mẹo", "3", "20/6/2024", "gửi")
    phones.say("đăng ký sản phẩm", *SHEET, "gửi")

    said = phones.say("đánh giá lại", "3", "20/6/2024", "gửi")

    assert "Em mở hồ sơ đánh giá lại cho Gạo Khẩu Mẹo" in said
    (one,) = kept(phones)
    assert (one["dossier_id"], one["product_set"]) == (1, 3)
    assert one["renewed_at"] is not None


def test_a_certificate_whose_days_went_by_is_told_so(phones: Phones) -> None:
    phones.with_profile().say("đánh giá lại", "chè Shan", "3", "20/1/2024")

    said = phones.say("gửi")
    listed = phones.say("giấy chứng nhận")

    assert "Luật có nói việc nộp muộn (Điều 12)" in said
    assert "hết hạn 20/1/2027, hạn nộp đánh giá lại đã qua ngày 22/9/2026." in listed
    assert "Luật có nói việc nộp muộn (Điều 12)" in listed
    assert "Hỏi cán bộ" in listed
