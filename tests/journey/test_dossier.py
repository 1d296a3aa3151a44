"""From an idea to the printed book in a real Chromium: scored, papers sent, one book that opens."""

import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no types
import pytest

from tests.journey.page import NEEDS_CHROMIUM, PATIENCE, ROOT, Phone, browser_of, served
from tests.journey.test_chromium import TALK

PAPERS = ROOT / "tests" / "chats" / "giay"
CRITERIA = 32  # of set 3
# What she does once her idea is handed in: types or sends; what she hears; a stage to look at.
ASKED = (("con thieu gi", "còn thiếu", "thieu"), ("tu cham diem", "mục", "cham"))
SENT = (
    ("attp-mo.jpg", "nhoè", "mo"),
    ("attp.jpg", "nhìn rõ", "ro"),
    ("xong", "Có đúng", ""),
    ("dung", "Có đúng", "doc"),
    ("dung", "Em cất giấy an toàn thực phẩm", "cat"),
    ("kiem-nghiem.jpg", "nhìn rõ", ""),
    ("xong", "Có đúng", ""),
    ("dung", "Có đúng", ""),
    ("dung", "Em cất phiếu kiểm nghiệm", ""),
    ("cong-bo.pdf", "nhìn rõ", ""),
    ("xong", "Có đúng", ""),
    ("dung", "Em cất bản công bố", ""),
    ("len sao", "bác nộp xã chậm nhất", "duong"),
)
PRINTED = (
    ("bang diem", "Bảng điểm", "bang-diem"),
    ("in quyen ho so", "Quyển hồ sơ", "quyen"),
)

pytestmark = NEEDS_CHROMIUM


def do(phone: Phone, act: str, expected: str) -> None:
    """Type, or send the file of that name, and hear the answer."""
    before = len(phone.letters())
    if (PAPERS / act).is_file():
        phone.sends(PAPERS / act)
    else:
        phone.say(act)
    phone.hears(expected, before)


def answer_all(phone: Phone) -> None:
    """Agree to what is guessed, and say "2" to all else, until the stars are told."""
    for _ in range(CRITERIA + 2):
        before = len(phone.letters())
        phone.say("dung" if "Em hiểu là" in phone.letters()[-1] else "2")
        patience = time.monotonic() + PATIENCE
        while len(phone.letters()) == before and time.monotonic() < patience:
            time.sleep(0.02)
        if any("/100 điểm" in letter for letter in phone.letters()[before:]):
            return
    raise AssertionError("the sheet has no end")


def printed(phone: Phone, name: str) -> bytes:
    """The file whose link begins so, as the page gives it."""
    script = "return [...document.querySelectorAll(arguments[0])].map(a => [a.textContent, a.href])"
    links = phone.browser.execute_script(script, f'[data-phone="{phone.name}"] a')
    address = next(href for text, href in links if text.startswith(name))
    with urllib.request.urlopen(address) as answer:
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("inline")
        content: bytes = answer.read()
    return content


@pytest.fixture
def lan(tmp_path: Path) -> Iterator[Phone]:
    """A producer's phone on the page of a server of its own."""
    with served(tmp_path / "data") as address:
        browser = browser_of((390, 844), tmp_path / "chromium")
        try:
            browser.get(address)
            yield Phone(browser, "producer")
        finally:
            browser.quit()


def walk(phone: Phone, acts: Iterable[tuple[str, str, str]], pictures: str | None) -> None:
    """Do one after the other; each stage that has a name is looked at."""
    for act, expected, stage in acts:
        do(phone, act, expected)
        if pictures and stage:
            time.sleep(0.4)
            phone.browser.save_screenshot(f"{pictures}/{stage}-390.png")


def test_a_dossier_goes_from_the_idea_to_the_printed_book(
    lan: Phone, request: pytest.FixtureRequest
) -> None:
    pictures = request.config.getoption("--pictures")

    walk(lan, TALK, pictures)
    walk(lan, ASKED, pictures)
    answer_all(lan)
    walk(lan, SENT, pictures)
    walk(lan, PRINTED, pictures)
    book = printed(lan, "Quyen-ho-so")

    if pictures:
        (Path(pictures) / "quyen-ho-so.pdf").write_bytes(book)
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(book)]
    assert "gạo Khẩu Mẹo Bản Liền" in pages[0]
    assert all(f"trang {number}/{len(pages)}" in page for number, page in enumerate(pages, 1))
    index = next(page for page in pages if "Danh mục minh chứng" in page and "MC" in page)
    for paper in ("an toàn thực phẩm", "Phiếu kiểm nghiệm", "Bản tự công bố"):
        assert paper in index.replace("\r\n", " ")
