"""The council's papers: minutes of a meeting, the notice of its results, its table of scores.

Where it gave its opinions in writing, the first two have a form of their own: nobody met.
"""

from dataclasses import dataclass
from typing import ClassVar

_UP, _CERTIFIED = 5, 3  # stars


@dataclass(frozen=True, slots=True)
class _Seat:
    """One who sits there, a member where nothing else is true."""

    number: int
    name: str
    office: str | None = None
    chairman: bool | None = None
    deputy: bool | None = None
    clerk: bool | None = None  # a member who writes
    secretary: bool | None = None
    guest: bool | None = None


@dataclass(frozen=True, slots=True)
class CouncilSeat(_Seat):
    """The same; ``there`` is at the meeting."""

    there: bool | None = None


@dataclass(frozen=True, slots=True)
class AskedSeat(_Seat):
    """The same; ``answered`` is on how many products."""

    answered: int | None = None


@dataclass(frozen=True, slots=True)
class _Product:
    """A product before the council: it has a star, or was put out for a reason.

    One that was put off to a meeting has none: its opinions are ``apart``, it is ``involved``, or
    ``few`` have answered.
    """

    number: int
    name: str
    producer: str | None = None
    points: str | None = None  # as they are printed
    star: int | None = None
    refused: str | None = None
    apart: bool | None = None
    involved: bool | None = None
    few: bool | None = None

    @property
    def put_off(self) -> str | None:
        """Whether it comes to a meeting."""
        return "yes" if self.apart or self.involved or self.few else None


@dataclass(frozen=True, slots=True)
class MarkedProduct(_Product):
    """What the minutes say of one; ``turns`` is how often it was marked."""

    ballots: int | None = None
    spread: int | None = None
    turns: int | None = None


@dataclass(frozen=True, slots=True)
class AskedProduct(_Product):
    """What the minutes of written opinions say of one."""

    ballots: int | None = None
    spread: int | None = None


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
    """What these papers have in common."""

    province: str | None = None
    sitting: int | None = None
    day: str | None = None
    chairman: str | None = None

    @property
    def _stars(self) -> tuple[int, ...]:
        products: tuple[_Product, ...] = getattr(self, "products", ())
        return tuple(each.star or 0 for each in products if not each.put_off)

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
class CouncilOpinions(_Results):
    """Biên bản tổng hợp ý kiến: who was asked in writing, who answered, what came of it.

    ``day`` is when it was summed up, ``asked_on`` when the sheets went out.
    """

    template: ClassVar[str] = "council_opinions"

    decision: str | None = None  # that made the council
    decided_on: str | None = None
    asked_on: str | None = None
    seats: tuple[AskedSeat, ...] = ()
    answered: int | None = None  # members, of those
    marking: int | None = None
    sent: int | None = None  # sheets
    received: int | None = None
    needed: int | None = None
    products: tuple[AskedProduct, ...] = ()
    secretary: str | None = None

    @property
    def moved(self) -> int | None:
        """How many products come to a meeting."""
        return sum(bool(each.put_off) for each in self.products) if self.products else None


@dataclass(frozen=True, slots=True)
class _Notice(_Results):
    """Which products were recognised by which decision, and which were not."""

    decision: str | None = None  # that made the council
    decided_on: str | None = None
    recognised_by: str | None = None
    recognised_on: str | None = None
    products: tuple[NoticedProduct, ...] = ()


@dataclass(frozen=True, slots=True)
class CouncilNotice(_Notice):
    """Thông báo kết quả of a meeting."""

    template: ClassVar[str] = "council_notice"


@dataclass(frozen=True, slots=True)
class OpinionsNotice(_Notice):
    """Thông báo kết quả of what was settled in writing."""

    template: ClassVar[str] = "opinions_notice"


@dataclass(frozen=True, slots=True)
class CouncilScores(_Results):
    """Bảng tổng hợp điểm: each product with its points by part."""

    template: ClassVar[str] = "council_scores"

    products: tuple[ScoredProduct, ...] = ()
    secretary: str | None = None
