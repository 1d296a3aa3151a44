"""Which ready answer, and whose help, fits what people type; measured on questions as they come."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from programme import answers, papers, products, ruleset, units
from programme.sheets import sheet
from programme.units import About

ASKED = yaml.safe_load(Path(__file__).with_name("asked.yaml").read_bytes())
EVERY = [(group, each) for group, some in ASKED.items() for each in some]


@dataclass(frozen=True)
class Measured:
    """How many questions were offered the right text, a wrong one, and none where one was due."""

    right: int
    wrong: list[str]
    missed: int


def offered(each: dict[str, Any]) -> str:
    found = answers.offered(each["text"], each.get("paper", ""))
    return found[0] if found else ""


def measured(group: str) -> Measured:
    due = [(each, offered(each)) for each in ASKED[group]]
    return Measured(
        sum(bool(found) and found == each["ready"] for each, found in due),
        [each["text"] for each, found in due if found and found != each["ready"]],
        sum(bool(each["ready"]) and not found for each, found in due),
    )


@pytest.mark.parametrize("group", ASKED)
def test_nobody_is_offered_an_answer_to_something_else(group: str) -> None:
    """The officer answers anyway; nonsense would only teach people to read past it."""
    assert measured(group).wrong == []


def test_most_questions_that_the_rules_answer_are_recognised() -> None:
    """Nothing was made to fit the fresh ones: of twelve in twenty she is spared the waiting."""
    seen, reworked, fresh = (measured(group) for group in ("seen", "reworked", "fresh"))

    assert len(EVERY) >= 150
    assert (seen.right, seen.missed) == (30, 0)
    assert reworked.right >= 24  # of 30
    assert fresh.right >= 12  # of 21


def test_an_officer_sees_the_right_text_among_three_more_often() -> None:
    due = [each for _, each in EVERY if each["ready"]]
    found = [
        each["ready"]
        in [one.key for one in answers.proposed(each["text"], each.get("paper", ""))[:3]]
        for each in due
    ]

    assert len(due) >= 80
    assert sum(found) / len(found) >= 0.9


def test_a_question_goes_to_the_unit_that_helps_with_it() -> None:
    due = [each for _, each in EVERY if "unit" in each]
    wrong = []
    for each in due:
        about = About(each.get("paper", ""), "", each.get("set", 0))
        found = units.concerned(each["text"], about)
        if found[:1] != (each["unit"],):
            wrong.append((each["text"], found))

    assert len(due) >= 50
    assert len(wrong) <= 1, wrong  # "máy xay" is a loan's purpose there, not a machine's support


@pytest.mark.parametrize("text", ["", "   ", "?!.", "🙏🙏", "a", "ocop", "em oi", "chao em", "1"])
def test_what_says_nothing_is_offered_nothing(text: str) -> None:
    assert answers.offered(text) == ()
    assert answers.proposed(text) == ()
    assert units.concerned(text, About()) == ()


def test_a_story_is_for_a_person_though_a_known_question_stands_in_it() -> None:
    story = "nha toi lam mien dong tu nam 1998 den nay hai vo chong cung lam " * 4

    assert answers.offered("hạn nộp hồ sơ là ngày nào") == ("rounds",)
    assert answers.offered(story + "han nop ho so la ngay nao") == ()


def test_a_question_about_the_paper_on_the_screen_need_not_name_it() -> None:
    assert answers.offered("làm ở đâu, mất mấy ngày") == ()
    assert answers.offered("làm ở đâu, mất mấy ngày", "test_report") == ("paper:test_report",)


def test_the_same_with_marks_without_and_with_shorthand() -> None:
    ways = (
        "Giấy an toàn thực phẩm xin ở đâu?",
        "giay an toan thuc pham xin o dau",
        "giấy ATTP xin ở đâu",
    )

    assert {answers.offered(way) for way in ways} == {("paper:food_safety_certificate",)}


# -- earlier questions -----------------------------------------------------------------------------


EARLIER = [
    ("1", "rượu ngô có phải xin giấy phép sản xuất không"),
    ("2", "hội chợ tháng 12 có hỗ trợ tiền gian hàng không"),
    ("3", "tem nhãn in ở đâu cho rẻ"),
    ("4", "máy hút chân không có được hỗ trợ không"),
]


def test_an_earlier_question_in_other_words_is_found() -> None:
    found = answers.alike("nhà em nấu rượu ngô thì phải xin giấy phép sản xuất à", EARLIER)

    assert [one.key for one in found] == ["1"]


def test_a_question_that_only_shares_common_words_is_not_alike() -> None:
    assert answers.alike("sản phẩm có phải nộp mẫu không", EARLIER) == ()
    assert answers.alike("em oi", EARLIER) == ()


def test_answers_are_searched_by_words_without_marks() -> None:
    assert answers.matching("gian hang", EARLIER) == ("2",)
    assert answers.matching("câu nào", EARLIER) == ()
    assert answers.matching("có", EARLIER) == ("1", "2", "4")


# -- the data --------------------------------------------------------------------------------------


def test_each_of_the_eleven_units_of_the_plan_is_there_and_known_by_its_names() -> None:
    every = units.units()

    assert len(every) == 11
    for unit in every:
        assert all(unit.id in units.of_office(name, ()) for name in unit.names)


def test_each_office_of_the_sample_programme_stands_for_one_of_the_units() -> None:
    sample = Path(answers.__file__).parent / "sample" / "seeds.yaml"
    every = yaml.safe_load(sample.read_bytes())["help_units"]
    offices = [each for each in every if each["source"] == "004"]
    found = [units.of_office(each["unit"], each["duties"]) for each in offices]

    assert [len(each) for each in found] == [1] * 11
    assert frozenset().union(*found) == {unit.id for unit in units.units()}


def test_an_office_of_an_unknown_name_is_what_it_says_that_it_does() -> None:
    duties = ("Hướng dẫn đăng ký sở hữu trí tuệ, mã số mã vạch", "Tạo điều kiện vay vốn")

    assert units.of_office("Tổ hỗ trợ khởi sự", duties) == {"trade", "banks"}
    assert units.of_office("Nhà văn hoá thôn", ()) == frozenset()


def test_units_speak_of_papers_and_topics_that_there_are() -> None:
    rules = ruleset.newest()
    known = set(papers.papers(rules))
    topics = {
        line.topic
        for number in ruleset.sheet_numbers(rules)
        for line in sheet(rules, number).criteria
    }

    for unit in units.units():
        assert unit.papers <= known, unit.id
        assert unit.criteria <= topics, (unit.id, unit.criteria - topics)


def test_a_paper_of_food_safety_is_the_business_of_the_products_ministry() -> None:
    asked = "giấy an toàn thực phẩm xin ở đâu"
    found = {number: units.concerned(asked, About(product_set=number)) for number in (3, 5, 19)}

    assert found == {3: ("agriculture",), 5: ("trade",), 19: ("health",)}
    assert products.by_number(5) is not None


def test_the_criterion_on_the_screen_says_whose_business_a_question_is() -> None:
    assert units.concerned("cái này hỏi ai", About(topic="story")) == ("culture",)
    assert units.concerned("cái này hỏi ai", About(topic="environment")) == ("environment",)
