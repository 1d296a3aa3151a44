"""Mẫu số 02 of QĐ 26/2026/QĐ-TTg: how a producer judges the own product, and by what proof."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from documents.book import Criterion, Part
from documents.forms.choices import Gender, Kind
from documents.forms.idea_sheet import Material

Held = Literal["registration", "declaration", "food_safety", "conditions", "property"]
Right = Literal["trademark", "origin_sign", "patent", "design", "copyright", "other"]


@dataclass(frozen=True, slots=True)
class Year:
    """What a year brought, in đồng."""

    year: int
    revenue: int | None = None
    profit: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A paper of the annex, the criteria it proves, and its pages in the book if they are known."""

    title: str
    serves: tuple[str, ...] = ()
    pages: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A paper of the annex as it is listed there."""

    number: str
    title: str
    serves: str
    pages: str


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion as it is listed: what is claimed, and the numbers of the papers that prove it."""

    id: str
    title: str
    option: str
    points: int | None
    most: int
    proofs: str
    unproven: bool | None


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """A part of the sheet as it is listed."""

    code: str
    title: str
    points: int
    most: int
    criteria: tuple[Scored, ...]


@dataclass(frozen=True, slots=True)
class SelfAssessment:
    """The report. A criterion without an option is not claimed; papers may come in any order."""

    template: ClassVar[str] = "form_02"

    producer: str | None = None
    kind: Kind | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    representative: str | None = None
    gender: Gender | None = None
    ethnicity: str | None = None
    residence: str | None = None
    founded: str | None = None
    registration_number: str | None = None
    product: str | None = None
    packing: str | None = None
    standard: str | None = None
    held: tuple[Held, ...] = ()
    rights: tuple[Right, ...] = ()
    other_rights: str | None = None
    history: str | None = None
    structure: str | None = None
    materials: tuple[Material, ...] = ()
    material_area: str | None = None
    quality_changes: str | None = None
    markets: str | None = None
    years: tuple[Year, ...] = ()
    set_number: int | None = None
    set_name: str | None = None
    parts: tuple[Part, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    product_plan: str | None = None
    production_plan: str | None = None
    market_plan: str | None = None

    def __post_init__(self) -> None:
        wanted = {id_ for paper in self.evidence for id_ in paper.serves}
        if strange := wanted - set(self._order()):
            raise ValueError(f"no such criteria: {sorted(strange)}")

    @property
    def points(self) -> int | None:
        """What is claimed in all."""
        return sum(part.points for part in self.parts) if self.parts else None

    @property
    def most(self) -> int | None:
        """What could be had in all."""
        return sum(part.most for part in self.parts) if self.parts else None

    @property
    def scores(self) -> tuple[ScoredPart, ...]:
        """The criteria part by part, each with its proofs."""
        return tuple(
            ScoredPart(
                part.code,
                part.title,
                part.points,
                part.most,
                tuple(self._scored(criterion) for criterion in part.criteria),
            )
            for part in self.parts
        )

    @property
    def annex(self) -> tuple[Numbered, ...]:
        """The papers in criterion order, numbered as in the book: those that serve none first."""
        order = self._order()
        return tuple(
            Numbered(
                f"{number:02}",
                paper.title,
                ", ".join(sorted(set(paper.serves), key=order.__getitem__)),
                "–".join(str(page) for page in dict.fromkeys(paper.pages or ())),
            )
            for number, paper in self._numbered()
        )

    def _scored(self, criterion: Criterion) -> Scored:
        proofs = [
            f"{number:02}" for number, paper in self._numbered() if criterion.id in paper.serves
        ]
        return Scored(
            criterion.id,
            criterion.title,
            criterion.option,
            criterion.points if criterion.claimed else None,
            criterion.most,
            ", ".join(proofs),
            (criterion.wants_proof and not proofs) or None,
        )

    def _numbered(self) -> Iterator[tuple[int, Evidence]]:
        order = self._order()
        places = {id(it): min((order[c] for c in it.serves), default=-1) for it in self.evidence}
        return enumerate(sorted(self.evidence, key=lambda paper: places[id(paper)]), 1)

    def _order(self) -> dict[str, int]:
        ids = (criterion.id for part in self.parts for criterion in part.criteria)
        return {id_: place for place, id_ in enumerate(ids)}
