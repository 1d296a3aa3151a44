"""Chu trình at the officer's: where a dossier stands in its year, and what the commune does."""

from typing import Any

from conversations.messages import Message
from handlers.officer import calendar, impartial
from handlers.producer import filing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import cycle, firings
from programme.cycle import Done, Step
from programme.roles import Right, may
from storage import cycle as steps
from storage import dossiers, officers


def tell(talk: Talk, one: Standing) -> None:
    """Its round, when it is or was handed in, its step of the yearly cycle, and what was left."""
    year = cycle.standing(steps.of(talk.tx, one.row["id"]))
    step = Message(f"calendar.cycle_{int(year.current)}") if year.current else None
    passed = tuple(_passed(each) for each in year.passed_over)
    filed, up = one.row["filed_at"], one.row["sent_up_at"]
    talk.say(
        "calendar.stands",
        round=calendar.named(one.round),
        file=one.file_by,
        filed=filed and firings.day_of(filed),
        by=one.row["review_by"],
        up=up and firings.day_of(up),
        number=int(year.current) if year.current else None,
        step=step,
        parts=passed,
    )


def _passed(each: Done) -> Message:
    name = Message(f"calendar.cycle_{each.step}")
    return Message("calendar.passed", {"name": name, "reason": filing.reason_of(each.why)})


def send_up(talk: Talk, one: Standing) -> bool:
    """Note that the commune sent it to the province, and tell who made it and who looks at it.

    False, and it is said why, where it cannot be or was sent before.
    """
    about: dict[str, Any] = {"number": one.row["number"], "name": one.row["name"]}
    if one.row["filed_at"] is None:
        talk.say("calendar.not_filed", **about)
        return False
    if dossiers.send_up(talk.tx, one.row["id"], talk.person, talk.now):
        by = one.row["review_by"]
        late = bool(by and talk.today > by)
        talk.note("calendar.sent_up", **about, by=by, late=late)
        talk.tell(
            one.row["person_id"], "calendar.went_up", **about, round=calendar.named(one.round)
        )
        _tell_province(talk, one, about)
        return True
    talk.say("calendar.was_sent_up", **about, when=firings.day_of(one.row["sent_up_at"]))
    return False


def _tell_province(talk: Talk, one: Standing, about: dict[str, Any]) -> None:
    """Tell those of the province who look whether a dossier is whole."""
    there = officers.of(talk.tx, one.producer["province_code"] or "")
    for officer in there:
        if may(officer.role, Right.CHECK) and officer.person != talk.person:
            talk.tell(officer.person, "judging.came_up", **about, producer=one.producer["name"])


def plan_good(talk: Talk, one: Standing) -> None:
    """Note that the plan of the product is approved: step 3 of its year."""
    about = {"number": one.row["number"], "name": one.row["name"]}
    known = cycle.standing(steps.of(talk.tx, one.row["id"])).settled
    if any(each.step == Step.PLAN and each.state == "done" for each in known):
        talk.say("calendar.plan_was_good", **about)
        return
    if impartial.refused(talk, one.row["producer_id"]):
        return
    done = Done(Step.PLAN, "done", talk.today)
    steps.note(talk.tx, one.row["id"], done, talk.person, talk.now)
    talk.log("approved_plan", "dossier", one.row["id"])
    talk.say("calendar.plan_good", **about)
