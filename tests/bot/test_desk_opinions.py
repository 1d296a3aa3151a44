"""The secretary at the desk: opinions asked in writing, until when, and what comes to a meeting."""

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
from handlers.officer import opinions
from handlers.talk import Talk
from storage import councils
from storage.database import Database
from tests.bot.desk_rig import Rig, beside
from tests.handlers.conftest import phones
from tests.handlers.meeting import agenda, put, waiting
from tests.handlers.offices import letters
from tests.handlers.phones import Phones

__all__ = ["phones"]
LIST, ROUND, SECOND = "/desk/council", "/desk/council/1", "/desk/council/1/2"
DECISION = {"number": "1234/QĐ-UBND", "day": "2026-11-20", "sure": "yes"}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    """A council of three, before which three re-evaluations wait among others."""
    waiting(phones)
    with beside(phones, tmp_path) as made:
        yield made.enter("canbo")


def ask(desk: Rig) -> str:
    return desk.send(LIST, do="ask", day="2026-12-10")


def answered(desk: Rig, *points: tuple[int, ...]) -> None:
    for row, given in zip(agenda(desk.phones), points, strict=True):
        for seat, each in enumerate(given, 1):
            put(desk.phones, row["id"], seat, each)


def test_opinions_are_asked_where_meetings_are_called_and_the_members_hear_it(desk: Rig) -> None:
    listed = desk.page(LIST)
    past = desk.send(LIST, do="ask", day="2026-11-01")
    asked = ask(desk)
    desk.phones.wait(timedelta(0))

    assert "Trong đó 3 đánh giá lại" in listed
    assert "Lấy ý kiến về 3 sản phẩm" in listed
    assert "Lấy ý kiến lần 1" not in past
    assert "Lấy ý kiến lần 1, hạn hết ngày 10/12/2026" in asked
    assert "hạn hết ngày 10/12/2026" in letters(desk.phones, "tv1")[-1]
    assert "Đang lấy ý kiến: 0 phiếu đã nộp" in desk.page(LIST)


def test_the_page_asks_for_no_presence_and_says_who_has_not_answered(desk: Rig) -> None:
    ask(desk)
    put(desk.phones, agenda(desk.phones)[0]["id"], 1, 70)

    page = desk.page(ROUND)

    assert "1/3 người đã trả lời" in page
    assert "Nguyễn Văn An, chủ tịch <small>UBND tỉnh</small> (còn 2 sản phẩm)" in page
    assert "Lò Thị Hoa, phó chủ tịch <small>Sở Công Thương</small> (còn 3 sản phẩm)" in page
    assert 'value="attend"' not in page
    assert "họp" not in re.sub(r"(?s)<nav.*?</nav>|không họp|phải họp|đưa ra họp", "", page)


def test_the_day_is_moved_and_a_day_gone_by_is_not_taken(desk: Rig) -> None:
    ask(desk)

    moved = desk.send(ROUND, do="until", day="2026-12-20")
    desk.send(ROUND, do="until", day="2026-11-01")
    desk.phones.wait(timedelta(0))

    assert "Hạn cho ý kiến nay là hết ngày 20/12/2026" in moved
    assert "hạn hết ngày 20/12/2026" in desk.page(ROUND)
    assert "20/12/2026" in letters(desk.phones, "tv3")[-1]


def test_a_product_is_put_off_and_taken_back_and_marked_no_further_meanwhile(desk: Rig) -> None:
    ask(desk)
    off = desk.send(SECOND, do="put_off")
    listed = desk.page(ROUND)
    refused = desk.send(SECOND, do="refuse", why="nhãn sai")
    desk.enter("tv1")
    marking = desk.page("/desk/marking")
    dossier = agenda(desk.phones)[1]["id"]
    closed = desk.browser.get(f"/desk/marking/{dossier}").status_code
    back = desk.enter("canbo").send(SECOND, do="take_back")

    assert "Em đưa ra họp: Trà Shan tuyết" in off
    assert "đưa ra họp: phức tạp" in listed
    assert "không ai bàn để chấm lại hay loại" in refused
    assert "hạn hết ngày 10/12/2026" in marking
    assert f"/desk/marking/{dossier}" not in marking
    assert closed == 404
    assert "em lấy ý kiến tiếp" in back
    assert agenda(desk.phones)[1]["to_meeting"] == ""


def test_it_ends_with_what_is_apart_put_off_and_the_meeting_sees_what_was_given(desk: Rig) -> None:
    ask(desk)
    early = desk.send(ROUND, do="close")
    answered(desk, (75, 76, 77), (90, 60, 80), (75, 76, 77))
    before = desk.page(ROUND)
    ended = desk.send(ROUND, do="close")
    decided = desk.send(ROUND, do="decide", **DECISION)
    for paper in ("minutes", "scores", "notice"):
        desk.send(ROUND, do=paper)
    desk.send(LIST, do="call", day="2026-12-20", place="phòng họp số 2")
    place = next(row["place"] for row in agenda(desk.phones, 2) if row["id"] == 3)
    for seat in (1, 2, 3):
        put(desk.phones, 3, seat, 75)
    beside_ = desk.page(f"/desk/council/2/{place}")

    assert "còn chờ ý kiến về sản phẩm 1, 2, 3" in early
    assert "lệch nhiều, phải họp" in before
    assert "đưa ra họp: ý kiến khác nhau" in ended
    assert "2 sản phẩm được công nhận" in decided
    assert re.search(r"Tổng khi lấy ý kiến</th><td></td>(<td[^>]*>(90|60|80)</td>){3}", beside_)
    assert "Lấy ý kiến lần 1 ngày 23/11/2026: đưa ra họp" in desk.page("/desk/dossiers/3")
    with desk.phones.database.reading() as tx:
        kinds = set(tx.execute(text("SELECT kind FROM prints")).scalars())
        found = councils.sitting(tx, 1)
    assert {"council_opinions.pdf", "opinions_notice.pdf", "council_scores.pdf"} <= kinds
    assert found
    assert found["day"] == date(2026, 11, 23)


def test_where_all_is_put_off_no_decision_is_asked_for(desk: Rig) -> None:
    ask(desk)
    for place in (1, 2, 3):
        desk.send(f"{ROUND}/{place}", do="put_off")

    ended = desk.send(ROUND, do="close")

    assert "tất cả đưa ra họp" in ended
    assert "Số quyết định" not in ended
    assert "Mở phiên, báo các thành viên" in desk.page(LIST)


def test_of_two_who_ask_at_once_one_asking_is_opened(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = Phones(database)
    waiting(phones)
    sent, ready = opinions.sent, Barrier(2, timeout=0.5)

    def together(talk: Talk, run: Run) -> None:
        with suppress(BrokenBarrierError):  # on SQLite whoever writes is alone
            ready.wait()
        sent(talk, run)

    monkeypatch.setattr(opinions, "sent", together)
    with beside(phones, tmp_path) as desk, ThreadPoolExecutor(2) as both:
        desk.enter("canbo")
        form = {"token": desk.token(), "do": "ask", "day": "2026-12-10"}
        answers = list(both.map(lambda _: desk.browser.post(LIST, data=form), range(2)))

    with database.reading() as tx:
        assert len(councils.sittings(tx, "15", 2026)) == 1
    assert [answer.status_code for answer in answers] == [200, 200]
