"""Numbers in an office's own words: counts, spans, percentages, years, and what they add up to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from programme.folding import fold

_FIGURE = r"\d{1,3}(?:\.\d{3})+|\d+"
_STARS = re.compile(r"\d(?:\s*(?:-|,|va|den)\s*\d)?\s*sao|tu\s+\d\s+len\s+\d\s+sao")
_PERCENT = re.compile(r"(\d+(?:,\d+)?)\s*%")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)\b")
_NUMBER = re.compile(rf"(?<![\w,/])({_FIGURE})(?:\s*-\s*({_FIGURE}))?(?![\w,]|\s*%)")
_OF_THEM = re.compile(r",?\s*trong đó:?\s*|,?\s*gồm:?\s*", re.IGNORECASE)
_AMOUNT = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_MILLION = 10**6
OF = re.compile(r"\b(\d+)/(\d+)\b")  # so many of so many


@dataclass(frozen=True, slots=True)
class Counted:
    """A clause that counts something, and the parts of it that it names after "trong đó"."""

    text: str
    count: int
    parts: tuple[tuple[str, int], ...] = ()


def clauses(text: str) -> list[str]:
    """What stands between the semicolons."""
    return [part.strip(" .") for part in text.split(";") if part.strip(" .")]


def span(clause: str) -> tuple[int, int] | None:
    """The first number of things in a clause, from least to most; None where it counts nothing.

    Stars, years and percentages count nothing, nor does what stands between brackets.
    """
    bare = re.sub(r"\(.*?\)", " ", clause)
    said = _YEAR.sub(" ", _STARS.sub(" ", fold(bare.replace("–", "-"))))
    found = _NUMBER.search(said)
    if found is None:
        return None
    least = _whole(found[1])
    return least, _whole(found[2]) if found[2] else least


def counted(text: str) -> Iterator[Counted]:
    """The clauses that count something."""
    for clause in clauses(text):
        head, *rest = _OF_THEM.split(clause, maxsplit=1)
        whole = span(head)
        if whole is not None:
            parts = [part.strip() for part in re.split(r",(?!\d)", rest[0])] if rest else []
            read = [(part, found[0]) for part in parts if (found := span(part))]
            yield Counted(clause, whole[0], tuple(read))


def percent(clause: str) -> int | None:
    """The percentage that a clause tells, in hundredths of a percent."""
    found = _PERCENT.search(clause)
    if found is None:
        return None
    whole, _, rest = found[1].partition(",")
    return int(whole) * 100 + int(rest[:2].ljust(2, "0") if rest else 0)


def reached(clause: str) -> int | None:
    """What a clause says was reached of it: "(đạt 9, …)", or nothing of it yet."""
    said = fold(" ".join(re.findall(r"\((.*?)\)", clause)))
    if "chua dat" in said:
        return 0
    found = re.search(rf"\bdat ({_FIGURE})", said)
    return _whole(found[1]) if found else None


def years(text: str) -> tuple[int, int] | None:
    """The years that a text speaks of, first and last; None when it names none."""
    if span_ := _YEARS.search(text.replace("–", "-")):
        return int(span_[1]), int(span_[2])
    told = sorted(int(year) for year in _YEAR.findall(text))
    return (told[0], told[-1]) if told else None


def million(text: str) -> int | None:
    """An amount that is written in millions, "468,52", in đồng."""
    found = _AMOUNT.search(text)
    if found is None:
        return None
    whole, _, rest = found[0].replace(".", "").partition(",")
    return int(whole) * _MILLION + int(rest[:6].ljust(6, "0") if rest else 0)


def _whole(figures: str) -> int:
    return int(figures.replace(".", ""))
