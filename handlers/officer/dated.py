"""What officers type about days: the calendar, moving a step, days off, extra rounds."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from conversations.forms.move_date import OF_MINISTRY, STEPS
from handlers.officer import days_said
from handlers.officer.because import leading, reason
from programme.folding import fold

_LOOK = 60  # signs in which it shows what is wanted
_DAY = r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?"
_AND = r"(?:[,;+&–—-]|va|and|den|toi|to)"
_DAYS = rf"(?:(?:tu|from) )?(?:ngay )?\d{{1,2}}(?: ?{_AND} ?\d{{1,2}})*[/.-]\d{{1,2}}\b.*"
_ROUND_OF = (
    r"(?:dot|round)(?: them)?(?: (?P<number>\d{1,2})(?:(?: nam| of|/)? ?(?P<year>20\d\d))?)?"
)
_STEP_WORDS = "|".join(sorted((w for s in STEPS for w in s.words), key=len, reverse=True))
_VERB = r"(?:xin |em )?(?:doi|roi|lui|chuyen|hoan|move|change|reschedule)(?: lai)?"
_SET = r"(?:xin )?(?:dat|ghi|chot|set)(?: lai)?"
_THING = r"(?:ngay|han(?: chot)?|lich|moc|dates?|deadlines?|the date)"
# What is said, and the deed that it wants; the first that fits.
_SAID: tuple[tuple[str, str], ...] = (
    (
        r"(?:xem )?(?:lich|calendar)(?: (?:cac )?dot)?(?:(?: nam| of)? (?P<year>20\d\d))?",
        "calendar",
    ),
    (r"(?:xem )?cac dot(?: danh gia)?(?:(?: nam)? (?P<year>20\d\d))?|rounds", "calendar"),
    (r"(?:xem )?(?:cac |lich )?ngay nghi|lich nghi(?: le)?|days off|holidays", "days_off"),
    (
        rf"(?:bo|xoa|drop)(?: (?:cac )?ngay)? (?:nghi|lam|days? off|work days?)(?: bu)? {_DAYS}",
        "forget",
    ),
    (rf"(?:nghi|off)(?: bu| le)?(?: cac| on)? {_DAYS}", "rest"),
    (rf"(?:di )?(?:lam|work)(?: viec| bu)?(?: cac| on)? {_DAYS}", "work"),
    (r"(?:mo )?them (?:mot )?dot(?: moi)?|(?:mo )?dot (?:moi|them)|(?:extra|new) round", "extra"),
    (rf"(?:bo|xoa|huy|thoi|drop|cancel) {_ROUND_OF}", "take_back"),
    (rf"{_VERB} (?:{_THING}|{_STEP_WORDS})\b.*", "move"),
    (rf"{_SET} {_THING} .*", "move"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_ROUND = re.compile(r"\b(?:dot|round) (\d{1,2})\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_MINISTRY = re.compile(r"\b(?:cap|len|gui|nop|cua|cho|tinh) bo\b|\bbo dot\b|\bministry\b")
_DEADLINE = re.compile(r"\b(?:han|deadline)\b")  # of those who hand in, if no step is named
_WHOLE_DAY = re.compile(_DAY)
_TO = frozenset({"sang", "thanh", "den", "toi", "qua", "vao", "to", "on"})
_BECAUSE = frozenset({"vi", "do", "ly", "boi", "because", "due"})
_EDGES = " .,:;-–"
_HEAVY = 0x323  # the mark of the heavy tone: "doi" with it is to wait
_GRAVE = 0x300  # with this one it is to move


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer wants done with days, as far as it was said in one sentence.

    ``why`` is as it was typed, but for the word "because"; ``wrong`` is what was typed as a day
    and is in no calendar.
    """

    deed: str
    year: int | None = None
    number: int | None = None  # of the round
    step: str | None = None
    day: date | None = None
    why: str = ""
    days: tuple[date, ...] = ()  # off or worked
    wrong: str = ""
    level: str = "tinh"  # whose round it is, the province's or the ministry's ("bo")


def read(text: str) -> Callable[[date], Said] | None:
    """What the text wants done, to be told today's day; None when it is nothing of the kind."""
    said = " ".join(fold(text[:_LOOK]).strip(_EDGES).split())
    for pattern, deed in _PATTERNS:
        if (found := pattern.fullmatch(said)) and not (deed == "move" and _waits(text)):
            told = found.groupdict()
            known = Said(deed, _number(told.get("year")), _number(told.get("number")))
            return lambda today: _parsed(known, text, today)
    return None


def only_a_day(text: str, today: date) -> bool:
    """Whether it moves a day without saying which: so is an answer of a form changed."""
    found = read(text)
    said = found(today) if found else None
    if said is None or said.deed != "move" or said.step or said.number:
        return False
    return said.day is not None or said.wrong != "" or not _moves_for_sure(text)


def _waits(text: str) -> bool:
    verbs = (word for word in text[:_LOOK].split() if fold(word) == "doi")
    return any(_HEAVY in map(ord, normalize("NFD", verb)) for verb in verbs)


def _moves_for_sure(text: str) -> bool:
    """Whether the verb cannot be "change", which without its marks is written as "move" is."""
    verb = text.split(maxsplit=1)[0]
    return fold(verb) not in {"doi", "change"} or _GRAVE in map(ord, normalize("NFD", verb))


def _number(told: str | None) -> int | None:
    return int(told) if told else None


def _parsed(known: Said, text: str, today: date) -> Said:
    if known.deed == "move":
        return _move(text, today)
    if known.deed in {"rest", "work", "forget"}:
        found = days_said.read(text, today)
        return Said(known.deed, days=found.days, why=reason(found.rest), wrong=found.wrong)
    return known


def _move(text: str, today: date) -> Said:
    words = text.split()
    folded = [fold(word).strip(_EDGES) for word in words]
    to, begins = _where(folded, today)
    because = _first(folded, lambda n: folded[n] in _BECAUSE and leading(words[n : n + 3]))
    ends = to if because < to else len(words)
    head = " ".join(folded[: min(to, because)])
    number, year = _ROUND.search(head), _YEAR.search(head)
    level = "bo" if _MINISTRY.search(head) or _step(head) in OF_MINISTRY else "tinh"
    day = _day(folded[begins : because if begins < because else len(words)], today)
    return Said(
        "move",
        int(year[1]) if year else None,
        int(number[1]) if number else None,
        _step(head) or _hinted(head, level),
        day,
        reason(" ".join(words[because:ends])),
        wrong="" if day else next(filter(_WHOLE_DAY.fullmatch, folded[begins:]), ""),
        level=level,
    )


def _where(folded: list[str], today: date) -> tuple[int, int]:
    """Where the words before the new day end, and where the day begins."""
    to = _first(folded, lambda n: folded[n] in _TO and _day(folded[n + 1 : n + 5], today))
    if to < len(folded):
        return to, to + 1
    begins = _first(folded, lambda n: _WHOLE_DAY.fullmatch(folded[n]))
    return begins, begins


def _first(words: list[str], fits: Callable[[int], object]) -> int:
    """The place of the first word that fits; that after the last when none does."""
    return next((at for at in range(len(words)) if fits(at)), len(words))


def _step(head: str) -> str | None:
    """The step that is named; the longest of its names decides."""
    named = [(len(w), s.value) for s in STEPS for w in s.words if f" {w} " in f" {head} "]
    return max(named)[1] if named else None


def _hinted(head: str, level: str) -> str | None:
    """The step of which one says only that it is a deadline of that round."""
    if not (_ROUND.search(head) and _DEADLINE.search(head)):
        return None
    return "send_on" if level == "bo" else "file"


def _day(words: list[str], today: date) -> date | None:
    """The day, of which more words may be said than are read."""
    ends = range(len(words), 0, -1)
    return next((day for end in ends if (day := days_said.one(" ".join(words[:end]), today))), None)
