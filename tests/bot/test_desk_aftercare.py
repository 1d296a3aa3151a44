"""A product's page after its certificate: inspections with their photos, what was revoked."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage import files as kept
from storage import inspections, planner, revocations
from tests.bot.desk_rig import PAGE, Rig, rig
from tests.handlers.conftest import phones
from tests.handlers.offices import appoint, noted
from tests.handlers.phones import Phones

__all__ = ["phones"]


@pytest.fixture
def desk(phones: Phones, tmp_path: Path) -> Iterator[Rig]:
    """The rice of Bản Liền has its stars; it was looked at, and its certificate is revoked."""
    with rig(phones, tmp_path) as made:
        file = made.files.keep(PAGE)
        now = phones.player.now
        found = {"day": date(2026, 11, 2), "samples": 2}
        found |= {"findings": "sổ bỏ trống", "until": date(2026, 12, 1)}
        why = {"cause": "law", "why": "Kết luận 12/KL-SYT", "concluded": date(2026, 11, 9)}
        one = made.certify()
        with phones.database.transaction() as tx:
            kept.note(tx, file, "image/jpeg", len(PAGE), now)
            inspections.plan(tx, 1, date(2026, 11, 2), 2, now)
            seen = [{"id": one, "name": "Gạo Khẩu Mẹo", "star": 3}]
            inspections.record(tx, 1, seen, found, now)
            inspections.add_photos(tx, 1, [file], 24)
            told = {**why, "certificate_id": one, "until": date(2026, 11, 24)}
            revoked = revocations.propose(tx, told, 2, now)
            assert revoked
            revocations.decide(tx, revoked, "88/QĐ-UBND", date(2026, 11, 20))
            planner.of_revocations(tx, None, now)
        yield made.enter()


def test_the_product_page_tells_all_that_came_after_its_certificate(desk: Rig) -> None:
    page = desk.page("/desk/dossiers/1")

    assert "Quyết định 12/QĐ-UBND, ngày 30/6/2026" in page
    assert "Bị thu hồi từ 20/11/2026" in page
    assert "điểm c khoản 1 Điều 8" in page
    assert "Kết luận 12/KL-SYT. Quyết định 88/QĐ-UBND" in page
    assert "Kiểm tra 1, 2/11/2026: chờ sửa, hạn 1/12/2026" in page
    assert "Đã xem Gạo Khẩu Mẹo; 2 mẫu, chờ kết quả" in page
    assert "sổ bỏ trống" in page
    assert '<img src="/desk/inspections/1/photos/1"' in page


def test_the_photos_of_an_inspection_are_shown_to_its_area_alone_and_noted(desk: Rig) -> None:
    shown = desk.browser.get("/desk/inspections/1/photos/1")
    missing = desk.browser.get("/desk/inspections/1/photos/2")
    desk.phones.say("/start CANBO", on="kia")
    appoint(desk.phones, "68")
    desk.enter("kia")

    assert shown.content == PAGE
    assert missing.status_code == 404
    assert desk.browser.get("/desk/inspections/1/photos/1").status_code == 404
    assert "read_inspection" in {deed for _, deed, _, _ in noted(desk.phones)}
