"""Targets in numbers: how many of which kind, as an officer types them."""

import re
from typing import NamedTuple

from programme.folding import fold

KINDS = ("new", "upgraded", "renewed", "organisations", "trained", "fairs")
OF_PRODUCTS = frozenset({"new", "upgraded", "renewed"})  # which have stars
CERTIFIED = 3  # stars (QĐ 26/2026 gives no certificate for fewer)
_MOST = 9999
_SAID = (
    ("renewed", r"danh gia lai|gia han|cong nhan lai|re-?evaluated|renewed"),
    ("upgraded", r"nang (?:cap|hang|sao)|len \d sao|upgraded"),
    ("trained", r"tap huan|dao tao|hoc vien|trained|training"),
    ("fairs", r"hoi cho|trien lam|fairs?"),
    ("organisations", r"to chuc|chu the|htx|hop tac xa|doanh nghiep|organi[sz]ations?|producers?"),
    ("new", r"san pham|sp|products?"),
)
_KINDS = tuple((kind, re.compile(rf"\b(?:{words})\b")) for kind, words in _SAID)
_STAR = re.compile(r"\b([345])(?: ?-? ?(?:[45]))? ?(?:sao|stars?)\b")
_NUMBER = re.compile(r"(?<![\d./])(\d{1,4})(?![\d/])")
_ENDS = re.compile(r"[;+\n]")
_PARTS = re.compile(r",| (?:va|and) (?=\d)")


class Wanted(NamedTuple):
    """So many of a kind; of products those with at least so many stars, of others 0."""

    kind: str
    wanted: int
    star: int = 0


def read(text: str) -> list[Wanted]:
    """What the words want, clause by clause; a clause without number or kind is passed over."""
    clauses = _PARTS.split(fold(_ENDS.sub(",", text)))
    return [found for clause in clauses if (found := _read(clause))]


def _read(clause: str) -> Wanted | None:
    kind = next((kind for kind, words in _KINDS if words.search(clause)), None)
    stars = _STAR.findall(clause)  # "from 3 stars to 4": what it is to have in the end
    number = _NUMBER.search(_STAR.sub(" ", clause))
    if kind is None or number is None or int(number[1]) > _MOST:
        return None
    least = int(stars[-1]) if stars else CERTIFIED
    return Wanted(kind, int(number[1]), least if kind in OF_PRODUCTS else 0)


def of_certificate(star: int, was: int) -> str:
    """For which kind a certificate counts, of a product that had so many stars before (0: none)."""
    if not was:
        return "new"
    return "upgraded" if star > was else "renewed"
