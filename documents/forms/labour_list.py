"""The list of those who work for a producer, and where they live."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Worker:
    """One who works there; ``local`` is whether the home is in the commune."""

    name: str
    born: int | None = None
    residence: str | None = None
    job: str | None = None
    local: bool | None = None
    insured: bool | None = None


@dataclass(frozen=True, slots=True)
class NumberedWorker:
    """A line of the list."""

    number: int
    worker: Worker


@dataclass(frozen=True, slots=True)
class LabourList:
    """The list and its sums, which are unknown while it is empty."""

    template: ClassVar[str] = "labour_list"

    commune: str | None = None
    producer: str | None = None
    address: str | None = None
    product: str | None = None
    month: str | None = None
    workers: tuple[Worker, ...] = ()
    representative: str | None = None

    @property
    def lines(self) -> tuple[NumberedWorker, ...]:
        """Each worker with a number."""
        return tuple(NumberedWorker(number, each) for number, each in enumerate(self.workers, 1))

    @property
    def total(self) -> int | None:
        """How many there are."""
        return len(self.workers) or None

    @property
    def local(self) -> int | None:
        """How many of them live in the commune."""
        return sum(each.local is True for each in self.workers) if self.workers else None

    @property
    def insured(self) -> int | None:
        """How many of them are insured."""
        return sum(each.insured is True for each in self.workers) if self.workers else None
