"""Thêm đợt at the officer's: a round beside those of the law, where a document allows it."""

from datetime import date
from typing import Any

from conversations import walk
from conversations.forms.extra_round import cited
from conversations.session import Run
from handlers.officer import calendar, moving
from handlers.talk import Talk
from programme import rounds, workdays
from programme.calendar import Milestone, Step
from storage import days_off, dossiers, milestones

_LEVEL = "tinh"
_ITS_DAYS: tuple[Step, ...] = ("propose", "council", "decide")


def begin(talk: Talk) -> None:
    """Ask for the days of the new round; a commune opens none (Điều 5)."""
    if calendar.is_commune(calendar.area_of(talk)):
        talk.say("extra_round.not_yours")
        return
    moving.anew(talk)
    term = rounds.review_days(talk.rules)
    soonest = workdays.after(talk.today, term, days_off.changed(talk.tx))
    talk.start("extra_round", {"soonest": soonest.isoformat()})


def sent(talk: Talk, run: Run) -> None:
    """Keep the days of the round under the next free number of its year."""
    answers = walk.collected(talk.catalogue.of(run), run)
    area = calendar.area_of(talk)
    days = {s: date.fromisoformat(answers[s]) for s in _ITS_DAYS if s in answers}
    if answers["sure"] != "yes":
        talk.say("extra_round.kept")
    elif calendar.is_commune(area):
        talk.say("extra_round.not_yours")
    elif min(days.values()) < talk.today:
        talk.say("extra_round.past", day=min(days.values()))
    else:
        _open(talk, area, days, cited(answers["document"]))


def _open(talk: Talk, area: str, days: dict[Step, date], document: str) -> None:
    year = days["propose"].year
    key = f"{_LEVEL}-{_next_number(talk, year)}-{year}"
    for step, day in days.items():
        milestones.move(talk.tx, Milestone(key, step, area, day, document), talk.person, talk.now)
    talk.dates_changed()
    dossiers.plan_anew(talk.tx, dossiers.in_area(area))
    home = calendar.home_of(area)
    one = talk.calendar.round(key, home)
    assert one is not None  # noqa: S101 - it has just been kept
    file = talk.calendar.file_by(key, home)
    told = {"file": file, "propose": days["propose"], "decide": days["decide"]}
    about: dict[str, Any] = {"round": calendar.named(one), **told}
    talk.say("extra_round.done", **about)


def _next_number(talk: Talk, year: int) -> int:
    """The number after all that any office has given in that year."""
    every = [rounds.parts(each.key) for each in talk.calendar.rounds(year)]
    every += [rounds.parts(row.round) for row in talk.calendar.rows]
    same = (each for each in every if each and (each.level, each.year) == (_LEVEL, year))
    return max((each.number for each in same), default=0) + 1
