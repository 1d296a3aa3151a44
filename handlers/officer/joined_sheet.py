"""Who joins a fair, as the row of an organiser's list: what the file lacks is marked."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

import yaml

from documents.digest import Cell, Day, Row, Section
from documents.drafting import TEMPLATES
from handlers.officer.announced import said
from storage import joining
from storage.database import Transaction


def section(tx: Transaction, row: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Section:
    """The list of these, one row each; the stars are those that are good on the last day."""
    days = said(row).get("days")
    day = date.fromisoformat(days["to"]) if days else None
    known = joining.certified(tx, {one["producer_id"] for one in rows if one["producer_id"]})
    lines = tuple(
        _line(at, one, _good(known.get(one["producer_id"], ()), day))
        for at, one in enumerate(rows, 1)
    )
    words = _words()
    return Section(words["title"], len(lines), tuple(words["columns"]), lines, words["note"])


def _good(certificates: Sequence[Mapping[str, Any]], day: date | None) -> list[Mapping[str, Any]]:
    return [one for one in certificates if day is None or one["expires"] >= day]


def _line(at: int, one: Mapping[str, Any], good: Sequence[Mapping[str, Any]]) -> Row:
    words, needs = _words(), json.loads(one["needs"]) if one["needs"] else {}
    best = good[0] if good else None
    return (
        at,
        _sure(one["name"]),
        words["kinds"].get(one["kind"], words["unknown"]),
        _sure(one["registration"]),
        _sure(", ".join(filter(None, (one["address"], one["commune"])))),
        _sure(one["representative"]),
        words["unknown"],  # what they are there is nowhere asked
        _sure(one["phone"]),
        one["email"] or None,
        _sure(needs.get("goods")),
        best["star"] if best else words["unknown"],
        _sure(best["decision"] if best else None),
        Day(best["expires"]) if best else words["unknown"],
        _asked(needs, "stalls"),
        _asked(needs, "volume"),
        words["power"].get(needs.get("power"), words["unasked"]),
        _asked(needs, "people"),
        words["vehicle"].get(needs.get("vehicle"), words["unasked"]),
        needs.get("support") or None,
    )


def _sure(value: Any) -> Cell:
    return value or str(_words()["unknown"])


def _asked(needs: Mapping[str, Any], name: str) -> Cell:
    given = needs.get(name)
    return str(_words()["unasked"]) if given is None else given


@cache
def _words() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((TEMPLATES / "fair_list.yaml").read_text("utf-8"))
    return read
