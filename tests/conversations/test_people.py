"""People are listed in as many messages as it takes, and each is read back at once."""

from datetime import timedelta
from typing import Any

import pytest

from conversations.events import Wake
from conversations.forms.labour_list import labour_list
from conversations.people import PersonKind
from conversations.reading import Wrong
from tests.conversations.talking import Chat

MAI = "Vàng Thị Mai, 1968, thôn Đội 1, gặt, có bảo hiểm"
PAO = "Lâm A Páo, 1990, thôn Đội 2, xay xát, không"


def listed(*texts: str) -> Chat:
    return Chat(labour_list).begun().say(*texts)


def people(chat: Chat) -> list[Any]:
    return [each["name"] for each in chat.answers["people"]]


def test_who_is_told_is_read_back_before_it_counts() -> None:
    chat = listed(MAI, PAO)

    assert "(2) Lâm A Páo, sinh 1990, thôn Đội 2, xay xát, không bảo hiểm" in chat.words()
    assert "Danh sách có 2 người" in chat.words()
    assert chat.answers == {}
    assert people(chat.say("xong")) == ["Vàng Thị Mai", "Lâm A Páo"]
    assert chat.run.at == "month"


def test_twenty_four_people_are_one_question() -> None:
    lines = "\n".join(f"Vàng Thị {chr(65 + n)}b, 19{60 + n}, thôn {n}, gặt, có" for n in range(24))

    chat = listed(lines, "xong", "11/2026")

    assert len(people(chat)) == 24
    assert len([step for step in chat.log if step.kind == "asked"]) == 3


def test_what_is_not_told_stays_blank_and_that_is_said() -> None:
    chat = listed("Vàng Thị Mai, 1968")

    assert "(còn trống: nơi ở, việc làm, bảo hiểm)" in chat.words()
    assert "gửi lại cả dòng" in chat.words()
    assert chat.say("xong").answers == {"people": [{"name": "Vàng Thị Mai", "born": 1968}]}


def test_who_is_told_again_is_the_same_person_and_not_one_more() -> None:
    chat = listed("Vàng Thị Mai, 1968", PAO, "vang thi mai, thon 5, gat, khong", "xong")

    first, second = chat.answers["people"]
    assert first == {
        "name": "Vàng Thị Mai",
        "born": 1968,
        "residence": "thon 5",
        "job": "gat",
        "insured": False,
    }
    assert second["name"] == "Lâm A Páo"


def test_a_name_that_is_told_anew_with_its_marks_has_them() -> None:
    chat = listed("lam a pao, 1990", "Lâm A Páo, thôn 2", "lam a pao, 1990, gat", "xong")

    assert people(chat) == ["Lâm A Páo"]


def test_of_two_namesakes_one_is_taken_out_by_name() -> None:
    chat = listed(MAI, "Vàng Thị Mai, 1990, thôn 2", "bớt Vàng Thị Mai", "xong")

    assert [each["born"] for each in chat.answers["people"]] == [1968]


def test_a_namesake_born_in_another_year_is_somebody_else() -> None:
    chat = listed(MAI, "Vàng Thị Mai, 1990, thôn 2, gặt, không", "xong")

    assert [each["born"] for each in chat.answers["people"]] == [1968, 1990]


def test_what_goes_out_twice_is_noted_once() -> None:
    chat = listed(MAI, MAI)

    assert chat.turns[-1].messages == ()
    assert people(chat.say("xong")) == ["Vàng Thị Mai"]


def test_a_correction_may_be_taken_back() -> None:
    chat = listed(MAI, "Vàng Thị Mai, phơi", MAI, "xong")

    assert chat.answers["people"][0]["job"] == "gặt"


def test_no_pause_ends_the_list() -> None:
    chat = listed(MAI)

    chat.wait(timedelta(hours=2))
    chat.do(Wake())

    assert people(chat.say(PAO, "xong")) == ["Vàng Thị Mai", "Lâm A Páo"]


@pytest.mark.parametrize("less", ["bớt 1", "bớt Vàng Thị Mai", "bo nguoi so 1", "xoá vàng thị mai"])
def test_somebody_is_taken_out_by_number_or_name(less: str) -> None:
    chat = listed(MAI, PAO, less)

    assert "Em bỏ Vàng Thị Mai, danh sách còn 1 người" in chat.words()
    assert people(chat.say("xong")) == ["Lâm A Páo"]


@pytest.mark.parametrize("less", ["bớt 1", "bớt Páo", "bớt 7"])
def test_the_last_one_and_who_is_not_there_cannot_be_taken_out(less: str) -> None:
    chat = listed(MAI, less)

    assert chat.said[0] == "problems.people_less"
    assert people(chat.say("xong")) == ["Vàng Thị Mai"]


def test_a_name_that_sounds_like_leaving_out_is_a_name() -> None:
    assert people(listed("Bố Thị Mai 1968 thôn 2", "xong")) == ["Bố Thị Mai"]


@pytest.mark.parametrize("text", ["dạ vâng", "ghi ai trước hả em?", "12", "thêm"])
def test_what_names_nobody_is_asked_again(text: str) -> None:
    assert listed(text).said == ["problems.people"]


def test_a_line_that_nobody_can_read_is_said() -> None:
    assert "Em chưa đọc được: Tháng 11" in listed(f"Tháng 11:\n{MAI}").words()


@pytest.mark.parametrize("way", ["sửa 1", "sửa người làm", "quay lại"])
def test_asked_again_the_list_only_grows(way: str) -> None:
    chat = listed(MAI, "xong", *(() if way == "quay lại" else ("11/2026",)), way, PAO, "xong")

    assert people(chat) == ["Vàng Thị Mai", "Lâm A Páo"]


def test_a_line_is_added_at_the_review_in_one_message_and_read_back() -> None:
    chat = listed(MAI, "xong", "11/2026", f"sửa 1 thành {PAO}")

    assert people(chat) == ["Vàng Thị Mai", "Lâm A Páo"]
    assert chat.run.at == "review"
    assert "Lâm A Páo, sinh 1990" in chat.words()
    assert "Vàng Thị Mai" not in chat.words()


def test_somebody_is_taken_out_at_the_review_and_the_rest_read_back() -> None:
    chat = listed(MAI, PAO, "xong", "11/2026", "sửa 1: bớt 2")

    assert people(chat) == ["Vàng Thị Mai"]
    assert "Vàng Thị Mai" in chat.words()


def test_at_the_review_too_only_who_is_there_can_be_taken_out() -> None:
    chat = listed(MAI, "xong", "11/2026", "sửa 1: bớt 7")

    assert chat.said[0] == "problems.people_less"
    assert people(chat) == ["Vàng Thị Mai"]


def test_left_in_the_middle_and_taken_up_later_nobody_is_lost() -> None:
    chat = listed(MAI, "xem lại", "sửa 1", PAO, "quay lại", "xong")

    assert people(chat) == ["Vàng Thị Mai", "Lâm A Páo"]


def test_a_list_has_an_end() -> None:
    kind = PersonKind(most=1)
    told = {"told": [{"name": "Mai"}, {"name": "Páo"}], "unread": []}

    assert kind.part([], told) == Wrong("people_full", {"most": 1})


def test_what_a_broken_reader_kept_is_nobody() -> None:
    assert PersonKind().part([], {"raw": "?"}) == Wrong("people")
