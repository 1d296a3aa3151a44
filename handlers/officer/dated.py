"""What officers type about days: the calendar, moving a step, days off, an extra round."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from conversations import readings
from conversations.forms.move_date import STEPS
from conversations.reading import Read
from programme.folding import fold

_LOOK = 60  # signs in which it shows what is wanted
_DAY = r"\d{1,2}[/.-]\d{1,2}(?:[/.-](?:\d{4}|\d{2}))?"
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
        rf"(?:bo|xoa|drop)(?: ngay)? (?:nghi|lam|day off|work day)(?: bu)?(?: ngay)? {_DAY}",
        "forget",
    ),
    (rf"(?:nghi|off)(?: bu)?(?: ngay| on)? {_DAY}\b.*", "rest"),
    (rf"(?:di )?(?:lam|work)(?: viec| bu)?(?: ngay| on)? {_DAY}\b.*", "work"),
    (r"(?:mo )?them (?:mot )?dot(?: moi)?|(?:mo )?dot (?:moi|them)|(?:extra|new) round", "extra"),
    (rf"{_VERB} (?:{_THING}|{_STEP_WORDS})\b.*", "move"),
    (rf"{_SET} {_THING} .*", "move"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_ROUND = re.compile(r"\b(?:dot|round) (\d{1,2})\b")
_YEAR = re.compile(r"\b(20\d\d)\b")
_WHOLE_DAY = re.compile(_DAY)
_TO = frozenset({"sang", "thanh", "den", "toi", "qua", "vao", "to", "on"})
_BECAUSE = frozenset({"vi", "because"})
_THE_REASON = ["ly", "do"]
_EDGES = " .,:;-–"
_HEAVY = 0x323  # the mark of the heavy tone: "doi" with it is to wait


@dataclass(frozen=True, slots=True)
class Said:
    """What an officer wants done with days, as far as it was said in one sentence.

    ``why`` is as it was typed.
    """

    deed: str
    year: int | None = None
    number: int | None = None  # of the round
    step: str | None = None
    day: date | None = None
    why: str = ""


def read(text: str) -> Callable[[date], Said] | None:
    """What the text wants done, to be told today's day; None when it is nothing of the kind."""
    said = " ".join(fold(text[:_LOOK]).strip(_EDGES).split())
    for pattern, deed in _PATTERNS:
        if (found := pattern.fullmatch(said)) and not (deed == "move" and _waits(text)):
            year = found.groupdict().get("year")
            return lambda today: _parsed(deed, int(year) if year else None, text, today)
    return None


def only_a_day(text: str, today: date) -> bool:
    """Whether it moves a day without saying which: so is an answer of a form changed."""
    found = read(text)
    said = found(today) if found else None
    return said is not None and said.deed == "move" and said.step is None and said.number is None


def _waits(text: str) -> bool:
    verbs = (word for word in text[:_LOOK].split() if fold(word) == "doi")
    return any(_HEAVY in map(ord, normalize("NFD", verb)) for verb in verbs)


def _parsed(deed: str, year: int | None, text: str, today: date) -> Said:
    if deed == "move":
        return _move(text, today)
    if deed in {"rest", "work", "forget"}:
        return _one_day(deed, text, today)
    return Said(deed, year)


def _one_day(deed: str, text: str, today: date) -> Said:
    """The day and what was typed after it."""
    words = text.split()
    folded = [fold(word).strip(_EDGES) for word in words]
    at = next((n for n, word in enumerate(folded) if _WHOLE_DAY.fullmatch(word)), len(words))
    return Said(deed, day=_read_day(folded[at : at + 1], today), why=_typed(words[at + 1 :]))


def _move(text: str, today: date) -> Said:
    words = text.split()
    folded = [fold(word).strip(_EDGES) for word in words]
    to, begins = _where(folded, today)
    because = _first(folded, lambda n: folded[n] in _BECAUSE or folded[n : n + 2] == _THE_REASON)
    why = because + (2 if folded[because : because + 2] == _THE_REASON else 1)
    ends = to if because < to else len(words)
    head = " ".join(folded[: min(to, because)])
    number, year = _ROUND.search(head), _YEAR.search(head)
    return Said(
        "move",
        int(year[1]) if year else None,
        int(number[1]) if number else None,
        _step(head),
        _day(folded[begins : because if begins < because else len(words)], today),
        _typed(words[why:ends]),
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


def _day(words: list[str], today: date) -> date | None:
    """The day, of which more words may be said than are read."""
    ends = range(len(words), 0, -1)
    return next((day for end in ends if (day := _read_day(words[:end], today))), None)


def _read_day(words: list[str], today: date) -> date | None:
    match readings.date(" ".join(words), today, "future"):
        case Read(day, _):
            return day
        case _:
            return None


def _typed(words: list[str]) -> str:
    return " ".join(words).strip(_EDGES)
