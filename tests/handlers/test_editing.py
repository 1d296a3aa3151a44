"""Changing an answer by what its line is called, as people say it who count no lines."""

import pytest

from conversations.form import Question
from conversations.forms import catalogue
from conversations.messages import Message
from programme.folding import fold
from tests.handlers.phones import SHEET, Phones
from tests.wording import WORDING as WORDS

SPOKEN = {
    "sửa tên": "Sản phẩm tên là gì",
    "sua ten": "Sản phẩm tên là gì",
    "sửa lại tên sản phẩm nhé": "Sản phẩm tên là gì",
    "doi nguyen lieu": "Làm từ nguyên liệu nào",
    "sua nguyen liu": "Làm từ nguyên liệu nào",
    "thay đổi đóng gói": "Bác đóng gói thế nào",
    "sửa mùa": "Tháng nào có hàng",
    "sua nguoi lam": "Có mấy người làm",
    "sửa nơi làm": "Sản phẩm làm ở xã nào",
    "gửi ảnh": "Bác gửi ảnh sản phẩm",
    "them anh": "Bác gửi ảnh sản phẩm",
    "edit packaging": "Bác đóng gói thế nào",
}


@pytest.fixture
def reviewing(phones: Phones) -> Phones:
    """Somebody who is being read back the sheet of an idea."""
    phones.with_profile().say("đăng ký sản phẩm", *SHEET)
    return phones


@pytest.mark.parametrize(("said", "asked"), SPOKEN.items())
def test_a_line_is_changed_by_its_name(reviewing: Phones, said: str, asked: str) -> None:
    assert asked in reviewing.say(said)


def test_a_name_that_fits_several_lines_asks_which(reviewing: Phones) -> None:
    said = reviewing.say("sua vung")

    assert "Bác muốn sửa dòng nào" in said
    assert "6. Nguồn nguyên liệu: trong xã 100%" in said
    assert "14. Nơi làm: xã Bản Liền" in said
    assert "Tháng" not in said


def test_after_which_a_number_is_the_line(reviewing: Phones) -> None:
    assert "Thứ này lấy trong xã bao nhiêu phần trăm" in reviewing.say("sua vung", "6")


def test_of_several_materials_is_asked_which(phones: Phones) -> None:
    phones.with_profile().say("đăng ký sản phẩm", *SHEET[:5], "thêm", "men lá", "xã 100%")

    said = phones.say("sửa nguyên liệu")

    assert "5. Nguyên liệu: thóc" in said
    assert "7. Nguyên liệu: men lá" in said


def test_the_new_answer_may_be_said_at_once(reviewing: Phones) -> None:
    said = reviewing.say("sửa tên thành Gạo Séng Cù")

    assert "Em đã sửa tên sản phẩm: Gạo Séng Cù" in said


@pytest.mark.parametrize("milk", ["sua tuoi", "sữa chua dê", "sữa tên núi", "đồi chè", "doi lon"])
def test_milk_is_a_product_and_no_command(phones: Phones, milk: str) -> None:
    phones.with_profile()

    phones.say("đăng ký sản phẩm", milk)

    (run,) = phones.session().runs
    assert run.answers["name"] == milk


def test_a_name_that_no_line_has_is_said_to_be_unclear(reviewing: Phones) -> None:
    assert "sửa 3" in reviewing.say("sửa con trâu")


def test_in_a_form_without_review_it_is_just_a_text(phones: Phones) -> None:
    phones.agreed().say("hỏi cán bộ", "sửa tên thì làm thế nào ạ", "xong")

    assert [asked["text"] for asked in phones.questions()] == ["sửa tên thì làm thế nào ạ"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", ["idea", "profile"])
def test_every_line_answers_to_the_name_that_it_is_read_out_by(form: str, language: str) -> None:
    """Who reads "Mùa có hàng" on the screen must be able to say so."""
    known: dict[str, tuple[str, ...]] = {}
    for entry in catalogue[form].questions:
        inner = [entry] if isinstance(entry, Question) else entry.questions
        prefix = "" if isinstance(entry, Question) else f"{entry.key}_"
        known |= {f"{prefix}{question.key}": question.names for question in inner}
    labels = {
        key: fold(WORDS.letters(language, Message(f"{form}.label_{key}"))[0].text) for key in known
    }

    assert len(labels) > 10
    assert {key: label for key, label in labels.items() if label not in known[key]} == {}
