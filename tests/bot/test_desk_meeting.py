"""The secretary at the desk: a meeting's progress, sheets side by side, its end and its papers."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest
from sqlalchemy import text

from conversations.session import Run
from handlers.officer import concluding
from handlers.talk import Talk
from storage import audit, ballots, certificates, councils, dossiers
from storage.ballots import Key
from storage.database import Database
from storage.officers import over
from tests.bot.desk_rig import Rig, beside
from tests.handlers.conftest import phones
from tests.handlers.meeting import SHEET, called, put
from tests.handlers.offices import letters, noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
MEETING, ONE = "/desk/council/1", "/desk/council/1/1"
DECISION = {"number": "1234/QĐ-UBND", "day": "2026-10-20", "sure": "yes"}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    """A council of three before the rice of Bản Liền; the officer of everywhere writes for it."""
    called(phones)
    with beside(phones, tmp_path) as made:
        yield made.enter("canbo")


def everyone(desk: Rig, *points: int) -> None:
    for seat, each in enumerate(points, 1):
        put(desk.phones, 1, seat, each)


def told(desk: Rig, phone: str = "main") -> str:
    """What that phone was sent last, now that what the desk posted is there."""
    desk.phones.wait(timedelta(0))
    return letters(desk.phones, phone)[-1]


def deeds(desk: Rig) -> set[str]:
    return {deed for _, deed, _, _ in noted(desk.phones)}


def test_the_page_tells_who_has_handed_in_and_no_points_before_all_have(desk: Rig) -> None:
    put(desk.phones, 1, 1, 74)
    few = desk.page(MEETING)
    one = desk.page(ONE)
    everyone(desk, 74, 75, 77)
    all_ = desk.page(MEETING)

    assert "Nguyễn Văn An: đã nộp" in few
    assert "Lò Thị Hoa: chưa chấm" in few
    assert "Còn chờ Lò Thị Hoa, Trần Văn Ba" in one
    assert "74" not in re.sub(r'value="[0-9a-f]{64}"', "", few + one)
    assert "75,33" in all_
    assert "4 sao" in all_


def test_sheets_stand_side_by_side_line_by_line_with_what_members_remark(desk: Rig) -> None:
    everyone(desk, 90, 60, 80)
    with desk.phones.database.transaction() as tx:
        words = {"remarks": {"1.1": "vùng trồng rõ"}, "barred": ""}
        ballots.put_words(tx, Key(1, 1, 2, 1), words, 1, desk.phones.player.now)

    page = desk.page(ONE)

    assert all(line.title in page for line in SHEET.criteria[:5])
    assert re.search(r"Tổng</th><td>100</td>(<td[^>]*>(90|60|80)</td>){3}<td>76,66</td>", page)
    assert "Lò Thị Hoa: vùng trồng rõ" in page
    assert "nên bàn rồi chấm lại" in page
    assert "compared_sheets" in deeds(desk)


def test_marking_anew_tells_all_and_the_sums_of_before_stay_in_sight(desk: Rig) -> None:
    everyone(desk, 90, 60, 80)

    desk.send(ONE, do="again", turn=1)
    for seat, points in enumerate((80, 78, 80), 1):
        put(desk.phones, 1, seat, points, turn=2)
    page = desk.page(ONE)

    assert "mời anh chị chấm lại" in told(desk, "tv2")
    assert re.search(r"Tổng lần 1</th><td></td>(<td[^>]*>(90|60|80)</td>){3}", page)
    assert "79,33" in page


def test_what_a_member_proposes_stands_there_and_the_council_puts_it_out(desk: Rig) -> None:
    desk.phones.say("đề nghị loại 1 nhãn thiếu ngày", on="tv1")
    before, chat = desk.page(ONE), desk.phones.say("phiên họp", on="canbo")

    desk.send(ONE, do="refuse", why="nhãn thiếu ngày")
    after = desk.page(MEETING)
    back = desk.send(ONE, do="let_in")

    assert "Nguyễn Văn An đề nghị loại: nhãn thiếu ngày" in before
    assert "đề nghị loại: Nguyễn Văn An: nhãn thiếu ngày" in chat
    assert "loại: nhãn thiếu ngày" in after
    assert "em đưa lại vào phiên" in back
    assert "refused_product" in deeds(desk)


def test_a_product_that_nobody_marked_is_taken_off_and_the_meeting_is_gone(desk: Rig) -> None:
    said = desk.send(ONE, do="drop")

    assert "em huỷ phiên" in said
    assert desk.browser.get(MEETING).status_code == 404


def test_who_is_there_is_noted_and_an_end_waits_for_a_quorum_and_all_sheets(desk: Rig) -> None:
    few = desk.send(MEETING, do="attend", **{"seat-3": "1"})
    early = desk.send(MEETING, do="close")
    desk.send(MEETING, do="remind")
    everyone(desk, 60, 60, 60)
    desk.send(MEETING, do="attend", **{f"seat-{seat}": "1" for seat in (1, 2, 3)})
    ended = desk.send(MEETING, do="close")

    assert "chưa đủ để họp" in few
    assert "Chưa kết thúc phiên được ạ" in early
    assert "Phiên 1 kết thúc" in ended
    assert "chờ quyết định công nhận" in ended


def test_the_decision_is_noted_once_and_the_papers_are_printed_into_the_chat(desk: Rig) -> None:
    everyone(desk, 75, 76, 77)
    desk.send(MEETING, do="close")
    without = desk.send(MEETING, do="decide", number="1234/QĐ-UBND", day="2027-10-20", sure="yes")
    said = desk.send(MEETING, do="decide", **DECISION)
    again = desk.send(MEETING, do="decide", **DECISION)
    for paper in ("minutes", "scores", "notice"):
        desk.send(MEETING, do=paper)

    with desk.phones.database.reading() as tx:
        (one,) = certificates.everyone(tx)
        kinds = set(tx.execute(text("SELECT kind FROM prints")).scalars())
    assert "xin thêm lý do" in without
    assert "1 sản phẩm được công nhận" in said
    assert "em chưa ghi gì" in again
    assert (one["star"], one["issued"], one["expires"]) == (
        *(4, date(2026, 10, 20)),
        date(2029, 10, 20),
    )
    assert "được công nhận 4 sao (76 điểm)" in told(desk)
    assert {f"council_{paper}.pdf" for paper in ("minutes", "scores", "notice")} <= kinds


def test_ninety_points_wait_for_the_ministry_whose_word_makes_the_certificate(desk: Rig) -> None:
    everyone(desk, 92, 92, 92)
    desk.send(MEETING, do="close")
    up = desk.send(MEETING, do="decide", **DECISION)
    word = {"number": "321/QĐ-BNNMT", "day": "2026-10-24", "star": 5, "dossier": 1}
    said = desk.send(MEETING, do="ministry", **word)

    with desk.phones.database.reading() as tx:
        (one,) = certificates.everyone(tx)
    assert "Bộ trả lời: Gạo Khẩu Mẹo" in up
    assert "5 sao, và báo chủ thể" in said
    assert "Bộ trả lời" not in desk.page(MEETING)
    assert (one["star"], one["decision"]) == (5, "321/QĐ-BNNMT")
    assert "được công nhận 5 sao, Quyết định 321/QĐ-BNNMT" in told(desk)


def test_the_ministrys_word_is_noted_once_whoever_else_was_about_to(desk: Rig) -> None:
    everyone(desk, 92, 92, 92)
    desk.send(MEETING, do="close")
    desk.send(MEETING, do="decide", **DECISION)
    desk.phones.say("Bộ công nhận 1", "5 sao", "321/QĐ-BNNMT", on="canbo")
    word = {"number": "321/QĐ-BNNMT", "day": "2026-10-24", "star": 5, "dossier": 1}
    desk.send(MEETING, do="ministry", **word)
    late = desk.phones.say("24/10/2026", on="canbo")

    with desk.phones.database.reading() as tx:
        assert len(certificates.everyone(tx)) == 1
    assert "không chờ kết quả của Bộ" in late


def test_of_two_who_note_the_ministrys_word_at_once_one_makes_the_certificate(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = Phones(database, remembers=False)
    called(phones)
    note, ready = concluding.ministry_sent, Barrier(2, timeout=0.5)

    def together(talk: Talk, run: Run) -> None:
        with suppress(BrokenBarrierError):  # on SQLite whoever writes is alone
            ready.wait()
        note(talk, run)

    monkeypatch.setattr(concluding, "ministry_sent", together)
    word = {"number": "321/QĐ-BNNMT", "day": "2026-10-24", "star": 5, "dossier": 1}
    with beside(phones, tmp_path) as desk, ThreadPoolExecutor(2) as both:
        desk.enter("canbo")
        everyone(desk, 92, 92, 92)
        desk.send(MEETING, do="close")
        desk.send(MEETING, do="decide", **DECISION)
        form = {"token": desk.token(), "do": "ministry", **word}
        answers = list(both.map(lambda _: desk.browser.post(MEETING, data=form), range(2)))

    with database.reading() as tx:
        assert len(certificates.everyone(tx)) == 1
    assert [answer.status_code for answer in answers] == [200, 200]


def test_a_page_of_an_earlier_turn_lets_nothing_be_marked_anew(desk: Rig) -> None:
    everyone(desk, 60, 75, 77)
    desk.send(ONE, do="again", turn=1)
    for seat in (1, 2, 3):
        put(desk.phones, 1, seat, 75, turn=2)

    late = desk.send(ONE, do="again", turn=1)
    old = desk.send(ONE, do="again")

    assert all("đã mở chấm lại từ trước" in said for said in (late, old))
    assert "3/3" in desk.phones.say("phiên họp", on="canbo")
    assert 'name="turn" value="2"' in desk.page(ONE)


def test_the_next_meeting_is_called_from_the_desk_and_only_the_newest_still_changes(
    desk: Rig,
) -> None:
    everyone(desk, 45, 45, 45)
    desk.send(MEETING, do="close")
    desk.send(MEETING, do="decide", **DECISION)
    desk.phones.wait(timedelta(minutes=5))
    now = desk.phones.player.now
    with desk.phones.database.transaction() as tx:
        dossiers.change(tx, 1, filed_at=now, sent_up_at=now, checked_at=now)
    listed = desk.page("/desk/council")
    called_ = desk.send("/desk/council", do="call", day="2026-12-20", place="phòng họp số 3")
    late = desk.send(MEETING, do="attend", **{"seat-1": "1"})

    assert "<strong>1</strong> sản phẩm hồ sơ đã đủ" in listed
    assert "Phiên 2, 20/12/2026, phòng họp số 3" in called_
    assert "Hội đồng họp ngày 20/12" in told(desk, "tv2")
    assert "đã kết thúc rồi" in late
    with desk.phones.database.reading() as tx:
        assert [row["id"] for row in councils.before(tx, over("15"), 2)] == [1]


def test_nobody_else_sees_the_meeting_nor_does_anything_in_it(desk: Rig) -> None:
    everyone(desk, 75, 76, 77)
    desk.enter("tv1")

    assert desk.browser.get(MEETING).status_code == 403
    assert desk.browser.get(ONE).status_code == 403
    for deed in ("close", "attend", "again", "decide", "call"):
        answer = desk.browser.post(MEETING, data={"token": desk.token(), "do": deed})
        assert answer.status_code == 403
    assert desk.browser.post(MEETING, data={"do": "close"}).status_code == 403
    with desk.phones.database.reading() as tx:
        assert councils.is_open(tx, 1)
        assert not list(audit.faults(tx))


@pytest.mark.parametrize("page", ["/desk/council/9", "/desk/council/1/9", "/desk/council/x/1"])
def test_what_is_not_there_is_not_found(desk: Rig, page: str) -> None:
    assert desk.browser.get(page).status_code == 404
