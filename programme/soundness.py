"""Proof that a rule set holds together: sums, ranges, reachable stars, names that meet, texts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from programme import ruleset, scoring, titles
from programme.papers import cost_of
from programme.ruleset import RuleSet
from programme.sheets import STARS, Criterion, Doubt, Option, Sheet, sheet

PARTS = (
    *("rules", "groups", "deadlines", "cases", "evidence"),
    *("stops", "effort", "failures", "forms", "council"),
)
_STATED = ("source", "review_by")
_LEVELS = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be right, and where."""

    rules: str
    where: str
    what: str


def faults(rules: RuleSet) -> tuple[Fault, ...]:
    """All that is wrong in a rule set, sheets and other files."""
    found = [*_files(rules), *_references(rules)]
    for number in ruleset.sheet_numbers(rules):
        found += [(f"set {number}{where}", what) for where, what in _sheet(rules, number)]
    return tuple(Fault(rules.name, where, what) for where, what in found)


def doubts(rules: RuleSet) -> tuple[Doubt, ...]:
    """What its copies leave open and on whose word, and every file that rests on little."""
    found = [
        Doubt("rules", each["confidence"], each["text"], each["source"])
        for each in ruleset.part("rules", rules)["doubts"]
    ]
    for name in PARTS:
        raw = ruleset.part(name, rules)
        if raw.get("confidence", "high") != "high":
            found.append(Doubt(name, raw["confidence"], "confidence", raw["source"]))
    for number in ruleset.sheet_numbers(rules):
        found += [
            Doubt(f"set {number} {each.at}".strip(), each.kind, each.text, each.source)
            for each in sheet(rules, number).doubts
        ]
    return (*found, *_uncertain_papers(rules))


def _uncertain_papers(rules: RuleSet) -> Iterator[Doubt]:
    for raw in ruleset.part("evidence", rules)["papers"]:
        if raw["confidence"] == "low":
            text = raw.get("doubt", f"lead_days {raw['lead_days']}, months {raw['months']}")
            yield Doubt(raw["id"], "low", text, raw["source"])
        if (cost := cost_of(raw)) and cost.uncertain:
            yield Doubt(raw["id"], "low", f"cost {cost.low}-{cost.high}", cost.source)


Found = Iterator[tuple[str, str]]


def _files(rules: RuleSet) -> Found:
    for name in PARTS:
        raw = ruleset.part(name, rules)
        for key in _STATED:
            if not raw.get(key):
                yield name, f"no {key}"
        if raw.get("confidence", "high") not in _LEVELS:
            yield name, f"confidence {raw['confidence']}"


def _references(rules: RuleSet) -> Found:
    evidence = ruleset.part("evidence", rules)
    papers = {raw["id"] for raw in evidence["papers"]}
    rows = {raw["number"] for raw in evidence["rows"]} | {0}
    for raw in evidence["papers"]:
        yield from _paper(raw, rows)
    asked = [raw["id"] for raw in evidence["always"]]
    for raw in (*evidence["needs"], *ruleset.part("stops", rules)["stops"]):
        asked += raw.get("papers", ())
    for raw in ruleset.part("cases", rules)["cases"]:
        asked += raw["renew"]
    asked += titles.titles(rules)
    yield from ((id_, "no such paper") for id_ in asked if id_ not in papers)
    yield from _unmet_needs(rules, evidence["needs"])
    yield from _unknown_topics(rules)


def _paper(raw: dict[str, Any], rows: set[int]) -> Found:
    if raw["row"] not in rows:
        yield raw["id"], f"no row {raw['row']}"
    if raw["lead_days"] < 1 or (raw["months"] is not None and raw["months"] < 1):
        yield raw["id"], "a term below 1"
    if not (raw["name"].strip() and raw["issuer"].strip() and raw["source"].strip()):
        yield raw["id"], "a text is empty"
    if cost := cost_of(raw):
        if not 0 <= cost.low <= cost.high:
            yield raw["id"], f"a cost from {cost.low} to {cost.high}"
        if not cost.source.strip() or cost.confidence not in _LEVELS:
            yield raw["id"], "a cost on nobody's word"


def _unmet_needs(rules: RuleSet, needs: list[dict[str, Any]]) -> Found:
    """A need that no option of any sheet can raise was mistyped."""
    lines = list(_criteria(rules))
    for need in needs:
        sets, but = need.get("sets") or (), need.get("except_sets") or ()
        raised = any(
            line.topic == need["topic"] and line.max >= need["from"]
            for number, line in lines
            if (not sets or number in sets) and number not in but
        )
        if not raised:
            yield need["id"], "no option needs it"


def _unknown_topics(rules: RuleSet) -> Found:
    topics = {line.topic for _, line in _criteria(rules)}
    named = [raw["topic"] for raw in ruleset.part("rules", rules)["depends"]]
    named += [raw["upon"] for raw in ruleset.part("rules", rules)["depends"]]
    yield from ((topic, "no sheet has the topic") for topic in named if topic not in topics)


def _criteria(rules: RuleSet) -> Iterator[tuple[int, Criterion]]:
    for number in ruleset.sheet_numbers(rules):
        for line in sheet(rules, number).criteria:
            yield number, line


def _sheet(rules: RuleSet, number: int) -> Found:
    found = sheet(rules, number)
    if found.number != number:
        yield "", f"number {found.number}"
    if not found.name.strip() or found.confidence not in _LEVELS:
        yield "", "name or confidence"
    again = [id_ for id_, times in Counter(line.id for line in found.criteria).items() if times > 1]
    yield from ((f" {id_}", "the same number twice") for id_ in again)
    yield from _sums(rules, found)
    for line in found.criteria:
        yield from ((f" {line.id}", what) for what in _line(found, line))
    for star in STARS:
        yield from _reachable(rules, found, star)


def _sums(rules: RuleSet, found: Sheet) -> Found:
    """Sums that are off, unless the sheet says so; and a doubt about a sum that is right."""
    expected = ruleset.part("rules", rules)["parts"]
    off = set()
    for part in found.parts:
        for group in part.groups:
            if sum(line.max for line in group.criteria) != group.max:
                off.add(group.number)
        if sum(line.max for group in part.groups for line in group.criteria) != expected[part.code]:
            off.add(part.code)
    off |= {line.id for line in found.criteria if _most(line.options) != line.max}
    excused = {_where(found, each) for each in found.doubts if each.kind in ("sum", "total")}
    yield from ((f" {at}", "sum") for at in sorted(off - excused))
    yield from ((f" {at}", "a doubt about a right sum") for at in sorted(excused - off))


def _where(found: Sheet, doubt: Doubt) -> str:
    """A doubt about the whole lies in the part that is short of its own maximum."""
    return doubt.at or found.parts[-1].code


def _line(found: Sheet, line: Criterion) -> Iterator[str]:
    if not line.title.strip() or not all(option.label.strip() for option in line.options):
        yield "a text is empty"
    if _most(line.options) < 1 or min(option.points for option in line.options) < 0:
        yield "points out of range"
    twice = {each.at for each in found.doubts if each.kind == "twice"}
    for case in {option.case for option in line.options}:
        options = [option for option in line.options if option.case == case]
        rising = all(one.points < other.points for one, other in pairwise(options))
        if not rising and line.id not in twice:
            yield "points do not rise"
        stars = [option.star for option in options if option.star]
        if stars != sorted(stars) or not set(stars) <= set(STARS):
            yield "stars do not rise"


def _reachable(rules: RuleSet, found: Sheet, star: int) -> Found:
    for variant in found.variants or (None,):
        most = {line.id: _most(line.open_to(variant)) for line in found.criteria}
        if sum(most.values()) < scoring.points_for(rules, star):
            yield f" {star}*", f"out of reach with {sum(most.values())} points"
        for id_, minimum in found.minimums(star).items():
            if most[id_] < minimum:
                yield f" {id_}", f"minimum {minimum} of {star}* out of reach"


def _most(options: tuple[Option, ...]) -> int:
    return max(option.points for option in options)
