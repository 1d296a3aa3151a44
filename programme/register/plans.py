"""What an office says of its file in map.yaml, once it is read from YAML."""

from collections.abc import Mapping
from typing import Any

from programme.register import cells
from programme.register.cells import Wrong
from programme.register.heads import FIELDS, Plan

_DEFAULTS = ("province", "district", "commune", "level")
_KEYS = ("sheet", "head", "title", "columns", *_DEFAULTS)
_MOST_ROWS = 20_000


def plan(told: Any) -> Plan | str:
    """The plan, or the first thing in it that cannot be."""
    if told is None:
        return Plan()
    if not isinstance(told, Mapping):
        return "columns"
    wrong = [str(key) for key in told if key not in _KEYS]
    wrong += [key for key in _KEYS if key in told and not _fits(key, told[key])]
    if wrong:
        return wrong[0]
    return Plan(
        sheet=str(told.get("sheet") or ""),
        head=told.get("head") or 0,
        columns={name: _said(column) for name, column in (told.get("columns") or {}).items()},
        defaults={key: _default(key, told[key]) for key in _DEFAULTS if told.get(key)},
        title=str(told.get("title") or ""),
    )


def _fits(key: str, value: Any) -> bool:
    match key:
        case "columns":
            return isinstance(value, Mapping) and all(
                name in FIELDS and isinstance(column, str | int | None)
                for name, column in value.items()
            )
        case "head":
            return isinstance(value, int) and 0 < value <= _MOST_ROWS
        case "level":
            return not isinstance(cells.level(str(value)), Wrong)
        case _:
            return isinstance(value, str | int)


def _said(column: str | int | None) -> str | None:
    return None if column is None else str(column)


def _default(key: str, value: Any) -> str:
    found = cells.level(str(value)) if key == "level" else str(value)
    return "" if isinstance(found, Wrong) else found
