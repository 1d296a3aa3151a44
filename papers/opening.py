"""Opening a photo within bounds of memory and time, whoever made it, the way up it was taken."""

import io

import numpy as np
from PIL import Image, ImageOps

from papers.pixels import Pixels

LONGEST = 2400  # pixels; an A4 page at 200 dots an inch has 2,339
MOST_PIXELS = {"JPEG": 64_000_000, "PNG": 16_000_000, "WEBP": 12_600_000, "HEIF": 25_000_000}
MOST_OF_A_PROGRESSIVE = 16_000_000  # its coefficients are all held at once
MOST_SCANS = 40  # an encoder writes about ten; each one walks through the whole picture
_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"hevc", b"hevx")
_START_OF_SCAN = b"\xff\xda"


class NotAPicture(Exception):
    """No picture that we would open: broken, of another kind, or larger than any photo."""


class TooLarge(NotAPicture):
    """It says that it is larger than any photo; nobody has tried."""


def is_photo(content: bytes) -> bool:
    """Whether the bytes begin as a picture that we open."""
    riff = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return riff or _is_heif(content) or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def opened(content: bytes, longest: int = LONGEST) -> Pixels:
    """The picture, upright as its camera says, no side longer than that.

    Its size is read before any of its pixels; one call at a time holds less than 250 MB.
    """
    try:
        picture = _heif(content) if _is_heif(content) else _plain(content, longest)
        return _pixels(picture, longest)
    except (NotAPicture, MemoryError):
        raise
    except Exception as broken:  # decoders fail in many ways, and all of them mean this
        raise NotAPicture(type(broken).__name__) from broken


def _is_heif(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in _BRANDS


def _plain(content: bytes, longest: int) -> Image.Image:
    picture = Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    kind = str(picture.format)
    _check(picture.size, MOST_PIXELS[kind])
    if kind == "JPEG":
        _check_scans(picture, content)
        picture.draft("RGB", (longest, longest))
    return picture


def _check_scans(picture: Image.Image, content: bytes) -> None:
    if "progressive" not in picture.info:
        return
    _check(picture.size, MOST_OF_A_PROGRESSIVE)
    if content.count(_START_OF_SCAN) > MOST_SCANS:
        raise NotAPicture("scans without end")


def _heif(content: bytes) -> Image.Image:
    import pi_heif  # type: ignore[import-untyped]  # noqa: PLC0415 - only some phones need it

    found = pi_heif.open_heif(content, convert_hdr_to_8bit=True)
    _check(found.size, MOST_PIXELS["HEIF"])
    picture: Image.Image = found.to_pillow()
    return picture


def _check(size: tuple[int, int], most: int) -> None:
    width, height = size
    if not 0 < width * height <= most:
        raise TooLarge(f"{width} × {height} pixels")


def _pixels(picture: Image.Image, longest: int) -> Pixels:
    shrink = max(picture.size) // longest
    if shrink > 1:
        picture = picture.reduce(shrink)
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(picture)
    return np.asarray(_on_white(upright), dtype=np.uint8)


def _on_white(picture: Image.Image) -> Image.Image:
    """As it looks on paper: what is transparent is white."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    sheet = Image.new("RGBA", clear.size, "white")
    sheet.alpha_composite(clear)
    return sheet.convert("RGB")
