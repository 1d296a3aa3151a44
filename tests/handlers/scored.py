"""Phones with a dossier that is far on: claims and papers of the table of hand-made dossiers."""

from datetime import UTC, date, datetime, time
from typing import Any

from programme.dossier import Dossier
from storage import claims, dossiers, papers
from tests.handlers.phones import Phones
from tests.programme.dossier_table import cases

CASES = {case.name: case.dossier for case in cases()}
THREE = CASES["26-2026 set 3: a finished three-star dossier"]
FOUR = CASES["26-2026 set 3: a finished four-star dossier"]


def like(
    phones: Phones, whole: Dossier, *without: str, on: date = date(2026, 9, 1), **row: Any
) -> Phones:
    """Somebody whose dossier claims and holds the same, but for some papers, all of a day."""
    phones.with_idea().say("hồ sơ sản phẩm")
    (one,) = phones.dossiers()
    now, by = phones.player.now, (1, "")
    claimed = {id_: option.key for id_, option in whole.claimed.items()}
    with phones.database.transaction() as tx:
        dossiers.change(tx, one["id"], product_set=whole.product_set, **row)
        claims.claim(tx, one["id"], claimed, by, now)
        for paper in whole.evidence:
            if paper.paper not in without:
                about = {"producer_id": one["producer_id"], "product": one["root"]}
                about |= {"paper": paper.paper, "count": paper.count, "person_id": 1}
                about |= {"issued": paper.issued or on}
                papers.give(tx, about, (), datetime.combine(on, time(), UTC))
    return phones


def claimed(phones: Phones, person: int = 1) -> dict[str, str]:
    """What is claimed in the person's last dossier."""
    with phones.database.reading() as tx:
        return claims.of(tx, phones.dossiers(person)[-1]["id"])
