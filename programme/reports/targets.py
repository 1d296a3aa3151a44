"""Targets: each clause of the office's words with its number, and how far it was reached."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from programme.folding import fold
from programme.reports import reading, results
from programme.reports.report import About, Gathering, Row, hundredths
from programme.reports.rows import Result, Target

_LEVELS = (("cap huyen", "huyen"), ("quoc gia", "bo"))
_KINDS = (
    ("each", r"\bmoi xa\b"),
    ("upgraded", r"\blen \d sao\b|nang cap|nang hang"),
    ("new", r"\bsan pham\b.*\bmoi\b"),
    ("recognised", r"\bsan pham\b.*\d sao\b"),
    ("organisations", r"\bto chuc\b"),
    ("fairs", r"\bhoi cho\b"),
)
_STARS = re.compile(r"(\d)(?:\s*-\s*\d)?\s*sao")


class Aim(NamedTuple):
    """A clause of a target; ``most`` is ``least`` unless it told a span, None is no number."""

    text: str
    kind: str
    least: int | None = None
    most: int | None = None
    star: int = 3
    level: str = "tinh"


def read(text: str) -> list[Aim]:
    """The clauses of a target in the office's words."""
    return [_aim(clause) for clause in reading.clauses(text)]


def tell(
    into: Gathering, every: Sequence[Target], found: Sequence[Result], first: int, last: int
) -> None:
    """The targets of these years, each beside what the results come to."""
    told = [each for each in every if first <= each.year <= last]
    columns = "target at year place text kind least most reached share source"
    rows = [row for each in told for row in _rows(each, found)]
    into.table("targets", columns, rows)
    into.distinct("targets", "targets", "target")
    into.count("targets.clauses", "targets")
    for each in told:
        for at, aim in enumerate(read(each.text), 1):
            _figures(into, each, at, aim)
            _check(into, each, aim, found)


def _aim(clause: str) -> Aim:
    said = fold(re.sub(r"\(.*?\)", " ", clause))
    kind = next((kind for kind, pattern in _KINDS if re.search(pattern, said)), "other")
    span = reading.span(clause)
    if span is None:
        return Aim(clause, kind)
    star = _STARS.search(said)
    level = next((level for words, level in _LEVELS if words in said), "tinh")
    return Aim(clause, kind, *span, int(star[1]) if star else 3, level)


def _rows(target: Target, found: Sequence[Result]) -> list[Row]:
    rows: list[Row] = []
    for at, aim in enumerate(read(target.text), 1):
        reached = _reached(aim, target.year, found)
        share = hundredths(reached, aim.least) if aim.least and reached is not None else None
        about = (target.key, at, target.year, target.place, aim.text, aim.kind)
        rows.append((*about, aim.least, aim.most, reached, share, target.source))
    return rows


def _reached(aim: Aim, year: int, found: Sequence[Result]) -> int | None:
    """What the results of the year come to; None for what they do not tell."""
    match aim.kind:
        case "new":
            return len(results.new_in(found, year, year))
        case "upgraded" if "sao" in fold(aim.text):
            return len({each.product for each in results.risen_in(found, year, year)})
        case "recognised":
            return len({each.product for each in found if _counts(each, aim, year)})
        case _:
            return None


def _counts(each: Result, aim: Aim, year: int) -> bool:
    enough = results.recognised(each) and (each.star or 0) >= aim.star
    return enough and each.level == aim.level and each.year == year


def _figures(into: Gathering, target: Target, at: int, aim: Aim) -> None:
    key = f"targets.{target.key}.{at}"
    if aim.least is None:
        return
    into.sum(f"{key}.least", "targets", "least", target=target.key, at=at)
    if aim.most != aim.least:
        into.sum(f"{key}.most", "targets", "most", target=target.key, at=at)
    (reached,) = into.tables["targets"].column("reached", (("target", target.key), ("at", at)))
    if reached is not None:
        into.sum(f"{key}.reached", "targets", "reached", target=target.key, at=at)
        into.share(f"{key}.share", f"{key}.reached", f"{key}.least")


def _check(into: Gathering, target: Target, aim: Aim, found: Sequence[Result]) -> None:
    """What the words say was reached, and which part of it all that is, against the rows."""
    said, part = reading.reached(aim.text), reading.percent(aim.text)
    counted = _reached(aim, target.year, found)
    about: About = {"target": target.key, "what": aim.text, "source": target.source}
    if said is not None and counted is not None and said != counted:
        into.doubt("reached", about | {"told": said, "found": counted})
    if part is not None and said is not None and aim.least:
        worked_out = hundredths(said, aim.least)
        if part != worked_out:
            into.doubt("share", about | {"told": part, "found": worked_out})
