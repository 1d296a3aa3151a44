"""What an officer types about the summary: a list, the picture, and when it is to come."""

import re
from dataclasses import dataclass

from conversations.readings import clock
from programme.digest_hours import Every
from programme.folding import fold

_LOOK = 60  # signs
_IT = r"/?(?:tom ?tat|summary|digest)"
_SEND = r"(?:(?:gui|xuat|lay|tai|in|send)(?: ra)? )?"
_TO_ME = r"(?: (?:cho|ve)(?: (?:toi|minh|anh|chi|em))?)?(?: (?:voi|di|nhe|giup))?"
_SAID: tuple[tuple[str, str], ...] = (
    (rf"(?:xem |cho xem )?{_IT}(?: hom nay| cong viec)?", "show"),
    (rf"(?:xem )?(?:bao cao|tinh hinh)(?: {_IT})?(?: hom nay| cong viec| chung)?|report", "show"),
    (rf"{_IT} (?:so |muc )?(?P<place>[1-7])(?: (?:trang|page) (?P<page>\d{{1,4}}))?", "open"),
    (rf"(?:thoi|ngung|dung|bo|tat|stop)(?: gui| nhan)? {_IT}|{_IT} (?:thoi|off|tat)", "stop"),
    (rf"(?:bat|mo|nhan|start)(?: lai)? {_IT}|{_IT} (?:bat|on)", "start"),
    (rf"(?:xem )?(?:anh|hinh|picture) {_IT}|{_IT} (?:bang )?(?:anh|hinh|picture)", "digest"),
    (rf"{_SEND}(?:file |tep )?(?:excel|bang tinh)(?: {_IT})?{_TO_ME}", "digest_xlsx"),
    (rf"{_IT} (?:bang |file |tep )?(?:excel|bang tinh)", "digest_xlsx"),
    (rf"{_IT} (?P<when>.+)", "set"),
    (rf"{_IT} \d.*", "which"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_WEEKDAYS = {
    **dict.fromkeys(("thu hai", "thu 2", "monday"), 0),
    **dict.fromkeys(("thu ba", "thu 3", "tuesday"), 1),
    **dict.fromkeys(("thu tu", "thu 4", "wednesday"), 2),
    **dict.fromkeys(("thu nam", "thu 5", "thursday"), 3),
    **dict.fromkeys(("thu sau", "thu 6", "friday"), 4),
    **dict.fromkeys(("thu bay", "thu 7", "saturday"), 5),
    **dict.fromkeys(("chu nhat", "cn", "sunday"), 6),
}
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_WEEKDAYS)})\b")
_RHYTHMS: dict[str, Every] = {
    **dict.fromkeys(("hang ngay", "hang hom", "moi ngay", "tung ngay", "daily"), "day"),
    **dict.fromkeys(("hang tuan", "moi tuan", "tung tuan", "weekly"), "week"),
}
_RHYTHM = re.compile(rf"\b(?:{'|'.join(_RHYTHMS)})\b")
_BETWEEN = frozenset("luc vao moi hang at on every sang".split())  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted: show, open, stop, start, set, digest, digest_xlsx; not sure is which."""

    deed: str
    place: int = 0
    page: int = 1
    every: Every | None = None
    weekday: int | None = None
    hour: int | None = None


def read(text: str) -> Order | None:
    """What the text wants of the summary; None when it speaks of something else."""
    said = " ".join(fold(text[:_LOOK]).replace("-", " ").strip(" .,:").split())
    for pattern, deed in _PATTERNS:
        if found := pattern.fullmatch(said):
            told = found.groupdict()
            place, page = int(told.get("place") or 0), int(told.get("page") or 1)
            order = _when(told["when"]) if deed == "set" else Order(deed, place, max(page, 1))
            if order:
                return order
    return None


def _when(said: str) -> Order | None:
    """The rhythm, the weekday and the hour that are told, if nothing else is."""
    weekday, said = _taken(_WEEKDAY, said)
    rhythm, said = _taken(_RHYTHM, said)
    told = clock(said)
    strange = set((told.rest if told else said).replace(",", " ").split()) - _BETWEEN
    if strange or not (weekday or rhythm or told):
        return None
    every: Every | None = _RHYTHMS[rhythm[0]] if rhythm else "week" if weekday else None
    hour = told.at.hour if told else None
    return Order("set", 0, 1, every, _WEEKDAYS[weekday[0]] if weekday else None, hour)


def _taken(pattern: re.Pattern[str], said: str) -> tuple[re.Match[str] | None, str]:
    found = pattern.search(said)
    return found, said if found is None else f"{said[: found.start()]} {said[found.end() :]}"
