"""What else is known around a dossier; None is "nobody has told us", and is not held against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Facts:
    """The producer, the label, the laboratory, the commune and the calendar, as far as known."""

    producer: str | None = None
    former_names: tuple[str, ...] = ()
    former_communes: tuple[str, ...] = ()
    label_items: frozenset[str] | None = None
    slogans: tuple[str, ...] | None = None
    substances_found: frozenset[str] | None = None
    indicators_lacking: tuple[str, ...] | None = None
    ingredients: Mapping[str, bool] | None = None
    commune_judged: frozenset[str] | None = None
    filed_on: date | None = None
    filed_with: str | None = None
    intake_before: date | None = None
    steps_done: frozenset[str] | None = None
    season: frozenset[int] | None = None
    story_parts: frozenset[str] | None = None
    batch_log: bool | None = None
