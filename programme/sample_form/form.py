"""The form of an office's file: its sections, their keys, and what rows must agree on."""

from collections.abc import Mapping
from typing import Any

from programme.sample_form import rows
from programme.sample_form.kinds import (
    Check,
    Key,
    Kind,
    Spot,
    day,
    flag,
    id_of,
    million,
    one_of,
    own_id,
    row,
    several,
    text,
    whole,
)

VERSION = "ocop-1"

_YEAR = whole(1990, 2100)
_LEVEL = one_of("xa", "huyen", "tinh", "bo")
_CONFIDENCE = one_of("high", "medium", "low")
_PLACE = Key(id_of("places"))
_OF_ITSELF = {
    "source": Key(id_of("sources")),
    "as_written": Key(text()),
    "confidence": Key(_CONFIDENCE),
    "note": Key(text(1000)),
}


def _needed(kind: Kind, into: str = "") -> Key:
    return Key(kind, needed=True, into=into)


def _shape(makes: type[rows.Row], keys: Mapping[str, Key], check: Check | None = None) -> Kind:
    return row(makes, {**keys, **_OF_ITSELF}, check)


def _result_agrees(spot: Spot, values: Mapping[str, Any]) -> Any:
    star, passed = values.get("star"), values.get("passed", True)
    if star is None and passed:
        return spot.wrong("neither_star_nor_failed")
    if star is not None and star >= 3 and not passed:  # noqa: PLR2004 (3 stars and more are recognised)
        return spot.wrong("star_but_failed")
    return None


def _in_order(*names: str) -> Check:
    def check(spot: Spot, values: Mapping[str, Any]) -> Any:
        dates = [values[name] for name in names if name in values]
        exact = min(map(len, dates), default=0)  # 2021 and 2021-05 compare as years
        known = [each[:exact] for each in dates]
        return None if known == sorted(known) else spot.wrong("ends_before_start")

    return check


def _unit_or_producer(spot: Spot, values: Mapping[str, Any]) -> Any:
    if values.keys() & {"unit", "producer"}:
        return None
    return spot.wrong("neither_unit_nor_producer")


def _under_a_row(spot: Spot, values: Mapping[str, Any]) -> Any:
    table = values.get("rows", ())
    units = {each.unit for each in table}
    astray = [each for each in table if each.under is not None and each.under not in units]
    for each in astray:
        where = f"{spot.where}.rows.under"
        spot.reading.faults.note(
            each.line, where, "unknown_reference", id=each.under, section="rows"
        )
    return None


_RESULT = _shape(
    rows.Result,
    {
        "level": _needed(_LEVEL),
        "when": _needed(day),
        "star": Key(whole(1, 5)),
        "passed": Key(flag),
        "round": Key(whole(1, 9)),
        "decision": Key(text()),
        "reason": Key(text(1000)),
    },
    _result_agrees,
)
_PART = _shape(rows.Part, {"fund": _needed(text()), "million": _needed(million, "dong")})
_BUDGET_ROW = _shape(
    rows.BudgetRow,
    {
        "unit": Key(text()),
        "producer": Key(id_of("producers")),
        "under": Key(text()),
        "million": _needed(million, "dong"),
        "spent_million": Key(million, into="spent_dong"),
        "parts": Key(several(_PART)),
        "use": Key(text(1000)),
    },
    _unit_or_producer,
)

SECTIONS: Mapping[str, Kind] = {
    "sources": _shape(
        rows.Source,
        {"id": _needed(own_id("sources")), "title": _needed(text(300)), "about": Key(text(300))},
    ),
    "places": _shape(
        rows.Place,
        {
            "id": _needed(own_id("places")),
            "province": _needed(text(60)),
            "district": Key(text(60)),
            "commune": Key(text(60)),
            "old_code": Key(text(10)),
        },
    ),
    "producers": _shape(
        rows.Producer,
        {
            "id": _needed(own_id("producers")),
            "name": _needed(text()),
            "kind": _needed(one_of("cooperative", "group", "company", "household")),
            "place": _PLACE,
        },
    ),
    "products": _shape(
        rows.Product,
        {
            "id": _needed(own_id("products")),
            "name": _needed(text()),
            "set": _needed(whole(1, 26)),
            "set_confidence": Key(_CONFIDENCE),
            "producer": Key(id_of("producers")),
            "places": Key(several(id_of("places"))),
            "seasonal": Key(flag),
            "months": Key(several(whole(1, 12))),
            "results": Key(several(_RESULT)),
        },
    ),
    "fairs": _shape(
        rows.Fair,
        {
            "id": _needed(own_id("fairs")),
            "name": _needed(text()),
            "year": Key(_YEAR),
            "starts": Key(day),
            "ends": Key(day),
            "venue": Key(text()),
            "cancelled": Key(flag),
        },
        _in_order("starts", "ends"),
    ),
    "rounds": _shape(
        rows.PlannedRound,
        {
            "id": _needed(own_id("rounds")),
            "what": _needed(text()),
            "level": _needed(_LEVEL),
            "year": _needed(_YEAR),
            "number": Key(whole(1, 9)),
            "place": _PLACE,
            "starts": Key(day),
            "intake_before": Key(day),
            "finish_before": Key(day),
        },
        _in_order("starts", "intake_before", "finish_before"),
    ),
    "targets": _shape(
        rows.Target,
        {
            "id": _needed(own_id("targets")),
            "year": _needed(_YEAR),
            "text": _needed(text(2000)),
            "place": _PLACE,
        },
    ),
    "budgets": _shape(
        rows.Budget,
        {
            "id": _needed(own_id("budgets")),
            "what": _needed(text()),
            "million": _needed(million, "dong"),
            "year": Key(_YEAR),
            "place": _PLACE,
            "spent_million": Key(million, into="spent_dong"),
            "decision": Key(text()),
            "parts": Key(several(_PART)),
            "rows": Key(several(_BUDGET_ROW)),
        },
        _under_a_row,
    ),
    "help_units": _shape(
        rows.HelpUnit,
        {
            "id": _needed(own_id("help_units")),
            "unit": _needed(text()),
            "duties": _needed(several(text(300))),
            "place": _PLACE,
        },
    ),
    "text_errors": _shape(
        rows.TextError,
        {
            "id": _needed(own_id("text_errors")),
            "as_written": _needed(text(300)),
            "correct": Key(text(300)),
        },
    ),
}
