"""The texts that an office set of its own, by what they are for (programme.office.TEXTS)."""

import json

from storage import office_settings
from storage.database import Transaction


def of(tx: Transaction, area: str) -> dict[str, str]:
    """Those of the office of just that area."""
    told: dict[str, str] = json.loads(office_settings.body(tx, area, office_settings.TEXTS) or "{}")
    return told
