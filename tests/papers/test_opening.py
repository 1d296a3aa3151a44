"""Whatever arrives is opened within bounds, or refused."""

import base64
import io
import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from papers import opening
from papers.opening import NotAPicture

RED, BLUE = (220, 30, 30), (30, 30, 220)

# 64 × 64 pixels, red above and blue below: our library reads this kind, and does not write it.
HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAADwAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34"
    "+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmu"
    "bgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAA"
    "QAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAERtZGF0AAAAOCgBrxOAeNZTVEf//mCd"
    "v/aF6f/BplA/4P/8KOCP6heH/5NREBuSAA2/3M8/F7P7vWLgPC/ADymA"
)


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **how)
    return content.getvalue()


def two_halves(width: int, height: int) -> Image.Image:
    """Red above, blue below."""
    picture = Image.new("RGB", (width, height), BLUE)
    picture.paste(RED, (0, 0, width, height // 2))
    return picture


def png_that_says(width: int, height: int) -> bytes:
    """A picture whose head promises more than any photo has."""
    content = saved(Image.new("RGB", (4, 4)), "PNG")
    head = struct.pack(">II", width, height) + content[24:29]
    check = struct.pack(">I", zlib.crc32(b"IHDR" + head))
    return content[:16] + head + check + content[33:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_of_a_phone_is_opened(kind: str) -> None:
    pixels = opening.opened(saved(two_halves(400, 300), kind))

    assert pixels.shape == (300, 400, 3)
    assert pixels[10, 10, 0] > 180 > pixels[10, 10, 2]


def test_heic_is_opened() -> None:
    pixels = opening.opened(base64.b64decode(HEIC))

    assert pixels.shape == (64, 64, 3)
    assert pixels[10, 10, 0] > 150 > pixels[10, 10, 2]


def test_a_photo_is_upright_as_its_camera_says() -> None:
    tag = Image.Exif()
    tag[0x0112] = 3  # upside down

    pixels = opening.opened(saved(two_halves(400, 300), "JPEG", exif=tag))

    assert pixels[10, 10, 2] > 180 > pixels[10, 10, 0]


def test_a_large_photo_is_brought_down_to_what_is_needed() -> None:
    pixels = opening.opened(saved(two_halves(6000, 4000), "JPEG"))

    assert max(pixels.shape) == opening.LONGEST


def test_what_is_transparent_is_white_as_on_paper() -> None:
    pixels = opening.opened(saved(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))

    assert int(pixels.min()) == 255


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF"])
def test_other_kinds_of_pictures_are_refused(kind: str) -> None:
    with pytest.raises(NotAPicture):
        opening.opened(saved(two_halves(40, 30), kind))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8\xff\xe0",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\0\0\0\x18ftypheic" + b"\0" * 200,
        saved(two_halves(400, 300), "JPEG")[:900],
        saved(two_halves(400, 300), "PNG")[:300],
    ],
    ids=["nothing", "a head", "svg", "pdf", "empty heic", "half a jpeg", "half a png"],
)
def test_what_is_no_whole_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotAPicture):
        opening.opened(content)


@pytest.mark.parametrize(("width", "height"), [(40_000, 40_000), (5_000, 4_000), (0, 10)])
def test_a_picture_too_large_is_refused_by_its_head(width: int, height: int) -> None:
    began = time.perf_counter()

    with pytest.raises(NotAPicture):
        opening.opened(png_that_says(width, height))

    assert time.perf_counter() - began < 0.5


def test_a_picture_that_is_drawn_over_and_over_is_refused() -> None:
    """A small file of a thousand scans keeps a processor busy for minutes."""
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), np.uint8)
    content = saved(Image.fromarray(noise), "JPEG", progressive=True)
    scan = content.index(b"\xff\xda", content.index(b"\xff\xc2"))

    with pytest.raises(NotAPicture, match="scans"):
        opening.opened(content[:scan] + content[scan : scan + 60] * 100 + content[scan:])
