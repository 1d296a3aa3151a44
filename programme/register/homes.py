"""Where producers are, by the words of a register: the commune of today that these mean."""

import re
from dataclasses import dataclass, replace
from functools import cache

from programme.folding import fold
from programme.places import places
from programme.register.cells import Wrong

_NUMBERED = re.compile(r"(?:[ivxlc]+|\d+|[a-z])\s*[.):/-]\s*")
_AREAS = {
    "district": ("huyen", "thi xa", "thanh pho", "quan"),
    "commune": ("xa", "phuong", "thi tran"),
    "province": ("tinh",),
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a producer is, as it is written, and the commune of today that this means."""

    commune: str = ""
    district: str = ""
    province: str = ""
    code: str = ""
    was: str | None = None  # the old unit that the words name

    @property
    def words(self) -> str:
        """As an address."""
        return ", ".join(part for part in (self.commune, self.district, self.province) if part)


@cache
def placed(commune: str, district: str, province: str) -> Home | Wrong:
    """Where that is today; Wrong when there is no such place, or more than one."""
    home = Home(commune, district, province)
    if not home.words:
        return Wrong("missing")
    found = places().look(home.words, most=9)
    exact = {it.commune.code: it for it in found.matches if it.exact}
    if not commune:
        known = found.areas or places().province_of(home.words)
        return home if known else Wrong("unknown_place", {"found": home.words[:80]})
    if len(exact) > 1 or (exact and found.ways > 1):
        return Wrong("many_places", {"found": home.words[:80], "count": str(found.ways)})
    if not exact:
        return Wrong("unknown_place", {"found": home.words[:80]})
    (only,) = exact.values()
    home = replace(home, province=province or only.commune.province)
    return replace(home, code=only.commune.code, was=only.via)


def area(said: str) -> dict[str, str]:
    """The area that a title between the rows names, without its number: "II. Huyện Bắc Hà"."""
    folded = fold(said)
    number = _NUMBERED.match(folded)
    words = folded[number.end() :] if number else folded
    for name, beginnings in _AREAS.items():
        if words.startswith(tuple(f"{each} " for each in beginnings)):
            whole = said.split(maxsplit=1)[1] if number and " " in said else said
            lower = {"district": ("commune",), "province": ("commune", "district")}.get(name, ())
            return {name: whole, **dict.fromkeys(lower, "")}
    return {}
