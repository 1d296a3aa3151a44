"""Whom an announcement is for, as an officer says it: "chủ thể xã Bản Liền có gạo từ 3 sao"."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.messages import Message
from conversations.reading import Read, Wrong
from programme import products, rounds
from programme.aims import STARS
from programme.folding import composed, fold
from programme.places import places
from programme.products import ProductSet

Said = dict[str, Any]
EVERYBODY: Said = {"all": True}
CERTIFIED: Said = {"stars": list(STARS)}
_NUMBER = {"ba": 3, "bon": 4, "nam": 5, "3": 3, "4": 4, "5": 5}
_AND = r"(?:,|-|/|va|hoac|hay|den|or|and|to)"
_STAR = r"(?:3|4|5|ba|bon|nam)"
_STARS = re.compile(
    rf"\b(?:dat |hang |giay )?((?:tu|from) )?({_STAR}(?: ?{_AND} ?{_STAR})*)"
    r" ?(?:sao|stars?)\b( tro len| or more)?"
)
_GOOD = re.compile(r"\b(?:(?:van |dang )?con (?:han|hieu luc)|still good)(?: den [\d/]+)?\b")
_ROUND = re.compile(r"\b(?:ho so )?(?:trong )?(?:dot|round) (\d)(?: ?/ ?| nam | )?(20\d\d)?\b")
_MONTHS = re.compile(
    r"\b(?:(?:dang |vao |mua |vu |mua vu |thu hoach |chinh vu |season )*(?:thang|months?)) "
    rf"(\d{{1,2}}(?: ?(?:{_AND}|,) ?(?:thang )?\d{{1,2}})*)\b"
)
_LANGUAGE = re.compile(
    r"\b(?:doc |noi |dung |bang |reading )*(?:tieng )?(anh|viet|english)\b(?! ?[a-z])"
)
_SETS = re.compile(rf"\b(?:bo|set)(?: san pham)?(?: so)? (\d{{1,2}}(?: ?{_AND} ?\d{{1,2}})*)\b")
_LIST = re.compile(
    r"^(?:(?:danh sach|chu the|list|producers?)(?: so)?:? ?(?=\d)|(?=\d+[ ,.]+\d))"
    r"(\d{1,6}(?:[ ,.]+\d{1,6})*)$"
)
_ALL = re.compile(
    r"^(?:tat ca|moi|het|toan bo|ca xa|ca tinh|ca vung|toan xa|toan tinh|all|everybody)"
    r"(?: (?:moi |cac )?(?:chu the|nguoi|ba con|producers))?"
    r"(?: (?:trong|o|in) (?:ca |the )?(?:vung|xa|tinh|dia ban|area)(?: (?:nay|minh|em|toi))?)?$"
)
_FILLING = re.compile(
    r"^(?:(?:(?:gui|bao)(?= cho)|cho|den|toi|chu the|nhung|cac|ai|nguoi|ba con|la|o|tai|thuoc"
    r"|trong|vung|cua|ma|tat ca|moi|toan bo|all|dang|san pham|mat hang|hang|ocop|duoc|lam|nha|co"
    r"|producers?|products?|with|who|in|of|a|the) )*"
    r"|(?: ?\b(?:la|o|tai|duoc|cua|va))+$|^(?:chu the|san pham|ai|nguoi|ba con|producers?)$"
)
_OF_PLACE = frozenset("xa phuong huyen tinh tp commune province".split())  # noqa: SIM905
_CLAUSES = re.compile(r";|\b(?:co|san xuat|lam ra|che bien|who have|with)\b(?= )")
_APART = re.compile(r"\s*(?:;|\bva\b|\bhoac\b|\bhay\b|\band\b|\bor\b|,)\s*")


@dataclass(frozen=True, slots=True)
class AimKind(Kind):
    """Conditions that all must hold, said in one sentence; always read back before it is used."""

    name: ClassVar[str] = "aim"

    def read(self, text: str, asked: Asked) -> Readable:
        """All that the sentence names; what is not understood is never left out silently."""
        offered = {"1": EVERYBODY, "2": CERTIFIED}.get(text.strip(" ."))
        said = offered or of(text, asked.today, asked.facts.get("province"))
        return Read(said, sure=said in (EVERYBODY, CERTIFIED)) if said else Wrong("aim")

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """Everybody, or who has a certificate."""
        del asked
        return (
            Offer("all", EVERYBODY, Message("announcement.aim_all")),
            Offer("stars", CERTIFIED, Message("announcement.aim_stars")),
        )


def of(text: str, today: date, province: str | None = None) -> Said | None:
    """The conditions as they are stored, with their names; None where a word is not understood.

    Places in the province of that code come first among equals.
    """
    left = fold(text).strip(" .,:")
    if _ALL.match(left):
        return dict(EVERYBODY)
    if listed := _LIST.match(left):
        return {"producers": sorted({int(each) for each in re.findall(r"\d+", listed[1])})}
    said: Said = {}
    for name, pattern, value in _CONDITIONS:
        if found := pattern.search(left):
            said[name] = value(found, today)
            left = f"{left[: found.start()]} ; {left[found.end() :]}"
    left = _GOOD.sub(" ; ", left)
    named = _named(left, _Reader(composed(text), province))
    if named is None:
        return None
    for name, some in named.items():
        said[name] = [*said.get(name, []), *some]
    return {name: value for name, value in said.items() if value} or None


# -- what follows a pattern ------------------------------------------------------------------------


def _stars(found: re.Match[str], _today: date) -> list[int]:
    some = [_NUMBER[each] for each in re.findall(_STAR, found[2])]
    if found[1] or found[3]:
        return [star for star in STARS if star >= some[0]]
    if re.search(r"-|den|to", found[2]):
        return [star for star in STARS if min(some) <= star <= max(some)]
    return sorted(set(some))


def _round(found: re.Match[str], today: date) -> list[dict[str, Any]]:
    number = int(found[1])
    near = (each.year for each in rounds.upcoming(today) if each.number == number)
    year = int(found[2]) if found[2] else next(near, today.year)
    return [{"key": f"tinh-{number}-{year}", "number": number, "year": year}]


def _months(found: re.Match[str], _today: date) -> list[int]:
    match readings.months(f"thang {found[1]}"):
        case Read(months, _):
            return sorted(months)
        case _:
            return []


def _language(found: re.Match[str], _today: date) -> list[str]:
    return ["vi" if found[1] == "viet" else "en"]


def _sets(found: re.Match[str], _today: date) -> list[dict[str, Any]]:
    every = (products.by_number(int(each)) for each in re.findall(r"\d+", found[1]))
    return [{"number": one.number, "name": one.name} for one in every if one]


_CONDITIONS = (
    ("stars", _STARS, _stars),
    ("rounds", _ROUND, _round),
    ("months", _MONTHS, _months),
    ("languages", _LANGUAGE, _language),
    ("sets", _SETS, _sets),
)


# -- what is named ---------------------------------------------------------------------------------


def _named(left: str, reader: "_Reader") -> dict[str, list[Any]] | None:
    """The places and the products that the words name; None where one is neither."""
    found: dict[str, list[Any]] = {"areas": [], "sets": []}
    for part in _parts(left, reader):
        read = reader.one(part)
        if read is None:
            return None
        name, value = read
        if value not in found[name]:
            found[name].append(value)
    return found


def _parts(left: str, reader: "_Reader") -> Iterator[str]:
    """What is named, one by one; a comma before what is no kind of place belongs to a place."""
    for clause in _CLAUSES.split(left):
        whole: list[str] = []
        for piece in filter(None, map(_bare, _APART.split(clause))):
            if whole and f", {piece}" in clause and reader.qualifies(whole[-1], piece):
                whole[-1] = f"{whole[-1]}, {piece}"
            else:
                whole.append(piece)
        yield from whole


def _bare(piece: str) -> str:
    return _FILLING.sub("", f"{piece.strip(' .,:-')} ").strip()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads what is named by the marks with which it was typed."""

    typed: str
    province: str | None

    def one(self, part: str) -> tuple[str, dict[str, Any]] | None:
        """What the words name: one of the areas or of the sets."""
        area, product = self._area(part), self._product(part)
        if area and (product is None or _says_place(part) or self._is_near(area, part)):
            return "areas", {"codes": area["codes"], "name": area["name"]}
        if product is None:
            return None
        return "sets", {"number": product.number, "name": product.name, "said": self._marked(part)}

    def qualifies(self, before: str, piece: str) -> bool:
        """Whether it says where the place before it lies: "xa ban lien, bac ha"."""
        within = self._area(before), self._area(f"{before}, {piece}")
        return not _says_commune(piece) and within[0] is not None and within[0] == within[1]

    def _marked(self, part: str) -> str:
        """The words as they were typed."""
        folded = "".join(map(_folded, self.typed))
        at = folded.find(part)
        return self.typed[at : at + len(part)] if at >= 0 else part

    def _product(self, part: str) -> ProductSet | None:
        said = self._marked(part)
        first, _, rest = said.partition(" ")
        selling = fold(first) == "ban" and rest  # to sell it
        proposed = products.propose(said, most=1) or (
            products.propose(rest, most=1) if selling else ()
        )
        return proposed[0].set if proposed else None

    def _area(self, part: str) -> dict[str, Any] | None:
        """A commune, an old district with its communes, or a province."""
        said = self._marked(part)
        found = places().look(said, near_province=self.province, most=1)
        wide = next(iter(found.areas or (places().areas(said) if _is_wide(part) else ())), None)
        if wide is not None:
            codes = [wide.province_code] if wide.level == "province" else list(wide.communes)
            return {"codes": codes, "name": wide.shown, "in": wide.province_code}
        if found.matches:
            commune = found.matches[0].commune
            about = {"codes": [commune.code], "name": commune.shown, "in": commune.province_code}
            return about if found.matches[0].exact or _says_place(part) else None
        return None

    def _is_near(self, area: Mapping[str, Any], part: str) -> bool:
        """Whether it lies in the officer's province, so that no thing of that name is meant."""
        return " " in part and area["in"] == self.province


def _folded(sign: str) -> str:
    return fold(sign) or sign


def _says_place(part: str) -> bool:
    return part.split(maxsplit=1)[0] in _OF_PLACE and " " in part


def _says_commune(part: str) -> bool:
    return part.split(maxsplit=1)[0] in _OF_PLACE - {"tinh", "huyen"}


def _is_wide(part: str) -> bool:
    return part.split(maxsplit=1)[0] in {"huyen", "tinh", "province"}
