"""Chỉ tiêu in numbers: set for a commune or a province, and how far each is reached."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from conversations.answers import Asked
from conversations.messages import Message
from conversations.officing import AreaKind
from conversations.reading import Read
from handlers.officer import naming
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import targets as wanted_in
from programme.folding import fold
from programme.roles import Right
from programme.targets import Wanted
from storage import officers, progress, targets
from storage.officers import Scope
from storage.progress import Target

_LOOK = 400  # signs
_COMMUNE = 5  # signs of a code
_MOST = 24  # targets in one answer
_SET = re.compile(
    r"(?:giao|dat|sua|doi) chi tieu(?P<rest> .*)?|set (?:a |the )?targets?(?P<other> .*)?"
)
_LIST = re.compile(
    r"(?:xem |tien do )*chi tieu(?:(?: nam)? (?P<year>20\d\d))?|targets?(?: (?P<of>20\d\d))?"
)
_YEAR = re.compile(r"(?:\bnam |\bin )?\b(20\d\d)\b")

Do = Callable[[Talk], None]


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are of no target."""
    del talk
    said = fold(text[:_LOOK]).strip(" .")
    if found := _SET.fullmatch(said):
        rest = (found["rest"] or found["other"] or "").strip()
        return partial(_set, said=rest), Right.PLAN
    if found := _LIST.fullmatch(said):
        year = found["year"] or found["of"]
        return partial(_list, year=int(year) if year else None), Right.READ
    return None


# -- setting ---------------------------------------------------------------------------------------


def _set(talk: Talk, *, said: str) -> None:
    """Keep what is wanted of which place, and say it again with what there is of it."""
    scope, year = scope_of(talk), _YEAR.search(said)
    place, aims = _parted(_YEAR.sub(" ", said, count=1))
    area = area_of(talk, place, scope)
    found = wanted_in.read(aims)
    if not said or not found:
        talk.say("targets.how", year=talk.year)
    elif area is None:
        talk.say("targets.which_place", place=place)
    else:
        told = int(year[1]) if year else talk.year
        keep(talk, area, told, found)
        _tell(talk, scope, told, set(found))


def _parted(said: str) -> tuple[str, str]:
    """The place, and what is wanted there: behind a colon, else from the first figure on."""
    place, colon, aims = said.partition(":")
    if not colon:
        figure = re.search(r"\d", said)
        at = figure.start() if figure else len(said)
        place, aims = said[:at], said[at:]
    return place.strip(" ,"), aims


def area_of(talk: Talk, place: str, scope: Scope) -> str | None:
    """The code of the place, without one the officer's own; None where that is unclear."""
    if not place:
        return scope.area or None
    asked = Asked("targets", "place", talk.today, {}, {"within": scope.area})
    read = AreaKind().read(place, asked)
    return str(read.value["code"]) if isinstance(read, Read) and read.sure else None


def keep(talk: Talk, area: str, year: int, found: list[Wanted]) -> None:
    """Let this be wanted of that place in that year, in place of what was; its officers hear it."""
    commune = area if len(area) == _COMMUNE else ""
    where = {"commune_code": commune, "province_code": officers.around(area)[-1]}
    for each in found:
        target: dict[str, Any] = {**where, "year": year, **each._asdict()}
        number = targets.set_(talk.tx, target, talk.person, talk.now)
        talk.log("set_target", "counted_target", number, wanted=each.wanted, year=year)
    there = [] if commune == "" else officers.of(talk.tx, commune)
    for officer in there:
        if officer.person != talk.person:
            talk.tell(officer.person, "targets.yours", year=year, count=len(found))
    talk.note("targets.kept", place=naming.area(area), year=year)


# -- looking ---------------------------------------------------------------------------------------


def _list(talk: Talk, *, year: int | None) -> None:
    """The targets of a year, by default this one's, each with what is reached."""
    scope = scope_of(talk)
    if not _tell(talk, scope, year or talk.year):
        may = scope.may(Right.PLAN)
        talk.say("targets.no_targets" if may else "targets.none_yet", year=year or talk.year)


def _tell(talk: Talk, scope: Scope, year: int, only: set[Wanted] | None = None) -> bool:
    if lines := told(talk, scope, year, only):
        talk.say("targets.list", year=year, lines=lines)
    else:
        talk.flush()
    return bool(lines)


def told(
    talk: Talk, scope: Scope, year: int, only: set[Wanted] | None = None
) -> tuple[Message, ...]:
    """A line for each target of the area in that year, or of those that are wanted alone."""
    every = progress.here(talk.tx, scope, year, talk.today)
    some = [each for each in every if only is None or _wanted(each) in only]
    return tuple(_line(each) for each in some[:_MOST])


def _wanted(target: Target) -> Wanted:
    return Wanted(target.kind, target.wanted, target.star)


def _line(target: Target) -> Message:
    place = naming.area(target.commune_code or target.province_code)
    kind = Message(f"targets.kind_{target.kind}", {"star": target.star})
    return Message(
        "targets.line",
        {"place": place, "what": kind, "reached": target.reached, "needed": target.wanted},
    )
