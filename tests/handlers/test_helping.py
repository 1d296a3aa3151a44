"""Somebody types for somebody else: on the same phone, or from their own by a code."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.handlers.phones import SHEET, Phones

CODE = "271828"  # the first code that a played phone gives
SECOND = "543656"


def hands(phones: Phones) -> list[str]:
    with phones.database.reading() as tx:
        return [row[0] for row in tx.execute(text("SELECT DISTINCT hand FROM steps ORDER BY hand"))]


def test_who_types_on_the_same_phone_is_in_the_log_until_the_end_is_said(phones: Phones) -> None:
    phones.agreed()
    phones.say("gõ hộ", "Lý Văn Nam")

    phones.say("hồ sơ chủ thể", "của tôi", "hết gõ hộ", "HTX Bản Liền")

    assert hands(phones) == ["", "Lý Văn Nam"]
    assert phones.session().typist == ""
    assert phones.open_form() == "profile"


@pytest.mark.parametrize("word", ["gõ hộ", "tôi gõ hộ", "cháu gõ hộ", "con go ho", "nhập hộ"])
def test_typing_for_somebody_begins_in_many_words(phones: Phones, word: str) -> None:
    assert "Ai đang gõ hộ" in phones.agreed().say(word)


def test_in_the_middle_of_a_form_the_question_stands_there_again_afterwards(
    phones: Phones,
) -> None:
    phones.agreed()
    phones.say("hồ sơ chủ thể", "của tôi")

    said = phones.say("gõ hộ", "Lý Văn Nam")

    assert "Lý Văn Nam đang gõ hộ" in said
    assert "Tên chủ thể là gì" in said


def test_saying_it_twice_asks_for_the_name_once(phones: Phones) -> None:
    phones.agreed().say("gõ hộ", "gõ hộ", "Lý Văn Nam")

    assert phones.session().typist == "Lý Văn Nam"
    assert phones.open_form() == ""


def test_leaving_the_question_for_the_name_leaves_nothing_open(phones: Phones) -> None:
    assert "Em không ghi gì cả" in phones.agreed().say("gõ hộ", "để sau")
    assert phones.session().runs == ()


def test_ending_what_never_began_is_said_so(phones: Phones) -> None:
    assert "không có ai gõ hộ" in phones.agreed().say("hết gõ hộ")


def test_before_consent_the_helper_is_asked_for_it_and_then_for_the_name(phones: Phones) -> None:
    phones.say("gõ hộ")

    assert phones.open_form() == "consent"
    assert "Ai đang gõ hộ" in phones.say("đồng ý", "cả hai")


def test_a_profile_for_somebody_else_makes_the_typist_a_helper(phones: Phones) -> None:
    phones.agreed()

    phones.say(
        "hồ sơ chủ thể", "khai hộ", "đúng", "Hộ bà Điền", "hộ kinh doanh", "ban lien, lao cai",
        "đúng", "Lâm Thị Điền", "nữ", "Tày", "thôn Đội 1", "0982345671", "không", "không", "gửi",
    )  # fmt: skip

    with phones.database.reading() as tx:
        assert tx.execute(text("SELECT role FROM memberships")).scalars().all() == ["helper"]


def test_without_permission_nothing_of_the_other_is_kept(phones: Phones) -> None:
    said = phones.agreed().say("hồ sơ chủ thể", "khai hộ", "không")

    assert "chưa bằng lòng" in said
    assert phones.producers() == []
    assert phones.open_form() == ""


# -- codes ----------------------------------------------------------------------------------------


def test_a_code_lets_another_phone_act_for_the_producer(phones: Phones) -> None:
    given = phones.with_profile().say("nhờ người giúp")

    used = phones.agreed("con").say(f"giúp {CODE}", on="con")

    assert f"giúp {CODE}" in given
    assert "khai hộ được cho HTX Bản Liền" in used
    assert "Sản phẩm tên là gì" in phones.say("đăng ký sản phẩm", on="con")


def test_who_has_not_agreed_yet_need_not_type_the_code_again(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")

    used = phones.say(f"giúp {CODE}", "đồng ý", "không nhận", on="con")

    assert "khai hộ được cho HTX Bản Liền" in used


def test_a_code_is_good_once(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", on="con")

    assert "không đúng" in phones.agreed("la").say(f"giúp {CODE}", on="la")


def test_a_code_is_good_for_ten_minutes(phones: Phones) -> None:
    phones.agreed("con").with_profile().say("nhờ người giúp")

    phones.wait(timedelta(minutes=11))

    assert "không đúng" in phones.say(f"giúp {CODE}", on="con")


def test_after_five_wrong_codes_not_even_the_right_one_is_tried(phones: Phones) -> None:
    locked_out(phones)

    said = phones.say(f"giúp {CODE}", on="con")

    assert "khai hộ được" not in said
    assert "60 phút nữa bác thử lại được" in said
    assert "hỏi cán bộ" in said


def test_the_fifth_wrong_code_says_until_when_none_is_tried(phones: Phones) -> None:
    assert "thử lại được" in locked_out(phones)


def test_after_an_hour_codes_are_tried_again(phones: Phones) -> None:
    locked_out(phones)
    phones.wait(timedelta(hours=1))

    phones.say("nhờ người giúp")

    assert "khai hộ được" in phones.say("giúp 000001", f"giúp {SECOND}", on="con")
    assert phones.session(1).locked_until is None


def test_five_wrong_codes_after_the_hour_lock_for_another_one(phones: Phones) -> None:
    locked_out(phones)
    phones.wait(timedelta(hours=1))

    said = phones.say(*(f"giúp 00000{number}" for number in range(4)), on="con")

    assert "thử lại được" not in said
    assert "thử lại được" in phones.say("giúp 000009", on="con")


def locked_out(phones: Phones) -> str:
    """A helper who has typed five wrong codes while a right one was there."""
    phones.agreed("con").with_profile().say("nhờ người giúp")
    return phones.say(*(f"giúp 00000{number}" for number in range(5)), on="con")


def test_wrong_codes_are_told_so_in_other_words_each_time(phones: Phones) -> None:
    phones.agreed()

    said = [phones.say("giúp 111111") for _ in range(3)]

    assert said[0] != said[1] != said[2]
    assert "hỏi cán bộ" in said[1]


def test_a_right_code_forgives_the_wrong_ones(phones: Phones) -> None:
    phones.agreed("con").with_profile().say("nhờ người giúp")

    phones.say("giúp 111111", f"giúp {CODE}", on="con")

    assert phones.session(1).tries == 0


def test_a_code_in_the_middle_of_a_form_leads_back_to_it(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say("hồ sơ chủ thể", on="con")

    assert "Hồ sơ này là của bác" in phones.say(f"giúp {CODE}", on="con")


def test_a_code_is_asked_for_where_any_text_is_an_answer(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm")

    said = phones.say("nhờ người giúp")

    assert "Mã cho người gõ hộ" in said
    assert "Sản phẩm tên là gì" in said


def test_without_a_producer_there_is_nothing_to_help_with(phones: Phones) -> None:
    said = phones.agreed().say("nhờ người giúp")

    assert "Hồ sơ này là của bác" in said
    assert phones.open_form() == "profile"


def test_only_the_hash_of_a_code_is_kept(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")

    with phones.database.reading() as tx:
        assert CODE not in str(tx.execute(text("SELECT * FROM codes")).all())


# -- the one who gave the code --------------------------------------------------------------------


def helped(phones: Phones) -> Phones:
    """A producer whose child has just used her code."""
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say(f"giúp {CODE}", on="con")
    return phones


def test_who_gave_the_code_hears_that_it_was_used_and_how_to_end_it(phones: Phones) -> None:
    said = helped(phones).read()

    assert "Có người vừa dùng mã của bác" in said
    assert "HTX Bản Liền" in said
    assert "thôi nhờ người giúp" in said


def test_who_used_the_code_is_named_where_a_name_is_known(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")
    phones.agreed("con").say("gõ hộ", "Lý Văn Nam", on="con")

    phones.say(f"giúp {CODE}", on="con")

    assert "Lý Văn Nam vừa dùng mã" in phones.read()


def test_a_helper_with_a_producer_of_their_own_is_called_by_its_representative(
    phones: Phones,
) -> None:
    phones.with_profile("ban").with_profile().say("nhờ người giúp")

    phones.say(f"giúp {CODE}", on="ban")

    assert "Vàng Thị Mẩy vừa dùng mã" in phones.read()


def test_using_ones_own_code_tells_nobody(phones: Phones) -> None:
    phones.with_profile().say("nhờ người giúp")

    assert "vừa dùng mã" not in phones.say(f"giúp {CODE}")


def test_a_helper_who_is_sent_away_is_told_and_acts_no_more(phones: Phones) -> None:
    helped(phones)

    said = phones.say("thôi nhờ người giúp")

    assert "không ai khai hộ bác" in said
    assert "HTX Bản Liền đã thôi nhờ bác" in phones.read("con")
    assert "Trước hết em ghi bác là ai" in phones.say("đăng ký sản phẩm", on="con")


def test_a_helper_who_is_sent_away_hands_nothing_in(phones: Phones) -> None:
    """What was begun in good time must not slip through afterwards."""
    helped(phones).say("đăng ký sản phẩm", *SHEET, on="con")
    phones.say("thôi nhờ người giúp")

    said = phones.say("gửi", on="con")

    assert "không còn nhờ bác khai hộ" in said
    assert phones.ideas() == []


def test_a_helper_who_is_sent_away_changes_no_profile(phones: Phones) -> None:
    helped(phones).say("hồ sơ chủ thể", "1", "sửa 3 là HTX Khác", on="con")
    phones.say("thôi nhờ người giúp")

    said = phones.say("gửi", on="con")

    assert "không còn nhờ bác khai hộ" in said
    assert [producer["name"] for producer in phones.producers()] == ["HTX Bản Liền"]


def test_the_producer_goes_on_acting_for_herself(phones: Phones) -> None:
    helped(phones).say("thôi nhờ người giúp")

    assert "Sản phẩm tên là gì" in phones.say("đăng ký sản phẩm")


def test_where_nobody_helps_that_is_said(phones: Phones) -> None:
    assert "không có ai khai hộ" in phones.with_profile().say("thoi nho nguoi giup")
