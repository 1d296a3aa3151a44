"""Photos on their way into the book: upright, on white, no larger than print needs, no metadata."""

import io

from PIL import Image, ImageOps

from documents.sheets import Grade, Reason, Refused

MOST_PIXELS = 64_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_PRINTED = (184 / 25.4, 263 / 25.4)  # inches: the room that a page of the book leaves to a picture


def is_photo(content: bytes) -> bool:
    """Whether the bytes begin as a picture that we open."""
    riff = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return riff or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def clean(content: bytes, grade: Grade) -> tuple[bytes, tuple[int, int]]:
    """The photo as a small JPEG, and its size; Refused when it cannot be read to its end."""
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
            if not 0 < picture.width * picture.height <= MOST_PIXELS:
                raise Refused(Reason.TOO_HEAVY)
            shown = shrunk(picture, grade)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refused(Reason.TOO_HEAVY) from bomb
    except (OSError, ValueError, SyntaxError, EOFError) as broken:
        raise Refused(Reason.BROKEN) from broken
    return jpeg(shown, grade), shown.size


def shrunk(picture: Image.Image, grade: Grade) -> Image.Image:
    """The picture upright, in colours on white, no finer than it is printed."""
    room = _room(picture.size, grade)
    picture.draft("RGB", room)
    upright = ImageOps.exif_transpose(picture)
    shown = _on_white(upright)
    shown.thumbnail(_room(shown.size, grade), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return shown


def jpeg(picture: Image.Image, grade: Grade) -> bytes:
    """The picture as a JPEG that holds nothing but itself."""
    plain = Image.new("RGB", picture.size)
    plain.paste(picture)
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=grade.quality, optimize=True)
    return written.getvalue()


def _room(size: tuple[int, int], grade: Grade) -> tuple[int, int]:
    short, long = (round(inches * grade.dots) for inches in _PRINTED)
    return (long, short) if size[0] > size[1] else (short, long)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I;16"):
        picture = picture.point(lambda light: light / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    sheet = Image.new("RGBA", clear.size, "white")
    sheet.alpha_composite(clear)
    return sheet.convert("RGB")
