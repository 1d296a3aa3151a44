"""Hồ sơ: which one is meant, who sees it, which round it goes to, and what can be done."""

from datetime import datetime, timedelta

import pytest

from conversations.play import VIETNAM
from tests.handlers.phones import PROFILE, SHEET, Phones

CODE = "271828"  # the first code that a played phone gives
SECOND = ("Rượu ngô Bản Phố", *SHEET[1:])


def with_two(phones: Phones) -> Phones:
    phones.with_idea().say("đăng ký sản phẩm", *SECOND, "gửi")
    return phones


def helped(phones: Phones) -> Phones:
    """Somebody helps with the dossier from a phone of their own."""
    phones.with_idea().say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", on="con")
    return phones


def test_an_idea_that_was_handed_in_has_a_dossier(phones: Phones) -> None:
    said = phones.with_idea().say("hồ sơ sản phẩm")

    assert "Hồ sơ Gạo Khẩu Mẹo: xong 0/4 giấy, dự đợt 1 năm 2027" in said
    assert "chậm nhất 7/4/2027" in said
    (row,) = phones.dossiers()
    assert (row["number"], row["case"], row["rules"]) == ("HS-2026-0001", "first", "26-2026")


def test_looking_twice_opens_one(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm", "còn thiếu gì", "hồ sơ sản phẩm")

    assert len(phones.dossiers()) == 1


def test_with_nothing_handed_in_the_way_to_begin_is_told(phones: Phones) -> None:
    said = phones.agreed().say("hồ sơ sản phẩm")

    assert "chưa gửi sản phẩm nào" in said
    assert "1. Đăng ký sản phẩm" in said


def test_with_an_idea_half_done_it_is_offered(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "để sau")

    assert "“Gạo Khẩu Mẹo”" in phones.say("mấy sao")


def test_of_several_the_one_that_is_meant_is_asked_for_and_then_the_deed_is_done(
    phones: Phones,
) -> None:
    asked = with_two(phones).say("còn thiếu gì")

    assert "1. Gạo Khẩu Mẹo (HS-2026-0001)\n2. Rượu ngô Bản Phố (HS-2026-0002)" in asked
    assert "Rượu ngô Bản Phố: xong" in phones.say("2")


def test_a_deed_about_one_paper_is_not_forgotten_when_the_dossier_is_asked_for(
    phones: Phones,
) -> None:
    with_two(phones)

    phones.tap("m|paper:test_report")

    assert "gửi hàng đi thử" in phones.say("1")


def test_the_one_that_was_spoken_of_last_is_meant_until_another_is_asked_for(
    phones: Phones,
) -> None:
    with_two(phones).say("còn thiếu gì", "2")

    assert "Rượu ngô Bản Phố" in phones.say("hồ sơ sản phẩm")
    assert "Bác muốn xem hồ sơ nào" in phones.say("hồ sơ khác")
    assert "Hồ sơ Gạo Khẩu Mẹo" in phones.say("1")


def test_with_one_dossier_there_is_no_other(phones: Phones) -> None:
    said = phones.with_idea().say("hồ sơ khác")

    assert "có mỗi hồ sơ này" in said
    assert "Hồ sơ Gạo Khẩu Mẹo" in said
    assert "chưa gửi sản phẩm nào" in phones.agreed("la").say("hồ sơ khác", on="la")


def test_only_of_several_another_is_in_the_list(phones: Phones) -> None:
    assert "Hồ sơ khác" not in phones.with_idea().say("hồ sơ sản phẩm")
    phones.say("đăng ký sản phẩm", *SECOND, "gửi", "hồ sơ sản phẩm")
    assert "Hồ sơ khác" in phones.say("1", "hồ sơ sản phẩm")


@pytest.mark.parametrize("data", ["m|dossier_for:99.missing", "m|dossier_for:x"])
def test_a_forged_button_shows_ones_own(phones: Phones, data: str) -> None:
    phones.with_idea()
    phones.agreed("la")

    assert "Gạo Khẩu Mẹo" not in phones.tap(data, on="la")
    assert "Gạo Khẩu Mẹo" in phones.tap(data)


def test_a_withdrawn_idea_takes_its_dossier_with_it(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")

    phones.tap("m|idea_gone:YT-2026-0001")

    assert phones.dossiers() == []
    assert "chưa gửi sản phẩm nào" in phones.say("hồ sơ sản phẩm")


# -- helpers --------------------------------------------------------------------------------------


def test_a_helper_sees_the_dossier_of_whom_they_help(phones: Phones) -> None:
    helped(phones)

    assert "Hồ sơ Gạo Khẩu Mẹo" in phones.say("hồ sơ sản phẩm", on="con")


def test_the_producer_sees_what_the_helper_handed_in(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", on="con")

    phones.say("đăng ký sản phẩm", *SHEET, "gửi", on="con")

    assert "Hồ sơ Gạo Khẩu Mẹo" in phones.say("hồ sơ sản phẩm")


def test_a_helper_whose_right_ended_sees_it_no_more(phones: Phones) -> None:
    helped(phones).say("hồ sơ sản phẩm", on="con")

    phones.say("thôi nhờ người giúp")

    assert "chưa gửi sản phẩm nào" in phones.say("còn thiếu gì", on="con")


def test_what_a_helper_was_doing_when_their_right_ended_is_not_kept(phones: Phones) -> None:
    helped(phones).say("gửi giấy", on="con")
    phones.send(1, on="con")
    phones.say("xong", on="con")
    phones.say("thôi nhờ người giúp")

    said = phones.say("phiếu đăng ký", on="con")

    assert "không còn khai hộ" in said
    assert phones.papers() == []


# -- rounds ---------------------------------------------------------------------------------------


def test_a_dossier_goes_to_the_round_that_was_wished_for(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", *SHEET[:-1], "2", "gửi")

    assert "dự đợt 2 năm 2027" in phones.say("hồ sơ sản phẩm")


def test_without_a_wish_it_goes_to_the_nearest(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", *SHEET[:-1], "bỏ qua", "gửi")

    assert "dự đợt 1 năm 2027" in phones.say("hồ sơ sản phẩm")


def test_when_its_round_has_closed_it_goes_on_to_the_next(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")
    phones.wait(timedelta(days=170))

    said = phones.say("hồ sơ sản phẩm")

    assert "dự đợt 2 năm 2027" in said
    (row,) = phones.dossiers()
    assert (row["round_key"], str(row["council"])) == ("tinh-2-2027", "2027-12-30")


def test_a_round_that_had_closed_before_anybody_looked_is_not_begun_with(phones: Phones) -> None:
    phones.with_idea()
    phones.wait(timedelta(days=400))

    assert "dự đợt 1 năm 2028" in phones.say("hồ sơ sản phẩm")


def test_a_product_whose_set_nobody_knows_yet_has_no_dossier(phones: Phones) -> None:
    """The officer has to read first what it is."""
    phones.with_profile()

    assert "chưa gửi sản phẩm nào" in phones.say("hồ sơ sản phẩm")
    assert phones.dossiers() == []


def test_each_producer_has_its_own_dossiers(phones: Phones) -> None:
    phones.with_idea()
    phones.say("hồ sơ chủ thể", "2", PROFILE[0], "Hộ nhà Mẩy", *PROFILE[2:])
    phones.say("đăng ký sản phẩm", "2", *SECOND, "gửi")

    asked = phones.say("hồ sơ sản phẩm")

    assert "1. Gạo Khẩu Mẹo" in asked
    assert len({row["producer_id"] for row in phones.dossiers()}) == 2


def test_words_that_say_nothing_lead_back_to_the_dossier_and_then_to_the_menu(
    phones: Phones,
) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")

    first = phones.say("ơ con bò nhà tôi")

    assert first.startswith("Em chưa hiểu")
    assert "Hồ sơ Gạo Khẩu Mẹo" in first
    assert "Đăng ký" in phones.say("ơ con trâu nhà tôi")


def test_a_paper_is_opened_by_its_name(phones: Phones) -> None:
    assert "1. Gửi ảnh giấy này" in phones.with_idea().say("giấy an toàn thực phẩm")


def test_after_the_good_day_it_is_said_what_is_left(phones: Phones) -> None:
    phones.with_idea()
    phones.player.now = datetime(2027, 4, 20, 8, 0, tzinfo=VIETNAM)

    assert "đã qua" in phones.say("hồ sơ sản phẩm")


def test_a_number_without_a_list_is_no_paper(phones: Phones) -> None:
    phones.with_idea().say("cảm ơn em", "gặp cán bộ", "Bao giờ có tem ạ?", "xong")

    assert "Mẫu số 01" not in phones.say("1")


def test_one_word_that_only_one_product_has_tells_which_is_meant(phones: Phones) -> None:
    with_two(phones).say("còn thiếu gì", "2")

    assert phones.say("gao may sao").startswith("Bác chưa tự chấm")
    assert "Gạo Khẩu Mẹo" in phones.say("hồ sơ sản phẩm")


def test_after_the_last_page_it_is_said_that_there_is_no_more(phones: Phones) -> None:
    phones.with_idea().say("hồ sơ sản phẩm")

    assert "Hết rồi ạ" in phones.say("xem tiếp")
    assert "còn thiếu" in phones.say("1")
