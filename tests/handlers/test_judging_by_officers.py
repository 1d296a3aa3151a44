"""The commune's four judgements, Mẫu 03 with them, and sending a dossier up to the province."""

from datetime import date

import msgspec
import pytest
from sqlalchemy import text

from conversations.answers import Asked
from conversations.forms.judgement import FOUR, Finding
from conversations.reading import Read
from documents.forms.form_03 import CommuneReport
from programme.cycle import Step
from storage import cycle, reviews
from tests.handlers.offices import COMMUNE, letters, noted
from tests.handlers.offices import opened as with_offices
from tests.handlers.phones import Phones

MET = ("1", "đạt", "có", "dat, 10 trên 12 người ở xã")
NOTHING_SAID = Asked("judgement", "local_material", date(2026, 11, 23), {}, {})


@pytest.fixture
def filed(phones: Phones) -> Phones:
    """A dossier that was handed to the commune."""
    with_offices(phones)
    with phones.database.transaction() as tx:
        tx.execute(text("UPDATE ideas SET verdict = 'accepted'"))
        row = {"producer_id": 1, "product": 1, "paper": "story_text", "person_id": 1}
        row |= {"verdict": "accepted", "given_at": phones.player.now.isoformat(sep=" ")}
        columns = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        more = "copy_kind, count, sheets, flaws, hand"
        query = (
            f"INSERT INTO papers ({columns}, {more}) VALUES ({values}, 'original', 1, 1, '', '')"
        )
        tx.execute(text(query), row)
    phones.say("nộp xã", "1")
    return phones


def xa(phones: Phones, *texts: str) -> str:
    return phones.say(*texts, on="xa")


def printed(phones: Phones) -> list[tuple[str, CommuneReport]]:
    with phones.database.reading() as tx:
        rows = tx.execute(text("SELECT kind, about FROM prints ORDER BY id"))
        return [(kind, msgspec.json.decode(about, type=CommuneReport)) for kind, about in rows]


# -- typing one ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "met", "remark"),
    [
        ("1", True, ""),
        ("đạt", True, ""),
        ("dat, lua cua 34 ho", True, "lua cua 34 ho"),
        ("Đạt: 10 trên 12 người", True, "10 trên 12 người"),
        ("1, lúa trong xã", True, "lúa trong xã"),
        ("2", False, ""),
        ("không", False, ""),
        ("không đạt", False, ""),
        ("chưa đạt vì mua ngoài", False, "vì mua ngoài"),
        ("not met", False, ""),
    ],
)
def test_a_judgement_may_be_typed_with_or_without_a_remark(
    typed: str, met: bool, remark: str
) -> None:
    assert Finding().read(typed, NOTHING_SAID) == Read({"met": met, "remark": remark})


@pytest.mark.parametrize("typed", ["12", "2 hộ mua ngoài", "không có gì lạ", "lúa trong xã", ""])
def test_what_does_not_say_whether_it_is_met_is_no_judgement(typed: str) -> None:
    assert Finding().read(typed, NOTHING_SAID) is None


# -- judging ---------------------------------------------------------------------------------------


def test_the_fifteen_working_days_are_shown_and_the_four_are_asked_one_by_one(
    filed: Phones,
) -> None:
    said = xa(filed, "việc", "1")
    assert "còn 15 ngày làm việc (Điều 5)" in said

    asked = [xa(filed, answer) for answer in ("1", "đạt", "1", "có", "1")]

    for number, said in enumerate(asked[:4], 1):
        assert f"{number}/4." in said
    assert "Chủ thể khai: nguyên liệu thóc" in asked[0]
    assert "Xã kết luận thế nào ạ?" in asked[4]


def test_the_judgements_are_kept_and_printed_with_their_remarks(filed: Phones) -> None:
    said = xa(filed, "xét 1", "đạt, lúa của 34 hộ", "1", "2", "giống ngoài", "1", "1")

    assert "✓ Em ghi 3/4 nội dung đạt của HS-2026-0001" in said
    (kind, report) = printed(filed)[-1]
    assert kind == "form_03.pdf"
    assert [getattr(report, name).met for name in FOUR] == [True, True, False, True]
    assert report.local_material.text == "lúa của 34 hộ"
    assert report.idea_origin.text == "giống ngoài"
    with filed.database.reading() as tx:
        found = reviews.of(tx, "dossier", 1)
    assert [one.verdict for one in found] == ["met", "met", "not_met", "met", "proposed"]
    assert (COMMUNE, "proposed_dossier", "dossier", 1) in noted(filed)


def test_the_report_has_open_places_where_nothing_was_judged_yet(filed: Phones) -> None:
    said = xa(filed, "mẫu 03 1")

    assert "Còn 4/4 nội dung chưa xét" in said
    assert {kind for kind, _ in printed(filed)} == {"form_03.docx", "form_03.pdf"}
    assert printed(filed)[-1][1].local_material.met is None


def test_what_is_left_in_the_middle_is_gone_on_with(filed: Phones) -> None:
    xa(filed, "xét 1", "đạt", "đạt")
    xa(filed, "việc")

    assert "3/4." in xa(filed, "xét 1")


def test_what_cannot_be_proposed_goes_back_to_her_and_is_judged_anew(filed: Phones) -> None:
    xa(filed, "xét 1", "1", "1", "1", "1", "trả lại", "thêm hợp đồng mua lúa")
    assert "cần bác bổ sung: thêm hợp đồng mua lúa" in letters(filed, "main")[-1]
    assert filed.dossiers()[0]["filed_at"] is None
    assert "chưa nộp về xã" in xa(filed, "gửi tỉnh 1")

    filed.player.now = filed.player.now.replace(hour=16)
    filed.say("nộp xã", "1")

    assert "còn 4/4 nội dung" in xa(filed, "gửi tỉnh 1")


def test_of_two_who_judge_at_once_the_second_hears_what_stands(filed: Phones) -> None:
    xa(filed, "xét 1", "1", "1", "1", "1")
    filed.say("xét 1", "2", "mua ngoài", "1", "1", "1", "trả lại", "thêm giấy", on="xa2")

    said = xa(filed, "1")

    assert "cán bộ xã trả chủ thể bổ sung: thêm giấy" in said
    with filed.database.reading() as tx:
        assert {one.turn for one in reviews.of(tx, "dossier", 1)} == {1}


# -- sending up ------------------------------------------------------------------------------------


def test_it_goes_up_once_judged_and_both_sides_hear_it(filed: Phones) -> None:
    xa(filed, "xét 1", "1", "1", "1", "1", "1")

    assert "✓ Em ghi xã đã gửi tỉnh hồ sơ HS-2026-0001" in xa(filed, "1")
    assert "lên tỉnh" in letters(filed, "main")[-1]
    assert "Xã vừa gửi lên hồ sơ HS-2026-0001" in letters(filed, "tinh")[-1]
    assert "1 hồ sơ tỉnh soát" in filed.say("việc", on="tinh")
    with filed.database.reading() as tx:
        steps = {done.step: done.state for done in cycle.of(tx, 1)}
    assert set(steps) >= {Step.ANNOUNCE, Step.IDEA, Step.PLAN, Step.CARRY_OUT}


def test_one_judged_on_paper_goes_up_too_and_that_is_noted(filed: Phones) -> None:
    said = xa(filed, "gửi tỉnh 1")
    assert "còn 4/4 nội dung em chưa thấy xét" in said

    assert "✓ Em ghi xã đã gửi tỉnh" in xa(filed, "2")
    assert "gửi tỉnh, Mẫu 03 làm trên giấy" in xa(filed, "lịch sử hồ sơ 1")


def test_one_that_was_sent_up_is_neither_judged_nor_sent_again(filed: Phones) -> None:
    xa(filed, "gửi tỉnh 1", "2")

    assert "đã ghi gửi tỉnh" in xa(filed, "xét 1")
    assert "đã ghi gửi tỉnh" in xa(filed, "gửi tỉnh 1")
    with filed.database.reading() as tx:
        assert len(reviews.of(tx, "dossier", 1)) == 1


def test_a_province_only_sees_to_it_what_no_commune_judges(filed: Phones) -> None:
    assert "Hộp thư trống" in filed.say("việc", on="tinh")
