"""The officers' desk on the database of a test's phones, as a browser meets it."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.web.app import create_hooks
from bot.web.desk.routes import Desk
from conversations.forms import catalogue
from hands.hiring import Task
from storage import certificates, papers
from storage import files as kept
from storage.files import Files
from tests.handlers.offices import MAIN, letters, opened
from tests.handlers.phones import Phones
from tests.wording import WORDING

PAGE = b"\x89PNG a page"
URL = "https://ocop.example"
_LINK = re.compile(rf"{URL}(/desk/enter/\S+)")
_TOKEN = re.compile(r'name="token" value="([0-9a-f]{64})"')


Hand = Callable[[Task], Mapping[str, Any] | None]


def no_hand(_task: Task) -> None:
    """Fall over every task."""


@dataclass
class Rig:
    """A desk beside the phones, and one browser in front of it."""

    phones: Phones
    files: Files
    browser: TestClient
    rang: list[str] = field(default_factory=list)

    def link(self, on: str = "xa") -> str:
        """Ask for a link on that phone."""
        found = _LINK.search(self.phones.say("mở bàn làm việc", on=on))
        assert found
        return found[1]

    def enter(self, on: str = "xa") -> "Rig":
        """Come to the desk as the officer of that phone."""
        self.browser.cookies.clear()
        assert self.browser.post(self.link(on)).status_code == 200
        return self

    def page(self, address: str) -> str:
        """What stands on the page."""
        answer = self.browser.get(address)
        assert answer.status_code == 200, answer.status_code
        return answer.text

    def token(self, address: str = "/desk") -> str:
        """The token of the forms on a page."""
        found = _TOKEN.search(self.page(address))
        assert found
        return found[1]

    def send(self, address: str, **fields: object) -> str:
        """Send a form of the page there, and read where it leads."""
        answer = self.browser.post(address, data={"token": self.token(), **fields})
        assert answer.status_code == 200, (answer.status_code, answer.text)
        return answer.text

    def heard(self, on: str = "main") -> str:
        """All that the phone was told up to a minute from now."""
        self.phones.wait(timedelta(minutes=1))
        return "\n".join(letters(self.phones, on))

    def certify(self) -> int:
        """Let the rice of Bản Liền have three stars till 2029; the id of its certificate."""
        about = {"producer_id": 1, "dossier_id": 1, "name": "Gạo Khẩu Mẹo", "product_set": 3}
        stars = {"star": 3, "decision": "12/QĐ-UBND"}
        day = {"issued": date(2026, 6, 30), "expires": date(2029, 6, 30)}
        window = {"refile_from": date(2029, 1, 1), "refile_by": date(2029, 3, 2)}
        with self.phones.database.transaction() as tx:
            row = {**about, **stars, **day, **window}
            return certificates.keep(tx, row, self.phones.player.now)

    def give(self, kind: str = "food_safety_certificate", content: bytes = PAGE) -> int:
        """Let the producer have sent a paper of one page; its number."""
        file = self.files.keep(content)
        values = {"producer_id": 1, "product": 1, "paper": kind, "person_id": MAIN}
        with self.phones.database.transaction() as tx:
            kept.note(tx, file, "image/jpeg", len(content), self.phones.player.now)
            return papers.give(tx, values, (file,), self.phones.player.now)


def application(
    phones: Phones, files: Files, url: str, rang: list[str], hand: Hand = no_hand
) -> Starlette:
    """The desk beside these phones, as pages at that address."""
    parts = (phones.database, catalogue, WORDING, files, lambda: phones.player.now)
    desk = Desk(*parts, url=url, posted=lambda: rang.append("rang"), hand=hand)
    return create_hooks(lambda: {"status": "ok"}, desk.routes())


@contextmanager
def beside(phones: Phones, folder: Path, hand: Hand = no_hand) -> Iterator[Rig]:
    """A desk beside these phones, and nobody in front of it yet."""
    files = Files(folder / "files")
    rang: list[str] = []
    app = application(phones, files, URL, rang, hand)
    with TestClient(app, base_url=URL) as browser:
        yield Rig(phones, files, browser, rang)


@contextmanager
def rig(phones: Phones, folder: Path, hand: Hand = no_hand) -> Iterator[Rig]:
    """A desk beside these phones: a producer, two officers of her commune, one of the province."""
    opened(phones)
    with beside(phones, folder, hand) as made:
        yield made
