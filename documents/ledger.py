"""The ledger: what each file became when it was opened, so that none is opened twice."""

from functools import cache
from importlib.metadata import version

from documents import sheets, shelf
from documents.sheets import Grade, Opened
from documents.shelf import Shelf

# Another way of opening, or another library, may make other bytes: then all is opened anew.
_RECIPE = "1"
_MADE_BY = ("pillow", "pikepdf", "pypdfium2")


def name(digest: str, grade: Grade) -> str:
    """Where on the shelf the entry of the file lies; its parts have names that begin so."""
    return shelf.key(digest, repr(grade), _RECIPE, *_versions())


def known(on: Shelf, digest: str, grade: Grade) -> Opened | None:
    """What the file became, if all of it still lies on the shelf."""
    entry = name(digest, grade)
    if not on.has(entry):
        return None
    opened = sheets.read(on.path(entry).read_bytes())
    return opened if all(on.has(sheet.part) for sheet in opened.sheets) else None


def enter(on: Shelf, digest: str, grade: Grade, opened: Opened) -> None:
    """Note what the file became."""
    on.put(name(digest, grade), opened.written())


@cache
def _versions() -> tuple[str, ...]:
    return tuple(version(each) for each in _MADE_BY)
