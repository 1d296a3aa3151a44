"""The officers' desk in a real Chromium: every page at both sizes, by day and by night, by keys."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy import text

from tests.bot.desk_rig import Rig, application, rig
from tests.bot.specimens import picture
from tests.handlers.conftest import phones
from tests.handlers.phones import Phones
from tests.journey.page import NEEDS_CHROMIUM, PATIENCE, browser_of

__all__ = ["phones"]
SIZES = {"desk": (1280, 900), "phone": (390, 844)}
ANNOUNCED = ("Họp bàn OCOP", "Mời bà con tới họp ở xã", "chủ thể xã Bản Liền", "đúng", "gửi", "1")
PAGES = (
    *("/desk", "/desk/inbox", "/desk/lists/new", "/desk/lists/targets", "/desk/ideas/1"),
    *("/desk/papers/1", "/desk/dossiers/1", "/desk/calendar", "/desk/announcements"),
    *(
        "/desk/announcements/1?status=waiting",
        "/desk/council",
        "/desk/exports",
        "/desk/office",
        "/desk/ideas/9",
    ),
)
# What axe-core would ask first; each finding says where and what.
LOOK = (Path(__file__).parent / "looking.js").read_text()
TEXT = "return document.readyState === 'complete' ? document.body.innerText : ''"
pytestmark = NEEDS_CHROMIUM


@dataclass
class Seat:
    """A browser at the desk."""

    rig: Rig
    browser: webdriver.Chrome
    host: str
    pictures: str

    def open(self, page: str) -> None:
        self.browser.get(self.host + page)

    def press(self, keys: str) -> None:
        self.browser.switch_to.active_element.send_keys(keys)

    def until(self, words: str) -> None:
        """Wait until a page that is there as a whole says so."""
        patience = time.monotonic() + PATIENCE
        while words not in (text := str(self.browser.execute_script(TEXT))):
            assert time.monotonic() < patience, text
            time.sleep(0.03)

    def at_night(self, night: str) -> None:
        scheme = {"features": [{"name": "prefers-color-scheme", "value": night}]}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", scheme)

    def keep(self, name: str) -> None:
        if self.pictures:
            path = Path(self.pictures) / f"{name}.png"
            path.parent.mkdir(exist_ok=True, parents=True)
            self.browser.save_screenshot(str(path))


@contextmanager
def serving(made: Rig) -> Iterator[str]:
    """The rig's desk on a port of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"http://127.0.0.1:{free.getsockname()[1]}"
    port = urlsplit(host).port or 0
    app = application(made.phones, made.files, host, made.rang)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical", ws="none"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.02)
        yield host
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def sitting(
    phones: Phones, folder: Path, size: str, pictures: str, who: str = "xa"
) -> Iterator[Seat]:
    with rig(phones, folder) as made, serving(made) as host:
        phones.say("thông báo", "4", *ANNOUNCED, on="xa")
        made.give(content=picture("jpeg", (600, 800)))
        made.give("trademark_certificate", picture("jpeg", (600, 800)))
        phones.say("nộp xã", "1")
        browser = browser_of(SIZES[size], folder / "profile")
        try:
            browser.get(host + made.link(who))
            browser.find_element(By.CSS_SELECTOR, "button").click()
            seat = Seat(made, browser, host, pictures)
            seat.until("Hôm nay")
            yield seat
        finally:
            browser.quit()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_reads_well_by_day_and_by_night(
    phones: Phones, tmp_path: Path, size: str, request: pytest.FixtureRequest
) -> None:
    pictures = str(request.config.getoption("--pictures"))
    found: list[str] = []
    with sitting(phones, tmp_path, size, pictures) as seat:
        for night in ("light", "dark"):
            seat.at_night(night)
            for page in PAGES:
                seat.open(page)
                wrong: list[str] = seat.browser.execute_script(LOOK)
                found += [f"{night} {page}: {each}" for each in wrong]
                name = page.strip("/").replace("/", "-").partition("?")[0]
                seat.keep(f"ban-{name}-{size}-{night}")
        log = [each["message"] for each in seat.browser.get_log("browser")]  # type: ignore[no-untyped-call]

    assert found == []
    assert [each for each in log if "404" not in each] == []


def test_the_inbox_is_worked_off_by_keys_alone(phones: Phones, tmp_path: Path) -> None:
    with sitting(phones, tmp_path, "desk", "") as seat:
        seat.open("/desk/inbox")
        seat.press("j")
        seat.press(Keys.ENTER)
        seat.until("Chủ thể khai")
        seat.press("1")
        seat.until("Em ghi nhận phiếu YT-2026-0001")
        seat.until("Giấy an toàn thực phẩm")
        seat.press("2")
        seat.press(Keys.SPACE)
        seat.press(Keys.ENTER)
        seat.until("Em trả lại giấy")

    verdicts = [row["verdict"] for row in seat.rig.phones.papers()]
    assert [row["verdict"] for row in seat.rig.phones.ideas()] == ["accepted"]
    assert "returned" in verdicts


def test_the_help_opens_and_closes_and_the_ledger_grows_by_itself(
    phones: Phones, tmp_path: Path
) -> None:
    with sitting(phones, tmp_path, "desk", "") as seat:
        _now_is(phones, "queued")
        seat.open("/desk/announcements/1")
        assert "0/1" in seat.browser.find_element(By.CSS_SELECTOR, ".state").text
        seat.press("?")
        seat.until("việc sau, việc trước")
        seat.press(Keys.ESCAPE)
        _now_is(phones, "sent")

        seat.until("1/1")


def _now_is(phones: Phones, status: str) -> None:
    with phones.database.transaction() as tx:
        tx.execute(text("UPDATE announcements SET status = 'sending'"))
        tx.execute(text("UPDATE recipients SET status = :now"), {"now": status})
