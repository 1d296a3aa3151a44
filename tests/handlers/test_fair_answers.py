"""Who was told of a fair answers by number, button or word, and may change their mind."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from storage import certificates, consents, erasing, joining, officers, reminders
from storage.database import table_of
from storage.recipients import RecipientRow
from tests.handlers.phones import Phones
from tests.handlers.town import BAN_LIEN, OFFICER, announce, person, settled

NEEDS = ("gạo Khẩu Mẹo", "2 gian", "200 kg", "cần điện", "2 người", "cần xe chung", "bỏ qua")
LONG_AFTER = timedelta(days=37)


def announced(phones: Phones, aim: str = "xã Bản Liền", **said: str) -> None:
    """A fair that was announced, and has come."""
    settled(phones)
    announce(phones, aim, **said)
    phones.say("1", on=OFFICER)


def row(phones: Phones, name: str = "mai") -> dict[str, Any]:
    """What is kept of the person's answer."""
    table = table_of(RecipientRow)
    with phones.database.reading() as tx:
        mine = select(table).where(table.c.person_id == person(tx, name))
        return dict(tx.execute(mine).mappings().one())


def later(phones: Phones, time: timedelta) -> None:
    """Let time go by; what is read from now on came meanwhile."""
    phones._read = len(phones.player.letters)
    phones.wait(time)


def of_fair(phones: Phones, name: str) -> list[str]:
    """What was said of the fair on that phone meanwhile."""
    new = phones.player.letters[phones._read :]
    return [words for phone, words in new if phone == name and "Hội chợ Xuân" in words]


# -- answering -------------------------------------------------------------------------------------


def test_who_joins_is_asked_what_the_organiser_needs_one_at_a_time(phones: Phones) -> None:
    announced(phones)

    read = phones.say("1", on="mai")

    assert "Bác mang sản phẩm gì" in read
    assert "Gạo Khẩu Mẹo" in read  # what is known is offered
    assert "Em ghi đủ vào danh sách" in phones.say("2", *NEEDS, on="mai")
    kept = row(phones)
    assert kept["answer"] == "join"
    assert json.loads(kept["needs"]) == {
        "goods": "gạo Khẩu Mẹo",
        "stalls": 2,
        "volume": "200 kg",
        "power": "light",
        "people": 2,
        "vehicle": "shared",
    }


def test_a_number_belongs_to_the_form_that_is_open(phones: Phones) -> None:
    settled(phones)
    phones.say("đăng ký sản phẩm", on="mai")
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)

    phones.say("1", on="mai")

    assert row(phones)["answer"] is None
    read = phones.say("tham gia 1", on="mai")
    assert "Em ghi bác tham gia" in read
    phones.say("để sau", on="mai")
    assert row(phones)["answer"] == "join"


def test_the_form_that_was_open_goes_on_after_the_answer(phones: Phones) -> None:
    settled(phones)
    phones.say("đăng ký sản phẩm", on="mai")
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)

    read = phones.say("không tham gia 1", on="mai")

    assert "em ghi bác không tham gia" in read
    assert "Sản phẩm tên là gì" in read


def test_a_number_belongs_to_a_list_that_came_later(phones: Phones) -> None:
    announced(phones)
    phones.say("menu", on="mai")

    phones.say("2", on="mai")

    assert row(phones)["answer"] is None


def test_a_button_answers_whenever_it_is_tapped(phones: Phones) -> None:
    announced(phones)
    phones.say("menu", on="mai")

    read = phones.tap("m|fair_no:1", on="mai")

    assert "em ghi bác không tham gia" in read
    assert row(phones)["answer"] == "no"


def test_one_may_join_until_registering_ends(phones: Phones) -> None:
    announced(phones)
    phones.say("2", on="mai")
    phones.say("tham gia 1", "để sau", "không tham gia 1", on="mai")
    later(phones, timedelta(days=20))

    read = phones.say("tham gia 1", on="mai")

    assert "đã hết hạn đăng ký ngày 10/12/2026" in read
    assert row(phones)["answer"] == "no"


def test_one_may_stay_away_until_it_begins_and_the_office_sees_it(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS, on="mai")
    later(phones, timedelta(days=20))

    read = phones.say("thôi không đi nữa", on="mai")

    assert "em ghi bác thôi không đi" in read
    assert "HTX Bản Liền thôi không đi Hội chợ Xuân Lào Cai nữa" in phones.read(OFFICER)
    assert "không còn ai" in phones.say("ai đi 1", on=OFFICER)
    assert "2. Không: 1" in phones.say("tiến độ 1", on=OFFICER)
    assert "• HTX Bản Liền: thôi đi 13/12/2026" in phones.say("2", on=OFFICER)


def test_who_stays_away_when_it_has_begun_is_sent_to_an_officer(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", on="mai")
    later(phones, timedelta(days=32))

    read = phones.say("không đi được nữa", on="mai")

    assert "bắt đầu rồi" in read
    assert row(phones)["answer"] == "join"


@pytest.mark.parametrize(("typed", "answer"), [("bận rồi em ạ", "no"), ("có", "join")])
def test_words_alone_answer_where_the_invitation_is_the_newest_thing_asked(
    phones: Phones, typed: str, answer: str
) -> None:
    announced(phones)

    phones.say(typed, on="mai")

    assert row(phones)["answer"] == answer


def test_a_no_to_the_correction_takes_back_the_yes_to_the_first(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", on="mai")
    phones.say("sửa thông báo 1", "sửa nơi tổ chức: Sa Pa", "gửi", "1", on=OFFICER)

    assert "em ghi bác không tham gia" in phones.say("không", on="mai")
    assert "không còn ai" in phones.say("ai đi 1", on=OFFICER)


def test_a_no_belongs_to_what_was_asked_last(phones: Phones) -> None:
    announced(phones)

    phones.say("menu", "không", on="mai")

    assert row(phones)["answer"] is None


def test_a_no_belongs_to_the_question_of_an_open_form(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS[:3], on="mai")

    phones.say("không", *NEEDS[4:], on="mai")

    assert row(phones)["answer"] == "join"
    assert json.loads(row(phones)["needs"])["power"] == "none"


def test_a_no_after_the_answer_changes_nothing(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS, on="mai")

    phones.say("không", on="mai")

    assert row(phones)["answer"] == "join"


def test_who_does_not_come_after_all_says_so_in_the_middle_of_what_is_asked(
    phones: Phones,
) -> None:
    announced(phones)

    read = phones.say("1", "2", "thôi không đi nữa", on="mai")

    assert "em ghi bác không tham gia" in read
    assert phones.open_form() == ""
    assert row(phones)["answer"] == "no"


def test_what_is_asked_of_who_joins_ends_kindly_once_the_fair_is_called_off(
    phones: Phones,
) -> None:
    announced(phones)
    phones.say("1", "2", "gạo Khẩu Mẹo", on="mai")
    phones.say("huỷ hội chợ 1: mưa lũ", "1", on=OFFICER)

    read = phones.say("2 gian", on="mai")

    assert "không tổ chức nữa rồi" in read
    assert "gian" not in read
    with phones.database.reading() as tx:
        assert phones.open_form(person(tx, "mai")) == ""


def test_the_words_alone_mean_the_only_fair_that_is_open(phones: Phones) -> None:
    announced(phones)

    assert "Em ghi bác tham gia" in phones.say("tham gia hội chợ", on="mai")


def test_of_several_fairs_one_is_named_by_its_number(phones: Phones) -> None:
    announced(phones)
    announce(phones, "xã Bản Liền", name="Hội chợ Sa Pa")
    phones.say("1", on=OFFICER)

    read = phones.say("tham gia", on="mai")

    assert "• 2. Hội chợ Sa Pa" in read
    assert "• 1. Hội chợ Xuân Lào Cai" in read
    assert "Hội chợ Sa Pa" in phones.say("không tham gia 2", on="mai")


def test_who_was_told_of_nothing_learns_nothing_of_others(phones: Phones) -> None:
    announced(phones)

    read = phones.say("tham gia 1", on="sang")

    assert "chưa có hội chợ hay lớp nào đang mời bác" in read
    assert "Xuân" not in read
    assert "chưa có hội chợ" in phones.tap("m|fair_join:1", on="sang")


def test_a_question_goes_to_the_officer_with_the_name_of_the_fair(phones: Phones) -> None:
    announced(phones)

    phones.say("3", "Một gian bao nhiêu tiền?", "xong", on="mai")

    assert row(phones)["answer"] == "ask"
    assert "Hội chợ Xuân Lào Cai: Một gian bao nhiêu tiền?" in phones.read(OFFICER)


def test_a_question_goes_to_the_office_that_announced(phones: Phones) -> None:
    settled(phones)
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(tx, OFFICER), "15", phones.player.now)
        officers.appoint(tx, person(tx, "sang"), BAN_LIEN, phones.player.now)
    announce(phones, "xã Bản Liền")
    phones.say("1", on=OFFICER)

    phones.say("3", "Một gian bao nhiêu tiền?", "xong", on="mai")

    assert "Hội chợ Xuân Lào Cai: Một gian bao nhiêu tiền?" in phones.read(OFFICER)
    assert phones.read("sang") == ""
    (question,) = phones.questions()
    assert (question["commune_code"], question["province_code"]) == ("", "15")


def test_who_asks_after_joining_still_joins(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", on="mai")

    phones.say("hỏi thêm 1", "Có xe chung không?", "xong", on="mai")

    assert row(phones)["answer"] == "join"


def test_what_was_not_all_answered_is_taken_up_again(phones: Phones) -> None:
    announced(phones)
    read = phones.say("1", "để sau", on="mai")
    assert "em vẫn ghi là bác tham gia" in read

    assert "Bác mang sản phẩm gì" in phones.say("tham gia 1", on="mai")


def test_a_training_asks_for_nothing_more_than_yes(phones: Phones) -> None:
    settled(phones)
    phones.say("thông báo", "tập huấn", "Lớp làm nhãn", "5/12/2026", "Bản Liền", "3/12/2026",
               "xã Bản Liền", "đúng", "gửi", "1", on=OFFICER)  # fmt: skip

    read = phones.say("1", on="mai")

    assert "Cán bộ sẽ liên hệ với bác" in read
    assert row(phones)["answer"] == "join"


def test_news_that_ask_nothing_take_no_number(phones: Phones) -> None:
    settled(phones)
    phones.say("thông báo", "việc khác", "Sửa trụ sở xã", "Trụ sở đang sửa, bác đến nhà văn hoá.",
               "xã Bản Liền", "đúng", "gửi", "1", on=OFFICER)  # fmt: skip
    assert "bác đến nhà văn hoá" in phones.read("mai")

    phones.say("1", on="mai")

    assert row(phones)["answer"] is None


# -- reminded --------------------------------------------------------------------------------------


def test_who_has_not_answered_is_asked_once_more(phones: Phones) -> None:
    announced(phones, "xã Bản Liền và xã Bảo Nhai")
    phones.say("2", on="pao")

    later(phones, timedelta(days=18))

    assert ["đăng ký hết 10/12/2026" in words for words in of_fair(phones, "mai")] == [True]
    assert of_fair(phones, "pao") == []


def test_those_who_join_are_reminded_and_nobody_else(phones: Phones) -> None:
    announced(phones, "xã Bản Liền và xã Bảo Nhai")
    phones.say("1", "để sau", on="mai")
    phones.say("2", on="pao")

    later(phones, LONG_AFTER)

    fourteen, three, _results = of_fair(phones, "mai")
    assert "24/12/2026 (còn 14 ngày)" in fourteen
    assert "24/12/2026 (còn 3 ngày)" in three
    assert of_fair(phones, "pao") == []


def test_who_wants_no_news_any_more_is_not_reminded(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", "thôi báo hội chợ", on="mai")

    later(phones, LONG_AFTER)

    assert of_fair(phones, "mai") == []


def test_nobody_is_reminded_of_a_fair_that_is_called_off(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", on="mai")
    phones.say("huỷ hội chợ 1: mưa lũ", "1", on=OFFICER)

    later(phones, LONG_AFTER)

    assert of_fair(phones, "mai") == []
    with phones.database.reading() as tx:
        kinds = {one.kind for one in reminders.coming(tx, person(tx, "mai"), 99)}
    assert kinds.isdisjoint({"fair", "fair_answer", "fair_results"})


def test_who_took_consent_back_stands_on_no_list(phones: Phones) -> None:
    announced(phones, "xã Bản Liền và xã Bảo Nhai")
    for name in ("mai", "pao"):
        phones.say("1", "để sau", on=name)

    phones.say("rút đồng ý", on="mai")

    assert "HTX Bản Liền" not in phones.say("ai đi 1", on=OFFICER)
    assert "2. Tham gia: 1" in phones.say("tiến độ 1", on=OFFICER)


def test_who_was_erased_stands_on_no_list(phones: Phones) -> None:
    announced(phones, "xã Bản Liền và xã Bảo Nhai")
    for name in ("mai", "pao"):
        phones.say("1", "để sau", on=name)

    phones.say("xoá dữ liệu của tôi", "1", on="mai")
    with phones.database.transaction() as tx:
        erasing.erase(tx, person(tx, "mai"), phones.player.now)

    assert "2. Tham gia: 1" in phones.say("tiến độ 1", on=OFFICER)


# -- lists and results -----------------------------------------------------------------------------


def test_the_office_sees_who_joins_with_what_they_need(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS, on="mai")

    read = phones.say("ai đi 1", on=OFFICER)

    assert "• HTX Bản Liền, 0912 345 678: 2 gian, 2 người, cần điện" in read


def test_an_officer_of_elsewhere_sees_none_of_it(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "2", *NEEDS, on="mai")
    with phones.database.transaction() as tx:
        officers.appoint(tx, person(tx, OFFICER), "68", phones.player.now)
        there = officers.over("68")
        assert joining.who(tx, there, 1, ["join"]) == []
        assert joining.counted(tx, there, 1) is None

    for said in ("ai đi 1", "tiến độ 1", "kết quả hội chợ 1", "excel hội chợ 1"):
        assert "không thấy thông báo số 1" in phones.say(said, on=OFFICER)


def test_results_are_asked_once_and_added_up(phones: Phones) -> None:
    announced(phones, "xã Bản Liền và xã Bảo Nhai")
    for name in ("mai", "pao"):
        phones.say("1", "để sau", on=name)
    later(phones, LONG_AFTER)
    assert "bác bán được không" in phones.read("mai")

    phones.say("kết quả hội chợ", "5 triệu", "1", "3", "bỏ qua", on="mai")
    phones.say("kết quả hội chợ", "2,5 triệu", "0", "1", "gian hàng khuất quá", on="pao")

    read = phones.say("kết quả hội chợ 1", on=OFFICER)
    assert "2/2 chủ thể đã báo" in read
    assert "7.500.000 đồng, 1 hợp đồng, 4 mối mới" in read


def test_all_results_can_be_skipped(phones: Phones) -> None:
    announced(phones)
    phones.say("1", "để sau", on="mai")
    later(phones, LONG_AFTER)

    read = phones.say("kết quả hội chợ", *["bỏ qua"] * 4, on="mai")

    assert "Em cảm ơn bác" in read
    assert "1/1 chủ thể đã báo" in phones.say("kết quả hội chợ 1", on=OFFICER)


def test_who_did_not_go_has_no_results(phones: Phones) -> None:
    announced(phones)
    phones.say("2", on="mai")
    later(phones, LONG_AFTER)

    assert "chưa thấy bác đi" in phones.say("kết quả hội chợ 1", on="mai")


def test_consents_and_certificates_are_those_of_the_town(phones: Phones) -> None:
    """The aims of these tests stand on them."""
    settled(phones)
    with phones.database.reading() as tx:
        assert "news" in consents.of(tx, person(tx, "mai"))
        assert {one["star"] for one in certificates.everyone(tx)} == {3, 4, 5}
