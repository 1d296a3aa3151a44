"""Where raw material comes from: "70% trong xa, 100% trong tinh", "80% o xa con lai trong tinh"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from conversations.reading import Reading, Wrong
from conversations.readings.around import hedged, settle
from conversations.readings.figures import figure
from conversations.readings.numerals import Numeral
from conversations.readings.percents import HUNDRED, called, share
from conversations.readings.phrases import Phrases
from conversations.readings.placed import Part, Placed, pair
from conversations.readings.plain import marked, tokens, vietnamese

_TEN = 10
_PAIR = re.compile(r"(?<![0-9.,])([0-9]{1,3}),([0-9]{2,3})(?![0-9.,])")
_REST = Phrases({"rest": ("phan con lai", "con lai", "so con lai", "the rest", "rest")})
_PLACES = Phrases(
    {
        "commune": (
            "trong xa",
            "o xa",
            "tai xa",
            "xa nha",
            "xa minh",
            "cua xa",
            "xa",
            "tai cho",
            "dia phuong",
            "thon",
            "trong ban",
            "ban minh",
            "nha trong",
            "tu trong",
            "tu co",
            "vuon nha",
            "cua nha",
            "nha lam",
            "gia dinh trong",
            "commune",
            "in the commune",
        ),
        "province": (
            "trong tinh",
            "o tinh",
            "tinh nha",
            "tinh minh",
            "toan tinh",
            "cua tinh",
            "tinh",
            "province",
        ),
        "elsewhere": (
            "huyen khac",
            "xa khac",
            "xa ben",
            "xa ben canh",
            "cac xa",
            "xa lan can",
            "cac xa lan can",
            "xung quanh",
            "trong huyen",
            "huyen",
            "cac huyen",
            "ngoai xa",
            "mua ngoai xa",
            "mua ngoai huyen",
            "cung tinh",
            "vung lan can",
            "xa xung quanh",
        ),
        "outside": (
            "ngoai tinh",
            "tinh khac",
            "tinh ngoai",
            "tinh ban",
            "cac tinh",
            "nuoc ngoai",
            "nhap khau",
            "nhap",
            "trung quoc",
            "mua ngoai tinh",
            "outside",
            "outside the province",
        ),
        "none": (
            "tinh dau",
            "tinh bot",
            "tinh chat",
            "tinh khiet",
            "tinh che",
            "thuy tinh",
            "xa phong",
        ),
        "either": ("noi khac", "cho khac", "mua ngoai", "ben ngoai", "ngoai"),
    },
)
_REST_PART = Part((), "rest")
_MOST_WAYS = 4
_ALL = 100
# Where a place is named without a number, all of it comes from there.
_WHOLE = {"commune": (100, 100), "province": (0, 100), "elsewhere": (0, 100), "outside": (0, 0)}
_DENIED = frozenset(("khong", "ko", "k", "chua"))


@dataclass(frozen=True, slots=True)
class Shares:
    """Percent of raw material from the commune, and from the province with the commune in it."""

    commune: int
    province: int


@dataclass(frozen=True, slots=True)
class _Meant:
    """The shares that an answer may mean, the likeliest first."""

    shares: tuple[Shares, ...]
    sure: bool = True


def shares(text: str) -> Reading[Shares] | Wrong:
    """Both shares; Wrong("percent_over") where more than all of it is said."""
    words = tokens(_PAIR.sub(r"\1 , \2", marked(text)))
    items = _items(words)
    placed = pair(items) if items else None
    if placed is None or not (placed.by_place or placed.bare or placed.empty):
        return None
    meanings = [
        meaning for choice in _choices(placed) if (meaning := _meant(*choice, placed.empty))
    ]
    if not meanings:
        return None
    found = [both for meaning in meanings for both in meaning.shares]
    if not all(0 <= both.commune <= both.province <= HUNDRED for both in found):
        return Wrong("percent_over")
    return settle(found, not hedged(words) and all(meaning.sure for meaning in meanings))


def _items(words: Sequence[str]) -> list[Part | str] | None:
    """The shares and places in the order of the words; None when a word is no Vietnamese."""
    items: list[Part | str] = []
    at = 0
    while at < len(words):
        if named := _PLACES.at(words, at) or _REST.at(words, at):
            denied = _DENIED.intersection(words[max(0, at - 2) : at])
            items += (
                []
                if named[0] == "none" or denied
                else [_REST_PART if named[0] == "rest" else named[0]]
            )
            at = named[1]
        elif found := _share(words, at):
            items.append(Part(found.values))
            at = found.end
        elif words[at] in ",.:-/()%" or vietnamese(words[at]):
            at += 1
        else:
            return None
    return items


def _share(words: Sequence[str], at: int) -> Numeral | None:
    """A share; small bare number words ("ba", "nam", "sau") are too often other words."""
    found = share(words, at)
    if found is None or called(words, at) or figure(words[at]):
        return found
    return found if found.values[0] >= _TEN or "phan" in words[at : found.end] else None


def _choices(placed: Placed) -> Iterator[tuple[dict[str, int | None], list[int]]]:
    """Each way to take the numbers that may be several ("60-70%"); what is left is None."""
    places = list(placed.by_place)
    values = [_whole(placed.by_place[place]) for place in places]
    bare = [_whole(part) for part in placed.bare]
    for chosen in islice(product(*values, *bare), _MOST_WAYS):
        given = dict(zip(places, chosen[: len(places)], strict=True))
        yield given, [value for value in chosen[len(places) :] if value is not None]


def _whole(part: Part) -> tuple[int | None, ...]:
    return tuple(round(value) for value in part.values) or (None,)


def _meant(given: dict[str, int | None], bare: list[int], empty: list[str]) -> _Meant | None:
    if not given:
        return _unplaced(bare, empty)
    given = {**dict.fromkeys(empty), **given}
    if "commune" in given:
        return _with_commune(given, bare)
    return _without_commune(given)


def _unplaced(bare: list[int], empty: list[str]) -> _Meant | None:
    """Bare numbers are first the commune's, then the province's; a bare place has all of it."""
    match bare, empty:
        case [100], _:
            return _guess((_ALL, _ALL))
        case [commune], _:
            return _guess((commune, _ALL), (commune, commune))
        case [first, second], _ if first + second == _ALL:
            return _guess((first, _ALL), (first, max(first, second)))
        case [first, second], _ if second >= first:
            return _sure(first, second)
        case [first, second], _:
            return _guess((first, first + second) if first + second < _ALL else (second, first))
        case _, [place]:
            return _guess(_WHOLE[place]) if place in _WHOLE else None
    return None


def _with_commune(given: dict[str, int | None], bare: list[int]) -> _Meant | None:
    others = {place: value for place, value in given.items() if place != "commune"}
    commune = given["commune"]
    if commune is None:
        commune = _ALL - sum(value for value in others.values() if value is not None)
    if not others:
        return _sure(_ALL, _ALL) if commune == _ALL else _unplaced([commune, *bare], [])
    if "outside" in others:
        return _with_outside(commune, others)
    if "province" in others:
        return _with_province(commune, others["province"])
    if "elsewhere" in others:
        more = others["elsewhere"]
        province = _ALL if more is None else commune + more
        return _sure(commune, province) if province == _ALL else _guess((commune, province))
    more = others["either"]
    return _guess((commune, _ALL if more is None else commune + more), (commune, commune))


def _with_province(commune: int, province: int | None) -> _Meant:
    """The province holds the commune in "100% trong tỉnh"; "30% trong tỉnh" is on top of 70."""
    if province is None or province == _ALL:
        return _sure(commune, _ALL)
    both = commune + province
    if province < commune:
        return _sure(commune, both) if both == _ALL else _guess((commune, both))
    if both > _ALL:
        return _sure(commune, province)
    first, second = (commune, both), (commune, province)
    return _guess(first, second) if both == _ALL else _guess(second, first)


def _with_outside(commune: int, others: dict[str, int | None]) -> _Meant:
    more = (
        next((others[place] for place in ("elsewhere", "province", "either") if place in others), 0)
        or 0
    )
    added = more <= commune or commune + more == _ALL - (others["outside"] or 0)
    inside = commune + more if added else more
    outside = others["outside"]
    if outside is None:
        return _sure(commune, inside)
    if inside + outside == _ALL:
        return _sure(commune, inside)
    return _guess((commune, _ALL - outside))


def _without_commune(given: dict[str, int | None]) -> _Meant | None:
    outside = given.get("outside") or 0
    if "province" in given:
        inside = given["province"]
        return _guess((0, _ALL - outside if inside is None or "outside" in given else inside))
    if "elsewhere" in given and given["elsewhere"] is not None:
        return _guess((_ALL - given["elsewhere"] - outside, _ALL - outside))
    return _guess((_ALL - outside, _ALL - outside)) if "outside" in given else None


def _sure(commune: int, province: int) -> _Meant:
    return _Meant((Shares(commune, province),))


def _guess(*pairs: tuple[int, int]) -> _Meant:
    return _Meant(tuple(Shares(*both) for both in pairs), sure=False)
