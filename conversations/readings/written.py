"""Days written in figures: "30/9", "30-9-26", "2026-09-30", "3/2015", "2015"."""

import re
from datetime import date

from conversations.readings.day import DAY, MONTH, YEAR, Asked, Found, solar

_DAY = re.compile(r"([0-9]{1,2}) ?[/.\- ] ?([0-9]{1,2})(?: ?[/.\- ] ?([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_SHORT_YEAR = re.compile(r"(?:nam |2k)([0-9]{2})")
_RUN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})")
_MONTH = re.compile(r"(?:thang |th |t)?([0-9]{1,2}) ?[/.-] ?([0-9]{4})")
_YEAR = re.compile(r"(?:nam )?([0-9]{4})")
_DAY_IN_TEXT = re.compile(
    r"(?<![0-9/.,-])([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4}|[0-9]{2})(?![0-9/.,-]*[0-9])",
)
_YEAR_IN_TEXT = re.compile(r"(?<![0-9/.,-])((?:19|20)[0-9]{2})(?![0-9/.,-]*[0-9])")
_FIGURE = re.compile(r"[0-9]+")


def written(said: str, asked: Asked) -> Found | None:
    """The day, month or year that the figures are."""
    if found := _DAY.fullmatch(said):
        return _day(found, asked)
    if found := _ISO.fullmatch(said):
        return settled(solar(int(found[3]), int(found[2]), int(found[1])), asked)
    if found := _MONTH.fullmatch(said):
        return settled(solar(1, int(found[1]), int(found[2])), asked, MONTH)
    if found := _YEAR.fullmatch(said):
        return settled(solar(1, 1, int(found[1])), asked, YEAR)
    if found := _SHORT_YEAR.fullmatch(said):
        return doubted(settled(solar(1, 1, asked.full_year(found[1])), asked, YEAR))
    if found := _RUN.fullmatch(said):
        return doubted(settled(solar(int(found[1]), int(found[2]), int(found[3])), asked))
    return None


def inside(text: str, asked: Asked) -> Found | None:
    """The only full date, or else the only year, inside a longer answer."""
    days = _DAY_IN_TEXT.findall(text)
    if len(days) == 1:
        day, month, year = days[0]
        return doubted(settled(solar(int(day), int(month), asked.full_year(year)), asked))
    years = _YEAR_IN_TEXT.findall(text)
    if len(years) == 1 and len(_FIGURE.findall(text)) == 1:
        return doubted(settled(solar(1, 1, int(years[0])), asked, YEAR))
    return None


def settled(day: date | None, asked: Asked, precision: int = DAY) -> Found | None:
    """What was said in full; on the less likely side of today a guess, if absurd nothing."""
    if day is None or not asked.believable(day):
        return None
    return Found(day, precision, sure=precision == YEAR or asked.expected(day))


def doubted(found: Found | None) -> Found | None:
    """The same, as a guess."""
    return Found(found.day, found.precision, sure=False) if found else None


def _day(found: re.Match[str], asked: Asked) -> Found | None:
    day, month = int(found[1]), int(found[2])
    if found[3]:
        return settled(solar(day, month, asked.full_year(found[3])), asked)
    chosen = asked.choose(lambda year: solar(day, month, year))
    return Found(chosen, sure=False) if chosen else None
