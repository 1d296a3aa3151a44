"""Tóm tắt as it is printed: each matter with its number and the list behind it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from documents.digest import Day, Digest, Row, Section
from documents.drafting import TEMPLATES
from programme import papers, ruleset
from programme.places import places
from programme.ruleset import RuleSet
from storage import overview
from storage.database import Transaction
from storage.overview import Line, View

_MOST = 200  # lines of one list


def sheet(tx: Transaction, view: View, rules: RuleSet) -> Digest:
    """The summary of the area; a matter of which there is nothing is left out."""
    numbered = enumerate(overview.MATTERS, 1)
    sections = [_section(tx, (place, matter), view, rules) for place, matter in numbered]
    told = tuple(each for each in sections if each.count or each.note)
    return Digest(_shown(view.area), view.today, told)


def _shown(area: str) -> str:
    """The area by its name; empty for everywhere."""
    found = places().by_code(area) or places().province(area)
    return found.shown if found else ""


def _section(tx: Transaction, at: tuple[int, str], view: View, rules: RuleSet) -> Section:
    (place, matter), words = at, _words()
    lines = overview.lines(tx, matter, view, most=_MOST)
    count = overview.count(tx, matter, view)
    what, code, who, _, note = words["columns"]
    columns = (what, code, who, words["days"][matter], note)
    rows = tuple(_row(line, rules) for line in lines)
    note = _note(tx, matter, view, count)
    return Section(words["titles"][matter], count, columns, rows, note, place)


def _note(tx: Transaction, matter: str, view: View, count: int) -> str:
    parts = list(_reached(tx, view)) if matter == "targets" else []
    if count > _MOST:
        parts.append(_words()["part"].format(count=_MOST))
    return ". ".join(parts)


def _reached(tx: Transaction, view: View) -> Iterator[str]:
    """The targets in the office's own words, and what is reached of them."""
    if told := overview.targets(tx, view):
        yield _words()["targets"].format(texts="; ".join(told))
    for star, count in overview.groups(tx, "targets", view):
        yield f"{_words()['star'].format(star=star)}: {count}"
    for step in overview.STEPS:
        if count := overview.count(tx, step, view):
            yield _words()["steps"][step].format(count=count)


def _row(line: Line, rules: RuleSet) -> Row:
    name = paper_name(line.name, rules) if line.kind in ("paper", "ends") else line.name
    number = _words()["numbers"].get(line.kind, "{number}").format(number=line.number)
    day = Day(line.day) if line.day else None
    return (name, number or None, line.who or None, day, _about(line, rules))


def _about(line: Line, rules: RuleSet) -> str | None:
    words = _words()
    if line.kind == "certificate":
        return str(words["star"].format(star=line.about))
    if line.kind in ("filing", "dossier") and line.about:
        return str(words["lacking"].format(paper=paper_name(line.about, rules)))
    note: str | None = words["notes"].get(line.kind)
    return note


def paper_name(kind: str, rules: RuleSet) -> str:
    """The name of a kind of paper; one of an earlier decision has it there."""
    sets = (rules, *map(ruleset.rule_set, reversed(ruleset.names())))
    found = (papers.papers(each).get(kind) for each in sets)
    return next((paper.name for paper in found if paper), kind)


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load((TEMPLATES / "sections.yaml").read_text("utf-8"))
    return words
