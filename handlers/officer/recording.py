"""The papers of a meeting: minutes, the notice of its results, and the table of its scores."""

from collections.abc import Callable
from datetime import date
from typing import Any

from documents import orders
from documents.forms import CouncilMinutes, CouncilNotice, CouncilScores
from documents.forms.council import CouncilSeat, MarkedProduct, NoticedProduct, ScoredProduct
from handlers.officer import counting, sittings
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme import council
from programme.places import places

_FLAGS = frozenset({"chairman", "deputy", "clerk", "secretary", "guest"})
_WRITING = ("clerk", "secretary")


def minutes(talk: Talk) -> None:
    """Print the minutes."""
    _newest(talk, "minutes")


def notice(talk: Talk) -> None:
    """Print the notice of results, once there is a decision."""
    _newest(talk, "notice")


def scores(talk: Talk) -> None:
    """Print the table of scores."""
    _newest(talk, "scores")


def _newest(talk: Talk, paper: str) -> None:
    if found := sittings.current(talk):
        order(talk, paper, found)


def order(talk: Talk, paper: str, found: Meeting) -> None:
    """Print that paper of the meeting, if its time has come."""
    decided = found.row["status"] == "decided"
    if found.is_open or (paper == "notice" and not decided):
        talk.say("results.too_early")
        return
    kind, about = f"council_{paper}", PAPERS[paper](found)
    talk.print(kind, about)
    talk.log("printed_council_paper", "sitting", found.row["id"], paper=kind)
    talk.say("officer.printing", seconds=orders.seconds(about))


def _minutes(found: Meeting) -> CouncilMinutes:
    return CouncilMinutes(
        **_head(found),
        **_made(found),
        place=found.row["place"] or None,
        seats=tuple(_seat(found, seat) for seat in found.seats),
        present=len(found.there),
        marking=len(found.marking),
        needed=found.needed,
        secretary=_secretary(found),
        products=tuple(
            MarkedProduct(
                **_product(each),
                ballots=each.handed_in or None,
                spread=each.tally.spread if each.tally else None,
                turns=each.row["turn"],
            )
            for each in found.products
        ),
    )


def _notice(found: Meeting) -> CouncilNotice:
    on = found.row["decided_on"]
    return CouncilNotice(
        **_head(found),
        **_made(found),
        recognised_by=found.row["decision"] or None,
        recognised_on=_day(on) if on else None,
        products=tuple(
            NoticedProduct(**_product(each), commune=_commune(each)) for each in found.products
        ),
    )


def _scores(found: Meeting) -> CouncilScores:
    products = tuple(map(_scored, found.products))
    return CouncilScores(**_head(found), products=products, secretary=_secretary(found))


def _scored(each: Product) -> ScoredProduct:
    parts = each.tally.by_part if each.tally else {}
    about: dict[str, Any] = {
        f"part_{code.lower()}": council.shown(points) for code, points in parts.items()
    }
    about |= {"product_set": each.row["product_set"], "commune": _commune(each)}
    about |= {"ballots": each.handed_in or None}
    about |= {"spread": each.tally.spread if each.tally else None}
    return ScoredProduct(**_product(each), **about)


def _head(found: Meeting) -> dict[str, Any]:
    province = places().province(found.council["province_code"])
    chairs = [seat for seat in found.there if seat["position"] in {"chairman", "deputy"}]
    chairs.sort(key=lambda seat: str(seat["position"]))
    return {
        "province": province.shown if province else None,
        "sitting": found.row["number"],
        "day": _day(found.row["day"]),
        "chairman": chairs[0]["name"] if chairs else None,
    }


def _made(found: Meeting) -> dict[str, Any]:
    made = found.council
    return {"decision": made["decision"], "decided_on": _day(made["decided_on"])}


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _seat(found: Meeting, seat: dict[str, Any]) -> CouncilSeat:
    flags = {seat["position"]: True} if seat["position"] in _FLAGS else {}
    there = seat["seat"] in found.present
    return CouncilSeat(seat["seat"], seat["name"], seat["office"] or None, there, **flags)


def _secretary(found: Meeting) -> str | None:
    writing = (seat["name"] for seat in found.seats if seat["position"] in _WRITING)
    return next(writing, None)


def _product(each: Product) -> dict[str, Any]:
    row = each.row
    return {
        "number": row["place"],
        "name": row["name"],
        "producer": row["producer"],
        "points": counting.points_of(row),
        "star": row["given"],
        "refused": row["refused"] or None,
    }


def _commune(each: Product) -> str | None:
    known = places().by_code(each.row["commune_code"] or "")
    return known.name if known else None


PAPERS: dict[str, Callable[[Meeting], Any]] = {
    "minutes": _minutes,
    "notice": _notice,
    "scores": _scores,
}
