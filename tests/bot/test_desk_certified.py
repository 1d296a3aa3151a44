"""After the certificate: visits and revocations are written down at the desk as in the chat."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from programme import revocation
from tests.bot.desk_rig import Rig, rig
from tests.bot.specimens import PDF, picture
from tests.handlers.conftest import phones
from tests.handlers.offices import noted
from tests.handlers.phones import Phones

__all__ = ["phones"]
DOSSIER, PAGE = "/desk/dossiers/1", "/desk/dossiers/1/certified"
RECORD = {"do": "record", "number": 1, "product-1": "yes", "samples": "2"}
PROPOSE = {"do": "propose", "certificate": 1, "cause": "law", "concluded": "2026-11-15"}
WHY = {"why": "Kết luận 12/KL-SYT: hai mẫu có phẩm màu cấm"}
DECIDE = {"do": "decide", "number": 1, "decision": "88/QĐ-UBND", "sure": "yes"}


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    """The rice of Bản Liền has its stars, and an officer of the province sits at the desk."""
    with rig(phones, tmp_path) as made:
        made.certify()
        yield made.enter("tinh")


def day(desk: Rig, ahead: int) -> str:
    return (desk.phones.player.now + timedelta(days=ahead)).date().isoformat()


def rows(desk: Rig, table: str) -> list[dict[str, Any]]:
    with desk.phones.database.reading() as tx:
        found = tx.execute(text(f"SELECT * FROM {table} ORDER BY id")).mappings()
        return [dict(row) for row in found]


def photograph(desk: Rig, content: bytes, number: int = 1) -> str:
    files = {"picture": ("anh.jpg", content, "image/jpeg")}
    told = {"token": desk.token(), "do": "photo", "number": number}
    answer = desk.browser.post(PAGE, data=told, files=files)
    assert answer.status_code == 200
    return answer.text


# -- visits ----------------------------------------------------------------------------------------


def test_a_visit_is_planned_and_what_was_found_goes_to_the_producer(desk: Rig) -> None:
    told = desk.send(PAGE, do="plan", day=day(desk, 3))
    found = desk.send(PAGE, **RECORD, words="sổ bỏ trống", until=day(desk, 20))

    (row,) = rows(desk, "inspections")
    assert "kiểm tra" in told.lower()
    assert "Gạo Khẩu Mẹo" in found
    assert (row["status"], row["samples"], row["findings"]) == ("found", 2, "sổ bỏ trống")
    assert "sổ bỏ trống" in desk.heard()
    assert "Ghi kiểm tra, thu hồi" in desk.page(DOSSIER)
    deeds = {deed for _, deed, _, _ in noted(desk.phones)}
    assert {"planned_inspection", "recorded_inspection"} <= deeds


def test_a_visit_that_nobody_planned_is_written_down_at_once(desk: Rig) -> None:
    desk.send(PAGE, **{**RECORD, "number": "", "samples": "0"})

    (row,) = rows(desk, "inspections")
    assert (row["status"], row["samples"]) == ("closed", 0)


def test_photos_samples_and_the_end_follow(desk: Rig) -> None:
    desk.send(PAGE, **{**RECORD, "number": ""}, words="nhãn sai", until=day(desk, 20))
    content = picture("jpeg")

    photograph(desk, content)
    desk.send(PAGE, do="samples", number=1, failed="1")
    desk.send(PAGE, do="close", number=1)

    (row,) = rows(desk, "inspections")
    assert (row["status"], row["failed"]) == ("closed", 1)
    assert desk.browser.get("/desk/inspections/1/photos/1").content == content


def test_what_was_found_is_kept_once(desk: Rig) -> None:
    desk.send(PAGE, do="plan", day=day(desk, 0))
    desk.send(PAGE, **RECORD)

    told = desk.send(PAGE, **{**RECORD, "samples": "5"})

    assert rows(desk, "inspections")[0]["samples"] == 2
    assert 'class="told" role="status"' in told


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ({"product-1": ""}, "ít nhất một sản phẩm"),
        ({"samples": ""}, "Số mẫu từ 0 tới 500"),
        ({"samples": "9999"}, "Số mẫu từ 0 tới 500"),
        ({"until": ""}, "cho chủ thể một ngày"),
        ({"until": "2020-01-01"}, "cho chủ thể một ngày"),
    ],
)
def test_what_cannot_be_written_down_so_is_told_and_nothing_typed_is_lost(
    desk: Rig, wrong: dict[str, str], hint: str
) -> None:
    desk.send(PAGE, do="plan", day=day(desk, 0))
    typed = {**RECORD, "words": "sổ bỏ trống", "until": day(desk, 9), **wrong}

    told = desk.send(PAGE, **typed)

    assert hint in told
    assert ">sổ bỏ trống</textarea>" in told
    assert rows(desk, "inspections")[0]["status"] == "planned"


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ({"do": "plan", "day": "2020-01-01"}, "hôm nay hoặc sau đó"),
        ({"do": "samples", "number": 1, "failed": "3"}, "Từ 0 tới 2 mẫu"),
        ({"do": "samples", "number": 1, "failed": ""}, "Từ 0 tới 2 mẫu"),
        ({"do": "photo", "number": 1}, "không mở ra xem được"),
    ],
)
def test_other_fields_that_are_wrong_are_told(
    desk: Rig, form: dict[str, object], hint: str
) -> None:
    desk.send(PAGE, **{**RECORD, "number": ""}, words="nhãn sai", until=day(desk, 20))

    assert hint in desk.send(PAGE, **form)
    assert "không mở ra xem được" in photograph(desk, PDF)


# -- revocations -----------------------------------------------------------------------------------


def test_each_cause_of_the_law_can_be_proposed_and_a_decision_revokes(desk: Rig) -> None:
    page = desk.page(PAGE)

    proposed = desk.send(PAGE, **PROPOSE, **WHY)
    desk.phones.wait(timedelta(days=1))
    desk.enter("tinh").send(PAGE, **DECIDE, decided_on=day(desk, 0))

    assert [each for each in revocation.causes() if f'value="{each}"' not in page] == []
    assert "hạn 30/11/2026" in proposed
    assert rows(desk, "certificates")[0]["revoked_on"] is not None
    assert "88/QĐ-UBND" in desk.heard()
    deeds = {deed for _, deed, _, _ in noted(desk.phones)}
    assert {"proposed_revocation", "revoked_certificate"} <= deeds


def test_a_certificate_can_stay_after_all(desk: Rig) -> None:
    desk.send(PAGE, **PROPOSE, **WHY)

    desk.send(PAGE, do="drop", number=1)

    assert rows(desk, "revocations")[0]["status"] == "dropped"
    assert rows(desk, "certificates")[0]["revoked_on"] is None


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ({"cause": "no"}, "chọn một trường hợp"),
        ({"concluded": "2099-01-01"}, "hôm nay hoặc trước đó"),
        ({"why": "x"}, "Từ 2 tới 200 chữ"),
    ],
)
def test_a_proposal_that_lacks_something_is_told_and_kept(
    desk: Rig, form: dict[str, str], hint: str
) -> None:
    told = desk.send(PAGE, **{**PROPOSE, **WHY, **form})

    assert hint in told
    assert f">{(WHY | form)['why']}</textarea>" in told
    assert rows(desk, "revocations") == []


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ({"decided_on": "2026-11-01"}, "không trước ngày kết luận"),
        ({"decided_on": "2099-01-01"}, "không sau hôm nay"),
        ({"decision": "8"}, "Số quyết định từ 3"),
        ({"sure": ""}, "đánh dấu ô này"),
    ],
)
def test_a_decision_that_cannot_be_is_told_and_revokes_nothing(
    desk: Rig, form: dict[str, str], hint: str
) -> None:
    desk.send(PAGE, **PROPOSE, **WHY)

    assert hint in desk.send(PAGE, **{**DECIDE, "decided_on": day(desk, 0), **form})
    assert rows(desk, "certificates")[0]["revoked_on"] is None


def test_of_two_who_propose_at_once_one_does(desk: Rig) -> None:
    desk.send(PAGE, **PROPOSE, **WHY)

    told = desk.send(PAGE, **PROPOSE, **WHY)

    assert len(rows(desk, "revocations")) == 1
    assert 'class="told" role="status"' in told


def test_a_commune_proposes_and_decides_nothing(desk: Rig) -> None:
    desk.enter("xa").send(PAGE, **PROPOSE, **WHY)
    form = {"token": desk.token(), **DECIDE, "decided_on": day(desk, 0)}

    assert desk.browser.post(PAGE, data=form).status_code == 403
    assert 'value="decide"' not in desk.page(PAGE)
    assert rows(desk, "revocations")[0]["status"] == "open"
