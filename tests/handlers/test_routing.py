"""Which handler hears an event: the open form, a list on the screen, or a free sentence."""

from itertools import pairwise

import pytest

from conversations.events import (
    Address,
    Contact,
    Content,
    Event,
    File,
    Location,
    Photo,
    Strange,
    Tap,
    Text,
    Voice,
    Wake,
)
from tests.handlers.phones import PROFILE, Phones


def test_the_menu_is_chosen_from_by_number(phones: Phones) -> None:
    assert "Đợt 1 năm 2027" in phones.agreed().say("menu", "5")


def test_its_numbers_hold_until_another_list_is_shown(phones: Phones) -> None:
    phones.agreed().say("menu", "5")

    assert "hội chợ" in phones.say("6")


def test_a_number_beyond_the_list_is_not_understood(phones: Phones) -> None:
    assert "chưa hiểu" in phones.agreed().say("menu", "42")


def test_the_same_number_sent_twice_chooses_once(phones: Phones) -> None:
    """The answer to the last question of consent must not also choose from the menu after it."""
    phones.say("chào em", "đồng ý")

    phones.at_once("1", "1")

    assert phones.open_form() == ""


def test_a_number_of_something_before_chooses_nothing_and_is_said_so(phones: Phones) -> None:
    phones.say("chào em", "đồng ý")

    said = phones.at_once("1", "2")

    assert phones.open_form() == ""
    assert "“2”" in said


def test_a_wish_sent_twice_is_done_once(phones: Phones) -> None:
    phones.with_profile()

    said = phones.at_once("đăng ký sản phẩm", "đăng ký sản phẩm")

    assert said.count("Sản phẩm tên là gì") == 1
    assert len(phones.session().runs) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09", "1. Đăng ký sản phẩm"),
        ("00", "1. Đăng ký sản phẩm"),
        ("05", "1. Đăng ký sản phẩm"),
        ("01", "00 quay lại"),
        ("02", "00 quay lại"),
        ("04", "Bác chưa có phiếu nào"),
        ("07", "hỏi cán bộ điều gì"),
        ("08", "Bác chưa gửi sản phẩm nào"),
        ("sửa 3", "Bác chưa có phiếu nào"),
        ("/han", "Đợt 1 năm 2027"),
        ("/help", "00 quay lại"),
        ("/menu", "1. Đăng ký sản phẩm"),
        ("/ngonngu", "From now on I speak English"),
        ("cảm ơn em", "không có gì ạ"),
        ("thêm", "chưa hiểu"),
    ],
)
def test_the_codes_and_commands_work_while_no_form_is_open(
    phones: Phones, text: str, expected: str
) -> None:
    assert expected in phones.agreed().say(text)


def test_unknown_texts_are_met_in_other_words_and_then_with_a_person(phones: Phones) -> None:
    phones.agreed()

    said = [phones.say("asdf qwer") for _ in range(7)]

    assert all(one != other for one, other in pairwise(said))
    assert "1. Hỏi cán bộ" not in said[1]
    assert all("1. Hỏi cán bộ" in words for words in said[2:])
    assert "hỏi cán bộ điều gì" in phones.say("1")


def test_after_being_understood_patience_is_new(phones: Phones) -> None:
    phones.agreed().say("asdf", "qwer", "zxcv", "hội chợ")

    assert "1. Đăng ký sản phẩm" in phones.say("asdf")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (Photo("a" * 64), "Em thấy ảnh rồi"),
        (File("a" * 64), "chưa cần tệp"),
        (Voice("a" * 64), "Em nhận được ghi âm rồi"),
        (Location(1, 2), "vị trí trên bản đồ"),
        (Contact("0912345678", own=True), "số điện thoại"),
        (Strange("sticker"), "Hình vui quá"),
        (Strange("empty_file"), "trống"),
        (Strange("poll"), "chưa đọc được"),
        (Tap("a|9|name|0"), "nút"),
    ],
)
def test_what_comes_while_nothing_was_asked_is_met_kindly_with_the_menu(
    phones: Phones, content: Content, words: str
) -> None:
    said = phones.agreed().do(content)

    assert words.casefold() in said.casefold()
    assert "1. Đăng ký sản phẩm" in said


def test_again_and_again_it_offers_a_person(phones: Phones) -> None:
    phones.agreed()

    said = [phones.do(Strange("sticker")) for _ in range(4)]

    assert "1. Hỏi cán bộ" in said[2]
    assert len(set(said)) == 4


def test_our_clock_while_nothing_is_open_changes_nothing(phones: Phones) -> None:
    assert phones.agreed().do(Wake()) == ""


@pytest.mark.parametrize("data", ["m|", "m|nothing", "m|draft", "m|code", "m|draft:", "m|a:b:c"])
def test_a_button_of_no_list_is_met_like_an_unknown_text(phones: Phones, data: str) -> None:
    assert phones.agreed().tap(data) != ""
    assert phones.session().stack == ()


def test_a_button_of_the_menu_works_in_the_middle_of_a_form(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể", "của tôi")

    said = phones.tap("m|rounds")

    assert "Đợt 1 năm 2027" in said
    assert "Tên chủ thể là gì" in said


@pytest.mark.parametrize(
    "asked", ["Bao giờ hết hạn nộp hả em?", "hội chợ", "có hội chợ nào không em"]
)
def test_questions_in_the_middle_of_a_form_are_answered_and_the_form_goes_on(
    phones: Phones, asked: str
) -> None:
    phones.agreed().say("hồ sơ chủ thể")
    for answer in PROFILE[:8]:
        before = phones.session().active()
        said = phones.say(asked)

        after = phones.session().active()
        assert before is not None
        assert after is not None
        assert (after.at, after.answers) == (before.at, before.answers)
        assert "Đợt 1 năm" in said or "hội chợ" in said
        phones.say(answer)


def test_a_question_to_the_officer_may_ask_about_dates(phones: Phones) -> None:
    phones.agreed().say("gặp cán bộ", "Bao giờ hết hạn nộp hả em?", "xong")

    assert phones.questions()[0]["text"] == "Bao giờ hết hạn nộp hả em?"


def test_asking_for_the_officer_twice_asks_once(phones: Phones) -> None:
    phones.agreed().say("gặp cán bộ", "gặp cán bộ")

    assert len(phones.session().runs) == 1


def test_what_she_is_after_in_the_middle_of_a_form_is_done(phones: Phones) -> None:
    phones.with_profile().say("hồ sơ chủ thể", "2")

    assert "Sản phẩm tên là gì" in phones.say("tôi muốn đăng ký sản phẩm")


def test_language_is_switched_anywhere_and_the_question_stays(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể", "của tôi")

    english = phones.say("English")
    vietnamese = phones.say("tiếng Việt")

    assert "What is the producer called?" in english
    assert "Tên chủ thể là gì" in vietnamese


def test_language_is_switched_before_consent_too(phones: Phones) -> None:
    assert "Do you agree?" in phones.say("chào em", "English")


def test_the_menu_knows_the_other_language(phones: Phones) -> None:
    phones.agreed().say("menu", "8")

    assert phones.session().language == "en"
    phones.say("menu", "8")
    assert phones.session().language == "vi"


def test_odd_signs_reach_nobody(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể", "của tôi", "HTX\x00 Bản\u202e Liền\ud800")

    assert phones.session().active().answers["name"] == "HTX Bản Liền"  # type: ignore[union-attr]  # it is open


def test_odd_signs_in_a_text_that_has_to_wait_reach_nobody_either(phones: Phones) -> None:
    """Two texts arrive together: the second waits until the question before it was shown."""
    phones.agreed()
    place, now = phones.player._screens.place, phones.player.now
    typed = ("hồ sơ chủ thể", "của tôi\ud800\x00")
    events = [
        Event(Address("console", "play", "main"), f"both-{number}", now, Text(text), place + 9)
        for number, text in enumerate(typed)
    ]

    phones.player._reception.hear(events)
    phones.player._screens.place = place + 1
    phones.player.deliver()

    assert "Tên chủ thể là gì" in phones.player.letters[-1][1]


def test_help_in_a_form_is_that_of_the_form_and_outside_shows_the_menu(phones: Phones) -> None:
    outside = phones.agreed().say("trợ giúp")
    inside = phones.say("hồ sơ chủ thể", "trợ giúp")

    assert "1. Đăng ký sản phẩm" in outside
    assert "Hồ sơ này là của bác" in inside


def test_thanks_in_a_form_that_understands_them_keep_the_question(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể")

    assert "thanks" in phones.tap("m|thanks") or "không có gì" in phones.read()
    assert phones.open_form() == "profile"


def test_help_by_its_button_in_a_form_leads_back(phones: Phones) -> None:
    phones.agreed().say("hồ sơ chủ thể")

    assert "Hồ sơ này là của bác" in phones.tap("m|help")
