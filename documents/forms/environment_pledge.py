"""The pledge of a producer to keep land, water and air clean."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class EnvironmentPledge:
    """What is made where, what waste there is, and what is done with it."""

    template: ClassVar[str] = "environment_pledge"

    commune: str | None = None
    producer: str | None = None
    representative: str | None = None
    position: str | None = None
    address: str | None = None
    phone: str | None = None
    product: str | None = None
    site: str | None = None
    output: str | None = None
    wastewater: str | None = None
    solid_waste: str | None = None
    air: str | None = None
    packaging: str | None = None
    others: str | None = None
