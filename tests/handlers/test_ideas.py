"""Ý tưởng sản phẩm: begun, handed in, withdrawn, and what it still lacks."""

from datetime import timedelta

import pytest

from conversations.events import Photo
from programme import products
from storage import papers
from tests.handlers.phones import PROFILE, SHEET, Phones


def test_an_idea_that_is_handed_in_gets_its_receipt(phones: Phones) -> None:
    phones.with_profile()

    said = phones.say("đăng ký sản phẩm", *SHEET, "gửi")

    assert "Số phiếu: YT-2026-0001" in said
    (idea,) = phones.ideas()
    assert idea["name"] == "Gạo Khẩu Mẹo"
    assert idea["commune_code"] == "02869"
    assert idea["round_key"] == "tinh-1-2027"
    assert idea["answers"]["materials"] == [
        {"name": "thóc", "shares": {"commune": 100, "province": 100}}
    ]


def test_sending_twice_hands_in_once(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", *SHEET)

    phones.at_once("gửi", "gửi", "1")

    assert len(phones.ideas()) == 1


def test_receipts_are_numbered_in_their_year(phones: Phones) -> None:
    phones.with_idea()
    phones.say("đăng ký sản phẩm", *SHEET, "gửi")

    phones.wait(timedelta(days=60))
    phones.say("đăng ký sản phẩm", *SHEET, "gửi")

    numbers = [idea["number"] for idea in phones.ideas()]
    assert numbers == ["YT-2026-0001", "YT-2026-0002", "YT-2027-0001"]


def test_a_service_is_not_asked_what_it_is_made_of(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Làng Bản Liền", "du lịch cộng đồng", "đúng")

    asked = phones.say("đã có")
    said = phones.say("5 người, 5 trong xã")
    phones.say("nhà sàn cổ", "xong", "1", "quanh năm", "3", "1", "gửi")

    assert "Có mấy người làm" in asked
    assert "Sản phẩm có gì hay" in said
    (idea,) = phones.ideas()
    assert idea["product_set"] == 26
    assert {"materials", "packaging"}.isdisjoint(idea["answers"])
    assert idea["form_version"] == 2


def test_without_a_profile_it_is_filled_first_and_then_comes_the_idea(phones: Phones) -> None:
    said = phones.agreed().say("đăng ký sản phẩm", *PROFILE)

    assert "Em lưu xong hồ sơ" in said
    assert "Sản phẩm tên là gì" in said


def test_the_paper_of_a_business_is_no_wish_for_an_idea(phones: Phones) -> None:
    unknown = phones.with_profile().say("dang ky kinh doanh")
    about = phones.say("đăng ký sản phẩm", *SHEET, "gửi", "dang ky kinh doanh")

    assert "Bác chưa gửi sản phẩm nào" in unknown
    assert "Giấy này bây giờ: chưa có" in about


def test_a_half_done_profile_is_gone_on_with(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể", "của tôi", "để sau")

    assert "Tên chủ thể là gì" in phones.say("đăng ký sản phẩm")


def test_a_half_done_idea_is_offered_first(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "để sau")

    offered = phones.say("đăng ký sản phẩm")

    assert "“Gạo Khẩu Mẹo”" in offered
    assert "Em hiểu là: Bộ 3" in phones.say("1")


def test_or_a_new_one_is_begun(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "để sau", "đăng ký sản phẩm")

    assert "Sản phẩm tên là gì" in phones.say("2")
    assert len(phones.session().runs) == 2


def test_of_several_producers_one_is_chosen(phones: Phones) -> None:
    phones.with_profile().say("hồ sơ chủ thể", "2", *PROFILE[:1], "Hộ nhà Mẩy", *PROFILE[2:])

    assert "1. HTX Bản Liền\n2. Hộ nhà Mẩy" in phones.say("đăng ký sản phẩm")
    assert "Sản phẩm tên là gì" in phones.say("nhà mẩy")


def test_the_commune_is_that_of_the_producer_that_was_chosen(phones: Phones) -> None:
    phones.with_profile().say("hồ sơ chủ thể", "2", *PROFILE[:1], "Hộ nhà Mẩy", *PROFILE[2:])

    phones.say("đăng ký sản phẩm", "1", *SHEET, "gửi")

    assert [idea["commune_code"] for idea in phones.ideas()] == ["02869"]


def test_an_idea_for_one_of_ones_producers_is_begun_by_its_button(phones: Phones) -> None:
    phones.with_profile()

    assert "Sản phẩm tên là gì" in phones.tap("m|idea_for:1")
    assert "Sản phẩm tên là gì" not in phones.tap("m|idea_for:99")


# -- withdrawn -------------------------------------------------------------------------------------


def test_what_was_handed_in_leads_to_its_dossier_first(phones: Phones) -> None:
    phones.with_idea()

    said = phones.say("phiếu của tôi", "1")

    assert "YT-2026-0001 · Gạo Khẩu Mẹo" in said
    assert "1. Xem hồ sơ\n2. Rút phiếu\n3. Việc khác" in said
    assert "Hồ sơ Gạo Khẩu Mẹo: xong" in phones.say("1")
    assert [idea["status"] for idea in phones.ideas()] == ["submitted"]


def test_what_nobody_knows_the_set_of_has_no_dossier_to_see(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones.with_profile()
    monkeypatch.setattr(products, "propose", broken)
    phones.say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "gạo đặc sản", *SHEET[2:], "gửi")

    assert "1. Rút phiếu\n2. Việc khác" in phones.say("phiếu của tôi", "1")
    assert "Rút thì hồ sơ và điểm cũng thôi" in phones.say("1")


def give(phones: Phones, kind: str, product: int | None = None) -> None:
    with phones.database.transaction() as tx:
        values = {"producer_id": 1, "product": product, "paper": kind, "person_id": 1}
        papers.give(tx, values, (), phones.player.now)


def test_withdrawing_says_what_goes_with_it_and_asks_once(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")
    for kind in ("food_safety_certificate", "business_registration"):
        give(phones, kind)
    give(phones, "story_text", 1)

    said = phones.say("phiếu của tôi", "1", "2")

    assert "Rút thì hồ sơ, điểm và 3 giấy đã gửi cũng thôi. Bác chắc muốn rút không ạ?" in said
    assert [idea["status"] for idea in phones.ideas()] == ["submitted"]
    assert "em rút YT-2026-0001" in phones.say("1")
    assert [idea["status"] for idea in phones.ideas()] == ["withdrawn"]


def test_papers_that_another_product_needs_do_not_go_with_it(phones: Phones) -> None:
    phones.with_idea().say("đăng ký sản phẩm", *SHEET, "gửi", "hồ sơ sản phẩm")
    give(phones, "food_safety_certificate")
    give(phones, "story_text", 1)

    assert "điểm và 1 giấy đã gửi" in phones.tap("m|idea_end:YT-2026-0001")


@pytest.mark.parametrize("word", ["không", "giữ lại", "2", "thôi"])
def test_who_is_not_sure_keeps_it(phones: Phones, word: str) -> None:
    phones.with_idea().say("phiếu của tôi", "1", "2")

    assert "giữ nguyên phiếu YT-2026-0001" in phones.say(word)
    assert [idea["status"] for idea in phones.ideas()] == ["submitted"]


def test_what_was_handed_in_can_be_withdrawn_and_the_officer_hears_of_it(phones: Phones) -> None:
    phones.say("/start CANBO", on="canbo")
    phones.with_idea().say("hồ sơ sản phẩm")

    said = phones.say("phiếu của tôi", "1", "rút phiếu", "chắc")

    assert "YT-2026-0001" in said
    told = phones.read("canbo")
    assert "đã được chủ thể rút, hồ sơ HS-2026-0001 cũng thôi" in told
    assert [idea["status"] for idea in phones.ideas()] == ["withdrawn"]


def test_a_withdrawn_idea_is_no_longer_listed(phones: Phones) -> None:
    phones.with_idea().say("phiếu của tôi", "1", "2", "1")

    assert "chưa có phiếu nào" in phones.say("phiếu của tôi")


@pytest.mark.parametrize("again", ["m|idea_gone:YT-2026-0001", "m|idea_end:YT-2026-0001"])
def test_withdrawing_twice_is_settled(phones: Phones, again: str) -> None:
    phones.with_idea().tap("m|idea_gone:YT-2026-0001")

    assert "nút cũ không đổi gì nữa" in phones.tap(again)
    assert len(phones.ideas()) == 1


def test_nobody_withdraws_or_sees_the_idea_of_another(phones: Phones) -> None:
    phones.with_idea()
    phones.agreed("la")

    seen = phones.tap("m|idea_end:YT-2026-0001", on="la")
    seen += phones.tap("m|idea_gone:YT-2026-0001", on="la")
    seen += phones.tap("m|idea:YT-2026-0001", on="la")

    assert [idea["status"] for idea in phones.ideas()] == ["submitted"]
    assert "Gạo Khẩu Mẹo" not in seen


# -- what it still lacks ---------------------------------------------------------------------------


def test_what_was_ticked_is_still_to_be_photographed(phones: Phones) -> None:
    phones.with_profile()
    sheet = list(SHEET)
    sheet[9] = "3"

    phones.say("đăng ký sản phẩm", *sheet, "gửi")

    assert "Bác nói có giấy an toàn thực phẩm rồi, bác chụp gửi em nhé" in phones.say(
        "còn thiếu gì"
    )


def test_what_was_not_ticked_is_to_be_got(phones: Phones) -> None:
    said = phones.with_idea().say("còn thiếu gì")

    assert "còn thiếu giấy an toàn thực phẩm" in said
    assert "Bác làm hoặc xin giấy an toàn thực phẩm" in said


def test_with_nothing_handed_in_the_half_done_sheet_is_offered(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "để sau")

    assert "“Gạo Khẩu Mẹo”, xong 2/13" in phones.say("còn thiếu gì")


def test_with_nothing_at_all_the_way_to_begin_is_told(phones: Phones) -> None:
    assert "Bác chưa gửi sản phẩm nào" in phones.agreed().say("còn thiếu gì")


def test_asked_in_the_middle_of_a_question_to_the_officer_it_comes_back(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ chủ thể", "2", "của tôi", "HTX Hai")

    said = phones.tap("m|missing")

    assert "còn thiếu" in said
    assert "Bên bác là loại nào" in said


def test_a_round_need_not_be_known_yet(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", *SHEET[:-1])

    assert "Số phiếu" in phones.say("bỏ qua", "gửi")
    assert [idea["round_key"] for idea in phones.ideas()] == [None]


def test_where_a_reader_is_broken_the_words_go_to_the_officer_all_the_same(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones.say("/start CANBO", on="canbo")
    phones.with_profile()
    monkeypatch.setattr(products, "propose", broken)

    phones.say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "gạo đặc sản", *SHEET[2:], "gửi")

    assert [idea["product_set"] for idea in phones.ideas()] == [0]
    assert "gạo đặc sản" in phones.read("canbo")


def broken(*_args: object, **_more: object) -> list[object]:
    raise RuntimeError


# -- photos ---------------------------------------------------------------------------------------


def test_photos_are_asked_for_where_the_product_is_told_of_and_kept_with_it(
    phones: Phones,
) -> None:
    phones.with_profile()

    asked = phones.say("đăng ký sản phẩm", *SHEET[:7])
    kept = phones.do(Photo("f" * 64))
    phones.say(*SHEET[7:], "gửi")

    assert "gửi cả ảnh sản phẩm" in asked
    assert "có 1 ảnh" in kept
    (idea,) = phones.ideas()
    assert idea["answers"]["photos"] == ["f" * 64]
    assert idea["answers"]["special"] == "giống cũ"


def test_who_wants_to_send_photos_at_the_review_does_not_send_the_form(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", *SHEET)

    asked = phones.say("gửi ảnh")
    phones.do(Photo("e" * 64))
    back = phones.say("xong")

    assert "Bác gửi ảnh sản phẩm giúp em" in asked
    assert "1. Gửi" in back
    assert "Ảnh sản phẩm: 1 ảnh" in phones.say("xem lại")
