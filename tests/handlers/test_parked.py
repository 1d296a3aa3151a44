"""Forms that lie half done: left, listed, taken up again, withdrawn; nothing is ever lost."""

from datetime import timedelta

import pytest

from tests.handlers.offices import opened
from tests.handlers.phones import Phones

DAY = timedelta(days=1)


def with_drafts(phones: Phones, *names: str) -> Phones:
    phones.with_profile()
    for name in names:
        phones.say("đăng ký sản phẩm")
        if phones.open_form() != "idea":
            phones.say("làm phiếu mới")
        phones.say(name, "để sau")
    return phones


def test_what_is_left_is_kept_and_said_to_be_kept(phones: Phones) -> None:
    said = with_drafts(phones, "Gạo Khẩu Mẹo").read()

    assert "em cất phiếu ý tưởng “Gạo Khẩu Mẹo”" in said
    assert "xong 2/13" in said


def test_the_one_draft_is_gone_on_with_at_once(phones: Phones) -> None:
    said = with_drafts(phones, "Gạo Khẩu Mẹo").say("tiếp tục")

    assert "Em hiểu là: Bộ 3" in said


def test_of_several_drafts_one_is_chosen(phones: Phones) -> None:
    with_drafts(phones, "Gạo Khẩu Mẹo", "Rượu ngô")

    listed = phones.say("tiếp tục")
    phones.say("rượu ngô", "làm tiếp")

    assert "1. Gạo Khẩu Mẹo" in listed
    assert "2. Rượu ngô" in listed
    assert phones.session().active().answers["name"] == "Rượu ngô"  # type: ignore[union-attr]  # it is open


def test_a_list_of_many_long_names_is_still_one_short_letter(phones: Phones) -> None:
    with_drafts(phones, *(f"Rượu ngô men lá nấu thủ công Bản Phố số {n}" for n in range(7)))

    listed = phones.say("phiếu của tôi")

    assert len(listed) <= 300
    assert "4. " in listed


def test_a_draft_can_be_withdrawn_from_the_list(phones: Phones) -> None:
    with_drafts(phones, "Gạo Khẩu Mẹo", "Rượu ngô")

    said = phones.say("phiếu của tôi", "1", "rút phiếu")

    assert "em rút phiếu ý tưởng “Gạo Khẩu Mẹo”" in said
    assert [run.answers["name"] for run in phones.session().runs] == ["Rượu ngô"]


def test_withdrawing_in_the_form_is_asked_for_sure(phones: Phones) -> None:
    with_drafts(phones, "Gạo Khẩu Mẹo").say("tiếp tục")

    assert phones.say("rút lại").endswith("1. Đúng\n2. Không")
    assert "em rút phiếu ý tưởng" in phones.say("có")
    assert phones.session().runs == ()


@pytest.mark.parametrize("data", ["m|draft:99", "m|draft_go:99", "m|draft_end:99", "m|draft:x"])
def test_buttons_of_drafts_that_are_gone_show_what_there_is(phones: Phones, data: str) -> None:
    with_drafts(phones, "Gạo Khẩu Mẹo")

    assert "1. Gạo Khẩu Mẹo" in phones.tap(data)


def test_in_an_open_form_going_on_is_staying(phones: Phones) -> None:
    said = phones.agreed().say("hồ sơ chủ thể", "tiếp tục")

    assert "Hồ sơ này là của bác" in said
    assert len(phones.session().runs) == 1


def test_with_nothing_open_the_way_to_begin_is_told(phones: Phones) -> None:
    assert "Bác chưa có phiếu nào" in phones.agreed().say("tiếp tục")


def test_after_days_a_greeting_offers_to_go_on(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo")
    phones.wait(400 * DAY)

    offered = phones.say("chào em")

    assert "Bác đang làm dở phiếu ý tưởng “Gạo Khẩu Mẹo”" in offered
    assert "1. Làm tiếp\n2. Việc khác" in offered
    assert "Em hiểu là: Bộ 3" in phones.say("1")


def test_or_to_do_something_else(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo")
    phones.wait(2 * DAY)

    assert "1. Đăng ký sản phẩm" in phones.say("chào em", "2")
    assert len(phones.session().runs) == 1


def test_in_the_middle_of_a_talk_a_greeting_is_just_greeted_back(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm")

    said = phones.say("chào em")

    assert "Chào bác ạ" in said
    assert "Sản phẩm tên là gì" in said
    assert phones.session().active().answers.get("name") is None  # type: ignore[union-attr]  # it is open


def test_a_greeting_from_the_menu_offers_the_draft_too(phones: Phones) -> None:
    with_drafts(phones, "Gạo Khẩu Mẹo")

    assert "Bác đang làm dở" in phones.say("chào em")


def test_with_no_draft_a_greeting_shows_the_menu(phones: Phones) -> None:
    assert "1. Đăng ký sản phẩm" in phones.agreed().say("chào em")


def test_the_menu_leaves_the_form_as_it_lies(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "09")

    assert phones.open_form() == ""
    assert "Em hiểu là: Bộ 3" in phones.say("tiếp tục")


def test_an_answer_after_years_is_an_answer(phones: Phones) -> None:
    """No time-out: she simply goes on where the question still stands on her screen."""
    phones.with_profile().say("đăng ký sản phẩm")
    phones.wait(800 * DAY)

    assert "Em hiểu là: Bộ 3" in phones.say("Gạo Khẩu Mẹo")


def test_a_question_to_the_officer_that_was_left_is_a_draft_too(phones: Phones) -> None:
    phones.agreed().say("gặp cán bộ", "rượu ngô có phải", "để sau")

    assert "hỏi cán bộ điều gì" in phones.say("tiếp tục")
    assert phones.open_form() == "contact"


def test_an_empty_question_that_was_left_is_gone(phones: Phones) -> None:
    assert "Em không ghi gì cả" in phones.agreed().say("gặp cán bộ", "để sau")
    assert phones.session().runs == ()


def test_leaving_the_inner_form_leads_back_to_the_outer(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "gặp cán bộ")

    assert "Em hiểu là: Bộ 3" in phones.say("để sau")


def test_the_pause_of_a_form_that_was_left_rings_in_vain(phones: Phones) -> None:
    phones.agreed().say("gặp cán bộ", "rượu ngô có phải", "menu")
    before = len(phones.player.letters)

    phones.wait(timedelta(minutes=5))

    assert len(phones.player.letters) == before


# -- of officers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["tiếp tục", "làm tiếp", "phiếu của tôi", "dang do"])
def test_what_an_officer_left_is_gone_on_with_as_promised(phones: Phones, typed: str) -> None:
    opened(phones).say("thông báo", "hội chợ", on="xa")

    kept = phones.say("để sau", on="xa")

    assert "không mất gì đâu ạ. Lúc nào rảnh, anh chị gõ: tiếp tục" in kept
    said = phones.say(typed, on="xa")
    assert "Mình làm tiếp thông báo nhé anh chị" in said
    assert "Tên việc cần báo là gì" in said


def test_an_officer_with_nothing_half_done_hears_what_can_be_typed(phones: Phones) -> None:
    assert "hộp thư" in opened(phones).say("tiếp tục", on="xa")


def test_an_officer_at_work_is_addressed_as_one_and_a_producer_as_a_producer(
    phones: Phones,
) -> None:
    opened(phones).say("thông báo", on="xa")

    for typed in ("trợ giúp", "rút", "không", "quay lại"):
        assert "bác" not in phones.say(typed, on="xa").lower()
    assert "Lúc nào bác cũng gõ được" in phones.say("đăng ký sản phẩm", "trợ giúp")
