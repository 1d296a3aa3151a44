"""What can be wrong in an office's file: a reason is a key, its words stand in the templates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Reason = Literal[
    # the file as a whole
    "too_big",  # most, found
    "not_utf8",
    "empty_file",
    "wrong_form",  # expected
    # YAML that cannot be read or is not wanted
    "not_yaml",
    "control_character",
    "tab_used",
    "alias_used",
    "tag_used",
    "too_deep",  # most
    "too_many_values",  # most
    "second_document",
    # names
    "unknown_section",  # name, allowed
    "unknown_key",  # name, allowed
    "duplicate_key",  # name, first
    "missing_key",  # name
    "duplicate_id",  # id, first
    "unknown_reference",  # id, section
    # values
    "not_a_row",
    "not_a_list",
    "not_a_text",
    "empty_text",
    "too_long",  # most, found
    "bad_id",  # found
    "bad_number",  # found
    "out_of_range",  # low, high, found
    "bad_amount",  # found
    "bad_date",  # found
    "bad_flag",  # found
    "not_one_of",  # found, allowed
    # rows that contradict themselves
    "ends_before_start",
    "neither_star_nor_failed",
    "star_but_failed",
    "neither_unit_nor_producer",
]
REASONS: tuple[str, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the line as an editor counts it, the place in the file's own words, and why."""

    line: int
    where: str
    reason: Reason
    args: Mapping[str, str] = field(default_factory=dict)


class Faults:
    """The faults of a file, collected while the reading goes on."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def note(self, line: int, where: str, reason: Reason, **args: object) -> None:
        """Keep a fault; a long value is cut, it only has to be recognised."""
        short = {
            name: str(value)[:80] if name == "found" else str(value) for name, value in args.items()
        }
        self._found.append(Fault(line, where, reason, short))

    def in_order(self) -> tuple[Fault, ...]:
        """All faults from the top of the file to its end."""
        return tuple(sorted(self._found, key=lambda fault: fault.line))
