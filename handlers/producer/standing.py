"""How a dossier stands: the rows that are kept of it, as the rules see them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from handlers.talk import Talk
from programme import papers as kinds
from programme import products, renewal, rounds, ruleset, scoring, workdays
from programme.calendar import Home
from programme.dossier import Before, Dossier
from programme.papers import Days, Evidence, Verdict
from programme.rounds import Round
from programme.ruleset import RuleSet
from storage import claims, dossiers, ideas, papers, planner, producers

# What is ticked in the idea, and the kind of paper that it is.
_TICKED = {
    "registration": "business_registration",
    "declaration": "declaration",
    "food_safety": "food_safety_certificate",
    "production": "production_licence",
    "trademark": "trademark_certificate",
    "origin": "origin_sign_right",
    "test": "test_report",
    "barcode": "trace_stamp",
    "story": "story_text",
}
# Papers of these rows of the law's table are the producer's own and serve all its products.
_OF_PRODUCER = frozenset({1, 2, 4, 5, 6, 14})
_ALL, _ONLY_HERE = 100, "all"  # percent of the material, and what the product set asks for


@dataclass(frozen=True, slots=True)
class Standing:
    """A dossier's row, its producer, the papers given, and the whole as the rules see it.

    Where nothing is answered this time, the whole has the answers of the last time.
    """

    row: dict[str, Any]
    producer: dict[str, Any]
    given: list[dict[str, Any]]
    dossier: Dossier
    round: Round
    filing_day: date  # the round's last good day to hand it to the commune
    refile_by: date | None  # of a re-evaluation the last working day of its time (Điều 5)
    passed_over: frozenset[str]  # criteria for which there is nothing to claim yet
    answered: frozenset[str]  # criteria that are answered this time
    idea: dict[str, Any]  # its answers

    @property
    def said_to_have(self) -> frozenset[str]:
        """The papers that were ticked in the idea."""
        ticked = self.idea.get("papers")
        return frozenset(_TICKED[each] for each in ticked or () if each in _TICKED)

    @property
    def spoken_of(self) -> frozenset[str]:
        """The criteria that need no question: answered, passed over, or carried by no points."""
        claimed = self.dossier.claimed
        idle = {
            id_
            for id_, other in scoring.depends(self.dossier).items()
            if other in self.passed_over or (other in claimed and not claimed[other].points)
        }
        return self.answered | self.passed_over | idle

    @property
    def rules(self) -> RuleSet:
        """The rule set under which it began."""
        return self.dossier.rules

    @property
    def file_by(self) -> date:
        """The last good day to hand it to the commune; of a re-evaluation never after its time."""
        return min(self.filing_day, self.refile_by or self.filing_day)

    @property
    def is_over(self) -> bool:
        """Whether the time of a re-evaluation has gone by and it was not handed in."""
        by = self.refile_by
        return by is not None and by < self.dossier.days.today and not self.row["filed_at"]

    @property
    def has_something(self) -> bool:
        """Whether there is anything that can be handed in: a paper or a claim."""
        return bool(self.given or self.dossier.claims)


def of(talk: Talk, row: dict[str, Any]) -> Standing:
    """How it stands today; one whose round has closed goes on to the next."""
    producer = producers.by_id(talk.tx, row["producer_id"])
    home = home_of(producer)
    rules = ruleset.rule_set(row["rules"], *talk.overlays_of(home.province))
    round_ = _round(talk, row, home)
    given = papers.standing(talk.tx, row["producer_id"], row["root"])
    answered = claims.of(talk.tx, row["id"])
    idea = ideas.by_id(talk.tx, row["idea_id"]) if row["idea_id"] else None
    told = idea["answers"] if idea else {}
    whole = Dossier(
        rules,
        row["product_set"],
        Days(talk.today, row["council"]),
        row["case"],
        producer["kind"],
        row["variant"],
        answered,
        tuple(evidence(each, producer) for each in given),
        declared=_declared(row["product_set"], told),
        before=_before(row["before"]),
    )
    passed_over = claims.passed_over(talk.tx, row["id"])
    dossier = renewal.with_last_claims(whole)
    now = (passed_over, frozenset(answered))
    days = (talk.calendar.file_by(round_, home), _refile_by(talk, row, rules))
    return Standing(row, producer, given, dossier, round_, *days, *now, told)


def _refile_by(talk: Talk, row: dict[str, Any], rules: RuleSet) -> date | None:
    before = _before(row["before"])
    if before is None or row["case"] != "reassess":
        return None
    return last_working_day(talk, rounds.window(before.expires, rules).closes)


def last_working_day(talk: Talk, day: date) -> date:
    """The last day up to that one on which an office takes a dossier."""
    return workdays.before(day, 0, talk.calendar.changed)


def home_of(producer: dict[str, Any]) -> Home:
    """Where the producer is at home, for the days that offices set."""
    return Home(producer["commune_code"], producer["province_code"])


def whose(rules: RuleSet, paper: str, root: int) -> int | None:
    """The product that a paper of that kind is for; None when it serves all of its producer's."""
    return None if kinds.papers(rules)[paper].row in _OF_PRODUCER else root


def _round(talk: Talk, row: dict[str, Any], home: Home) -> Round:
    """The round that it is for; the next one when that has closed and it was not handed in."""
    found = talk.calendar.round(row["round_key"] or "", home)
    if found is None or (row["filed_at"] is None and talk.today >= found.intake_before):
        found = talk.calendar.upcoming(talk.today, home, most=1)[0]
        by = talk.calendar.file_by(found, home)
        rules = ruleset.rule_set(row["rules"], *talk.overlays_of(home.province))
        refile_by = _refile_by(talk, row, rules)
        planner.rolled(talk.tx, row["id"], min(by, refile_by or by), talk.now)
    now = {"round_key": found.key, "council": talk.calendar.council(found.key, home)}
    if any(row[name] != value for name, value in now.items()):
        row |= now
        dossiers.change(talk.tx, row["id"], **now, planned_at=None)
    return found


def evidence(paper: dict[str, Any], producer: dict[str, Any]) -> Evidence:
    """A paper that was given, as the rules see it; the producer holds it if nobody else is read."""
    verdict: Verdict | None = paper["verdict"] or ("blurred" if paper["flaws"] else None)
    return Evidence(
        paper["paper"],
        paper["issued"],
        paper["expires"],
        paper["copy_kind"],
        verdict,
        paper["reason"],
        paper["count"],
        paper["sheets"],
        paper["holder"] or producer["name"],
        paper["address"],
        given_on=paper["given_at"].date(),
    )


def _declared(number: int, told: dict[str, Any]) -> frozenset[str]:
    """What the idea says and a council stops at: grown or raised elsewhere, where all must be."""
    first: dict[str, Any] = next(iter(told.get("materials") or ()), {})
    shares = first.get("shares")
    share = shares.get("province") if isinstance(shares, dict) else None
    product_set = products.by_number(number)
    only_here = product_set is not None and product_set.local_origin == _ONLY_HERE
    outside = only_here and share is not None and share < _ALL
    return frozenset({"outside_province"} if outside else ())


def _before(kept: dict[str, Any] | None) -> Before | None:
    if not kept:
        return None
    recognised, expires = (date.fromisoformat(kept[key]) for key in ("recognised", "expires"))
    return Before(kept["star"], recognised, expires, kept["claims"])
