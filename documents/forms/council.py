"""The council's papers: minutes of a meeting, the notice of its results, its table of scores."""

from dataclasses import dataclass
from typing import ClassVar

_UP, _CERTIFIED = 5, 3  # stars


@dataclass(frozen=True, slots=True)
class CouncilSeat:
    """One who sits there, a member where nothing else is true; ``there`` is at the meeting."""

    number: int
    name: str
    office: str | None = None
    there: bool | None = None
    chairman: bool | None = None
    deputy: bool | None = None
    clerk: bool | None = None  # a member who writes
    secretary: bool | None = None
    guest: bool | None = None


@dataclass(frozen=True, slots=True)
class _Product:
    """A product before the council: it has a star, or was put out for a reason."""

    number: int
    name: str
    producer: str | None = None
    points: str | None = None  # as they are printed
    star: int | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class MarkedProduct(_Product):
    """What the minutes say of one; ``turns`` is how often it was marked."""

    ballots: int | None = None
    spread: int | None = None
    turns: int | None = None


@dataclass(frozen=True, slots=True)
class NoticedProduct(_Product):
    """What the notice says of one."""

    commune: str | None = None

    @property
    def up(self) -> str | None:
        """Whether it goes to the ministry (Điều 6)."""
        return "yes" if (self.star or 0) >= _UP else None

    @property
    def below(self) -> str | None:
        """Whether it was marked and did not pass."""
        return "yes" if self.star is not None and self.star < _CERTIFIED else None


@dataclass(frozen=True, slots=True)
class ScoredProduct(_Product):
    """What the table of scores says of one."""

    product_set: int | None = None
    commune: str | None = None
    ballots: int | None = None
    part_a: str | None = None
    part_b: str | None = None
    part_c: str | None = None
    spread: int | None = None


@dataclass(frozen=True, slots=True)
class _Results:
    """What the three papers have in common."""

    province: str | None = None
    sitting: int | None = None
    day: str | None = None
    chairman: str | None = None

    @property
    def _stars(self) -> tuple[int, ...]:
        products: tuple[_Product, ...] = getattr(self, "products", ())
        return tuple(each.star or 0 for each in products)

    @property
    def count(self) -> int | None:
        """How many products there were; this and what follows is unknown where there was none."""
        return len(self._stars) or None

    @property
    def five(self) -> int | None:
        """How many got five stars."""
        return self._with(_UP)

    @property
    def four(self) -> int | None:
        """How many got four."""
        return self._with(_UP - 1)

    @property
    def three(self) -> int | None:
        """How many got three."""
        return self._with(_CERTIFIED)

    @property
    def rest(self) -> int | None:
        """How many did not pass."""
        return sum(star < _CERTIFIED for star in self._stars) if self._stars else None

    def _with(self, star: int) -> int | None:
        return self._stars.count(star) if self._stars else None


@dataclass(frozen=True, slots=True)
class CouncilMinutes(_Results):
    """Biên bản: who was there, what was marked, what came of it."""

    template: ClassVar[str] = "council_minutes"

    decision: str | None = None  # that made the council
    decided_on: str | None = None
    place: str | None = None
    seats: tuple[CouncilSeat, ...] = ()
    present: int | None = None
    marking: int | None = None
    needed: int | None = None
    products: tuple[MarkedProduct, ...] = ()
    secretary: str | None = None


@dataclass(frozen=True, slots=True)
class CouncilNotice(_Results):
    """Thông báo kết quả: which products were recognised by which decision, and which were not."""

    template: ClassVar[str] = "council_notice"

    decision: str | None = None  # that made the council
    decided_on: str | None = None
    recognised_by: str | None = None
    recognised_on: str | None = None
    products: tuple[NoticedProduct, ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilScores(_Results):
    """Bảng tổng hợp điểm: each product with its points by part."""

    template: ClassVar[str] = "council_scores"

    products: tuple[ScoredProduct, ...] = ()
    secretary: str | None = None
