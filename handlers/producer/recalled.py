"""What was told before for the papers that we write together, so that nobody is asked it twice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from conversations.forms.story import PHOTOS
from handlers.producer import written
from handlers.producer.standing import Standing

_SAFETY = ("food_safety_certificate", "food_safety_equivalent")
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier, what its idea said, what was written for the product before, and the day."""

    one: Standing
    idea: Told
    before: Mapping[str, Told]
    today: date


def facts(known: Known, kind: str) -> dict[str, Any]:
    """What a form of that kind begins with; what is not known is not among it."""
    row = known.one.row
    found = {"dossier": row["id"], "product": row["name"], **_FACTS[kind](known)}
    return {key: value for key, value in found.items() if value}


def position(before: Mapping[str, Told]) -> str | None:
    """The office of whoever signs, where an earlier paper says it."""
    said = (written.text(each.get("position")) for each in before.values())
    return next(filter(None, said), None)


def _story(known: Known) -> dict[str, Any]:
    photos = known.idea.get("photos") or []
    special = known.idea.get("special")
    return {"name": known.one.row["name"], "special": special, "photos": photos[:PHOTOS]}


def _environment_pledge(known: Known) -> dict[str, Any]:
    return {
        "positions": _listed(position(known.before)),
        "sites": _homes(known),
        "packaging": written.text(known.idea.get("packaging")),
    }


def _self_declaration(known: Known) -> dict[str, Any]:
    safety = next((each for each in known.one.given if each["paper"] in _SAFETY), {})
    issued = safety.get("issued")
    return {
        "ingredients": _listed(", ".join(_materials(known))),
        "packings": _listed(written.text(known.idea.get("packaging"))),
        "certificate": safety.get("number"),
        "certificate_issued": f"{issued:%d/%m/%Y}" if issued and safety["number"] else None,
    }


def _labour_list(known: Known) -> dict[str, Any]:
    this = known.today.replace(day=1)
    months = [f"{day.month}/{day.year}" for day in (this, this - timedelta(days=1))]
    return {"months": months}


def _linkage_contract(known: Known) -> dict[str, Any]:
    return {"goods": [*_materials(known), known.one.row["name"]]}


_FACTS: dict[str, Callable[[Known], dict[str, Any]]] = {
    "story": _story,
    "environment_pledge": _environment_pledge,
    "self_declaration": _self_declaration,
    "labour_list": _labour_list,
    "linkage_contract": _linkage_contract,
}


def _homes(known: Known) -> list[str]:
    producer = known.one.producer
    return _listed(producer["address"], written.place(producer))


def _materials(known: Known) -> Iterator[str]:
    for each in known.idea.get("materials", ()):
        if name := written.text(each.get("name")):
            yield name


def _listed(*texts: str | None) -> list[str]:
    return [text for text in texts if text]
