"""What officers' handlers read of people's rows they read within their area, or it says why not."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from storage.scoped import READS

OFFICER = Path(__file__).parents[2] / "handlers" / "officer"
# The rooms of storage in which a row is a person's or a producer's.
THEIRS = {
    *("announcements", "audience", "certificates", "claims", "consents", "dossiers", "ideas"),
    *("joining", "links", "looks", "overview", "papers", "persons", "producers", "products"),
    *("questions", "recipients", "reviews", "sessions", "steps", "waiting", "writings"),
}
# What a function gives that is no row: that it was done, how many, a number, a day, whom to tell.
PLAIN = {
    *("None", "bool", "int", "str", "int | None", "str | None", "datetime.datetime | None"),
    *("list[int]", "dict[str, int]"),
}
ANYBODY = frozenset({"*"})
# What else may be called, by whom, and why it shows nobody anything of another area.
ALLOWED: dict[str, tuple[frozenset[str], str]] = {
    "announcements.fits": (ANYBODY, "numbers of a bot"),
    "announcements.ledger": (ANYBODY, "numbers of an announcement that a scoped read gave"),
    "dossiers.by_id": (frozenset({"counting", "judging"}), "read anew; a scoped read gave its id"),
    "dossiers.for_paper": (frozenset({"papers"}), "of a paper that a scoped read gave"),
    "dossiers.in_area": (ANYBODY, "a condition"),
    "dossiers.in_round": (ANYBODY, "a condition"),
    "ideas.by_id": (frozenset({"dossiers"}), "the idea behind a dossier of the area"),
    "joining.certified": (frozenset({"joined_sheet"}), "of producers whom a scoped read gave"),
    "overview.groups": (ANYBODY, "numbers of the rows of overview.lines"),
    "overview.targets": (ANYBODY, "the office's own words, by the area of its view"),
    "producers.names": (frozenset({"dossiers"}), "of dossiers that a scoped read gave"),
    "producers.of_person": (frozenset({"leaving"}), "whether who leaves is a producer too"),
    "questions.by_ids": (frozenset({"answering"}), "read anew; a scoped read gave its id"),
    "questions.remarks": (frozenset({"answering"}), "on a question that a scoped read gave"),
    "questions.send_kept": (frozenset({"answering"}), "the officer's own words alone"),
    "recipients.told": (frozenset({"announcing"}), "of an announcement that a scoped read gave"),
    "reviews.of": (frozenset({"judging"}), "on a dossier that a scoped read gave"),
    "sessions.read": (
        frozenset({"announcing", "sampling"}),
        "the language of who is on a scoped list",
    ),
}


class Call(NamedTuple):
    """A function of storage that a handler of officers calls."""

    handler: str
    name: str


class _Deed(ast.NodeVisitor):
    """Walks a module's calls of ``module.function`` where the module is one of storage's."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names
        self.calls: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if isinstance(node.value, ast.Name) and node.value.id in self.names:
            self.calls.add(f"{self.names[node.value.id]}.{node.attr}")
        self.generic_visit(node)


def calls(path: Path) -> Iterator[Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        one.asname or one.name: one.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "storage"
        for one in node.names
    }
    walk = _Deed(names)
    walk.visit(tree)
    yield from (Call(path.stem, name) for name in sorted(walk.calls))


def gives_rows(module: ModuleType, name: str) -> bool:
    """Whether that is a function, and gives more than a plain value."""
    function = getattr(module, name, None)
    if not inspect.isfunction(function):
        return False
    return inspect.formatannotation(inspect.signature(function).return_annotation) not in PLAIN


def unscoped(call: Call) -> bool:
    """Whether that call gives rows of people, and no read within the area does it."""
    module, _, function = call.name.partition(".")
    if module not in THEIRS or f"storage.{call.name}" in READS:
        return False
    return gives_rows(import_module(f"storage.{module}"), function)


EVERY = sorted({call for path in sorted(OFFICER.glob("*.py")) for call in calls(path)})


def test_officers_handlers_read_within_their_area() -> None:
    """Whoever needs another read of people's rows marks it as scoped, or says here why not."""
    nobody: tuple[frozenset[str], str] = (frozenset(), "")
    wrong = [
        f"{call.handler}: {call.name}"
        for call in EVERY
        if unscoped(call) and not {"*", call.handler} & ALLOWED.get(call.name, nobody)[0]
    ]

    assert wrong == []


def test_what_is_allowed_is_still_called() -> None:
    made = {call.name for call in EVERY if unscoped(call)}
    by = {(call.name, call.handler) for call in EVERY}

    assert sorted(ALLOWED.keys() - made) == []
    assert [
        (n, h) for n, (who, _) in ALLOWED.items() for h in who - {"*"} if (n, h) not in by
    ] == []


def test_the_calls_are_found() -> None:
    """So that none is overlooked, and a read by a number alone would be seen."""
    assert len(EVERY) > 30
    assert any(call.name == "ideas.handed_in" for call in EVERY)
    assert unscoped(Call("ideas", "papers.by_id"))
    assert unscoped(Call("ideas", "producers.everyone"))
    assert not unscoped(Call("ideas", "papers.numbered"))
    assert not unscoped(Call("ideas", "papers.judge"))
