"""Mẫu số 01 of QĐ 26/2026/QĐ-TTg: a producer asks to have a product evaluated."""

from dataclasses import dataclass
from typing import ClassVar

from documents.book import Case


@dataclass(frozen=True, slots=True)
class Registration:
    """The registration; the part for the offices stays blank."""

    template: ClassVar[str] = "form_01"

    province: str | None = None
    year: int | None = None
    producer: str | None = None
    representative: str | None = None
    position: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    product: str | None = None
    group: str | None = None
    subgroup: str | None = None
    set_name: str | None = None
    set_number: int | None = None
    case: Case | None = None
    report_attached: bool = True
    samples: int | None = None
