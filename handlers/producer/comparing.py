"""What papers say of a producer, held against the profile."""

from typing import Any

from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme.folding import fold

_KINDS = {
    "team": ("to hop tac",),
    "cooperative": ("hop tac xa", "htx"),
    "company": ("cong ty",),
    "household": ("ho kinh doanh", "hkd"),
}


def warn(talk: Talk, one: Standing, told: dict[str, Any]) -> None:
    """Say where a paper names another producer, another kind of one, or a commune that was."""
    holder, own = told.get("holder"), one.producer["name"]
    was, address = former_commune(one.producer), told.get("address")
    if holder and not same_name(holder, own):
        talk.note("paper.other_holder", holder=holder, own=own)
    elif holder and is_former(holder, one.producer):
        talk.note("paper.other_kind", holder=holder, own=own)
    if was and address and fold(was) in fold(address):
        talk.note("paper.former_commune", was=was, now=one.producer["commune"])


def is_former(holder: str, producer: dict[str, Any]) -> bool:
    """Whether it names the producer as another kind of one: what it was before."""
    own = (None, producer["kind"], kind_of(producer["name"]))
    return same_name(holder, producer["name"]) and kind_of(holder) not in own


def former_commune(producer: dict[str, Any]) -> str | None:
    """The commune as it was called before, where that was otherwise than today."""
    was = (producer["commune_was"] or "").partition(",")[0]
    return None if fold(was) == fold(producer["commune"] or "") else was or None


def kind_of(holder: str) -> str | None:
    """What kind of producer a name says that it is; None when it does not say."""
    said = f" {fold(holder)} "
    found = (kind for kind, names in _KINDS.items() if any(f" {name} " in said for name in names))
    return next(found, None)


def same_name(holder: str, own: str) -> bool:
    """Whether both name the same producer, whatever the marks and the kind in front of the name."""
    first, second = _bare(holder), _bare(own)
    return first in second or second in first


def _bare(name: str) -> str:
    said = f" {fold(name)} "
    for kind in (*(each for names in _KINDS.values() for each in names), "tnhh"):
        said = said.replace(f" {kind} ", " ")
    return " ".join(said.split())
