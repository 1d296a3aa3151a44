"""The officer's few words: becoming one, listing ideas, answering a question."""

import pytest

from conversations.events import Photo
from tests.handlers.phones import SHEET, Phones


@pytest.fixture
def officer(phones: Phones) -> Phones:
    phones.say("/start CANBO", on="canbo")
    return phones


def test_the_code_makes_an_officer(phones: Phones) -> None:
    assert "phiếu mới và câu hỏi em báo ở đây" in phones.say("/start CANBO", on="canbo")


def test_a_wrong_code_is_just_a_start(phones: Phones) -> None:
    assert "Bác có đồng ý không ạ?" in phones.say("/start WRONG", on="la")


def test_an_idea_is_told_to_the_officer_at_once(officer: Phones) -> None:
    officer.with_idea()

    told = officer.read("canbo")
    assert "Phiếu ý tưởng mới YT-2026-0001: Gạo Khẩu Mẹo" in told
    assert "HTX Bản Liền" in told
    assert "Người gõ hộ" not in told


def test_a_typed_for_idea_names_the_hand(officer: Phones) -> None:
    officer.agreed().say("gõ hộ", "Lý Văn Nam")

    officer.say("hồ sơ chủ thể")
    officer.with_idea()

    assert officer.ideas()[0]["hand"] in {"", "Lý Văn Nam"}


def test_the_officer_lists_what_came(officer: Phones) -> None:
    empty = officer.say("danh sách", on="canbo")
    officer.with_idea()

    assert "Chưa có phiếu ý tưởng nào" in empty
    assert "• YT-2026-0001: Gạo Khẩu Mẹo, HTX Bản Liền" in officer.say("ds", on="canbo")


def test_a_question_that_is_not_there_is_said_so(officer: Phones) -> None:
    assert "Không có câu hỏi số 7" in officer.say("TL 7 vâng", on="canbo")


@pytest.mark.parametrize("typed", ["TL 1: vâng", "tra loi cau so 1 vâng", "TL số 1 vâng"])
def test_the_answer_may_be_typed_in_several_ways(officer: Phones, typed: str) -> None:
    officer.agreed().say("gặp cán bộ", "hỏi gì đó", "xong")

    officer.say(typed, on="canbo")

    assert officer.questions()[0]["answer"] == "vâng"


@pytest.mark.parametrize(
    "text", ["danh sách", "TL 1 xin chào", "tra loi 1 abc", "hồ sơ", "đạt 1", "chỗ ngờ 1", "đạt"]
)
def test_whoever_is_no_officer_is_heard_like_anybody(phones: Phones, text: str) -> None:
    said = phones.agreed().say(text)

    assert "phiếu ý tưởng mới" not in said.casefold()
    assert phones.questions() == []


def test_an_empty_answer_is_not_sent(officer: Phones) -> None:
    officer.agreed().say("gặp cán bộ", "hỏi gì đó", "xong")

    officer.say("TL 1", on="canbo")

    assert officer.questions()[0]["answer"] is None


def test_a_long_question_reaches_the_officer_whole_in_short_letters(officer: Phones) -> None:
    officer.agreed().say("gặp cán bộ", "nhà tôi làm rượu ngô men lá " * 40, "xong")

    letters = [words for phone, words in officer.player.letters if phone == "canbo"]
    assert all(len(words) <= 300 for words in letters)
    assert sum(words.count("men lá") for words in letters) == 40


def test_the_photos_of_an_idea_are_sent_one_by_one_with_whose_they_are(officer: Phones) -> None:
    officer.with_profile()
    officer.say("đăng ký sản phẩm", "Gạo Khẩu Mẹo")
    officer.do(Photo("a" * 64))
    officer.do(Photo("b" * 64))
    officer.say(*SHEET[1:], "gửi")

    told = officer.say("xem ảnh 1", on="canbo")

    assert "YT-2026-0001, Gạo Khẩu Mẹo: ảnh 1/2" in told
    assert "ảnh 2/2" in told


def test_without_photos_the_officer_is_told_what_to_do(officer: Phones) -> None:
    officer.with_idea()

    assert "chưa có ảnh nào" in officer.say("ảnh YT-2026-0001", on="canbo")
    assert "chưa có phiếu ý tưởng số 7" in officer.say("anh 7", on="canbo")


def test_who_is_no_officer_sees_nobodys_photos(phones: Phones) -> None:
    phones.with_idea()

    assert "YT-2026" not in phones.say("xem ảnh 1", on="la")
