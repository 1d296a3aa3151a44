"""Hộp thư: what waits, one thing after another, and what becomes of ideas and papers."""

from datetime import date, timedelta

import pytest

from conversations.answers import Asked, Readable
from conversations.events import Tap
from conversations.forms.give_back import Reason
from conversations.messages import Message
from conversations.reading import Read, Wrong
from handlers.reasons import told
from programme import papers as kinds
from programme import reasons, ruleset
from programme.roles import Role
from storage import ideas, papers, reminders
from tests.handlers.offices import AREAS, COMMUNE, MAIN, OTHER, appoint, give, letters, noted
from tests.handlers.offices import opened as with_offices
from tests.handlers.phones import Phones

_OF_PAPERS = frozenset({"expires", "before_council"})


@pytest.fixture
def offices(phones: Phones) -> Phones:
    return with_offices(phones)


def xa(phones: Phones, *texts: str) -> str:
    return phones.say(*texts, on="xa")


# -- the list --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["việc", "hộp thư", "viec cho toi", "Hop thu.", "inbox"])
def test_the_inbox_counts_first_and_lists_by_number(offices: Phones, typed: str) -> None:
    give(offices)

    said = xa(offices, typed)

    assert said.startswith("Có 2 việc chờ anh chị: 1 phiếu ý tưởng, 1 giấy.")
    assert "1. Phiếu 1: Gạo Khẩu Mẹo\n2. Giấy 1: câu chuyện sản phẩm" in said


def test_more_than_a_page_is_gone_through_page_by_page_and_next_by_next(offices: Phones) -> None:
    for kind in ("story_text", "declaration", "test_report", "label", "story_leaflet"):
        give(offices, kind if kind != "label" else "trace_stamp")

    first = xa(offices, "việc")
    second = xa(offices, "5")

    assert [first.count(f"Giấy {n}:") for n in range(1, 6)] == [1, 1, 1, 0, 0]
    assert [second.count(f"Giấy {n}:") for n in range(1, 6)] == [0, 0, 0, 1, 1]
    opened = [xa(offices, "hộp thư", "1"), *(xa(offices, "tiếp") for _ in range(5))]
    assert "YT-2026-0001" in opened[0]
    assert [f"Giấy số {n}:" in said for n, said in enumerate(opened[1:], 1)] == [True] * 5
    assert "Hết lượt rồi ạ" in xa(offices, "tiếp")


def test_nothing_waiting_is_said_kindly_and_leads_on(offices: Phones) -> None:
    xa(offices, "việc", "1", "1")

    assert "Hộp thư trống" in xa(offices, "việc")
    assert "gõ: hồ sơ" in xa(offices, "việc")


def test_producers_and_officers_of_elsewhere_have_no_such_inbox(offices: Phones) -> None:
    offices.say("/start CANBO", on="la")
    appoint(offices, "68")

    assert "Hộp thư trống" in offices.say("việc", on="la")
    assert "việc chờ" not in offices.say("hộp thư")


def test_a_member_of_the_council_reads_and_judges_nothing(offices: Phones) -> None:
    number = give(offices)
    offices.say("/start CANBO", on="tv")
    appoint(offices, AREAS["tinh"], Role.MEMBER)

    said = offices.say(f"xem giấy {number}", on="tv")

    assert "Đạt" not in said
    assert "thành viên Hội đồng không làm được" in offices.say(f"đạt {number}", on="tv")
    assert offices.papers()[0]["verdict"] is None


# -- ideas -----------------------------------------------------------------------------------------


def test_an_idea_is_accepted_and_she_is_told_what_comes_next(offices: Phones) -> None:
    said = xa(offices, "việc", "1", "1")

    assert "✓ Em ghi nhận phiếu YT-2026-0001" in said
    assert "bác gõ: còn thiếu gì" in letters(offices, "main")[-1]
    assert (COMMUNE, "accepted_idea", "idea", 1) in noted(offices)


def test_an_idea_is_asked_about_and_the_answer_stands_with_it(offices: Phones) -> None:
    xa(offices, "việc", "1", "3", "mỗi năm bao nhiêu cân?")
    assert "Hộp thư trống" in xa(offices, "việc")

    offices.say("đáp chừng 500 cân")

    assert "chừng 500 cân" in letters(offices, "xa")[-1]
    assert "anh chị hỏi: mỗi năm bao nhiêu cân?" in (said := xa(offices, "việc", "1"))
    assert "chủ thể đáp: chừng 500 cân" in said


def test_an_answer_without_words_is_asked_for_and_one_that_nobody_wants_is_no_answer(
    offices: Phones,
) -> None:
    assert "chưa hiểu" in offices.say("đáp chừng 500 cân")
    xa(offices, "hỏi phiếu 1: mỗi năm bao nhiêu cân?")

    assert "Bác đáp cán bộ thế nào ạ?" in offices.say("đáp")
    assert "Em chuyển lời đáp" in offices.say("chừng 500 cân")


def test_a_returned_idea_is_mended_with_all_its_answers_under_a_new_receipt(
    offices: Phones,
) -> None:
    xa(offices, "trả phiếu 1: chưa rõ giống lúa nào")
    assert "chưa rõ giống lúa nào" in letters(offices, "main")[-1]

    review = offices.say("sửa phiếu")
    assert "9. Điểm đặc biệt: giống cũ" in review
    assert "Phiếu này thay cho phiếu YT-2026-0001" in offices.say("sửa 9", "giống Khẩu Mẹo", "gửi")

    with offices.database.reading() as tx:
        old, new = ideas.everyone(tx)
    assert (old["status"], new["number"], new["follows"]) == ("mended", "YT-2026-0002", old["id"])
    assert new["answers"] == old["answers"] | {"special": new["answers"]["special"]}
    (dossier,) = offices.dossiers()
    assert (dossier["number"], dossier["idea_id"]) == ("HS-2026-0001", new["id"])
    again = xa(offices, "việc", "1")
    assert "Gửi lại thay phiếu YT-2026-0001, lần trước trả vì chưa rõ giống lúa nào" in again
    assert "không có phiếu nào phải sửa" in offices.say("sửa phiếu")


def test_one_that_is_mended_into_another_product_set_begins_another_dossier(
    offices: Phones,
) -> None:
    xa(offices, "trả phiếu 1: sai loại sản phẩm")

    offices.say("sửa phiếu", "sửa 3", "rượu ngô", "đúng", "gửi")

    (dossier,) = offices.dossiers()
    assert (dossier["number"], dossier["product_set"]) != ("HS-2026-0001", 3)
    assert dossier["idea_id"] == 2


def test_a_sheet_that_was_given_up_in_the_middle_can_be_mended_still(offices: Phones) -> None:
    xa(offices, "trả phiếu 1: chưa rõ")
    offices.say("sửa phiếu", "để sau", "rút phiếu")
    offices.say("sửa phiếu", "gửi")

    with offices.database.reading() as tx:
        assert [idea["status"] for idea in ideas.everyone(tx)] == ["mended", "submitted"]


def test_one_that_came_back_is_mended_from_her_own_list_too(offices: Phones) -> None:
    xa(offices, "trả phiếu 1: chưa rõ")

    assert "1. Sửa và gửi lại" in offices.say("phiếu của tôi", "1")
    assert "cần sửa vì chưa rõ" in offices.say("1")


def test_a_button_that_nobody_made_opens_nothing(offices: Phones) -> None:
    for data in ("inbox_open:x", "inbox_open:paper.999999999999", "paper_accept:1.x", "whole:"):
        offices.do(Tap(f"m|{data}"), on="xa")
    offices.do(Tap("m|inbox_next:9.idea.1"), on="xa")

    assert "việc chờ anh chị" in xa(offices, "việc")


def test_a_withdrawn_idea_waits_no_more(offices: Phones) -> None:
    xa(offices, "việc", "1")
    offices.say("phiếu của tôi", "1", "rút phiếu", "rút")

    assert "đã rút hoặc đã gửi bản khác" in xa(offices, "1")


# -- papers ----------------------------------------------------------------------------------------


def test_a_paper_goes_back_in_three_taps_with_a_ready_reason(offices: Phones) -> None:
    xa(offices, "nhận 1")
    number = give(offices, "test_report")
    offices.say("việc", on="xa")

    said = xa(offices, "1", "2", "2")

    assert f"Em trả lại giấy số {number}" in said
    assert "lời công bố trái với phiếu kiểm nghiệm" in letters(offices, "main")[-1]
    (paper,) = offices.papers()
    assert (paper["verdict"], paper["reason"]) == ("returned", "reasons.why_contradicts")
    assert "lời công bố trái với phiếu kiểm nghiệm" in offices.say("giấy tờ", "phiếu kiểm nghiệm")


def test_another_reason_is_asked_for_in_words(offices: Phones) -> None:
    give(offices)

    assert "gõ lý do bằng lời" in xa(offices, "xem giấy 1", "2", "khác")
    xa(offices, "mất góc trên")
    assert offices.papers()[0]["reason"] == "mất góc trên"


def test_another_word_takes_the_place_of_the_question_why(offices: Phones) -> None:
    give(offices)

    assert "đạt. Em báo người gửi rồi" in xa(offices, "xem giấy 1", "2", "đạt 1")
    assert "Hộp thư trống" not in xa(offices, "1")
    assert [p["verdict"] for p in offices.papers()] == ["accepted"]


def test_what_sounds_like_a_command_is_a_reason_where_one_is_asked_for(offices: Phones) -> None:
    give(offices)
    xa(offices, "xem giấy 1", "2", "thiếu 2")

    assert [p["reason"] for p in offices.papers()] == ["thiếu 2"]


def test_words_alone_judge_what_is_opened(offices: Phones) -> None:
    give(offices)
    give(offices, "declaration")
    xa(offices, "xem giấy 1", "đạt")
    xa(offices, "xem giấy 2", "trả: thiếu dấu")

    assert [(p["verdict"], p["reason"]) for p in offices.papers()] == [
        ("accepted", None),
        ("returned", "thiếu dấu"),
    ]


def test_each_kind_of_paper_has_some_ready_reasons_and_six_at_most() -> None:
    every = kinds.papers(ruleset.newest())
    fitting = {id_: reasons.for_paper(paper) for id_, paper in every.items()}

    assert {id_ for id_, ready in fitting.items() if not 1 <= len(ready) <= 6} == set()
    assert "expired" not in fitting["story_text"]
    assert fitting["test_report"][0] == "indicators"


def test_only_that_paper_goes_back_and_its_history_stays(offices: Phones) -> None:
    give(offices)
    give(offices, "declaration")
    xa(offices, "trả 1: mờ quá")
    with offices.database.transaction() as tx:
        papers.replace(tx, [1], offices.player.now + timedelta(days=1))
    offices.player.now += timedelta(days=2)
    newer = give(offices)

    assert "Gửi lại, lần trước trả vì mờ quá" in xa(offices, f"xem giấy {newer}")
    xa(offices, "1")
    said = xa(offices, f"lịch sử {newer}")
    assert said.index("Giấy số 1") < said.index("trả lại: mờ quá") < said.index("Giấy số 3")
    assert said.index("Giấy số 3") < said.index("ghi đạt")
    assert [paper["verdict"] for paper in offices.papers()] == [None, "accepted"]


def test_the_reminders_of_a_returned_paper_stop(offices: Phones) -> None:
    ends = offices.player.now.date() + timedelta(days=60)
    number = give(offices, "food_safety_certificate", expires=ends)
    offices.player.wait(timedelta(hours=1))
    assert _planned(offices, number)

    xa(offices, f"trả {number}: mờ")
    offices.player.wait(timedelta(hours=1))

    assert not _planned(offices, number)


def _planned(phones: Phones, number: int) -> bool:
    with phones.database.reading() as tx:
        coming = reminders.coming(tx, MAIN, 50)
    return any(due.kind in _OF_PAPERS and due.subject == number for due in coming)


# -- two officers ----------------------------------------------------------------------------------


def test_the_second_of_two_officers_hears_what_stands_and_changes_nothing(
    offices: Phones,
) -> None:
    give(offices)
    xa(offices, "xem giấy 1")
    offices.say("xem giấy 1", "2", "thiếu dấu", on="xa2")

    said = xa(offices, "1")

    assert "Việc này đã có lời rồi" in said
    assert "cán bộ xã trả lại: thiếu dấu" in said
    assert [p["verdict"] for p in offices.papers()] == ["returned"]
    assert [deed for who, deed, *_ in noted(offices) if who == OTHER][-1] == "returned_paper"


def test_who_has_not_opened_it_does_not_overwrite_it_by_its_number_either(
    offices: Phones,
) -> None:
    give(offices)
    offices.say("trả 1: thiếu dấu", on="xa2")

    assert "thiếu dấu" in xa(offices, "đạt 1")
    assert [p["verdict"] for p in offices.papers()] == ["returned"]
    assert "đạt. Em báo người gửi rồi" in xa(offices, "xem giấy 1", "1")


def test_one_may_change_ones_own_mind(offices: Phones) -> None:
    give(offices)
    xa(offices, "trả 1: mờ")

    assert "đạt. Em báo người gửi rồi" in xa(offices, "đạt 1")


def test_of_two_on_one_idea_the_second_hears_it_too(offices: Phones) -> None:
    xa(offices, "việc", "1")
    offices.say("nhận 1", on="xa2")

    assert "cán bộ xã nhận" in xa(offices, "2", "1")
    assert "cán bộ xã nhận" in xa(offices, "trả phiếu 1: chưa rõ")


# -- reasons ---------------------------------------------------------------------------------------

READY = Asked("give_back", "why", date(2026, 11, 23), {}, {"ready": ["blurred", "pages"]})


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2", Read("reasons.why_pages")),
        ("3", Wrong("listed", {"most": 2})),
        ("thôi, không trả nữa", Wrong("changed_mind")),
        ("đủ 1", Wrong("changed_mind")),
        ("2 trang cuối mờ", Read("2 trang cuối mờ")),
        ("khác", Wrong("own_words")),
        ("Lý do khác.", Wrong("own_words")),
        ("?", Wrong("nothing")),
    ],
)
def test_a_reason_is_a_number_of_the_list_or_words(typed: str, read: Readable) -> None:
    assert Reason(least=2).read(typed, READY) == read


def test_a_reason_is_read_in_the_readers_own_words_and_others_stay_as_typed() -> None:
    assert told("reasons.why_blurred") == Message("reasons.why_blurred")
    for kept in ("reasons.why_nothing_we_know", "mờ quá", "problems.nothing"):
        assert told(kept) == kept
