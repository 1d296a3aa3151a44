"""Days said from today: "hom qua", "3 ngay nua", "thu sau tuan sau", "nam ngoai"."""

import re
from collections.abc import Callable
from datetime import date

from conversations.readings.day import MONTH, YEAR, Asked, Found, days_on, months_on
from conversations.readings.spelled import counted

_DAYS = {
    **dict.fromkeys(
        ("hom nay", "bua nay", "ngay hom nay", "sang nay", "chieu nay", "toi nay", "today"), 0
    ),
    **dict.fromkeys(("hom qua", "bua qua", "ngay hom qua", "yesterday"), -1),
    **dict.fromkeys(("hom kia", "bua kia"), -2),
    **dict.fromkeys(("mai", "ngay mai", "sang mai", "chieu mai", "tomorrow"), 1),
    **dict.fromkeys(("ngay kia", "ngay mot", "mot"), 2),
    "nua thang nua": 15,
}
_UNSURE_DAYS = frozenset(("mot", "ngay kia", "nua thang nua"))
BESIDE = {
    **dict.fromkeys(("nay",), 0),
    **dict.fromkeys(("sau", "toi", "next"), 1),
    **dict.fromkeys(("truoc", "ngoai", "qua", "roi", "vua roi", "vua qua"), -1),
    "kia": -2,
}
_WEEKDAYS = {
    **dict.fromkeys(("thu 2", "thu hai", "t2", "monday"), 0),
    **dict.fromkeys(("thu 3", "thu ba", "t3", "tuesday"), 1),
    **dict.fromkeys(("thu 4", "thu tu", "t4", "wednesday"), 2),
    **dict.fromkeys(("thu 5", "thu nam", "t5", "thursday"), 3),
    **dict.fromkeys(("thu 6", "thu sau", "t6", "friday"), 4),
    **dict.fromkeys(("thu 7", "thu bay", "t7", "saturday"), 5),
    **dict.fromkeys(("chu nhat", "cn", "sunday"), 6),
}
_WEEK = 7
_SHORT = frozenset(("t2", "t3", "t4", "t5", "t6", "t7"))
_BESIDES = "|".join(sorted(BESIDE, key=len, reverse=True))
_STEP = re.compile(
    r"(?:(sau|trong|cach day|cach nay|truoc day) )?([0-9]{1,3}|[a-z]+(?: [a-z]+){0,2}?)"
    r" (ngay|hom|bua|tuan|thang|nam)(?: (nua|toi|sau|truoc|roi|day))?",
)
_BACK = frozenset(("cach day", "cach nay", "truoc day", "truoc", "roi"))
_WEEKDAY = re.compile(
    rf"(thu [a-z0-9]+|t[2-7]|chu nhat|cn|[a-z]+day)(?: (tuan)?(?: ?({_BESIDES}))?)?"
)
_PART_OF_WEEK = re.compile(rf"(dau|giua|cuoi) tuan(?: ({_BESIDES}))?")
_IN_WEEK = {"dau": 0, "giua": 2, "cuoi": 6}
_SPAN = re.compile(rf"(?:ca |trong )?(tuan|thang|nam) ({_BESIDES})|(sang) nam")


def relative(said: str, asked: Asked) -> Found | None:
    """The day that the folded words count from today."""
    if said in _DAYS:
        return Found(days_on(asked.today, _DAYS[said]), sure=said not in _UNSURE_DAYS)
    for pattern, meaning in _MEANINGS:
        if found := pattern.fullmatch(said):
            return meaning(found, asked)
    return None


def _step(found: re.Match[str], asked: Asked) -> Found | None:
    before, number, unit, after = found.groups()
    steps = counted(number)
    if not steps or (before is None and after is None):
        return None
    steps *= -1 if before in _BACK or after in _BACK else 1
    return _stepped(asked.today, unit, steps)


def _stepped(today: date, unit: str, steps: int) -> Found:
    match unit:
        case "thang":
            return Found(months_on(today, steps), sure=False)
        case "nam":
            return Found(months_on(today, 12 * steps), YEAR, sure=False)
        case "tuan":
            return Found(days_on(today, _WEEK * steps), sure=False)
    return Found(days_on(today, steps))


def _weekday(found: re.Match[str], asked: Asked) -> Found | None:
    name, week, beside = found.groups()
    month_like = name in _SHORT and not week  # "t6" alone is rather June
    if name not in _WEEKDAYS or month_like or (week and not beside):
        return None
    monday = days_on(asked.today, -asked.today.weekday())
    day = days_on(monday, _WEEKDAYS[name])
    if week or beside == "nay":
        return Found(days_on(day, _WEEK * BESIDE[beside]))
    return Found(_beside_today(day, beside, asked), sure=False)


def _beside_today(day: date, beside: str | None, asked: Asked) -> date:
    """The weekday nearest on the side that was said, or else on the likelier one."""
    side = BESIDE[beside] if beside else {"past": -1, "future": 1, "nearest": 0}[asked.prefer]
    if side > 0 and day < asked.today:
        return days_on(day, _WEEK)
    return days_on(day, -_WEEK) if side < 0 and day > asked.today else day


def _part_of_week(found: re.Match[str], asked: Asked) -> Found:
    monday = days_on(asked.today, -asked.today.weekday())
    weeks = BESIDE[found[2] or "nay"]
    return Found(days_on(monday, _WEEK * weeks + _IN_WEEK[found[1]]), sure=False)


def _span(found: re.Match[str], asked: Asked) -> Found | None:
    if found[3]:
        return Found(months_on(asked.today, 12), YEAR)
    steps = BESIDE[found[2]]
    if found[1] == "tuan":
        return Found(days_on(asked.today, _WEEK * steps), sure=False) if steps else None
    months = 12 if found[1] == "nam" else 1
    return Found(months_on(asked.today, months * steps), YEAR if months > 1 else MONTH)


_MEANINGS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Asked], Found | None]], ...] = (
    (_WEEKDAY, _weekday),
    (_PART_OF_WEEK, _part_of_week),
    (_SPAN, _span),
    (_STEP, _step),
)
