"""What became of dossiers, of tasks, and of what was set for places: how far they are."""

from collections.abc import Iterable

from programme.reports.report import Gathering, Row, hundredths, slug
from programme.reports.rows import Counted, Goal, Rows, Task


def tell(into: Gathering, rows: Rows) -> None:
    """The counts of dossiers and papers."""
    for key, counted in (
        ("steps", rows.steps),
        ("passed_over", rows.passed_over),
        ("lacking", rows.lacking),
        ("returned", rows.returned),
    ):
        into.table(key, "what about count", _rows(counted))
        into.sum(key, key, "count")
    for each in rows.steps:
        into.sum(f"steps.{slug(each.what)}", "steps", "count", what=each.what)
    for step in sorted({each.what for each in rows.passed_over}):
        into.sum(f"passed_over.{slug(step)}", "passed_over", "count", what=step)


def tasks(into: Gathering, every: Iterable[Task]) -> None:
    """What was given to whom to do, what of it is done, and what is late or was done late."""
    rows = [(each.unit, each.deed, each.due, int(each.done), int(each.late)) for each in every]
    into.table("tasks", "unit deed due done late", rows)
    into.count("tasks", "tasks")
    into.count("tasks.done", "tasks", done=1)
    into.count("tasks.done.late", "tasks", done=1, late=1)
    into.count("tasks.open", "tasks", done=0)
    into.count("tasks.late", "tasks", done=0, late=1)
    into.distinct("tasks.units", "tasks", "unit")
    for unit in dict.fromkeys(row[0] for row in rows):
        into.count(f"tasks.unit.{slug(unit)}", "tasks", unit=unit)


def goals(into: Gathering, every: Iterable[Goal]) -> None:
    """The targets that officers set for places in numbers, each beside what is reached of it."""
    columns = "year place kind star wanted reached share met"
    into.table("goals", columns, map(_goal, every))
    into.count("goals", "goals")
    into.count("goals.met", "goals", met=1)
    into.distinct("goals.places", "goals", "place")


def _goal(each: Goal) -> Row:
    share = hundredths(each.reached, each.wanted) if each.wanted else None
    about = (each.year, each.place, each.kind, each.star or None)
    return (*about, each.wanted, each.reached, share, int(each.reached >= each.wanted))


def _rows(counted: Iterable[Counted]) -> list[Row]:
    return [(each.what, each.about, each.count) for each in counted]
