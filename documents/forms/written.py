"""A form as plain values: texts, lists and tables, which both outputs print alike."""

from dataclasses import fields
from datetime import date
from typing import Any

from documents.manuscript import plain

_GROUPED = 10_000  # from here on figures are read in groups; a year never is


def written(value: Any) -> Any:
    """The value in words and figures; what is not known, or empty, is None."""
    match value:
        case None | bytes():
            return value
        case bool():
            return "yes" if value else "no"
        case str():
            return "\n".join(plain(line) for line in value.splitlines()).strip() or None
        case int():
            return f"{value:,}".replace(",", ".") if abs(value) >= _GROUPED else str(value)
        case date():
            return f"{value:%d/%m/%Y}"
        case tuple():
            return [written(each) for each in value]
        case _:
            return {name: written(getattr(value, name)) for name in _names(type(value))}


def _names(kind: type) -> list[str]:
    """The fields of a dataclass, and what it works out from them."""
    members = [each for base in reversed(kind.__mro__) for each in vars(base).items()]
    derived = [name for name, member in members if isinstance(member, property) and name[0] != "_"]
    return [field.name for field in fields(kind)] + derived
