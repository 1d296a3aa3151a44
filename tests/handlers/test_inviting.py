"""Becoming an officer: invited within the inviter's own area, by a code that is good once."""

from datetime import timedelta

import pytest

from handlers.officer import accepting, desk, office_words, offices
from handlers.officer.office_words import Order
from handlers.producer import finished
from programme import office_codes, roles
from programme.roles import Role
from storage import links, officers, prints
from storage.persons import Chat
from tests.handlers.appointing import WORDS, code_in, deeds, invited, officer, person, rows
from tests.handlers.appointing import offices as known
from tests.handlers.phones import Phones

WRONG = "Mã này em chưa dùng được"
CLOSED = "tạm nghỉ xem mã"
STRANGER = "Bác có đồng ý không ạ?"


@pytest.fixture
def office(phones: Phones) -> Phones:
    """An administrator (canbo), a province's officer (tinh) and a commune's (xa)."""

    def appoint() -> None:
        phones.say("/start CANBO", on="canbo")
        officer(phones, "province", "tinh")
        officer(phones, "commune", "xa", by="tinh")

    return phones.reach("office", appoint)


# -- inviting --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("mời cán bộ xã Bản Liền", Order("invite", role=Role.COMMUNE, place="xã Bản Liền")),
        ("moi can bo tinh", Order("invite", role=Role.PROVINCE)),
        ("Mời cán bộ tỉnh Lào Cai.", Order("invite", role=Role.PROVINCE, place="Lào Cai")),
        ("mời tư vấn", Order("invite", role=Role.ADVISER)),
        ("mời người tư vấn ở Nậm Đét", Order("invite", role=Role.ADVISER, place="Nậm Đét")),
        ("mời thư ký hội đồng", Order("invite", role=Role.SECRETARY)),
        ("moi thanh vien hoi dong", Order("invite", role=Role.MEMBER)),
        ("mời quản trị", Order("invite", role=Role.ADMINISTRATOR)),
        ("mời cán bộ", Order("invite")),
        ("invite officer", Order("invite")),
        ("invite commune officer Bản Liền", Order("invite", role=Role.COMMUNE, place="Bản Liền")),
        ("cán bộ", Order("people")),
        ("danh sach can bo trang 2", Order("people", 2)),
        ("thôi cán bộ 12", Order("dismiss", 12)),
        ("cho thôi cán bộ số 12", Order("dismiss", 12)),
        ("khoá máy", Order("shut_out")),
        ("khoa may so 7", Order("shut_out", 7)),
        ("bàn giao cho người mới", Order("hand_over")),
        ("huỷ mã mời", Order("take_back")),
    ],
)
def test_the_words_about_officers_are_read(typed: str, order: Order) -> None:
    assert office_words.read(typed) == order


@pytest.mark.parametrize(
    "typed",
    ["mời bác ăn cơm", "phiếu mới", "moi", "cán bộ ơi cho hỏi", "gặp cán bộ", "khoá cửa 2",
     "bàn giao hàng cho khách", "thôi", "mã mời"],
)  # fmt: skip
def test_other_words_are_left_to_others(typed: str) -> None:
    assert office_words.read(typed) is None


@pytest.mark.parametrize("role", WORDS)
def test_an_administrator_invites_into_each_role_and_who_accepts_has_it(
    phones: Phones, role: str
) -> None:
    phones.say("/start CANBO", on="canbo")

    said = officer(phones, role, "moi")

    area = {"commune": "02869", "adviser": "02869", "administrator": ""}.get(role, "15")
    assert known(phones)[person(phones, "moi")] == (role, area)
    assert "từ giờ anh chị là" in said
    assert "tóm tắt" in said
    assert f"số {person(phones, 'moi')} trong danh sách" in phones.read("canbo")


def test_what_was_not_said_is_asked_one_by_one(office: Phones) -> None:
    role = office.say("mời cán bộ", on="tinh")
    area = office.say("1", on="tinh")
    sure = office.say("nậm đét", on="tinh")

    assert "1. Cán bộ xã" in role
    assert "Người quản trị" not in role
    assert "phụ trách nơi nào" in area
    assert "Em mời: cán bộ xã" in sure
    assert code_in(office.say("1", on="tinh"))


def test_a_commune_invites_into_itself_and_is_not_asked_where(office: Phones) -> None:
    said = office.say("mời cán bộ", "1", on="xa")

    assert "Em mời: cán bộ xã Bản Liền, tỉnh Lào Cai" in said
    officer_said = office.say(code_in(office.say("1", on="xa")), on="hai")
    assert "cán bộ xã Bản Liền" in officer_said
    assert known(office)[person(office, "hai")] == ("commune", "02869")


@pytest.mark.parametrize(
    ("by", "words"),
    [("xa", "mời cán bộ tỉnh"), ("xa", "mời thư ký hội đồng"), ("tinh", "mời quản trị")],
)
def test_nobody_invites_into_a_role_above(office: Phones, by: str, words: str) -> None:
    said = office.say(words, on=by)

    assert "nhờ cấp trên" in said
    assert rows(office, "SELECT count(*) FROM invitations WHERE used_at IS NULL") == [(0,)]


@pytest.mark.parametrize(("by", "place"), [("tinh", "Ba Vì, Hà Nội"), ("xa", "Nậm Đét, Bắc Hà")])
def test_nobody_invites_outside_of_their_own_area(office: Phones, by: str, place: str) -> None:
    refused = office.say(f"mời cán bộ xã {place}", on=by)
    office.say("mời cán bộ", "1", place, "1", "1", on=by)

    assert "ở ngoài địa bàn" in refused
    areas = {area for (area,) in rows(office, "SELECT area FROM invitations")}
    assert areas <= {"15", "02869"}


@pytest.mark.parametrize("role", ["secretary", "member", "adviser"])
def test_who_may_not_invite_is_told_so(phones: Phones, role: str) -> None:
    phones.say("/start CANBO", on="canbo")
    officer(phones, role, "moi")

    for words in ("mời cán bộ", "cán bộ", "thôi cán bộ 1", "khoá máy 1"):
        assert "không làm được ạ" in phones.say(words, on="moi"), words
    assert known(phones)[person(phones, "canbo")][0] == "administrator"


def test_a_place_that_is_not_clear_is_asked_for(office: Phones) -> None:
    said = office.say("mời cán bộ xã Tân Lập", on="canbo")

    assert "chưa rõ “xã Tân Lập”" in said
    assert "phụ trách nơi nào" in said
    assert "Em mời: cán bộ xã Bản Liền" in office.say("Bản Liền, Lào Cai", on="canbo")


def test_what_was_not_right_is_changed_before_the_code(office: Phones) -> None:
    said = office.say(
        "mời cán bộ xã Bản Liền, Lào Cai", "sửa nơi thành Nậm Đét, Bắc Hà", on="canbo"
    )

    assert "đã sửa nơi phụ trách: xã Bảo Nhai" in said
    office.say(code_in(office.say("lấy mã", on="canbo")), on="moi")
    assert known(office)[person(office, "moi")][1] not in {"02869", "15"}


def test_a_role_that_was_changed_does_not_keep_an_area_that_it_cannot_have(office: Phones) -> None:
    office.say("mời cán bộ xã Bản Liền, Lào Cai", "sửa vai", "cán bộ tỉnh", on="canbo")
    said = office.say("lấy mã", on="canbo")

    assert "Vai và nơi chưa khớp" in said
    office.say(code_in(office.say("Lào Cai", on="canbo")), on="moi")
    assert known(office)[person(office, "moi")] == ("province", "15")


def test_an_english_officer_is_invited_and_invites(office: Phones) -> None:
    office.say("english", on="canbo")

    said = office.say("invite commune officer Bản Liền", "give me the code", on="canbo")
    listed = office.say("officers", on="canbo")

    assert "Whoever is invited sends me: code" in said
    assert "· officer of xã Bản Liền, tỉnh Lào Cai, since" in listed
    assert "từ giờ anh chị là" in office.say(f"code {code_in(said)}", on="moi")


def test_whoever_changes_their_mind_gets_no_code(office: Phones) -> None:
    said = office.say("mời cán bộ xã Bản Liền", "thôi", on="tinh")

    assert "chưa mời ai" in said
    assert rows(office, "SELECT count(*) FROM invitations WHERE used_at IS NULL") == [(0,)]


def test_an_adviser_may_be_of_a_unit_that_helps(office: Phones) -> None:
    with office.database.transaction() as tx:
        tx.exec_driver_sql(
            "INSERT INTO help_units (key, unit, duties) VALUES ('a', 'Sở Công Thương', '[]'),"
            " ('b', 'Sở Khoa học và Công nghệ', '[]')"
        )

    asked = office.say("mời tư vấn Bản Liền", "1", on="tinh")
    code = code_in(office.say("2", on="tinh"))
    said = office.say(code, on="tuvan")

    assert "1. Sở Công Thương" in asked
    assert "3. Không thuộc đơn vị nào" in asked
    assert "(Sở Khoa học và Công nghệ)" in said
    with office.database.reading() as tx:
        scope = officers.scope(tx, person(office, "tuvan"))
    assert scope is not None
    assert (scope.role, scope.unit) == (Role.ADVISER, 2)


def test_the_code_comes_as_a_picture_too(office: Phones) -> None:
    office.say("mời cán bộ xã Bản Liền", "1", on="tinh")

    with office.database.reading() as tx:
        assert prints.any_open(tx, office.player.now)
    assert rows(office, "SELECT kind FROM prints ORDER BY id DESC LIMIT 1") == [("office_code",)]


def test_only_the_hash_of_a_code_is_kept_with_the_invitation(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")

    (kept,) = rows(office, "SELECT hashed FROM invitations WHERE used_at IS NULL")
    assert code.replace("-", "") not in kept[0]


# -- accepting -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    ["{}", "mã mời {}", "ma moi {}", "Mã mời: {}", "/start {}", "code {}"],
)
def test_a_code_may_be_typed_in_several_ways(office: Phones, typed: str) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")

    assert "từ giờ anh chị là" in office.say(typed.format(code), on="moi")


@pytest.mark.parametrize(
    "change", [str.lower, lambda c: c.replace("-", ""), lambda c: c.replace("-", " ")]
)
def test_a_code_may_be_typed_in_any_groups_and_letters(office: Phones, change: object) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    assert callable(change)

    assert "từ giờ anh chị là" in office.say(change(code), on="moi")


def test_a_code_is_good_once(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    office.say(code, on="moi")

    assert WRONG in office.say(code, on="la")
    assert len(known(office)) == 4


def test_a_code_that_is_wrong_used_or_too_old_gets_the_very_same_answer(office: Phones) -> None:
    used = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    office.say(used, on="moi")
    old = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    office.wait(timedelta(days=7, minutes=1))

    told = {
        office.say(code, on=f"la-{place}") for place, code in enumerate((used, old, "QQQ222333"))
    }

    assert len(told) == 1
    assert WRONG in told.pop()


def test_a_code_is_good_for_seven_days(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    office.wait(timedelta(days=6, hours=23))

    assert "từ giờ anh chị là" in office.say(code, on="moi")


def test_after_five_wrong_codes_none_is_looked_at_for_an_hour(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    told = [office.say(f"mã mời QQQ22233{number}", on="moi") for number in range(2, 7)]

    assert all(WRONG in said for said in told[:4])
    assert CLOSED in told[4]
    assert CLOSED in office.say(code, on="moi")
    office.wait(timedelta(hours=1))
    assert "từ giờ anh chị là" in office.say(code, on="moi")


def test_a_wrong_code_to_link_channels_counts_too(office: Phones) -> None:
    for number in range(3):
        office.say(f"nối 11111{number}", on="moi")

    fourth = office.say("mã mời QQQ222332", on="moi")
    fifth = office.say("mã mời QQQ222333", on="moi")

    assert WRONG in fourth
    assert CLOSED in fifth


def test_who_guesses_from_many_chats_is_shut_off_for_the_whole_bot(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")
    with office.database.transaction() as tx:
        for number in range(accepting.MISSES):
            links.miss(tx, Chat("console", "play", f"bot-{number}"), office.player.now)

    assert CLOSED in office.say(code, on="moi")
    assert len(known(office)) == 3


def test_wrong_codes_are_logged_without_the_code(office: Phones) -> None:
    office.say("mã mời QQQ222333", on="moi")

    assert deeds(office, "moi") == ["wrong_code"]
    assert "222333" not in str(rows(office, "SELECT * FROM audit"))


def test_a_code_inside_a_form_is_an_answer_unless_it_is_good(office: Phones) -> None:
    office.with_profile().say("đăng ký sản phẩm")

    office.say("LVT-234-567")
    good = invited(office, "mời cán bộ xã Bản Liền", by="tinh")

    assert WRONG not in office.read()
    assert rows(office, "SELECT count(*) FROM link_misses") == [(1,)]
    assert "từ giờ anh chị là" in office.say(good)


def test_the_inviter_does_not_use_up_the_code(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")

    assert "máy anh chị thì không cần" in office.say(code, on="tinh")
    assert "từ giờ anh chị là" in office.say(code, on="moi")


def test_the_last_administrator_does_not_become_something_else_by_a_code(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")

    assert "người quản trị duy nhất" in office.say(code, on="canbo")
    assert known(office)[person(office, "canbo")] == ("administrator", "")


def test_an_officer_may_change_to_another_office(office: Phones) -> None:
    code = invited(office, "mời cán bộ tỉnh Lào Cai", by="canbo")

    office.say(code, on="xa")

    assert known(office)[person(office, "xa")] == ("province", "15")


def test_a_start_without_a_code_is_just_a_start(phones: Phones) -> None:
    assert STRANGER in phones.say("/start", on="la")
    assert STRANGER in phones.say("/start xin-chao", on="hai")


def test_codes_taken_back_are_good_no_more(office: Phones) -> None:
    code = invited(office, "mời cán bộ xã Bản Liền", by="tinh")

    assert "huỷ 1 mã" in office.say("huỷ mã mời", on="tinh")
    assert WRONG in office.say(code, on="moi")
    assert "không còn mã nào" in office.say("huỷ mã mời", on="tinh")


def test_where_the_channel_follows_links_there_is_one(office: Phones) -> None:
    office.player._reception.start_link = "https://t.me/OcopBot?start="

    office.say("mời cán bộ xã Bản Liền", on="tinh")
    said = office.say("1", on="tinh")

    code = code_in(said).replace("-", "")
    assert f"https://t.me/OcopBot?start={code}" in said
    assert "từ giờ anh chị là" in office.say(f"/start {code}", on="moi")


# -- what each role sees ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", WORDS)
def test_the_summary_works_for_each_role(phones: Phones, role: str) -> None:
    phones.say("/start CANBO", on="canbo")
    officer(phones, role, "moi")

    said = phones.say("tóm tắt", on="moi")

    assert "trong địa bàn không có việc nào" in said or "Lúc này" in said


@pytest.mark.parametrize("role", WORDS)
def test_who_is_at_a_loss_is_told_only_what_the_role_may_do(phones: Phones, role: str) -> None:
    phones.say("/start CANBO", on="canbo")
    officer(phones, role, "moi")
    told = phones.say("abc xyz thế nào nhỉ", on="moi")

    lines = [line.partition(": ")[2] for line in told.replace(". Trả", "\nTrả").splitlines()]
    words = [word.strip() for line in lines for word in line.split(" · ")]
    assert len(words) > 4
    for word in words:
        if "đăng ký" not in word and "rồi viết tiếp" not in word:
            assert "không làm được ạ" not in phones.say(word, on="moi"), word


def test_every_role_that_there_is_can_be_invited_by_somebody_and_has_its_words() -> None:
    assert set(WORDS) == set(Role)
    assert {other for each in Role for other in Role if roles.invites(each, other)} == set(Role)


def test_no_number_and_no_word_of_the_lists_does_without_a_right() -> None:
    """What stands behind a number on the screen takes the same right as its words."""
    for name, (_, right) in offices.CHOSEN.items():
        assert desk._CHOSEN[name][1] == right
        assert not roles.may(Role.MEMBER, right)


def test_every_form_that_officers_fill_is_known_as_theirs() -> None:
    """When somebody leaves, these end; what a producer has begun stays."""
    assert {name for name in finished._DONE if finished.is_of_officers(name)} >= {
        *("move_date", "extra_round", "invite", "give_back", "ask_back", "judgement", "lacks"),
        *("announcement", "sending_day", "council", "sitting", "opinions", "ballot", "results"),
        "ministry",
    }
    assert not any(map(finished.is_of_officers, ("idea", "profile", "consent", "paper", "score")))


def test_a_code_has_forty_bits() -> None:
    assert len(office_codes.SIGNS) ** office_codes.LENGTH >= 2**40
