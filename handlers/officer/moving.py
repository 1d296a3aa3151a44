"""Dời ngày at the officer's: a step of a round gets its day, and everybody concerned hears it."""

from dataclasses import replace
from datetime import date
from typing import Any

from conversations import walk
from conversations.forms.move_date import move_date, moves
from conversations.messages import Message, Shown
from conversations.session import Run
from handlers.officer import calendar
from handlers.officer.dated import Said
from handlers.talk import Talk
from programme import quiet
from programme import rounds as keys
from programme.calendar import Milestone, Step
from programme.calendar import base as of_law
from programme.rounds import Round
from storage import concerned, days_off, dossiers, milestones, planner
from storage.concerned import Concerned

_FORMS = frozenset({"move_date", "extra_round"})
_ANY: Step = "council"  # whom it concerns is the same but where an area has its own day


# -- asking ----------------------------------------------------------------------------------------


def begin(talk: Talk, said: Said) -> None:
    """Ask what was not said of round, step, day and reason; what was said is taken."""
    area = calendar.area_of(talk)
    if said.step and said.step not in calendar.own_steps(area):
        talk.say("calendar.not_yours", name=Message(f"move_date.step_{said.step}"))
        return
    if said.day and said.day < talk.today:
        talk.say("move_date.past", day=said.day)
        return
    there = _rounds(talk, area, said.year)
    facts = _facts(talk, area, there, said.step) | _told(talk, there, said)
    anew(talk)
    _note_what_is_known(talk, facts)
    talk.start("move_date", facts)


def _note_what_is_known(talk: Talk, facts: dict[str, Any]) -> None:
    """Say what the sentence leads to, or of which step the day is asked."""
    for rule in move_date.rules:
        if rule.broken(facts, facts):
            talk.note(f"move_date.rule_{rule.name}")
    if {"round", "step", "day", "why"} <= facts.keys():
        told = moves(facts, facts)
        talk.note(told.key, **told.args)
    elif {"round", "step"} <= facts.keys():
        was = facts["stands"].get(facts["round"]["key"], {}).get(facts["step"])
        step = Message(f"move_date.step_{facts['step']}")
        talk.note("move_date.about", step=step, round=Shown("round", facts["round"]), was=was)


def chosen(talk: Talk, which: str) -> None:
    """Ask for the new day of a step that was chosen in the calendar."""
    key, _, step = which.rpartition(".")
    if read := keys.parts(key):
        begin(talk, Said("move", read.year, read.number, step))


def anew(talk: Talk) -> None:
    """Leave what is open; what was asked of days before is forgotten."""
    for run in [each for each in talk.session.runs if each.form in _FORMS]:
        talk.end(run)
    talk.leave()


def open_here(talk: Talk) -> bool:
    """Whether such a question is on the screen, so that words about days are its answers."""
    found = talk.active()
    return found is not None and found[0].name in _FORMS


def _told(talk: Talk, there: tuple[Round, ...], said: Said) -> dict[str, Any]:
    """What the sentence has said, as far as it fits what there is."""
    meant = _meant(talk, there, said)
    told = {
        "round": _as_answer(meant) if meant else None,
        "step": said.step,
        "day": said.day.isoformat() if said.day else None,
        "why": said.why or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _meant(talk: Talk, there: tuple[Round, ...], said: Said) -> Round | None:
    """The round of that number: of the year that is named, or the new day's, or else the next."""
    known = [each for each in there if each.number == said.number]
    fitting = [each for each in known if said.year in {None, each.year}]
    later = [each for each in fitting if talk.today < each.intake_before]
    same = [each for each in fitting if said.day and each.year == said.day.year]
    return next(iter((*same, *later, *fitting)), None)


def _rounds(talk: Talk, area: str, year: int | None) -> tuple[Round, ...]:
    """Those of the year that is named, or else those that are still under way."""
    home = calendar.home_of(area)
    return talk.calendar.rounds(year, home=home) if year else calendar.running(talk, home)


def _as_answer(one: Round) -> dict[str, Any]:
    return {"key": one.key, "number": one.number, "year": one.year}


def _facts(talk: Talk, area: str, there: tuple[Round, ...], step: str | None) -> dict[str, Any]:
    """What the form must know to ask, to warn and to say whom it concerns."""
    home = calendar.home_of(area)
    whose = next((each for each in calendar.STEPS if each == step), _ANY)
    whom = {each.key: Milestone(each.key, whose, area, talk.today) for each in there}
    changed = days_off.changed(talk.tx)
    return {
        "rounds": [_as_answer(each) for each in there],
        "steps": list(calendar.own_steps(area)),
        "stands": {each.key: _days(talk.calendar.of(each.key, home)) for each in there},
        "law": {each.key: _days(_of_law(talk, each.key)) for each in there},
        "concerned": {
            key: list(concerned.by(talk.tx, day, talk.person)) for key, day in whom.items()
        },
        "changed": {day.isoformat(): off for day, off in changed.items()},
    }


def _days(found: Any) -> dict[str, str]:
    return {step: row.day.isoformat() for step, row in found.items()}


def _of_law(talk: Talk, key: str) -> dict[Step, Milestone]:
    read = keys.parts(key)
    made = of_law(read.year, talk.rules) if read else ()
    return {row.step: row for row in made if row.round == key and row.basis == "law"}


# -- doing -----------------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Let the day stand in the officer's area, plan anew, and have everybody concerned told."""
    answers = walk.collected(talk.catalogue.of(run), run)
    day = date.fromisoformat(answers["day"])
    step: Step = answers["step"]
    area, key = calendar.area_of(talk), answers["round"]["key"]
    before = talk.calendar.of(key, calendar.home_of(area)).get(step)
    name = Message(f"move_date.step_{step}")
    if answers["sure"] != "yes":
        talk.say("move_date.kept")
    elif step not in calendar.own_steps(area):
        talk.say("calendar.not_yours", name=name)
    elif day < talk.today:
        talk.say("move_date.past", day=day)
    elif before and before.day == day:
        talk.say("move_date.same", step=name, day=day)
    else:
        to = Milestone(key, step, area, day, answers["why"])
        round_ = Shown("round", answers["round"])
        talk.note(
            "move_date.done", step=name, round=round_, was=before.day if before else None, day=day
        )
        _say_who_hears(talk, move(talk, to))


def move(talk: Talk, to: Milestone) -> Concerned:
    """Let this day stand; who is told of it, once, is given back."""
    number = milestones.move(talk.tx, to, talk.person, talk.now)
    talk.dates_changed()
    dossiers.plan_anew(talk.tx, dossiers.in_round(to.round), dossiers.in_area(to.area))
    stands = replace(to, id=number)
    planner.moved(talk.tx, stands, talk.person, talk.now)
    return concerned.by(talk.tx, stands, talk.person)


def _say_who_hears(talk: Talk, whom: Concerned) -> None:
    at = quiet.next_open(talk.now)
    if not whom.people:
        talk.say("move_date.told_nobody")
    elif at > talk.now:
        morning = at.astimezone(quiet.VIETNAM).date()
        talk.say("move_date.told_later", people=whom.people, day=morning)
    else:
        talk.say("move_date.told_now", people=whom.people)
