"""Opening pictures; imported with the first one that arrives, as Pillow costs 5 MB of memory."""

import io

from PIL import Image

MOST_PIXELS = 60_000_000

UNFIT = (
    OSError,
    ValueError,
    SyntaxError,
    Image.DecompressionBombWarning,  # only where warnings are errors
    Image.DecompressionBombError,
)


def whole(content: bytes, kind: str) -> bool:
    """Whether the picture opens to its end and is of a size that one can look at."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            return _sensible(picture) and _loads(picture)
    except UNFIT:
        return False


def _sensible(picture: Image.Image) -> bool:
    width, height = picture.size
    return 0 < width * height <= MOST_PIXELS


def _loads(picture: Image.Image) -> bool:
    """Read to the end; a JPEG in an eighth of its size, which finds the same faults."""
    picture.draft("RGB", (1, 1))
    picture.load()
    return True
