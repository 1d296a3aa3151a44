"""Pictures for a phone: as wide as its screen, and light enough for a weak network."""

import io
import json
from typing import Any

from documents import drafting

_COLOURS = 48
_DOTS = 216  # an inch; a template is five inches wide, so its picture 1,080 pixels


def draw(template: str, **inputs: Any) -> bytes:
    """What the Typst template makes of the inputs, as a PNG; the same inputs make the same one."""
    given = {name: json.dumps(value) for name, value in inputs.items()}
    return _light(drafting.draw(template, given, format="png", ppi=_DOTS))


def _light(png: bytes) -> bytes:
    """The same picture in so few colours that a weak network carries it."""
    from PIL import Image  # noqa: PLC0415 - the bot knows a card, and never draws one itself

    written_anew = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        few = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE)
    few.save(written_anew, "PNG", optimize=True)
    return written_anew.getvalue()
