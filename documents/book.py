"""The dossier as a book: who, what, which criteria, and the papers that prove them, in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

Copy = Literal["original", "certified", "plain"]
Case = Literal["first", "upgrade", "reassess"]


@dataclass(frozen=True, slots=True)
class Scan:
    """One file of a paper as it was given, a photo or a PDF, and the hash of its content."""

    digest: str
    path: Path


@dataclass(frozen=True, slots=True)
class Producer:
    """Whose book it is."""

    name: str
    representative: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Product:
    """What is to be evaluated, and in which product set."""

    name: str
    set_number: int
    set_name: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with the option that the producer claims, empty for none, and its points."""

    id: str
    title: str
    option: str
    points: int
    most: int
    proof_needed: bool = True  # some options are judged by looking and tasting alone

    @property
    def claimed(self) -> bool:
        """Whether the producer answered it; an option of 0 points is an answer too."""
        return bool(self.option)

    @property
    def wants_proof(self) -> bool:
        """Whether some paper must stand behind what is claimed."""
        return self.claimed and self.proof_needed


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the sheet, its criteria in the order of the law."""

    code: str
    title: str
    criteria: tuple[Criterion, ...]

    @property
    def points(self) -> int:
        """What the producer claims in this part."""
        return sum(criterion.points for criterion in self.criteria)

    @property
    def most(self) -> int:
        """What the part could bring."""
        return sum(criterion.most for criterion in self.criteria)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper with its pages, the kind of copy it is, and the criteria it serves."""

    title: str
    copy: Copy
    scans: tuple[Scan, ...]
    serves: tuple[str, ...] = ()
    number: str = ""
    issuer: str = ""
    issued: date | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """A paper that the dossier still wants; ``state`` is a state of the checklist."""

    title: str
    state: str
    serves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """Everything that stands in the printed dossier; the papers may come in any order."""

    producer: Producer
    product: Product
    case: Case
    round: str
    rules: str
    printed_on: date
    parts: tuple[Part, ...]
    papers: tuple[Paper, ...]
    lacking: tuple[Lacking, ...] = ()
    star: int | None = None

    def __post_init__(self) -> None:
        wanted = {id_ for paper in self.papers for id_ in paper.serves}
        wanted |= {id_ for each in self.lacking for id_ in each.serves}
        if strange := wanted - set(self._order()):
            raise ValueError(f"no such criteria: {sorted(strange)}")

    @property
    def chapters(self) -> tuple[tuple[Part | None, tuple[Paper, ...]], ...]:
        """The papers in criterion order: those that serve none first, then part by part.

        A part without papers is no chapter.
        """
        order = self._order()
        first = sorted(self.papers, key=lambda paper: _place(order, paper.serves))
        chapters = ((part, tuple(_within(part, order, first))) for part in (None, *self.parts))
        return tuple((part, papers) for part, papers in chapters if papers)

    def sorted_lacking(self) -> tuple[Lacking, ...]:
        """What is lacking, in criterion order."""
        order = self._order()
        return tuple(sorted(self.lacking, key=lambda each: _place(order, each.serves)))

    def in_order(self, ids: tuple[str, ...]) -> list[str]:
        """The criteria in the order of the sheet, each once."""
        return sorted(set(ids), key=self._order().__getitem__)

    def _order(self) -> dict[str, int]:
        ids = (criterion.id for part in self.parts for criterion in part.criteria)
        return {id_: place for place, id_ in enumerate(ids)}


def _place(order: dict[str, int], serves: tuple[str, ...]) -> int:
    return min((order[id_] for id_ in serves), default=-1)


def _within(part: Part | None, order: dict[str, int], papers: list[Paper]) -> Iterator[Paper]:
    places = {order[criterion.id] for criterion in part.criteria} if part else {-1}
    yield from (paper for paper in papers if _place(order, paper.serves) in places)
