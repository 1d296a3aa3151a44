"""Whom an announcement is for: conditions that all must hold, each with values of which one may."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

STARS = (3, 4, 5)  # of which there are certificates (QĐ 26/2026, Điều 4)


class Aim(Struct, frozen=True, omit_defaults=True):
    """A producer fits where each condition that is there fits; without any, every producer does.

    ``sets``, ``stars`` and ``months`` speak of one kind of thing: where stars are wanted it is a
    certificate of one of the sets that is good on the day, else whatever the producer has there;
    in season it must be one of the sets too. ``areas`` are codes of communes and of provinces,
    ``rounds`` those in which a dossier of one of the sets is open. ``languages`` are the reader's.
    """

    areas: tuple[str, ...] = ()
    sets: tuple[int, ...] = ()
    stars: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    rounds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    producers: tuple[int, ...] = ()


class Thing(Struct, frozen=True):
    """Something that a producer has of one product set, as far as it is known.

    A certificate has its star and its days, an open dossier its round, others their months.
    """

    set: int
    star: int | None = None
    issued: date | None = None
    expires: date | None = None
    months: tuple[int, ...] = ()
    round: str | None = None


class Known(Struct, frozen=True):
    """A producer as an aim looks at one."""

    id: int
    commune: str
    province: str
    things: tuple[Thing, ...] = ()


def of(said: Mapping[str, Any]) -> Aim:
    """The aim that an answer holds beside the names of its values (see conversations.aiming)."""
    return Aim(
        areas=_once(code for area in said.get("areas", ()) for code in area["codes"]),
        sets=_once(each["number"] for each in said.get("sets", ())),
        stars=_once(said.get("stars", ())),
        months=_once(said.get("months", ())),
        rounds=_once(each["key"] for each in said.get("rounds", ())),
        languages=_once(said.get("languages", ())),
        producers=_once(said.get("producers", ())),
    )


def _once(values: Any) -> tuple[Any, ...]:
    return tuple(sorted(set(values)))


def fits(aim: Aim, one: Known, day: date) -> bool:
    """Whether the producer fits, but for the language, which is its reader's."""
    return (
        (not aim.areas or one.commune in aim.areas or one.province in aim.areas)
        and (not aim.producers or one.id in aim.producers)
        and _has(aim, one, day)
        and (not aim.months or any(_in_season(aim, thing) for thing in one.things))
        and (not aim.rounds or any(_in_round(aim, thing) for thing in one.things))
    )


def _has(aim: Aim, one: Known, day: date) -> bool:
    if aim.stars:
        return any(_is_good(aim, thing, day) for thing in one.things)
    return not aim.sets or any(_of_sets(aim, thing) for thing in one.things)


def _is_good(aim: Aim, thing: Thing, day: date) -> bool:
    if thing.issued is None or thing.expires is None:
        return False
    return _of_sets(aim, thing) and thing.star in aim.stars and thing.issued <= day <= thing.expires


def _in_season(aim: Aim, thing: Thing) -> bool:
    return _of_sets(aim, thing) and not set(aim.months).isdisjoint(thing.months)


def _in_round(aim: Aim, thing: Thing) -> bool:
    return _of_sets(aim, thing) and thing.round in aim.rounds


def _of_sets(aim: Aim, thing: Thing) -> bool:
    return not aim.sets or thing.set in aim.sets
