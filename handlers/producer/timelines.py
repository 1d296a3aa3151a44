"""Her plan as a picture and as a calendar: what stands in both."""

from collections.abc import Iterator
from datetime import date, timedelta

from documents.timeline import Item, State, Timeline
from handlers.producer import plans, printed, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import checklist, papers, planning
from programme.planning import Plan

_ONE = timedelta(days=1)
_SELF_ASSESSMENT = "form_02"  # what the scoring goes into


def timeline(talk: Talk, one: Standing) -> Timeline:
    """The plan as it stands today, what is done among it."""
    plan, home = plans.made(talk, one), standing.home_of(one.producer)
    set_ = talk.calendar.of(one.round.key, home).get("council")
    after, scoring = plan.next, _scoring(one, plan)
    return Timeline(
        one.row["name"],
        printed.round_of(one),
        talk.today,
        (*_done(one, scoring), *_open(plan, scoring, talk.today)),
        plan.file_by,
        one.round.intake_before - _ONE,
        set_.day if set_ else None,
        one.round.finish_before - _ONE,
        plan.pace,
        f"{after.number}/{after.year}" if after else None,
        one.row["number"],
    )


def _done(one: Standing, scoring: str | None) -> Iterator[Item]:
    given = {each["paper"]: each["given_at"].date() for each in one.given}
    for line in checklist.lines(one.dossier):
        what = line.papers[0].name
        day = next((given[each.id] for each in line.papers if each.id in given), None)
        if day and not line.open and what != scoring:
            yield Item(what, day, state="done")


def _open(plan: Plan, scoring: str | None, today: date) -> Iterator[Item]:
    for item in plan.items:
        paper = item.line.papers[0].name if item.line else None
        if paper and paper != scoring:
            ready = item.ready if item.errand else None
            yield Item(paper, item.begin, ready, _state(item, plan, today))
        elif item.kind == "score" and scoring:
            yield Item(scoring, item.begin, None, _state(item, plan, today))


def _scoring(one: Standing, plan: Plan) -> str | None:
    """What the scoring that is still to be done is called: the form in which it ends."""
    form = papers.papers(one.rules).get(_SELF_ASSESSMENT)  # the law of 2018 knows no such form
    return form.name if form and any(each.kind == "score" for each in plan.items) else None


def _state(item: planning.Item, plan: Plan, today: date) -> State:
    if item in plan.too_late:
        return "late"
    return "now" if item.begin <= today else "todo"
