"""The words that work at every question: with marks, without, wrapped in politeness, as digits."""

import pytest
from msgspec.structs import replace

from conversations import commands, walk
from conversations.commands import Command, called, parse
from conversations.form import Form
from conversations.session import REVIEW
from tests.conversations.samples import IDS, POSITIONS, filled, standing_at
from tests.conversations.talking import Chat, keys

WAYS = {
    "back": ("quay lại", "quay lai", "00", "Dạ quay lại ạ", "QUAY LAI", "back"),
    "help": ("trợ giúp", "tro giup", "01", "giúp tôi với", "?", "help"),
    "why": ("vì sao hỏi", "vi sao hoi", "02", "sao hỏi vậy em", "tại sao", "why"),
    "skip": ("không trả lời", "khong tra loi", "03", "em ơi bỏ qua nhé", "bo qua", "skip"),
    "review": ("xem lại", "xem lai", "04", "cho bác xem lại nhé", "doc lai", "review"),
    "later": ("để sau", "de sau", "05", "thôi để sau", "mai làm tiếp", "later"),
    "restart": ("làm lại", "lam lai", "06", "lam lai tu dau", "restart"),
    "officer": ("gặp cán bộ", "gap can bo", "07", "cho tôi gặp cán bộ", "officer"),
    "status": ("còn thiếu gì", "con thieu gi", "08", "con thieu gi vay em", "status"),
    "menu": ("danh mục", "danh muc", "09", "menu"),
    "withdraw": ("rút lại", "rut lai", "hủy bỏ", "withdraw"),
}
EVERYWHERE = [(name, *ways) for name, ways in WAYS.items()]
PAIRS = [(name, way) for name, ways in WAYS.items() for way in ways]


@pytest.mark.parametrize(("name", "way"), PAIRS)
@pytest.mark.parametrize("free", [True, False])
def test_a_command_is_heard_in_every_way_it_is_said(name: str, way: str, free: bool) -> None:
    assert parse(way, free=free) == Command(name)


@pytest.mark.parametrize(
    "text",
    [
        "gạo nếp", "quay lại làng cũ", "bỏ quả vào", "xong việc đồng áng", "sữa bò", "3", "", " ",
        "giúp việc", "sau này", "cán bộ xã khen", "a" * 500, "vì sao người ta thích mua",
    ],
)  # fmt: skip
def test_a_sentence_with_such_a_word_in_it_is_no_command(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "free", "expected"),
    [
        ("bò", False, None),
        ("bo", True, None),
        ("bo", False, "skip"),
        ("bỏ", True, "skip"),
        ("sữa", False, None),
        ("sua", True, None),
        ("sửa", True, "edit"),
        ("gùi", False, None),
        ("gui", True, None),
        ("gửi", True, "send"),
        ("quà", False, None),
        ("qua", True, None),
        ("Huy", True, None),
        ("huỷ", True, "withdraw"),
        ("hủy", True, "withdraw"),
        ("Nghị", True, None),
        ("dồi", False, None),
        ("đổi", True, "edit"),
    ],
)
def test_marks_decide_between_a_thing_and_a_command(
    text: str, free: bool, expected: str | None
) -> None:
    command = parse(text, free=free)

    assert (command.name if command else None) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sửa 3", Command("edit", 3)),
        ("sua cau 12", Command("edit", 12)),
        ("em sửa dòng 3 nhé", Command("edit", 3)),
        ("sửa 3 thành Gạo nếp", Command("edit", 3, "Gạo nếp")),
        ("sua 3 thanh  gao  nep", Command("edit", 3, "gao  nep")),
        ("sửa câu 7: 5 người, 3 trong xã", Command("edit", 7, "5 người, 3 trong xã")),
        ("su\u031b\u0309a 3 tha\u0300nh Ga\u0323o", Command("edit", 3, "Gạo")),
        ("sửa 3 thành", Command("edit", 3)),
        ("sửa 3 là gạo", Command("edit", 3, "gạo")),
        ("edit 3 to rice", Command("edit", 3, "rice")),
        ("sửa 3 thành dòng một\ndòng hai", Command("edit", 3, "dòng một\ndòng hai")),
        ("sửa", Command("edit")),
        ("bớt 2", Command("remove", 2)),
        ("xoa so 2", Command("remove", 2)),
        ("bớt đường 2 thìa", None),
        ("sửa sang nhà cửa", None),
    ],
)
def test_commands_with_a_number(text: str, expected: Command | None) -> None:
    assert parse(text) == expected


def test_a_long_new_value_is_whole() -> None:
    value = "giống lúa cũ của bản " * 100

    command = parse(f"sửa 9 thành {value}")

    assert command == Command("edit", 9, value)


@pytest.mark.parametrize(
    ("text", "name", "into"),
    [
        ("sửa nơi tổ chức: Sa Pa", "noi to chuc", "Sa Pa"),
        ("sua noi to chuc: Sa Pa", "noi to chuc", "Sa Pa"),
        ("Em ơi sửa Nơi tổ chức :Sa Pa", "noi to chuc", "Sa Pa"),
        ("sua noi to chuc thanh Sa Pa", "noi to chuc", "Sa Pa"),
        ("sửa thành phần: HTX", "thanh phan", "HTX"),
        ("sửa tên thành Trà: lá xanh", "ten", "Trà: lá xanh"),
        ("sửa đơn vị tổ chức thành: Sở Công Thương", "don vi to chuc", "Sở Công Thương"),
        ("đổi tên trà lá là Trà xanh", "ten tra la", "Trà xanh"),
        ("change place to Sa Pa", "place", "Sa Pa"),
        ("sửa lại tên nhé", "ten", ""),
    ],
)
def test_a_line_is_edited_by_its_name(text: str, name: str, into: str) -> None:
    command = called(text)

    assert command is not None
    assert (name, into) in command.called


@pytest.mark.parametrize("text", ["sữa bò: tươi", "đồi chè là đẹp", "gửi hàng đi", "sửa"])
def test_milk_and_hills_edit_nothing(text: str) -> None:
    assert called(text) is None


# -- at every question ----------------------------------------------------------------------------


def outcome(chat: Chat, text: str) -> tuple[str, str, list[str]]:
    turn = chat.say(text).turns[-1]
    return turn.outcome, chat.run.at, list(keys(turn.messages))


@pytest.mark.parametrize(("form", "path"), POSITIONS, ids=IDS)
def test_at_every_question_the_words_and_the_digits_do_the_same(form: Form, path: str) -> None:
    for _name, marked, bare, digits, *_ in (way for way in EVERYWHERE if way[0] != "withdraw"):
        told = [outcome(standing_at(form, path), way) for way in (marked, bare)]

        assert told[0] == told[1]
        if digits.isdecimal():
            assert outcome(standing_at(form, path), digits) == told[0]


@pytest.mark.parametrize(("form", "path"), POSITIONS, ids=IDS)
def test_at_every_question_each_command_does_its_deed(form: Form, path: str) -> None:
    expected = {
        "later": "parked",
        "officer": "officer",
        "menu": "menu",
    }
    run = standing_at(form, path).run
    without = replace(run, skipped=(*run.skipped, path))
    skippable = form.question(path).optional and not form.review
    if skippable and walk.following(form, without) == REVIEW:
        expected["skip"] = "sent"  # nothing is left to be asked
    for name, first, *_ in EVERYWHERE:
        chat = standing_at(form, path)
        before = chat.answers

        turn = chat.say(first).turns[-1]

        assert turn.outcome == expected.get(name, "")
        assert chat.answers == before
        assert turn.messages or turn.outcome


@pytest.mark.parametrize(("form", "path"), POSITIONS, ids=IDS)
def test_help_and_why_leave_the_question_on_the_screen(form: Form, path: str) -> None:
    for word in ("trợ giúp", "vì sao hỏi", "còn thiếu gì"):
        chat = standing_at(form, path)

        turn = chat.say(word).turns[-1]

        assert chat.run.at == path
        assert turn.messages[-1].prompt == chat.session.token


def test_at_the_review_the_commands_work_too() -> None:
    for form in {form.name: form for form, _ in POSITIONS if form.review}.values():
        for word in ("trợ giúp", "vì sao hỏi", "còn thiếu gì", "xem lại", "bỏ qua"):
            chat = filled(form).say(word)

            assert chat.run.at == "review"
            assert chat.turns[-1].messages[-1].prompt is not None
        assert filled(form).say("để sau").turns[-1].outcome == "parked"
        assert filled(form).say("quay lại").run.at != "review"


def test_every_word_stands_for_one_command() -> None:
    words = [word for words in commands._WORDS.values() for word in words.split("|")]

    assert len(words) == len(set(words))
