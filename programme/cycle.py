"""The yearly cycle of a product, in the six steps of QĐ 490/QĐ-TTg (Phụ lục I)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Literal


class Step(IntEnum):
    """A step of the cycle, by its number."""

    ANNOUNCE = 1
    IDEA = 2
    PLAN = 3
    CARRY_OUT = 4
    EVALUATE = 5
    PROMOTE = 6


class NoReason(ValueError):
    """A step was to be passed over, and nobody said why."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step that a product has behind it: done, or passed over for a reason. Raises NoReason."""

    step: int
    state: Literal["done", "passed_over"]
    on: date
    why: str = ""

    def __post_init__(self) -> None:
        if self.state == "passed_over" and not self.why.strip():
            raise NoReason(self.step)


@dataclass(frozen=True, slots=True)
class Year:
    """How far a product is in its year: the last word on each step, in the order of the steps."""

    settled: tuple[Done, ...] = ()

    @property
    def current(self) -> Step | None:
        """The first step that is neither done nor passed over; None when all six are."""
        behind = {each.step for each in self.settled}
        return next((step for step in Step if step not in behind), None)

    @property
    def passed_over(self) -> tuple[Done, ...]:
        """The steps that were passed over, each with its reason."""
        return tuple(each for each in self.settled if each.state == "passed_over")


def standing(done: Iterable[Done]) -> Year:
    """The year that these words make, told in their order.

    What was passed over and done later is done; what is done is not passed over any more.
    """
    found: dict[int, Done] = {}
    for each in done:
        before = found.get(each.step)
        if before is None or each.state == "done" or before.state != "done":
            found[each.step] = each
    return Year(tuple(found[step] for step in Step if step in found))


def needed(done: Iterable[Done], to: int) -> tuple[Step, ...]:
    """The steps that would be passed over if the product went to that step now, in order.

    Each of them is to be recorded with its reason first. Raises ValueError for no step.
    """
    behind = {each.step for each in done}
    return tuple(step for step in Step if step < Step(to) and step not in behind)
