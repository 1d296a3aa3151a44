"""Which papers a dossier needs for what it claims, in criterion order, and how they stand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from programme import papers, ruleset
from programme.dossier import Dossier
from programme.papers import Evidence, Paper, State
from programme.ruleset import RuleSet
from programme.sheets import Criterion, Option


@dataclass(frozen=True, slots=True)
class Scope:
    """Which product sets and kinds of producer a rule is for; empty is all."""

    sets: frozenset[int] = frozenset()
    except_sets: frozenset[int] = frozenset()
    kinds: frozenset[str] = frozenset()

    def holds(self, dossier: Dossier) -> bool:
        """Whether the rule is for this dossier."""
        return (
            (not self.sets or dossier.product_set in self.sets)
            and dossier.product_set not in self.except_sets
            and (not self.kinds or dossier.kind in self.kinds)
        )


@dataclass(frozen=True, slots=True)
class Need:
    """From so many points on, a criterion of the topic needs one of the papers."""

    id: str
    topic: str
    from_points: int
    papers: tuple[str, ...]
    scope: Scope


@dataclass(frozen=True, slots=True)
class Stop:
    """What makes a council score no further, or throw the dossier out."""

    id: str
    by: str
    text: str
    papers: tuple[str, ...]
    group: str | None
    scope: Scope


@dataclass(frozen=True, slots=True)
class CaseRules:
    """A kind of dossier: the topics to be confirmed though unchanged, the papers to be new."""

    id: str
    confirm: frozenset[str]
    renew: frozenset[str]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the checklist: any one of its papers will do, for all that it serves."""

    papers: tuple[Paper, ...]
    state: State
    criteria: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether something is still to be done about it."""
        return not self.state.counts

    @property
    def is_back(self) -> bool:
        """Whether an officer gave it back, and nothing better has come since."""
        return self.state is State.RETURNED

    @property
    def wait_days(self) -> int:
        """The days that getting its usual paper takes, which is the first."""
        return self.papers[0].lead_days


def lines(dossier: Dossier) -> tuple[Line, ...]:
    """The whole checklist: what every dossier has, then by criterion, then what only stops ask.

    What an officer gave back stands behind, though nothing asks for it: it was sent to be used.
    """
    asked = _Asked()
    for paper in _always(dossier):
        asked.add((paper,))
    for criterion, option in _claimed(dossier):
        for need in needs_of(dossier, criterion, option):
            asked.add(need.papers, criterion=criterion.id)
    for stop in stops(dossier):
        if stop.papers:
            asked.add(stop.papers, stop=stop.id)
    for given in dossier.evidence:
        if best_state(dossier, (given.paper,)) is State.RETURNED:
            asked.add_unless_there(given.paper)
    return tuple(
        Line(_papers(dossier.rules, ids), best_state(dossier, ids), tuple(serves), tuple(for_))
        for ids, (serves, for_) in asked.strictest().items()
    )


def missing(dossier: Dossier) -> tuple[Line, ...]:
    """The lines of the checklist about which something is still to be done."""
    return tuple(line for line in lines(dossier) if line.open)


def unproven(dossier: Dossier, criterion: Criterion, option: Option) -> tuple[Line, ...]:
    """What is lacking for the option to count."""
    return tuple(
        Line(_papers(dossier.rules, need.papers), standing, (criterion.id,))
        for need in needs_of(dossier, criterion, option)
        if not (standing := best_state(dossier, need.papers)).counts
    )


def needs_of(dossier: Dossier, criterion: Criterion, option: Option) -> tuple[Need, ...]:
    """The papers that the option of the criterion needs."""
    return tuple(
        need
        for need in _needs(dossier.rules).get(criterion.topic, ())
        if 0 < need.from_points <= option.points and need.scope.holds(dossier)
    )


def best_state(dossier: Dossier, ids: Iterable[str]) -> State:
    """The state of the best of the papers that will do."""
    return max((_state(dossier, id_) for id_ in ids), key=lambda each: each.rank)


def _state(dossier: Dossier, id_: str) -> State:
    paper = papers.papers(dossier.rules)[id_]
    given = [each for each in dossier.evidence if each.paper == id_]
    fresh = [each for each in given if not _from_last_time(dossier, each)]
    return State.FROM_LAST_TIME if given and not fresh else papers.state(paper, fresh, dossier.days)


def _from_last_time(dossier: Dossier, given: Evidence) -> bool:
    """Whether the paper stood in the last dossier, and this case wants a new one."""
    if dossier.before is None or given.paper not in cases(dossier.rules)[dossier.case].renew:
        return False
    day = given.issued or given.given_on
    return day is None or day < dossier.before.recognised


@cache
def cases(rules: RuleSet) -> dict[str, CaseRules]:
    """What each kind of dossier must bring anew and be asked again."""
    raw = ruleset.part("cases", rules)["cases"]
    return {
        each["id"]: CaseRules(each["id"], frozenset(each["confirm"]), frozenset(each["renew"]))
        for each in raw
    }


def stops(dossier: Dossier) -> tuple[Stop, ...]:
    """What could stop a dossier of this kind."""
    return tuple(stop for stop in _stops(dossier.rules) if stop.scope.holds(dossier))


def stopped_by(dossier: Dossier) -> tuple[Stop, ...]:
    """What does stop it, as it stands."""
    return tuple(stop for stop in stops(dossier) if _stops_now(dossier, stop))


def _stops_now(dossier: Dossier, stop: Stop) -> bool:
    if stop.by == "papers":
        return not best_state(dossier, stop.papers).counts
    if stop.by == "zero":
        criteria = of_group(dossier, stop.group)
        claimed = dossier.claimed
        return any(id_ in claimed and not claimed[id_].points for id_ in criteria)
    return stop.id in dossier.declared


def of_group(dossier: Dossier, number: str | None) -> Iterator[str]:
    """The criteria of the group of that number."""
    for part in dossier.sheet.parts:
        for group in part.groups:
            if group.number == number:
                yield from (criterion.id for criterion in group.criteria)


def _claimed(dossier: Dossier) -> Iterator[tuple[Criterion, Option]]:
    for id_, option in dossier.claimed.items():
        yield dossier.sheet.criterion(id_), option


def strictest(wishes: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """The wishes for one of some papers, without those that a stricter one fulfils."""
    all_ = tuple(wishes)
    return tuple(dict.fromkeys(_within(ids, all_) for ids in all_))


def _within(ids: tuple[str, ...], wishes: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return min((each for each in wishes if set(each) <= set(ids)), key=len)


class _Asked:
    """What was asked so far; a wish that a stricter one fulfils is no line of its own."""

    def __init__(self) -> None:
        self._wishes: list[tuple[tuple[str, ...], str, str]] = []

    def add(self, ids: tuple[str, ...], *, criterion: str = "", stop: str = "") -> None:
        self._wishes.append((ids, criterion, stop))

    def add_unless_there(self, id_: str) -> None:
        if not any(id_ in ids for ids, _, _ in self._wishes):
            self._wishes.append(((id_,), "", ""))

    def strictest(self) -> dict[tuple[str, ...], tuple[dict[str, None], dict[str, None]]]:
        """Each line with the criteria and stops it serves, in the order first asked."""
        found: dict[tuple[str, ...], tuple[dict[str, None], dict[str, None]]] = {}
        wished = tuple(ids for ids, _, _ in self._wishes)
        for ids, criterion, stop in self._wishes:
            serves, stops = found.setdefault(_within(ids, wished), ({}, {}))
            serves.update({criterion: None} if criterion else {})
            stops.update({stop: None} if stop else {})
        return found


def _papers(rules: RuleSet, ids: Iterable[str]) -> tuple[Paper, ...]:
    known = papers.papers(rules)
    return tuple(known[id_] for id_ in ids)


def _always(dossier: Dossier) -> Iterator[str]:
    for raw in ruleset.part("evidence", dossier.rules)["always"]:
        if _scope(raw).holds(dossier):
            yield raw["id"]


@cache
def _needs(rules: RuleSet) -> dict[str, tuple[Need, ...]]:
    by_topic: dict[str, list[Need]] = {}
    for raw in ruleset.part("evidence", rules)["needs"]:
        need = Need(raw["id"], raw["topic"], raw["from"], tuple(raw["papers"]), _scope(raw))
        by_topic.setdefault(need.topic, []).append(need)
    return {topic: tuple(needs) for topic, needs in by_topic.items()}


@cache
def _stops(rules: RuleSet) -> tuple[Stop, ...]:
    return tuple(
        Stop(
            raw["id"],
            raw["by"],
            raw["text"],
            tuple(raw.get("papers", ())),
            raw.get("group"),
            _scope(raw),
        )
        for raw in ruleset.part("stops", rules)["stops"]
    )


def _scope(raw: dict[str, Any]) -> Scope:
    return Scope(
        frozenset(raw.get("sets", ())),
        frozenset(raw.get("except_sets", ())),
        frozenset(raw.get("kinds", ())),
    )
