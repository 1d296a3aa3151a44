"""A draft of the self-declaration of a food (NĐ 15/2018/NĐ-CP, Phụ lục I, Mẫu số 01)."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SelfDeclaration:
    """Who declares which food, and by which standard it is safe."""

    template: ClassVar[str] = "self_declaration"

    number: str | None = None
    producer: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    registration_number: str | None = None
    certificate_number: str | None = None
    certificate_issued: str | None = None
    product: str | None = None
    ingredients: str | None = None
    shelf_life: str | None = None
    packing: str | None = None
    made_by: str | None = None
    standards: str | None = None
    representative: str | None = None
