"""Somebody types for somebody else: on the same phone, or from their own by a code."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.handlers.phones import Phones

CODE = "271828"  # the first code that a played phone gives


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
    phones.agreed("con").with_profile().say("nhờ người giúp")

    for number in range(5):
        phones.say(f"giúp 00000{number}", on="con")

    assert "khai hộ được" not in phones.say(f"giúp {CODE}", on="con")


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
