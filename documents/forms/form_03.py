"""Mẫu số 03 of QĐ 26/2026/QĐ-TTg: what the commune says of a dossier."""

from dataclasses import dataclass
from typing import ClassVar

from documents.forms.choices import Gender, Kind


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the commune found, and whether that is met; None while it has not said so."""

    text: str | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class CommuneReport:
    """The report with its four judgements."""

    template: ClassVar[str] = "form_03"

    commune: str | None = None
    province: str | None = None
    producer: str | None = None
    kind: Kind | None = None
    address: str | None = None
    representative: str | None = None
    gender: Gender | None = None
    ethnicity: str | None = None
    residence: str | None = None
    product: str | None = None
    local_material: Judgement = Judgement()
    local_labour: Judgement = Judgement()
    idea_origin: Judgement = Judgement()
    local_identity: Judgement = Judgement()
    signer: str | None = None
