"""The kinds of values that a file may hold: each reads a node or says what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from programme.folding import composed, fold
from programme.sample_form.faults import Faults, Reason
from programme.sample_form.tree import Entries, Lost, Node, Rows, Text


class _Wrong:
    """The value of what could not be read; the fault is noted already."""


WRONG: Final = _Wrong()

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,59}")
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(?:([0-9]{1,2})/)?([0-9]{1,2})/)?([0-9]{4})")
_DIGITS = re.compile("[0-9]{1,9}")
_AMOUNT = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,6})?")
_FLAGS = {"true": True, "yes": True, "co": True, "false": False, "no": False, "khong": False}
_YEARS = range(1990, 2101)


@dataclass(slots=True)
class Reading:
    """What is gathered while a file is read: the faults, the ids and who points to them."""

    faults: Faults
    ids: dict[tuple[str, str], Node] = field(default_factory=dict)
    pointers: list[tuple[int, str, str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Spot:
    """A node and where it stands."""

    node: Node
    where: str
    reading: Reading

    def wrong(self, reason: Reason, **args: object) -> _Wrong:
        """Note what is wrong here."""
        self.reading.faults.note(self.node.line, self.where, reason, **args)
        return WRONG


Kind = Callable[[Spot], Any]
Check = Callable[[Spot, Mapping[str, Any]], _Wrong | None]


@dataclass(frozen=True, slots=True)
class Key:
    """What a key of a row holds; ``into`` is the field when it is called otherwise."""

    kind: Kind
    needed: bool = False
    into: str = ""


def _spelled(read: Callable[[Spot, str], Any]) -> Kind:
    """A kind that is read from a single value that is there and is a text."""

    def kind(spot: Spot) -> Any:
        match spot.node:
            case Lost():
                return WRONG
            case Text():
                value = "" if spot.node.nothing else composed(spot.node.value).strip()
                return read(spot, value) if value else spot.wrong("empty_text")
        return spot.wrong("not_a_text")

    return kind


def text(most: int = 200) -> Kind:
    """A text of at most so many letters."""

    def read(spot: Spot, value: str) -> str | _Wrong:
        return value if len(value) <= most else spot.wrong("too_long", most=most, found=len(value))

    return _spelled(read)


def own_id(section: str) -> Kind:
    """The name a row gives itself, once in its section."""

    def read(spot: Spot, value: str) -> str | _Wrong:
        if not _ID.fullmatch(value):
            return spot.wrong("bad_id", found=value)
        first = spot.reading.ids.setdefault((section, value), spot.node)
        if first is not spot.node:
            return spot.wrong("duplicate_id", id=value, first=first.line)
        return value

    return _spelled(read)


def id_of(section: str) -> Kind:
    """The id of a row elsewhere in the file; whether it is there is seen at the end."""

    def read(spot: Spot, value: str) -> str | _Wrong:
        if not _ID.fullmatch(value):
            return spot.wrong("bad_id", found=value)
        spot.reading.pointers.append((spot.node.line, spot.where, section, value))
        return value

    return _spelled(read)


def whole(low: int, high: int) -> Kind:
    """A whole number within bounds."""

    def read(spot: Spot, value: str) -> int | _Wrong:
        if not _DIGITS.fullmatch(value):
            return spot.wrong("bad_number", found=value)
        if not low <= int(value) <= high:
            return spot.wrong("out_of_range", low=low, high=high, found=value)
        return int(value)

    return _spelled(read)


def one_of(*allowed: str) -> Kind:
    """One of a few words."""

    def read(spot: Spot, value: str) -> str | _Wrong:
        if value in allowed:
            return value
        return spot.wrong("not_one_of", found=value, allowed=", ".join(allowed))

    return _spelled(read)


@_spelled
def million(spot: Spot, value: str) -> int | _Wrong:
    """An amount in million đồng with a decimal point, as đồng."""
    if not _AMOUNT.fullmatch(value):
        return spot.wrong("bad_amount", found=value)
    return int(Decimal(value) * 1_000_000)


@_spelled
def flag(spot: Spot, value: str) -> bool | _Wrong:
    """Yes or no, in English or Vietnamese."""
    found = _FLAGS.get(fold(value))
    return spot.wrong("bad_flag", found=value) if found is None else found


@_spelled
def day(spot: Spot, value: str) -> str | _Wrong:
    """A year, a month or a day, "2021-05-09" or "9/5/2021", as an ISO date of that exactness."""
    if found := _ISO.fullmatch(value):
        parts = found.groups()
    elif found := _DAY_FIRST.fullmatch(value):
        parts = found.groups()[::-1]
    else:
        return spot.wrong("bad_date", found=value)
    exact = _checked_day([int(part) for part in parts if part])
    return exact or spot.wrong("bad_date", found=value)


def _checked_day(parts: list[int]) -> str | None:
    try:
        whole_day = date(*[*parts, 1, 1][:3])
    except ValueError:
        return None
    if whole_day.year not in _YEARS:
        return None
    return whole_day.isoformat()[: (4, 7, 10)[len(parts) - 1]]


def several(kind: Kind) -> Kind:
    """A list of one kind, at least one."""

    def read(spot: Spot) -> tuple[Any, ...] | _Wrong:
        if isinstance(spot.node, Lost):
            return WRONG
        if not isinstance(spot.node, Rows):
            return spot.wrong("not_a_list")
        values = [
            kind(Spot(item, f"{spot.where}[{at}]", spot.reading))
            for at, item in enumerate(spot.node.items, 1)
        ]
        return WRONG if any(value is WRONG for value in values) else tuple(values)

    return read


def row(makes: Callable[..., Any], keys: Mapping[str, Key], check: Check | None = None) -> Kind:
    """A row with named values; ``check`` sees it whole when each value alone was right."""

    def read(spot: Spot) -> Any:
        if isinstance(spot.node, Lost):
            return WRONG
        if not isinstance(spot.node, Entries):
            return spot.wrong("not_a_row")
        named = _named(spot, spot.node)
        values = _values(named, spot.node, keys)
        if any(value is WRONG for value in values.values()):
            return WRONG
        if check is not None and check(named, values) is WRONG:
            return WRONG
        return makes(line=spot.node.line, **values)

    return read


def _values(spot: Spot, entries: Entries, keys: Mapping[str, Key]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, (line, node) in entries.values.items():
        if name not in keys:
            where = Spot(Lost(line), spot.where, spot.reading)
            values[name] = where.wrong("unknown_key", name=name[:80], allowed=", ".join(keys))
        elif not (isinstance(node, Text) and node.nothing and not keys[name].needed):
            at = Spot(node, f"{spot.where}.{name}", spot.reading)
            values[keys[name].into or name] = keys[name].kind(at)
    for name, key in keys.items():
        if key.needed and name not in entries.values:
            values[name] = spot.wrong("missing_key", name=name)
    return values


def _named(spot: Spot, entries: Entries) -> Spot:
    """The same row, called by its id where it has one: "products[s15]"."""
    _, node = entries.values.get("id", (0, None))
    if not isinstance(node, Text) or not _ID.fullmatch(node.value):
        return spot
    return Spot(spot.node, f"{spot.where.partition('[')[0]}[{node.value}]", spot.reading)
