"""A QR code is read back by another library, as a camera would read it."""

import cv2
import numpy as np
import pytest

from documents import filling, orders, qr
from documents.qr import QrCode
from documents.shelf import Shelf

LINK = "https://t.me/TroLyOcopBot?start=K7P3MX9CT"


def seen(png: bytes) -> str:
    """What a camera makes of the picture."""
    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    found, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    return str(found)


@pytest.mark.parametrize("text", [LINK, "ma moi K7P-3MX-9CT"])
def test_a_camera_reads_what_the_code_says(text: str) -> None:
    assert seen(qr.picture(QrCode(text, "xã Bản Liền"))) == text


def test_a_code_fits_a_phone_and_a_weak_network() -> None:
    png = qr.picture(QrCode(LINK, ""))

    picture = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    assert 300 <= picture.shape[0] == picture.shape[1] <= 1080
    assert len(png) < 5_000


def test_a_code_in_a_terminal_is_as_wide_as_high_and_made_of_blocks() -> None:
    lines = qr.terminal(LINK).splitlines()

    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(lines[0]) <= 80
    assert abs(len(lines[0]) - 2 * len(lines)) <= 2, "two rows of modules a line"
    assert set("".join(lines)) <= set("█▀▄ ")


def test_a_code_that_was_ordered_lies_on_the_shelf_as_a_picture(shelf: Shelf) -> None:
    code = QrCode(LINK, "xã Bản Liền")
    written = orders.written("office_code", code)

    assert orders.read("office_code", written) == code
    assert orders.subject(code) == "xã Bản Liền"
    filled = filling.fill("office_code", written, {}, shelf)
    assert seen(shelf.path(filled.part).read_bytes()) == LINK
