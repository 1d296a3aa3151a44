"""What a search for a place finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today; ``was`` are the old units that it was formed of, or of parts of them."""

    code: str
    kind: str
    name: str
    province_code: str
    province: str
    was: tuple[str, ...]

    @property
    def shown(self) -> str:
        """As it is written in an address: "xã Bản Liền, tỉnh Lào Cai"."""
        return f"{self.kind} {self.name}, {self.province}"


@dataclass(frozen=True, slots=True)
class Match:
    """A commune that may be meant.

    ``via`` is the old unit that was named, None where today's name was; ``exact`` says that
    the words, once folded, name just this.
    """

    commune: Commune
    via: str | None
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A district of before 1/7/2025 or a province, and the communes of today in it by code.

    ``level`` is "district" or "province".
    """

    level: str
    shown: str
    province_code: str
    communes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a text may mean: communes, best first, and in how many ways it fits equally well.

    Where it names a district or a province alone there are ``areas`` instead.
    """

    matches: tuple[Match, ...]
    ways: int
    areas: tuple[Area, ...]
