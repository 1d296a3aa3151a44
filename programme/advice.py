"""What to do next about a dossier: which paper first, and by when its parts must be begun."""

from dataclasses import dataclass
from datetime import date, timedelta

from programme import checklist, workdays
from programme.betterment import Path
from programme.checklist import Line
from programme.dossier import Dossier
from programme.sheets import Option


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a path: the criterion and its option, the papers for it, its last first day."""

    criterion: str
    option: Option
    papers: tuple[Line, ...]
    days: int
    begin_by: date


def by_urgency(dossier: Dossier) -> tuple[Line, ...]:
    """All that is still to be done, the most urgent first: what an officer gave back leads."""
    open_ = checklist.missing(dossier)
    return tuple(
        sorted(open_, key=lambda line: (not line.is_back, not line.stops, -line.wait_days))
    )


def progress(dossier: Dossier) -> tuple[int, int]:
    """How many lines of the checklist are done, and how many there are."""
    lines = checklist.lines(dossier)
    return sum(not line.open for line in lines), len(lines)


def begin_by(line: Line, file_by: date) -> date:
    """The last working day on which getting its first paper can begin, to have it when one files.

    Its waiting days are working days.
    """
    return workdays.before(file_by, line.papers[0].lead_days)


def steps(path: Path, file_by: date) -> tuple[Step, ...]:
    """The changes of a path, what must be begun first first.

    Their days are those of the calendar: they are work as well as waiting, and may be years.
    """
    made = (
        Step(
            choice.criterion,
            choice.option,
            choice.cost.lacking,
            choice.cost.days,
            file_by - timedelta(days=choice.cost.days),
        )
        for choice in path.changes
        if choice.option
    )
    return tuple(sorted(made, key=lambda step: step.begin_by))
