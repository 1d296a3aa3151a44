"""What follows from a deed: a dossier's filing day, its next paper, and what is to be said when."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from handlers.producer import standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, papers, planning
from programme.planning import Item
from storage import dossiers, milestones, planner
from storage import papers as given

_FOLLOWING = ("file_by", "begin_by", "next_paper", "done", "total", "round_key", "council")


def anew(talk: Talk, most: int) -> int:
    """Make anew what follows for so many of the dossiers that something happened to; how many."""
    rows = dossiers.unplanned(talk.tx, most)
    if rows:
        of_these(talk, rows)
    return len(rows)


def of_these(talk: Talk, rows: Sequence[dict[str, Any]]) -> None:
    """Make anew what follows for these."""
    dossiers.planned(talk.tx, [_followed(talk, row) for row in rows], talk.now)
    ids = [row["id"] for row in rows]
    planner.dossiers(talk.tx, ids, milestones.standing(talk.tx), talk.now)


def _followed(talk: Talk, row: dict[str, Any]) -> dict[str, Any]:
    """The dossier with what follows from how it stands; of a closed one that stays."""
    if row["status"] != "open":
        return {"id": row["id"], **{name: row[name] for name in _FOLLOWING}}
    one = standing.of(talk, row)
    given.end_on(talk.tx, list(_ends(one)))
    done, total = advice.progress(one.dossier)
    first = _first(talk, one)
    if _shifted(talk, one):
        planner.shifted(talk.tx, row["id"], one.file_by, talk.now)
    return {
        "id": row["id"],
        "file_by": one.file_by,
        "begin_by": first.begin_by if first else None,
        "next_paper": first.line.papers[0].id if first and first.line else None,
        "done": done,
        "total": total,
        "round_key": one.round.key,
        "council": one.dossier.days.council,
    }


def _shifted(talk: Talk, one: Standing) -> bool:
    """Whether the filing day is another one than before, and no office set it so itself.

    Whom an office's own day concerns is told of that.
    """
    before, home = one.row["file_by"], standing.home_of(one.producer)
    if before in {None, one.file_by} or one.row["filed_at"] or one.file_by < talk.today:
        return False
    return talk.calendar.of(one.round.key, home)["file"].basis != "office" and before >= talk.today


def _first(talk: Talk, one: Standing) -> Item | None:
    """The paper that is to be begun first of all, while the dossier is not handed in."""
    if one.row["filed_at"]:
        return None
    days = (one.file_by, one.dossier.days.council, talk.today)
    has, changed = one.said_to_have, talk.calendar.changed
    plan = planning.plan(one.dossier, one.round, *days, changed=changed, at_hand=has)
    lacking = [each for each in plan.items if each.kind == "paper"]
    return min(lacking, key=lambda each: each.begin_by, default=None)


def _ends(one: Standing) -> Iterator[tuple[int, date]]:
    """The last good day of each paper given, where it is not noted yet."""
    kinds = papers.papers(one.rules)
    for paper in one.given:
        end = papers.ends(kinds[paper["paper"]], standing.evidence(paper, one.producer))
        if end and end != paper["ends"]:
            yield paper["id"], end
