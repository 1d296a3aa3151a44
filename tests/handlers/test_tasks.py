"""Nhiệm vụ: conclusions are read out, confirmed, reminded of, and done with a word."""

from datetime import timedelta

from conversations.messages import Message
from handlers import reminded
from programme import ruleset
from programme.calendar import Calendar
from storage import planner, reminders, tasks
from storage.reminders import Due
from tests.handlers import appointing
from tests.handlers.appointing import deeds, person, rows
from tests.handlers.phones import Phones
from tests.handlers.test_inspecting import certify
from tests.wording import WORDING

FIELDS = {name: name for name in Due._fields} | {"person": "person_id"}
TOLD = (
    "Phòng Kinh tế: hướng dẫn đăng ký nhãn hiệu trước 15/3/2027\n"
    "UBND xã Bản Liền: báo cáo kết quả trước 20/12/2026\n"
    "Sở Y tế: lấy mẫu"
)


def office(phones: Phones) -> Phones:
    """An officer of everywhere, and one of Bản Liền."""
    phones.say("/start CANBO", on="canbo")
    appointing.officer(phones, "commune", "xa")
    return phones


def said(message: Message) -> str:
    (letter,) = WORDING.letters("vi", message)
    return letter.text


def given(phones: Phones) -> Phones:
    office(phones).say("giao việc", TOLD, "xong", "1", on="canbo")
    return phones


def test_conclusions_are_read_out_before_anybody_is_told(phones: Phones) -> None:
    said = office(phones).say("kết luận", TOLD, "xong", on="canbo")

    assert "Em đọc được 3 nhiệm vụ" in said
    assert "2. UBND xã Bản Liền: báo cáo kết quả trước 20/12/2026 (hạn 20/12/2026)" in said
    assert "3. Sở Y tế: lấy mẫu (chưa có hạn)" in said
    assert phones.read("xa") == ""
    assert "Chưa có nhiệm vụ nào" in phones.say("nhiệm vụ", on="xa")


def test_they_may_be_pasted_below_the_words_in_one_message(phones: Phones) -> None:
    said = office(phones).say(f"giao việc:\n{TOLD}", on="canbo")

    assert "Em đọc được 3 nhiệm vụ" in said


def test_confirmed_the_officer_of_the_commune_is_told_and_answers_for_it(phones: Phones) -> None:
    given(phones)

    assert "✓ Em ghi 3 nhiệm vụ, và báo 1 việc" in phones.read("canbo")
    assert "Anh chị được giao nhiệm vụ 2" in phones.read("xa")
    found = rows(phones, "SELECT status, assigned_to, commune_code FROM tasks ORDER BY id")
    officer = person(phones, "xa")
    assert found == [("given", None, ""), ("given", officer, "02869"), ("given", None, "")]
    assert "gave_tasks" in deeds(phones, "canbo")


def test_the_same_button_twice_gives_them_once(phones: Phones) -> None:
    given(phones)
    phones.tap("m|give_tasks:1", on="canbo")

    assert phones.read("xa") == ""
    assert len(rows(phones, "SELECT id FROM tasks")) == 3


def test_not_confirmed_nothing_comes_of_them(phones: Phones) -> None:
    said = office(phones).say("giao việc", TOLD, "xong", "2", on="canbo")

    assert "em không giao việc nào" in said
    assert "Chưa có nhiệm vụ nào" in phones.say("nhiệm vụ", on="canbo")
    assert phones.read("xa") == ""


def test_lines_that_name_nobody_are_told_how(phones: Phones) -> None:
    said = office(phones).say("giao việc", "cố gắng hơn nữa", "xong", on="canbo")

    assert "Em chưa thấy dòng nào có đơn vị làm" in said


def test_done_with_a_word_and_whoever_gave_it_hears_of_it(phones: Phones) -> None:
    given(phones)

    assert "✓ Nhiệm vụ 2 em ghi là xong" in phones.say("xong nhiệm vụ 2", on="xa")
    assert "UBND xã Bản Liền báo đã xong nhiệm vụ 2" in phones.read("canbo")
    assert "đã xong từ trước" in phones.say("nhiệm vụ 2 xong", on="xa")
    assert "Có 3 nhiệm vụ: 1 xong, 2 đang làm" in phones.say("nhiệm vụ", on="canbo")


def test_a_commune_sees_its_own_alone(phones: Phones) -> None:
    given(phones)

    said = phones.say("nhiệm vụ", on="xa")
    assert "UBND xã Bản Liền" in said
    assert "Sở Y tế" not in said
    assert "không có nhiệm vụ số 3" in phones.say("xong nhiệm vụ 3", on="xa")


def test_the_commune_cannot_drop_what_was_given_to_it(phones: Phones) -> None:
    given(phones)

    assert "do nơi khác giao" in phones.say("bỏ nhiệm vụ 2", on="xa")
    assert "do nơi khác giao" in phones.say("nhiệm vụ 2 hạn 30/4", on="xa")
    assert "✓ Em bỏ nhiệm vụ 2" in phones.say("bỏ nhiệm vụ 2", on="canbo")


def test_it_is_reminded_of_till_it_is_done(phones: Phones) -> None:
    given(phones)
    planned = "SELECT person_id, day FROM reminders WHERE kind = 'task' AND status = 'planned'"
    officer, giver = person(phones, "xa"), person(phones, "canbo")
    assert set(rows(phones, planned)) == {(officer, "2026-12-20"), (giver, "2027-03-15")}

    phones.say("xong nhiệm vụ 2", on="xa")

    assert set(rows(phones, planned)) == {(giver, "2027-03-15")}


def test_another_day_is_another_reminder(phones: Phones) -> None:
    given(phones)

    assert "nay hạn 30/4/2027" in phones.say("nhiệm vụ 1 hạn 30/4", on="canbo")
    assert "Hạn mới là ngày nào" in phones.say("nhiệm vụ 1 hạn hôm nào đó", on="canbo")

    planned = "SELECT DISTINCT day FROM reminders WHERE kind = 'task' AND status = 'planned'"
    assert ("2027-04-30",) in rows(phones, planned)
    assert ("2027-03-15",) not in rows(phones, planned)


def test_all_planned_at_once_is_what_was_planned_one_by_one(phones: Phones) -> None:
    given(phones)
    now = phones.player.now
    with phones.database.transaction() as tx:
        before = sorted(str(row) for row in reminders.everyone(tx))
        planner.of_tasks(tx, None, now)
        assert sorted(str(row) for row in reminders.everyone(tx)) == before


def test_what_is_late_has_a_list(phones: Phones) -> None:
    given(phones)
    assert "Không có nhiệm vụ nào quá hạn" in phones.say("nhiệm vụ quá hạn", on="canbo")
    with phones.database.transaction() as tx:
        tasks.move(tx, 2, phones.player.now.date() - timedelta(days=3))

    said = phones.say("nhiệm vụ quá hạn", on="canbo")

    assert "(quá hạn" in said
    assert "Sở Y tế" not in said


def test_nobody_but_an_officer_is_heard(phones: Phones) -> None:
    phones.agreed().say("giao việc")

    assert rows(phones, "SELECT id FROM tasks") == []


def test_the_reminder_says_what_is_to_be_done_and_how_to_end_it(phones: Phones) -> None:
    given(phones)
    phones.with_profile()
    certify(phones, 1, "Gạo Khẩu Mẹo")
    visit = ("kiểm tra cơ sở HTX Bản Liền", "ghi kiểm tra 1", "1", "0", "2", "30/12", "đúng")
    phones.say(*visit, on="canbo")
    now = phones.player.now
    with phones.database.transaction() as tx:
        planner.of_years(tx, now)
        every = [row for row in reminders.everyone(tx) if row["status"] == "planned"]
        some = [Due(**{name: row[told] for name, told in FIELDS.items()}) for row in every]
        calendar = Calendar(ruleset.in_force(now.date()), (), {})
        known = reminded.facts(tx, some, calendar, now)
        told = {one.kind: said(reminded.line(known, one)) for one in some}
        named = {one.kind: said(reminded.what(known, one)) for one in some}
        assert all(reminded.still(known, one) for one in some)

    assert "gõ: xong nhiệm vụ" in told["task"]
    assert "sổ ghi chép chưa đủ, xong trước 30/12/2026" in told["mend"]
    assert "đến hạn sửa 30/12/2026. Xem lại, anh chị gõ: xem kiểm tra 1" in told["recheck"]
    assert "mấy con số năm 2026 của HTX Bản Liền" in told["yearly"]
    assert {"task", "mend", "recheck", "yearly"} <= named.keys()
