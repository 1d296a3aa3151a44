"""The texts that an office set of its own, by what they are for (programme.office.TEXTS)."""

import json

from handlers.talk import Talk
from storage import office_settings


def of(talk: Talk, area: str) -> dict[str, str]:
    """Those of the office of just that area."""
    told: dict[str, str] = json.loads(
        office_settings.body(talk.tx, area, office_settings.TEXTS) or "{}"
    )
    return told
