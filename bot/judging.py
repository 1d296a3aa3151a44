"""Judging files by what they are, whatever their names say, before they are kept and heard."""

import io
import zipfile
from typing import Literal

from conversations.events import File, Photo, Strange, Voice

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_PIXELS = 60_000_000
NAME_LENGTH = 120

Kind = Literal["photo", "file", "voice"]

PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
CALENDAR = "text/calendar"
MAIN_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
SOUNDS = {"audio/ogg", "audio/mp4", "audio/mpeg", "audio/aac"}
RECORDINGS = {"video/webm": "audio/webm", "video/mp4": "audio/mp4"}  # what browsers record into


def judge(content: bytes, size: int, wanted: str) -> Kind | Strange:
    """Tell what a file is to the chat; ``size`` is what its sender says, ``wanted`` how it came."""
    if max(size, len(content)) > MOST_BYTES:
        return Strange("big_file")
    if not content:
        return Strange("empty_file")
    return _kind(content, media_type(content), wanted) or Strange("bad_file")


def media_type(content: bytes) -> str:
    """The type that the bytes themselves show."""
    if content.startswith(b"BEGIN:VCALENDAR\r\n"):
        return CALENDAR
    import filetype  # type: ignore[import-untyped]  # noqa: PLC0415 - costs 6 MB, and has no types

    found = str(filetype.guess_mime(content) or "")
    return _office(content) if found in {ZIP, DOCX, XLSX} else found


def served_type(content: bytes) -> str:
    """The type to send it back under: what was taken as a recording is a sound."""
    found = media_type(content)
    return RECORDINGS.get(found, found) or "application/octet-stream"


def told(kind: Kind, file: str, name: str = "", caption: str = "") -> Photo | File | Voice:
    """What is heard of a file of that kind, once it is kept."""
    match kind:
        case "photo":
            return Photo(file, caption)
        case "voice":
            return Voice(file)
        case "file":
            return File(file, name, caption)


def plain_name(name: str) -> str:
    """A file's name as one short line, to be shown; no file of ours ever bears it."""
    return "".join(sign for sign in name if sign.isprintable())[-NAME_LENGTH:]


def _kind(content: bytes, found: str, wanted: str) -> Kind | None:
    if found == "image/heic" or (found in PICTURES and _whole(content, PICTURES[found])):
        return "photo"
    if found in SOUNDS or (found in RECORDINGS and wanted == "voice"):
        return "voice"
    return "file" if found in {"application/pdf", DOCX, XLSX} else None


def _whole(content: bytes, kind: str) -> bool:
    """Whether the picture opens to its end and is of a size that one can look at."""
    from PIL import Image  # noqa: PLC0415 - it costs 5 MB, and may never be needed

    # A warning is raised only where warnings are errors.
    bombs = (Image.DecompressionBombWarning, Image.DecompressionBombError)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            width, height = picture.size
            if not 0 < width * height <= MOST_PIXELS:
                return False
            # A JPEG is read in an eighth of its size, which finds the same faults.
            picture.draft("RGB", (1, 1))
            picture.load()
            return True
    except (OSError, ValueError, SyntaxError, *bombs):
        return False


def _office(content: bytes) -> str:
    """A document of Word or Excel that is what it says, without macros or a hidden flood.

    An archive that is none of them is just that.
    """
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # a newer zip than zipfile reads
        return ""
    names = {part.filename for part in parts}
    main = next((kind for name, kind in MAIN_PARTS.items() if name in names), "")
    harmless = sum(part.file_size for part in parts) <= MOST_UNPACKED and not any(
        name.endswith("vbaProject.bin") for name in names
    )
    return main or ZIP if harmless else ""
