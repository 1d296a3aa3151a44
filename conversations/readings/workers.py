"""How many work there, and how many of them live in the commune: "12 nguoi, 10 nguoi trong xa"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice, product

from conversations.reading import Reading, Wrong
from conversations.readings.around import hedged, settle
from conversations.readings.figures import figure
from conversations.readings.numbers import spread
from conversations.readings.numerals import LISTED, Numeral, number
from conversations.readings.percents import called
from conversations.readings.phrases import Phrases, any_of
from conversations.readings.placed import Part, Placed, Stop, pair
from conversations.readings.plain import marked, tokens, vietnamese

_MOST = 100_000
_TEN, _HUNDRED = 10, 100
_MOST_WAYS = 4
_PEOPLE = any_of(
    "nguoi ng lao ld cong tho thanh ho mau dua anh chi em vo ba person people workers labourers"
)
_ENGLISH = any_of("of from are is live lives work works")  # what syllables of ours do not cover
_BETWEEN_PEOPLE = frozenset(("nguoi", "ng", "lao", "dong", "cong", "nhan"))
_PEOPLE_NEXT = tuple([word] for word in _PEOPLE)
_SEXES = frozenset(("nu", "nam", "phu"))
_SIGNS = (["%"], ["phan", "tram"], ["pt"])
_SAID = Phrases(
    {
        Part((), "rest"): ("con lai", "so con lai", "the rest"),
        Part((Decimal(_HUNDRED),)): ("deu", "toan la", "toan", "all"),
        Part((Decimal(0),), "count"): (
            "khong co ai",
            "khong ai",
            "khong co nguoi nao",
            "khong co nguoi",
            "nobody",
        ),
        Part((Decimal(1),), "few"): (
            "mot minh",
            "1 minh",
            "minh toi",
            "minh em",
            "moi toi",
            "chi co toi",
        ),
        Part((Decimal(2),), "few"): ("hai vo chong", "2 vo chong", "hai ong ba", "vo chong"),
    },
)
_ALL = Part((Decimal(_HUNDRED),))
_PLACES = Phrases(
    {
        "local": (
            "trong xa",
            "o xa",
            "tai xa",
            "xa nha",
            "xa minh",
            "cua xa",
            "dia phuong",
            "tai cho",
            "trong ban",
            "nguoi ban",
            "trong thon",
            "thon",
            "xa",
            "commune",
            "local",
        ),
        "outside": (
            "ngoai xa",
            "xa khac",
            "huyen khac",
            "tinh khac",
            "ngoai tinh",
            "ngoai huyen",
            "noi khac",
            "cho khac",
            "xa ben",
            "ngoai",
            "outside",
        ),
        "": ("hop tac xa",),
    },
)


@dataclass(frozen=True, slots=True)
class Labour:
    """All who work there, and those of them who live in the commune."""

    total: int
    local: int


_Meant = tuple[Labour, bool] | Wrong | None


def labour(text: str) -> Reading[Labour] | Wrong:
    """Both numbers; Wrong("labour_over") where more come from the commune than work there."""
    words = tokens(marked(text))
    items = _items(words)
    placed = pair(items) if items else None
    if placed is None:
        return None
    meanings = [_meant(way, clear="," in words) for way in _ways(placed)]
    found = [meaning for meaning in meanings if isinstance(meaning, tuple)]
    if not found:
        return next((meaning for meaning in meanings if isinstance(meaning, Wrong)), None)
    sure = not hedged(words) and all(sure for _, sure in found)
    return settle((both for both, _ in found if both.total <= _MOST), sure)


def _items(words: Sequence[str]) -> list[Part | str | Stop] | None:
    """The numbers and places in the order of the words; None when a word is no Vietnamese."""
    items: list[Part | str | Stop] = []
    at = 0
    while at < len(words):
        if named := _PLACES.at(words, at) or _SAID.at(words, at):
            items += [named[0]] if named[0] else []
            at = named[1]
        elif found := _number(words, at):
            items += [] if _of_one_sex(words, found.end) else _part(words, at, found)
            at = found.end
        elif words[at] in ",." or _says_nothing(words[at]):
            items += [Stop()] if words[at] in ",." else []
            at += 1
        elif words[at] in ":-/()%":
            at += 1
        else:
            return None
    return items


def _says_nothing(word: str) -> bool:
    return vietnamese(word) or word in _PEOPLE or word in _ENGLISH


def _number(words: Sequence[str], at: int) -> Numeral | None:
    """A count or a share; small number words count only before people or at the beginning."""
    if found := called(words, at):
        return found
    found = number(words, at, LISTED)
    if found is None or figure(words[at]) or found.values[0] >= _TEN:
        return spread(words, found, LISTED) if found else None
    return found if at == 0 or words[found.end : found.end + 1] in _PEOPLE_NEXT else None


def _of_one_sex(words: Sequence[str], at: int) -> bool:
    while at < len(words) and words[at] in _BETWEEN_PEOPLE:
        at += 1
    return at < len(words) and words[at] in _SEXES


def _part(words: Sequence[str], at: int, found: Numeral) -> list[Part | str | Stop]:
    signed = any(words[found.end : found.end + len(sign)] == sign for sign in _SIGNS)
    part = Part(found.values, "percent" if signed or called(words, at) else "count")
    return [Stop(), part, Stop()] if "tong" in words[max(0, at - 2) : at] else [part]


def _ways(placed: Placed) -> Iterator[Placed]:
    """Each way to take the numbers that may be two ("15-20")."""
    parts = [*placed.by_place.values(), *placed.bare]
    for values in islice(product(*(part.values or (None,) for part in parts)), _MOST_WAYS):
        single = [
            part if value is None else Part((value,), part.kind)
            for part, value in zip(parts, values, strict=True)
        ]
        by_place = dict(zip(placed.by_place, single, strict=False))
        yield Placed(by_place, single[len(by_place) :], placed.empty)


def _meant(placed: Placed, *, clear: bool) -> _Meant:
    counts = [part.values[0] for part in placed.bare if part.kind in ("count", "few")]
    if not placed.by_place and not placed.empty:
        return _unplaced(counts, few=any(part.kind == "few" for part in placed.bare))
    if len(counts) > 1:
        return None
    given = dict.fromkeys(placed.empty, _ALL) | placed.by_place
    here, away = given.get("local"), given.get("outside")
    if counts:
        return _of_total(counts[0], here, away, clear=clear)
    return _without_total(here, away)


def _unplaced(counts: list[Decimal], *, few: bool) -> _Meant:
    if few:
        return _labour(sum(counts), sum(counts), sure=False)
    match counts:
        case [total]:
            return _labour(total, total, sure=False)
        case [first, second]:
            return _labour(max(first, second), min(first, second), sure=first >= second)
    return None


def _without_total(here: Part | None, away: Part | None) -> _Meant:
    """Who lives here and who comes from elsewhere make up all; one of them alone is a guess."""
    parts = [part for part in (here, away) if part is not None]
    if any(part.kind not in ("count", "few") for part in parts):
        return None
    local = here.values[0] if here else Decimal(0)
    other = away.values[0] if away else Decimal(0)
    return _labour(local + other, local, sure=len(parts) > 1)


def _of_total(total: Decimal, here: Part | None, away: Part | None, *, clear: bool) -> _Meant:
    local, other = _of(here, total), _of(away, total)
    if local is None:
        if other is None:
            return None
        local = total - other
    if local < 0 or (local > total and clear):
        return Wrong("labour_over")
    if local > total:
        return _labour(local, total, sure=False)
    return _labour(total, local, sure=other is None or local + other == total)


def _of(part: Part | None, total: Decimal) -> Decimal | None:
    if part is None or not part.values:
        return None
    return part.values[0] * total / _HUNDRED if part.kind == "percent" else part.values[0]


def _labour(total: Decimal | int, local: Decimal | int, *, sure: bool) -> tuple[Labour, bool]:
    exact = total == int(total) and local == int(local)
    return Labour(int(total), round(local)), sure and exact
