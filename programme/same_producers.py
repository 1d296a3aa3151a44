"""Producers of an office's register who may be producers of the chat: what speaks for it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from programme.folding import fold

Row = Mapping[str, Any]
# What a producer is, which some write out, some shorten, and some leave away.
_FORMS = re.compile(
    r"\b(?:lien hiep|hop tac xa|htx|to hop tac|tht|cong ty|cty|trach nhiem huu han|tnhh|mtv"
    r"|mot thanh vien|co phan|cp|doanh nghiep tu nhan|dntn|co so|ho kinh doanh|hkd|ho san xuat"
    r"|ho sxkd|ho|san xuat|kinh doanh|sxkd|ong|ba)\b"
)
_PHONE = 9  # its last figures, without 0 or +84


class Pair(NamedTuple):
    """The numbers of one told of by a register and of one of the chat, and why they may be one."""

    register: int
    producer: int
    why: tuple[str, ...]  # of phone, registration, name


def pairs(told: Iterable[Row], known: Iterable[Row]) -> list[Pair]:
    """Each who may be the same: by telephone, by registration, or by name in the same commune.

    Rows have ``id``, ``name``, ``phone``, ``registration``, ``commune_code``, ``province_code``;
    of a commune that is not known the province is enough. What most speaks for comes first.
    """
    marks: dict[tuple[str, ...], list[Row]] = {}
    for row in known:
        for mark in _marks(row):
            marks.setdefault(mark, []).append(row)
    found: dict[tuple[int, int], list[str]] = {}
    for row in told:
        for mark in _marks(row):
            for other in marks.get(mark, ()):
                if mark[0] != "name" or _near(row, other):
                    found.setdefault((row["id"], other["id"]), []).append(mark[0])
    every = [Pair(*numbers, tuple(why)) for numbers, why in found.items()]
    return sorted(every, key=lambda each: (-len(each.why), each.register, each.producer))


def _marks(row: Row) -> Iterator[tuple[str, ...]]:
    for name, least in (("phone", _PHONE), ("registration", 1)):
        figures = re.sub(r"\W", "", row[name] or "")
        if len(figures) >= least:
            yield name, figures[-_PHONE:] if name == "phone" else figures.casefold()
    if name := bare(row["name"]):
        yield "name", name


def bare(name: str) -> str:
    """The name folded, without what the producer is; all of it where nothing else is left."""
    words = re.sub(r"[\W_]+", " ", fold(name))
    return " ".join((_FORMS.sub(" ", words)).split()) or " ".join(words.split())


def _near(one: Row, other: Row) -> bool:
    communes = one["commune_code"], other["commune_code"]
    return communes[0] == communes[1] if all(communes) else _province(one) == _province(other) != ""


def _province(row: Row) -> str:
    return str(row["province_code"] or "")
