"""A paper from the phone: bad photos asked for again, pages together, its kind, its days."""

from datetime import date
from typing import Any

import pytest

from conversations.answers import Asked
from conversations.events import File, Photo, Seen, Text
from conversations.forms import catalogue
from conversations.messages import Message
from conversations.papering import (
    Pages,
    PaperFacts,
    PaperKind,
    day,
    likely,
    named,
    read_on,
    rules_of,
)
from conversations.play import PAUSE
from conversations.reading import Read, Wrong
from programme import papers, ruleset
from tests.conversations.talking import Chat
from tests.every_form import paper

OPEN = ("food_safety_certificate", "labour_list", "declaration")
READ: dict[str, Any] = {
    "number": "157/2025",
    "issued": "2025-03-01",
    "expires": "2028-03-01",
    "holder": "HTX Bản Liền",
    "likely": ["food_safety_certificate"],
}
ASKED = Asked("paper", "name", date(2026, 11, 23), {}, paper(*OPEN))
PROVINCE = """
papers:
  - {id: forest_permit, row: 3, name: "Giấy xác nhận gom dược liệu", copy: plain, months: null,
     lead_days: 20, issuer: "hạt kiểm lâm", confidence: high, source: "tỉnh"}
"""


def photo(place: int = 1, *faults: str, more: bool = False, **read: Any) -> Photo:
    return Photo(f"{place:064}", more=more, seen=Seen(faults, read=read))


def pdf(number: int = 1, refused: str = "", sheets: int = 1) -> File:
    return File(f"{number:064}", "giay.pdf", seen=Seen(refused=refused, sheets=sheets))


def asked_for(*open_: str, **more: Any) -> Chat:
    return Chat(catalogue["paper"], facts=paper(*(open_ or OPEN), **more)).begun()


def files(talk: Chat) -> list[str]:
    return [page["file"][-1] for page in talk.answers["pages"]]


# -- pages ----------------------------------------------------------------------------------------


def test_a_good_page_is_taken_and_more_may_come() -> None:
    talk = asked_for()

    talk.do(photo(1))
    first = talk.words()
    talk.do(photo(2))

    assert "nhận 1 tờ" in first
    assert "nhận 2 tờ" in talk.words()
    assert files(talk.say("xong")) == ["1", "2"]


def test_the_pause_ends_the_pages() -> None:
    talk = asked_for()
    talk.do(photo(1))

    talk.wait(PAUSE)

    assert talk.run.at == "name"


def test_a_bad_photo_is_asked_for_again_twice_and_then_taken_with_its_flaw() -> None:
    """Nobody is sent away: what cannot be done better goes to the officer, marked."""
    talk = asked_for()
    said = []
    for number in (1, 2, 3):
        talk.do(photo(number, "blurred"))
        said.append(talk.said)

    assert said == [["papers.fault_blurred"], ["papers.fault_blurred"], ["papers.taken_anyway"]]
    assert "ảnh nhoè" in talk.words()
    talk.say("xong")
    assert files(talk) == ["3"]
    assert talk.answers["pages"][0]["faults"] == ["blurred"]


def test_the_gravest_fault_is_told_and_never_in_the_same_words_twice() -> None:
    talk = asked_for()
    talk.do(photo(1, "cut", "glare"))
    first = talk.words()
    talk.do(photo(2, "cut"))

    assert talk.said == ["papers.fault_cut"]
    assert talk.words() != first


def test_a_good_photo_in_between_begins_the_count_anew() -> None:
    talk = asked_for()
    for number, faults in enumerate((("dark",), ("dark",), (), ("dark",)), 1):
        talk.do(photo(number, *faults))

    assert talk.said == ["papers.fault_dark"]
    assert files(talk.say("xong")) == ["3"]


@pytest.mark.parametrize("reason", ["locked", "broken", "empty", "strange", "too_long", "gone"])
def test_what_cannot_be_opened_is_never_taken(reason: str) -> None:
    talk = asked_for()
    for number in range(5):
        talk.do(pdf(number, reason))
        assert "pages" not in talk.answers

    talk.say("xong")

    assert talk.run.at == "pages"
    assert "pages" not in talk.answers


def test_a_locked_document_does_not_use_up_the_patience_with_photos() -> None:
    talk = asked_for()
    for content in (pdf(1, "locked"), pdf(2, "locked"), photo(3, "blurred")):
        talk.do(content)

    assert talk.run.parts[-1]["refused"] == "blurred"


def test_a_file_that_was_refused_may_be_sent_again_and_a_page_counts_once() -> None:
    talk = asked_for()
    for content in (photo(1, "dark"), photo(1, "dark"), photo(1, "dark"), photo(1, "dark")):
        talk.do(content)

    assert talk.said == ["papers.taken_anyway"]
    assert files(talk.say("xong")) == ["1"]


def test_the_same_page_twice_is_said_to_be_there() -> None:
    talk = asked_for()
    talk.do(photo(1))

    talk.do(photo(1))

    assert "nhận 1 tờ" in talk.words()
    assert files(talk.say("xong")) == ["1"]


def test_an_album_is_answered_once_at_its_last_picture() -> None:
    talk = asked_for()

    turns = [talk.do(photo(number, more=number < 4)) for number in (1, 2, 3, 4)]

    assert [len(turn.messages) for turn in turns] == [0, 0, 0, 1]
    assert "nhận 4 tờ" in talk.words()


def test_a_bad_picture_of_an_album_is_told_at_once() -> None:
    talk = asked_for()

    turns = [talk.do(photo(1, more=True)), talk.do(photo(2, "cut", more=True)), talk.do(photo(3))]

    assert [len(turn.messages) for turn in turns] == [0, 1, 1]
    assert files(talk.say("xong")) == ["1", "3"]


def test_the_sheets_of_a_document_are_counted() -> None:
    talk = asked_for()

    talk.do(pdf(1, sheets=12))

    assert "nhận 12 tờ" in talk.words()


def test_thirty_pages_are_enough() -> None:
    talk = asked_for()

    for number in range(30):
        talk.do(photo(number))

    assert talk.run.at == "name"
    assert len(talk.answers["pages"]) == 30


def test_a_page_that_comes_late_is_put_to_the_others() -> None:
    talk = asked_for()
    talk.do(photo(1))
    talk.say("xong")

    talk.do(photo(2))

    assert talk.run.at == "name"
    assert files(talk) == ["1", "2"]


def test_a_page_that_comes_late_and_cannot_be_used_is_asked_for_again() -> None:
    talk = asked_for()
    talk.do(photo(1))
    talk.say("xong")

    talk.do(photo(2, "blurred"))
    blurred = talk.said
    talk.do(pdf(3, "locked"))

    assert blurred == ["papers.fault_blurred"]
    assert talk.said == ["papers.refused_locked"]
    assert files(talk) == ["1"]


def test_late_pages_of_an_album_are_answered_once() -> None:
    talk = asked_for()
    talk.do(photo(1))
    talk.say("xong")

    quiet = talk.do(photo(2, more=True))
    talk.do(photo(3))

    assert quiet.messages == ()
    assert "3 tờ" in talk.words()


def test_words_are_no_page() -> None:
    assert asked_for().say("giấy đây em").said == ["problems.pages"]
    assert Pages().read("giấy", ASKED) == Wrong("pages")


def test_before_the_first_page_there_is_nothing_to_remark() -> None:
    assert Pages().remark([]) is None


# -- which paper ----------------------------------------------------------------------------------


def at_name(*pages: Photo, **more: Any) -> Chat:
    talk = asked_for(**more)
    for page in pages or (photo(1),):
        talk.do(page)
    return talk.say("xong")


def test_what_is_still_needed_is_offered_by_number() -> None:
    talk = at_name()

    labels = [choice.label for choice in talk.turns[-1].messages[-1].choices]
    assert labels == [Message(f"papers.name_{id_}") for id_ in OPEN]
    assert talk.say("2").answers["name"] == "labour_list"


def test_what_a_photo_seems_to_show_is_asked_back() -> None:
    talk = at_name(photo(1, **READ))

    assert talk.said[-1] == "engine.confirm"
    assert talk.say("đúng").answers["name"] == "food_safety_certificate"


def test_a_photo_that_may_show_several_papers_offers_those_that_are_needed() -> None:
    talk = at_name(photo(1, likely=["form_02", "labour_list", "declaration"]))

    assert talk.say("2").answers["name"] == "declaration"


def test_what_is_not_needed_is_guessed_where_nothing_else_fits() -> None:
    talk = at_name(photo(1, likely=["award"]))

    assert talk.say("đúng").answers["name"] == "award"


def test_a_wrong_guess_leads_to_the_list() -> None:
    talk = at_name(photo(1, **READ)).say("không")

    assert talk.say("danh sách lao động").answers["name"] == "labour_list"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("attp", "food_safety_certificate"),
        ("giay an toan thuc pham", "food_safety_certificate"),
        ("phiếu kiểm nghiệm", "test_report"),
        ("phieu kiem nghiem", "test_report"),
        ("Danh sách người làm", "labour_list"),
        ("1", "food_safety_certificate"),
        ("product story", "story_text"),
        ("prizes and awards", "award"),
    ],
)
def test_a_paper_is_known_by_what_people_call_it(typed: str, meant: str) -> None:
    reading = PaperKind().read(typed, ASKED)

    assert isinstance(reading, Read)
    assert reading.value == meant


def test_numbers_beyond_the_list_mean_no_paper() -> None:
    assert PaperKind().read("4", ASKED) is None
    assert PaperKind().read("0", ASKED) is None
    assert PaperKind().read("giấy gì đó", ASKED) is None


def test_a_paper_that_a_province_adds_has_the_name_of_its_data(tmp_path: Any) -> None:
    (tmp_path / "evidence.yaml").write_text(PROVINCE, encoding="utf-8")
    facts = paper("forest_permit", overlays=[str(tmp_path)])
    rules = rules_of(facts)
    asked = Asked("paper", "name", date(2026, 11, 23), {}, facts)

    assert named("forest_permit", rules) == "Giấy xác nhận gom dược liệu"
    assert named("award", rules) == Message("papers.name_award")
    assert [offer.label for offer in PaperKind().offers(asked)] == ["Giấy xác nhận gom dược liệu"]
    assert PaperKind().read("giay xac nhan gom duoc lieu", asked) == Read("forest_permit")


def test_a_paper_that_is_asked_for_by_name_is_not_asked_what_it_is() -> None:
    talk = at_name(paper="labour_list")

    assert talk.answers["name"] == "labour_list"
    assert talk.run.at == "dates"


# -- what stands on it ----------------------------------------------------------------------------


def test_days_that_were_read_are_read_back_before_they_count() -> None:
    talk = at_name(photo(1, **READ)).say("đúng")

    assert talk.said[-1] == "engine.confirm"
    assert "cấp ngày 1/3/2025, hết hạn ngày 1/3/2028" in talk.words()
    talk.say("đúng")
    assert talk.turns[-1].outcome == "sent"
    assert talk.answers["dates"] == {key: READ[key] for key in list(READ)[:4]}


def test_typed_days_are_read_back_too() -> None:
    talk = at_name(paper="food_safety_certificate").say("cấp 1/3/2025, hết hạn 1/3/2028")

    assert talk.said[-1] == "engine.confirm"
    assert talk.say("đúng").answers["dates"] == {"issued": "2025-03-01", "expires": "2028-03-01"}


def test_a_day_of_issue_that_has_not_come_is_said_to_be_wrong() -> None:
    talk = at_name(paper="food_safety_certificate").say("cấp 1/3/2027")

    assert talk.said == ["problems.date_future"]
    assert PaperFacts().read("cấp 1/3/2027", ASKED) == Wrong("date_future")


def test_a_paper_without_a_term_is_not_asked_for_its_days() -> None:
    rules = ruleset.newest()
    assert papers.papers(rules)["story_text"].months is None

    talk = at_name(paper="story_text")

    assert talk.turns[-1].outcome == "sent"
    assert "dates" not in talk.answers


def test_days_need_not_be_told() -> None:
    assert at_name(paper="food_safety_certificate").say("bỏ qua").turns[-1].outcome == "sent"


def test_what_is_no_day_gets_an_example() -> None:
    talk = at_name(paper="food_safety_certificate").say("lâu rồi em")
    first = talk.said
    talk.do(Text("hồi xưa"))

    assert first == ["problems.paper_facts"]
    assert "cấp 1/3/2025, hết hạn 1/3/2028" in talk.words()


def test_the_first_page_that_says_it_counts() -> None:
    pages = [
        {"read": {"number": None, "issued": "2025-03-01", "likely": ["award"]}},
        {"read": {"number": "157", "issued": "2020-01-01", "likely": ["labour_list", "award"]}},
    ]

    assert read_on(pages) == {"issued": "2025-03-01", "number": "157"}
    assert likely(pages) == ("award", "labour_list")


def test_a_day_in_an_answer_is_a_day() -> None:
    assert day("2025-03-01") == date(2025, 3, 1)
    assert day(None) is None
    assert day("") is None
