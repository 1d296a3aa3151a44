"""Hồ sơ at the officer's: which are open, how one stands, its doubts, the commune's report."""

from collections.abc import Sequence

from conversations.messages import Message
from handlers.officer.scoping import scope_of
from handlers.producer import standing, stars
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, papers, scoring
from programme.folding import fold
from programme.scoring import Score
from programme.sheets import Doubt
from storage import dossiers, ideas, producers

__all__ = ["all_doubts", "first_doubts", "listing", "of_number", "scope_of", "short", "tell"]
_MOST, _LOOKED_AT = 8, 500
_MOST_DOUBTS = 2  # beside all the rest
_YEARS = 5  # a dossier is not open for longer


# -- all of them -----------------------------------------------------------------------------------


def listing(talk: Talk) -> bool:
    """List the open dossiers of the officer's area, the newest first; False when there is none."""
    rows = dossiers.open_here(talk.tx, scope_of(talk), _MOST)
    list_these(talk, [standing.of(talk, row) for row in rows])
    return bool(rows)


def list_these(talk: Talk, some: Sequence[Standing]) -> None:
    """List these, as many as are listed at once; nothing where there is none."""
    lines = tuple(_open_line(one) for one in some[:_MOST])
    if lines:
        talk.say("officer.dossiers", lines=lines)


def _open_line(one: Standing) -> Message:
    done, total = advice.progress(one.dossier)
    about = {"number": one.row["number"], "name": one.row["name"], "done": done, "total": total}
    waiting = sum(not paper["verdict"] for paper in one.given)
    return Message("officer.dossier_line", {**about, "waiting": waiting})


def called(talk: Talk, name: str) -> list[Standing]:
    """The newest open dossiers of the area in whose product's or producer's name the words are."""
    words = frozenset(name.split())
    rows = dossiers.open_here(talk.tx, scope_of(talk), _LOOKED_AT)
    names = producers.names(talk.tx, {row["producer_id"] for row in rows})
    told = ((row, fold(f"{row['name']} {names[row['producer_id']]}")) for row in rows)
    found = [row for row, said in told if words <= frozenset(said.split())]
    return [standing.of(talk, row) for row in found[:_MOST]]


# -- one of them -----------------------------------------------------------------------------------


def of_number(talk: Talk, number: int, year: int | None) -> Standing | None:
    """The dossier of that number in the officer's area; without a year this year's.

    Where this year has none of that number, it is the newest of earlier years that is still open.
    """
    years = (year,) if year else range(talk.year, talk.year - _YEARS, -1)
    numbers = [f"HS-{each}-{number:04d}" for each in years]
    rows = dossiers.numbered(talk.tx, scope_of(talk), numbers)
    for row in sorted(rows, key=lambda row: numbers.index(row["number"])):
        if row["number"] == numbers[0] or row["status"] == "open":
            return standing.of(talk, row)
    talk.say("officer.no_such_dossier", number=f"{number}/{year}" if year else number)
    return None


def tell(talk: Talk, one: Standing) -> None:
    """How it stands: what it is, how far it is, its points, and its stars or what stops it."""
    talk.log("read_dossier", "dossier", one.row["id"])
    found = scoring.score(one.dossier)
    done, total = advice.progress(one.dossier)
    again = one.row["case"] != "first"
    talk.say(
        "officer.dossier",
        number=one.row["number"],
        case=Message(f"officer.case_{one.row['case']}") if again else None,
        withdrawn=_withdrawn(talk, one),
        name=one.row["name"],
        producer=one.producer["name"],
        done=done,
        total=total,
        points=found.points,
        claimed=found.claimed,
        star=found.star_of_sheet if one.dossier.claims else None,
        stops=stars.stops_of(found.stops),
    )


def _withdrawn(talk: Talk, one: Standing) -> bool:
    idea = ideas.by_id(talk.tx, one.row["idea_id"]) if one.row["idea_id"] else None
    return bool(idea and idea["status"] == "withdrawn")


# -- what is not sure ------------------------------------------------------------------------------


def first_doubts(talk: Talk, one: Standing) -> None:
    """The first things that the law leaves open about it, and how to see the rest."""
    doubts = tuple(_doubt(one, doubt) for doubt in _doubts(scoring.score(one.dossier)))
    more = len(doubts[_MOST_DOUBTS:])
    if doubts:
        number = short(talk, one)
        talk.say("officer.doubts", doubts=doubts[:_MOST_DOUBTS], more=more, number=number)


def all_doubts(talk: Talk, one: Standing) -> None:
    """All that the law leaves open about it, each with its source."""
    doubts = _doubts(scoring.score(one.dossier))
    lines = tuple(
        Message("officer.doubt_line", {"doubt": _doubt(one, doubt), "source": doubt.source})
        for doubt in doubts
    )
    about = {"number": one.row["number"], "name": one.row["name"]}
    talk.say("officer.all_doubts" if lines else "officer.no_doubts", **about, lines=lines)


def _doubts(found: Score) -> tuple[Doubt, ...]:
    """Each once, though it may be said of several papers."""
    return tuple({(doubt.kind, doubt.text): doubt for doubt in found.doubts}.values())


def _doubt(one: Standing, doubt: Doubt) -> Message:
    if doubt.kind == "undated":
        return Message("officer.doubt_undated", {"name": doubt.text})
    if doubt.kind == "paper" and doubt.text == papers.papers(one.rules)[doubt.at].name:
        return Message("officer.doubt_term", {"name": doubt.text})
    at = doubt.at if doubt.kind != "paper" else ""
    return Message("officer.doubt", {"text": doubt.text, "at": at})


def short(talk: Talk, one: Standing) -> str:
    """The number as it is typed: of this year's dossiers without the year."""
    year, _, number = one.row["number"].removeprefix("HS-").partition("-")
    figures = number.lstrip("0")
    return figures if year == str(talk.year) else f"{figures}/{year}"
