"""The rules on the command line: are they sound, and what would one dossier get."""

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from programme import betterment, checklist, failures, renewal, ruleset, score_file, scoring
from programme import soundness as sound
from programme.betterment import Path as WayUp
from programme.checklist import Line
from programme.dossier import Dossier
from programme.facts import Facts
from programme.scoring import Score

_VIET_NAM = ZoneInfo("Asia/Ho_Chi_Minh")


def check(*, with_doubts: bool = True) -> int:
    """Print what is wrong and what is doubtful in every rule set; 1 if anything is wrong."""
    wrong = 0
    for name in ruleset.names():
        rules = ruleset.rule_set(name)
        faults, doubts = sound.faults(rules), sound.doubts(rules)
        sheets = len(ruleset.sheet_numbers(rules))
        _say(f"{name}: {sheets} sheets, {len(faults)} faults, {len(doubts)} doubts")
        for fault in faults:
            _say(f"  FAULT {fault.where}: {fault.what}")
        for doubt in doubts if with_doubts else ():
            _say(f"  doubt {doubt.at} ({doubt.kind}): {doubt.text} [{doubt.source}]")
        wrong += len(faults)
    return 1 if wrong else 0


def score(file: Path, now: datetime, *overlays: Path, as_json: bool = False) -> int:
    """Print what the dossier of the file would get; 2 if the file says none."""
    try:
        today = now.astimezone(_VIET_NAM).date()
        dossier, facts = score_file.load(file.read_bytes(), today, *overlays)
    except score_file.WrongFile as wrong:
        sys.stderr.write(f"{file}: {wrong}\n")
        return 2
    told = told_of(dossier, facts)
    if as_json:
        _say(json.dumps(told, ensure_ascii=False, indent=2, default=str))
    else:
        for line in _summary(told):
            _say(line)
    return 0


def told_of(dossier: Dossier, facts: Facts) -> dict[str, Any]:
    """Everything that follows from a dossier, as plain data."""
    whole = renewal.with_last_claims(dossier)
    found = scoring.score(whole)
    return {
        "rules": whole.rules.name,
        "product_set": whole.product_set,
        "case": whole.case,
        **_points(found),
        "papers": [_line(line) for line in checklist.lines(whole)],
        "missing": [line.papers[0].id for line in checklist.missing(whole)],
        "again": _again(dossier),
        "path": _path(whole, found),
        "failures": [
            asdict(each)
            for each in failures.findings(whole, facts)
            if each.outcome not in ("clear", "unknown")
        ],
    }


def _points(found: Score) -> dict[str, Any]:
    return {
        "points": found.points,
        "by_part": found.by_part,
        "claimed": found.claimed,
        "star": found.star,
        "star_of_sheet": found.star_of_sheet,
        "stops": [stop.id for stop in found.stops],
        "uncounted": [
            {
                "criterion": each.criterion,
                "claimed": each.claimed,
                "proven": each.proven,
                "lacking": [line.papers[0].id for line in each.lacking],
                "depends_on": each.depends_on,
            }
            for each in found.uncounted
        ],
        "unanswered": found.unanswered,
        "next": _blocked(found),
        "doubts": [asdict(doubt) for doubt in found.doubts],
    }


def _blocked(found: Score) -> dict[str, Any] | None:
    if found.next is None:
        return None
    return {
        "star": found.next.star,
        "points_lacking": found.next.points_lacking,
        "short": {each.criterion: [each.counted, each.minimum] for each in found.next.short},
        "stops": [stop.id for stop in found.next.stops],
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "papers": [paper.id for paper in line.papers],
        "state": line.state,
        "criteria": line.criteria,
        "stops": line.stops,
        "wait_days": line.wait_days,
    }


def _again(dossier: Dossier) -> dict[str, Any]:
    found = renewal.again(dossier)
    return {
        "answer": found.answer,
        "changed": found.changed,
        "confirm": found.confirm,
        "papers": [line.papers[0].id for line in found.papers],
    }


def _path(dossier: Dossier, found: Score) -> dict[str, Any] | None:
    if found.next is None:
        return None
    way = betterment.cheapest(dossier, found.next.star)
    if not isinstance(way, WayUp):
        return {
            "star": way.star,
            "reachable": False,
            "criteria": way.criteria,
            "stops": [stop.id for stop in way.stops],
            "points": way.points,
        }
    return {
        "star": way.star,
        "reachable": True,
        "points": way.points,
        "effort": way.effort,
        "ready_on": way.ready_on.isoformat(),
        "in_time": way.ready_on <= dossier.days.council,
        "changes": [
            {
                "criterion": each.criterion,
                "to_points": each.points,
                "effort": each.cost.effort,
                "days": each.cost.days,
                "papers": [line.papers[0].id for line in each.cost.lacking],
            }
            for each in way.changes
        ],
        "papers": [line.papers[0].id for line in way.papers],
    }


def _summary(told: dict[str, Any]) -> Iterator[str]:
    parts = ", ".join(f"{part} {points}" for part, points in told["by_part"].items())
    yield f"{told['points']} points ({parts}), {told['star']} stars"
    for name in ("stops", "missing", "unanswered"):
        yield f"{name}: {', '.join(told[name]) or '-'}"
    for each in told["uncounted"]:
        lacking = ", ".join(each["lacking"]) or f"nothing for {each['depends_on']}"
        yield f"{each['criterion']}: {each['claimed']} points do not count: {lacking}"
    if told["path"] and told["path"]["reachable"]:
        changes = (
            f"{each['criterion']} to {each['to_points']}" for each in told["path"]["changes"]
        )
        yield f"{told['path']['star']} stars by {told['path']['ready_on']}: {', '.join(changes)}"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
