"""A member marks on the desk: the same sheet as on the phone, alone, kept mark by mark."""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from storage import ballots, councils
from storage.ballots import Ballot, Key
from tests.bot.desk_rig import Rig, beside
from tests.handlers.conftest import phones
from tests.handlers.meeting import SHEET, called, put
from tests.handlers.offices import noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
ONE = "/desk/marking/1"
_SEEN = re.compile(r'name="seen" value="([^"]*)"')
_DEED = re.compile(r'<button[^>]* name="do" value="(\w+)"')


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    """A council of three before the rice of Bản Liền; the first of them sits at the desk."""
    called(phones)
    with beside(phones, tmp_path) as made:
        yield made.enter("tv1")


def sheet(desk: Rig, seat: int = 1, turn: int = 1) -> Ballot:
    with desk.phones.database.reading() as tx:
        found = ballots.of(tx, Key(1, 1, seat, turn))
    assert found
    return found


def seen(desk: Rig) -> str:
    found = _SEEN.search(desk.page(ONE))
    assert found
    return found[1]


def part(desk: Rig, **fields: str) -> str:
    """What the page sends by itself when one thing on it has changed."""
    return desk.send(ONE, do="keep", part=1, **fields)


def everything(points: int) -> dict[str, str]:
    """A whole form, of as near to so many points of each criterion as the sheet has."""
    nearest = (
        (line.id, min(line.options, key=lambda each: abs(each.points - points)))
        for line in SHEET.criteria
    )
    return {f"m-{id_}": option.key for id_, option in nearest}


def test_the_sheet_stands_there_whole_with_what_is_claimed_proven_and_given(desk: Rig) -> None:
    page = desk.page(ONE)

    assert all(f'name="m-{line.id}"' in page for line in SHEET.criteria)
    assert all(
        escape(option.label) in page for line in SHEET.criteria[:5] for option in line.options
    )
    assert "Giấy 1:" in page
    assert "Tự chấm" in page
    assert "Xã xét" in page
    assert 'href="/desk/marking" aria-current="page"' in page


def test_each_mark_is_kept_at_once_and_the_phone_goes_on_where_the_desk_was(desk: Rig) -> None:
    told = part(desk, **{"m-1.1": "a", "r-1.1": "vùng trồng rõ"})
    asked = desk.phones.say("chấm", "1", "1", on="tv1")

    assert f"<strong>1</strong>/{len(SHEET.criteria)} mục" in told
    assert sheet(desk).marks == {"1.1": "a"}
    assert sheet(desk).remarks == {"1.1": "vùng trồng rõ"}
    assert asked.splitlines()[0].startswith("1.2.")


def test_the_phone_overwrites_nothing_that_was_changed_on_the_desk_since(desk: Rig) -> None:
    desk.phones.say("chấm", "1", "1", "3: đủ hồ sơ", on="tv1")
    part(desk, **{"m-1.1": "a"})
    desk.phones.say("2", on="tv1")

    assert sheet(desk).marks["1.1"] == "a"
    assert set(sheet(desk).marks) == {"1.1", "1.2"}
    assert sheet(desk).remarks == {"1.1": "đủ hồ sơ"}


def test_a_whole_sheet_is_handed_in_and_one_with_gaps_is_not(desk: Rig) -> None:
    few = {name: key for name, key in everything(3).items() if name != "m-2.1"}

    early = desk.send(ONE, do="hand_in", seen=seen(desk), **few)
    late = desk.send(ONE, do="hand_in", seen=seen(desk), **everything(3))

    assert "Còn 1 mục của Gạo Khẩu Mẹo anh chị bỏ qua" in early
    assert "Em nhận phiếu chấm Gạo Khẩu Mẹo" in late
    assert "đã nộp phiếu" in late
    assert sheet(desk).handed_in_at
    assert ("handed_in_marks", "dossier", 1) in [row[1:] for row in noted(desk.phones)]


def test_a_page_that_was_open_for_long_hands_nothing_in_over_what_the_phone_marked(
    desk: Rig,
) -> None:
    before = seen(desk)
    desk.phones.say("chấm", "1", "1", "3", on="tv1")

    told = desk.send(ONE, do="hand_in", seen=before, **everything(0))

    assert "vừa đổi ở nơi khác" in told
    assert sheet(desk).handed_in_at is None
    assert set(sheet(desk).marks) == {"1.1"}


def test_what_the_sheet_does_not_have_is_not_kept(desk: Rig) -> None:
    token = desk.token()
    wrong = ({"m-1.1": "z"}, {"m-99": "a"}, {"r-99": "gì đó"})
    fields = {"token": token, "do": "keep", "part": "1"}

    answers = [desk.browser.post(ONE, data=fields | each).status_code for each in wrong]

    assert answers == [400] * 3


def test_nobody_sees_what_another_gave(desk: Rig) -> None:
    part(desk, **{"m-1.1": "a", "r-1.1": "chỉ mình tôi biết"})
    for points, seat in ((61, 2), (62, 3)):
        put(desk.phones, 1, seat, points)
    desk.enter("tv2")

    pages = [desk.page(page) for page in (ONE, "/desk/council", "/desk/dossiers/1")]

    assert not any("chỉ mình tôi biết" in page or "61 điểm" in page for page in pages[1:])
    assert "chỉ mình tôi biết" not in pages[0]
    assert "<strong>61</strong> điểm" in pages[0]


def test_who_has_an_interest_stands_aside_on_the_desk_too(desk: Rig) -> None:
    told = desk.send(ONE, do="aside")

    assert "em ghi anh chị đứng ngoài" in told
    assert sheet(desk).aside


def test_a_member_holds_a_product_out_with_a_reason_and_takes_it_back(desk: Rig) -> None:
    told = desk.send(ONE, do="bar", seen=seen(desk), why="nhãn ghi sai nơi sản xuất")
    kept = sheet(desk).barred
    desk.send(ONE, do="bar", seen=seen(desk), why="")
    desk.phones.say("đề nghị loại 1 vì nhãn sai", on="tv1")

    assert "Hội đồng bàn rồi mới quyết" in told
    assert kept == "nhãn ghi sai nơi sản xuất"
    assert sheet(desk).barred == "vì nhãn sai"


def test_enter_in_a_remark_only_keeps_the_sheet(desk: Rig) -> None:
    """A browser presses the first button of the form then."""
    _, form = desk.page(ONE).split(' id="sheet">')

    assert _DEED.findall(form)[0] == "keep"


def test_a_remark_after_it_was_handed_in_leaves_it_there(desk: Rig) -> None:
    put(desk.phones, 1, 1, 60)

    told = desk.send(ONE, do="keep", seen=seen(desk), **{"r-1.1": "vùng trồng rõ"})

    assert "Em nhận phiếu" in told
    assert sheet(desk).handed_in_at


def test_no_reason_takes_nothing_back_where_nothing_was_proposed(desk: Rig) -> None:
    told = desk.send(ONE, do="bar", seen=seen(desk), why=" ", **{"r-1.1": "vùng trồng rõ"})

    assert "Em giữ phiếu" in told
    assert sheet(desk).remarks == {"1.1": "vùng trồng rõ"}
    assert "took_refusal_back" not in {deed for _, deed, _, _ in noted(desk.phones)}


def test_once_all_sheets_are_in_none_changes_before_it_is_marked_anew(desk: Rig) -> None:
    """The secretary sees them from then on, and may be one of those who mark."""
    for seat in (1, 2, 3):
        put(desk.phones, 1, seat, 60)
    before = sheet(desk)

    late = part(desk, **{"m-1.1": "a"})
    desk.phones.say("chấm lại 1", on="canbo")
    again = part(desk, **{"m-1.1": "a"})

    assert "Chưa lưu được" in late
    assert sheet(desk) == before
    assert "Đã lưu" in again
    assert sheet(desk, turn=2).marks == {**before.marks, "1.1": "a"}


@pytest.mark.parametrize("page", ["/desk/marking/9", "/desk/marking/x"])
def test_there_is_no_sheet_of_what_is_not_before_the_meeting(desk: Rig, page: str) -> None:
    assert desk.browser.get(page).status_code == 404


def test_who_has_no_seat_or_no_meeting_is_told_what_to_do(desk: Rig) -> None:
    with desk.phones.database.transaction() as tx:
        councils.close(tx, 1, {}, desk.phones.player.now)
    ended = desk.page("/desk/marking")
    desk.enter("canbo")
    without = desk.page("/desk/marking")

    assert "không có phiên nào đang chấm" in ended
    assert desk.browser.get(ONE).status_code == 404
    assert "chưa có chỗ chấm điểm" in without
    assert "Chấm điểm</a>" not in without
