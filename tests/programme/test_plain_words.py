"""Each criterion of the newest rules is asked in plain words, and its options fit on buttons."""

import re
from collections.abc import Iterator
from itertools import chain
from unicodedata import normalize

import pytest

from bot.wording import LABEL, LIMIT
from conversations import readings
from conversations.messages import Choice, Letter, Message
from conversations.reading import Read
from conversations.readings.choices import Option as Named
from programme import ruleset
from programme.folding import fold
from programme.sheets import Criterion, Option, sheet
from tests.wording import WORDING

RULES = ruleset.newest()
NUMBERS = ruleset.sheet_numbers(RULES)
LANGUAGES = ("vi", "en")
ASK, NAME, MOST_LINES = 140, 40, 4
ABOUT = ("ask", "label", "why", "example")

# What everybody here says; any other word in capitals is explained beside the question.
EVERYDAY = {"HTX", "OCOP"}
# Words of the law that a question or a button may use when it, or its why, says what they are.
EXPLAINED = (
    *("bản sắc", "cẩm nang", "chế biến sâu", "chỉ dẫn nguồn gốc địa lý", "công bố", "đa dạng"),
    *("công nghệ thông tin", "đại lý", "độc đáo", "hậu vị", "hồ sơ môi trường", "hương liệu"),
    *("hữu cơ", "kiểm nghiệm", "kiểm soát nội bộ", "liên kết", "nhãn hiệu", "nông thôn mới"),
    *("nổi trội", "phụ phẩm", "quảng bá", "sơ chế", "súc tích", "tạp chất", "tác dụng phụ"),
    *("thông điệp", "tiêu chuẩn sản phẩm", "tính năng", "tinh chế", "trải nghiệm", "xuất khẩu"),
    *("truy xuất nguồn gốc", "tinh xảo", "trí tuệ địa phương", "tập huấn", "mã quét", "bộ phận"),
)
# Words of the law that have an everyday word beside them.
NEVER = (
    *("an toàn vệ sinh", "cảm quan", "chủ thể", "địa bàn", "giải pháp hữu ích", "minh chứng"),
    *("sàn thương mại", "sở hữu trí tuệ", "thể chất", "thị trường mục tiêu", "tư liệu hoá"),
    *("website", "clip", "poster", "online", "năng lực sản xuất", "khu vực phân phối"),
)
CAPITALS = re.compile(r"\b\w*[A-ZĐ]\w*[A-ZĐ][\w-]*")
SAYS_WHAT = r"[^.;:]{0,60}?(?: là | gọi là | is | are |\()"

Line = tuple[Criterion, tuple[Option, ...]]


def lines(number: int) -> Iterator[Line]:
    """Each criterion of the set with the options that stand open, by variant."""
    found = sheet(RULES, number)
    for variant in found.variants or (None,):
        yield from ((line, line.open_to(variant)) for line in found.criteria)


def said(language: str, name: str, say: str) -> str:
    (letter,) = WORDING.letters(language, Message(f"criteria.{name}_{say}"))
    return letter.text


def asked(language: str, line: Line) -> Letter:
    criterion, options = line
    offers = [Choice(each.key, Message(f"criteria.option_{each.say}")) for each in options]
    choices = (*offers, Choice("k", Message("engine.keep")))
    (letter,) = WORDING.letters(language, Message(f"criteria.ask_{criterion.say}", {}, choices))
    return letter


def keys() -> set[str]:
    """The words that the sheets name."""
    named = set()
    for criterion, options in chain.from_iterable(map(lines, NUMBERS)):
        named |= {f"criteria.{name}_{criterion.say}" for name in ABOUT}
        named |= {f"criteria.option_{option.say}" for option in options}
    return named


def unexplained(shown: str, why: str) -> list[str]:
    told = f"{shown}. {why}"
    terms = [word for word in CAPITALS.findall(shown) if word not in EVERYDAY]
    terms += [term for term in EXPLAINED if term in shown.casefold()]
    return [
        term for term in terms if not re.search(re.escape(term) + SAYS_WHAT, told, re.IGNORECASE)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheets_and_the_texts_name_the_same_words(language: str) -> None:
    there = {key for key in WORDING.keys(language) if key.startswith("criteria.")}

    assert len(there) > 800
    assert sorted(keys() - there) == []
    assert sorted(there - keys()) == []
    assert [key for key in sorted(there) if WORDING.arguments(language, key)] == []


@pytest.mark.parametrize("name", ruleset.names()[:-1])
def test_older_rules_have_no_plain_words(name: str) -> None:
    rules = ruleset.rule_set(name)
    criteria = chain.from_iterable(sheet(rules, n).criteria for n in ruleset.sheet_numbers(rules))

    assert {say for each in criteria for say in (each.say, *(o.say for o in each.options))} == {""}


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_criterion_with_its_options_is_one_short_letter(language: str, number: int) -> None:
    for line in lines(number):
        letter = asked(language, line)
        labels = [label for _, label in letter.choices]
        shown = [f"{place}. {label}" for place, label in enumerate(labels, 1)]

        assert labels[:-1] == [said(language, "option", each.say) for each in line[1]]
        assert len("\n".join([letter.text, *shown])) <= LIMIT
        assert len(letter.text) <= ASK
        assert max(map(len, labels)) <= LABEL


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_about_a_criterion_is_short(language: str) -> None:
    for criterion, _ in chain.from_iterable(map(lines, NUMBERS)):
        texts = {name: said(language, name, criterion.say) for name in ABOUT}

        assert len(texts["label"]) <= NAME
        assert len(texts["why"].split("\n")) <= MOST_LINES
        assert all(0 < len(text) <= LIMIT for text in texts.values())
        assert all(text == normalize("NFC", text) for text in texts.values())


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_options_of_a_criterion_differ_without_their_marks(language: str, number: int) -> None:
    for _, options in lines(number):
        words = [fold(said(language, "option", each.say)) for each in options]

        assert len(set(words)) == len(words)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_option_typed_back_and_the_example_are_understood(language: str, number: int) -> None:
    for criterion, options in lines(number):
        words = {each.key: said(language, "option", each.say) for each in options}
        named = tuple(Named(key, (text,)) for key, text in words.items())
        example = said(language, "example", criterion.say)

        assert {key: readings.choice(text, named) for key, text in words.items()} == {
            key: Read(key) for key in words
        }
        assert fold(example) in map(fold, words.values())


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_the_law_stay_as_they_are(language: str, number: int) -> None:
    for _, options in lines(number):
        for option in options:
            figures = set(map(int, re.findall(r"\d+", said(language, "option", option.say))))
            decisive = set(map(int, re.findall(r"\d+(?= ?%| tháng)", option.label)))

            assert decisive <= figures <= set(map(int, re.findall(r"\d+", option.label)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_law_stands_unexplained(language: str) -> None:
    found = {}
    for line in chain.from_iterable(map(lines, NUMBERS)):
        letter = asked(language, line)
        shown = ". ".join([letter.text, *(label for _, label in letter.choices)])
        wrong = unexplained(shown, said(language, "why", line[0].say))
        wrong += [word for word in NEVER if language == "vi" and word in shown.casefold()]
        if wrong:
            found[line[0].say] = wrong

    assert found == {}


def test_an_abbreviation_or_a_term_without_its_meaning_is_found() -> None:
    assert unexplained("Có giấy HACCP chưa ạ?", "Hội đồng xem giấy.") == ["HACCP"]
    assert unexplained("Có giấy HACCP chưa ạ?", "HACCP là cách giữ hàng sạch.") == []
    assert unexplained("HTX có liên kết chưa ạ?", "") == ["liên kết"]
