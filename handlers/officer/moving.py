"""Dời ngày at the officer's: a step of a round gets its day, and everybody concerned hears it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from conversations import walk
from conversations.forms.move_date import OF_MINISTRY, move_date, moves, named
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import calendar
from handlers.officer.because import reason
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
_MINISTRY = "bo"
_ANY: Step = "council"  # whom it concerns is the same but where an area has its own day


# -- asking ----------------------------------------------------------------------------------------


def begin(talk: Talk, said: Said) -> None:
    """Ask what was not said of round, step, day and reason; what was said is taken."""
    area = calendar.area_of(talk)
    if (said.step and said.step not in _steps(area, said.level)) or not _steps(area, said.level):
        name = said.step or ("send_on" if said.level == _MINISTRY else "propose")
        talk.say("calendar.not_yours", name=Message(f"move_date.step_{name}"))
        return
    if said.day and said.day < talk.today:
        talk.say("move_date.past", day=said.day)
        return
    there = _rounds(talk, area, said)
    told = _told(talk, there, said)
    facts = _facts(talk, area, there, said) | told
    anew(talk)
    if said.number and "round" not in told:
        talk.note("move_date.no_such_round", number=said.number, year=said.year)
    if said.wrong:
        talk.note("move_date.no_such_day", said=said.wrong)
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
        talk.note("move_date.about", step=step, round=named(facts["round"]), was=was)


def chosen(talk: Talk, which: str) -> None:
    """Ask for the new day of a step that was chosen in the calendar."""
    key, _, step = which.rpartition(".")
    if read := keys.parts(key):
        begin(talk, Said("move", read.year, read.number, step, level=read.level))


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
        "round": calendar.as_answer(meant) if meant else None,
        "step": said.step,
        "day": said.day.isoformat() if said.day else None,
        "why": said.why or None,
    }
    return {name: value for name, value in told.items() if value is not None}


def _meant(talk: Talk, there: tuple[Round, ...], said: Said) -> Round | None:
    """The round of that number: of the year that is named, or the new day's, or else the next."""
    any_ = said.level == _MINISTRY and said.number is None
    known = [each for each in there if any_ or each.number == said.number]
    fitting = [each for each in known if said.year in {None, each.year}]
    later = [each for each in fitting if talk.today < each.intake_before]
    same = [each for each in fitting if said.day and each.year == said.day.year]
    return next(iter((*same, *later, *fitting)), None)


def _rounds(talk: Talk, area: str, said: Said) -> tuple[Round, ...]:
    """Those of the year that is named, or else those that are still under way."""
    home = calendar.home_of(area)
    if said.year:
        return talk.calendar.rounds(said.year, said.level, home)
    return calendar.running(talk, home, said.level)


def _facts(talk: Talk, area: str, there: tuple[Round, ...], said: Said) -> dict[str, Any]:
    """What the form must know to ask, to warn and to say whom it concerns."""
    home = calendar.home_of(area)
    changed = days_off.changed(talk.tx)
    return {
        "rounds": [calendar.as_answer(each) for each in there],
        "steps": list(_steps(area, said.level)),
        "stands": {each.key: _days(each.key, talk.calendar.of(each.key, home)) for each in there},
        "law": {each.key: _days(each.key, _of_law(talk, each.key)) for each in there},
        "concerned": {each.key: _concerned(talk, area, each, said.step) for each in there},
        "changed": {day.isoformat(): off for day, off in changed.items()},
        "term": keys.review_days(talk.rules),
    }


def _steps(area: str, level: str) -> tuple[str, ...]:
    """The steps of a round of that level whose days the office sets."""
    if level == _MINISTRY:
        return () if calendar.is_commune(area) else OF_MINISTRY
    return calendar.own_steps(area)


def _concerned(talk: Talk, area: str, one: Round, step: str | None) -> list[int]:
    """How many dossiers and people; producers have none in a round of the ministry."""
    whose = next((each for each in calendar.STEPS if each == step), _ANY)
    return list(concerned.by(talk.tx, Milestone(one.key, whose, area, talk.today), talk.person))


def _days(key: str, found: Mapping[Step, Milestone]) -> dict[str, str]:
    """The days of a round by the names that the form has for its steps."""
    if _level(key) == _MINISTRY:
        told = {name: step for name, step in calendar.MINISTRY.items() if step in found}
    else:
        told = {step: step for step in found}
    return {name: found[step].day.isoformat() for name, step in told.items()}


def _level(key: str) -> str:
    read = keys.parts(key)
    return read.level if read else ""


def _of_law(talk: Talk, key: str) -> dict[Step, Milestone]:
    read = keys.parts(key)
    made = of_law(read.year, talk.rules) if read else ()
    return {row.step: row for row in made if row.round == key and row.basis == "law"}


# -- doing -----------------------------------------------------------------------------------------


def sent(talk: Talk, run: Run) -> None:
    """Let the day stand in the officer's area, plan anew, and have everybody concerned told."""
    answers = walk.collected(talk.catalogue.of(run), run)
    day = date.fromisoformat(answers["day"])
    area, key = calendar.area_of(talk), answers["round"]["key"]
    step: Step = calendar.MINISTRY.get(answers["step"], answers["step"])
    before = talk.calendar.of(key, calendar.home_of(area)).get(step)
    name = Message(f"move_date.step_{answers['step']}")
    if answers["sure"] != "yes":
        talk.say("move_date.kept")
    elif answers["step"] not in _steps(area, _level(key)):
        talk.say("calendar.not_yours", name=name)
    elif day < talk.today:
        talk.say("move_date.past", day=day)
    elif before and before.day == day:
        talk.say("move_date.same", step=name, day=day)
    else:
        to = Milestone(key, step, area, day, reason(answers["why"]))
        round_ = named(answers["round"])
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
