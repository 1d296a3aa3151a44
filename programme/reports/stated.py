"""What documents state besides their lists, and what of it does not add up; and known errors."""

from collections.abc import Iterable

from programme.reports import reading
from programme.reports.report import About, Gathering, Row, hundredths
from programme.reports.rows import Mistake, Source


def tell(into: Gathering, every: Iterable[Source]) -> None:
    """Each number that a document states, and the parts that it names of it."""
    known = list(every)
    into.table("documents", "source title about", ((e.key, e.title, e.about) for e in known))
    told = [(each, list(reading.counted(each.note))) for each in known if each.note]
    rows: list[Row] = []
    for source, clauses in told:
        for at, clause in enumerate(clauses, 1):
            rows.append((source.key, at, 0, clause.text, clause.count))
            named = enumerate(clause.parts, 1)
            rows.extend((source.key, at, part, text, count) for part, (text, count) in named)
    into.table("stated", "source at part text count", rows)
    for source, clauses in told:
        for at, clause in enumerate(clauses, 1):
            _figures(into, source, at, clause)
            _check(into, source, clause)


def mistakes(into: Gathering, every: Iterable[Mistake]) -> None:
    """Point out each known error."""
    rows = [(each.said, each.correct, each.note, each.source) for each in every]
    into.table("mistakes", "said correct note source", rows)
    into.count("mistakes", "mistakes")
    for each in every:
        about = {"what": each.said, "correct": each.correct, "note": each.note}
        into.doubt("text", about | {"source": each.source})


def _figures(into: Gathering, source: Source, at: int, clause: reading.Counted) -> None:
    for part in range(len(clause.parts) + 1):
        key = f"stated.{source.key}.{at}" + (f".{part}" if part else "")
        into.sum(key, "stated", "count", source=source.key, at=at, part=part)


def _check(into: Gathering, source: Source, clause: reading.Counted) -> None:
    about: About = {"what": clause.text, "told": clause.count, "source": source.key}
    found = sum(count for _, count in clause.parts)
    if clause.parts and found != clause.count:
        into.doubt("parts", about | {"found": found})
    part = reading.percent(clause.text)
    if (said := reading.OF.search(clause.text)) and part is not None:
        worked_out = hundredths(int(said[1]), int(said[2]))
        if worked_out != part:
            into.doubt("share", about | {"told": part, "found": worked_out})
