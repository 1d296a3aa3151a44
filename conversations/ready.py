"""Ready answers of the rule texts: what each is asked by, what it says, and choosing one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from conversations import readings
from conversations.answers import Asked, Kind, Offer, Readable
from conversations.messages import Message
from conversations.papering import named, rules_of
from conversations.reading import Read
from programme import papers, rounds, ruleset, scoring
from programme.answers import PAPER
from programme.folding import fold
from programme.papers import Paper
from programme.ruleset import RuleSet

Coming = Mapping[str, Any]
"""The next round: ``number``, ``year``, and as ISO texts the days ``by`` and ``finish``."""

OFFICER = "officer"
_OFFICER = (
    *("van hoi can bo", "hoi can bo", "gap can bo", "can bo", "cu hoi can bo", "van hoi"),
    *("khong phai", "khong dung", "y khac", "chuyen can bo", "gui can bo", "still ask the officer"),
)


def asked(key: str, rules: RuleSet) -> Message:
    """What somebody may have meant to ask, in a few words."""
    if key.startswith(PAPER):
        return Message("answering.asks_paper", {"name": named(key.removeprefix(PAPER), rules)})
    return Message(f"answering.asks_{key}")


def told(key: str, rules: RuleSet, coming: Coming) -> Message:
    """The answer of that key, by the figures of the rules."""
    if key.startswith(PAPER):
        return of_paper(papers.papers(rules)[key.removeprefix(PAPER)], rules)
    figures = _FIGURES.get(key)
    args = figures(rules, coming) if figures else {}
    return Message(f"answering.ready_{key}", args)


def _stars(rules: RuleSet, _coming: Coming) -> dict[str, Any]:
    return {f"points_{star}": scoring.points_for(rules, star) for star in (3, 4, 5)}


def _rounds(_rules: RuleSet, coming: Coming) -> dict[str, Any]:
    days = {name: date.fromisoformat(coming[name]) for name in ("by", "finish")}
    return {"number": coming["number"], "year": coming["year"], **days}


def _commune_review(rules: RuleSet, _coming: Coming) -> dict[str, Any]:
    return {"days": rounds.review_days(rules)}


def _certificate_term(rules: RuleSet, _coming: Coming) -> dict[str, Any]:
    terms = ruleset.part("deadlines", rules)["certificate"]
    opens = terms["reassessment_opens_days_before_expiry"]
    closes = terms["reassessment_closes_days_before_expiry"]
    return {"months": terms["valid_months"], "opens": opens, "closes": closes}


def _samples(rules: RuleSet, _coming: Coming) -> dict[str, Any]:
    return {"count": papers.papers(rules)["samples"].count}


_FIGURES: dict[str, Callable[[RuleSet, Coming], dict[str, Any]]] = {
    "stars": _stars,
    "rounds": _rounds,
    "commune_review": _commune_review,
    "certificate_term": _certificate_term,
    "samples": _samples,
}


def of_paper(paper: Paper, rules: RuleSet) -> Message:
    """What a paper is, who issues it, how long it takes, what it costs.

    Of one that a province adds there is but what its data say.
    """
    if not isinstance(named(paper.id, rules), Message):
        data = {"name": paper.name, "issuer": paper.issuer}
        return Message("dossier.about_added", {**data, "days": paper.lead_days})
    args = {
        "what": Message(f"papers.what_{paper.id}"),
        "who": Message(f"papers.who_{paper.id}"),
        "days": paper.lead_days,
        "cost": _cost(paper),
        "copy": Message(f"papers.copy_{paper.copy}"),
        "uncertain": paper.uncertain,
    }
    return Message("papers.about", args)


def _cost(paper: Paper) -> Message | None:
    cost = paper.cost
    if cost is None:
        return None
    amount = Message("papers.cost", {"low": cost.low, "high": cost.high})
    note = Message(f"papers.note_{cost.note}") if cost.note else None
    args = {"cost": amount, "note": note, "uncertain": cost.uncertain}
    return Message("papers.cost_noted", args)


@dataclass(frozen=True, slots=True)
class ReadyAnswer(Kind):
    """Which of the ready answers ``facts["keys"]`` is meant, or the officer all the same."""

    name: ClassVar[str] = "choice"

    def read(self, text: str, asked: Asked) -> Readable:
        """By number, by yes where there is one, or that the officer is to answer."""
        keys = (*asked.facts.get("keys", ()), OFFICER)
        said = fold(text[:60]).strip(" .,")
        if said.isdecimal():
            place = int(said)
            return Read(keys[place - 1]) if 0 < place <= len(keys) else None
        if said in _OFFICER:
            return Read(OFFICER)
        match readings.yes_no(text):
            case Read(False, _):
                return Read(OFFICER)
            case Read(True, True) if len(keys) == 2:  # noqa: PLR2004 - one answer, and the officer
                return Read(keys[0])
            case _:
                return None

    def offers(self, asked: Asked) -> tuple[Offer, ...]:
        """The answers by what they are asked by, and the officer."""
        keys = asked.facts.get("keys", ())
        offered = tuple(Offer(key, key, _label(key, asked)) for key in keys)
        return (*offered, Offer(OFFICER, OFFICER, Message("answering.still_officer")))


def _label(key: str, about: Asked) -> Message:
    return asked(key, rules_of(about.facts))
