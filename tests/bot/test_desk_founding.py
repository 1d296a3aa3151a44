"""A council is made at the desk as in the chat; everybody's code is shown once, to be printed."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.meeting import CODE, THREE_SEATS, found_whole
from tests.handlers.offices import noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
COUNCIL, NEW = "/desk/council", "/desk/council/new"
DECISION = {"decision": "215/QĐ-UBND", "decided_on": "2026-10-12", "seats": THREE_SEATS}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        yield made.enter("tinh")


def made(desk: Rig, **fields: Any) -> str:
    """Make the council of that decision; the page with the codes."""
    seen = _seen(desk.page(NEW))
    return desk.send(NEW, **{**DECISION, "do": "make", "seen": seen, **fields})


def _seen(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def sat(desk: Rig) -> list[tuple[str, int | None]]:
    with desk.phones.database.reading() as tx:
        rows = tx.execute(text("SELECT name, person_id FROM council_seats ORDER BY seat"))
        return [(row[0], row[1]) for row in rows]


def test_the_list_is_read_back_before_the_council_is_made(desk: Rig) -> None:
    read = desk.send(NEW, **DECISION, do="look")

    assert "Em đọc được 4 người" in read
    assert "<strong>Nguyễn Văn An</strong>, chủ tịch, UBND tỉnh" in read
    assert "<strong>Đỗ Thị Mơ</strong>, khách mời, siêu thị" in read
    assert sat(desk) == []


def test_everybodys_code_is_shown_once_and_lets_them_in(desk: Rig) -> None:
    page = made(desk)
    codes = CODE.findall(page)

    welcomed = desk.phones.say(f"mã mời {codes[0]}", on="chairman")
    council = desk.page(COUNCIL)

    assert len(codes) == 3
    assert "data-print" in page
    assert "Nguyễn Văn An" in welcomed
    assert [person is not None for _, person in sat(desk)] == [True, False, False, False]
    assert council.count("chưa vào</span>") == 2
    assert CODE.findall(council) == []
    assert {"founded_council", "came_to_council"} <= {deed for _, deed, _, _ in noted(desk.phones)}


def test_a_new_code_ends_the_one_before_and_who_sat_there_sits_no_more(desk: Rig) -> None:
    chairman, deputy, _ = CODE.findall(made(desk))
    desk.phones.say(f"mã mời {chairman}", on="chairman")

    page = desk.send(COUNCIL, do="code", seat=1)
    (code,) = CODE.findall(page)
    desk.send(COUNCIL, do="code", seat=2)

    assert "Nguyễn Văn An" in page
    assert "Lò Thị Hoa" not in page
    assert desk.browser.get(COUNCIL).status_code == 200
    assert "Hội đồng" not in desk.phones.say("hội đồng", on="chairman")
    assert "Nguyễn Văn An" in desk.phones.say(f"mã mời {code}", on="anew")
    assert "Lò Thị Hoa" not in desk.phones.say(f"mã mời {deputy}", on="deputy")


@pytest.mark.parametrize("seat", [0, 4, 99])
def test_nobody_else_gets_a_code(desk: Rig, seat: int) -> None:
    made(desk)

    page = desk.send(COUNCIL, do="code", seat=seat)

    assert CODE.findall(page) == []
    assert "không cần mã" in page


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"decision": ""}, "Số quyết định từ 3"),
        ({"decided_on": ""}, "Ngày quyết định là hôm nay"),
        ({"decided_on": "2099-01-01"}, "Ngày quyết định là hôm nay"),
        ({"seats": "123"}, "chưa đọc được ai"),
        ({"seats": "Nguyễn Văn An, uỷ viên"}, "Hội đồng có một chủ tịch"),
        (
            {"seats": "\n".join(f"Trần Văn {'B' * n}, uỷ viên" for n in range(1, 27))},
            "nhiều hơn 25 người",
        ),
    ],
)
def test_what_is_no_council_is_told_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    typed = {**DECISION, **wrong}

    told = made(desk, **wrong)

    assert hint in told
    assert 'name="decision" required maxlength="80" autocomplete="off"' in told
    assert f'value="{typed["decision"]}"' in told
    assert f">{typed['seats']}</textarea>" in told
    assert sat(desk) == []


def test_lines_that_name_nobody_are_said(desk: Rig) -> None:
    told = desk.send(NEW, **{**DECISION, "seats": f"DANH SÁCH 2026\n{THREE_SEATS}"}, do="look")

    assert "<li>DANH SÁCH 2026</li>" in told
    assert "Em đọc được 4 người" in told


def test_who_was_quicker_is_not_replaced_unseen(desk: Rig) -> None:
    seen = _seen(desk.page(NEW))
    made(desk)

    told = desk.send(NEW, **{**DECISION, "decision": "216/QĐ-UBND"}, do="make", seen=seen)

    assert "vừa có người khác sửa" in told
    assert "theo quyết định 215/QĐ-UBND thôi" in told
    assert 'value="216/QĐ-UBND"' in told
    assert len(sat(desk)) == 4


def test_a_council_that_sits_is_not_replaced_and_what_was_typed_stays(desk: Rig) -> None:
    found_whole(desk.phones)
    made(desk)
    day = (desk.phones.player.now + timedelta(days=3)).date().isoformat()
    desk.send(COUNCIL, do="call", day=day, place="phòng họp số 2")

    told = made(desk, decision="216/QĐ-UBND")

    assert 'value="216/QĐ-UBND"' in told
    assert 'role="alert"' in told
    assert CODE.findall(told) == []
    assert len(sat(desk)) == 4


def test_who_looks_after_everything_names_the_province(desk: Rig) -> None:
    desk.phones.say("/start CANBO", on="canbo")
    desk.enter("canbo")

    wrong = made(desk, province="Nơi Nào")
    right = made(desk, province="Lào Cai")

    assert "chưa thấy tỉnh nào tên ấy" in wrong
    assert len(CODE.findall(right)) == 3


def test_a_communes_officer_makes_none(desk: Rig) -> None:
    desk.enter("xa")

    assert desk.browser.get(NEW).status_code == 403
    answer = desk.browser.post(NEW, data={"token": desk.token(), **DECISION, "do": "make"})
    assert answer.status_code == 403
    assert not re.search("Lập Hội đồng", desk.page(COUNCIL))
