"""QR codes: a link or a few words that another phone takes over through its camera."""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

_DOTS = 12  # a module's side in pixels: some 450 for a short link, which any phone shows whole
_QUIET = 4  # modules of white around it, as ISO/IEC 18004 wants
_RESTORED = "m"  # up to 15 % of it may be dirty or scratched


@dataclass(frozen=True, slots=True)
class QrCode:
    """What the camera reads, and which area it is about, for the name of the file."""

    text: str
    area: str


def picture(code: QrCode) -> bytes:
    """The code as a PNG, black on white."""
    png = io.BytesIO()
    _made(code.text).save(png, kind="png", scale=_DOTS, border=_QUIET)
    return png.getvalue()


def terminal(text: str) -> str:
    """The code in blocks, for a terminal with light words on a dark ground."""
    blocks = io.StringIO()
    _made(text).terminal(blocks, border=_QUIET, compact=True)
    return blocks.getvalue()


def _made(text: str) -> "QRCode":
    import segno  # noqa: PLC0415 - the bot knows a code, and never draws one itself

    return segno.make_qr(text, error=_RESTORED)
