"""A producer registers an idea in a real Chromium, from the greeting to the receipt, at a desk.

On a screen as narrow as a phone's the same talk begins ``test_dossier``.
"""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journey.page import NEEDS_CHROMIUM, Phone, browser_of, served

# What she types, and what must be in the answer to it; a name marks a stage to look at.
TALK = (
    ("chao em", "trợ lý OCOP", "chao"),
    ("toi muon dang ky san pham", "Đồng ý", ""),
    ("dong y", "hội chợ", ""),
    ("1", "khai hộ", ""),
    ("cua toi", "chủ thể là", ""),
    ("HTX Bản Liền", "loại nào", ""),
    ("htx", "xã nào", ""),
    ("na hoi bac ha", "trước là", "xa"),
    ("dung roi", "đại diện", ""),
    ("Vàng Thị Mai", "nữ hay nam", ""),
    ("nu", "dân tộc", ""),
    ("Tày", "thường trú", ""),
    ("thon Na Lo", "điện thoại", ""),
    ("0912345678", "email", ""),
    ("bo qua", "đăng ký kinh doanh", ""),
    ("bo qua", "Đúng hết rồi", ""),
    ("1", "Sản phẩm tên", ""),
    ("gạo Khẩu Mẹo Bản Liền", "Bộ 3", "bo"),
    ("u", "mới", ""),
    ("da co", "nguyên liệu", ""),
    ("lúa Khẩu Mẹo", "phần trăm", ""),
    ("tat ca trong xa", "người làm", ""),
    ("12 nguoi, 10 nguoi trong xa", "đóng gói", ""),
    ("tui 1 kg", "khác nơi khác", ""),
    ("Gạo thơm, dẻo, giống của các cụ để lại.", "xong", ""),
    ("xong", "giấy", ""),
    ("1 3", "Tháng nào", ""),
    ("t9 den t11", "sao", ""),
    ("3", "đợt nào", ""),
    ("1", "Đúng hết rồi", "xem-lai"),
    ("gui", "YT-", "bien-nhan"),
)

DESK = (1280, 900)

pytestmark = NEEDS_CHROMIUM


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path / "data") as address:
        yield address


def test_a_producer_registers_an_idea_from_greeting_to_receipt(
    address: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    pictures = request.config.getoption("--pictures")
    browser = browser_of(DESK, tmp_path / "chromium")
    try:
        browser.get(address)
        lan, officer = Phone(browser, "producer"), Phone(browser, "officer")
        officer.hears("danh sách", 0)
        for said, expected, stage in TALK:
            before = len(lan.letters())
            lan.say(said)
            lan.hears(expected, before)
            if pictures and stage:
                time.sleep(0.4)
                browser.save_screenshot(f"{pictures}/{stage}-{DESK[0]}.png")
        told = lan.letters()
        officer.hears("YT-", 0)
        if pictures:
            browser.save_screenshot(f"{pictures}/hai-may-{DESK[0]}.png")

        browser.refresh()
        lan.hears("YT-", 0)
        again = lan.letters()
        asked = browser.execute_script(
            "return performance.getEntriesByType('resource').map(entry => entry.name)"
        )
    finally:
        browser.quit()

    assert again == told[-len(again) :]
    assert asked
    assert all(url.startswith(address) for url in asked)
