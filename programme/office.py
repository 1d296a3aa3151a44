"""What an office sets of its own: papers that it asks for, longer waits, its texts."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from programme.papers import Copy
from programme.ruleset import Told

PREFIX = "office"  # begins the name of a paper that an office asks for
COPIES: tuple[Copy, ...] = ("plain", "certified", "original")
TEXTS = (
    *("called", "contact", "above", "name", "opening", "closing"),
    *("recipients", "signs_for", "position", "signer"),
)


@dataclass(frozen=True, slots=True)
class OwnPaper:
    """A paper that an office asks for; one that it asks for no more keeps its name.

    ``row`` is its place in the law's table of evidence, 0 for none; ``months`` is how long it is
    good, ``sets`` are the product sets that need it, all where there are none.
    """

    id: str
    name: str
    issuer: str
    lead_days: int
    row: int = 0
    copy: Copy = "plain"
    months: int | None = None
    sets: tuple[int, ...] = ()
    asked: bool = True


@dataclass(frozen=True, slots=True)
class OwnPapers:
    """The papers that an office asks for, and how many days one waits for some of the law's."""

    papers: tuple[OwnPaper, ...] = ()
    waits: Mapping[str, int] | None = None


def read(text: str) -> OwnPapers:
    """What is kept as JSON; nothing of its own where that is empty."""
    raw = json.loads(text) if text else {}
    known = (OwnPaper(**{**each, "sets": tuple(each["sets"])}) for each in raw.get("papers", ()))
    return OwnPapers(tuple(known), dict(raw.get("waits", {})))


def written(own: OwnPapers) -> str:
    """The same as JSON, empty where there is nothing."""
    kept = {"papers": [asdict(each) for each in own.papers], "waits": dict(own.waits or {})}
    return json.dumps(kept, ensure_ascii=False) if any(kept.values()) else ""


def next_id(area: str, own: OwnPapers) -> str:
    """What the next paper of that office is called in the data; no other office has the like."""
    return f"{PREFIX}_{area or 'all'}_{len(own.papers) + 1}"


@lru_cache(maxsize=256)
def overlay(kept: tuple[tuple[str, str], ...], province: str) -> Told | None:
    """What lies over the rules in that province, of what offices keep: each an area and its JSON.

    An office of everywhere asks everywhere. Of what others ask only the names of papers are known,
    as whoever moves may have sent one. None where nobody set anything.
    """
    every = [(area, read(body)) for area, body in kept]
    asking = [own for area, own in every if area in {"", province}]
    named = {paper.id: paper for _, own in every for paper in own.papers}
    waits = {name: days for own in asking for name, days in (own.waits or {}).items()}
    papers = [*map(_paper, named.values()), *({"id": i, "lead_days": d} for i, d in waits.items())]
    always = [_need(paper) for own in asking for paper in own.papers if paper.asked]
    evidence = {name: some for name, some in (("papers", papers), ("always", always)) if some}
    told = {"evidence": evidence}
    return Told(json.dumps(told, ensure_ascii=False, sort_keys=True)) if evidence else None


def _paper(own: OwnPaper) -> dict[str, Any]:
    kept = ("id", "row", "name", "copy", "months", "lead_days", "issuer")
    said = {name: value for name, value in asdict(own).items() if name in kept}
    return {**said, "confidence": "high", "source": PREFIX}


def _need(own: OwnPaper) -> dict[str, Any]:
    return {"id": own.id, "sets": list(own.sets), "except_sets": []}
