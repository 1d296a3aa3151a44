"""What was told for the papers that we write together, as the papers that are printed."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from documents import orders
from documents.forms import (
    BatchLog,
    EnvironmentPledge,
    LabourList,
    LinkageContract,
    SelfDeclaration,
    Story,
)
from documents.forms.labour_list import Worker
from documents.forms.linkage_contract import Side
from documents.forms.story import aloud
from handlers.producer.standing import Standing
from programme import ruleset
from programme.folding import fold

Told = Mapping[str, Any]
_NAMES_COMMUNE = re.compile(r"\b(?:xa|phuong|thi tran|dac khu|commune) (.+)")
_FURTHER = re.compile(r"\b(?:huyen|tinh|thanh pho|tp)\b")
_OURS = ("minh", "nay", "toi", "ta")  # "xã mình"


def parts(one: Standing, told: Told) -> frozenset[str]:
    """The elements that the story tells, in writing or aloud."""
    wanted = ruleset.part("failures", one.rules)["story_parts"]
    return frozenset(part for part in wanted if text(told.get(part)) or voices(told.get(part)))


def text(answer: Any) -> str | None:
    """The words of an answer; of one with recordings those that were typed."""
    if isinstance(answer, dict):
        return str(answer.get("text") or answer.get("raw") or "") or None
    return answer or None


def voices(answer: Any) -> list[str]:
    """The recordings of an answer."""
    return list(answer.get("voices", ())) if isinstance(answer, dict) else []


def place(producer: Told) -> str | None:
    """The commune and province of today."""
    return ", ".join(filter(None, (producer["commune"], producer["province"]))) or None


# -- the six papers --------------------------------------------------------------------------------


def _story(one: Standing, told: Told) -> Story:
    wanted = ruleset.part("failures", one.rules)["story_parts"]
    return Story(
        title=one.row["name"],
        product=one.row["name"],
        producer=one.producer["name"],
        commune=place(one.producer),
        **{part: _element(told.get(part)) for part in wanted},
        photos=tuple(map(orders.photo, told.get("photos", ()))),
        representative=one.producer["representative"] or None,
    )


def _element(answer: Any) -> str | None:
    return aloud(text(answer)) if voices(answer) else text(answer)


def _environment_pledge(one: Standing, told: Told) -> EnvironmentPledge:
    keys = ("position", "site", "output", "wastewater", "solid_waste", "air", "packaging", "others")
    return EnvironmentPledge(
        commune=place(one.producer),
        **_who(one, "representative", "phone"),
        product=one.row["name"],
        **{key: text(told.get(key)) for key in keys},
    )


def _self_declaration(one: Standing, told: Told) -> SelfDeclaration:
    return SelfDeclaration(
        **_who(one, "representative", "phone", "email"),
        product=one.row["name"],
        registration_number=one.producer["registration"],
        certificate_number=text(told.get("certificate")),
        **{
            key: text(told.get(key))
            for key in (
                *("certificate_issued", "ingredients", "shelf_life"),
                *("packing", "made_by", "standards"),
            )
        },
    )


def _labour_list(one: Standing, told: Told) -> LabourList:
    return LabourList(
        commune=place(one.producer),
        **_who(one, "representative"),
        product=one.row["name"],
        month=text(told.get("month")),
        workers=tuple(_worker(each, one.producer) for each in told.get("people", ())),
    )


def _worker(told: Told, producer: Told) -> Worker:
    home = told.get("residence")
    return Worker(
        told["name"],
        told.get("born"),
        home,
        told.get("job"),
        lives_here(home, producer) if home else None,
        told.get("insured"),
    )


def lives_here(home: str, producer: Told) -> bool:
    """Whether a home is in the producer's commune, by today's name or the former.

    As the question asks for it: who lives elsewhere names the commune.
    """
    said = " ".join(fold(home).replace(",", " ").split())
    own = [_bare(producer[key]) for key in ("commune", "commune_was") if producer[key]]
    if named := _NAMES_COMMUNE.search(said):
        return any(named[1].startswith(each) for each in (*own, *_OURS))
    return not _FURTHER.search(said) or any(each in said for each in own)


def _bare(commune: str) -> str:
    """The name without its kind and without what it is a part of."""
    whole = fold(commune.partition(",")[0])
    kind = _NAMES_COMMUNE.match(whole)
    return kind[1] if kind else whole


def _linkage_contract(one: Standing, told: Told) -> LinkageContract:
    own = Side(
        one.producer["name"],
        one.producer["representative"] or None,
        text(told.get("position")),
        address(one.producer),
        one.producer["phone"],
        one.producer["registration"],
    )
    other = Side(text(told.get("other")), address=text(told.get("address")))
    seller, buyer = (other, own) if told.get("way") == "buys" else (own, other)
    return LinkageContract(
        seller,
        buyer,
        text(told.get("goods")),
        text(told.get("quantity")),
        price=text(told.get("price")),
        begins=text(told.get("begins")),
        ends=text(told.get("ends")),
    )


def batch_log(one: Standing, year: int) -> BatchLog:
    """The log of batches: an empty one."""
    return BatchLog(one.row["name"], one.producer["name"], place(one.producer), year)


def _who(one: Standing, *keys: str) -> dict[str, Any]:
    who = {key: one.producer[key] or None for key in keys}
    return {**who, "producer": one.producer["name"], "address": address(one.producer)}


def address(producer: Told) -> str | None:
    """The address with the commune of today, unless one is named in it."""
    told = producer["address"]
    if told and _NAMES_COMMUNE.search(fold(told)):
        return str(told)
    return ", ".join(filter(None, (told, place(producer)))) or None


PAPERS: dict[str, Callable[[Standing, Told], Any]] = {
    "story": _story,
    "environment_pledge": _environment_pledge,
    "self_declaration": _self_declaration,
    "labour_list": _labour_list,
    "linkage_contract": _linkage_contract,
}
