"""The province's look at a dossier: whole, or back with what lacks; and another round."""

from datetime import date

import pytest
from sqlalchemy import text

from storage import reviews
from tests.handlers.offices import PROVINCE, give, letters, noted
from tests.handlers.offices import opened as with_offices
from tests.handlers.phones import Phones


@pytest.fixture
def sent_up(phones: Phones) -> Phones:
    """A dossier with two papers that the commune sent up."""
    with_offices(phones)
    give(phones, "story_text", verdict="accepted")
    give(phones, "declaration", verdict="accepted")
    with phones.database.transaction() as tx:
        tx.execute(text("UPDATE ideas SET verdict = 'accepted'"))
    phones.say("nộp xã", "1")
    phones.say("gửi tỉnh 1", "2", on="xa")
    return phones


def tinh(phones: Phones, *texts: str) -> str:
    return phones.say(*texts, on="tinh")


# -- whole -----------------------------------------------------------------------------------------


def test_a_whole_dossier_is_on_the_councils_list_and_everybody_hears_it(sent_up: Phones) -> None:
    said = tinh(sent_up, "việc", "1", "1")

    assert "đủ, em đưa vào danh sách trình Hội đồng" in said
    assert "Trong máy em chưa thấy" in said
    assert "tỉnh soát hồ sơ HS-2026-0001" in letters(sent_up, "main")[-1]
    assert "đủ, đã vào danh sách Hội đồng" in letters(sent_up, "xa")[-1]
    assert "HS-2026-0001 · Gạo Khẩu Mẹo" in tinh(sent_up, "danh sách hội đồng")
    assert (PROVINCE, "whole_dossier", "dossier", 1) in noted(sent_up)


def test_it_is_found_whole_once(sent_up: Phones) -> None:
    tinh(sent_up, "đủ 1")

    assert "đã soát đủ ngày" in tinh(sent_up, "đủ 1")
    assert "đã soát đủ ngày" in tinh(sent_up, "thiếu 1")
    with sent_up.database.reading() as tx:
        assert [one.verdict for one in reviews.of(tx, "dossier", 1)][1:] == ["whole"]


def test_what_was_not_sent_up_is_not_checked(phones: Phones) -> None:
    with_offices(phones)

    for typed in ("đủ 1", "thiếu 1", "soát 1"):
        assert "chưa ở tỉnh" in tinh(phones, typed)
    assert "Chưa có hồ sơ nào soát đủ" in tinh(phones, "danh sách hội đồng")


def test_the_commune_does_not_check(sent_up: Phones) -> None:
    assert "cán bộ xã không làm được" in sent_up.say("đủ 1", on="xa")
    assert "Đủ, trình Hội đồng" not in sent_up.say("soát 1", on="xa")
    assert sent_up.dossiers()[0]["checked_at"] is None


# -- lacking ---------------------------------------------------------------------------------------


def test_it_goes_back_with_a_reason_for_each_paper_and_the_clock_begins_anew(
    sent_up: Phones,
) -> None:
    sent_up.player.now = sent_up.player.now.replace(month=12, day=10)
    asked = tinh(sent_up, "việc", "1", "2", "câu chuyện, phiếu đăng ký mẫu 01")
    assert "Phiếu đăng ký (Mẫu số 01):" in asked

    assert "Câu chuyện sản phẩm:" in tinh(sent_up, "1")
    said = tinh(sent_up, "thiếu trang")

    assert "Em trả HS-2026-0001 về xã với 2 giấy cần bổ sung" in said
    for phone in ("main", "xa"):
        assert "• Câu chuyện sản phẩm: thiếu trang" in letters(sent_up, phone)[-1]
        assert "• Phiếu đăng ký (Mẫu số 01): chưa có trong hồ sơ" in letters(sent_up, phone)[-1]
    (row,) = sent_up.dossiers()
    assert (row["sent_up_at"], row["review_by"]) == (None, date(2026, 12, 31))
    story, declaration = sent_up.papers()
    assert (story["verdict"], story["reason"]) == ("returned", "reasons.why_pages")
    assert declaration["verdict"] == "accepted"


@pytest.mark.parametrize("typed", ["9", "1 9", "1, 9", "so 19", "1-9"])
def test_a_number_that_is_not_on_the_list_is_no_paper(sent_up: Phones, typed: str) -> None:
    """There are eighty papers in the law; only what is shown has a number."""
    listed = tinh(sent_up, "thiếu 1")

    said = tinh(sent_up, typed)

    assert "Danh sách không có số ấy ạ, chỉ có đến 5" in said
    assert [line for line in listed.split("\n") if line[:1].isdecimal()] == [
        line for line in said.split("\n") if line[:1].isdecimal()
    ]
    assert sent_up.open_form(PROVINCE) == "lacks"


def test_all_means_those_on_the_list(sent_up: Phones) -> None:
    tinh(sent_up, "thiếu 1", "tất cả")

    assert len(sent_up.session(PROVINCE).runs[-1].facts["left"]) == 5


def test_once_mended_it_comes_again_with_what_was_lacking(sent_up: Phones) -> None:
    tinh(sent_up, "thiếu 1", "câu chuyện", "mờ")
    assert "Hộp thư trống" in tinh(sent_up, "việc")
    assert "1 hồ sơ xã xét" in sent_up.say("việc", on="xa")

    give(sent_up, "story_text")
    sent_up.say("gửi tỉnh 1", "2", on="xa")

    assert "trả về vì thiếu câu chuyện sản phẩm: mờ" in tinh(sent_up, "việc", "1")
    assert "em đưa vào danh sách" in tinh(sent_up, "1")


def test_of_two_of_the_province_the_second_hears_what_stands(sent_up: Phones) -> None:
    sent_up.say("/start CANBO", on="tinh2")
    with sent_up.database.transaction() as tx:
        tx.execute(text("UPDATE officers SET area = '15', role = 'province' WHERE area = ''"))
    tinh(sent_up, "việc", "1")
    sent_up.say("thiếu 1", "câu chuyện", "mờ", on="tinh2")

    assert "chưa ở tỉnh" in tinh(sent_up, "1")
    assert sent_up.dossiers()[0]["checked_at"] is None


# -- another round ---------------------------------------------------------------------------------


def test_it_goes_on_to_the_next_round_with_one_word_and_she_hears_the_new_days(
    sent_up: Phones,
) -> None:
    tinh(sent_up, "đủ 1")
    assert "sang đợt 2 năm 2027" in tinh(sent_up, "đợt sau 1")

    said = tinh(sent_up, "1")

    assert "✓ Em chuyển HS-2026-0001" in said
    assert "nộp xã lại chậm nhất 8/10/2027" in letters(sent_up, "main")[-1].lower()
    (row,) = sent_up.dossiers()
    assert row["round_key"] == "tinh-2-2027"
    assert {row[name] for name in ("filed_at", "sent_up_at", "checked_at")} == {None}
    assert len(sent_up.papers()) == 2
    told = tinh(sent_up, "lịch sử hồ sơ 1")
    assert told.index("ghi hồ sơ đủ") < told.index("chuyển sang đợt sau")


def test_it_stays_where_it_is_when_that_was_not_meant(sent_up: Phones) -> None:
    tinh(sent_up, "đợt sau 1", "2")

    (row,) = sent_up.dossiers()
    assert row["round_key"] == "tinh-1-2027"
    assert row["sent_up_at"] is not None


def test_it_is_moved_once_by_two_taps(sent_up: Phones) -> None:
    tinh(sent_up, "đợt sau 1")
    sent_up.say("đợt sau 1", "1", on="xa")

    assert "chuyển sang đợt sau" in tinh(sent_up, "1")
    assert sent_up.dossiers()[0]["round_key"] == "tinh-2-2027"
