"""One thing has one name, in all that people read; and English counts as English does."""

import re

import pytest

from conversations.messages import Message, Shown
from programme import products
from tests.wording import TEMPLATES, WORDING

VIETNAMESE = [*(TEMPLATES / "vi").glob("*.j2"), TEMPLATES / "documents" / "card.typ"]
OTHER_NAMES = {
    "bảng điểm": ("phiếu điểm", "ảnh bảng điểm", "thẻ điểm"),
    "đường dễ nhất": ("đường nhẹ nhất", "đường rẻ nhất", "con đường lên sao", "đường lên sao"),
    "báo cáo tự đánh giá": ("báo cáo tự chấm",),
    "sổ mẻ hàng": ("sổ theo dõi mẻ", "sổ theo dõi từng mẻ", "sổ từng mẻ", "lô sản xuất", "sổ lô"),
}
SETS = products.product_sets()


@pytest.mark.parametrize("name", OTHER_NAMES)
def test_a_thing_is_called_by_its_one_name(name: str) -> None:
    said = {path.name: path.read_text(encoding="utf-8").lower() for path in VIETNAMESE}

    assert [each for each, text in said.items() if name in text]
    for other in OTHER_NAMES[name]:
        assert [each for each, text in said.items() if other in text] == [], other


@pytest.mark.parametrize("language", WORDING.languages())
def test_a_name_of_a_paper_has_no_comma_that_a_list_would_swallow(language: str) -> None:
    names = [key for key in WORDING.keys(language) if key.startswith("papers.name_")]

    assert len(names) > 30
    assert [key for key in names if "," in said(language, key)] == []


def test_english_knows_one_from_many() -> None:
    text = " ".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / "en").glob("*.j2"))

    assert re.findall(r"\w+\(s\)", text) == []
    assert said("en", "score.points", points=1, most=1) == "✓ 1 of 1 point."
    assert said("en", "score.points", points=1, most=3) == "✓ 1 of 3 points."
    assert said("en", "writing.begin", count=1).startswith("You answer 1 question, ")
    assert said("en", "score.unanswered", count=1) == "1 question has no answer yet."
    assert said("en", "values.months", value=[1]) == "month 1"
    assert said("en", "values.months", value=[9, 10]) == "months 9, 10"
    assert said("en", "values.labour", value={"total": 1, "local": 1}).startswith("1 person, ")
    assert "About 1 day (my guess)." in said(
        "en", "score.step", label="a", option="b", papers=(), days=1, by=None
    )


@pytest.mark.parametrize("each", SETS, ids=lambda each: str(each.number))
def test_a_product_set_has_a_name_in_each_language(each: products.ProductSet) -> None:
    value = Shown("product_set", {"number": each.number, "name": each.name})
    message = Message("engine.review", {"title": "", "lines": (value,)})

    vietnamese, english = (words(language, message) for language in ("vi", "en"))

    assert f"Bộ {each.number}: {each.name[:40]}" in vietnamese
    assert f"Set {each.number}: " in english
    assert english.split(f"Set {each.number}: ")[1].split("\n")[0].isascii()
    assert "…" not in english


def test_a_product_group_has_a_name_in_english() -> None:
    for group in products.groups():
        value = {"code": group.code, "name": group.name}
        assert said("en", "values.product_group", value=value).isascii()


def words(language: str, message: Message) -> str:
    return "\n".join(letter.text for letter in WORDING.letters(language, message))


def said(language: str, key: str, **args: object) -> str:
    return words(language, Message(key, args))
