"""The log of batches: an empty table to be kept by hand."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class BatchLog:
    """Whose log it is, and for which product."""

    template: ClassVar[str] = "batch_log"

    product: str | None = None
    producer: str | None = None
    commune: str | None = None
    year: int | None = None
