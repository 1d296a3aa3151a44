"""People as they are listed: "Vang Thi Mai, 1968, thon Doi 1, gat va phoi, co bao hiem"."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from conversations.readings.around import POLITE
from conversations.readings.phrases import any_of
from programme.folding import fold

_COMMA = re.compile(r"[,;|\t]| [-–—] ")
_BULLET = re.compile(r"^\s*(?:[-+*•]|\(?\d{1,2}\s*[.):/-])\s*(?!\d)")
_BORN = re.compile(r"(?:(?:sinh|nam|sn|ns|born|in) )*(?:\d{1,2}[/.-]){0,2}((?:19|20)\d\d|[3-9]\d)")
_AGE = re.compile(r"(\d\d) ?(?:tuoi|t|years(?: old)?)")
_YEAR = re.compile(r"(?:\d{1,2}[/.-]){0,2}(?:19|20)\d\d")
_BEFORE_YEAR = any_of("sinh nam sn ns born in")
_SAYS = re.compile(r"(?:da|co|roi|khong|ko|k|chua|yes|no)(?: (?:co|dong|mua|tham|gia))*")
_INSURANCE = re.compile(r"bhxh|bhyt|bh|insur\w*")
_DENIED = any_of("khong ko k chua chang no not")
_BEFORE_INSURANCE = _DENIED | any_of("da co duoc dong mua tham gia")
_UNASKED = re.compile(r"nam|nu|male|female|\d+")  # the last: numbers of papers and telephones
_HAMLET = re.compile(
    r"(?:o )?(?:thon|xom|ap|lang|buon|bon|phum|soc|khu|tdp|to dan pho|hamlet|village"
    r"|(?:to|doi|ban|so) (?=\d))\b"
)
_FURTHER = re.compile(
    r"(?:xa(?! vien)|phuong|thi tran|thi xa|dac khu|huyen|tinh(?! dau| che)|thanh pho|tp|commune)\b"
)
_NAME = re.compile(r"[^\W\d_][\w'.-]*(?: [^\W\d_][\w'.-]*){0,7}")
_LONGEST_NAME, _LONGEST = 60, 120
_OLDEST = 100

Person = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is named in a text, each with what is told; and the lines that name nobody."""

    people: tuple[Person, ...]
    unread: tuple[str, ...] = ()


def persons(text: str, today: dt.date) -> Listed | None:
    """Those whom the text names, one a line, or each fact of one a line; None when it names nobody.

    ``name`` is always there; ``born`` (a year), ``residence``, ``job`` and ``insured`` if told.
    """
    read = [(row, _person(row, today)) for row in _rows(text)]
    people = tuple(person for _, person in read if person)
    unread = tuple(", ".join(row)[:_LONGEST] for row, person in read if not person)
    return Listed(people, unread) if people else None


# -- which words are about whom --------------------------------------------------------------------


def _rows(text: str) -> Iterator[list[str]]:
    joined = re.sub(r",\s*\n", ", ", text)
    lines = [line for each in joined.split("\n") if (line := _bare(each))]
    if any(_COMMA.search(line) for line in lines):
        yield from (_parts(each) for line in lines for each in _apart(line))
    elif any(_born(line) for line in lines):
        starts = [0, *(at - 1 for at in range(2, len(lines)) if _born(lines[at]))]
        yield from (lines[start:end] for start, end in pairwise([*starts, len(lines)]))
    else:
        yield from (_told_at_once(line) for line in lines)


def _bare(line: str) -> str:
    """The line without its number, a "thêm" before it, and the signs around it."""
    bare = _BULLET.sub("", line).strip(" .,")
    first, _, rest = bare.partition(" ")
    return rest if fold(first) == "them" else bare


def _apart(line: str) -> list[str]:
    """The people whom ";" keeps apart, where "," parts what is told of each."""
    people = line.split(";")
    return people if all("," in each for each in people) else [line]


def _parts(row: str) -> list[str]:
    parts = (part.strip(" .()") for part in _COMMA.split(_bare(row)))
    return [each for part in parts if part for each in _cut(part)]


def _told_at_once(row: str) -> list[str]:
    """The parts of a row without commas; the home ends where words with small letters begin."""
    return [each for part in _cut(row) for each in _home_first(part)]


def _cut(part: str) -> Iterator[str]:
    """The part, cut around a year and before a word on insurance."""
    words = part.split()
    ends = {0, len(words)}
    for at, word in enumerate(map(fold, words)):
        if _YEAR.fullmatch(word):
            ends |= {_back(words, at, _BEFORE_YEAR), at + 1}
        elif _INSURANCE.fullmatch(word) or (word, _next(words, at)) == ("bao", "hiem"):
            ends.add(_back(words, at, _BEFORE_INSURANCE))
    for start, end in pairwise(sorted(ends)):
        yield " ".join(words[start:end])


def _back(words: Sequence[str], at: int, these: frozenset[str]) -> int:
    while at and fold(words[at - 1]) in these:
        at -= 1
    return at


def _next(words: Sequence[str], at: int) -> str:
    return fold(words[at + 1]) if at + 1 < len(words) else ""


def _home_first(part: str) -> list[str]:
    if not _HAMLET.match(fold(part)):
        return [part]
    words = part.split()
    end = next((at for at in range(1, len(words)) if _ends_home(words, at)), len(words))
    return [each for each in (" ".join(words[:end]), " ".join(words[end:])) if each]


def _ends_home(words: Sequence[str], at: int) -> bool:
    """Whether the home ends before this word: a small one after a large one or a number."""
    is_name = words[at][0].isupper() or words[at][0].isdigit() or _FURTHER.match(fold(words[at]))
    return not is_name and (words[at - 1][0].isupper() or words[at - 1][0].isdigit())


# -- what each part says ---------------------------------------------------------------------------


def _person(parts: Sequence[str], today: dt.date) -> Person | None:
    name, *others = parts or [""]
    name = name.strip(" .:")
    if not _is_name(name) or (not others and not _is_full(name)):
        return None
    told: Person = {"name": name.title() if name.islower() else name}
    rest: list[str] = []
    for part in others:
        _take(told, rest, part, today)
    return told | _home_and_job(rest)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and _NAME.fullmatch(text) is not None and len(fold(text)) > 1


def _is_full(name: str) -> bool:
    """Whether a name that stands alone is one, and not "dạ vâng"."""
    words = fold(name).split()
    return len(words) > 1 and not POLITE.issuperset(words)


def _take(told: Person, rest: list[str], part: str, today: dt.date) -> None:
    said = fold(part)
    if (year := _born(part) or _of_age(said, today)) and today.year - _OLDEST < year <= today.year:
        told.setdefault("born", year)
    elif _says_insured(said):
        told["insured"] = _DENIED.isdisjoint(said.split())
    elif not _UNASKED.fullmatch(said):
        rest.append(part[:_LONGEST])


def _born(part: str) -> int:
    """The year that the part is; of two digits one of the last century; 0 for none."""
    found = _BORN.fullmatch(fold(part))
    year = int(found[1]) if found else 0
    return year + 1900 if 0 < year < 100 else year  # noqa: PLR2004 - what two digits can say


def _of_age(said: str, today: dt.date) -> int:
    found = _AGE.fullmatch(said)
    return today.year - int(found[1]) if found else 0


def _says_insured(said: str) -> bool:
    words = said.split()
    return (
        _SAYS.fullmatch(said) is not None
        or any(_INSURANCE.fullmatch(word) for word in words)
        or "bao hiem" in said
    )


def _home_and_job(rest: list[str]) -> Person:
    """The home are the parts that name a place, else the first of several; the job is the rest."""
    start, end = _home(rest)
    told = {"residence": rest[start:end], "job": rest[:start] + rest[end:]}
    return {key: ", ".join(parts) for key, parts in told.items() if parts}


def _home(rest: list[str]) -> tuple[int, int]:
    places = [_place(part) for part in rest]
    if not any(places):
        return 0, int(len(rest) > 1 or any(map(_is_title, rest)))
    start = next(at for at, place in enumerate(places) if place)
    end = start + 1
    while end < len(rest) and places[end]:
        end += 1
    small = rest[start].islower()
    if start and places[start] == "further" and (small or _is_title(rest[start - 1])):
        start -= 1  # the hamlet before its commune: "Na Kim, xa Bac Ha"
    return start, end


def _place(part: str) -> str:
    said = fold(part)
    if _HAMLET.match(said) or (said.startswith("ban ") and _is_title(part.partition(" ")[2])):
        return "hamlet"  # "bản Liền" is one, "bán hàng" is none
    return "further" if _FURTHER.match(said) else ""


def _is_title(part: str) -> bool:
    """Whether each word begins with a large letter or is a number: the name of a place."""
    return all(word[0].isupper() or word[0].isdigit() for word in part.split())
