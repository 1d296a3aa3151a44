"""The officers' desk in a real Chromium: every page at both sizes, by day and by night, by keys."""

import socket
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from sqlalchemy import text

from bot import importing
from storage import inspections, revocations
from tests.bot.desk_rig import Rig, application, rig
from tests.bot.specimens import picture
from tests.handlers.conftest import phones
from tests.handlers.meeting import THREE_SEATS
from tests.handlers.offices import appoint
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
        "/desk/questions",
        "/desk/questions/1",
        "/desk/announcements/new",
        "/desk/announcements/1/mend",
    ),
)
OFFICE = ("", "/papers", "/texts", "/units", "/templates")  # what the province sets of its own
RARE = tuple(
    f"/desk/tables{page}"
    for page in ("", "/budgets/list", "/budgets/detail?pk=1", "/fairs/edit?pk=1")
)
# What axe-core does not ask; each finding says where and what.
LOOK = (Path(__file__).parent / "looking.js").read_text()
AXE = (files("axe_core_python") / "axe.min.js").read_text()
ASK = """
const tell = arguments[0];
axe.run({ resultTypes: ["violations"] }).then((told) => tell(told.passes.length < 10
  ? ["axe saw nothing"]
  : told.violations
      .filter((each) => ["serious", "critical"].includes(each.impact))
      .map((each) => `${each.id}: ${each.nodes[0].html.slice(0, 90)} (${each.nodes.length})`)));
"""
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

    def come(self, who: str) -> None:
        """Come to the desk as the officer of that phone, and as nobody else."""
        self.open("/desk/enter")
        self.browser.delete_all_cookies()
        self.open(self.rig.link(who))
        self.browser.find_element(By.CSS_SELECTOR, "button").click()
        self.until("Hôm nay")

    def type(self, name: str, text: str) -> None:
        """Write into the box of that name."""
        self.browser.find_element(By.NAME, name).send_keys(text)

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

    def sized(self, size: str) -> None:
        """Be as wide as that, as a device can be and a window cannot."""
        width, height = SIZES[size]
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1}
        about = {**metrics, "mobile": size == "phone"}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", about)

    def stumbles(self) -> list[str]:
        """What a reader would stumble over on the page as it is shown just now."""
        found: list[str] = self.browser.execute_script(LOOK)
        self.browser.execute_script(AXE)
        return found + list(self.browser.execute_async_script(ASK))

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


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    started = browser_of(SIZES["desk"], tmp_path_factory.mktemp("profile"))
    yield started
    started.quit()


@contextmanager
def sitting(
    phones: Phones, folder: Path, browser: webdriver.Chrome, pictures: str = "", who: str = "xa"
) -> Iterator[Seat]:
    with rig(phones, folder) as made, serving(made) as host:
        phones.say("thông báo", "4", *ANNOUNCED, on="xa")
        made.give(content=picture("jpeg", (600, 800)))
        made.give("trademark_certificate", picture("jpeg", (600, 800)))
        phones.say("nộp xã", "1")
        seat = Seat(made, browser, host, pictures)
        seat.come(who)
        yield seat


def test_every_page_reads_well_at_every_size_by_day_and_by_night(
    phones: Phones, tmp_path: Path, browser: webdriver.Chrome, request: pytest.FixtureRequest
) -> None:
    found: list[str] = []
    pictures = str(request.config.getoption("--pictures"))
    with sitting(phones, tmp_path, browser, pictures) as seat:
        phones.say("hỏi cán bộ nhà tôi gửi xe ở đâu")
        found += _stumbled(seat, PAGES)
        seat.come("tinh")
        found += _stumbled(seat, [f"/desk/office{page}" for page in OFFICE])
        found += _founded(seat)
        found += _certified(seat)
        found += _counted(seat)
        looking_after_everything(phones)
        seat.come("quantri")
        found += _stumbled(seat, RARE)
        log = [each["message"] for each in browser.get_log("browser")]  # type: ignore[no-untyped-call]

    assert found == []
    assert [each for each in log if "404" not in each] == []


def looking_after_everything(phones: Phones) -> None:
    """The sample programme, and an administrator of the whole system on a phone of their own."""
    parts: Any = SimpleNamespace(database=phones.database)
    importing.ensure_sample(parts, phones.player.now)
    phones.say("/start CANBO", on="quantri")
    appoint(phones, "")


def _founded(seat: Seat) -> Iterator[str]:
    """What stumbles where a council is made: the form, its list read back, the codes, the seats."""
    seat.open("/desk/council/new")
    seat.type("decision", "215/QĐ-UBND")
    seat.type("seats", THREE_SEATS)
    seat.browser.execute_script("document.querySelector('[type=date]').value = '2026-10-12'")
    for deed, words in (("look", "Em đọc được 4 người"), ("make", "Mã chỉ hiện lần này")):
        seat.browser.find_element(By.CSS_SELECTOR, f"[value={deed}]").click()
        seat.until(words)
        yield from (f"council {deed}: {each}" for each in _looked_at(seat, f"council/{deed}"))
    yield from _stumbled(seat, ["/desk/council"])


def _certified(seat: Seat) -> list[str]:
    """What stumbles where visits and revocations are written down, with one of each open."""
    one, now = seat.rig.certify(), seat.rig.phones.player.now
    found = {"day": now.date(), "samples": 2, "findings": "sổ bỏ trống", "until": now.date()}
    why = {"cause": "law", "why": "Kết luận 12/KL-SYT", "concluded": now.date()}
    with seat.rig.phones.database.transaction() as tx:
        inspections.plan(tx, 1, now.date(), 2, now)
        inspections.record(tx, 1, [{"id": one, "name": "Gạo Khẩu Mẹo", "star": 3}], found, now)
        inspections.plan(tx, 1, now.date(), 2, now)
        revocations.propose(tx, {**why, "certificate_id": one, "until": now.date()}, 2, now)
    return _stumbled(seat, ["/desk/dossiers/1/certified"])


def _counted(seat: Seat) -> list[str]:
    """What stumbles where targets, tasks and money are, with something in each table."""
    phones = seat.rig.phones
    phones.say("giao chỉ tiêu Bản Liền: 4 sản phẩm mới, 2 hội chợ, 10 người tập huấn", on="tinh")
    phones.say("giao việc\nUBND xã Bản Liền: báo cáo tiến độ trước 15/12", "1", on="tinh")
    phones.say("giao việc\nSở Công Thương: tổ chức hội chợ Xuân", "1", on="tinh")
    for paid in ("20 triệu", "60 triệu"):
        said = ("HTX Bản Liền", "nông thôn mới", "50 triệu", paid, "máy đóng gói", "bỏ qua")
        phones.say("thêm hỗ trợ", *said, on="tinh")
    return _stumbled(seat, ["/desk/targets"])


def _stumbled(seat: Seat, pages: Iterable[str]) -> list[str]:
    found: list[str] = []
    for page in pages:
        seat.open(page)
        found += [f"{page}: {each}" for each in _looked_at(seat, page)]
    return found


def _looked_at(seat: Seat, page: str) -> Iterator[str]:
    name = page.strip("/").replace("/", "-").partition("?")[0]
    for size in SIZES:
        seat.sized(size)
        for night in ("dark", "light"):
            seat.at_night(night)
            yield from (f"{size} {night} {each}" for each in seat.stumbles())
            seat.keep(f"ban-{name}-{size}-{night}")
    seat.sized("desk")


def test_the_inbox_is_worked_off_by_keys_alone(
    phones: Phones, tmp_path: Path, browser: webdriver.Chrome
) -> None:
    with sitting(phones, tmp_path, browser) as seat:
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
    phones: Phones, tmp_path: Path, browser: webdriver.Chrome
) -> None:
    with sitting(phones, tmp_path, browser) as seat:
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
