"""How long what is kept of people is kept, and by which law: Luật 91/2025/QH15, read from data."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_DATA = Path(__file__).with_name("retention.yaml")
FILES = "files"  # the one rule that is about contents, not about rows


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept for so many days at most, by which article, and whether that is certain."""

    id: str
    what: str
    days: int
    law: str
    certain: bool

    def before(self, now: datetime) -> datetime:
        """What is older than this is not kept any more."""
        return now - timedelta(days=self.days)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order in which they are applied."""
    return tuple(Rule(**each) for each in _read()["rules"])


def rule(name: str) -> Rule:
    """The rule of that name; LookupError when there is none."""
    found = next((one for one in rules() if one.id == name), None)
    if found is None:
        raise LookupError(name)
    return found


def kept() -> tuple[dict[str, Any], ...]:
    """What stays of a person who is erased, and by which law: ``id``, ``law``, ``certain``."""
    return tuple(_read()["kept"])


def sources() -> dict[str, str]:
    """What the short names of laws stand for."""
    return dict(_read()["sources"])


@cache
def _read() -> dict[str, Any]:
    return dict(yaml.safe_load(_DATA.read_bytes()))
