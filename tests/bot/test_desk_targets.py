"""Targets, tasks and money on one page of the desk, by the rules and the log of the chat."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.bot.desk_rig import Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
PAGE = "/desk/targets"
SET = {"do": "set", "place": "Bản Liền", "kind": "new-4", "wanted": "3", "year": "2026"}
ADD = {"do": "add", "unit": "UBND xã Bản Liền", "deed": "báo cáo tiến độ"}
SUPPORT = {"do": "support", "s-unit": "HTX Bản Liền", "s-fund": "nông thôn mới"}
SUPPORT |= {"s-planned": "50 triệu", "s-paid": "20 triệu", "s-use": "máy đóng gói"}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    with rig(phones, tmp_path) as made:
        yield made.enter("tinh")


def day(desk: Rig, ahead: int) -> str:
    return (desk.phones.player.now + timedelta(days=ahead)).date().isoformat()


def deeds(desk: Rig) -> set[str]:
    return {deed for _, deed, _, _ in noted(desk.phones)}


def count(desk: Rig, table: str) -> int:
    with desk.phones.database.reading() as tx:
        return int(tx.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def plain(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


# -- targets ---------------------------------------------------------------------------------------


def test_a_target_is_set_and_shown_with_what_is_reached(desk: Rig) -> None:
    told = desk.send(PAGE, **SET)
    desk.certify()
    counted = plain(desk.send(PAGE, **{**SET, "kind": "new-3", "wanted": "2"}))

    assert "Sản phẩm mới từ 4 sao 0/3" in plain(told)
    assert "Sản phẩm mới từ 3 sao 1/2" in counted
    assert "chỉ tiêu" in desk.heard("xa")
    assert "set_target" in deeds(desk)


def test_a_target_of_none_is_taken_away(desk: Rig) -> None:
    desk.send(PAGE, **SET)

    told = desk.send(PAGE, **{**SET, "wanted": "0"})

    assert "0/3" not in told
    assert "chưa giao chỉ tiêu nào" in told


def test_a_year_has_its_own(desk: Rig) -> None:
    told = desk.send(PAGE, **{**SET, "year": "2027"})

    assert "năm 2027" in told
    assert "0/3" in told
    assert "0/3" not in desk.page(PAGE)


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"place": "Nơi Nào"}, "chưa thấy nơi ấy"),
        ({"kind": "new-2"}, "chọn một chỉ tiêu"),
        ({"wanted": ""}, "Từ 0 tới 9999"),
        ({"wanted": "99999"}, "Từ 0 tới 9999"),
        ({"year": "2050"}, "năm ngoái tới ba năm nữa"),
    ],
)
def test_what_is_no_target_is_told_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    told = desk.send(PAGE, **{**SET, **wrong})

    assert hint in told
    assert f'value="{(SET | wrong)["place"]}"' in told
    assert count(desk, "counted_targets") == 0


# -- tasks -----------------------------------------------------------------------------------------


def test_a_task_is_given_to_a_commune_and_done_there(desk: Rig) -> None:
    desk.send(PAGE, **ADD, due=day(desk, 9))

    heard = desk.heard("xa")
    desk.enter("xa")
    told = desk.send(PAGE, do="finish", number=1)

    assert "báo cáo tiến độ" in heard
    assert "Không còn việc nào phải làm" in told
    assert {"gave_tasks", "finished_task"} <= deeds(desk)
    assert 'role="status"' in desk.send(PAGE, do="finish", number=1)


def test_what_is_late_comes_first_and_says_so(desk: Rig) -> None:
    desk.send(PAGE, **{**ADD, "deed": "việc không hạn"})
    desk.send(PAGE, **{**ADD, "deed": "việc còn lâu"}, due=day(desk, 40))
    desk.send(PAGE, **{**ADD, "deed": "việc gấp"}, due=day(desk, 1))
    desk.phones.wait(timedelta(days=3))

    page = plain(desk.enter("tinh").page(PAGE))

    assert page.index("Việc gấp") < page.index("Việc còn lâu") < page.index("Việc không hạn")
    assert page.count("quá hạn") == 2
    assert "quá hạn 1" in page


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"unit": ""}, "Tên đơn vị từ 2"),
        ({"deed": "x"}, "Nội dung việc từ 3"),
        ({"due": "2020-01-01"}, "Hạn là hôm nay"),
    ],
)
def test_what_is_no_task_is_told_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    told = desk.send(PAGE, **{**ADD, "due": day(desk, 5), **wrong})

    assert hint in told
    assert f">{(ADD | wrong)['deed']}</textarea>" in told
    assert count(desk, "tasks") == 0


# -- money -----------------------------------------------------------------------------------------


def test_a_support_is_written_down_and_what_was_paid_of_it(desk: Rig) -> None:
    told = plain(desk.send(PAGE, **SUPPORT))

    paid = plain(desk.send(PAGE, do="pay", number=1, seen="20000000", paid="60 triệu"))

    assert "Nông thôn mới cả nguồn 50.000.000 20.000.000" in told
    assert "HTX Bản Liền 50.000.000 60.000.000, quá kế hoạch" in paid
    assert {"added_support", "paid_support"} <= deeds(desk)


def test_a_sum_that_somebody_kept_meanwhile_is_not_overwritten_unseen(desk: Rig) -> None:
    desk.send(PAGE, **SUPPORT)
    desk.phones.say("chi hỗ trợ 1 30 triệu", on="tinh")

    told = desk.send(PAGE, do="pay", number=1, seen="20000000", paid="25 triệu")

    assert "vừa có người khác sửa" in told
    assert 'value="25 triệu"' in told
    assert "đã chi 30.000.000 đồng" in told


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"s-unit": ""}, "Tên từ 2 tới 120"),
        ({"s-fund": "x"}, "Tên nguồn từ 2"),
        ({"s-planned": "nhiều"}, "chưa đọc được số tiền"),
        ({"s-use": ""}, "Nội dung từ 2 tới 160"),
    ],
)
def test_what_is_no_support_is_told_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    told = desk.send(PAGE, **{**SUPPORT, **wrong})

    assert hint in told
    assert f'value="{(SUPPORT | wrong)["s-planned"]}"' in told
    assert count(desk, "supports") == 0


def test_a_sum_that_cannot_be_read_is_told(desk: Rig) -> None:
    desk.send(PAGE, **SUPPORT)

    assert "chưa đọc được số tiền" in desk.send(PAGE, do="pay", number=1, seen=0, paid="nhiều")
    assert desk.browser.get("/desk/lists/targets").status_code == 200


def test_a_commune_sees_its_own_and_sets_targets_for_itself_alone(desk: Rig) -> None:
    desk.send(PAGE, **SUPPORT)
    desk.enter("xa")

    told = desk.send(PAGE, **{**SET, "place": "Bảo Nhai"})

    assert "HTX Bản Liền" in told
    assert "xã Bản Liền, tỉnh Lào Cai</th>" in told.replace("Xã", "xã")
    assert "Bảo Nhai" not in told
    assert 'name="place"' not in told
