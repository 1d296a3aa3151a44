"""Messages become the exact words of letters, short enough for a small screen."""

import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import UndefinedError

from bot.wording import LIMIT, Wording
from conversations.messages import Choice, Letter, Message, Shown

FIGURES = """
{% macro signs() %}.,{% endmacro %}
{% macro money(amount) %}{{ amount }} đồng{% endmacro %}
{% macro months(months) %}tháng {{ months }}{% endmacro %}
{% macro all_year() %}quanh năm{% endmacro %}
{% macro words(count) %}{{ count }} chữ{% endmacro %}
{% macro to_producer() %}bác{% endmacro %}
{% macro to_officer() %}anh chị{% endmacro %}
"""
TALK = """
{% macro hello() %}Chào bác ạ.{% endmacro %}
{% macro echo(value) %}{{ value }}{% endmacro %}
{% macro pair(label, value) %}{{ label }}: {{ value }}{% endmacro %}
{% macro lines(lines) %}{{ lines | join("\\n") }}{% endmacro %}
{% macro by(turn) %}{{ by_turn(turn, "một", "hai", "ba") }}{% endmacro %}
{% macro maybe(value) %}{{ value if value else "trống" }}{% endmacro %}
{% macro number(value) %}{{ value | so }}{% endmacro %}
{% macro percent(value) %}{{ value | phan_tram }}{% endmacro %}
{% macro money(value) %}{{ value | tien }}{% endmacro %}
{% macro day(value) %}{{ value | ngay }}{% endmacro %}
{% macro moment(value) %}{{ value | ngay_gio }}{% endmacro %}
{% macro months(value) %}{{ value | thang }}{% endmacro %}
{% macro phone(value) %}{{ value | dien_thoai }}{% endmacro %}
{% macro brief(value) %}{{ value | gon(20) }}{% endmacro %}
{% macro large(value) %}{{ value | hoa }}{% endmacro %}
"""
VALUES = """
{% macro text(value) %}{{ value | gon }}{% endmacro %}
{% macro raw(value) %}{{ value | gon }}{% endmacro %}
{% macro star(value) %}{{ value }} sao{% endmacro %}
{% macro choices(value) %}{{ value | join(", ") if value else "chưa có" }}{% endmacro %}
"""
FORM = """
{% macro kind_team() %}Tổ hợp tác{% endmacro %}
{% macro kind_company() %}Công ty{% endmacro %}
{% macro parts_kind_team() %}Tổ{% endmacro %}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    for language in ("vi", "en"):
        (folder / language).mkdir()
        (folder / language / "figures.j2").write_text(FIGURES, encoding="utf-8")
    (folder / "en" / "figures.j2").write_text(
        FIGURES.replace("%}.,{%", "%},.{%").replace("{{ amount }} đồng", "{{ amount }} VND"),
        encoding="utf-8",
    )
    (folder / "pages").mkdir()
    (folder / "pages" / "phone.html.j2").write_text("{{ nothing }}", encoding="utf-8")
    for name, source in {"talk": TALK, "values": VALUES, "form": FORM}.items():
        (folder / "vi" / f"{name}.j2").write_text(source, encoding="utf-8")
    (folder / "en" / "talk.j2").write_text(TALK, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def wording(folder: Path) -> Wording:
    return Wording(folder)


def said(wording: Wording, key: str, language: str = "vi", **args: object) -> str:
    """The only letter's text."""
    (letter,) = wording.letters(language, Message(key, args))
    return letter.text


def test_a_message_becomes_one_letter_with_its_labels_and_prompt(wording: Wording) -> None:
    choices = (Choice("a|1", Message("form.kind_team")), Choice("a|2", "Hộ Vàng Thị Mai"))

    letters = wording.letters("vi", Message("talk.hello", choices=choices, prompt=7))

    labels = (("a|1", "Tổ hợp tác"), ("a|2", "Hộ Vàng Thị Mai"))
    assert letters == (Letter("Chào bác ạ.", labels, 7),)


def test_an_officer_at_work_is_addressed_as_one_and_what_people_typed_stays(
    wording: Wording,
) -> None:
    lead = (Message("talk.hello"), Message("talk.echo", {"value": "bác sĩ Mai"}, at_work=True))
    message = Message("talk.hello", lead=lead, at_work=True)

    for _ in range(2):  # the second time from what was compiled
        (letter,) = wording.letters("vi", message)
        assert letter.text == "Chào bác ạ.\nbác sĩ Mai\nChào anh chị ạ."


def test_a_name_on_a_button_is_cut_to_what_it_can_show(wording: Wording) -> None:
    name = "Hợp tác xã nông nghiệp dịch vụ tổng hợp và du lịch cộng đồng Bản Liền"

    (letter,) = wording.letters("vi", Message("talk.hello", choices=(Choice("1", name),)))

    assert letter.choices[0][1] == name[:59] + "…"


def test_what_leads_stands_on_its_own_lines_first(wording: Wording) -> None:
    lead = (Message("talk.echo", {"value": "một"}), Message("talk.echo", {"value": "hai"}))

    (letter,) = wording.letters("vi", Message("talk.hello", lead=lead, prompt=3))

    assert letter == Letter("một\nhai\nChào bác ạ.", (), 3)


def test_messages_inside_messages_become_text(wording: Wording) -> None:
    line = Message("talk.pair", {"label": Message("form.kind_team"), "value": 5})

    assert said(wording, "talk.lines", lines=(line, line)) == "Tổ hợp tác: 5\nTổ hợp tác: 5"


def test_an_answer_is_read_out_by_its_kind(wording: Wording) -> None:
    assert said(wording, "talk.echo", value=Shown("star", 3)) == "3 sao"


@pytest.mark.parametrize("question", ["kind", "parts_kind", "parts.0.kind"])
def test_an_option_is_read_out_by_its_label(wording: Wording, question: str) -> None:
    shown = Shown("choice", "team", "form", question)

    assert said(wording, "talk.echo", value=shown).startswith("Tổ")


def test_several_options_are_read_out_in_a_row_and_none_of_them_too(wording: Wording) -> None:
    some = Shown("choices", ["team", "company"], "form", "kind")
    none = Shown("choices", [], "form", "kind")

    assert said(wording, "talk.echo", value=some) == "Tổ hợp tác, Công ty"
    assert said(wording, "talk.echo", value=none) == "chưa có"


def test_an_option_that_lost_its_label_is_still_read_out(wording: Wording) -> None:
    assert said(wording, "talk.echo", value=Shown("choice", "union", "form", "kind")) == "union"


def test_words_kept_for_the_officer_are_read_out_as_typed(wording: Wording) -> None:
    shown = Shown("star", {"raw": "bốn sao rưỡi"})

    assert said(wording, "talk.echo", value=shown) == "bốn sao rưỡi"


def test_nothing_stays_nothing(wording: Wording) -> None:
    assert said(wording, "talk.maybe", value=None) == "trống"
    assert said(wording, "talk.maybe", value=Shown("star", None)) == "trống"


@pytest.mark.parametrize("typed", ["{{ 7*7 }}", "{% raw %}", "<b>_*đậm*_</b>", "'; DROP TABLE x"])
def test_what_a_person_typed_is_never_a_template(wording: Wording, typed: str) -> None:
    assert said(wording, "talk.echo", value=Shown("text", typed)) == typed


def test_letters_are_composed_and_free_of_signs_that_break_them(wording: Wording) -> None:
    typed = unicodedata.normalize("NFD", "Bản Liền") + "\x00\u202e\ud800\x1b!"

    assert said(wording, "talk.echo", value=typed) == "Bản Liền!"


def test_turns_go_round_the_ways_to_say_it(wording: Wording) -> None:
    texts = [said(wording, "talk.by", turn=turn) for turn in range(1, 5)]

    assert texts == ["một", "hai", "ba", "một"]


def test_a_missing_argument_is_an_error_and_not_a_hole_in_the_sentence(wording: Wording) -> None:
    with pytest.raises(UndefinedError):
        wording.letters("vi", Message("talk.pair", {"label": "xã"}))


def test_an_unknown_text_is_an_error(wording: Wording) -> None:
    for key in ("talk.nothing", "nowhere.hello", "../vi/talk.hello"):
        with pytest.raises(KeyError):
            wording.letters("vi", Message(key))


def test_it_tells_what_texts_there_are_and_what_they_need(wording: Wording) -> None:
    assert wording.languages() == ("en", "vi")
    assert "form.kind_team" in wording.keys("vi")
    assert "form.kind_team" not in wording.keys("en")
    assert wording.has("vi", "talk.pair")
    assert not wording.has("en", "form.kind_team")
    assert wording.arguments("vi", "talk.pair") == ("label", "value")


def test_compiled_texts_are_kept_for_the_next_start(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "compiled"
    Wording(folder, kept).letters("vi", Message("talk.hello"))
    files = {path: path.stat().st_mtime_ns for path in kept.iterdir()}

    (letter,) = Wording(folder, kept).letters("vi", Message("talk.hello"))

    assert letter.text == "Chào bác ạ."
    assert files
    assert {path: path.stat().st_mtime_ns for path in kept.iterdir()} == files


# -- figures --------------------------------------------------------------------------------------

FIGURE_CASES = [
    ("number", 1234567, "1.234.567", "1,234,567"),
    ("number", 12, "12", "12"),
    ("number", 2.5, "2,5", "2.5"),
    ("number", 70.0, "70", "70"),
    ("percent", 33.3333333, "33,3333%", "33.3333%"),
    ("money", 2500000, "2.500.000 đồng", "2,500,000 VND"),
    ("day", date(2026, 9, 30), "30/9/2026", "30/9/2026"),
    ("day", "2015-03-02", "2/3/2015", "2/3/2015"),
    ("day", "2015-03", "3/2015", "3/2015"),
    ("day", "2015", "2015", "2015"),
    ("day", datetime(2026, 4, 29, 18, 30, tzinfo=UTC), "30/4/2026", "30/4/2026"),
    ("moment", datetime(2026, 4, 29, 18, 5, tzinfo=UTC), "01:05 30/4/2026", "01:05 30/4/2026"),
    ("months", [6, 7, 8], "tháng 6, 7, 8", "tháng 6, 7, 8"),
    ("months", [11, 12, 1], "tháng 11, 12, 1", "tháng 11, 12, 1"),
    ("months", list(range(1, 13)), "quanh năm", "quanh năm"),
    ("phone", "0912345678", "0912 345 678", "0912 345 678"),
    ("phone", "+84912345678", "0912 345 678", "0912 345 678"),
    ("phone", "02143880123", "02143 880 123", "02143 880 123"),
    ("phone", "19001234", "19001234", "19001234"),
    ("brief", "gạo nếp", "gạo nếp", "gạo nếp"),
    ("brief", "gạo nếp thơm,  dẻo và rất ngon", "gạo nếp thơm, dẻo… (7 chữ)", None),
    ("large", "hợp tác xã OCOP", "Hợp tác xã OCOP", "Hợp tác xã OCOP"),
]


@pytest.mark.parametrize(("macro", "value", "vietnamese", "english"), FIGURE_CASES)
def test_figures_are_written_as_the_language_does(
    wording: Wording, macro: str, value: object, vietnamese: str, english: str | None
) -> None:
    assert said(wording, f"talk.{macro}", value=value) == vietnamese
    if english is not None:
        assert said(wording, f"talk.{macro}", "en", value=value) == english


# -- long texts -----------------------------------------------------------------------------------


def test_a_long_story_is_shortened_and_its_words_counted(wording: Wording) -> None:
    text = said(wording, "talk.echo", value=Shown("text", "hạt gạo " * 620))

    assert len(text) <= 140
    assert text.endswith("… (1.240 chữ)")


def test_many_lines_are_split_between_lines(wording: Wording) -> None:
    lines = tuple(f"{number}. dòng thứ {number} của phiếu" for number in range(1, 31))

    letters = wording.letters("vi", Message("talk.lines", {"lines": lines}))

    assert len(letters) > 1
    assert "\n".join(letter.text for letter in letters).split("\n") == list(lines)
    assert all(len(letter.text) <= LIMIT for letter in letters)


def test_a_paragraph_is_split_where_a_sentence_ends(wording: Wording) -> None:
    text = "Gạo thơm lắm ạ. " * 40

    first, *_ = wording.letters("vi", Message("talk.echo", {"value": text}))

    assert first.text.endswith("ạ.")


def test_only_the_last_letter_asks(wording: Wording) -> None:
    choices = (Choice("1", "Đúng"), Choice("2", "Không"))
    message = Message("talk.echo", {"value": "Gạo thơm lắm. " * 30}, choices, prompt=4)

    *before, last = wording.letters("vi", message)

    assert before
    assert all(letter.choices == () and letter.prompt is None for letter in before)
    assert (last.choices, last.prompt) == ((("1", "Đúng"), ("2", "Không")), 4)


def test_the_numbered_choices_count_as_part_of_the_letter(wording: Wording) -> None:
    choices = tuple(Choice(str(number), "một lựa chọn khá dài" * 2) for number in range(4))
    message = Message("talk.echo", {"value": "Gạo thơm lắm. " * 15}, choices)

    first, last = wording.letters("vi", message)

    assert first.text.count("Gạo") + last.text.count("Gạo") == 15
    assert last.text.count("Gạo") == 1


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.sampled_from("aạ .\n?!đ{}%"), min_size=1, max_size=2000))
def test_no_word_is_lost_by_splitting(wording: Wording, text: str) -> None:
    letters = wording.letters("vi", Message("talk.echo", {"value": text}, (Choice("1", "Có"),)))

    together = "".join(letter.text for letter in letters)
    assert "".join(together.split()) == "".join(text.split())
    assert all(len(letter.text) <= LIMIT for letter in letters)
    assert [letter.choices for letter in letters[:-1]] == [()] * (len(letters) - 1)
