"""The months of a season: "thang 6 den thang 8", "t11-t2", "6,7,8", "quanh nam", "mua he"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from conversations.reading import Read, Reading
from conversations.readings.around import POLITE
from conversations.readings.phrases import any_of
from conversations.readings.plain import marked, vietnamese
from conversations.readings.spelled import SPELLED

_LAST = 12
_PAIR = 2
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_ALL_YEAR = re.compile(
    r"\b(?:quanh nam|ca nam|suot nam|tron nam|(?:ca |du |deu )?(?:12|muoi hai) thang"
    r"|(?:bon|4) mua|(?:luc|thang|mua) nao cung(?: co)?|(?:tat ca )?(?:cac|moi|hang) thang"
    r"|all year(?: round)?)\b",
)
_EXCEPT = re.compile(r"\b(?:tru|except)\b(.+)")
_BY_MOON = re.compile(r" (?:am lich|lich am|lich ta|al|am)\b")

# Named seasons and their months. The four seasons follow the solar terms; only quarters and halves
# of the year are certain.
_QUARTERS = (("1", "i", "mot"), ("2", "ii", "hai"), ("3", "iii", "ba"), ("4", "iv", "tu", "bon"))
_SEASONS: tuple[tuple[re.Pattern[str], tuple[int, ...], bool], ...] = tuple(
    (re.compile(rf"\b(?:{said})\b"), months, sure)
    for said, months, sure in (
        ("(?:6|sau) thang dau nam|nua dau nam|nua nam dau", (1, 2, 3, 4, 5, 6), True),
        ("(?:6|sau) thang cuoi nam|nua cuoi nam|nua nam cuoi", (7, 8, 9, 10, 11, 12), True),
        *(
            (f"quy (?:{'|'.join(said)})", (3 * n + 1, 3 * n + 2, 3 * n + 3), True)
            for n, said in enumerate(_QUARTERS)
        ),
        ("thuong xuyen|lien tuc", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), False),
        ("(?:sau|ra) tet|ra gieng", (2, 3), False),
        ("dong xuan", (11, 12, 1, 2, 3, 4), False),
        ("he thu", (5, 6, 7, 8, 9), False),
        ("(?:mua|vu|dau|cuoi) xuan|^xuan$|spring", (2, 3, 4), False),
        ("(?:mua|vu|dau|cuoi) (?:he|ha)|^he$|summer", (5, 6, 7), False),
        ("(?:mua|vu|dau|cuoi) thu|^thu$|autumn|fall", (8, 9, 10), False),
        ("(?:mua|vu|dau|cuoi) dong|^dong$|winter", (11, 12, 1), False),
        ("mua mua|rainy season", (5, 6, 7, 8, 9, 10), False),
        ("mua kho|dry season", (11, 12, 1, 2, 3, 4), False),
        ("(?:dip |giap |truoc |vu |mua )?tet", (1, 2), False),
        ("dau nam", (1, 2, 3), False),
        ("giua nam", (5, 6, 7, 8), False),
        ("cuoi nam", (10, 11, 12), False),
    )
)

_RANGE = frozenset(("-", "den", "toi", "sang", "qua", "to"))
_JOIN = frozenset((",", ".", "/", "va", "voi", "cung", "and", "+", ":"))
_MONTH = frozenset(("thang", "t", "th", "month"))
_QUIET = POLITE | any_of(
    "mua vu vao khoang tam dau giua cuoi het nhieu ban thu hoach co san xuat ra rai"
)
_NAMES = {"gieng": 2, "chap": 1, "tu": 4}  # the lunar first and last month, as they mostly fall
_ENGLISH = {
    name: month
    for month, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sep sept",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}


_COUNTED = any_of("thang vu lua mua nam lan dot ngay tuan tan ta yen kg nguoi con chai hop goi lit")
_NEAR_YEARS = frozenset(("nay", "sau", "ngoai", "toi", "truoc", "roi"))


@dataclass(slots=True)
class _Walk:
    """The months heard so far, while the words are gone through one by one."""

    tokens: Sequence[str]
    at: int = 0
    heard: list[int] = field(default_factory=list)
    ranging: bool = False
    ranged: bool = False
    joined: bool = True
    loose: bool = False
    opened: str = ""
    sure: bool = True

    def word(self, at: int) -> str:
        return self.tokens[at] if 0 <= at < len(self.tokens) else ""


def months(text: str) -> Reading[tuple[int, ...]]:
    """The months, in order and each once."""
    said = marked(text)
    if found := _ALL_YEAR.search(said):
        return _all_year(said, found)
    by_moon = _BY_MOON.search(said) is not None
    walk = None if "quy " in said else _listed(_TOKEN.findall(_BY_MOON.sub("", said)))
    if walk is None or not walk.heard:
        return _named(said)
    heard = [month % _LAST + 1 for month in walk.heard] if by_moon else walk.heard
    return Read(tuple(sorted(set(heard))), walk.sure and not by_moon)


def _all_year(said: str, found: re.Match[str]) -> Read[tuple[int, ...]] | None:
    year = range(1, _LAST + 1)
    around = (said[: found.start()] + " " + said[found.end() :]).strip()
    if (apart := _EXCEPT.search(around)) and isinstance(left_out := months(apart[1]), Read):
        kept = tuple(month for month in year if month not in left_out.value)
        return Read(kept, sure=False) if kept else None
    return Read(
        tuple(year), sure=all(word in _QUIET or word in _JOIN for word in _TOKEN.findall(around))
    )


def _named(said: str) -> Read[tuple[int, ...]] | None:
    found: list[tuple[tuple[int, ...], bool]] = []
    for pattern, months_, sure in _SEASONS:
        if pattern.search(said):
            said = pattern.sub(" ", said)
            found.append((months_, sure))
    if not found:
        return None
    heard = {month for months_, _ in found for month in months_}
    return Read(tuple(sorted(heard)), all(sure for _, sure in found))


def _listed(tokens: Sequence[str]) -> _Walk | None:
    walk = _Walk(tokens)
    while walk.at < len(tokens):
        month, used = _month(walk)
        if month:
            _add(walk, month)
        elif not _pass(walk):
            return None
        walk.at += used or 1
    _close(walk)
    return walk


def _month(walk: _Walk) -> tuple[int, int]:
    """The month that stands here, and how many words it takes."""
    word, before = walk.word(walk.at), walk.word(walk.at - 1)
    if word.isdigit():
        fits = len(word) <= len("12") and 1 <= int(word) <= _LAST
        fits = fits and (before in _MONTH or not _counts(walk))
        return (int(word), 1) if fits else (0, 0)
    if word in _ENGLISH and (word != "may" or len(walk.tokens) == 1 or "to" in walk.tokens):
        return _ENGLISH[word], 1
    if before in _MONTH or (before in _RANGE | _JOIN and walk.heard) or _opens_list(walk):
        return _spelled_month(walk, word)
    return 0, 0


def _counts(walk: _Walk) -> bool:
    """Whether the number counts things, not months: "2 vu", "6 thang", "1 nam"."""
    thing, after = walk.word(walk.at + 1), walk.word(walk.at + 2)
    if thing == "nam":
        return after not in _NEAR_YEARS and not (after.isdigit() and len(after) == len("2026"))
    return thing in _COUNTED


def _opens_list(walk: _Walk) -> bool:
    return walk.at == 0 and walk.word(1) in _RANGE | _JOIN


def _spelled_month(walk: _Walk, word: str) -> tuple[int, int]:
    if word in _NAMES:
        walk.sure = walk.sure and word == "tu"
        return _NAMES[word], 1
    after = walk.word(walk.at + 1)
    if word == "nam" and (after in _NEAR_YEARS or after.isdigit()):
        return 0, 0
    for used, said in ((2, f"{word} {after}"), (1, word)):
        values, sure = SPELLED.get(said, ((), False))
        if len(values) == 1 and sure and 1 <= values[0] <= _LAST:
            return int(values[0]), used
    return 0, 0


def _add(walk: _Walk, month: int) -> None:
    if walk.ranging and walk.heard:
        last = walk.heard[-1]
        while last != month:
            last = last % _LAST + 1
            walk.heard.append(last)
    else:
        walk.loose = walk.loose or not walk.joined
        walk.heard.append(month)
    walk.ranging = walk.joined = False


def _pass(walk: _Walk) -> bool:
    """Step over a word that is no month; false when with it the answer is no list of months."""
    word = walk.word(walk.at)
    if word in _RANGE and walk.heard:
        walk.ranging = walk.ranged = walk.joined = True
    elif word in ("tu", "den"):
        walk.opened = word
    elif word in _JOIN or word in _MONTH:
        walk.joined = True
        walk.loose = walk.loose or word == "/"
    elif word.isdigit() and walk.word(walk.at + 1) in _COUNTED - {"thang"}:
        walk.sure = False
    elif word.isdigit():
        return len(word) == len("2026") and word[:2] in ("19", "20")
    elif word not in _QUIET and word != "nam" and word not in _NEAR_YEARS:
        walk.sure = False
        return vietnamese(word)
    return True


def _close(walk: _Walk) -> None:
    """What the whole list leaves open: an unsaid end, or two months with nothing between."""
    heard = walk.heard
    apart = walk.loose and len(set(heard)) == _PAIR and abs(heard[1] - heard[0]) > 1
    if walk.ranging or apart:
        walk.sure = False
    if walk.opened and len(heard) == 1 and not walk.ranged:
        walk.sure = False
        first, last = (heard[0], _LAST) if walk.opened == "tu" else (1, heard[0])
        walk.heard = list(range(first, last + 1))
