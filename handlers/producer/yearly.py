"""Số liệu năm, đã sửa: what a certified producer tells once a year, and shows after a visit."""

from datetime import date
from typing import Any

from conversations import producing, walk
from conversations.session import Run
from handlers.producer import menu
from handlers.talk import Talk
from storage import inspections, officers, planner, producers, yearly

_COMPARED = ("sales", "workers")
_ASKED_TILL = 6  # months of a year in which the year before is meant


# -- the year's figures ----------------------------------------------------------------------------


def begin(talk: Talk) -> None:
    """Ask for the figures of the year that is over, or of this one once it is half over."""
    year = year_of(talk.today)
    mine = [row["id"] for row in producers.of_person(talk.tx, talk.person)]
    certified = yearly.certified(talk.tx, mine, year)
    talk.leave()
    if not certified:
        talk.note("yearly_figures.not_certified")
        menu.show(talk)
        return
    told = [one for one in certified if yearly.of_producer(talk.tx, one, year)]
    whose = next((one for one in certified if one not in told), certified[0])
    name = producers.by_id(talk.tx, whose)["name"]
    talk.note("yearly_figures.begin", name=name, year=year, again=whose in told)
    talk.start("yearly_figures", {"producer": whose, "year": year})


def year_of(today: date) -> int:
    """The year of which figures are told on that day."""
    return today.year - (today.month <= _ASKED_TILL)


def sent(talk: Talk, run: Run) -> None:
    """Keep the figures; the question is not asked again."""
    answers: dict[str, Any] = walk.collected(talk.catalogue.of(run), run)
    producer, year = run.facts["producer"], run.facts["year"]
    if made := producing.made(answers.get("output") or ""):
        answers |= {"made": made.thousandths, "unit": made.unit}
    answers["shared"] = answers.get("shared") == "yes"
    yearly.keep(talk.tx, producer, year, answers, talk.person, talk.now)
    planner.of_years(talk.tx, talk.now)
    talk.note("yearly_figures.thanks", year=year)
    _compare(talk, answers, yearly.of_producer(talk.tx, producer, year - 1))
    talk.flush()


def _compare(talk: Talk, now: dict[str, Any], before: dict[str, Any] | None) -> None:
    """Say what was told of the year before, of what was told both times."""
    both = {name: before[name] if before and now.get(name) else None for name in _COMPARED}
    if before and any(both.values()):
        talk.note("yearly_figures.before", year=before["year"], **both)


# -- what an inspection found ----------------------------------------------------------------------


def mend(talk: Talk) -> None:
    """Ask for photos of what is mended."""
    row = _to_mend(talk)
    talk.leave()
    if row is None:
        talk.note("mended.nothing")
        menu.show(talk)
        return
    talk.start("mended", {"inspection": row["id"]})


def _to_mend(talk: Talk) -> dict[str, Any] | None:
    mine = [row["id"] for row in producers.of_person(talk.tx, talk.person)]
    return inspections.to_mend(talk.tx, mine)


def shown(talk: Talk, run: Run) -> None:
    """Keep the photos, and let the officer who was there have a look."""
    photos = walk.collected(talk.catalogue.of(run), run)["photos"]
    inspections.mended(talk.tx, run.facts["inspection"], photos, talk.now)
    planner.of_inspections(talk.tx, [run.facts["inspection"]], talk.now)
    (row,) = inspections.by_ids(talk.tx, [run.facts["inspection"]])
    if officers.is_officer(talk.tx, row["made_by"]):
        about = {"number": row["number"], "producer": row["producer"], "count": len(photos)}
        talk.tell(row["made_by"], "inspection.was_mended", **about)
    talk.say("mended.thanks")
