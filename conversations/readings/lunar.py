"""Days of the lunar calendar as days of the solar one."""

from datetime import date

from lunar_vn import SUPPORTED_YEAR_RANGE, LunarDate, lunar_to_solar, solar_to_lunar

_FIRST, _LAST = SUPPORTED_YEAR_RANGE
_CHAP = 12
_MOST_DAYS = 30


def solar(day: int, month: int, year: int) -> date | None:
    """The solar day; None when that month of that lunar year has no such day."""
    if not (_FIRST < year < _LAST and 1 <= month <= _CHAP and 1 <= day <= _MOST_DAYS):
        return None
    asked = LunarDate(day, month, year)
    found = lunar_to_solar(asked)
    # The library rolls day 30 of a month of 29 over without a word.
    return found if solar_to_lunar(found) == asked else None


def year_of(day: date) -> int:
    """The lunar year that the solar day lies in."""
    return solar_to_lunar(day).year if _FIRST < day.year < _LAST else day.year


def month_of(day: date) -> int:
    """The lunar month that the solar day lies in."""
    return solar_to_lunar(day).month if _FIRST < day.year < _LAST else day.month


def last_of_year(year: int) -> date | None:
    """Giao thừa, the last day of the lunar year: the 30th or, in a short month, the 29th."""
    return solar(_MOST_DAYS, _CHAP, year) or solar(_MOST_DAYS - 1, _CHAP, year)
