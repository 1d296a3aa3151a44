"""Files as they come: each becomes sheets, or is refused."""

import os

import pytest
from pikepdf import Dictionary, Name

from documents import ledger, opening, press
from documents.sheets import FINE, Opened, Reason
from documents.shelf import Shelf
from hands.hiring import Bounds
from tests.documents.samples import A4, LYING, book, document, photo, saved


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
