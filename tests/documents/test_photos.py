import io

import pytest
from PIL import Image

from documents import photos
from documents.sheets import FINE, SMALL, Reason, Refused
from tests.documents.samples import photo


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_large_photo_becomes_no_finer_than_it_is_printed() -> None:
    content, size = photos.clean(photo("Một", (3000, 4000)), FINE)

    assert size == opened(content).size
    assert (size[0] <= 1087, size[1] <= 1553) == (True, True)
    assert len(content) < 200_000


def test_a_small_photo_is_not_blown_up() -> None:
    assert photos.clean(photo("Một", (300, 400)), FINE)[1] == (300, 400)


def test_many_photos_are_kept_smaller_than_few() -> None:
    content = photo("Một", (3000, 4000))

    assert len(photos.clean(content, SMALL)[0]) < len(photos.clean(content, FINE)[0])


@pytest.mark.parametrize(("turn", "size"), [(1, (800, 400)), (6, (400, 800)), (8, (400, 800))])
def test_a_photo_is_upright_as_its_camera_says(turn: int, size: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn

    assert photos.clean(photo("Một", (800, 400), exif=exif), FINE)[1] == size


def test_nothing_but_the_picture_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "a phone that tells where it was"

    content, _ = photos.clean(photo("Một", exif=exif) + b"PK\x03\x04 a stowaway", FINE)

    assert not opened(content).getexif()
    assert b"phone" not in content
    assert b"stowaway" not in content


def test_what_is_transparent_is_white_paper() -> None:
    clear = io.BytesIO()
    Image.new("RGBA", (200, 300), (0, 0, 0, 0)).save(clear, "PNG")

    content, _ = photos.clean(clear.getvalue(), FINE)

    assert opened(content).getpixel((100, 150)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "CMYK", "I;16"])
def test_every_way_of_keeping_colours_is_read(mode: str) -> None:
    kept = io.BytesIO()
    Image.new(mode, (200, 300)).save(kept, "JPEG" if mode == "CMYK" else "PNG")

    content, _ = photos.clean(kept.getvalue(), FINE)

    assert opened(content).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (photo("Một")[:9000], Reason.BROKEN),
        (b"\xff\xd8\xff\xe0 no more", Reason.BROKEN),
        (photo("Một", kind="PNG")[:2000], Reason.BROKEN),
    ],
)
def test_a_photo_that_is_cut_short_is_refused(content: bytes, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        photos.clean(content, FINE)

    assert refused.value.reason == reason


def test_a_picture_of_too_many_pixels_is_refused_before_they_are_read() -> None:
    bomb = io.BytesIO()
    Image.new("1", (8_100, 8_100)).save(bomb, "PNG")

    with pytest.raises(Refused) as refused:
        photos.clean(bomb.getvalue(), FINE)

    assert refused.value.reason == Reason.TOO_HEAVY
