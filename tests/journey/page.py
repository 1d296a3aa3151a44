"""The demo page in a real Chromium: a server of our own, and its phones used as people use them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.ample import AMPLE

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
START = 60  # seconds, on a busy machine
NEEDS_CHROMIUM = [
    pytest.mark.skipif(
        CHROMIUM is None or DRIVER is None,
        reason="no Chromium: apt-get install chromium chromium-driver",
    ),
    pytest.mark.timeout(180),
]


@contextmanager
def served(data: Path, begins: datetime | None = None) -> Iterator[str]:
    """The address of a server of our own, started as ``./run`` starts it, now or at that time."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = ["tests.journey.beginning", begins.isoformat()] if begins else ["bot"]
    command = [sys.executable, "-m", *program, "run", "--port", str(port)]
    environment = {**os.environ, **AMPLE, "OCOP_DATA": str(data)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        assert server.wait(20) == 0


def _wait_for(url: str) -> None:
    patience = time.monotonic() + START
    while time.monotonic() < patience:
        try:
            with urllib.request.urlopen(url) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not come up")


def browser_of(size: tuple[int, int], folder: Path) -> webdriver.Chrome:
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

    def sends(self, file: Path) -> None:
        (picker, *_) = self.part("input[type=file]")
        picker.send_keys(str(file))

    def hears(self, words: str, after: int) -> None:
        """Wait until a letter after those first ``after`` ones holds these words."""
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            if any(words in letter for letter in self.letters()[after:]):
                return
            time.sleep(0.03)
        raise AssertionError(f"{words!r} not in {self.letters()[after:]}")
