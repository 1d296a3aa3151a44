"""Sau chứng nhận on a product's page: certificates, revocations, inspections, their photos."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException

from bot.web.desk import inbox
from bot.web.desk.visits import Content, Visit
from conversations.messages import Message
from handlers import reasons
from handlers.officer import revoking
from handlers.producer.standing import Standing
from programme import revocation
from storage import certificates, inspections, revocations


def of(visit: Visit, one: Standing) -> dict[str, Any]:
    """All that came after the product was certified, the newest first."""
    tx, scope = visit.talk.tx, visit.scope
    held = certificates.of_product(tx, scope, one.row["root"] or one.row["id"])
    ids = [each["id"] for each in held]
    seen = inspections.of_producer(tx, scope, one.row["producer_id"])
    photos = inbox.sheets_of(visit, {row["id"]: _files(row) for row in seen})
    names = inspections.products_of(tx, [row["id"] for row in seen])
    return {
        "certificates": held,
        "revocations": [
            _revocation(visit, row) for row in revocations.of_certificates(tx, scope, ids)
        ],
        "inspections": [
            _inspection(visit, row) | {"names": names[row["id"]], "photos": photos[row["id"]]}
            for row in seen
        ],
    }


def _revocation(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    cause = visit.words(Message(f"revocation.cause_{row['cause']}"))
    state = visit.words(revoking.state(dict(row)))
    clause = revocation.clause(row["cause"], visit.talk.rules)
    return {**row, "said": cause, "state": state, "clause": clause}


def _inspection(visit: Visit, row: Mapping[str, Any]) -> dict[str, Any]:
    told = Message(f"inspection.state_{row['status']}", {"until": row["until"]})
    findings = reasons.told(row["findings"]) if row["findings"] else ""
    return {**row, "findings": visit.words(findings), "state": visit.words(told)}


def _files(row: Mapping[str, Any]) -> list[str]:
    """The photos of the visit, then those of what was mended."""
    return [*json.loads(row["seen"]), *json.loads(row["photos"])]


def photo(visit: Visit) -> Content:
    """A photo of an inspection of the area."""
    row = inspections.numbered(visit.talk.tx, visit.scope, visit.number("number"))
    if row is None:
        raise HTTPException(404)
    visit.talk.log("read_inspection", "inspection", row["id"])
    return inbox.content(visit, _files(row), f"kt-{row['number']}")
