"""Điện Biên, 2021: a council's whole day, some of it on phones, some at the desk.

Eleven products were registered, ten came before the council, nine were certified; one was refused
for its label. Here one of the nine has ninety points, and the ministry gives it five stars.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from documents import orders
from documents.forms import CouncilMinutes
from storage import audit, certificates
from tests.bot.desk_rig import Rig, beside
from tests.handlers.conftest import phones
from tests.handlers.meeting import BEFORE, NINE, agenda, mark, put, seated, sheet_of, town
from tests.handlers.offices import letters
from tests.handlers.phones import Phones

__all__ = ["phones"]
LABEL, TO_MINISTRY, FAR = 10, 5, 2  # places on the agenda
AT_DESK = range(6, 10)  # seats; the last is the clerk's, who writes and marks
MEETING = "/desk/council/1"
_SEEN = re.compile(r'name="seen" value="([^"]*)"')


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    """The council is seated, its people have their phones; the clerk sits at the desk."""
    town(phones)
    seated(phones, NINE)
    with beside(phones, tmp_path) as made:
        yield made.enter("tv9")


def points(place: int, seat: int) -> int:
    """What a member gives in the first turn: near each other, but for one product."""
    if place == TO_MINISTRY:
        return 91 + seat % 3
    return 60 + (place + seat) % 6 + 15 * (place == FAR and seat == 7)


def hand_in(desk: Rig, dossier: int, wanted: int) -> None:
    """Mark a product at the desk, as the page's form does it."""
    page = f"/desk/marking/{dossier}"
    seen = _SEEN.search(desk.page(page))
    assert seen
    marks = {f"m-{id_}": key for id_, key in sheet_of(wanted).items()}
    assert "Em nhận phiếu" in desk.send(page, do="hand_in", seen=seen[1], **marks)


def marked(desk: Rig) -> None:
    """All mark: the first on the phone, question by question; some on phones; some at the desk."""
    rows = agenda(desk.phones)
    mark(desk.phones, "tv1", 3)
    desk.phones.say("1", on="tv1")
    for row in rows[: LABEL - 1]:
        for seat in range(1, 10):
            if seat not in AT_DESK and (seat, row["place"]) != (1, 1):
                put(desk.phones, row["id"], seat, points(row["place"], seat))
    for seat in AT_DESK:
        desk.enter(f"tv{seat}")
        for row in rows[: LABEL - 1]:
            hand_in(desk, row["id"], points(row["place"], seat))


def test_nine_members_on_phones_and_at_the_desk_certify_nine_of_eleven(desk: Rig) -> None:
    phones = desk.phones
    desk.send("/desk/council", do="call", day="2026-12-10", place="Điện Biên Phủ")
    rows = agenda(phones)
    desk.send(MEETING, do="attend", **{f"seat-{seat}": "1" for seat in range(1, 10)})
    marked(desk)

    # The clerk leads: one product is far apart, one has a wrong label.
    far = desk.page(f"{MEETING}/{FAR}")
    desk.send(f"{MEETING}/{FAR}", do="again", turn=1)
    for seat in range(1, 9):
        put(phones, rows[FAR - 1]["id"], seat, 62, turn=2)
    hand_in(desk, rows[FAR - 1]["id"], 63)
    desk.send(f"{MEETING}/{LABEL}", do="refuse", why="nhãn mác chưa đảm bảo")
    ended = desk.send(MEETING, do="close")
    decided = desk.send(MEETING, do="decide", number="77/QĐ-UBND", day="2026-11-20", sure="yes")
    for paper in ("minutes", "scores", "notice"):
        desk.send(MEETING, do=paper)
    word = {"number": "321/QĐ-BNNMT", "day": "2026-11-22", "star": 5}
    answered = desk.send(MEETING, do="ministry", dossier=rows[TO_MINISTRY - 1]["id"], **word)
    phones.wait(timedelta(0))
    after = agenda(phones)

    assert [row["name"] for row in rows] == list(BEFORE)
    assert "nên bàn rồi chấm lại" in far
    assert "Phiên 1 kết thúc" in ended
    assert "8 sản phẩm được công nhận, 1 gửi Bộ, 1 chưa đạt" in decided
    assert "5 sao, và báo chủ thể" in answered
    assert [row["given"] for row in after] == [3] * 4 + [5] + [3] * 4 + [None]
    told = "\n".join(letters(phones, "main"))
    assert "đủ để tỉnh gửi lên Bộ xét 5 sao" in told
    assert "được công nhận 5 sao, Quyết định 321/QĐ-BNNMT" in told
    assert "vì: nhãn mác chưa đảm bảo" in told
    _certified(phones)
    _minuted(phones)


def _certified(phones: Phones) -> None:
    with phones.database.reading() as tx:
        given = {one["name"]: one for one in certificates.everyone(tx)}
        assert not list(audit.faults(tx))
    best = given.pop(BEFORE[TO_MINISTRY - 1])
    assert (best["star"], best["decision"]) == (5, "321/QĐ-BNNMT")
    assert (best["issued"], best["expires"]) == (date(2026, 11, 22), date(2029, 11, 22))
    assert sorted(given) == sorted({*BEFORE[: LABEL - 1]} - {best["name"]})
    assert {(one["star"], one["decision"]) for one in given.values()} == {(3, "77/QĐ-UBND")}


def _minuted(phones: Phones) -> None:
    with phones.database.reading() as tx:
        wanted = text("SELECT about FROM prints WHERE kind = 'council_minutes.pdf'")
        minutes = orders.read("council_minutes.pdf", tx.execute(wanted).scalar_one())
    assert isinstance(minutes, CouncilMinutes)
    assert (minutes.present, minutes.marking, minutes.needed) == (9, 9, 6)
    assert [one.name for one in minutes.products] == list(BEFORE)
    assert [one.turns for one in minutes.products] == [1, 2, *[1] * 8]
    assert minutes.products[FAR - 1].spread == 1
    assert minutes.products[LABEL - 1].refused == "nhãn mác chưa đảm bảo"
    assert minutes.secretary == "Lâm Thư"
