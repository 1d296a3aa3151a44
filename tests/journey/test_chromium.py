"""A producer registers an idea in a real Chromium, from the greeting to the receipt."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

ROOT = Path(__file__).parents[2]
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
)
PATIENCE = 15
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

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None or DRIVER is None,
        reason="no Chromium: apt-get install chromium chromium-driver",
    ),
    pytest.mark.timeout(180),
]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server of our own, started as ``./run`` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "bot", "run", "--port", str(port)]
    environment = {**os.environ, "OCOP_DATA": str(tmp_path / "data")}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        assert server.wait(20) == 0


def _wait_for(url: str) -> None:
    patience = time.monotonic() + PATIENCE
    while time.monotonic() < patience:
        try:
            with urllib.request.urlopen(url) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not come up")


def _browser(size: tuple[int, int], folder: Path) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={folder}", f"--window-size={size[0]},{size[1]}"):
        options.add_argument(flag)
    service = webdriver.ChromeService(executable_path=DRIVER)
    browser = webdriver.Chrome(options=options, service=service)
    if size[0] < 500:  # a window cannot be as narrow as a phone, a device can
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 2, "mobile": True}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    return browser


@dataclass
class Phone:
    """One phone on the page, used as a person uses it."""

    browser: webdriver.Chrome
    name: str

    def part(self, css: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, f'[data-phone="{self.name}"] {css}')

    def letters(self) -> list[str]:
        script = "return [...document.querySelectorAll(arguments[0])].map(line => line.textContent)"
        css = f'[data-phone="{self.name}"] .line.bot'
        found: list[str] = self.browser.execute_script(script, css)
        return found

    def say(self, text: str) -> None:
        (box,) = self.part("textarea[name=text]")
        box.send_keys(text + Keys.ENTER)

    def hears(self, words: str, after: int) -> None:
        """Wait until a letter after those first ``after`` ones holds these words."""
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            if any(words in letter for letter in self.letters()[after:]):
                return
            time.sleep(0.03)
        raise AssertionError(f"{words!r} not in {self.letters()[after:]}")


@pytest.mark.parametrize("size", [(390, 844), (1280, 900)], ids=["phone", "desk"])
def test_a_producer_registers_an_idea_from_greeting_to_receipt(
    address: str, tmp_path: Path, size: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    pictures = request.config.getoption("--pictures")
    browser = _browser(size, tmp_path / "chromium")
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
                browser.save_screenshot(f"{pictures}/{stage}-{size[0]}.png")
        told = lan.letters()
        officer.hears("YT-", 0)
        if pictures:
            browser.save_screenshot(f"{pictures}/hai-may-{size[0]}.png")

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
