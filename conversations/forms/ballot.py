"""Phiếu chấm: the criteria sheet of a product as a member of the council marks it.

``facts``: ``rules``, ``overlays``, ``product_set``, ``variant``, ``only`` (criteria, where not all
are asked), ``claimed`` and ``proven`` (points by criterion).
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from conversations.form import Answers, Facts, Form, Question, When
from conversations.forms.score import key_of
from conversations.messages import Message
from conversations.papering import rules_of
from conversations.scoring import labelled
from conversations.seating import MarkKind
from conversations.seating import marks as marks_of
from programme import scoring
from programme.folding import fold
from programme.ruleset import RuleSet
from programme.sheets import Criterion, Option, sheet

NAME = "ballot"


def family(facts: Facts) -> Form:
    """The form for a product: all criteria, or some of them."""
    points = facts["claimed"], facts["proven"]
    known = tuple(tuple(sorted(each.items())) for each in points)
    about = (rules_of(facts), facts["product_set"], facts["variant"], tuple(facts.get("only", ())))
    return _form(*about, *known)


Points = tuple[tuple[str, int], ...]


@lru_cache(maxsize=64)
def _form(
    rules: RuleSet,
    number: int,
    variant: str | None,
    only: tuple[str, ...],
    claimed: Points,
    proven: Points,
) -> Form:
    lines = [line for line in sheet(rules, number).criteria if not only or line.id in only]
    known = dict(claimed), dict(proven)
    upon = scoring.carried(rules, sheet(rules, number))
    asked = {line.id: line for line in lines if line.open_to(variant)}
    questions = (
        _question(line, variant, asked.get(upon.get(line.id, "")), *known)
        for line in asked.values()
    )
    return Form(NAME, 1, tuple(questions), review=False)


def _question(
    line: Criterion,
    variant: str | None,
    upon: Criterion | None,
    claimed: Mapping[str, int],
    proven: Mapping[str, int],
) -> Question:
    options = line.open_to(variant)
    carried = upon and tuple(each for each in marks_of(upon.open_to(variant)) if each["points"])
    return Question(
        key_of(line.id),
        MarkKind(options),
        optional=True,
        when=When(key_of(upon.id), carried) if upon and carried else None,
        called=f"{line.id}|{fold(line.title)}",
        words="criterion",
        about={
            "number": line.id,
            "title": line.title,
            "most": line.max,
            "options": tuple(_shown(options)),
            "claimed": claimed.get(line.id),
            "proven": proven.get(line.id),
        },
    )


def _shown(options: Sequence[Option]) -> Iterator[tuple[int, Message | str]]:
    """What can be given, with its words; none for what is not on the sheet."""
    if all(each.points for each in options):
        yield 0, ""
    yield from ((each.points, labelled(each)) for each in options)


def marks(facts: Facts, answers: Answers) -> dict[str, str]:
    """The option keys of what is marked, by criterion."""
    return {id_: given["key"] for id_, given in _given(facts, answers)}


def remarks(facts: Facts, answers: Answers) -> dict[str, str]:
    """What was said of it besides, by criterion."""
    return {id_: given["remark"] for id_, given in _given(facts, answers) if given.get("remark")}


def _given(facts: Facts, answers: Answers) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for line in sheet(rules_of(facts), facts["product_set"]).criteria:
        given = answers.get(key_of(line.id))
        if isinstance(given, Mapping) and "key" in given:
            yield line.id, given
