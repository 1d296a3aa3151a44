"""An office's own data in the form of docs/sample-programme.md, read whole or not at all."""

from typing import Any

from programme.sample_form import tree
from programme.sample_form.faults import REASONS, Fault, Faults, Reason
from programme.sample_form.form import SECTIONS, VERSION
from programme.sample_form.kinds import WRONG, Reading, Spot
from programme.sample_form.rows import (
    Budget,
    BudgetRow,
    Fair,
    HelpUnit,
    Part,
    Place,
    PlannedRound,
    Producer,
    Product,
    Programme,
    Result,
    Source,
    Target,
    TextError,
)
from programme.sample_form.tree import Entries, Lost, Node, Rows, Text

__all__ = [
    "REASONS",
    "Budget",
    "BudgetRow",
    "Fair",
    "Fault",
    "HelpUnit",
    "Part",
    "Place",
    "PlannedRound",
    "Producer",
    "Product",
    "Programme",
    "Reason",
    "Result",
    "Source",
    "Target",
    "TextError",
    "read",
]

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what an old Notepad calls "Unicode"


def read(content: str | bytes) -> Programme | tuple[Fault, ...]:
    """The programme that a file tells, or everything that is wrong with it from top to bottom."""
    faults = Faults()
    written = content if isinstance(content, str) else _decoded(content, faults)
    root = None if written is None else tree.grow(written, faults)
    programme = None if root is None else _programme(root, Reading(faults))
    if root is None and not faults.in_order():
        faults.note(1, "", "empty_file")
    return faults.in_order() or programme or ()


def _decoded(content: bytes, faults: Faults) -> str | None:
    if len(content) > 4 * tree.MOST_SIZE:
        faults.note(1, "", "too_big", most=tree.MOST_SIZE, found=len(content))
        return None
    try:
        return content.decode("utf-16" if content.startswith(_UTF_16) else "utf-8")
    except UnicodeDecodeError as error:
        faults.note(content.count(b"\n", 0, error.start) + 1, "", "not_utf8")
    return None


def _programme(root: Node, reading: Reading) -> Programme | None:
    if isinstance(root, Text) and root.nothing:
        reading.faults.note(root.line, "", "empty_file")
        return None
    if not isinstance(root, Entries):
        reading.faults.note(root.line, "", "not_a_row")
        return None
    _check_form(root, reading.faults)
    sections = {
        name: _section(name, *entry, reading)
        for name, entry in root.values.items()
        if name != "form"
    }
    _check_pointers(reading)
    return None if reading.faults.in_order() else Programme(**sections)


def _check_form(root: Entries, faults: Faults) -> None:
    line, form = root.values.get("form", (root.line, None))
    if form is None:
        faults.note(line, "form", "missing_key", name="form")
    elif not isinstance(form, Text) or form.value != VERSION:
        faults.note(line, "form", "wrong_form", expected=VERSION)


def _section(name: str, line: int, node: Node, reading: Reading) -> tuple[Any, ...]:
    if name not in SECTIONS:
        reading.faults.note(
            line, "", "unknown_section", name=name[:80], allowed=", ".join(SECTIONS)
        )
        return ()
    if isinstance(node, Lost) or (isinstance(node, Text) and node.nothing):
        return ()
    if not isinstance(node, Rows):
        reading.faults.note(node.line, name, "not_a_list")
        return ()
    found = (
        SECTIONS[name](Spot(item, f"{name}[{at}]", reading))
        for at, item in enumerate(node.items, 1)
    )
    return tuple(each for each in found if each is not WRONG)


def _check_pointers(reading: Reading) -> None:
    for line, where, section, pointed in reading.pointers:
        if (section, pointed) not in reading.ids:
            reading.faults.note(line, where, "unknown_reference", id=pointed, section=section)
