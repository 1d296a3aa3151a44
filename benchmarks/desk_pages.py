"""All that can be asked of the desk: the addresses are the app's own, so none can be forgotten."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from sqlalchemy import text

from benchmarks.country import Looker
from benchmarks.digest import NOW
from bot.web.desk.routes import Desk
from storage import officers, overview
from storage.database import Transaction
from storage.overview import MATTERS, STEPS, View

_A_PAGE = 50
_AREAS = "'', p.commune_code, p.province_code"
_HERE = f"JOIN producers p ON p.id = t.producer_id WHERE :area IN ({_AREAS})"
_IDEA = f"SELECT max(t.id) AS number, 1 AS at FROM ideas t {_HERE}"
_PAPER = f"SELECT max(t.id) AS number, 1 AS at FROM papers t {_HERE}"
_DOSSIER = f"SELECT max(t.id) AS number FROM dossiers t {_HERE}"
_ANNOUNCED = f"SELECT min(id) AS number FROM announcements p WHERE :area IN ({_AREAS})"
_INSPECTION = f"SELECT max(t.number) AS number, 1 AS at FROM inspections t {_HERE}"
_MARKED = """
    SELECT max(a.dossier_id) AS number FROM agenda a JOIN sittings s ON s.id = a.sitting_id
    JOIN council_seats c ON c.council_id = s.council_id
    WHERE s.status = 'open' AND c.person_id = :person
"""
_MEETING = """
    SELECT max(s.id) AS number, 1 AS place FROM sittings s JOIN councils c ON c.id = s.council_id
    WHERE :area IN ('', c.province_code)
"""
_MEETINGS = {each: f"{_MEETING} AND s.status = '{each}'" for each in ("open", "decided")}
_QUESTION = f"SELECT max(t.number) AS number FROM questions t {_HERE} AND answered_at IS NULL"
# Which are shown, by address: a note, and what finds one where there is most to see.
_SHOWN: Mapping[str, Mapping[str, str]] = {
    "/desk/enter/{code}": {"": "SELECT 'none' AS code"},
    "/desk/ideas/{number}": {"": _IDEA},
    "/desk/ideas/{number}/photos/{at}": {"": _IDEA},
    "/desk/papers/{number}": {"": _PAPER},
    "/desk/papers/{number}/pages/{at}": {"": _PAPER},
    "/desk/questions/{number}": {"": _QUESTION},
    "/desk/dossiers/{number}": {
        "begun": f"{_DOSSIER} AND filed_at IS NULL",
        "with the commune": f"{_DOSSIER} AND filed_at IS NOT NULL AND sent_up_at IS NULL",
        "before a council": f"{_DOSSIER} AND checked_at IS NOT NULL",
    },
    "/desk/dossiers/{number}/certified": {"": _DOSSIER},
    "/desk/inspections/{number}/photos/{at}": {"": _INSPECTION},
    "/desk/announcements/{number}": {"": _ANNOUNCED},
    "/desk/announcements/{number}/ledger": {"": _ANNOUNCED},
    "/desk/announcements/{number}/mend": {"": _ANNOUNCED},
    "/desk/announcements/{number}/poster": {"": _ANNOUNCED},
    "/desk/council/{number}": _MEETINGS,
    "/desk/council/{number}/{place}": _MEETINGS,
    "/desk/marking/{number}": {"": _MARKED},
    "/desk/office/templates/{kind}": {"": "SELECT 'year' AS kind"},
}
# What is asked of an address besides.
_QUERIES: Mapping[str, tuple[dict[str, str], ...]] = {
    "/desk/announcements/{number}": ({"status": "refused"},),
    "/desk/council": ({"year": str(NOW.year - 1)},),
}
# What is ordered there, as often as one likes.
_ORDERS: Mapping[str, tuple[dict[str, str], ...]] = {
    "/desk/dossiers/{number}": ({"do": "form_03", "seen": "0"},),
    "/desk/exports": (
        {"do": "digest_xlsx"},
        *(
            {"do": "report_xlsx", "what": what, "year": str(NOW.year)}
            for what in ("year", "term", "plan", "conclusions", "annex")
        ),
    ),
}


class Page(NamedTuple):
    """What is asked: an address, and a form where one is posted; ``of`` is it in the app."""

    of: str
    note: str
    address: str
    form: dict[str, str] | None = None


def addresses(desk: Desk) -> list[str]:
    """All that the app answers, but what a library draws below an address of its own."""
    routes = (route for route in desk.routes() if "GET" in (route.methods or ()))
    return [route.path for route in routes if ":path" not in route.path]


def pages(tx: Transaction, looker: Looker, desk: Desk) -> list[Page]:
    """All that the officer might look at, each where there is most to see.

    KeyError for an address of which ``_SHOWN`` does not say yet which are shown.
    """
    about = {"area": looker.area, "person": looker.person}
    found = []
    for of in addresses(desk):
        if of == "/desk/lists/{matter}":
            found += list(_lists(tx, looker, of))
            continue
        for note, statement in (_SHOWN[of] if "{" in of else {"": "SELECT 1"}).items():
            row = tx.execute(text(statement), about).mappings().one()
            if None not in row.values():
                found += list(_asked(of, note, of.format(**row)))
    return found


def _asked(of: str, note: str, address: str) -> Iterator[Page]:
    yield Page(of, note, address)
    for query in _QUERIES.get(of, ()):
        yield Page(of, f"{note} ?{urlencode(query)}".strip(), f"{address}?{urlencode(query)}")
    for form in _ORDERS.get(of, ()):
        yield Page(of, f"{note} {' '.join(form.values())}".strip(), address, form)


def _lists(tx: Transaction, looker: Looker, of: str) -> Iterator[Page]:
    """Each list, the last page of a long one, and a part of one that has parts."""
    scope = officers.scope(tx, looker.person)
    if scope is None:
        raise LookupError(looker)
    for matter in (*MATTERS, *STEPS):
        yield Page(of, matter, of.format(matter=matter))
    last = max(1, overview.count(tx, "preparing", View(scope, NOW, NOW)) // _A_PAGE)
    yield Page(of, "preparing, last", f"{of.format(matter='preparing')}?page={last}")
    yield Page(of, "stuck ?about", f"{of.format(matter='stuck')}?about=test_report")
