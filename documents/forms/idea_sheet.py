"""The idea sheet: step 2 of the yearly cycle, for which the law has no form of its own."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from documents.forms.choices import Kind

Stage = Literal["new", "existing"]
Star = Literal[3, 4, 5]
PaperThere = Literal[
    "registration",
    "declaration",
    "food_safety",
    "production",
    "trademark",
    "origin",
    "test",
    "barcode",
    "story",
]


@dataclass(frozen=True, slots=True)
class Material:
    """A raw material and how much of it comes from the commune and the province, in percent."""

    name: str
    commune: int | None = None
    province: int | None = None


@dataclass(frozen=True, slots=True)
class IdeaSheet:
    """What a producer tells of an idea; ``round`` as it is said to people."""

    template: ClassVar[str] = "idea_sheet"

    number: str | None = None
    producer: str | None = None
    kind: Kind | None = None
    representative: str | None = None
    phone: str | None = None
    commune: str | None = None
    name: str | None = None
    set_number: int | None = None
    set_name: str | None = None
    stage: Stage | None = None
    materials: tuple[Material, ...] = ()
    labour: int | None = None
    local_labour: int | None = None
    packaging: str | None = None
    special: str | None = None
    papers: tuple[PaperThere, ...] = ()
    months: tuple[int, ...] = ()
    star: Star | None = None
    round: str | None = None
