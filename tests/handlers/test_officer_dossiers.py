"""Hồ sơ and giấy tờ at the officer's: typed in any way, listed, judged, printed, doubted."""

import re
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import text

from bot.channels.console.transcript import VIETNAM
from conversations.events import Photo
from handlers.officer import words
from handlers.officer.words import Order
from storage import dossiers, officers, papers, prints
from tests.handlers.phones import SHEET, Phones
from tests.handlers.scored import THREE, like

CAN = "Anh chị gõ: hộp thư · danh sách · hồ sơ 1 · xem giấy 2 · đạt 2 · trả 2 lý do · xét 1"
CONSENT = "Bác có đồng ý không ạ?"


@pytest.fixture
def officer(phones: Phones) -> Phones:
    phones.say("/start CANBO", on="canbo")
    return phones


@pytest.fixture
def open_(officer: Phones) -> Phones:
    """An officer, and somebody whose dossier is begun."""
    officer.with_idea().say("hồ sơ sản phẩm")
    return officer


def give(phones: Phones, kind: str, **more: Any) -> int:
    values = {"producer_id": 1, "product": 1, "paper": kind, "person_id": 2, **more}
    with phones.database.transaction() as tx:
        return papers.give(tx, values, (), phones.player.now)


def change(phones: Phones, dossier: int = 1, **values: Any) -> None:
    with phones.database.transaction() as tx:
        dossiers.change(tx, dossier, **values)


def asks(phones: Phones, *texts: str) -> str:
    return phones.say(*texts, on="canbo")


# -- more papers than one letter holds -------------------------------------------------------------


def test_the_older_papers_are_gone_through_page_by_page(open_: Phones) -> None:
    for _ in range(19):
        give(open_, "story_text")

    first = asks(open_, "hồ sơ 1")
    second = asks(open_, "xem thêm")
    third = asks(open_, "1")

    assert [
        re.findall(r"^(\d+) · Câu chuyện", said, re.MULTILINE)[0] for said in (first, second)
    ] == [
        "12",
        "4",
    ]
    assert "Còn 11 giấy gửi trước đó" in first
    assert "Còn 3 giấy gửi trước đó" in second
    assert re.findall(r"^(\d+) · Câu chuyện", third, re.MULTILINE) == ["1", "2", "3"]
    assert "trước đó" not in third


# -- how it is typed ------------------------------------------------------------------------------

TYPED = {
    Order("dossiers"): ("hồ sơ", "hs", "các hồ sơ", "danh sách hồ sơ", "Ho so.", "dossiers"),
    Order("dossier", (2,)): ("hồ sơ 2", "ho so so 2", "hs 2", "hs2", "xem hồ sơ số 2", "dossier 2"),
    Order("dossier", (1,), 2026): ("HS-2026-0001", "hồ sơ HS-2026-0001", "xem hs 2026 1",
                                   "hồ sơ 1/2026", "ho so so 1 nam 2026", "dossier 1 of 2026"),
    Order("form_03", (1,)): ("mẫu 03 1", "mau 03 so 1", "in mẫu số 03 hồ sơ 1", "form 03 1"),
    Order("form_03"): ("mẫu 03", "in mau 3"),
    Order("doubts", (1,)): ("chỗ ngờ 1", "cho ngo ho so so 1", "các chỗ ngờ của hs 1", "doubts 1"),
    Order("doubts"): ("chỗ ngờ",),
    Order("show", (2,)): ("xem giấy 2", "xem giay so 2", "giấy 2", "xem 2", "show paper 2"),
    Order("show"): ("xem giấy", "giấy"),
    Order("accept", (2,)): ("đạt 2", "dat so 2", "giấy 2 đạt", "giay so 2 dat", "đạt giấy 2"),
    Order("accept", (1, 2)): ("đạt 1, 2", "đạt 1 và 2", "dat 1 2", "giấy 1, 2 đều đạt", "good 1,2"),
    Order("accept"): ("đạt", "giấy đạt"),
    Order("give_back", (2,)): ("trả 2", "tra so 2 anh mo", "trả lại giấy số 2: ảnh mờ", "return 2"),
    Order("give_back"): ("trả", "trả giấy"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("order", "typed"), [(order, typed) for order, ways in TYPED.items() for typed in ways]
)
def test_an_officer_may_type_it_in_several_ways(order: Order, typed: str) -> None:
    assert words.read(typed) == order


@pytest.mark.parametrize(
    "typed",
    ["", "2", "hồ sơ sản phẩm", "hồ sơ chủ thể", "danh sách giấy", "xem lại", "trả lời 1 có", "ok",
     "tôi đạt 3 sao", "giấy tờ", "mẫu 01"],
)  # fmt: skip
def test_what_producers_type_is_nothing_of_that(typed: str) -> None:
    assert words.read(typed) is None


# -- nothing makes an officer a producer ----------------------------------------------------------


@pytest.mark.parametrize("typed", ["xem giya 2", "còn thiếu gì", "xyz", "2", "menu", "hỏi cán bộ"])
def test_what_is_not_understood_gets_the_officers_own_list(officer: Phones, typed: str) -> None:
    said = asks(officer, typed)

    assert CAN in said
    assert CONSENT not in said
    assert officer.open_form() == ""


def test_neither_does_a_photo(officer: Phones) -> None:
    assert CAN in officer.do(Photo("a" * 64), on="canbo")


def test_an_officer_may_be_a_producer_too_by_saying_so(officer: Phones) -> None:
    assert CONSENT in asks(officer, "đăng ký sản phẩm")
    assert "Tên chủ thể" in asks(officer, "đồng ý", "cả hai", "của tôi")


def test_an_officer_who_is_a_producer_too_still_gets_the_list(officer: Phones) -> None:
    asks(officer, "đăng ký sản phẩm", "đồng ý", "cả hai", "để sau")

    assert CAN in asks(officer, "xem giya 2")
    assert "Bác cần em giúp việc gì" in asks(officer, "menu")


def test_what_was_asked_of_a_stranger_is_asked_of_no_officer(phones: Phones) -> None:
    assert CONSENT in phones.say("chào em", on="canbo")

    assert CAN in phones.say("/start CANBO", "xem giya 2", on="canbo")


@pytest.mark.parametrize(
    ("typed", "lacking"),
    [
        ("đạt", "Giấy số mấy đạt ạ? Anh chị gõ kèm số, ví dụ: đạt 2"),
        ("trả", "Trả giấy số mấy, vì sao ạ?"),
        ("xem giấy", "xem giấy số mấy ạ?"),
        ("mẫu 03", "của hồ sơ số mấy ạ?"),
        ("chỗ ngờ", "của hồ sơ số mấy ạ?"),
    ],
)
def test_without_a_number_it_is_said_what_is_lacking(
    officer: Phones, typed: str, lacking: str
) -> None:
    assert lacking in asks(officer, typed)


# -- which there are ------------------------------------------------------------------------------


def test_open_dossiers_are_listed_with_how_far_they_are(open_: Phones) -> None:
    give(open_, "story_text")
    give(open_, "declaration")

    both, alone = asks(open_, "danh sách"), asks(open_, "hồ sơ")

    line = "HS-2026-0001 · Gạo Khẩu Mẹo: 0/4 giấy, 2 giấy chờ xem"
    assert "• YT-2026-0001: Gạo Khẩu Mẹo" in both
    assert line in both
    assert line in alone
    assert "YT-2026" not in alone


def test_the_newest_is_listed_first_and_one_that_was_judged_waits_no_more(open_: Phones) -> None:
    open_.say("đăng ký sản phẩm", "Rượu ngô", "1", *SHEET[2:], "gửi", "hồ sơ sản phẩm")
    asks(open_, f"đạt {give(open_, 'story_text')}")

    said = asks(open_, "hồ sơ")

    assert said.index("HS-2026-0002") < said.index("HS-2026-0001")
    assert "chờ xem" not in said


def test_where_none_is_open_that_is_said(officer: Phones) -> None:
    assert "Chưa có hồ sơ nào" in asks(officer, "hồ sơ")


def test_nothing_of_another_area_is_seen(open_: Phones) -> None:
    with open_.database.transaction() as tx:
        officers.appoint(tx, 1, "00001", open_.player.now)
    give(open_, "story_text")

    assert "Chưa có phiếu ý tưởng" in asks(open_, "danh sách")
    assert "Chưa có hồ sơ nào" in asks(open_, "hồ sơ")
    assert "không thấy hồ sơ số 1" in asks(open_, "hồ sơ 1")
    assert "không thấy giấy số 1" in asks(open_, "xem giấy 1")
    assert "chưa có phiếu ý tưởng số 1" in asks(open_, "xem ảnh 1")


# -- one of them ----------------------------------------------------------------------------------


def test_while_something_stops_it_that_stands_in_place_of_the_stars(phones: Phones) -> None:
    like(phones, THREE)
    free = asks(phones, "/start CANBO", "hồ sơ 1")
    with phones.database.transaction() as tx:
        tx.execute(text("DELETE FROM papers WHERE paper LIKE 'food_safety%'"))

    stopped = asks(phones, "hồ sơ 1")

    assert "3 sao theo điểm ấy" in free
    assert re.search(r"chưa xét được: [^.]*giấy an toàn thực phẩm", stopped)
    assert "sao theo điểm ấy" not in stopped


@pytest.mark.parametrize(
    ("case", "said"), [("upgrade", "(nâng hạng)"), ("reassess", "(đánh giá lại)")]
)
def test_a_further_evaluation_is_said_to_be_one(open_: Phones, case: str, said: str) -> None:
    before = '{"star": 3, "recognised": "2024-01-10", "expires": "2027-01-10", "claims": {}}'
    change(open_, case=case, before=before)

    assert f"HS-2026-0001 {said} · Gạo Khẩu Mẹo" in asks(open_, "hồ sơ 1")


def test_a_withdrawn_one_is_said_to_be_withdrawn_and_not_listed(open_: Phones) -> None:
    open_.tap("m|idea_gone:YT-2026-0001")

    assert "(chủ thể đã rút)" in asks(open_, "hồ sơ 1")
    assert "Chưa có hồ sơ nào" in asks(open_, "hồ sơ")


def test_one_of_another_year_is_found_by_its_whole_number(open_: Phones) -> None:
    change(open_, number="HS-2025-0001")

    assert "không thấy hồ sơ số 1/2026" in asks(open_, "hồ sơ 1/2026")
    assert "HS-2025-0001 · Gạo Khẩu Mẹo" in asks(open_, "HS-2025-0001")
    assert "chỗ ngờ 1/2025" in open_.read("canbo")
    assert "những chỗ luật còn chưa chắc" in asks(open_, "chỗ ngờ 1/2025")


@pytest.mark.parametrize("typed", ["hồ sơ 1", "hồ sơ 1/2026", "hs 1 năm 2026", "HS-2026-0001"])
def test_after_new_year_a_dossier_of_last_year_is_found_as_before(
    open_: Phones, typed: str
) -> None:
    open_.player.now = datetime(2027, 1, 5, 9, 0, tzinfo=VIETNAM)

    assert "HS-2026-0001 · Gạo Khẩu Mẹo" in asks(open_, typed)


@pytest.mark.parametrize("number", ["1", "1/2026", "HS-2026-0001"])
def test_after_new_year_every_deed_reaches_a_dossier_of_last_year(
    open_: Phones, number: str
) -> None:
    open_.player.now = datetime(2027, 1, 5, 9, 0, tzinfo=VIETNAM)

    assert "chưa nộp về xã" in asks(open_, f"đã gửi tỉnh {number}")
    assert "✓ Em ghi phương án của HS-2026-0001" in asks(open_, f"phương án {number} đạt")
    assert "chỗ luật còn chưa chắc" in asks(open_, f"chỗ ngờ {number}")
    assert "Em đang in" in asks(open_, f"mẫu 03 {number}")


def test_the_dossier_of_this_year_goes_before_one_of_last_year(open_: Phones) -> None:
    with open_.database.transaction() as tx:
        one = dossiers.by_id(tx, 1)
        kept = ("producer_id", "person_id", "idea_id", "product_set", "rules", "council")
        values = {**{name: one[name] for name in kept}, "name": "Mận"}
        dossiers.open_new(tx, values, open_.player.now, 2027)
    open_.player.now = datetime(2027, 1, 5, 9, 0, tzinfo=VIETNAM)

    assert "HS-2027-0001 · Mận" in asks(open_, "hồ sơ 1")
    assert "HS-2026-0001 · Gạo" in asks(open_, "hồ sơ 1/2026")


def test_a_closed_dossier_of_an_earlier_year_is_found_by_its_year_alone(open_: Phones) -> None:
    change(open_, number="HS-2025-0001", status="closed")

    said = asks(open_, "hồ sơ 1")

    assert "không thấy hồ sơ số 1 trong vùng" in said
    assert "gõ: hồ sơ 1/2026" in said
    assert "HS-2025-0001 · Gạo" in asks(open_, "hồ sơ 1/2025")


def test_samples_are_there_by_word_alone_until_somebody_has_seen_them(open_: Phones) -> None:
    open_.tap("m|samples")

    told = asks(open_, "hồ sơ 1")
    seen = asks(open_, "đạt 1", "hồ sơ 1")

    assert "Sản phẩm mẫu: chủ thể khai có đủ 5 mẫu" in told
    assert "Sản phẩm mẫu: đạt" in seen


# -- its papers -----------------------------------------------------------------------------------


def test_several_papers_are_good_at_once(open_: Phones) -> None:
    give(open_, "story_text")
    give(open_, "declaration")

    said = asks(open_, "đạt 1, 2")

    assert "Giấy số 1 (câu chuyện sản phẩm): đạt" in said
    assert "Giấy số 2" in said
    assert [each["verdict"] for each in open_.papers(2)] == ["accepted", "accepted"]
    assert "giấy đạt" in open_.read()


def test_a_paper_goes_back_with_its_reason_as_it_was_typed(open_: Phones) -> None:
    give(open_, "story_text")

    assert "Câu chuyện sản phẩm:\nTrả lại vì sao ạ?" in asks(open_, "trả số 1")
    assert "trả lại giấy số 1" in asks(open_, "trả lại giấy số 1: Ảnh mờ, chụp lại 2 tờ")
    (paper,) = open_.papers(2)
    assert paper["reason"] == "Ảnh mờ, chụp lại 2 tờ"
    assert "Ảnh mờ, chụp lại 2 tờ" in open_.read()


def test_one_that_was_replaced_is_judged_no_more(open_: Phones) -> None:
    number = give(open_, "story_text")
    with open_.database.transaction() as tx:
        papers.replace(tx, [number], open_.player.now)

    assert "người gửi đã thay hoặc bỏ" in asks(open_, "đạt 1")
    assert "người gửi đã thay hoặc bỏ" in asks(open_, "trả 1 mờ")


def test_one_without_a_photo_is_said_to_have_none(open_: Phones) -> None:
    give(open_, "story_text")

    assert "không có ảnh" in asks(open_, "xem giay so 1")
    assert "không thấy giấy số 9" in asks(open_, "giấy 9")


def test_its_pages_come_one_by_one(open_: Phones) -> None:
    with open_.database.transaction() as tx:
        values = {"producer_id": 1, "product": 1, "paper": "story_text", "person_id": 2}
        papers.give(tx, values, ("a" * 64, "b" * 64), open_.player.now)

    assert "Giấy số 1: câu chuyện sản phẩm, tờ 2/2" in asks(open_, "giấy 1")


# -- printed, doubted -----------------------------------------------------------------------------


def test_what_an_officer_has_printed_is_answered_to_an_officer(open_: Phones) -> None:
    said = asks(open_, "mau 03 so 1")

    assert "Anh chị cứ làm việc khác" in said
    assert "Bác" not in said
    with open_.database.reading() as tx:
        assert prints.any_open(tx, open_.player.now)


def test_all_that_is_not_sure_is_told_with_its_source(open_: Phones) -> None:
    give(open_, "food_safety_certificate")
    few = asks(open_, "hồ sơ 1")

    everything = asks(open_, "chỗ ngờ 1")

    assert "chỗ nữa, anh chị gõ: chỗ ngờ 1" in few
    assert everything.count("(nguồn: ") > 6
    assert "Nông sản tươi (bộ 1 đến 4)" in everything
    assert "Rượu trắng" not in everything
    assert "(nguồn: Phụ lục III, Mẫu 02 phần III)" in everything
    assert "Giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm: thời hạn chưa chắc" in everything
    assert "tờ đã gửi chưa rõ ngày cấp" in everything


def test_a_doubt_about_one_line_of_the_sheet_names_it(open_: Phones) -> None:
    change(open_, product_set=1)

    assert "• Mục 8: Mức 5 điểm" in asks(open_, "chỗ ngờ 1")
