"""Files as they come, opened by hands within their bounds."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from documents import hands, ledger, opening, press, sheets
from documents.hands import Bounds, Task
from documents.sheets import FINE, Opened, Reason
from documents.shelf import Shelf
from tests.documents.samples import A4, LYING, book, document, photo, saved


def task(shelf: Shelf, path: Path) -> Task:
    grade: list[Any] = ["fine", 150, 72]
    asked = {"path": str(path), "digest": path.name, "grade": grade}
    return {"do": "open", "shelf": str(shelf.folder), **asked}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"PK\x03\x04 a letter of Word", Reason.STRANGE),
        (b"<html>", Reason.STRANGE),
        (b"%PDF-1.4 broken", Reason.BROKEN),
    ],
)
def test_a_file_that_is_no_page_is_refused_when_it_is_received(
    shelf: Shelf, content: bytes, reason: Reason
) -> None:
    scan = shelf.take_in(content)

    assert opening.open_file(scan.path, scan.digest, FINE, shelf).refused == reason
    assert ledger.known(shelf, scan.digest, FINE) == Opened(refused=reason)


def test_the_pages_of_a_pdf_become_sheets_that_know_how_they_lie(shelf: Shelf) -> None:
    scan = shelf.take_in(saved(document(A4, LYING)))

    opened = opening.open_file(scan.path, scan.digest, FINE, shelf)

    assert [(sheet.page, sheet.lies) for sheet in opened.sheets] == [(0, False), (1, True)]


def test_a_file_that_is_gone_may_come_back(shelf: Shelf) -> None:
    path = shelf.folder / "later.jpg"
    assert opening.open_file(path, "later", FINE, shelf).refused == Reason.GONE

    assert ledger.known(shelf, "later", FINE) is None


def test_a_file_beyond_bounds_is_refused_unread(shelf: Shelf) -> None:
    path = shelf.put("endless", b"%PDF-1.7")
    os.truncate(path, opening.MOST_BYTES + 1)

    assert opening.open_file(path, "endless", FINE, shelf).refused == Reason.TOO_HEAVY


def test_a_press_that_falls_says_so(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "PRINTING", Bounds(megabytes=500, seconds=0.01))

    with pytest.raises(press.PressFell):
        press.print_book(book(()), shelf)


def test_what_is_found_when_a_file_is_received_is_not_sought_again(shelf: Shelf) -> None:
    scan = shelf.take_in(saved(document(A4, A4)))
    found = press.examine(scan, shelf)
    scan.path.unlink()

    assert press.examine(scan, shelf) == found
    assert [sheet.page for sheet in found.sheets] == [0, 1]


def test_a_file_whose_sheets_were_cleared_away_is_opened_anew(shelf: Shelf) -> None:
    scan = shelf.take_in(photo("Một"))
    found = opening.open_file(scan.path, scan.digest, FINE, shelf)
    shelf.path(found.sheets[0].part).unlink()

    assert ledger.known(shelf, scan.digest, FINE) is None


def test_a_scan_that_weighs_too_much_for_a_phone_becomes_pictures(shelf: Shelf) -> None:
    pdf = document(A4, A4)
    noise = pdf.make_stream(
        os.urandom(900_000),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1000,
        Height=900,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    pdf.pages[1].obj.Resources.XObject = Dictionary(Im=noise)

    scan = shelf.take_in(saved(pdf))
    opened = opening.open_file(scan.path, scan.digest, FINE, shelf)

    assert [sheet.page for sheet in opened.sheets] == [None, None]
    assert all(shelf.path(sheet.part).stat().st_size < 200_000 for sheet in opened.sheets)


def test_a_hand_that_runs_out_of_time_costs_only_its_own_file(shelf: Shelf) -> None:
    good = [shelf.take_in(photo(each)).path for each in ("Một", "Hai")]
    endless = shelf.folder / "endless"
    os.mkfifo(endless)

    tasks = [task(shelf, path) for path in (good[0], endless, good[1])]
    first, fallen, last = hands.do_all(tasks, 1, Bounds(megabytes=500, seconds=2))

    assert fallen is None
    assert [bool(each and sheets.read(each["opened"]).sheets) for each in (first, last)] == [
        True
    ] * 2


def test_a_picture_that_needs_more_memory_than_a_hand_has_is_too_heavy(shelf: Shelf) -> None:
    large = io.BytesIO()
    Image.new("RGB", (7000, 7000)).save(large, "PNG")
    paths = [shelf.take_in(each).path for each in (photo("Một"), large.getvalue())]

    tasks = [task(shelf, path) for path in paths]
    fitting, heavy = hands.do_all(tasks, 1, Bounds(megabytes=100, seconds=20))

    assert fitting is not None
    assert sheets.read(fitting["opened"]).sheets
    assert heavy is None or sheets.read(heavy["opened"]).refused == Reason.TOO_HEAVY


def test_hands_know_no_secret_of_their_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCOP_TELEGRAM_TOKEN", "secret")

    assert "OCOP_TELEGRAM_TOKEN" not in hands.environment()
    assert "PATH" in hands.environment()
