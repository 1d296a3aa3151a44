"""Kế hoạch: when to begin what, whether it still comes in time, and for which round it is."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import text

from conversations.play import VIETNAM
from programme.calendar import Milestone
from storage import dossiers, milestones, producers
from tests.handlers.phones import SHEET, Phones
from tests.handlers.scored import THREE, like

WITHOUT = ("food_safety_certificate", "test_report", "trademark_application")
PLUMS = (
    "mận tam hoa", "đúng", "đã có", "mận", "xã 100%", "5 người, 5 trong xã", "túi 2 kg",
    "giống cũ", "xong", "1",
)  # fmt: skip


def wait_until(phones: Phones, year: int, month: int, day: int) -> Phones:
    phones.wait(datetime(year, month, day, 8, tzinfo=VIETNAM) - phones.player.now)
    return phones


def decide(phones: Phones, *days: Milestone) -> None:
    with phones.database.transaction() as tx:
        for day in days:
            milestones.move(tx, day, None, phones.player.now)


def ordered(phones: Phones) -> list[tuple[str, dict[str, Any]]]:
    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT kind, about FROM prints ORDER BY id")).all()
    return [(kind, json.loads(about)) for kind, about in rows]


def line_of(said: str, what: str) -> str:
    return next(line for line in said.splitlines() if what in line)


# -- the plan --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["kế hoạch", "ke hoach", "lịch của tôi", "bao giờ làm gì", "bao gio lam gi", "my plan"]
)
def test_the_plan_tells_what_comes_next_with_its_day(phones: Phones, words: str) -> None:
    said = phones.with_idea().say(words)

    assert "Kế hoạch Gạo Khẩu Mẹo, đợt 1 năm 2027: còn thong thả" in said
    assert "Thứ Hai 23/11: tự chấm điểm" in said
    assert "lo giấy an toàn thực phẩm (chờ chừng 30 ngày làm việc)" in said
    assert "Nộp xã chậm nhất Thứ Tư 7/4/2027" in said
    assert "1. Xem hết\n2. Ảnh kế hoạch\n3. Lịch cho điện thoại\n4. Đổi đợt" in said


def test_a_wait_that_rests_on_a_good_source_is_told_without_a_doubt(phones: Phones) -> None:
    like(phones, THREE, *WITHOUT)
    wait_until(phones, 2027, 2, 1)

    said = phones.say("kế hoạch")

    assert "lo phiếu kiểm nghiệm an toàn (chờ 10 ngày làm việc)" in said


def test_the_day_of_another_year_is_told_with_its_year(phones: Phones) -> None:
    said = like(phones, THREE).say("kế hoạch")

    assert line_of(said, "nộp xã") == "Thứ Hai 5/4/2027: nộp xã"


def test_all_of_the_plan_stands_on_pages_and_each_thing_can_be_asked_about(phones: Phones) -> None:
    phones.with_idea().say("kế hoạch")

    first = phones.say("xem hết")
    second = phones.say("xem tiếp")

    assert "trang 1/2" in first
    assert "2. 23/11: lo giấy an toàn thực phẩm" in first
    assert "2. 5/4: nộp xã" in second
    phones.say("kế hoạch", "xem hết")
    assert "Giấy chứng nhận chỗ làm đồ ăn" in phones.say("2")


def test_a_page_that_is_no_more_is_the_plan_as_it_is(phones: Phones) -> None:
    phones.with_idea()

    assert "còn thong thả" in phones.tap("m|plan:9")
    assert "trang 1/2" in phones.tap("m|plan:x")


def test_the_plan_is_offered_with_the_dossier_and_with_the_receipt_of_the_idea(
    phones: Phones,
) -> None:
    receipt = phones.with_profile().say("đăng ký sản phẩm", *SHEET, "gửi")
    home = phones.say("hồ sơ sản phẩm")

    assert "nộp hồ sơ cho xã chậm nhất 7/4/2027. Việc đầu tiên: tự chấm điểm." in receipt
    assert "8. Kế hoạch" in home


def test_with_a_form_open_the_form_is_kept(phones: Phones) -> None:
    phones.with_idea().say("đăng ký sản phẩm", "Chè Shan")

    said = phones.say("kế hoạch của tôi")

    assert "“Chè Shan”" in said
    assert "Thứ Hai 23/11: tự chấm điểm" in said


def test_the_plan_comes_as_a_picture_and_as_a_calendar(phones: Phones) -> None:
    like(phones, THREE, *WITHOUT, on=date(2026, 9, 1))
    wait_until(phones, 2027, 2, 15)
    with phones.database.reading() as tx:
        home = producers.everyone(tx)[0]["commune_code"]
    decide(phones, Milestone("tinh-1-2027", "council", home, date(2027, 6, 10)))

    phones.say("ảnh kế hoạch", "lịch cho điện thoại")

    (first, about), (second, same) = ordered(phones)
    assert (first, second) == ("timeline", "calendar")
    assert about == same
    states = [item["state"] for item in about["items"]]
    names = [item["what"] for item in about["items"]]
    assert about["pace"] == "calm"
    assert (about["file_by"], about["propose_by"], about["council"], about["decide_by"]) == (
        "2027-04-07",
        "2027-04-29",
        "2027-06-10",
        "2027-06-29",
    )
    assert {"done", "now", "todo", "late"} >= set(states) >= {"done", "now", "late"}
    assert states[names.index("Phiếu đăng ký (Mẫu số 01)")] == "done"
    assert len(set(names)) == len(names)


def test_while_nobody_scored_the_self_assessment_is_one_thing(phones: Phones) -> None:
    phones.with_idea().say("ảnh kế hoạch")

    ((_, about),) = ordered(phones)

    names = [item["what"] for item in about["items"]]
    assert names.count("Báo cáo tự đánh giá (Mẫu số 02)") == 1
    assert about["council"] is None


# -- tight, late -----------------------------------------------------------------------------------


def test_what_still_comes_in_time_is_begun_today(phones: Phones) -> None:
    like(phones, THREE, "test_report")
    wait_until(phones, 2027, 3, 22)

    said = phones.say("kế hoạch")

    assert "gấp rồi nhưng còn kịp, bác bắt đầu ngay hôm nay" in said


def test_on_a_day_off_it_begins_on_the_next_working_day(phones: Phones) -> None:
    like(phones, THREE, "test_report")
    wait_until(phones, 2027, 3, 20)

    assert "bác bắt đầu ngay Thứ Hai 22/3" in phones.say("kế hoạch")


def test_what_costs_but_points_is_told_to_come_too_late(phones: Phones) -> None:
    like(phones, THREE, *WITHOUT)
    wait_until(phones, 2027, 2, 15)

    said = phones.say("kế hoạch")

    assert "Không kịp đợt này: giấy nhận đơn đăng ký nhãn hiệu. Mục ấy mất điểm" in said


def test_who_is_too_late_is_told_why_and_which_round_is_next(phones: Phones) -> None:
    phones.with_idea()
    wait_until(phones, 2027, 3, 20)

    said = phones.say("kế hoạch")

    assert "Đợt 1 năm 2027 sợ không kịp ạ: giấy an toàn thực phẩm cần chừng 30 ngày" in said
    assert "Đợt sau kịp là đợt 2 năm 2027, nộp xã chậm nhất 8/10/2027" in said


@pytest.mark.parametrize("words", ["1", "chuyển", "chuyển sang đợt sau", "đợt sau"])
def test_who_is_too_late_moves_to_the_next_round(phones: Phones, words: str) -> None:
    phones.with_idea()
    wait_until(phones, 2027, 3, 20).say("kế hoạch")

    said = phones.say(words)

    assert "✓ Em ghi đợt 2 năm 2027, nộp xã chậm nhất 8/10/2027." in said
    assert "còn thong thả" in said
    (row,) = phones.dossiers()
    assert row["round_key"] == "tinh-2-2027"


def test_who_stays_hears_what_will_be_missing_and_what_still_can_be_done(phones: Phones) -> None:
    phones.with_idea()
    wait_until(phones, 2027, 3, 20).say("kế hoạch")

    said = phones.say("vẫn nộp đợt này")

    assert "sẽ thiếu giấy an toàn thực phẩm. Thiếu thế thì Hội đồng không chấm." in said
    assert "Thứ Hai 22/3: tự chấm điểm" in said
    assert "lo giấy an toàn" not in said
    assert phones.dossiers()[0]["round_key"] == "tinh-1-2027"


def test_after_the_filing_day_it_can_be_handed_in_at_once(phones: Phones) -> None:
    like(phones, THREE)
    wait_until(phones, 2027, 4, 15)

    late = phones.say("kế hoạch")
    said = phones.say("vẫn nộp")

    assert "Đợt 1 năm 2027 không kịp rồi ạ: hạn nộp xã là 7/4/2027." in late
    assert "gửi lên tỉnh trước 30/4/2027" in said
    assert "1. Nộp cho xã" in said


def test_after_the_filing_day_only_what_makes_it_possible_is_offered_for_an_empty_dossier(
    phones: Phones,
) -> None:
    phones.with_idea()
    wait_until(phones, 2027, 4, 15).say("kế hoạch")

    said = phones.say("vẫn nộp")
    home = phones.say("về hồ sơ")

    assert "mà hồ sơ chưa có gì để nộp" in said
    assert "1. Tự chấm điểm\n2. Gửi ảnh giấy tờ\n3. Đổi đợt" in said
    assert "Nộp cho xã" not in said + home
    assert "Chưa có gì để nộp thì bác để đợt sau." in home


def test_to_stay_can_be_said_after_the_list_is_gone(phones: Phones) -> None:
    like(phones, THREE)
    wait_until(phones, 2027, 4, 15).say("kế hoạch", "menu")

    assert "1. Nộp cho xã" in phones.say("van nop dot nay")


@pytest.mark.parametrize(
    "words", ["toi phai lam gi truoc", "viec can lam", "can lam gi", "what should i do first"]
)
def test_who_asks_what_to_do_first_gets_the_plan(phones: Phones, words: str) -> None:
    assert "Thứ Hai 23/11: tự chấm điểm" in phones.with_idea().say(words)


def test_a_re_evaluation_is_never_planned_after_its_own_time(phones: Phones) -> None:
    like(phones, THREE, "food_safety_certificate")
    phones.say("đánh giá lại", "đúng", "3", "20/6/2024", "gửi", "để sau")
    wait_until(phones, 2027, 2, 10)

    late = phones.say("kế hoạch")
    rounds = phones.say("đổi đợt")

    assert "mà hạn nộp xã là 19/2/2027" in late
    assert "Bác hỏi cán bộ xem nên làm thế nào nhé" in late
    assert "Đợt 2 năm 2027, nộp xã 19/2/2027" in rounds


def test_staying_where_nothing_is_late_is_the_plan(phones: Phones) -> None:
    assert "còn thong thả" in phones.with_idea().tap("m|plan_stay")


def test_an_idea_that_comes_too_late_for_its_round_is_told_so(phones: Phones) -> None:
    wait_until(phones.with_profile(), 2027, 3, 25)

    said = phones.say("đăng ký sản phẩm", *SHEET, "gửi")

    assert "Làm hồ sơ cho đợt 1 năm 2027 thì gấp quá" in said


def test_where_no_round_can_be_reached_an_officer_is_to_be_asked(phones: Phones) -> None:
    """All rounds to come were moved so that papers of a month come too late for each of them."""
    phones.with_idea()
    wait_until(phones, 2027, 3, 20)
    keys = ("tinh-1-2027", "tinh-2-2027", "tinh-1-2028", "tinh-2-2028")
    decide(phones, *(Milestone(key, "file", "", date(2027, 4, 7)) for key in keys))

    said = phones.say("kế hoạch")

    assert "chưa tìm được đợt nào kịp" in said
    assert "1. Hỏi cán bộ" in said


# -- another round ---------------------------------------------------------------------------------


def test_another_round_is_chosen_among_the_next_three(phones: Phones) -> None:
    phones.with_idea()

    said = phones.say("đổi đợt")

    assert "Gạo Khẩu Mẹo đang dự đợt 1 năm 2027" in said
    assert "2. Đợt 2 năm 2027, nộp xã 8/10/2027\n3. Đợt 1 năm 2028, nộp xã 7/4/2028" in said


@pytest.mark.parametrize("words", ["2", "đợt 2", "dot 2/2027", "đợt 2 năm 2027"])
def test_a_round_is_chosen_by_number_or_name(phones: Phones, words: str) -> None:
    phones.with_idea().say("đổi đợt")

    phones.say(words)

    (row,) = phones.dossiers()
    assert (row["round_key"], row["council"]) == ("tinh-2-2027", date(2027, 12, 30))
    assert row["planned_at"] is None


def test_a_round_that_is_no_more_to_be_had_is_asked_for_again(phones: Phones) -> None:
    said = phones.with_idea().tap("m|to_round:tinh-1-2020")

    assert "Bác muốn dự đợt nào ạ?" in said
    assert phones.dossiers()[0]["round_key"] == "tinh-1-2027"


def test_rounds_are_offered_as_offices_set_them(phones: Phones) -> None:
    phones.with_idea()
    decide(
        phones,
        Milestone("tinh-3-2027", "propose", "", date(2027, 7, 30)),
        Milestone("tinh-3-2027", "decide", "", date(2027, 9, 30)),
        Milestone("tinh-2-2027", "file", "", date(2027, 9, 15)),
    )

    said = phones.say("đổi đợt")

    assert "2. Đợt 3 năm 2027, nộp xã 9/7/2027\n3. Đợt 2 năm 2027, nộp xã 15/9/2027" in said


# -- the harvest -----------------------------------------------------------------------------------


def harvested(phones: Phones, months: str, *others: str) -> str:
    phones.with_profile().say("đăng ký sản phẩm", *(others or PLUMS))
    return phones.say(months)


def test_for_fresh_fruit_the_round_is_proposed_in_which_the_council_meets_in_season(
    phones: Phones,
) -> None:
    said = harvested(phones, "tháng 5, 6")

    assert (
        "Đợt 2 Hội đồng họp tháng 11, 12, không còn mẫu tươi, nên em đề nghị bác dự đợt 1." in said
    )


def test_where_no_council_meets_in_season_that_is_told(phones: Phones) -> None:
    assert "Hội đồng lại họp tháng 5, 6, 11, 12" in harvested(phones, "tháng 8")


@pytest.mark.parametrize("months", ["quanh năm", "tháng 6 đến tháng 11"])
def test_fresh_fruit_that_suits_both_rounds_is_not_spoken_of(phones: Phones, months: str) -> None:
    assert "Hội đồng" not in harvested(phones, months)


def test_what_keeps_suits_every_round(phones: Phones) -> None:
    assert "Hội đồng" not in harvested(phones, "tháng 10", *SHEET[:10])


def test_the_fit_is_told_again_where_the_round_is_changed(phones: Phones) -> None:
    harvested(phones, "tháng 5, 6")
    phones.say("3", "1", "gửi")

    said = phones.say("đổi đợt")

    assert "1. Đợt 1 năm 2027, nộp xã 7/4/2027, hợp mùa" in said
    assert "2. Đợt 2 năm 2027, nộp xã 8/10/2027, không còn mẫu tươi" in said


def test_a_round_without_fresh_samples_that_is_chosen_is_told_to_have_none_once(
    phones: Phones,
) -> None:
    harvested(phones, "tháng 5, 6")
    phones.say("3", "1", "gửi", "đổi đợt")

    moved = phones.say("đợt 2")
    plan = phones.say("kế hoạch")
    back = phones.say("đổi đợt", "đợt 1")

    assert "✓ Em ghi đợt 2 năm 2027, đợt ấy không còn mẫu tươi." in moved
    assert "Nộp xã chậm nhất Thứ Sáu 8/10/2027" in moved
    assert "4. Đổi đợt" in moved
    assert "mẫu tươi" not in plan
    assert "mẫu tươi" not in back


@pytest.mark.parametrize(("which", "told"), [("1", False), ("2", True)])
def test_the_receipt_of_an_idea_tells_when_its_round_has_no_fresh_samples(
    phones: Phones, which: str, *, told: bool
) -> None:
    harvested(phones, "tháng 5, 6")

    receipt = phones.say("3", which, "gửi")

    assert "Việc đầu tiên" in receipt
    assert ("Đợt ấy không còn mẫu tươi, cần thì bác gõ: đổi đợt" in receipt) is told


# -- helpers ---------------------------------------------------------------------------------------


def helped(phones: Phones) -> Phones:
    """Somebody with a dossier, and a helper on the phone "con"."""
    phones.with_idea().say("hồ sơ sản phẩm", "nhờ người giúp")
    phones.agreed("con").say("giúp 271828", on="con")
    return phones


def test_the_owner_hears_that_a_helper_changed_the_round(phones: Phones) -> None:
    helped(phones).say("đổi đợt", "đợt 2", on="con")

    said = phones.read()

    assert "Người khai hộ vừa chuyển hồ sơ Gạo Khẩu Mẹo sang đợt 2 năm 2027" in said
    assert "nộp xã chậm nhất 8/10/2027" in said
    phones.say("đổi đợt", "đợt 2", on="con")
    assert phones.read() == ""


def test_a_helper_hears_nothing_of_the_owner_s_deeds(phones: Phones) -> None:
    helped(phones).say("đổi đợt", "đợt 2")

    assert phones.read("con") == ""


def test_an_extra_round_can_be_wished_for_in_an_idea(phones: Phones) -> None:
    phones.with_profile()
    decide(
        phones,
        Milestone("tinh-3-2027", "propose", "", date(2027, 7, 30)),
        Milestone("tinh-3-2027", "decide", "", date(2027, 9, 30)),
    )

    asked = phones.say("đăng ký sản phẩm", *SHEET[:-1])
    phones.say("đợt 3", "gửi")

    assert "2. Đợt 3 năm 2027 (cấp tỉnh)\n3. Đợt 2 năm 2027 (cấp tỉnh)" in asked
    with phones.database.reading() as tx:
        assert dossiers.of_person(tx, 1)[0]["round_key"] == "tinh-3-2027"
