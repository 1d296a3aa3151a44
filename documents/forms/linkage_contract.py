"""A draft of the contract between a producer and those who supply it or sell for it."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the contract."""

    name: str | None = None
    representative: str | None = None
    position: str | None = None
    address: str | None = None
    phone: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class LinkageContract:
    """What passes from one side to the other; ``share`` is the part of the output, in percent."""

    template: ClassVar[str] = "linkage_contract"

    seller: Side = Side()
    buyer: Side = Side()
    goods: str | None = None
    quantity: str | None = None
    share: int | None = None
    quality: str | None = None
    price: str | None = None
    delivery: str | None = None
    payment: str | None = None
    support: str | None = None
    begins: str | None = None
    ends: str | None = None
