"""Announcements at the officer's: whom each reaches, what is seen first, what can be undone."""

from datetime import timedelta
from typing import Any

import pytest
import yaml
from sqlalchemy import update

from bot.settings import ROOT
from programme.roles import Role
from storage import announcements, audit, consents, joining, officers
from storage.announcements import AnnouncementRow
from storage.database import table_of
from storage.recipients import RecipientRow
from tests.handlers.phones import Phones
from tests.handlers.town import HOUSES, NO_NEWS, OFFICER, announce, officer, person, settled, told

SEEDS = yaml.safe_load((ROOT / "programme/sample/seeds.yaml").read_text(encoding="utf-8"))
A_DAY = timedelta(days=1)
FAIRS = {fair["id"]: fair for fair in SEEDS["fairs"]}
# Whom each fair of the seeds concerns here: as its officer says it, and on whose phones it comes.
CONCERNED = {
    "h01": ("tất cả", {"mai", "pao", "sang", "khoa", "nga"}),
    "h02": ("chủ thể từ 3 sao còn hạn", {"mai", "khoa"}),
    "h03": ("tỉnh Lào Cai từ 3 sao", {"mai"}),
    "h04": ("tỉnh Điện Biên", {"khoa"}),
    "h05": ("huyện Bắc Hà", {"mai", "pao", "sang", "nga"}),
    "h06": ("ai có gạo", {"mai"}),
    "h07": ("gạo, mật ong", {"mai", "khoa"}),
    "h08": ("làm du lịch", {"nga"}),
    "h09": ("5 sao", {"khoa"}),
    "h10": ("hạng 4-5 sao", {"mai", "khoa"}),
    "h11": ("chủ thể có mận", {"sang"}),
    "h12": ("mùa tháng 6", {"sang"}),
    "h13": ("mùa tháng 9-12", {"nga"}),
    "h14": ("xã Bản Liền", {"mai"}),
    "h15": ("thịt lợn sấy", {"pao"}),
    "h16": ("xã Bản Liền và xã Bảo Nhai", {"mai", "pao"}),
    "h17": ("đọc tiếng Anh", {"nga"}),
    "h18": ("danh sách: 1, 6", {"mai", "nga"}),
    "h19": ("xã Bắc Hà có du lịch", {"nga"}),
    "h20": ("du lịch mùa tháng 9", {"nga"}),
    "h21": ("tỉnh Lào Cai có mận mùa tháng 7", {"sang"}),
    "h22": ("tỉnh Điện Biên có mật ong từ 4 sao", {"khoa"}),
}


def counted(phones: Phones, number: int = 1) -> dict[str, int]:
    with phones.database.reading() as tx:
        return joining.counted(tx, officers.over(""), number) or {}


def ledger(phones: Phones, number: int = 1) -> announcements.Ledger:
    with phones.database.reading() as tx:
        return announcements.ledger(tx, number)


def every(phones: Phones) -> list[dict[str, Any]]:
    """All that was announced, the newest first."""
    with phones.database.reading() as tx:
        return announcements.newest(tx, officers.over(""), 99)


def called_off(phones: Phones) -> None:
    """A fair that was told of, and then called off."""
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", "huỷ hội chợ 1: mưa lũ", "1", on=OFFICER)
    assert told(phones) == {"mai"}


def halted(phones: Phones) -> None:
    """One letter came; the others are still to go."""
    with phones.database.transaction() as tx:
        about = {"status": "sending", "ended_at": None}
        tx.execute(update(table_of(AnnouncementRow)).values(about))
        rows = table_of(RecipientRow)
        waits = rows.c.person_id != person(tx, "mai")
        tx.execute(update(rows).where(waits).values(status="queued", letter_id=None))


def test_there_is_an_aim_for_each_fair_of_the_seeds() -> None:
    assert CONCERNED.keys() == FAIRS.keys()
    assert len(FAIRS) == 22


@pytest.mark.parametrize("fair", FAIRS)
def test_a_fair_of_the_seeds_comes_to_whom_it_concerns_and_their_answers_are_counted(
    phones: Phones, fair: str
) -> None:
    aim, concerned = CONCERNED[fair]
    about = FAIRS[fair]
    settled(phones)

    announce(phones, aim, name=about["name"], place=about.get("venue", "Hà Nội"))
    phones.say("1", on=OFFICER)

    assert told(phones) == concerned
    first, *others = sorted(concerned)
    phones.say("1", on=first)
    for name in others:
        phones.say("2", on=name)
    answers = counted(phones)
    assert answers == {
        "id": 1, "told": len(concerned), "join": 1, "no": len(others), "ask": 0, "silent": 0,
    }  # fmt: skip
    assert ledger(phones).sent == len(concerned)


# -- before it goes out ----------------------------------------------------------------------------


def test_the_head_count_says_who_is_left_out_and_why(phones: Phones) -> None:
    settled(phones)

    read = announce(phones, "xã Bản Liền có gạo")

    assert "Gửi 1 người" in read
    assert "1 người hợp nhưng chưa đồng ý nhận tin" in read
    assert told(phones) == set()


def test_samples_are_shown_in_each_language_that_is_read(phones: Phones) -> None:
    settled(phones)

    read = announce(phones, "huyện Bắc Hà")

    assert read.count("Mẫu ") == 3
    assert "invites you" in read or "You are invited" in read
    assert "Mời bác: Hội chợ Xuân Lào Cai" in read


def test_samples_are_of_people_who_differ(phones: Phones) -> None:
    settled(phones)
    first = announce(phones, "tất cả")
    phones.say("1", on=OFFICER)
    phones.say("1", "để sau", on="pao")

    again = phones.say("huỷ hội chợ 1: mưa lũ", on=OFFICER)

    for name in ("HTX Bản Liền", "HTX Du lịch Bắc Hà", "Hộ Lâm A Páo"):  # each of another commune
        assert name in first
    assert "(đã trả lời: tham gia)" in again
    assert "will not take place" in again


def test_what_reaches_nobody_is_said_so_and_aimed_anew(phones: Phones) -> None:
    settled(phones)

    read = announce(phones, "xã Bản Liền có mật ong")

    assert "Em chưa gửi được cho ai" in read
    assert phones.open_form(officer(phones)) == "announcement"
    read = phones.say("xã Bản Liền", "đúng", "gửi", on=OFFICER)
    assert "Gửi 1 người" in read


def test_nothing_is_sent_that_the_officer_drops(phones: Phones) -> None:
    settled(phones)
    announce(phones, "tất cả")

    read = phones.say("4", on=OFFICER)

    assert "em không gửi cho ai cả" in read
    assert told(phones) == set()
    assert ledger(phones).cancelled == ledger(phones).previewed == 5
    assert "chưa gửi thông báo nào" in phones.say("các thông báo", on=OFFICER)


def test_what_is_changed_after_the_preview_is_asked_again_with_all_that_was_said(
    phones: Phones,
) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")

    phones.say("3", "sửa địa điểm thành Sa Pa", "gửi", "1", on=OFFICER)

    assert told(phones) == {"mai"}
    assert "ở Sa Pa." in phones.read("mai")


def test_a_list_that_a_month_has_no_room_for_is_refused(phones: Phones) -> None:
    settled(phones)
    phones.player._reception.allowed = {"console": 2}

    read = announce(phones, "tất cả")

    assert "cần 5 tin, tháng này còn" in read
    assert phones.say("1", on=OFFICER)
    assert told(phones) == set()


def test_at_night_it_is_said_that_it_goes_out_in_the_morning(phones: Phones) -> None:
    settled(phones)
    phones.player.now = phones.player.now.replace(hour=21)
    announce(phones, "xã Bản Liền")

    read = phones.say("1", on=OFFICER)

    assert "7 giờ sáng" in read
    assert told(phones) == set()
    phones.wait(timedelta(hours=11))
    assert told(phones) == {"mai"}


def test_it_goes_out_on_the_morning_that_was_chosen(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")

    read = phones.say("2", "3/12/2026", on=OFFICER)

    assert "lúc 08:00 3/12/2026" in read
    phones.wait(timedelta(days=1))
    assert told(phones) == set()
    phones.wait(timedelta(days=9))
    assert "mai" in told(phones)


def test_a_day_on_which_nobody_can_register_any_more_is_not_taken(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")

    read = phones.say("2", "20/12/2026", on=OFFICER)

    assert "không ai đăng ký kịp" in read


# -- a pasted text ---------------------------------------------------------------------------------

PASTED = """SỞ CÔNG THƯƠNG LÀO CAI
Số: 1234/SCT-QLTM. Lào Cai, ngày 20 tháng 11 năm 2026
V/v mời tham gia Hội chợ Thương mại quốc tế Việt - Trung lần thứ 26
Sở Công Thương mời các chủ thể có sản phẩm OCOP từ 3 sao trở lên tham gia Hội chợ, từ ngày
24/12/2026 đến ngày 28/12/2026 tại Trung tâm Hội chợ Kim Thành. Quy mô 350 gian hàng.
Đăng ký trước ngày 10/12/2026. Liên hệ: bà Hoa, điện thoại 0214 3820 123."""


def test_a_pasted_letter_fills_the_form_and_is_read_back(phones: Phones) -> None:
    settled(phones)

    read = phones.say(PASTED, on=OFFICER)

    for part in ("Hội chợ", "24/12/2026 đến 28/12/2026", "Trung tâm Hội chợ Kim Thành",
                 "10/12/2026", "1234/SCT-QLTM", "350 gian hàng", "3, 4, 5 sao"):  # fmt: skip
        assert part in read
    phones.say("gửi", "1", on=OFFICER)
    assert told(phones) == {"mai", "khoa"}


@pytest.mark.parametrize("before", [(), ("thông báo",), ("thông báo", "hội chợ")])
def test_a_notice_in_few_words_is_read_where_a_form_begins(
    phones: Phones, before: tuple[str, ...]
) -> None:
    settled(phones).say(*before, on=OFFICER)

    read = phones.say("Hội chợ OCOP Xuân ngày 24/12/2026 tại Sa Pa", on=OFFICER)

    assert "Em đọc được 4 điều" in read
    assert "Nhận đăng ký đến hết ngày nào" in read


def test_a_long_name_is_no_notice(phones: Phones) -> None:
    name = "Hội chợ Thương mại quốc tế Việt - Trung lần thứ 26"

    read = settled(phones).say("thông báo", "hội chợ", name, on=OFFICER)

    assert "Từ ngày nào đến ngày nào" in read


def test_a_letter_that_is_pasted_into_the_open_form_fills_the_rest(phones: Phones) -> None:
    settled(phones)

    read = phones.say("thông báo", "hội chợ", PASTED, on=OFFICER)

    assert "Em đọc lại thông báo" in read
    assert phones.open_form(officer(phones)) == "announcement"


def test_who_is_no_officer_can_paste_what_they_like(phones: Phones) -> None:
    settled(phones)

    phones.say(PASTED, on="mai")

    with phones.database.reading() as tx:
        who = person(tx, "mai")
    assert phones.open_form(who) != "announcement"


# -- rights ----------------------------------------------------------------------------------------


def test_an_officer_of_a_commune_reaches_nobody_beyond_it(phones: Phones) -> None:
    settled(phones)
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(tx, OFFICER), HOUSES["pao"].commune, phones.player.now)

    announce(phones, "tất cả")
    phones.say("1", on=OFFICER)

    assert told(phones) == {"pao"}
    assert "Xã Bảo Nhai mời bác" in phones.read("pao")


def test_who_may_not_announce_is_told_so(phones: Phones) -> None:
    settled(phones)
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(tx, OFFICER), "15", phones.player.now, Role.MEMBER)

    read = phones.say("thông báo", on=OFFICER)

    assert "không làm được" in read
    assert phones.open_form(officer(phones)) == ""


# -- on its way ------------------------------------------------------------------------------------


def at_night(phones: Phones) -> None:
    """An announcement to all that waits for the morning."""
    settled(phones)
    phones.player.now = phones.player.now.replace(hour=21)
    announce(phones, "tất cả")
    phones.say("1", on=OFFICER)


def test_what_is_paused_waits_until_it_is_resumed(phones: Phones) -> None:
    at_night(phones)

    assert "còn 5 người chưa gửi" in phones.say("tạm dừng", on=OFFICER)
    phones.wait(timedelta(hours=12))
    assert told(phones) == set()
    assert "cho 5 người" in phones.say("tiếp tục", on=OFFICER)
    assert told(phones) == CONCERNED["h01"][1]


def test_what_is_cancelled_reaches_nobody_else(phones: Phones) -> None:
    at_night(phones)

    read = phones.say("huỷ thông báo 1", on=OFFICER)

    assert "5 người không nhận nữa" in read
    phones.wait(timedelta(hours=12))
    assert told(phones) == set()
    assert ledger(phones).cancelled == 5


def test_progress_opens_the_lists_behind_its_numbers_with_reasons(phones: Phones) -> None:
    at_night(phones)
    phones.say("huỷ thông báo 1", on=OFFICER)

    read = phones.say("tiến độ 1", on=OFFICER)

    assert "đã huỷ, danh sách 5 người" in read
    assert "1. Đã huỷ: 5" in read
    read = phones.say("1", on=OFFICER)
    assert "• HTX Bản Liền: anh chị đã huỷ" in read
    assert "1. Đã huỷ: 5" in phones.say("1", on=OFFICER)


def test_a_word_like_resume_means_something_else_where_nothing_is_paused(phones: Phones) -> None:
    settled(phones)

    assert "gửi tiếp" not in phones.say("tiếp tục", on=OFFICER)


# -- put right -------------------------------------------------------------------------------------


def test_a_correction_comes_once_to_just_those_who_were_told(phones: Phones) -> None:
    settled(phones)
    announce(phones, "ai có gạo")
    phones.say("1", on=OFFICER)
    with phones.database.transaction() as tx:
        consents.give(tx, person(tx, NO_NEWS), ("news",), 1, phones.player.now)

    phones.say(
        "sửa thông báo 1", "sửa ngày thành 25/12/2026 đến 27/12/2026", "gửi", "1", on=OFFICER
    )

    assert told(phones) == {"mai"}
    assert "Tin sửa lại." in phones.read("mai")
    assert "25/12/2026 đến 27/12/2026" in phones.read("mai")
    assert "25/12/2026" in phones.say("hội chợ", on="mai")


def test_a_fair_that_is_called_off_is_told_with_its_reason_and_takes_no_answers(
    phones: Phones,
) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)
    phones.say("1", "để sau", on="mai")

    phones.say("huỷ hội chợ 1: mưa lũ cuốn cầu", "1", on=OFFICER)

    assert told(phones) == {"mai"}
    assert "không tổ chức nữa: mưa lũ cuốn cầu" in phones.read("mai")
    assert "không tổ chức nữa" in phones.say("tham gia 1", on="mai")


def test_what_is_called_off_once_is_not_told_again(phones: Phones) -> None:
    called_off(phones)

    read = phones.say("huỷ hội chợ 1: mưa to", on=OFFICER)

    assert "đã báo là không tổ chức nữa rồi" in read
    assert "gõ: thông báo" in read
    assert phones.say("1", on=OFFICER)
    assert told(phones) == set()


def test_of_two_who_call_it_off_at_once_one_is_told(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", "huỷ hội chợ 1: mưa lũ", on=OFFICER)
    (number,) = (row["id"] for row in every(phones) if row["corrects"])
    phones.say("huỷ hội chợ 1: mưa to", "1", on=OFFICER)
    assert told(phones) == {"mai"}

    read = phones.tap(f"m|announce_now:{number}", on=OFFICER)

    assert "đã gửi hoặc đã bỏ rồi" in read
    assert told(phones) == set()
    assert ledger(phones, number).cancelled == 1


def test_a_correction_does_not_revive_what_is_called_off(phones: Phones) -> None:
    called_off(phones)

    for number in (1, 2):  # the fair, and the letter that called it off
        read = phones.say(f"sửa thông báo {number}", on=OFFICER)
        assert "đã báo là không tổ chức nữa rồi" in read
        assert phones.open_form(officer(phones)) == ""
    assert "không tổ chức nữa" in phones.say("tham gia 1", on="mai")


def test_a_correction_that_was_begun_before_it_was_called_off_is_not_sent(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", "sửa thông báo 1", "sửa nơi tổ chức: Sa Pa", "gửi", on=OFFICER)
    phones.say("2", "20/12/2026", on=OFFICER)
    phones.say("huỷ hội chợ 1: mưa lũ", "1", on=OFFICER)

    phones.wait(timedelta(days=25))

    assert "Sa Pa" not in phones.read("mai")
    assert "không tổ chức nữa" in phones.say("tham gia 1", on="mai")


def test_a_calling_off_that_is_taken_back_before_it_goes_changes_nothing(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", "huỷ hội chợ 1: mưa lũ", "2", "20/12/2026", on=OFFICER)
    assert "Em ghi bác tham gia" in phones.say("tham gia 1", on="mai")

    phones.say("huỷ thông báo 2", on=OFFICER)

    assert "em ghi bác không tham gia" in phones.say("không tham gia 1", on="mai")
    assert "Em ghi bác tham gia" in phones.say("tham gia 1", on="mai")


def test_whoever_still_waited_is_told_when_a_calling_off_is_taken_back(phones: Phones) -> None:
    settled(phones)
    announce(phones, "tất cả")
    phones.say("1", on=OFFICER)
    halted(phones)
    phones.say("huỷ hội chợ 1: mưa lũ", "2", "20/12/2026", on=OFFICER)
    assert told(phones) == set()

    read = phones.say("huỷ thông báo 2", on=OFFICER)

    assert "Em gửi tiếp Hội chợ Xuân Lào Cai cho 4 người" in read
    assert told(phones) == CONCERNED["h01"][1] - {"mai"}


def test_what_is_to_be_called_off_at_an_hour_is_called_off_then(phones: Phones) -> None:
    settled(phones)
    announce(phones, "tất cả")
    phones.say("1", on=OFFICER)
    halted(phones)
    phones.say("huỷ hội chợ 1: mưa lũ", "hẹn 24/11 lúc 14h", on=OFFICER)

    phones.wait(timedelta(days=2))

    assert told(phones) == {"mai"}
    assert "không tổ chức nữa" in phones.say("tham gia 1", on="mai")
    assert ledger(phones).cancelled == 4


def test_a_second_calling_off_that_is_dropped_leaves_the_first_as_it_is(phones: Phones) -> None:
    settled(phones)
    announce(phones, "tất cả")
    phones.say("1", on=OFFICER)
    halted(phones)
    phones.say("huỷ hội chợ 1: mưa lũ", "2", "20/12/2026", on=OFFICER)

    phones.say("huỷ hội chợ 1: bão", "3", on=OFFICER)

    assert told(phones) == set()
    assert ledger(phones).waiting == 4


def test_a_calling_off_that_is_dropped_lets_the_first_go_on(phones: Phones) -> None:
    settled(phones)
    announce(phones, "tất cả")
    phones.say("1", on=OFFICER)
    halted(phones)

    assert "Gửi 1 người" in phones.say("huỷ hội chợ 1: mưa lũ", on=OFFICER)
    assert told(phones) == set()
    phones.say("3", on=OFFICER)

    assert told(phones) == CONCERNED["h01"][1] - {"mai"}


def test_a_correction_of_a_correction_begins_with_what_was_said_last(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", "sửa thông báo 1", "sửa nơi tổ chức: Sa Pa", "gửi", "1", on=OFFICER)

    read = phones.say("sửa thông báo 1", on=OFFICER)

    assert "Nơi tổ chức: Sa Pa" in read


def test_a_correction_that_changes_nothing_is_not_sent(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", "sửa thông báo 1", on=OFFICER)

    read = phones.say("gửi", on=OFFICER)

    assert "giống hệt tin bà con đã đọc" in read
    assert len(every(phones)) == 1


@pytest.mark.parametrize("typed", ["sửa nơi tổ chức: Sa Pa", "sua noi to chuc: Sa Pa"])
def test_a_field_is_put_right_by_its_name_and_value(phones: Phones, typed: str) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)

    phones.say("sửa thông báo 1", typed, "gửi", "1", on=OFFICER)

    assert told(phones) == {"mai"}
    assert "ở Sa Pa." in phones.read("mai")


def test_a_reason_is_asked_for_what_is_called_off(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)

    assert "Vì sao" in phones.say("huỷ hội chợ 1", on=OFFICER)
    assert told(phones) == set()


# -- the log ---------------------------------------------------------------------------------------


def test_each_deed_is_in_the_log_without_anybodys_name(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)
    phones.say("tiến độ 1", "1", on=OFFICER)

    with phones.database.reading() as tx:
        rows = audit.of_person(tx, person(tx, OFFICER))
        assert list(audit.faults(tx)) == []
    mine = [row["deed"] for row in rows if row["kind"] == "announcement"]
    assert sorted(mine) == ["listed_recipients", "made_announcement", "started_announcement"]


# -- when it goes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "told_of"),
    [
        (("hẹn 5/12 lúc 14h",), "lúc 14:00 5/12/2026"),
        (("2", "2 giờ chiều 5/12/2026"), "lúc 14:00 5/12/2026"),
        (("gửi 5/12 14:30",), "lúc 14:30 5/12/2026"),
        (("2", "5/12/2026"), "lúc 08:00 5/12/2026"),
        (("hẹn 5/12 lúc 22h",), "nên em hẹn gửi Hội chợ Xuân Lào Cai lúc 07:00 6/12/2026"),
        (("hẹn 5/12 12h đêm",), "nên em hẹn gửi Hội chợ Xuân Lào Cai lúc 07:00 6/12/2026"),
        (("hẹn hôm nay 6h",), "06:00 23/11/2026 đã qua rồi"),
    ],
)
def test_the_officer_is_told_at_what_time_it_really_goes(
    phones: Phones, said: tuple[str, ...], told_of: str
) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")

    assert told_of in phones.say(*said, on=OFFICER)


def test_it_goes_at_that_hour_and_not_before(phones: Phones) -> None:
    settled(phones)
    announce(phones, "xã Bản Liền")
    phones.say("hẹn mai lúc 14h", on=OFFICER)

    phones.wait(phones.player.now.replace(hour=13, minute=59) - phones.player.now + A_DAY)
    before = told(phones)
    phones.wait(timedelta(minutes=2))

    assert (before, told(phones)) == (set(), {"mai"})


# -- who looks after it ----------------------------------------------------------------------------


def scheduled_below_sang(phones: Phones, day: str) -> None:
    """An officer of a province, with "sang" above, has announced a fair for that day."""
    settled(phones)
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(tx, "sang"), "", phones.player.now)
        officers.appoint(tx, person(tx, OFFICER), "15", phones.player.now)
    announce(phones, "xã Bản Liền")
    phones.say("2", day, on=OFFICER)


def test_what_a_shut_out_officer_announced_waits_for_whoever_is_above(phones: Phones) -> None:
    scheduled_below_sang(phones, "5/12/2026")

    phones.say(f"khoá máy {officer(phones)}", "1", on="sang")

    assert "hẹn lúc 08:00 5/12/2026, không còn phụ trách nên em tạm dừng" in phones.read("sang")
    assert "Em hẹn gửi Hội chợ Xuân Lào Cai lúc 08:00 5/12/2026" in phones.say(
        "tiếp tục 1", on="sang"
    )
    assert told(phones) == {"sang"}
    phones.wait(timedelta(days=10))
    assert phones.read("mai") == ""
    phones.wait(timedelta(days=3))
    assert "Bác đi không ạ?" in phones.read("mai")
    assert "gửi xong: 1 người nhận" in phones.read("sang")


def test_what_waited_beyond_its_hour_goes_as_soon_as_somebody_goes_on(phones: Phones) -> None:
    scheduled_below_sang(phones, "24/11/2026")
    phones.say(f"khoá máy {officer(phones)}", "1", on="sang")
    phones.wait(timedelta(days=7))
    assert phones.read("mai") == ""

    phones.say("tiếp tục 1", on="sang")

    assert "Bác đi không ạ?" in phones.read("mai")


def test_whoever_follows_a_shut_out_officer_is_told_what_waits_and_goes_on(phones: Phones) -> None:
    settled(phones)
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(tx, "sang"), "", phones.player.now)
        officers.appoint(tx, person(tx, OFFICER), "15", phones.player.now)
    announce(phones, "xã Bản Liền")
    phones.say("hẹn 5/12 lúc 9h", on=OFFICER)
    given = phones.say(f"khoá máy {officer(phones)}", "1", on="sang")
    code = next(word for word in given.split() if word.count("-") == 2)

    read = phones.say(f"mã mời {code}", on="nga")

    assert "announcement 1" in read.rpartition("\n")[2]
    assert "goes out at 09:00 5/12/2026" in phones.say("resume 1", on="nga")
    assert phones.read("mai") == ""
    phones.wait(timedelta(days=13))
    assert "Bác đi không ạ?" in phones.read("mai")
