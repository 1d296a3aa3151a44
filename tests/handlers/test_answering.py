"""Questions of people to officers: what is offered first, who hears of it, whose answer goes."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.channels.console.screens import BOT, CHANNEL
from handlers.officer.answer_words import Said, read
from programme.folding import fold
from programme.roles import Role
from storage import audit, help_units, officers, persons, questions
from storage.database import table_of
from storage.help_units import HelpUnitRow
from storage.persons import Chat
from tests.handlers.phones import Phones

BAN_LIEN, BAC_HA, LAO_CAI = "02869", "02839", "15"
WORDS = "rượu ngô có phải khai phiếu riêng không"


def person(phones: Phones, phone: str) -> int:
    chat = Chat(CHANNEL, BOT, phone)
    with phones.database.reading() as tx:
        return persons.of(tx, [chat])[chat]


def appoint(phones: Phones, phone: str, area: str, role: Role | None = None, **more: Any) -> None:
    phones.say("chào em", on=phone)
    number = person(phones, phone)
    with phones.database.transaction() as tx:
        officers.appoint(tx, number, area, phones.player.now, role, **more)


def only(phones: Phones) -> dict[str, Any]:
    (row,) = phones.questions()
    return row


def log(phones: Phones, kind: str = "question") -> list[str]:
    with phones.database.reading() as tx:
        ids = [row["id"] for row in questions.everyone(tx)]
        return [row["deed"] for row in audit.about(tx, kind, ids)]


@pytest.fixture
def asking(phones: Phones) -> Phones:
    """Somebody of Bản Liền, with an officer of her commune, one of another and the province's."""
    phones.with_profile().say("để sau")
    appoint(phones, "xa", BAN_LIEN)
    appoint(phones, "bacha", BAC_HA)
    appoint(phones, "tinh", LAO_CAI)
    return phones


# -- asking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["đăng ký sản phẩm", "viết câu chuyện", "chấm điểm"])
@pytest.mark.parametrize(
    "typed",
    [
        "hỏi cán bộ rượu men lá có được không",
        "Hoi can bo: ruou men la co duoc khong",
        "cho tôi hỏi cán bộ rượu men lá có được không",
        "em ơi, hỏi cán bộ, rượu men lá có được không",
    ],
)
def test_what_is_asked_in_the_middle_of_a_form_goes_out_and_the_form_goes_on(
    phones: Phones, form: str, typed: str
) -> None:
    asked = phones.with_idea().say(form)
    run = phones.session().active()

    said = phones.say(typed)

    (row,) = phones.questions()
    assert fold(row["text"]) == "ruou men la co duoc khong"
    now = phones.session().active()
    assert run
    assert now
    assert (run.id, run.at, run.answers) == (now.id, now.at, now.answers)
    assert said.split("\n")[-1] == asked.split("\n")[-1]


def test_of_a_long_answer_nothing_is_lost_when_an_officer_is_asked_in_its_middle(
    phones: Phones,
) -> None:
    phones.with_idea().say("viết câu chuyện", "bà nội truyền lại", "hỏi cán bộ xã", "có lớp không")
    phones.say("xong")

    assert "Em ghi: bà nội truyền lại" in phones.say("xong")
    assert only(phones)["text"] == "có lớp không"


@pytest.mark.parametrize("told", ["nhờ cán bộ xã chỉ cho cách sấy", "gặp cán bộ là nhớ lại cả"])
def test_a_story_may_tell_of_officers(phones: Phones, told: str) -> None:
    phones.with_idea().say("viết câu chuyện", told)

    assert f"Em ghi: {told}" in phones.say("xong")
    assert phones.questions() == []


def test_just_the_officers_of_her_commune_hear_of_it_with_who_asks_and_from_where(
    asking: Phones,
) -> None:
    said = asking.say("gặp cán bộ", WORDS, "xong")

    assert "Em chuyển câu hỏi số 1 cho cán bộ rồi" in said
    assert asking.read("xa") == (
        f"Câu hỏi số 1 của HTX Bản Liền, xã Bản Liền:\n{WORDS}\n"
        "Trả lời, anh chị gõ: TL 1 rồi viết tiếp. Xem lời gợi ý, gõ: câu hỏi 1"
    )
    assert asking.read("bacha") == asking.read("tinh") == ""
    assert only(asking)["assigned_to"] == person(asking, "xa")
    assert (only(asking)["commune_code"], only(asking)["province_code"]) == (BAN_LIEN, LAO_CAI)


def test_who_asks_in_the_same_breath_is_not_asked_again(asking: Phones) -> None:
    said = asking.say(f"hỏi cán bộ {WORDS}")

    assert "Em chuyển câu hỏi số 1" in said
    assert only(asking)["text"] == WORDS


def test_of_two_officers_one_is_responsible_and_the_other_knows(asking: Phones) -> None:
    appoint(asking, "xa2", BAN_LIEN)
    asking.say("gặp cán bộ", WORDS, "xong")

    assert "Cán bộ khác trả lời chính" not in asking.read("xa")
    assert "Cán bộ khác trả lời chính" in asking.read("xa2")


def test_a_question_where_nobody_is_officer_is_kept_and_told_to_who_becomes_one(
    phones: Phones,
) -> None:
    said = phones.with_profile().say("gặp cán bộ", WORDS, "xong")
    appoint(phones, "xa", BAN_LIEN)
    phones.wait(timedelta(days=2))

    assert "chưa có cán bộ nhận" in said
    assert only(phones)["assigned_to"] == person(phones, "xa")
    assert any("Câu hỏi số 1" in words for phone, words in phones.player.letters if phone == "xa")


def test_who_has_no_producer_is_heard_by_the_administrator_or_the_only_province(
    phones: Phones,
) -> None:
    phones.agreed()
    appoint(phones, "tinh", LAO_CAI)
    phones.say("gặp cán bộ", WORDS, "xong")

    assert "người chưa có hồ sơ" in phones.read("tinh")
    assert WORDS in phones.say("câu hỏi 1", on="tinh")


def test_the_paper_that_is_spoken_of_goes_along_and_says_whose_business_it_is(
    phones: Phones,
) -> None:
    phones.with_idea()
    appoint(phones, "xa", BAN_LIEN)
    phones.say("giấy môi trường")
    asked = phones.say("gặp cán bộ")
    phones.say("cái này có phải đóng dấu không", "xong")

    assert "Em gửi kèm cho cán bộ biết bác đang hỏi về" in asked
    assert only(phones)["paper"] == "environment_papers"
    assert only(phones)["dossier_id"] == phones.dossiers()[0]["id"]
    assert ", về " in phones.read("xa")


def test_the_criterion_that_is_asked_goes_along_and_then_the_sheet_goes_on(phones: Phones) -> None:
    phones.with_idea().say("chấm điểm")
    criterion = phones.session().active()
    assert criterion is not None
    appoint(phones, "xa", BAN_LIEN)
    phones.say("gặp cán bộ")
    after = phones.say("câu này hỏi gì vậy", "xong")

    row = only(phones)
    assert "c" + row["criterion"].replace(".", "_") == criterion.at
    assert row["topic"]
    assert "Mình làm tiếp" in after or phones.open_form() == "score"


def test_who_advises_for_the_matter_hears_of_it_and_the_commune_may_still_answer(
    asking: Phones,
) -> None:
    row = {"key": "trade", "unit": "Phòng Kinh tế - Hạ tầng", "duties": "[]"}
    with asking.database.transaction() as tx:
        tx.execute(insert(table_of(HelpUnitRow)).values(row))
    appoint(asking, "tuvan", LAO_CAI, Role.ADVISER, unit_id=1)
    asking.say("gặp cán bộ", "in tem nhãn mác thế này đã đúng chưa", "xong")

    assert "Câu hỏi số 1" in asking.read("tuvan")
    assert asking.read("xa") == ""
    assert only(asking)["assigned_to"] == person(asking, "tuvan")
    assert "Em chuyển lời đáp" in asking.say("TL 1 đúng rồi chị", on="xa")


# -- ready answers ---------------------------------------------------------------------------------

READY = "giấy an toàn thực phẩm xin ở đâu"


def test_a_ready_answer_is_offered_and_nobody_is_troubled_when_it_is_enough(
    asking: Phones,
) -> None:
    offered = asking.say("gặp cán bộ", READY, "xong")
    shown = asking.say("1")
    enough = asking.say("rõ rồi")

    assert "Có phải bác hỏi vậy không ạ?" in offered
    assert "1. Giấy an toàn thực phẩm" in offered
    assert "2. Vẫn hỏi cán bộ" in offered
    assert "Mất chừng 30 ngày" in shown
    assert "Lúc nào cần cán bộ trả lời" in enough
    assert all(phone != "xa" or READY not in words for phone, words in asking.player.letters)
    assert (only(asking)["ready"], only(asking)["answer"]) == (
        "paper:food_safety_certificate",
        None,
    )
    assert only(asking)["answered_at"] is not None


@pytest.mark.parametrize(
    "answers",
    [("2",), ("không phải",), ("vẫn hỏi cán bộ",), ("gặp cán bộ",), ("1", "2"), ("1", "chưa rõ")],
)
def test_the_officer_is_asked_all_the_same_by_who_wants_that(
    asking: Phones, answers: tuple[str, ...]
) -> None:
    asking.say("gặp cán bộ", READY, "xong", *answers)

    assert f"xã Bản Liền:\n{READY}" in asking.read("xa")
    assert only(asking)["answered_at"] is None


def test_who_was_content_may_ask_the_officer_later(asking: Phones) -> None:
    asking.say("gặp cán bộ", READY, "xong", "1", "rõ rồi")
    asking.say("vẫn hỏi cán bộ")

    assert READY in asking.read("xa")
    assert only(asking)["answered_at"] is None


def test_a_question_that_is_left_lying_beside_a_ready_answer_reaches_the_officer(
    asking: Phones,
) -> None:
    asking.say("gặp cán bộ", READY, "xong", "menu")
    asking.wait(timedelta(days=2))

    told = [words for phone, words in asking.player.letters if phone == "xa"]
    assert any("Câu hỏi số 1" in words for words in told)
    assert "Đã đọc lời đáp sẵn" not in asking.say("câu hỏi 1", on="xa")


# -- answering -------------------------------------------------------------------------------------


def test_the_answer_repeats_the_question_and_comes_where_she_is_now(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1: Có, mỗi sản phẩm một phiếu.\nChị cứ gõ đăng ký sản phẩm.", on="xa")

    assert asking.read() == (
        f"Cán bộ trả lời câu “{WORDS}”:\n"
        "Có, mỗi sản phẩm một phiếu.\nChị cứ gõ đăng ký sản phẩm.\n"
        "Cần hỏi thêm, bác gõ: hỏi tiếp"
    )
    assert only(asking)["answer"].startswith("Có, mỗi sản phẩm")
    assert "answered_question" in log(asking)


def test_the_answer_changes_nothing_of_what_the_person_is_doing(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong", "đăng ký sản phẩm")
    before = asking.session()

    asking.say("tra loi 1 được nhé", on="xa")

    assert asking.session() == before
    assert "Em hiểu là: Bộ 3" in asking.say("Gạo Khẩu Mẹo")


def test_a_question_goes_on_with_who_answered_it(asking: Phones) -> None:
    appoint(asking, "xa2", BAN_LIEN)
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1 có ạ", on="xa2")
    asked = asking.say("hỏi tiếp")
    asking.say("thế nộp ở đâu cho tiện", "xong")

    assert f"Bác hỏi tiếp câu số 1 “{WORDS}”" in asked
    assert "Câu hỏi số 2" in asking.read("xa2")
    assert asking.read("xa") == ""
    assert asking.questions()[1]["follows"] == asking.questions()[0]["id"]


def test_what_is_added_before_the_answer_goes_to_who_is_responsible(asking: Phones) -> None:
    appoint(asking, "xa2", BAN_LIEN)
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("hỏi tiếp", "à mà rượu nếp nữa", "xong")

    assert "à mà rượu nếp nữa" in asking.read("xa")
    assert asking.read("xa2") == ""


def test_a_question_that_is_being_written_may_become_one_that_goes_on(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1 có ạ", on="xa")
    asking.say("gặp cán bộ", "hỏi tiếp", "thế nộp ở đâu cho tiện", "xong")

    first, second = asking.questions()
    assert second["text"] == "thế nộp ở đâu cho tiện"
    assert second["follows"] == first["id"]


def test_of_two_officers_at_once_the_first_answers_and_the_second_may_add(asking: Phones) -> None:
    appoint(asking, "xa2", BAN_LIEN)
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1 có ạ", on="xa")
    told = asking.say("TL 1 có, nhớ ký tên", on="xa2")
    unsent = asking.read()
    asking.say("1", on="xa2")

    assert "cán bộ khác đã trả lời: có ạ" in told
    assert unsent == ""
    assert "Cán bộ nói thêm" in asking.read()
    assert "có, nhớ ký tên" in asking.read()
    assert only(asking)["answer"] == "có ạ"


def test_the_second_may_leave_it_at_that(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1 có ạ", on="xa")
    asking.say("TL 1 nhầm", on="xa")
    asking.say("2", on="xa")

    assert asking.read() == ""


def test_a_ready_answer_goes_after_it_was_seen_by_number_or_by_button(asking: Phones) -> None:
    asking.say("gặp cán bộ", READY, "xong", "2")
    listed = asking.say("câu hỏi 1", on="xa")
    seen = asking.say("1", on="xa")
    unsent = asking.read()
    asking.tap("m|answer_yes:1.paper:food_safety_certificate", on="xa")

    assert "1. Luật: Giấy an toàn thực phẩm" in listed
    assert "Mất chừng 30 ngày" in seen
    assert "1. Gửi" in seen
    assert unsent == ""
    assert "Mất chừng 30 ngày" in asking.read()
    assert (only(asking)["answer"], only(asking)["ready"]) == ("", "paper:food_safety_certificate")


def test_what_was_answered_to_nearly_the_same_is_proposed_first(asking: Phones) -> None:
    asking.say("gặp cán bộ", "máy hút chân không có được hỗ trợ không", "xong")
    asking.say("TL 1 được hỗ trợ một nửa", on="xa")
    asking.say("gặp cán bộ", "mua máy hút chân không thì có hỗ trợ không ạ", "xong")
    listed = asking.say("câu hỏi 2", on="xa")
    asking.say("1", "1", on="xa")

    assert "1. Như câu 1: được hỗ trợ một nửa" in listed
    assert "được hỗ trợ một nửa" in asking.read()


def test_who_would_rather_write_is_told_how(asking: Phones) -> None:
    asking.say("gặp cán bộ", READY, "xong", "2")

    assert "gõ: TL 1 rồi viết tiếp" in asking.say("câu hỏi 1", "1", "2", on="xa")


# -- areas -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["TL 1 vâng", "câu hỏi 1", "chuyển 1", "câu hỏi rượu ngô"])
def test_an_officer_of_another_commune_learns_nothing_of_it(asking: Phones, typed: str) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    said = asking.say(typed, on="bacha")

    assert WORDS not in said
    assert "HTX Bản Liền" not in said
    assert only(asking)["answer"] is None
    assert log(asking) == []


def test_a_button_of_another_area_does_nothing(asking: Phones) -> None:
    asking.say("gặp cán bộ", READY, "xong", "2")
    asking.tap("m|answer_yes:1.paper:food_safety_certificate", on="bacha")
    asking.tap("m|answer_yes:1.paper:food_safety_certificate")

    assert only(asking)["answer"] is None


def test_the_council_answers_nobody(asking: Phones) -> None:
    appoint(asking, "hoidong", LAO_CAI, Role.MEMBER)
    asking.say("gặp cán bộ", WORDS, "xong")

    assert "thành viên Hội đồng không làm được" in asking.say("TL 1 vâng", on="hoidong")
    assert only(asking)["answer"] is None


def test_the_open_ones_are_listed_by_number_with_their_age(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.wait(timedelta(days=1))

    assert f"1 · HTX Bản Liền (1 ngày rồi): {WORDS}" in asking.say("câu hỏi", on="xa")
    assert WORDS in asking.say("câu hỏi", on="tinh")
    assert "Không còn câu hỏi nào" in asking.say("câu hỏi", on="bacha")


def test_of_many_open_ones_the_oldest_eight_are_listed_and_that_there_are_more(
    asking: Phones,
) -> None:
    for number in range(9):
        asking.say(f"hỏi cán bộ việc số {number} của nhà tôi")

    listed = asking.say("câu hỏi", on="xa")
    assert "8 · HTX Bản Liền" in listed
    assert "9 · HTX Bản Liền" not in listed
    assert "(còn nữa)" in listed


def test_answered_ones_are_found_by_their_words(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1 có ạ", on="xa")

    assert f"1 · {WORDS} → có ạ" in asking.say("câu hỏi rượu ngô", on="xa")
    assert "chưa thấy câu nào" in asking.say("câu hỏi mật ong", on="xa")


def test_every_look_at_a_question_is_noted(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("câu hỏi 1", on="xa")

    assert log(asking) == ["read_question"]


# -- passing on, and silence -----------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["chuyển 1 cho tỉnh: xã chưa rõ", "chuyển câu 1: xã chưa rõ"])
def test_a_question_is_passed_on_with_a_note(asking: Phones, typed: str) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    said = asking.say(typed, on="xa")

    assert "chuyển câu hỏi số 1 cho cán bộ tỉnh" in said
    assert "chuyển: xã chưa rõ" in asking.read("tinh")
    assert only(asking)["assigned_to"] == person(asking, "tinh")
    assert log(asking) == ["passed_question"]
    assert "Chuyển kèm lời: xã chưa rõ" in asking.say("câu hỏi 1", on="tinh")


@pytest.fixture
def helped(asking: Phones) -> Phones:
    """Two units have an adviser in the province; a question of the commune waits."""
    names = {"ct": "Sở Công Thương", "yt": "Trung tâm Y tế"}
    for phone, name in names.items():
        with asking.database.transaction() as tx:
            unit = help_units.add(tx, LAO_CAI, name, ())
        appoint(asking, phone, LAO_CAI, Role.ADVISER, unit_id=unit)
    asking.say("gặp cán bộ", WORDS, "xong")
    return asking


@pytest.mark.parametrize(
    ("typed", "phone", "name"),
    [
        ("chuyển 1 cho Sở Y tế", "yt", "Trung tâm Y tế"),
        ("chuyen cau 1 sang y te", "yt", "Trung tâm Y tế"),
        ("chuyển 1 sang Trung tâm y tế: nhờ anh chị", "yt", "Trung tâm Y tế"),
        ("chuyển câu hỏi 1 cho công thương", "ct", "Sở Công Thương"),
        ("pass 1 to so cong thuong", "ct", "Sở Công Thương"),
    ],
)
def test_a_question_is_passed_to_the_unit_that_is_named(
    helped: Phones, typed: str, phone: str, name: str
) -> None:
    said = helped.say(typed, on="xa")

    assert f"chuyển câu hỏi số 1 cho {name}" in said
    assert WORDS in helped.read(phone)
    assert only(helped)["assigned_to"] == person(helped, phone)
    assert log(helped) == ["passed_question"]


def test_who_names_no_unit_chooses_one_or_the_level_above(helped: Phones) -> None:
    said = helped.say("chuyển 1", on="xa")

    assert said.endswith("1. Sở Công Thương\n2. Trung tâm Y tế\n3. Cán bộ tỉnh")
    helped.say("3", on="xa")
    assert only(helped)["assigned_to"] == person(helped, "tinh")


@pytest.mark.parametrize("typed", ["chuyển 1 cho Sở Tài chính", "chuyển câu 1 cho chị Lan"])
def test_of_a_unit_of_which_nobody_is_there_others_are_offered(helped: Phones, typed: str) -> None:
    said = helped.say(typed, on="xa")

    assert "mời tư vấn" in said
    assert "1. Sở Công Thương" in said
    assert log(helped) == []


def test_of_a_question_that_was_answered_meanwhile_no_choice_passes_it_on(helped: Phones) -> None:
    helped.say("chuyển 1", on="xa")
    helped.say("TL 1 có, khai riêng", on="tinh")

    assert "khai riêng" in helped.say("1", on="xa")
    assert "passed_question" not in log(helped)


def test_what_is_said_of_a_dossier_passes_no_question_on(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("chuyển 1 lên tỉnh", on="xa")

    assert only(asking)["assigned_to"] == person(asking, "xa")


def test_an_officer_who_fills_a_form_of_her_own_chooses_all_the_same(asking: Phones) -> None:
    appoint(asking, "hai", BAN_LIEN)
    asking.say("đồng ý", "cả hai", "hồ sơ chủ thể", "của tôi", on="hai")
    asking.say("gặp cán bộ", READY, "xong", "2")
    asking.say("câu hỏi 1", "1", "1", on="hai")

    assert "Mất chừng 30 ngày" in asking.read()
    assert "HTX, tổ, công ty" in asking.say("tiếp tục", on="hai")


def test_there_is_nobody_above_the_last(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")

    assert "chưa có ai nhận" in asking.say("chuyển 1", on="tinh")


def test_after_two_working_days_who_is_responsible_is_reminded_after_four_the_province(
    asking: Phones,
) -> None:
    """Asked on a Monday before a holiday (24/11): Thursday, and the Monday after."""
    asking.say("gặp cán bộ", WORDS, "xong")
    told: dict[str, list[tuple[int, str]]] = {}
    for day in range(1, 18):
        read = len(asking.player.letters)
        asking.wait(timedelta(days=1))
        for phone, words in asking.player.letters[read:]:
            if "âu hỏi số 1" in words:
                told.setdefault(phone, []).append((day, words))

    assert [day for day, _ in told["xa"]] == [3]
    assert [day for day, _ in told["tinh"]] == [7]
    assert [day for day, _ in told["main"]] == [7]
    assert "em đã chuyển lên cấp trên" in told["main"][0][1]
    assert only(asking)["assigned_to"] == person(asking, "tinh")
    assert "bacha" not in told


def test_an_answer_in_time_silences_all_of_it(asking: Phones) -> None:
    asking.say("gặp cán bộ", WORDS, "xong")
    asking.say("TL 1 có ạ", on="xa")
    read = len(asking.player.letters)
    asking.wait(timedelta(days=10))

    assert [words for _, words in asking.player.letters[read:] if "âu hỏi số 1" in words] == []


# -- words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("TL 12 lên xã nhé", Said("reply", 12, "lên xã nhé")),
        ("tl12", Said("reply", 12)),
        ("trả lời câu 3: được ạ", Said("reply", 3, "được ạ")),
        ("TL 3\nDòng một\nDòng hai", Said("reply", 3, "Dòng một\nDòng hai")),
        ("tl", Said("reply")),
        ("TL 5", Said("reply", 5)),
        ("Câu hỏi", Said("list")),
        ("xem các câu hỏi", Said("list")),
        ("câu hỏi 7", Said("show", 7)),
        ("xem câu hỏi số 7", Said("show", 7)),
        ("câu 7", Said("show", 7)),
        ("câu hỏi giấy ATTP", Said("search", text="giay attp")),
        ("câu hỏi về nhãn", Said("search", text="nhan")),
        ("chuyển 12", Said("pass", 12)),
        ("chuyển 12 cho tỉnh", Said("pass", 12, "", "province")),
        ("chuyển câu 12 lên tỉnh: nhờ anh", Said("pass", 12, "nhờ anh", "province")),
        ("chuyển 12 cho xã", Said("pass", 12, "", "commune")),
        ("chuyển câu 12 lên cấp trên", Said("pass", 12, "", "above")),
        ("chuyển 12 cho Sở Y tế: giúp em", Said("pass", 12, "giúp em", unit="Sở Y tế")),
        ("chuyển 12: em không rõ Luật", Said("pass", 12, "em không rõ Luật")),
        ("chuyển 12 lên tỉnh", None),
        ("chuyển 12 tỉnh", None),
        ("chuyển hồ sơ 12 lên tỉnh", None),
        ("hồ sơ 12", None),
        ("xem 12", None),
        ("câu chuyện sản phẩm", None),
    ],
)
def test_what_officers_type_about_questions(typed: str, said: Said | None) -> None:
    assert read(typed) == said
