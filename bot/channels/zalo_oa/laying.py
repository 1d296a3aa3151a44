"""Files laid down with the service, which sends them on: each once in the week that they lie."""

import asyncio
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.channels.kept import Kept
from bot.channels.zalo_oa.client import OaClient
from bot.judging import DOCX, PICTURES

IMAGE = 1024 * 1024
FILE = 5 * 1024 * 1024
LIE = timedelta(days=6)  # they lie seven; 5,000 may be laid down in a month
_SENT = {"image/jpeg", "image/png"}
_FILES = {"application/pdf", DOCX}
_SIDES = (2048, 1600, 1200, 800)  # pixels; a paper can be read on a phone at all of them
_QUALITY = 85


@dataclass(slots=True)
class Laying:
    """Makes the messages that show files. Raises what the client raises."""

    client: OaClient
    clock: Callable[[], datetime]
    _laid: dict[str, tuple[str, datetime]] = field(default_factory=dict)  # names there, since when

    async def message(self, kept: Kept) -> dict[str, Any] | None:
        """The message that shows the file; None when the account sends none such."""
        if kept.kind in PICTURES:
            content = await asyncio.to_thread(_picture, kept)
            return _image(await self._lay("image", kept, content)) if content else None
        if kept.kind in _FILES and len(kept.content) <= FILE:
            return _file(await self._lay("file", kept, kept.content))
        return None

    def forget(self, kept: Kept) -> None:
        """Lay the file down anew the next time."""
        self._laid.pop(kept.file, None)

    async def _lay(self, kind: str, kept: Kept, content: bytes) -> str:
        known, since = self._laid.get(kept.file, ("", self.clock()))
        if known and self.clock() - since < LIE:
            return known
        known = await self.client.upload(kind, kept.name, content)
        self._laid[kept.file] = (known, self.clock())
        return known


def _image(laid: str) -> dict[str, Any]:
    element = {"media_type": "image", "attachment_id": laid}
    payload = {"template_type": "media", "elements": [element]}
    return {"attachment": {"type": "template", "payload": payload}}


def _file(laid: str) -> dict[str, Any]:
    return {"attachment": {"type": "file", "payload": {"token": laid}}}


def _picture(kept: Kept) -> bytes | None:
    """The picture as the service takes it, made smaller where it must be."""
    if kept.kind in _SENT and len(kept.content) <= IMAGE:
        return kept.content
    return _smaller(kept)


def _smaller(kept: Kept) -> bytes | None:
    from PIL import Image, ImageOps  # noqa: PLC0415 - it costs 5 MB, and may never be needed

    try:
        with Image.open(io.BytesIO(kept.content), formats=[PICTURES[kept.kind]]) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    for side in _SIDES:
        upright.thumbnail((side, side))
        made = io.BytesIO()
        upright.save(made, "JPEG", quality=_QUALITY)
        if made.tell() <= IMAGE:
            return made.getvalue()
    return None
