"""What a typed answer may mean: one thing, one of several, or nothing we know."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """One meaning; ``sure`` when the writing says it and nothing else, else it is read back."""

    value: T
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Unclear(Generic[T]):
    """Several meanings, the likeliest first, never fewer than two: the person is asked which.

    ``fits`` is how many there would be in all, where that is more than is worth offering.
    """

    candidates: tuple[T, ...]
    fits: int = 0


@dataclass(frozen=True, slots=True)
class Wrong:
    """Understood, but it cannot be: the key of the sentence in ``problems`` and what it needs."""

    reason: str
    args: Mapping[str, Any] = field(default_factory=dict)


Reading = Read[T] | Unclear[T] | None
