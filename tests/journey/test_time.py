"""The demo's clock in a real Chromium: from November to April, reminded, and a date that moves."""

import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

from programme.quiet import VIETNAM, is_quiet
from tests.journey.page import NEEDS_CHROMIUM, PATIENCE, Phone, browser_of, served
from tests.journey.test_chromium import DESK, TALK
from tests.journey.test_dossier import do, walk

BEGINS = datetime(2026, 11, 30, 8, 30, tzinfo=VIETNAM)
NARROW = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
CLOCK = ".turning"
TURNING = f"{CLOCK}[aria-busy=true]"
PICTURE = ".line.photo img"
DRAWN = "return [...document.querySelectorAll(arguments[0])].map(image => image.naturalWidth)"
TOLD = """return [...document.querySelectorAll(arguments[0])].map(
    line => [line.querySelector(".foot time").dateTime, line.textContent])"""
DRAW = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))"
UNREAD = """return [...document.querySelectorAll(".log")].map(
    log => Math.round(log.scrollHeight - log.scrollTop - log.clientHeight))"""

Told = list[tuple[datetime, str]]

pytestmark = NEEDS_CHROMIUM


@dataclass(frozen=True, slots=True)
class Desk:
    """Both phones side by side, and the clock over them that everybody may turn."""

    browser: webdriver.Chrome
    pictures: str
    producer: Phone
    officer: Phone

    def now(self) -> datetime:
        (shown,) = self.browser.find_elements(By.CSS_SELECTOR, f"{CLOCK} time")
        return datetime.fromisoformat(shown.get_attribute("datetime") or "").astimezone(VIETNAM)

    def is_night(self) -> bool:
        """Whether the moon is shown beside the time."""
        return self.browser.find_element(By.CSS_SELECTOR, f"{CLOCK} .quiet").is_displayed()

    def turn(self, step: str, times: int = 1) -> None:
        for _ in range(times):
            self.browser.find_element(By.CSS_SELECTOR, f'[data-turn="{step}"]').click()
            self.until(lambda: not self.browser.find_elements(By.CSS_SELECTOR, TURNING))

    def turn_until(self, night: bool) -> None:
        while self.is_night() is not night:
            self.turn("hour")

    def until(self, done: Callable[[], bool]) -> None:
        patience = time.monotonic() + 2 * PATIENCE
        while not done():
            assert time.monotonic() < patience
            time.sleep(0.03)

    def told(self, phone: Phone, after: int) -> Told:
        """The letters after those first ``after`` ones, each with the time beside it."""
        rows = self.browser.execute_script(TOLD, f'[data-phone="{phone.name}"] .line.bot')
        return [(datetime.fromisoformat(at).astimezone(VIETNAM), said) for at, said in rows[after:]]

    def fold(self) -> None:
        """Fold the clock, or open it again."""
        self.browser.find_element(By.CSS_SELECTOR, f"{CLOCK} summary").click()

    def narrowed(self, name: str) -> None:
        """Look at it on a screen as narrow as a phone's, and go back."""
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", NARROW)
        self.drawn(NARROW["width"])
        self.look(name, NARROW["width"])
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.drawn(DESK[0])

    def drawn(self, width: int) -> None:
        """Wait until the page is as wide as that, and drawn so."""
        self.until(lambda: self.browser.execute_script("return innerWidth") == width)
        self.browser.execute_async_script(DRAW)

    def look(self, name: str, width: int = DESK[0]) -> None:
        if self.pictures:
            time.sleep(0.4)
            self.browser.save_screenshot(f"{self.pictures}/{name}-{width}.png")


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The page of a server whose time begins in November 2026, whenever that is tested."""
    with served(tmp_path / "data", BEGINS) as address:
        browser = browser_of(DESK, tmp_path / "chromium")
        try:
            browser.get(address)
            phones = Phone(browser, "producer"), Phone(browser, "officer")
            desk = Desk(browser, request.config.getoption("--pictures"), *phones)
            desk.until(lambda: desk.now().date() == BEGINS.date())
            desk.officer.hears("danh sách", 0)
            yield desk
        finally:
            browser.quit()


def join_round_1(desk: Desk) -> None:
    """In November: an idea for round 1 of 2027, and the plan that leads there."""
    lan = desk.producer
    walk(lan, ((said, expected, "") for said, expected, _ in TALK), None)
    assert "nộp hồ sơ cho xã chậm nhất 7/4/2027" in lan.letters()[-1]
    do(lan, "ke hoach", "Nộp xã chậm nhất Thứ Tư 7/4/2027")
    do(lan, "anh ke hoach", "Bác lưu ảnh này")
    do(lan, "lich cho dien thoai", "Bác bấm mở tệp này")


def content_of(phone: Phone, css: str, address: str) -> bytes:
    """The file at the address that the only such part of the phone has."""
    (part,) = phone.part(css)
    with urllib.request.urlopen(part.get_attribute(address) or "") as answer:
        content: bytes = answer.read()
    return content


def live_until_april(desk: Desk) -> tuple[Told, Told]:
    """Turn to 1 April; what came on the way to her, and to the officer."""
    before, office_before = len(desk.producer.letters()), len(desk.officer.letters())
    desk.turn("month", 4)
    desk.turn("day", 2)
    desk.producer.hears("Còn 7 ngày", before)
    desk.officer.hears("tóm tắt hôm nay", office_before)
    desk.look("nhac")
    desk.fold()
    desk.narrowed("nhac")
    desk.fold()
    return desk.told(desk.producer, before), desk.told(desk.officer, office_before)


def move_the_date_at_night(desk: Desk) -> tuple[int, Told]:
    """The officer moves the day of the round; how many letters came at night, and all of them."""
    before = len(desk.producer.letters())
    desk.turn_until(night=True)
    desk.turn("hour")
    do(desk.officer, "dời hạn nộp đợt 1 sang 20/4 vì mưa lũ", "Em ghi như vậy nhé?")
    desk.officer.hears("từ 7/4/2027 sang 20/4/2027", 0)
    do(desk.officer, "ghi", "nghe tin lúc 7 giờ sáng 2/4/2027")
    desk.look("dem")
    desk.turn("hour", 2)
    at_night = len(desk.producer.letters()) - before
    desk.turn_until(night=False)
    desk.producer.hears("dời từ", before)
    desk.look("doi-ngay")
    return at_night, desk.told(desk.producer, before)


def put_off_until_monday(desk: Desk) -> Told:
    """She puts it off from Friday, and the days go by; what came to her."""
    do(desk.producer, "nhắc lại thứ hai", "5/4/2027 em nhắc lại")
    before = len(desk.producer.letters())
    desk.turn("day", 4)
    desk.producer.hears("20/4/2027", before)
    return desk.told(desk.producer, before)


def by_day_and_once_a_day(told: Told) -> bool:
    days = [at.date() for at, _ in told]
    return len(set(days)) == len(days) and not any(is_quiet(at) for at, _ in told)


def look_at_the_plan(desk: Desk) -> None:
    """The plan came as a picture and as a calendar, and the newest letters stay in sight."""
    desk.until(lambda: min(desk.browser.execute_script(DRAWN, PICTURE), default=0) > 0)
    picture = content_of(desk.producer, PICTURE, "src")
    calendar = content_of(desk.producer, ".line.file a", "href").decode()
    desk.narrowed("tep")
    unread = desk.browser.execute_script(UNREAD)

    if desk.pictures:
        (Path(desk.pictures) / "ke-hoach.png").write_bytes(picture)
    assert picture.startswith(b"\x89PNG")
    assert calendar.startswith("BEGIN:VCALENDAR")
    assert "DTSTART;VALUE=DATE:20270407" in calendar
    assert max(unread) == 0


def test_she_plans_is_reminded_and_hears_of_a_moved_date_when_one_may_write(desk: Desk) -> None:
    join_round_1(desk)
    look_at_the_plan(desk)

    reminded, summed_up = live_until_april(desk)
    april = desk.now()
    at_night, ((heard_at, moved),) = move_the_date_at_night(desk)
    again = put_off_until_monday(desk)

    do(desk.producer, "kế hoạch", "còn thong thả")
    do(desk.officer, "tóm tắt", "Sắp tới hạn: 1")
    do(desk.officer, "lịch", "Nộp hồ sơ về xã hết 20/4/2027 (cơ quan đặt: mưa lũ)")
    desk.look("lich")

    assert f"{april:%d/%m/%Y}" == "01/04/2027"
    assert by_day_and_once_a_day(reminded)
    assert {at.hour for at, _ in reminded} == {8}
    assert "Còn 7 ngày là hạn nộp xã hồ sơ gạo Khẩu Mẹo Bản Liền" in reminded[-1][1]
    assert by_day_and_once_a_day(summed_up)
    assert "em gửi tóm tắt hôm nay" in summed_up[0][1]
    assert (at_night, f"{heard_at:%d/%m %H}") == (0, "02/04 07")
    assert "dời từ 7/4/2027 sang 20/4/2027 vì mưa lũ" in moved
    assert [f"{at:%d/%m %H:%M}" for at, _ in again] == ["05/04 08:00"]
