"""Lịch at the officer's: the coming rounds of her area, whose word each day is, what is not set."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

from conversations.messages import Message
from handlers.talk import Talk
from programme.calendar import Home, Milestone, Step
from programme.places import places
from programme.rounds import Round
from storage import officers

STEPS: tuple[Step, ...] = get_args(Step)
OF_COMMUNE: tuple[Step, ...] = ("ideas", "plans", "training", "file")
MINISTRY: dict[str, Step] = {"send_on": "propose", "rank": "decide"}
_ON_THE_DAY = frozenset({"training", "council"})  # of the others it is the last good day
_MOST, _MOST_OF_MINISTRY = 3, 2  # rounds at once


# -- whose calendar it is --------------------------------------------------------------------------


def area_of(talk: Talk) -> str:
    """The area of the officer who talks. LookupError for whoever is none, or no more."""
    area = officers.area_of(talk.tx, talk.person)
    if area is None:
        raise LookupError(talk.person)
    return area


def is_commune(area: str) -> bool:
    """Whether it is the area of a commune, and not of a province or of everywhere."""
    return places().by_code(area) is not None


def home_of(area: str) -> Home:
    """Where the days of that area hold."""
    commune = places().by_code(area) if area else None
    return Home(area, commune.province_code) if commune else Home("", area)


def own_steps(area: str) -> tuple[Step, ...]:
    """The steps whose days the office of that area sets."""
    return OF_COMMUNE if is_commune(area) else STEPS


def running(talk: Talk, home: Home, level: str = "tinh") -> tuple[Round, ...]:
    """The rounds of that level not over yet, the nearest first; a commune's end with proposals."""
    years = range(talk.year - 1, talk.year + (2 if level == "tinh" else 3))
    found = (each for year in years for each in talk.calendar.rounds(year, level, home))
    coming = [each for each in found if talk.today < _end(each, home)]
    return tuple(sorted(coming, key=lambda each: each.intake_before))


def _end(one: Round, home: Home) -> date:
    return one.intake_before if home.commune else one.finish_before


# -- how it is told --------------------------------------------------------------------------------


def show(talk: Talk, year: int | None = None) -> None:
    """The coming rounds, or those of a year, a letter each; a step's number moves its day."""
    area = area_of(talk)
    home = home_of(area)
    told = talk.calendar.rounds(year, home=home) if year else running(talk, home)[:_MOST]
    items: list[str] = []
    for each in told:
        _tell(talk, each, area, items)
    if not is_commune(area):
        for each in _of_ministry(talk, year, home):
            _tell_ministry(talk, each, home, items)
    _close(talk, items)


def _of_ministry(talk: Talk, year: int | None, home: Home) -> tuple[Round, ...]:
    if year:
        return talk.calendar.rounds(year, "bo", home)
    return running(talk, home, "bo")[:_MOST_OF_MINISTRY]


def _tell(talk: Talk, one: Round, area: str, items: list[str]) -> None:
    """One round: the steps that are set, each with its day, and those that are not."""
    found = talk.calendar.of(one.key, home_of(area))
    mine = own_steps(area)
    lines, unset = [], []
    for step in sorted(STEPS, key=lambda step: step not in found):
        if step in mine:
            items.append(f"move_date:{one.key}.{step}")
        number = len(items) if step in mine else None
        if step in found:
            lines.append(_line(found[step], number))
        else:
            unset.append(_unset(step, number))
    talk.note("calendar.round", name=named(one), lines=tuple(lines))
    if unset:
        talk.note("calendar.not_set", missing=tuple(unset))
    talk.flush()


def named(one: Round) -> Message:
    """What the round is called."""
    key = "move_date.ministry_round" if one.level == "bo" else "menu.round_tinh"
    return Message(key, {"number": one.number, "year": one.year})


def as_answer(one: Round) -> dict[str, Any]:
    """The round as forms have it."""
    return {"key": one.key, "number": one.number, "year": one.year}


def day_of(step: Step, day: date) -> Message:
    """The step with its day, in a line of others."""
    about = {"name": Message(f"move_date.step_{step}"), "last": step not in _ON_THE_DAY}
    return Message("calendar.day", {**about, "when": day})


def _line(row: Milestone, number: int | None) -> Message:
    what = day_of(row.step, row.day)
    return Message("calendar.line", {"number": number, "what": what, "whose": by(row)})


def _unset(step: Step, number: int | None) -> Message:
    name = Message(f"move_date.step_{step}")
    return Message("calendar.unset", {"number": number, "name": name})


def by(row: Milestone) -> Message:
    """Whose word the day is."""
    if row.basis != "office":
        return Message(f"calendar.by_{row.basis}")
    level = "commune" if is_commune(row.area) else "province" if row.area else "office"
    return Message(f"calendar.by_{level}", {"reason": row.reason})


def _tell_ministry(talk: Talk, one: Round, home: Home, items: list[str]) -> None:
    """One round of the ministry: when the province proposes, and when it is over."""
    found, lines = talk.calendar.of(one.key, home), []
    for name, step in MINISTRY.items():
        items.append(f"move_date:{one.key}.{name}")
        about = {"name": Message(f"move_date.step_{name}"), "last": True}
        what = Message("calendar.day", {**about, "when": found[step].day})
        whose = by(found[step])
        line = Message("calendar.line", {"number": len(items), "what": what, "whose": whose})
        lines.append(line)
    talk.say("calendar.round", name=named(one), lines=tuple(lines))


def _close(talk: Talk, items: list[str]) -> None:
    """Say how a day is moved; while something else is open, numbers are its answers."""
    if talk.active():
        talk.say("calendar.how")
        talk.resume(told=True)
        return
    talk.change(token=talk.session.token + 1, shown=None, menu=tuple(items))
    talk.messages.append(Message("calendar.how_by_number", prompt=talk.session.token))


# -- what producers hear of it ---------------------------------------------------------------------


def set_days(talk: Talk, one: Round, home: Home | None) -> Iterator[Message]:
    """The days to come that offices set of a round, for whoever lives there."""
    for step, row in talk.calendar.of(one.key, home).items():
        if row.basis == "office" and row.day >= talk.today and step not in {"propose", "decide"}:
            yield day_of(step, row.day)
