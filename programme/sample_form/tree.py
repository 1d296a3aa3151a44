"""A YAML text as a tree that knows its lines, read so that no text can do harm."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml import events as seen

from programme.sample_form.faults import Faults, Reason

MOST_SIZE = 2_000_000  # characters; a province with a thousand products needs a fifth of it
_MOST_VALUES = 100_000
_MOST_DEPTH = 8  # the form itself is six deep

# libyaml is in every wheel of PyYAML that we install; the slow loader reads the same.
_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNREADABLE = re.compile(
    "[^\t\n\r\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
# Signs that YAML counts as the end of a line and no editor does.
_NO_LINE_END = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
_INDENTED_BY_TAB = re.compile(r"^ *\t+ *[^\s#]")


@dataclass(frozen=True, slots=True)
class Text:
    """A single value as it was written."""

    line: int
    value: str
    quoted: bool

    @property
    def nothing(self) -> bool:
        """Whether the place was left empty."""
        return not self.quoted and self.value in {"", "~", "null"}


@dataclass(frozen=True, slots=True)
class Rows:
    """A list."""

    line: int
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Entries:
    """Keys with their values; of a key that comes twice the first counts."""

    line: int
    values: dict[str, tuple[int, "Node"]]


@dataclass(frozen=True, slots=True)
class Lost:
    """A value that was refused and named already."""

    line: int


Node = Text | Rows | Entries | Lost


class _StopReading(Exception):
    """Nothing after this place can be read."""


def grow(text: str, faults: Faults) -> Node | None:
    """The tree of a text, or nothing when it cannot be read; what is wrong is in the faults."""
    if len(text) > MOST_SIZE:
        faults.note(1, "", "too_big", most=MOST_SIZE, found=len(text))
        return None
    flat = text.removeprefix("\ufeff").translate(_NO_LINE_END)
    if _unreadable(flat, faults):
        return None
    try:
        return _Gardener(flat, faults).tree()
    except yaml.YAMLError as error:
        _name_syntax(flat, error, faults)
    except _StopReading:
        pass
    return None


def _unreadable(text: str, faults: Faults) -> bool:
    lines = {text.count("\n", 0, found.start()) + 1 for found in _few(_UNREADABLE, text)}
    for line in lines:
        faults.note(line, "", "control_character")
    return bool(lines)


def _few(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    for _, found in zip(range(100), pattern.finditer(text), strict=False):
        yield found


def _name_syntax(text: str, error: yaml.YAMLError, faults: Faults) -> None:
    lines = text.split("\n")
    tabbed = [at for at, line in enumerate(lines, 1) if _INDENTED_BY_TAB.match(line)]
    for line in tabbed:
        faults.note(line, "", "tab_used")
    if not tabbed:
        faults.note(min(_line_of(error), len(lines)), "", "not_yaml")


def _line_of(error: yaml.YAMLError) -> int:
    """Where the fault was made: a bracket or a quote left open is missed only far below."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return 1
    left_open = re.search("flow|quoted", error.context or "") is not None
    mark = (error.context_mark if left_open else None) or error.problem_mark
    return int(mark.line) + 1 if mark is not None else 1


class _Gardener:
    """Builds the tree from YAML's events, one after the other, so that a bomb never goes off."""

    def __init__(self, text: str, faults: Faults) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._faults = faults
        self._values = 0

    def tree(self) -> Node | None:
        """The only document of the stream."""
        self._next()
        event = self._next()
        if isinstance(event, seen.StreamEndEvent):
            return None
        root = self._node(self._next(), 1)
        self._next()
        after = self._next()
        if isinstance(after, seen.DocumentStartEvent):
            self._stop(after, "second_document")
        return root

    def _next(self) -> Any:
        return next(self._events)

    def _node(self, event: Any, depth: int) -> Node:
        self._values += 1
        if self._values > _MOST_VALUES:
            self._stop(event, "too_many_values", most=_MOST_VALUES)
        if depth > _MOST_DEPTH:
            self._stop(event, "too_deep", most=_MOST_DEPTH)
        line = _line(event)
        match event:
            case seen.ScalarEvent(tag=None):
                return Text(line, event.value, quoted=bool(event.style))
            case seen.SequenceStartEvent(tag=None):
                return Rows(line, tuple(self._items(depth)))
            case seen.MappingStartEvent(tag=None):
                return Entries(line, self._entries(depth))
        return self._refused(event, depth)

    def _refused(self, event: Any, depth: int) -> Lost:
        reason: Reason = "alias_used" if isinstance(event, seen.AliasEvent) else "tag_used"
        self._faults.note(_line(event), "", reason)
        match event:
            case seen.SequenceStartEvent():
                tuple(self._items(depth))
            case seen.MappingStartEvent():
                self._entries(depth)
        return Lost(_line(event))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), seen.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> dict[str, tuple[int, Node]]:
        entries: dict[str, tuple[int, Node]] = {}
        while not isinstance(event := self._next(), seen.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            self._enter(entries, key, value)
        return entries

    def _enter(self, entries: dict[str, tuple[int, Node]], key: Node, value: Node) -> None:
        if isinstance(key, Lost):
            return
        if not isinstance(key, Text):
            self._faults.note(key.line, "", "not_a_text")
        elif key.value in entries:
            first = entries[key.value][0]
            self._faults.note(key.line, "", "duplicate_key", name=key.value[:80], first=first)
        else:
            entries[key.value] = (key.line, value)

    def _stop(self, event: Any, reason: Reason, **args: object) -> None:
        self._faults.note(_line(event), "", reason, **args)
        raise _StopReading


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1
