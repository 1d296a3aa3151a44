"""The council at the desk in a real Chromium: its pages at both sizes, and a net that breaks."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from storage import ballots
from storage.ballots import Key
from tests.bot.desk_rig import beside
from tests.bot.specimens import picture
from tests.handlers.conftest import phones
from tests.handlers.meeting import NINE, agenda, called, put, seated, town, waiting
from tests.handlers.phones import Phones
from tests.journey.page import NEEDS_CHROMIUM, browser_of
from tests.journey.test_desk import LOOK, SIZES, Seat, serving

__all__ = ["phones"]
pytestmark = NEEDS_CHROMIUM


@contextmanager
def sitting(
    phones: Phones,
    folder: Path,
    size: str,
    pictures: str,
    who: str,
    scene: Callable[[Phones], object] = called,
) -> Iterator[Seat]:
    """A browser at the desk of somebody of the council, whose meeting is on."""
    scene(phones)
    with beside(phones, folder) as made, serving(made) as host:
        made.give(content=picture("jpeg", (600, 800)))
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
def test_the_pages_of_a_member_read_well(
    phones: Phones, tmp_path: Path, size: str, request: pytest.FixtureRequest
) -> None:
    pictures = str(request.config.getoption("--pictures"))
    found: list[str] = []
    with sitting(phones, tmp_path, size, pictures, "tv1") as seat:
        for night in ("light", "dark"):
            seat.at_night(night)
            for page in ("/desk/marking", "/desk/marking/1"):
                seat.open(page)
                wrong: list[str] = seat.browser.execute_script(LOOK)
                found += [f"{night} {page}: {each}" for each in wrong]
                seat.keep(f"cham-{page.replace('/', '-')}-{size}-{night}")

    assert found == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("way", ["phien", "y-kien"])
def test_the_pages_of_the_secretary_read_well(
    phones: Phones, tmp_path: Path, way: str, size: str, request: pytest.FixtureRequest
) -> None:
    """Nine members in the middle of ten products, and three who are asked for their opinions."""
    pictures = str(request.config.getoption("--pictures"))
    found: list[str] = []
    scene = in_the_middle if way == "phien" else in_writing
    with sitting(phones, tmp_path, size, pictures, "canbo", scene) as seat:
        for night in ("light", "dark"):
            seat.at_night(night)
            for page in ("/desk/council", "/desk/council/1", "/desk/council/1/2"):
                seat.open(page)
                wrong: list[str] = seat.browser.execute_script(LOOK)
                found += [f"{night} {page}: {each}" for each in wrong]
                seat.keep(f"{way}{page.replace('/', '-')}-{size}-{night}")

    assert found == []


def in_the_middle(phones: Phones) -> None:
    """One is far apart, one out, some are not marked yet."""
    town(phones)
    seated(phones, NINE)
    phones.say("mở phiên họp", "10/12", "đúng", "Điện Biên Phủ", "có mặt đủ", on="canbo")
    for row in agenda(phones)[:8]:
        for seat in range(1, 10 if row["place"] < 7 else 4):
            far = 18 * (row["place"] == 2 and seat == 4)
            put(phones, row["id"], seat, 62 + (3 * seat + row["place"]) % 8 + far)
    phones.say("loại 10: nhãn mác chưa đảm bảo", on="canbo")
    remarks = {"remarks": {"2.3": "bao bì rất đẹp"}, "barred": ""}
    with phones.database.transaction() as tx:
        ballots.put_words(tx, Key(1, agenda(phones)[1]["id"], 4, 1), remarks, 1, phones.player.now)


def in_writing(phones: Phones) -> None:
    """One is far apart, one put off to a meeting, one not answered by all."""
    waiting(phones)
    phones.say("lấy ý kiến", "10/12/2026", on="canbo")
    for row, points in zip(agenda(phones), ((70, 72), (60, 88, 62), ()), strict=True):
        for seat, given in enumerate(points, 1):
            put(phones, row["id"], seat, given)
    phones.say("đưa 3 ra họp", on="canbo")


def test_what_is_marked_while_the_net_is_away_is_sent_when_it_is_back(
    phones: Phones, tmp_path: Path
) -> None:
    with sitting(phones, tmp_path, "desk", "", "tv1") as seat:
        seat.open("/desk/marking/1")
        _net(seat, there=False)
        seat.browser.find_element(By.CSS_SELECTOR, "input[name='m-1.1']").send_keys("2")
        while not seat.browser.find_elements(By.CSS_SELECTOR, "[data-waits='1']"):
            pass
        with phones.database.reading() as tx:
            before = ballots.of(tx, Key(1, 1, 1, 1))
        _net(seat, there=True)
        seat.until("1/32 mục, 2 điểm. Đã lưu.")

    with phones.database.reading() as tx:
        after = ballots.of(tx, Key(1, 1, 1, 1))
    assert before is None
    assert after is not None
    assert set(after.marks) == {"1.1"}


def test_a_sheet_is_handed_in_while_its_last_remark_is_still_on_its_way(
    phones: Phones, tmp_path: Path
) -> None:
    with sitting(phones, tmp_path, "desk", "", "tv1") as seat:
        put(phones, 1, 1, 60)
        seat.open("/desk/marking/1")
        _net(seat, there=True, late=500)
        remark = seat.browser.find_element(By.CSS_SELECTOR, "input[name='r-1.1']")
        remark.send_keys("vùng trồng rõ" + Keys.ENTER)
        seat.until("✓ Em nhận phiếu chấm")
        seat.open("/desk/marking/1")
        remark = seat.browser.find_element(By.CSS_SELECTOR, "input[name='r-1.2']")
        remark.send_keys("đủ giấy")
        seat.browser.find_element(By.CSS_SELECTOR, "button[value=hand_in]").click()
        seat.until("Chấm điểm: đã chấm đủ")

    with phones.database.reading() as tx:
        kept = ballots.of(tx, Key(1, 1, 1, 1))
    assert kept is not None
    assert kept.remarks == {"1.1": "vùng trồng rõ", "1.2": "đủ giấy"}
    assert kept.barred == ""


def _net(seat: Seat, *, there: bool, late: int = 0) -> None:
    speed = {"latency": late, "downloadThroughput": -1, "uploadThroughput": -1}
    seat.browser.execute_cdp_cmd("Network.enable", {})
    seat.browser.execute_cdp_cmd(
        "Network.emulateNetworkConditions", {**speed, "offline": not there}
    )
