"""Còn thiếu gì: the best next step, the whole list, and all about one paper."""

from dataclasses import replace
from pathlib import Path

import pytest

from storage import dossiers, papers
from tests.handlers.phones import Phones
from tests.handlers.scored import THREE, like

PROVINCE = """
always:
  - {id: forest_permit, except_sets: []}
papers:
  - {id: forest_permit, row: 3, name: "Giấy xác nhận gom dược liệu", copy: plain, months: null,
     lead_days: 20, issuer: "hạt kiểm lâm", confidence: high, source: "tỉnh"}
"""


@pytest.fixture
def province(phones: Phones, tmp_path: Path) -> Phones:
    """A province that asks for one paper more."""
    (tmp_path / "evidence.yaml").write_text(PROVINCE, encoding="utf-8")
    phones.player._reception.overlays = (tmp_path,)
    return phones


def test_what_is_missing_is_said_in_one_line_with_the_best_next_step(phones: Phones) -> None:
    said = phones.with_idea().say("còn thiếu gì")

    assert "xong 0/4 giấy, còn thiếu giấy an toàn thực phẩm" in said
    assert "và 1 giấy nữa" in said
    assert "Việc nên làm trước: Bác làm hoặc xin giấy an toàn thực phẩm" in said
    assert "1. Xem giấy an toàn thực phẩm" in said


def test_who_has_not_scored_yet_is_told_that_there_may_be_more(phones: Phones) -> None:
    said = phones.with_idea().say("còn thiếu gì")

    assert "chưa tự chấm điểm" in said
    assert "Tự chấm điểm" in said
    assert "chưa tự chấm điểm" not in phones.say("chấm điểm", "3", "để sau", "còn thiếu gì")


def test_a_paper_that_came_back_leads_though_nothing_asks_for_it(phones: Phones) -> None:
    """An officer has looked at it and waits for a better one: it must not be forgotten."""
    phones.with_idea().say("hồ sơ sản phẩm")
    about = {"producer_id": 1, "product": 1, "paper": "story_leaflet", "person_id": 1}
    with phones.database.transaction() as tx:
        number = papers.give(tx, about, (), phones.player.now)
    assert "tờ rơi" not in phones.say("còn thiếu gì"), "it is there, and not asked for"
    with phones.database.transaction() as tx:
        papers.judge(tx, number, "returned", "ảnh mờ", 1, phones.player.now)

    said = phones.say("còn thiếu gì")

    assert "xong 0/5 giấy, còn thiếu tờ rơi có câu chuyện" in said
    assert "ảnh mờ" in said
    assert "Tờ rơi có câu chuyện: cán bộ trả lại" in phones.say("danh sách giấy")
    phones.say("bỏ giấy")
    assert "Tờ rơi" in phones.read()


def test_what_is_claimed_asks_for_its_papers(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", "3", "để sau")

    assert "xong 0/5 giấy" in phones.say("còn thiếu gì")
    assert "Giấy nguồn gốc nguyên liệu: chưa có" in phones.say("danh sách giấy")


def test_all_about_a_paper_is_told(phones: Phones) -> None:
    said = phones.with_idea().say("còn thiếu gì", "1")

    assert "Cơ quan an toàn thực phẩm của tỉnh" in said
    assert "Mất chừng 30 ngày (em ước" in said
    assert "250.000 đến 2.500.000 đồng" in said
    assert "Giấy này bây giờ: chưa có" in said


def test_another_paper_that_will_do_is_offered(phones: Phones) -> None:
    said = phones.with_idea().say("còn thiếu gì", "1", "3")

    assert "Giấy này bây giờ" in said
    assert "Hoặc dùng giấy an toàn thực phẩm" in said


def test_what_a_good_one_looks_like_is_shown(phones: Phones) -> None:
    said = phones.with_idea().say("còn thiếu gì", "1", "2")

    assert "Trông thế này là tốt" in said
    assert "1. Gửi ảnh giấy này" in said


def test_a_long_list_is_shown_page_by_page(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm", *["3"] * 12, "để sau")

    first = phones.say("danh sách giấy")
    second = phones.say("6")

    assert "trang 1/" in first
    assert "6. Xem tiếp" in first
    assert "trang 2/" in second
    assert max(len(words) for _, words in phones.player.letters) <= 300


@pytest.mark.parametrize("data", ["m|papers:x", "m|papers:99", "m|paper:nothing", "m|example:x"])
def test_a_button_for_what_is_not_there_shows_the_list(phones: Phones, data: str) -> None:
    assert "Giấy tờ của Gạo Khẩu Mẹo" in phones.with_idea().tap(data)


def test_a_paper_that_only_a_better_claim_needs_can_be_asked_about_all_the_same(
    phones: Phones,
) -> None:
    said = phones.with_idea().tap("m|paper:gmp_certificate")

    assert "GMP" in said
    assert "1. Gửi ảnh giấy này" in said


def test_samples_are_just_said_to_be_ready(phones: Phones) -> None:
    phones.with_idea().tap("m|paper:samples")

    said = phones.say("1")

    assert "có đủ 5 mẫu" in said
    assert "xong 1/4 giấy" in said
    assert [(row["paper"], row["count"]) for row in phones.papers()] == [("samples", 5)]


def test_samples_are_no_paper_to_photograph(phones: Phones) -> None:
    assert "Tôi có đủ mẫu rồi" in phones.with_idea().tap("m|send:samples")


def test_samples_said_twice_are_there_once(phones: Phones) -> None:
    phones.with_idea()

    for _ in range(2):
        phones.tap("m|samples")

    assert len(phones.papers()) == 1


def test_asked_in_the_middle_of_a_form_its_question_comes_back(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ chủ thể", "2", "của tôi", "HTX Hai")

    said = phones.tap("m|missing")

    assert "còn thiếu" in said
    assert "Bên bác là loại nào" in said


def test_a_paper_that_was_returned_is_told_with_the_reason(phones: Phones) -> None:
    phones.with_idea().say("gửi giấy")
    phones.send(1)
    phones.say("xong", "phiếu đăng ký")
    judge(phones, "returned", "thiếu chữ ký")

    said = phones.tap("m|paper:form_01")

    assert "cán bộ trả lại" in said
    assert "thiếu chữ ký" in said


def judge(phones: Phones, verdict: str, reason: str) -> None:
    (paper,) = phones.papers()
    with phones.database.transaction() as tx:
        papers.judge(tx, paper["id"], verdict, reason, 1, phones.player.now)


# -- a province that adds papers ------------------------------------------------------------------


def test_a_paper_that_a_province_adds_is_asked_for_by_its_name(province: Phones) -> None:
    province.with_idea()

    listed = province.say("danh sách giấy")
    told = province.tap("m|paper:forest_permit")

    assert "Giấy xác nhận gom dược liệu: chưa có" in listed
    assert "tỉnh mình đòi thêm giấy này. Nơi cấp: hạt kiểm lâm" in told
    assert "1. Gửi ảnh giấy này" in told


def test_and_is_given_like_any_other(province: Phones) -> None:
    province.with_idea().tap("m|send:forest_permit")
    province.send(1)

    said = province.say("xong")

    assert "Em cất Giấy xác nhận gom dược liệu, 1 tờ" in said
    assert [row["paper"] for row in province.papers()] == ["forest_permit"]


# -- nothing missing ------------------------------------------------------------------------------


def test_a_dossier_with_all_its_papers_can_be_printed(phones: Phones) -> None:
    said = like(phones, THREE).say("còn thiếu gì")

    assert "Hồ sơ Gạo Khẩu Mẹo đủ giấy rồi" in said
    assert "1. In quyển hồ sơ" in said


def test_with_what_all_must_have_there_scoring_comes_next(phones: Phones) -> None:
    said = like(phones, replace(THREE, claims={})).say("còn thiếu gì")

    assert "Các giấy ai cũng phải có thì Gạo Khẩu Mẹo đủ rồi" in said
    assert "1. Tự chấm điểm" in said


def test_with_nothing_missing_a_question_in_between_is_gone_on_with(phones: Phones) -> None:
    like(phones, THREE).say("hồ sơ chủ thể", "2", "của tôi", "HTX Hai")

    assert "Bên bác là loại nào" in phones.tap("m|missing")


def test_a_book_that_lacks_papers_is_printed_as_a_draft(phones: Phones) -> None:
    said = phones.with_idea().say("hồ sơ sản phẩm", "7")

    assert "còn thiếu 4 giấy nên em in là bản nháp" in said


def test_a_re_evaluation_lacks_what_its_answers_of_last_time_need(phones: Phones) -> None:
    """What stood last time stands until it is answered otherwise."""
    like(phones, THREE, "linkage_contract")

    said = phones.say("đánh giá lại", "đúng", "3", "20/6/2025", "gửi", "menu", "còn thiếu gì")

    assert "chưa tự chấm điểm" not in said
    assert "hợp đồng liên kết" in said


# -- what is not sure -----------------------------------------------------------------------------


UNSURE = "Em chưa chắc, bác hỏi cán bộ trước nhé"


@pytest.mark.parametrize(
    ("product_set", "what"),
    [
        (14, "Rượu bán ra có thể phải có giấy phép sản xuất"),
        (3, "có thể không phải tự công bố"),
        (21, "Hàng thủ công có thể không cần giấy an toàn thực phẩm"),
    ],
)
@pytest.mark.parametrize("asked", ["còn thiếu gì", "danh sách giấy"])
def test_what_the_law_leaves_open_is_said_to_who_asks(
    phones: Phones, product_set: int, what: str, asked: str
) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")
    with phones.database.transaction() as tx:
        dossiers.change(tx, 1, product_set=product_set)

    assert phones.say(asked).count(what) == 1
    assert UNSURE in phones.read()


def test_it_is_not_said_again_with_each_page_or_each_paper(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm", "danh sách giấy")

    further = phones.tap("m|papers:1")
    sent = phones.tap("m|samples")

    assert UNSURE not in further + sent
