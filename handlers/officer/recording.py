"""The papers of a meeting: minutes, the notice of its results, and the table of its scores.

Of written opinions they say who was asked and who has answered; nobody met.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from documents import orders
from documents.forms import (
    CouncilMinutes,
    CouncilNotice,
    CouncilOpinions,
    CouncilScores,
    OpinionsNotice,
)
from documents.forms.council import (
    AskedProduct,
    AskedSeat,
    CouncilSeat,
    MarkedProduct,
    NoticedProduct,
    ScoredProduct,
)
from handlers.officer import counting, sittings
from handlers.officer.counting import Meeting, Product
from handlers.talk import Talk
from programme import council, firings
from programme.places import places

_FLAGS = frozenset({"chairman", "deputy", "clerk", "secretary", "guest"})
_WRITING = ("clerk", "secretary")
_PUT_OFF = {"apart": "apart", "complex": "involved", "few": "few"}


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
    about = PAPERS[paper](found)
    talk.print(about.template, about)
    talk.log("printed_council_paper", "sitting", found.row["id"], paper=about.template)
    talk.say("officer.printing", seconds=orders.seconds(about))


def _minutes(found: Meeting) -> CouncilMinutes | CouncilOpinions:
    if found.written:
        return _opinions(found)
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
                **_counted(each),
                turns=each.row["turn"],
            )
            for each in found.products
        ),
    )


def _opinions(found: Meeting) -> CouncilOpinions:
    owed = sum(len(each.waited_for) for each in found.products)
    received = sum(ballot.settled for each in found.products for ballot in each.sheets)
    return CouncilOpinions(
        **_head(found),
        **_made(found),
        asked_on=_day(firings.day_of(found.row["made_at"])),
        seats=tuple(_asked(found, seat) for seat in found.marking),
        answered=len(found.answered),
        marking=len(found.marking),
        sent=received + owed,
        received=received,
        needed=found.needed,
        secretary=_secretary(found),
        products=tuple(AskedProduct(**_product(each), **_counted(each)) for each in found.products),
    )


def _counted(each: Product) -> dict[str, Any]:
    spread = each.tally.spread if each.tally else None
    return {"ballots": each.handed_in or None, "spread": spread}


def _notice(found: Meeting) -> CouncilNotice | OpinionsNotice:
    on = found.row["decided_on"]
    notice = OpinionsNotice if found.written else CouncilNotice
    return notice(
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
    if each.put_off and each.tally:
        about["points"] = council.shown(each.tally.points)
    return ScoredProduct(**{**_product(each), **_counted(each), **about})


def _head(found: Meeting) -> dict[str, Any]:
    province = places().province(found.council["province_code"])
    there = found.marking if found.written else found.there
    chairs = [seat for seat in there if seat["position"] in {"chairman", "deputy"}]
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
    return CouncilSeat(**_sitting(seat), there=seat["seat"] in found.present)


def _asked(found: Meeting, seat: dict[str, Any]) -> AskedSeat:
    sheets = (ballot for each in found.products for ballot in each.sheets if ballot.settled)
    return AskedSeat(**_sitting(seat), answered=sum(b.seat == seat["seat"] for b in sheets))


def _sitting(seat: dict[str, Any]) -> dict[str, Any]:
    flags = {seat["position"]: True} if seat["position"] in _FLAGS else {}
    return {
        "number": seat["seat"],
        "name": seat["name"],
        "office": seat["office"] or None,
        **flags,
    }


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
        **({_PUT_OFF[each.put_off]: True} if each.put_off else {}),
    }


def _commune(each: Product) -> str | None:
    known = places().by_code(each.row["commune_code"] or "")
    return known.name if known else None


PAPERS: dict[str, Callable[[Meeting], Any]] = {
    "minutes": _minutes,
    "notice": _notice,
    "scores": _scores,
}
