"""Bỏ đợt at the officer's: an extra round is taken back, after she was asked once more."""

from handlers.officer import calendar, moving
from handlers.officer.dated import Said
from handlers.officer.digest_lists import offer
from handlers.talk import Talk
from programme import rounds
from programme.calendar import Milestone
from programme.folding import fold
from programme.rounds import Round
from storage import concerned, dossiers, milestones

_YES = frozenset({"bo", "bo di", "bo dot", "bo dot nay", "co", "dung", "ok", "take it back", "yes"})
_NO = frozenset({"giu", "giu lai", "thoi", "thoi giu lai", "khong", "keep it", "no"})
_ITEM = "drop_round"


def begin(talk: Talk, said: Said) -> None:
    """Ask whether the round is to go, and say how many dossiers are made for it."""
    area = calendar.area_of(talk)
    one = _meant(talk, area, said)
    if calendar.is_commune(area):
        talk.say("extra_round.not_yours")
    elif said.number is None:
        talk.say("extra_round.which")
    elif one is None:
        talk.note("move_date.no_such_round", number=said.number, year=said.year)
        talk.say("calendar.how")
    elif rounds.named(one.key, talk.rules):
        talk.say("extra_round.by_law", round=calendar.named(one))
    elif not _is_of(talk, area, one):
        talk.say("extra_round.of_others", round=calendar.named(one))
    else:
        moving.anew(talk)
        day = Milestone(one.key, "propose", area, talk.today)
        count = concerned.by(talk.tx, day, talk.person).dossiers
        items = (f"{_ITEM}:{one.key}", f"{_ITEM}:")
        offer(talk, "extra_round.really", items, round=calendar.named(one), count=count)


def word(text: str, shown: tuple[str, ...]) -> int:
    """The place of what the text chooses, while the question is on the screen; else 0."""
    if not (shown and shown[0].startswith(f"{_ITEM}:")):
        return 0
    said = fold(text[:20]).strip(" .,!")
    return 1 if said in _YES else 2 if said in _NO else 0


def chosen(talk: Talk, key: str) -> None:
    """Take the round of that key back, or keep it where there is none."""
    talk.change(menu=())
    area = calendar.area_of(talk)
    one = talk.calendar.round(key, calendar.home_of(area)) if key else None
    if one is None or calendar.is_commune(area) or not _is_of(talk, area, one):
        talk.say("extra_round.stays")
        return
    for each in _areas(talk, area, key):
        milestones.take_back(talk.tx, key, each, talk.now)
    talk.dates_changed()
    dossiers.plan_anew(talk.tx, dossiers.in_round(key))
    talk.say("extra_round.gone", round=calendar.named(one))


def _meant(talk: Talk, area: str, said: Said) -> Round | None:
    home = calendar.home_of(area)
    there = (
        talk.calendar.rounds(said.year, home=home) if said.year else calendar.running(talk, home)
    )
    return next((each for each in there if each.number == said.number), None)


def _areas(talk: Talk, area: str, key: str) -> set[str]:
    """Where days of the round are set that go with it: there, and at the communes of it."""
    rows = [row for row in milestones.standing(talk.tx) if row.round == key]
    others = {row.area for row in rows if row.step == "propose"} - {area}
    within = {row.area for row in rows if area in {"", *calendar.home_of(row.area)}}
    return {each for each in within if others.isdisjoint(calendar.home_of(each))}


def _is_of(talk: Talk, area: str, one: Round) -> bool:
    """Whether it is this area's own round beside those of the law."""
    rows = milestones.standing(talk.tx)
    mine = any((row.round, row.step, row.area) == (one.key, "propose", area) for row in rows)
    return mine and rounds.named(one.key, talk.rules) is None
