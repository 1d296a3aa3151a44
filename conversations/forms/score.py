"""Tự chấm điểm: the criteria sheet of a product set as a form, a question a criterion.

``facts``: ``rules`` (the rule set), ``product_set``, ``variant``, ``kind`` (of producer), ``have``
(the papers that count), ``only`` (criteria, where not all are asked), ``last`` (the words of last
time's options, by criterion).
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache, partial
from typing import Any

from conversations.form import Answers, Facts, Form, Question, When
from conversations.labels import labels
from conversations.messages import Message
from conversations.papering import named, rules_of
from conversations.scoring import SheetOption, called
from programme import checklist, scoring
from programme.dossier import Dossier
from programme.folding import fold
from programme.papers import Days
from programme.ruleset import RuleSet
from programme.sheets import Criterion, sheet

NAME = "score"
_MOST_NAMED = 3
_NO_DAY = date.min  # which papers an option needs does not hang on days


def family(facts: Facts) -> Form:
    """The form for a product set, or for some criteria of it."""
    only = tuple(facts.get("only", ()))
    return _form(rules_of(facts), facts["product_set"], facts["variant"], only)


@lru_cache(maxsize=64)
def _form(rules: RuleSet, number: int, variant: str | None, only: tuple[str, ...]) -> Form:
    lines = [line for line in sheet(rules, number).criteria if not only or line.id in only]
    asked = {line.id: line for line in lines if line.open_to(variant)}
    upon = scoring.depends(Dossier(rules, number, Days(_NO_DAY, _NO_DAY)))
    questions = tuple(
        _question(line, variant, asked.get(upon.get(line.id, ""))) for line in asked.values()
    )
    return Form(NAME, 1, questions, review=False, words="criteria")


def _question(line: Criterion, variant: str | None, upon: Criterion | None) -> Question:
    """The question about a criterion; where another carries it, only once that gives points."""
    carried = upon and tuple(called(each) for each in upon.open_to(variant) if each.points)
    return Question(
        key_of(line.id),
        SheetOption(line.open_to(variant)),
        optional=True,
        when=When(key_of(upon.id), carried) if upon and carried else None,
        called="|".join(map(fold, labels("criteria", "label").get(line.say, ()))),
        words=line.say or line.topic,
        suggest=partial(_last_time, line.id),
        follow=partial(_needed, line, variant),
    )


def key_of(criterion: str) -> str:
    """The key of a criterion's question: ``c1_3`` for 1.3."""
    return "c" + criterion.replace(".", "_")


def claims(facts: Facts, answers: Answers) -> dict[str, str]:
    """The option keys of what is answered, by criterion."""
    lines = sheet(rules_of(facts), facts["product_set"]).criteria
    found = {}
    for line in lines:
        kind = SheetOption(line.open_to(facts["variant"]))
        if option := kind.option(answers.get(key_of(line.id))):
            found[line.id] = option.key
    return found


def passed_over(facts: Facts, skipped: Collection[str]) -> tuple[str, ...]:
    """The criteria whose questions were passed over."""
    lines = sheet(rules_of(facts), facts["product_set"]).criteria
    return tuple(line.id for line in lines if key_of(line.id) in skipped)


def _last_time(criterion: str, _answers: Answers, facts: Facts) -> tuple[Any, ...]:
    last: Mapping[str, str] = facts.get("last", {})
    return (last[criterion],) if criterion in last else ()


def _needed(
    line: Criterion, variant: str | None, value: Any, _answers: Answers, facts: Facts
) -> Message | None:
    """The points of the option, and the papers without which they do not count."""
    option = SheetOption(line.open_to(variant)).option(value)
    if option is None:
        return None
    have = set(facts["have"])
    needs = checklist.needs_of(_dossier(facts), line, option)
    wanted = checklist.strictest(need.papers for need in needs)
    lacking = [papers[0] for papers in wanted if have.isdisjoint(papers)]
    args = {"points": option.points, "most": line.max}
    if not lacking:
        return Message("score.points", args)
    rules = rules_of(facts)
    papers = tuple(named(id_, rules) for id_ in lacking[:_MOST_NAMED])
    return Message("score.points_with", {**args, "papers": papers})


def _dossier(facts: Facts) -> Dossier:
    about = (rules_of(facts), facts["product_set"], Days(_NO_DAY, _NO_DAY))
    return Dossier(*about, kind=facts["kind"], variant=facts["variant"])
