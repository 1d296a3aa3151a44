"""Officers come and go: handing over, leaving, a lost phone; nothing of an office stays behind."""

import re
from datetime import date, datetime, timedelta

import pytest

from programme.quiet import VIETNAM
from storage import digests, officers, questions
from storage.questions import Days
from tests.handlers.appointing import WORDS, code_in, deeds, invited, officer, person, rows
from tests.handlers.appointing import offices as known
from tests.handlers.phones import Phones

STRANGER = "Bác có đồng ý không ạ?"
WRONG = "Mã này em chưa dùng được"
SAID_OF_NOBODY = "Em không thấy cán bộ số"


@pytest.fixture
def office(phones: Phones) -> Phones:
    """An administrator (canbo), a province's officer (tinh) and a commune's (xa)."""

    def appoint() -> None:
        phones.say("/start CANBO", on="canbo")
        officer(phones, "province", "tinh")
        officer(phones, "commune", "xa", by="tinh")

    return phones.reach("office", appoint)


def asked(phones: Phones, of: str) -> None:
    """An open question for which that officer is responsible."""
    days = Days(date(2026, 12, 1), date(2026, 12, 5))
    with phones.database.transaction() as tx:
        number = questions.ask(tx, person(phones, "canbo"), "hỏi", "", phones.player.now)
        found = questions.of_number(tx, number)
        assert found
        questions.assign(tx, found["id"], person(phones, of), days, phones.player.now)


def responsible(phones: Phones) -> list[int]:
    return [number for (number,) in rows(phones, "SELECT assigned_to FROM questions")]


def hand_over(phones: Phones, by: str, to: str) -> str:
    """What is read there by whoever follows."""
    return phones.say(code_in(phones.say("bàn giao cho người mới", on=by)), on=to)


# -- handing over ----------------------------------------------------------------------------------


def test_whoever_follows_has_the_office_and_who_was_there_has_none(office: Phones) -> None:
    said = hand_over(office, "tinh", "moi")

    assert "từ giờ anh chị là cán bộ tỉnh Lào Cai" in said
    assert "Người mới đã nhận việc cán bộ tỉnh Lào Cai" in office.read("tinh")
    assert "Có người mới nhận việc cán bộ tỉnh Lào Cai" in office.read("canbo")
    assert known(office)[person(office, "moi")] == ("province", "15")
    assert person(office, "tinh") not in known(office)
    assert STRANGER in office.say("cán bộ", on="tinh")


def test_nothing_changes_before_the_code_is_used(office: Phones) -> None:
    office.say("bàn giao", on="tinh")

    assert known(office)[person(office, "tinh")] == ("province", "15")


def test_what_the_officer_is_asked_for_goes_over_too(office: Phones) -> None:
    office.say("tóm tắt hằng tuần thứ hai lúc 15 giờ", on="tinh")
    asked(office, "tinh")
    code = invited(office, WORDS["commune"], by="tinh")
    before = person(office, "tinh")

    hand_over(office, "tinh", "moi")
    office.say(code, on="xa2")

    after = person(office, "moi")
    assert responsible(office) == [after]
    assert "Có người vừa nhận mã của anh chị" in office.read("moi")
    with office.database.reading() as tx:
        wish = digests.of(tx, after)
        assert digests.of(tx, before) is None
    assert wish is not None
    assert (wish["every"], wish["hour"]) == ("week", 15)
    assert wish["next_at"] is not None


def test_a_form_that_the_officer_has_open_ends_with_the_office(office: Phones) -> None:
    code = code_in(office.say("bàn giao", on="tinh"))
    office.say("dời ngày", on="tinh")

    office.say(code, on="moi")

    number = person(office, "tinh")
    assert office.open_form(number) == ""
    assert STRANGER in office.say("1", on="tinh")
    steps = rows(office, f"SELECT kind FROM steps WHERE person_id = {number} ORDER BY id DESC")
    assert ("withdrawn",) in steps


def test_what_the_officer_began_as_a_producer_stays(office: Phones) -> None:
    office.with_profile("tinh").say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", on="tinh")

    hand_over(office, "tinh", "moi")

    runs = office.session(person(office, "tinh")).runs
    assert [run.form for run in runs] == ["idea"]


def test_an_officer_may_follow_another_in_place_of_their_own_office(office: Phones) -> None:
    hand_over(office, "tinh", "xa")

    assert known(office) == {
        person(office, "canbo"): ("administrator", ""),
        person(office, "xa"): ("province", "15"),
    }


def test_the_only_administrator_may_hand_over(office: Phones) -> None:
    hand_over(office, "canbo", "moi")

    assert known(office)[person(office, "moi")] == ("administrator", "")
    assert person(office, "canbo") not in known(office)


def test_a_council_member_may_hand_over(office: Phones) -> None:
    officer(office, "member", "uv")

    hand_over(office, "uv", "moi")

    assert known(office)[person(office, "moi")] == ("member", "15")


# -- who is there ----------------------------------------------------------------------------------


def test_officers_are_listed_within_the_area_alone(office: Phones) -> None:
    officer(office, "adviser", "tuvan")
    xa, tinh = person(office, "xa"), person(office, "tinh")

    province = office.say("cán bộ", on="tinh")
    commune = office.say("cán bộ", on="xa")

    assert f"{xa} · cán bộ xã Bản Liền, tỉnh Lào Cai, từ" in province
    assert "người tư vấn" in commune
    assert f"{tinh} ·" not in commune
    assert f"{tinh} ·" not in province, "nobody is listed to oneself"
    assert "quản trị" not in province


def test_a_long_list_comes_in_pages(office: Phones) -> None:
    with office.database.transaction() as tx:
        for number in range(9):
            made = tx.exec_driver_sql(
                "INSERT INTO persons (created_at) VALUES ('2026-11-01 00:00:00') RETURNING id"
            ).scalar_one()
            officers.appoint(tx, made, "02869", office.player.now + timedelta(seconds=number))

    first = office.say("cán bộ", on="tinh")
    second = office.say("cán bộ trang 2", on="tinh")

    assert first.count(" · cán bộ xã") == 8
    assert "Còn 2 người nữa" in first
    assert second.count(" · cán bộ xã") == 2


# -- leaving ---------------------------------------------------------------------------------------


def test_somebody_leaves_after_one_question_and_is_told(office: Phones) -> None:
    number = person(office, "xa")
    sure = office.say(f"thôi cán bộ {number}", on="tinh")

    office.say("1", on="tinh")

    assert f"Cho số {number} (cán bộ xã Bản Liền, tỉnh Lào Cai) thôi việc ạ?" in sure
    assert "anh chị thôi làm cán bộ xã Bản Liền" in office.read("xa")
    assert number not in known(office)
    assert STRANGER in office.say("hồ sơ", on="xa")


@pytest.mark.parametrize("word", ["2", "không", "thôi"])
def test_who_says_no_keeps_the_officer(office: Phones, word: str) -> None:
    office.say(f"thôi cán bộ {person(office, 'xa')}", on="tinh")

    assert "em để nguyên" in office.say(word, on="tinh")
    assert person(office, "xa") in known(office)


def test_letters_of_the_office_that_wait_do_not_reach_who_has_left(office: Phones) -> None:
    """What happened in the night is told in the morning, but no more to a stranger."""
    office.player.now = datetime(2026, 11, 24, 21, 0, tzinfo=VIETNAM)
    office.with_idea()

    office.say(f"thôi cán bộ {person(office, 'xa')}", "có", on="tinh")
    office.wait(timedelta(hours=11))

    told = office.read("xa")
    assert "anh chị thôi làm cán bộ xã Bản Liền" in told
    assert "YT-2026" not in told
    assert "YT-2026" in office.read("tinh")


def test_codes_of_who_leaves_are_good_no_more(office: Phones) -> None:
    code = invited(office, "mời tư vấn", by="xa")
    own = code_in(office.say("bàn giao", on="xa"))

    office.say(f"thôi cán bộ {person(office, 'xa')}", "có", on="tinh")

    assert WRONG in office.say(code, on="moi")
    assert WRONG in office.say(own, on="hai")


def test_nobody_is_told_who_is_an_officer_elsewhere(office: Phones) -> None:
    """A number outside of the area and one that nobody has sound the same."""
    tinh = person(office, "tinh")

    outside = office.say(f"thôi cán bộ {tinh}", on="xa")
    nowhere = office.say("thôi cán bộ 4711", on="xa")

    assert outside.replace(str(tinh), "n") == nowhere.replace("4711", "n")
    assert SAID_OF_NOBODY in outside
    assert tinh in known(office)


def test_an_equal_is_not_dismissed_but_by_an_administrator(office: Phones) -> None:
    officer(office, "province", "tinh2")
    other = person(office, "tinh2")

    assert "ngang cấp" in office.say(f"thôi cán bộ {other}", on="tinh")
    office.say(f"thôi cán bộ {other}", "1", on="canbo")
    assert other not in known(office)


def test_the_last_administrator_stays(office: Phones) -> None:
    officer(office, "administrator", "qt2")
    first, second = person(office, "canbo"), person(office, "qt2")

    office.say(f"thôi cán bộ {first}", "1", on="qt2")

    assert "chính anh chị" in office.say(f"thôi cán bộ {second}", on="qt2")
    assert known(office)[second] == ("administrator", "")
    assert first not in known(office)


# -- what they are called --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "mời chị Lý Thị Mai làm cán bộ xã Bắc Hà, Lào Cai",
        "mời cán bộ xã Bắc Hà, Lào Cai: Lý Thị Mai",
    ],
)
def test_who_is_invited_by_name_has_it_in_the_list(office: Phones, words: str) -> None:
    code = invited(office, words, by="tinh")
    office.say(f"mã mời {code}", on="moi")

    assert "✓ Lý Thị Mai vừa nhận mã" in office.read("tinh")
    number = person(office, "moi")
    assert f"{number} · Lý Thị Mai, cán bộ xã Bắc Hà" in office.say("cán bộ", on="tinh")
    assert rows(office, "SELECT DISTINCT name FROM invitations") == [("",)], "said once is enough"


def test_a_name_is_changed_and_taken_away_by_whoever_stands_above(office: Phones) -> None:
    number = person(office, "xa")

    assert f"số {number} là Vàng A Páo" in office.say(f"tên {number} Vàng A Páo", on="tinh")
    assert "Vàng A Páo, cán bộ xã" in office.say("cán bộ", on="canbo")
    office.say(f"tên {person(office, 'tinh')} Hà", on="xa")
    office.say(f"ten {number}", on="tinh")

    listed = office.say("cán bộ", on="canbo")
    assert "Páo" not in listed
    assert "Hà" not in listed
    assert "Páo" not in str(rows(office, "SELECT about FROM audit"))


# -- linked ----------------------------------------------------------------------------------------


def linked(phones: Phones, giver: str, comes: str) -> str:
    """Link the second phone to the first one's person."""
    code = re.findall(r"\d{3} \d{3}", phones.say("nối kênh", on=giver))[0]
    return phones.say(f"nối {code}", "nối", on=comes)


def test_the_last_administrator_is_not_linked_away(office: Phones) -> None:
    officer(office, "commune", "xa2", by="tinh")

    linked(office, giver="xa2", comes="canbo")

    assert known(office)[person(office, "canbo")] == ("administrator", "")
    assert person(office, "canbo") == person(office, "xa2")


def test_who_is_an_officer_in_both_chats_keeps_the_office_of_the_one_that_stays(
    office: Phones,
) -> None:
    officer(office, "administrator", "qt2")
    office.say("mời cán bộ", on="qt2")

    linked(office, giver="xa", comes="qt2")

    assert known(office)[person(office, "qt2")] == ("commune", "02869")
    assert "invite" not in [run.form for run in office.session(person(office, "xa")).runs]


# -- another office --------------------------------------------------------------------------------


def test_with_another_office_what_the_old_one_asked_is_closed(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bắc Hà, Lào Cai", by="tinh")
    office.say("thông báo", "hội chợ", "để sau", "mời tư vấn", on="xa")
    mine = person(office, "xa")
    assert {run.form for run in office.session(mine).runs} == {"announcement", "invite"}

    office.say(f"mã mời {code}", on="xa")

    assert office.session(mine).runs == ()
    assert "Mình làm tiếp" not in office.say("tiếp tục", on="xa")


def test_with_another_office_no_number_confirms_for_the_old_one(office: Phones) -> None:
    officer(office, "adviser", "tv", by="xa")
    code = invited(office, "mời cán bộ xã Bắc Hà, Lào Cai", by="tinh")
    office.say(f"thôi cán bộ {person(office, 'tv')}", on="xa")
    shown = office.session(person(office, "xa")).menu
    assert shown

    office.say(f"mã mời {code}", "1", on="xa")
    office.tap(f"m|{shown[0]}", on="xa")

    assert person(office, "tv") in known(office)


# -- a lost phone ----------------------------------------------------------------------------------


def lock(phones: Phones, on: str, by: str = "canbo") -> str:
    """The code for a new phone."""
    phones.say(f"khoá máy {person(phones, on)}", on=by)
    return code_in(phones.say("khoá", on=by))


def test_a_lost_phone_reads_and_changes_nothing_from_then_on(office: Phones) -> None:
    office.with_idea()
    code = invited(office, "mời tư vấn", by="xa")
    office.say("tóm tắt", on="xa")

    lock(office, "xa")
    after = rows(office, "SELECT seq FROM audit ORDER BY seq DESC LIMIT 1")
    heard = [
        office.say(typed, on="xa")
        for typed in ("1", "danh sách", "hồ sơ 1", "đạt 1", "cán bộ", "dời ngày", "TL 1 vâng")
    ]

    assert not any("Gạo" in said or "YT-2026" in said or "HTX" in said for said in heard)
    assert rows(office, "SELECT seq FROM audit ORDER BY seq DESC LIMIT 1") == after
    assert WRONG in office.say(code, on="moi")


def test_a_lost_phone_is_told_nothing(office: Phones) -> None:
    lock(office, "xa")

    assert office.read("xa") == ""
    office.with_idea()
    assert office.read("xa") == ""


def test_letters_that_wait_for_a_lost_phone_are_taken_back(office: Phones) -> None:
    """What happens at night is told in the morning, and by then the phone may be lost."""
    office.player.now = datetime(2026, 11, 24, 21, 0, tzinfo=VIETNAM)
    office.with_idea()
    waiting = "SELECT count(*) FROM outbox WHERE status = 'waiting' AND person_id = "
    number = person(office, "xa")
    (before,) = rows(office, f"{waiting}{number}")

    lock(office, "xa")
    office.wait(timedelta(hours=11))

    assert before > (0,)
    assert rows(office, f"{waiting}{number}") == [(0,)]
    assert office.read("xa") == ""


def test_a_new_phone_has_the_duties_back(office: Phones) -> None:
    office.say("tóm tắt 15 giờ", on="xa")
    asked(office, "xa")
    code = lock(office, "xa", by="tinh")
    office.wait(timedelta(days=2))  # meanwhile the old phone's summary has ended

    said = office.say(code, on="maymoi")

    after = person(office, "maymoi")
    assert "cán bộ xã Bản Liền" in said
    assert known(office)[after] == ("commune", "02869")
    assert responsible(office) == [after]
    with office.database.reading() as tx:
        wish = digests.of(tx, after)
    assert wish is not None
    assert wish["hour"] == 15
    assert wish["next_at"] is not None
    assert office.read("xa") == ""


def test_a_phone_that_is_found_again_may_use_that_code_itself(office: Phones) -> None:
    office.say("tóm tắt 15 giờ", on="xa")
    code = lock(office, "xa")

    office.say(code, on="xa")

    number = person(office, "xa")
    assert known(office)[number] == ("commune", "02869")
    with office.database.reading() as tx:
        wish = digests.of(tx, number)
    assert wish is not None
    assert wish["hour"] == 15


def test_a_commune_locks_no_phone(office: Phones) -> None:
    officer(office, "adviser", "tuvan")

    assert "không làm được ạ" in office.say(f"khoá máy {person(office, 'tuvan')}", on="xa")


# -- the log ---------------------------------------------------------------------------------------


def test_all_of_it_is_in_the_log_as_codes_and_numbers(office: Phones) -> None:
    xa = person(office, "xa")
    office.say("cán bộ", f"khoá máy {xa}", "1", "bàn giao", "huỷ mã mời", on="canbo")
    hand_over(office, "tinh", "moi")

    done = deeds(office, "canbo")
    assert done[:1] == ["invite"]
    assert done[-5:] == ["look_officers", "shut_out", "invite", "invite", "take_back_codes"]
    assert deeds(office, "tinh") == ["accept", "invite", "invite"]
    assert deeds(office, "moi") == ["accept", "hand_over"]
    (about,) = rows(office, "SELECT about FROM audit WHERE deed = 'shut_out'")
    assert about == ('{"area": "02869", "role": "commune"}',)
