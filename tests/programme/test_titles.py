"""What papers are called, and what their first lines say they are."""

import pytest

from programme import papers, ruleset
from programme.folding import fold
from programme.titles import likely, titles

RULES = ruleset.newest()


def test_every_kind_of_paper_has_names_and_no_other_does() -> None:
    assert set(titles(RULES)) >= set(papers.papers(RULES)) - {"form_03"}
    assert set(titles(RULES)) <= set(papers.papers(RULES))
    assert all(title.called for title in titles(RULES).values())


def test_names_are_folded_for_reading() -> None:
    for title in titles(RULES).values():
        for name in (*title.called, *title.printed):
            assert name == fold(name)


def test_no_two_kinds_are_called_the_same() -> None:
    called = [name for title in titles(RULES).values() for name in title.called]

    assert sorted(name for name in set(called) if called.count(name) > 1) == []


@pytest.mark.parametrize("name", ruleset.names()[:-1])
def test_older_rules_have_no_titles_and_guess_nothing(name: str) -> None:
    rules = ruleset.rule_set(name)

    assert titles(rules) == {}
    assert likely("giay chung nhan dang ky ho kinh doanh", rules) == ()


@pytest.mark.parametrize("paper", [id_ for id_ in titles(RULES) if titles(RULES)[id_].printed])
def test_a_paper_that_bears_its_title_is_among_the_likely(paper: str) -> None:
    for title in titles(RULES)[paper].printed:
        assert paper in likely(f"cong hoa xa hoi chu nghia viet nam\n{title}\nso 12/2025", RULES)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("GIẤY CHỨNG NHẬN CƠ SỞ ĐỦ ĐIỀU KIỆN AN TOÀN THỰC PHẨM", "food_safety_certificate"),
        ("giay chung nhan co so du dieu kien an toan thuc pharn", "food_safety_certificate"),
        ("PHIẾU KẾT QUẢ KIỂM NGHIỆM", "test_report"),
        ("KẾT QUẢ KIỂM NGHIỆM ĐỊNH KỲ", "periodic_test_report"),
        ("BẢN TỰ CÔNG BỐ SẢN PHẨM", "declaration"),
        ("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỢP TÁC XÃ", "business_registration"),
        ("GIẤY CHỨNG NHẬN ĐĂNG KÝ NHÃN HIỆU", "trademark_certificate"),
    ],
)
def test_the_longest_title_that_stands_there_is_the_likeliest(text: str, first: str) -> None:
    assert likely(fold(text), RULES)[0] == first


@pytest.mark.parametrize("text", ["", "gao nep", "giay", "a" * 5000])
def test_a_text_without_a_title_says_nothing(text: str) -> None:
    assert likely(text, RULES) == ()


def test_at_most_three_are_likely() -> None:
    everything = "\n".join(p for title in titles(RULES).values() for p in title.printed)

    assert len(likely(everything, RULES)) == 3
