"""One layer of rules laid over another: entries meet by what names them, the later wins."""

from typing import Any

_NAMED_BY = ("id", "code", "set", "number", "star")


def merged(below: Any, above: Any) -> Any:
    """What is below, changed and added to by what is above; ``drop: true`` takes an entry out."""
    if isinstance(below, dict) and isinstance(above, dict):
        changed = {
            key: merged(below[key], value) if key in below else value
            for key, value in above.items()
        }
        return {**below, **changed}
    if isinstance(below, list) and isinstance(above, list):
        return _lists(below, above)
    return above


def _lists(below: list[Any], above: list[Any]) -> list[Any]:
    key = next((name for name in _NAMED_BY if _all_have(name, below + above)), None)
    if key is None:
        return above
    entries = {entry[key]: entry for entry in below}
    for entry in above:
        old = entries.get(entry[key])
        entries[entry[key]] = entry if old is None else merged(old, entry)
    return [entry for entry in entries.values() if not entry.get("drop")]


def _all_have(name: str, entries: list[Any]) -> bool:
    return bool(entries) and all(isinstance(entry, dict) and name in entry for entry in entries)
