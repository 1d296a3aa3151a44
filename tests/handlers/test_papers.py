"""Giấy tờ: taken from the phone, replaced or added, and what does not agree is said at once."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from conversations.events import Photo
from storage import papers
from tests.handlers.phones import PROFILE, SHEET, Phones

SAFETY: dict[str, Any] = {
    "number": "157/2025",
    "issued": date(2025, 3, 1),
    "expires": date(2028, 3, 1),
    "holder": "HTX Bản Liền",
    "titles": "giay chung nhan co so du dieu kien an toan thuc pham",
}


def given(phones: Phones, name: str = "phiếu đăng ký", place: int = 1, **seen: Any) -> str:
    """Send a paper and say what it is; what is read at the end."""
    phones.say("gửi giấy")
    phones.send(place, **seen)
    return phones.say("xong", name)


def safety(phones: Phones, place: int = 1, **more: Any) -> str:
    """Send the food safety certificate; what was read on it is right."""
    phones.say("gửi giấy")
    phones.send(place, **{**SAFETY, **more})
    return phones.say("xong", "đúng", "đúng")


# -- nobody asked for it --------------------------------------------------------------------------


def test_a_photo_that_nobody_asked_for_is_taken_as_a_page(phones: Phones) -> None:
    phones.with_idea()

    said = phones.send(1)

    assert "Em nhận 1 tờ" in said
    assert "1. Xong" in said
    assert "Đây là giấy gì" in phones.say("xong")


def test_its_further_pages_are_taken_too_and_its_days_are_asked_for(phones: Phones) -> None:
    phones.with_idea()
    phones.send(1)
    phones.send(2)

    asked = phones.say("xong", "giấy an toàn thực phẩm")
    phones.say("cấp 1/3/2025, hết hạn 1/3/2028", "đúng")

    assert "cấp ngày nào" in asked
    (paper,) = phones.papers()
    assert [file[-1] for file in paper["files"]] == ["1", "2"]
    assert paper["expires"] == date(2028, 3, 1)


def test_a_bad_photo_that_nobody_asked_for_is_asked_for_again(phones: Phones) -> None:
    phones.with_idea()

    said = phones.send(1, faults=("blurred",))
    again = phones.send(2, faults=("blurred",))
    taken = phones.send(3, faults=("blurred",))

    assert "nhoè" in said or "mờ" in said
    assert "Em nhận tờ này rồi" not in again
    assert "có ghi chú cho cán bộ là ảnh nhoè" in taken


def test_the_first_of_an_album_that_nobody_asked_for_is_answered(phones: Phones) -> None:
    phones.with_idea()

    first = phones.do(Photo(f"{1:064}", more=True))
    second = phones.do(Photo(f"{2:064}", more=True))
    last = phones.do(Photo(f"{3:064}"))

    assert "Em nhận 1 tờ" in first
    assert second == ""
    assert "Em nhận 3 tờ" in last


def test_a_document_that_cannot_be_opened_is_not_taken(phones: Phones) -> None:
    phones.with_idea()

    said = phones.send(1, refused="locked")

    assert "mật khẩu" in said
    assert phones.open_form() == "paper"
    phones.say("để sau")
    assert phones.papers() == []


def test_after_a_pause_the_pages_are_all_there(phones: Phones) -> None:
    phones.with_idea()
    phones.send(1)

    phones.wait(timedelta(minutes=1))

    assert "Đây là giấy gì" in phones.player.letters[-1][1]


def test_without_a_dossier_a_photo_gets_a_kind_word(phones: Phones) -> None:
    said = phones.with_profile().send(1)

    assert "thấy ảnh" in said
    assert phones.open_form() == ""


def with_two_products(phones: Phones) -> Phones:
    phones.with_idea()
    phones.say("đăng ký sản phẩm", "Rượu ngô Bản Phố", *SHEET[1:], "gửi")
    return phones


def test_of_several_dossiers_it_is_asked_whose_the_paper_is(phones: Phones) -> None:
    with_two_products(phones).send(1, titles="giay chung nhan dang ky nhan hieu")

    assert "của sản phẩm nào" in phones.say("xong", "đúng")
    phones.say("2", "bỏ qua")

    assert [paper["product"] for paper in phones.papers()] == [phones.dossiers()[1]["root"]]


def test_of_several_dossiers_the_one_spoken_of_last_gets_it(phones: Phones) -> None:
    with_two_products(phones).say("còn thiếu gì", "2")

    phones.send(1, titles="giay chung nhan dang ky nhan hieu")

    assert "của Rượu ngô Bản Phố" in phones.say("xong", "đúng", "bỏ qua")


def test_a_product_that_is_named_is_the_one_that_is_meant(phones: Phones) -> None:
    with_two_products(phones).say("còn thiếu gì", "1")

    assert "Rượu ngô Bản Phố" in phones.say("ruou ngo con thieu gi")


def test_a_dossier_is_chosen_by_the_name_of_its_product(phones: Phones) -> None:
    with_two_products(phones).say("còn thiếu gì")

    assert "Rượu ngô Bản Phố" in phones.say("rượu ngô")


def test_pages_are_kept_when_she_asks_something_before_they_are_all_there(phones: Phones) -> None:
    phones.with_idea().send(1, titles="giay chung nhan co so du dieu kien an toan thuc pham")

    assert "Em giữ 1 tờ" in phones.say("còn thiếu gì")
    assert "chụp từng tờ" in phones.say("tiếp tục")
    assert "an toàn thực phẩm" in phones.say("xong")


def test_two_papers_sent_in_one_go_stay_two(phones: Phones) -> None:
    phones.with_idea().send(1, titles="giay chung nhan co so du dieu kien an toan thuc pham")

    assert "giấy khác" in phones.send(2, titles="phieu ket qua kiem nghiem")
    assert "kiểm nghiệm" in phones.say("xong", "đúng", "bỏ qua")
    phones.say("đúng", "bỏ qua")

    assert [paper["paper"] for paper in phones.papers()] == [
        "food_safety_certificate",
        "test_report",
    ]


def test_the_same_photo_sent_again_comes_in_the_place_of_the_first(phones: Phones) -> None:
    phones.with_idea()
    for _ in range(2):
        phones.send(1, titles="phieu ket qua kiem nghiem")
        phones.say("xong", "đúng", "cấp 1/9/2026", "đúng")

    assert len([paper for paper in phones.papers() if paper["replaced_at"] is None]) == 1


# -- given ----------------------------------------------------------------------------------------


def test_a_paper_is_kept_and_read_back_and_what_comes_next_is_said(phones: Phones) -> None:
    said = given(phones.with_idea())

    assert "Em cất phiếu đăng ký (Mẫu số 01), 1 tờ." in said
    assert "xong 1/4 giấy" in said
    assert [row["paper"] for row in phones.papers()] == ["form_01"]


def test_what_was_read_on_it_is_confirmed_and_kept(phones: Phones) -> None:
    said = safety(phones.with_idea())

    assert "số 157/2025, cấp ngày 1/3/2025, hết hạn ngày 1/3/2028" in said
    (paper,) = phones.papers()
    assert (paper["number"], paper["holder"]) == ("157/2025", "HTX Bản Liền")
    assert (paper["issued"], paper["expires"]) == (date(2025, 3, 1), date(2028, 3, 1))


def test_what_was_read_and_denied_is_not_kept(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    phones.send(1, **SAFETY)

    phones.say("xong", "đúng", "không", "cấp 5/5/2025, hết hạn 5/5/2028", "đúng")

    (paper,) = phones.papers()
    assert (paper["issued"], paper["expires"]) == (date(2025, 5, 5), date(2028, 5, 5))


def test_a_paper_of_the_producer_serves_all_its_products_and_others_one(phones: Phones) -> None:
    safety(phones.with_idea())
    given(phones, place=2)

    assert {row["paper"]: row["product"] for row in phones.papers()} == {
        "food_safety_certificate": None,
        "form_01": phones.dossiers()[0]["root"],
    }


def test_whose_hand_it_was_is_kept(phones: Phones) -> None:
    phones.with_idea().say("gõ hộ", "Lý Văn Nam")

    given(phones)

    assert [row["hand"] for row in phones.papers()] == ["Lý Văn Nam"]


def test_a_second_good_one_stands_beside_the_first(phones: Phones) -> None:
    given(phones.with_idea(), "hoá đơn bán hàng")

    given(phones, "hoá đơn bán hàng", place=2)

    assert len(phones.papers()) == 2


def test_a_better_one_comes_in_the_place_of_what_does_not_count(phones: Phones) -> None:
    safety(phones.with_idea(), issued=date(2020, 3, 1), expires=date(2023, 3, 1))

    said = safety(phones, place=2)

    assert "157/2025" in said
    assert [row["expires"] for row in phones.papers()] == [date(2028, 3, 1)]


def test_a_photo_taken_with_its_flaw_is_replaced_by_a_good_one(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    for place in (1, 2, 3):
        phones.send(place, faults=("dark",))
    flawed = phones.say("xong", "phiếu đăng ký")
    before = [row["flaws"] for row in phones.papers()]

    given(phones, place=4)

    assert "còn mờ" in flawed
    assert before == ["dark"]
    assert [row["flaws"] for row in phones.papers()] == [""]


def test_a_paper_asked_for_by_name_is_not_asked_what_it_is(phones: Phones) -> None:
    phones.with_idea().tap("m|send:form_01")
    phones.send(1)

    assert "Em cất phiếu đăng ký" in phones.say("xong")


def test_a_document_of_many_sheets_is_one_paper(phones: Phones) -> None:
    said = given(phones.with_idea(), sheets=12)

    assert "12 tờ" in said
    assert [row["sheets"] for row in phones.papers()] == [12]


# -- what does not agree --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "holder", ["HTX Bản Liền", "HỢP TÁC XÃ BẢN LIỀN", "Htx nông nghiệp, Bản Liền"]
)
def test_the_same_producer_in_other_words_is_not_remarked(phones: Phones, holder: str) -> None:
    assert "Giấy ghi tên" not in safety(
        phones.with_idea(), holder=holder.replace("nông nghiệp, ", "")
    )


def test_a_paper_of_somebody_else_is_remarked(phones: Phones) -> None:
    said = safety(phones.with_idea(), holder="Công ty Bình Minh")

    assert "Giấy ghi tên Công ty Bình Minh, hồ sơ ghi HTX Bản Liền" in said
    assert len(phones.papers()) == 1


def test_a_paper_that_has_ended_is_remarked(phones: Phones) -> None:
    said = safety(phones.with_idea(), issued=date(2020, 3, 1), expires=date(2023, 3, 1))

    assert "hết hạn rồi ạ" in said


def test_a_paper_that_ends_before_the_council_sits_is_remarked(phones: Phones) -> None:
    said = safety(phones.with_idea(), expires=date(2027, 3, 1))

    assert "tới hôm hội đồng họp thì hết" in said


def test_a_paper_that_ends_soon_after_is_remarked(phones: Phones) -> None:
    said = safety(phones.with_idea(), expires=date(2027, 7, 15))

    assert "hết hạn ngày 15/7/2027, sát ngày họp" in said


def test_a_paper_that_this_dossier_does_not_need_is_kept_all_the_same(phones: Phones) -> None:
    said = given(phones.with_idea(), "xuất khẩu")

    assert "chưa cần" in said
    assert len(phones.papers()) == 1


def test_who_skips_the_days_is_not_asked_for_them_again(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    phones.send(1)

    said = phones.say("xong", "giấy an toàn thực phẩm", "bỏ qua")

    assert "Em cất giấy an toàn thực phẩm" in said
    assert "Bác nhắn em ngày" not in said


def test_a_paper_of_another_kind_of_producer_is_remarked(phones: Phones) -> None:
    said = safety(phones.with_idea(), holder="Hộ kinh doanh Bản Liền")

    assert "khác loại hình" in said
    assert "Giấy ghi tên" not in said


def test_a_paper_that_names_the_former_commune_is_remarked(phones: Phones) -> None:
    phones.agreed()
    profile = list(PROFILE)
    profile[3] = "ta chai, bac ha"
    phones.say("hồ sơ chủ thể", *profile)
    phones.say("đăng ký sản phẩm", *SHEET, "gửi")

    said = safety(phones, address="thôn Na Pắc Ngam, xã Tà Chải, huyện Bắc Hà")

    assert "còn ghi tên xã cũ" in said


def test_a_document_that_cannot_be_printed_is_kept_and_another_wished_for(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    phones.send(1, kind="docx", sheets=1)

    said = phones.say("xong", "phiếu đăng ký")

    assert "không in vào quyển được" in said
    assert len(phones.papers()) == 1


# -- copies ---------------------------------------------------------------------------------------

CERTIFIED = """
papers:
  - {id: award, row: 15, name: "Giải thưởng", copy: certified, months: null, lead_days: 1,
     issuer: "ban tổ chức", confidence: high, source: "tỉnh"}
"""


def with_award(phones: Phones, folder: Path) -> str:
    """A province wants a certified copy of the award."""
    (folder / "evidence.yaml").write_text(CERTIFIED, encoding="utf-8")
    phones.player._reception.overlays = (folder,)
    return given(phones.with_idea(), "giải thưởng")


def test_where_a_certified_copy_is_wanted_it_is_asked_whether_it_is_one(
    phones: Phones, tmp_path: Path
) -> None:
    asked = with_award(phones, tmp_path)
    phones.say("1")

    assert "có dấu chứng thực" in asked
    assert [row["copy_kind"] for row in phones.papers()] == ["certified"]


def test_until_that_is_said_it_is_a_plain_one(phones: Phones, tmp_path: Path) -> None:
    with_award(phones, tmp_path)

    said = phones.say("2")

    assert "còn thiếu" in said
    assert [row["copy_kind"] for row in phones.papers()] == ["plain"]


def test_nobody_certifies_the_paper_of_another(phones: Phones, tmp_path: Path) -> None:
    with_award(phones, tmp_path)

    phones.tap("m|certified:99")

    assert [row["copy_kind"] for row in phones.papers()] == ["plain"]


def test_a_paper_that_was_sent_by_mistake_is_taken_away_again(phones: Phones) -> None:
    phones.with_idea().send(1, titles="phieu ket qua kiem nghiem")
    phones.say("xong", "đúng", "bỏ qua")
    before = phones.say("phiếu kiểm nghiệm")

    place = next(line[0] for line in before.splitlines() if "Bỏ giấy đã gửi" in line)
    assert "bỏ phiếu kiểm nghiệm" in phones.say(place)
    assert "ra khỏi hồ sơ" in phones.say("1")
    assert "Bỏ giấy đã gửi" not in phones.say("phiếu kiểm nghiệm")


def test_a_paper_that_looks_like_another_is_asked_about(phones: Phones) -> None:
    phones.with_idea().tap("m|send:food_safety_certificate")
    phones.send(1, titles="phieu ket qua kiem nghiem")

    said = phones.say("xong", "cấp 1/3/2026, hết hạn 1/3/2027", "đúng")

    assert "không giống giấy an toàn thực phẩm" in said
    assert "kiểm nghiệm" in said
    assert phones.papers() == []
    phones.say("đúng")
    (paper,) = phones.papers()
    assert (paper["paper"], paper["expires"]) == ("test_report", date(2027, 3, 1))


def test_which_paper_to_take_away_is_asked_from_anywhere(phones: Phones) -> None:
    phones.with_idea().send(1, titles="phieu ket qua kiem nghiem")
    phones.say("xong", "đúng", "bỏ qua")

    assert "Bác muốn bỏ giấy nào" in phones.say("bo giay da gui")
    assert "bỏ phiếu kiểm nghiệm" in phones.say("1")


def test_what_the_officer_found_good_is_not_taken_away(phones: Phones) -> None:
    phones.with_idea().send(1, titles="phieu ket qua kiem nghiem")
    phones.say("xong", "đúng", "bỏ qua")
    with phones.database.transaction() as tx:
        papers.judge(tx, 1, "accepted", "", 1, phones.player.now)

    assert "Không có giấy nào bỏ được" in phones.say("bo giay da gui")


def test_a_number_and_a_holder_that_were_misread_are_put_right(phones: Phones) -> None:
    phones.with_idea().send(
        1,
        titles="phieu ket qua kiem nghiem",
        number="345/2O26",
        issued=date(2026, 8, 12),
        holder="HTX Bàn Liên",
    )

    said = phones.say("xong", "đúng", "không", "số 345/2026, cấp cho HTX Bản Liền")

    assert "số 345/2026, cấp ngày 12/8/2026, cấp cho HTX Bản Liền" in said
    phones.say("đúng")
    (paper,) = phones.papers()
    assert (paper["number"], paper["holder"]) == ("345/2026", "HTX Bản Liền")
