"""Word files of others: only what is read and printed; what acts, or reaches elsewhere, is refused.

A hand looks (documents.crafts), since it is somebody's file.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from xml.etree import ElementTree as ET

MOST_BYTES = 8_000_000
_MOST_OPEN = 60_000_000  # bytes of all parts together
_MOST_PARTS = 500
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what .doc begins with, and a locked .docx too
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_READ = (".xml", ".rels")  # what parts of text are called
_BODY, _TYPES = "word/document.xml", "[Content_Types].xml"
# Kinds of relations, by how they end: programs, and files of other kinds that are in the file.
_ACTING = ("vbaproject", "vbadata", "control", "controlbinary", "oleobject", "package", "afchunk")
_CLICKED = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)  # a link that waits for a click
_ACTING_FIELD = re.compile(
    r"\s*(?:DDE|DDEAUTO|LINK|IMPORT|INCLUDE\w*|MACROBUTTON|DATABASE|RD|PRINT)\b", re.IGNORECASE
)
# An archive that is cut off, packed in a way of its own, or not what it says.
_BROKEN = (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError, ValueError, SyntaxError)


class Reason(StrEnum):
    """Why a Word file is not used."""

    GONE = "gone"
    NOT_DOCX = "not_docx"
    OLD_DOC = "old_doc"
    LOCKED = "locked"
    TOO_BIG = "too_big"
    BROKEN = "broken"
    ACTS = "acts"  # macros, controls, files inside, fields that fetch or run
    REACHES = "reaches"  # it takes something from another file or place


class Refused(Exception):
    """The file is not used; the reason says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def look(path: Path) -> None:
    """Refuse all but a plain .docx; a link that somebody has to click may stay."""
    try:
        _look_outside(path)
        with zipfile.ZipFile(path) as archive:
            _look_inside(archive)
    except FileNotFoundError:
        raise Refused(Reason.GONE) from None
    except MemoryError:
        raise Refused(Reason.TOO_BIG) from None
    except _BROKEN as error:
        raise Refused(Reason.BROKEN) from error


def _look_outside(path: Path) -> None:
    """Refuse what need not be unpacked to see that it is none of ours."""
    with path.open("rb") as file:
        begin = file.read(len(_OLD))
        if begin == _OLD:
            locked = _LOCKED in file.read(MOST_BYTES)
            raise Refused(Reason.LOCKED if locked else Reason.OLD_DOC)
    if path.stat().st_size > MOST_BYTES:
        raise Refused(Reason.TOO_BIG)
    if not zipfile.is_zipfile(path):
        raise Refused(Reason.BROKEN if begin.startswith(b"PK") else Reason.NOT_DOCX)


def _look_inside(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_OPEN:
        raise Refused(Reason.TOO_BIG)
    names = [part.filename for part in parts]
    if _BODY not in names or _TYPES not in names:
        raise Refused(Reason.NOT_DOCX)
    if len(set(names)) < len(names):
        raise Refused(Reason.BROKEN)  # two parts of one name: who reads it sees either
    for name in names:
        if name.casefold().endswith(_READ):
            _look_at(name, _root(archive.read(name)))


def _look_at(name: str, root: ET.Element) -> None:
    if name == _TYPES:
        for part in root:
            _look_at_kind(part)
    elif name.casefold().endswith(".rels"):
        for relation in root:
            _look_at_relation(relation)
    elif any(map(_ACTING_FIELD.match, _fields(root))):
        raise Refused(Reason.ACTS)


def _look_at_kind(part: ET.Element) -> None:
    """Refuse programs, and parts of text that are not called so, which nobody would look at."""
    kind = part.get("ContentType", "").casefold()
    called = part.get("PartName") or f".{part.get('Extension', '')}"
    if "macroenabled" in kind or (kind.endswith("xml") and not called.casefold().endswith(_READ)):
        raise Refused(Reason.ACTS)


def _look_at_relation(relation: ET.Element) -> None:
    kind = relation.get("Type", "").rpartition("/")[2].casefold()
    if kind.endswith(_ACTING):
        raise Refused(Reason.ACTS)
    clicked = kind == "hyperlink" and _CLICKED.match(relation.get("Target", ""))
    if relation.get("TargetMode", "").casefold() == "external" and not clicked:
        raise Refused(Reason.REACHES)


def _fields(root: ET.Element) -> Iterator[str]:
    """What each field of a part says; its words may be cut into many pieces."""
    said = ""
    for element in root.iter():
        match element.tag.rpartition("}")[2]:
            case "fldSimple":
                yield next((it for key, it in element.items() if key.endswith("instr")), "")
            case "fldChar":
                if said.strip() and "begin" in element.attrib.values():
                    raise Refused(Reason.ACTS)  # a field that another one composes
                yield said
                said = ""
            case "instrText":
                said += element.text or ""
    yield said


class _Plain(ET.TreeBuilder):
    """A part that declares nothing of its own: no part of Word does."""

    def doctype(self, *_: object) -> None:
        raise Refused(Reason.BROKEN)


def _root(content: bytes) -> ET.Element:
    parser = ET.XMLParser(target=_Plain())  # noqa: S314 - in a hand, and it declares nothing
    parser.feed(content)
    found: ET.Element = parser.close()
    return found
