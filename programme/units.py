"""Who helps with what: the units of the programme, by paper, by criterion, and by what is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from programme import answers, products
from programme.folding import fold

_DATA = Path(__file__).with_name("units.yaml")
_MOST = 2  # a question that concerns more than these concerns nobody in particular
_NEAR = 0.75  # of the best: whoever helps as well as that is asked too


@dataclass(frozen=True, slots=True)
class Unit:
    """An office that helps; names and words are folded, words as their parts."""

    id: str
    names: frozenset[str]
    ministry: frozenset[str]
    papers: frozenset[str]
    criteria: frozenset[str]
    words: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class About:
    """What a question is asked about, as far as it is known."""

    paper: str = ""
    topic: str = ""  # of the criterion
    product_set: int = 0


@cache
def units() -> tuple[Unit, ...]:
    """All units of the data, in its order."""
    return tuple(_unit(raw) for raw in _raw()["units"])


@cache
def _raw() -> dict[str, Any]:
    return dict(yaml.safe_load(_DATA.read_bytes()))


def _unit(raw: dict[str, Any]) -> Unit:
    return Unit(
        raw["id"],
        frozenset(map(_name, raw["names"])),
        frozenset(raw["ministry"]),
        frozenset(raw["papers"]),
        frozenset(raw["criteria"]),
        tuple(tuple(answers.words(each)) for each in raw["words"]),
    )


def _name(text: str) -> str:
    return " ".join(fold(text).replace("-", " ").replace(",", " ").split())


def usual() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The offices that help in most provinces: what each is called, and with what it helps."""
    return tuple((raw["usual"], tuple(raw["helps"])) for raw in _raw()["units"])


# -- whom a question concerns ----------------------------------------------------------------------


def concerned(text: str, about: About) -> tuple[str, ...]:
    """The units that help with what is asked, the likeliest first; empty where none stands out.

    What the person was looking at says more than her words, and both more than nothing.
    """
    said = answers.words(text[: answers.READ])
    paper = about.paper or answers.subject(text)
    points = {unit.id: _points(unit, said, paper, about) for unit in units()}
    best = max(points.values())
    near = [id_ for id_, each in points.items() if best and each >= best * _NEAR]
    near.sort(key=lambda id_: -points[id_])
    return tuple(near) if len(near) <= _MOST else ()


def _points(unit: Unit, said: Sequence[str], paper: str, about: About) -> float:
    own = _OF_PAPER * _helps_with(unit, paper, about.product_set) if paper else 0
    topic = _OF_TOPIC if about.topic and about.topic in unit.criteria else 0
    found = {words for words in unit.words if answers.stands(words, said)}
    whole = [words for words in found if not any(_within(words, other) for other in found)]
    return own + topic + sum(len(words) for words in whole)


_OF_PAPER, _OF_TOPIC = 3, 2  # beside a point for each word


def _within(words: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return words != other and answers.stands(words, other)


def _helps_with(unit: Unit, paper: str, product_set: int) -> bool:
    """Whether the unit helps with the paper; some papers are the product's ministry's."""
    if paper not in _raw()["by_ministry"]:
        return paper in unit.papers
    found = products.by_number(product_set) if product_set else None
    return bool(unit.ministry & set(found.ministry)) if found else False


# -- which office is one ---------------------------------------------------------------------------


def named(said: str) -> frozenset[str]:
    """The units of the data that may be called so, by a whole name or by some words of one."""
    return frozenset(u.id for u in units() if any(_is_called(said, name) for name in u.names))


def called(said: str, office: str, duties: Iterable[str]) -> bool:
    """Whether an office of that name, with such duties, may be called so."""
    return _is_called(said, _name(office)) or not named(said).isdisjoint(of_office(office, duties))


def _is_called(said: str, name: str) -> bool:
    words = frozenset(_name(said).split())
    return bool(words) and words <= frozenset(name.split())


def of_office(name: str, duties: Iterable[str]) -> frozenset[str]:
    """Which units of the data an office of that name, with such duties, stands for.

    The name decides; where it is none that we know, what the office says that it does.
    """
    named = frozenset(unit.id for unit in units() if _name(name) in unit.names)
    return named or frozenset(id_ for duty in duties for id_ in concerned(duty, About())[:1])
