"""Names of files: plain letters, and an order that a computer's own sorting keeps."""

import re
import unicodedata
from collections.abc import Iterable

_LONGEST = 60


def file_name(order: int, serves: Iterable[str], title: str) -> str:
    """The order in the book, the first criterion and the title, in plain letters."""
    words = re.findall("[a-z0-9]+", "".join(map(_plain, title.lower())))
    name = "-".join(words)[:_LONGEST].strip("-")
    return "_".join([f"{order:02}", *list(serves)[:1], name]) + ".pdf"


def titled(title: str, subject: str, ending: str) -> str:
    """What it is and what it is about, in plain letters that every phone and office takes."""
    said = unicodedata.normalize("NFC", f"{title[:1].upper()}{title[1:]} {subject}")
    words = re.findall("[A-Za-z0-9]+", "".join(map(_plain, said)))
    return f"{'-'.join(words)[:_LONGEST].strip('-')}.{ending}"


def _plain(sign: str) -> str:
    """The letter without its marks, as its own name tells."""
    base, marked, _ = unicodedata.name(sign, "").partition(" WITH ")
    return unicodedata.lookup(base) if marked and sign.isalpha() else sign
