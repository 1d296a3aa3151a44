"""The 24 ways in which dossiers fail: which of them this one shows, and which nobody can tell."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from programme import checklist, papers, rounds, ruleset
from programme.dossier import Dossier
from programme.facts import Facts
from programme.folding import fold
from programme.papers import Evidence, State
from programme.ruleset import RuleSet
from programme.sheets import Option

Outcome = Literal["found", "clear", "unknown", "unchecked"]
_EARLY = ("declaration", "story_text", "environment_papers")
_QUALITY = ("quality", "internal_control")  # topics
_SAFETY = ("food_safety_certificate", "food_safety_equivalent")
_TESTS = ("test_report", "periodic_test_report", "nutrition_report")
_OUT_OF_DATE = (State.EXPIRED, State.EXPIRES_BEFORE_COUNCIL)

# What was found, nothing, or None when the facts for it are not known.
Found = tuple[str, ...] | None
Check = Callable[[Dossier, Facts], Found]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check says; ``what`` is the failure, ``details`` where it shows."""

    id: str
    what: str
    outcome: Outcome
    details: tuple[str, ...] = ()


def findings(dossier: Dossier, facts: Facts) -> tuple[Finding, ...]:
    """All failures in their order; those that no machine can see are said to be unchecked."""
    items = ruleset.part("failures", dossier.rules)["items"]
    return tuple(_finding(raw, dossier, facts) for raw in items)


def _finding(raw: dict[str, Any], dossier: Dossier, facts: Facts) -> Finding:
    if raw["by"] is None:
        return Finding(raw["id"], raw["what"], "unchecked", (raw["why_not"],))
    found = CHECKS[raw["by"]](dossier, facts)
    if found is None:
        return Finding(raw["id"], raw["what"], "unknown")
    return Finding(raw["id"], raw["what"], "found" if found else "clear", found)


def evidence_missing(dossier: Dossier, _: Facts) -> Found:
    """The papers that the claims need and that do not count."""
    return tuple(line.papers[0].id for line in checklist.missing(dossier) if line.criteria)


def out_of_order(dossier: Dossier, _: Facts) -> Found:
    """The papers that stand behind one which the criteria name later."""
    order = {
        paper.id: at for at, line in enumerate(checklist.lines(dossier)) for paper in line.papers
    }
    wrong, highest = [], -1
    for given in dossier.evidence:
        place = order.get(given.paper, highest)
        if place < highest:
            wrong.append(given.paper)
        highest = max(highest, place)
    return tuple(wrong)


def pages_unknown(dossier: Dossier, _: Facts) -> Found:
    """The papers whose pages nobody counted, so that they cannot be numbered."""
    return tuple(given.paper for given in _sheets_of_paper(dossier) if given.pages is None)


def names_differ(dossier: Dossier, facts: Facts) -> Found:
    """The papers that name somebody who is not and never was the producer."""
    if facts.producer is None:
        return None
    own = {fold(name) for name in (facts.producer, *facts.former_names)}
    return tuple(
        given.paper for given in dossier.evidence if given.holder and fold(given.holder) not in own
    )


def label_incomplete(dossier: Dossier, facts: Facts) -> Found:
    """What the law wants on a label and this one lacks."""
    if facts.label_items is None:
        return None
    return _lacking(ruleset.part("failures", dossier.rules)["label_items"], facts.label_items)


def early_three(dossier: Dossier, _: Facts) -> Found:
    """Declaration, story and environment papers: the three that are lacking most often."""
    return tuple(
        id_
        for id_ in _EARLY
        if asks(dossier, id_) and not checklist.best_state(dossier, (id_,)).counts
    )


def asks(dossier: Dossier, paper: str) -> bool:
    """Whether any answer of its sheet, or what may stop it, wants that kind of paper."""
    needs = (
        need.papers
        for line in dossier.sheet.criteria
        for need in checklist.needs_of(dossier, line, max(line.options, key=_points))
    )
    stops = (stop.papers for stop in checklist.stops(dossier))
    return any(paper in papers_ for papers_ in (*needs, *stops))


def _points(option: Option) -> int:
    return option.points


def food_safety(dossier: Dossier, facts: Facts) -> Found:
    """The food-safety paper: not there, out of date, or not in the producer's name."""
    if not any(set(_SAFETY) & set(stop.papers) for stop in checklist.stops(dossier)):
        return ()
    state = checklist.best_state(dossier, _SAFETY)
    named = names_differ(dossier, facts) or ()
    wrong = tuple(id_ for id_ in named if id_ in _SAFETY)
    return (*(() if state.counts else (state.value,)), *wrong)


def ingredients_unproven(_: Dossier, facts: Facts) -> Found:
    """The main ingredients whose origin no paper shows."""
    if facts.ingredients is None:
        return None
    return tuple(name for name, proven in facts.ingredients.items() if not proven)


def claims_contradicted(dossier: Dossier, facts: Facts) -> Found:
    """What is said of the product and the laboratory found otherwise."""
    if facts.slogans is None or facts.substances_found is None:
        return None
    return tuple(
        rule["said"]
        for rule in denied("\n".join(facts.slogans), dossier.rules)
        if not facts.substances_found.isdisjoint(rule["found"])
    )


def denied(slogans: str, rules: RuleSet) -> tuple[dict[str, Any], ...]:
    """The contradictions whose substances the slogans deny: "không dùng chất bảo quản"."""
    lines = [fold(line) for line in slogans.splitlines()]
    return tuple(
        rule
        for rule in ruleset.part("failures", rules)["contradictions"]
        if any(_denies(line, fold(name)) for line in lines for name in rule["named"])
    )


def _denies(line: str, name: str) -> bool:
    return re.search(rf"(?:\b(?:khong|ko|chang)\b|\b0 ?%)[^.]{{0,40}}?\b{name}\b", line) is not None


def tests_stale(dossier: Dossier, facts: Facts) -> Found:
    """The test reports that are out of date, and the indicators that they lack."""
    known = papers.papers(dossier.rules)
    stale = tuple(
        given.paper
        for given in dossier.evidence
        if given.paper in _TESTS
        and papers.state(known[given.paper], (given,), dossier.days) in _OUT_OF_DATE
    )
    return (*stale, *(facts.indicators_lacking or ()))


def commune_unjudged(dossier: Dossier, facts: Facts) -> Found:
    """What the commune has to judge and has not."""
    if facts.commune_judged is None:
        return None
    return _lacking(ruleset.part("forms", dossier.rules)["commune_judges"], facts.commune_judged)


def too_late(_: Dossier, facts: Facts) -> Found:
    """Filed on or after the day before which it had to be there."""
    if facts.filed_on is None or facts.intake_before is None:
        return None
    late = facts.filed_on >= facts.intake_before
    return (facts.filed_on.isoformat(),) if late else ()


def steps_skipped(_: Dossier, facts: Facts) -> Found:
    """The steps of the yearly cycle before this one that were not taken."""
    if facts.steps_done is None:
        return None
    return _lacking(("idea", "plan", "carried_out"), facts.steps_done)


def out_of_season(dossier: Dossier, facts: Facts) -> Found:
    """The council's month, when there is no product in it."""
    if facts.season is None:
        return None
    month = dossier.days.council.month
    return () if month in facts.season else (str(month),)


def certificate_ending(dossier: Dossier, _: Facts) -> Found:
    """The end of the certificate, when it is time for a re-evaluation and none was begun."""
    if dossier.before is None or dossier.case == "reassess":
        return ()
    window = rounds.window(dossier.before.expires, dossier.rules)
    running = dossier.days.today >= window.opens
    return (dossier.before.expires.isoformat(),) if running else ()


def former_name(dossier: Dossier, facts: Facts) -> Found:
    """The papers that still carry a name the producer had before."""
    former = {fold(name) for name in facts.former_names}
    return tuple(
        given.paper for given in dossier.evidence if given.holder and fold(given.holder) in former
    )


def too_many_pages(dossier: Dossier, _: Facts) -> Found:
    """The number of pages, when nobody will read them all."""
    pages = sum(given.pages or 0 for given in dossier.evidence)
    many = pages > ruleset.part("failures", dossier.rules)["many_pages"]
    return (str(pages),) if many else ()


def story_thin(dossier: Dossier, facts: Facts) -> Found:
    """The elements that the story lacks."""
    if facts.story_parts is None:
        return None
    return _lacking(ruleset.part("failures", dossier.rules)["story_parts"], facts.story_parts)


def no_batch_log(dossier: Dossier, facts: Facts) -> Found:
    """Whether lots are written down, where the sheet looks at how quality is kept."""
    if facts.batch_log is None:
        return None
    looked_at = any(line.topic in _QUALITY for line in dossier.sheet.criteria)
    return ("batch_log",) if looked_at and not facts.batch_log else ()


def past_commune(_: Dossier, facts: Facts) -> Found:
    """Where it was filed, when that is not the commune."""
    if facts.filed_with is None:
        return None
    return () if facts.filed_with == "commune" else (facts.filed_with,)


def former_commune(dossier: Dossier, facts: Facts) -> Found:
    """The papers whose address names a commune as it was called before."""
    former = [fold(name) for name in facts.former_communes]
    return tuple(
        given.paper
        for given in dossier.evidence
        if given.address and any(name in fold(given.address) for name in former)
    )


def _lacking(wanted: Iterable[str], there: Iterable[str]) -> tuple[str, ...]:
    present = set(there)
    return tuple(each for each in wanted if each not in present)


def _sheets_of_paper(dossier: Dossier) -> Iterable[Evidence]:
    return (given for given in dossier.evidence if given.paper != "samples")


CHECKS: dict[str, Check] = {
    check.__name__: check
    for check in (
        evidence_missing,
        out_of_order,
        pages_unknown,
        names_differ,
        label_incomplete,
        early_three,
        food_safety,
        ingredients_unproven,
        claims_contradicted,
        tests_stale,
        commune_unjudged,
        too_late,
        steps_skipped,
        out_of_season,
        certificate_ending,
        former_name,
        too_many_pages,
        story_thin,
        no_batch_log,
        past_commune,
        former_commune,
    )
}
