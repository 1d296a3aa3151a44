"""Consent: nothing of a person is kept before it, and it can be taken back at any time."""

import pytest

from conversations.events import Photo, Strange
from tests.handlers.phones import Phones

SECRET = "Vàng Thị Mẩy 0982345671"


@pytest.mark.parametrize(
    "texts",
    [
        (f"chào em, tôi là {SECRET}",),
        ("chào em", SECRET),
        ("chào em", SECRET, SECRET, f"địa chỉ {SECRET}"),
        ("chào em", "vì sao hỏi", SECRET),
        ("chào em", "đồng ý nhưng mà", SECRET),
        ("chào em", "English", SECRET),
        ("chào em", "để sau", SECRET),
        ("chào em", "không", SECRET),
        ("chào em", "không", f"đăng ký sản phẩm của {SECRET}"),
        ("gõ hộ", SECRET),
        (f"hết hạn chưa {SECRET}",),
        ("giúp 123456", SECRET),
    ],
)
def test_before_consent_nothing_that_was_typed_is_kept_anywhere(
    phones: Phones, texts: tuple[str, ...]
) -> None:
    phones.say(*texts)

    kept = phones.everything()
    assert "0982345671" not in kept
    assert "thi may" not in kept.casefold()
    assert "mẩy" not in kept.casefold()


def test_what_is_typed_in_one_breath_with_the_greeting_is_not_kept_either(phones: Phones) -> None:
    phones.at_once("chào em", SECRET, "1")

    assert "0982345671" not in phones.everything()


def test_the_first_greeting_says_what_this_is_and_asks(phones: Phones) -> None:
    greeting = phones.say("chào em")

    assert "là máy trả lời" in greeting
    assert "Bác có đồng ý không ạ?" in greeting
    assert greeting.count("\n") < 8


def test_each_purpose_is_agreed_to_on_its_own(phones: Phones) -> None:
    phones.say("chào em", "đồng ý", "chỉ nhắc hạn")

    assert phones.session().consent == {"dossier": 1, "reminders": 1}


def test_agreeing_to_no_messages_is_agreeing_all_the_same(phones: Phones) -> None:
    phones.say("chào em", "đồng ý", "không nhận")

    assert phones.session().consent == {"dossier": 1}


def test_what_she_came_for_goes_on_after_consent(phones: Phones) -> None:
    assert "Hồ sơ này là của bác" in phones.say("tôi muốn đăng ký sản phẩm", "đồng ý", "cả hai")


def test_said_in_one_breath_with_the_greeting_it_is_remembered_too(phones: Phones) -> None:
    phones.at_once("chào em", "tôi muốn đăng ký sản phẩm")

    assert "Hồ sơ này là của bác" in phones.say("đồng ý", "cả hai")


def test_said_while_we_ask_for_consent_it_is_remembered_too(phones: Phones) -> None:
    phones.say("chào em", "tôi muốn đăng ký sản phẩm")

    assert "Hồ sơ này là của bác" in phones.say("đồng ý", "cả hai")


def test_small_talk_is_nothing_to_come_back_to(phones: Phones) -> None:
    phones.say("cảm ơn em")

    assert phones.session().after == ""


def test_a_no_keeps_nothing_and_leaves_rounds_and_fairs_open(phones: Phones) -> None:
    refused = phones.say("chào em", "không")

    assert "không lưu gì" in refused
    assert "Đợt 1 năm 2027" in phones.say("bao giờ hết hạn nộp")
    assert "hội chợ" in phones.say("hội chợ")
    assert phones.session().consent == {}


def test_who_changes_her_mind_need_not_read_it_all_again(phones: Phones) -> None:
    asked = phones.say("chào em", "không", "đồng ý")

    assert "là máy trả lời" not in asked
    assert "nhắc hạn" in asked
    assert phones.say("cả hai")
    assert phones.session().consent["dossier"] == 1


def test_who_has_never_read_it_is_asked_even_if_she_says_yes(phones: Phones) -> None:
    assert "là máy trả lời" in phones.say("đồng ý")


def test_later_is_no_yes(phones: Phones) -> None:
    said = phones.say("chào em", "để sau")

    assert said == "Dạ, thôi ạ. Em không ghi gì cả."
    assert phones.session().runs == ()


@pytest.mark.parametrize("wish", ["đăng ký sản phẩm", "hồ sơ chủ thể", "gặp cán bộ", "1", "gõ hộ"])
def test_nothing_else_is_done_before_consent(phones: Phones, wish: str) -> None:
    phones.say("chào em", wish)

    assert phones.open_form() == "consent"
    assert len(phones.session().runs) == 1 or wish == "1"


def test_a_picture_or_a_sticker_first_is_greeted_the_same(phones: Phones) -> None:
    assert "Bác có đồng ý không ạ?" in phones.do(Strange("sticker"))
    assert "0" * 64 not in phones.everything()


def test_a_picture_before_consent_is_not_noted(phones: Phones) -> None:
    phones.do(Photo("0" * 64))

    assert "0" * 64 not in phones.everything()


def test_consent_is_taken_back_anywhere_even_where_any_text_is_an_answer(phones: Phones) -> None:
    phones.with_profile()
    phones.say("đăng ký sản phẩm")

    said = phones.say("rút đồng ý")

    assert "bác rút lời đồng ý" in said
    assert phones.session().consent == {}
    assert phones.open_form() == ""


def test_after_that_everything_asks_for_consent_again(phones: Phones) -> None:
    phones.with_profile().say("rút đồng ý")

    assert "Bác có đồng ý không ạ?" in phones.say("đăng ký sản phẩm")


def test_drafts_come_back_with_a_new_consent(phones: Phones) -> None:
    phones.with_profile()
    phones.say("đăng ký sản phẩm", "Gạo Khẩu Mẹo", "rút đồng ý")

    phones.say("tiếp tục", "đồng ý", "cả hai")

    assert phones.open_form() == "idea"


def test_taking_back_what_was_never_given_keeps_nothing(phones: Phones) -> None:
    assert "không lưu gì" in phones.say("chào em", "rút đồng ý")
    assert phones.session().runs == ()


def test_a_new_version_of_the_words_asks_again(
    phones: Phones, monkeypatch: pytest.MonkeyPatch
) -> None:
    from handlers.producer import consenting  # noqa: PLC0415 - the one that is patched

    phones.agreed()
    monkeypatch.setattr(consenting, "WORDS_VERSION", 2)

    assert "Bác có đồng ý không ạ?" in phones.say("đăng ký sản phẩm")
