"""The council at the desk in a real Chromium: its pages at both sizes, and a net that breaks."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By

from storage import ballots
from storage.ballots import Key
from tests.bot.desk_rig import beside
from tests.bot.specimens import picture
from tests.handlers.conftest import phones
from tests.handlers.meeting import called
from tests.handlers.phones import Phones
from tests.journey.page import NEEDS_CHROMIUM, browser_of
from tests.journey.test_desk import LOOK, SIZES, Seat, serving

__all__ = ["phones"]
pytestmark = NEEDS_CHROMIUM


@contextmanager
def sitting(phones: Phones, folder: Path, size: str, pictures: str, who: str) -> Iterator[Seat]:
    """A browser at the desk of somebody of the council, whose meeting is on."""
    called(phones)
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


def _net(seat: Seat, *, there: bool) -> None:
    speed = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    seat.browser.execute_cdp_cmd("Network.enable", {})
    seat.browser.execute_cdp_cmd(
        "Network.emulateNetworkConditions", {**speed, "offline": not there}
    )
