"""Days and rounds to come, as officers type them."""

from datetime import date

import pytest

from conversations.answers import Asked
from conversations.coming import ComingDay, OfficeRound
from conversations.form import Rule
from conversations.forms.extra_round import extra_round
from conversations.forms.move_date import move_date
from conversations.reading import Read, Unclear, Wrong

TODAY = date(2026, 11, 30)
ROUNDS = [
    {"key": f"tinh-{number}-{year}", "number": number, "year": year}
    for year, number in ((2026, 2), (2027, 1), (2027, 2), (2027, 3), (2028, 1))
]


def asked(**facts: object) -> Asked:
    return Asked("move_date", "day", TODAY, {}, facts)


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("20/4/2027", Read("2027-04-20")),
        ("20/4", Read("2027-04-20", sure=False)),
        ("30/11", Read("2026-11-30", sure=False)),
        ("ngày mai", Read("2026-12-01")),
        ("29/11/2026", Wrong("date_past")),
        ("hôm qua", Wrong("date_past")),
        ("bao giờ cũng được", None),
    ],
)
def test_a_day_to_come_is_read_and_one_gone_by_is_wrong(text: str, reading: object) -> None:
    assert ComingDay().read(text, asked()) == reading


def test_a_day_that_may_be_two_is_asked_back() -> None:
    reading = ComingDay().read("mồng 5 tháng 5", asked())

    assert reading == Unclear(("2027-05-05", "2027-06-09"))


def test_the_offices_rounds_are_offered_and_read_by_number_or_name() -> None:
    kind, about = OfficeRound(), asked(rounds=ROUNDS)

    assert [offer.value["key"] for offer in kind.offers(about)] == [r["key"] for r in ROUNDS[:4]]
    assert kind.read("2", about) == Read(ROUNDS[1])
    assert kind.read("đợt 3", about) == Read(ROUNDS[3])
    assert kind.read("đợt 2 năm 2027", about) == Read(ROUNDS[2])
    assert isinstance(kind.read("đợt 2", about), Unclear)
    assert kind.read("sang năm", about) is None


def test_without_an_offices_rounds_the_laws_are_offered() -> None:
    keys = [offer.value["key"] for offer in OfficeRound().offers(asked())]

    assert keys == ["tinh-1-2027", "tinh-2-2027"]


@pytest.mark.parametrize("rule", [*move_date.rules, *extra_round.rules], ids=lambda rule: rule.name)
def test_nothing_is_wrong_before_anything_is_answered(rule: Rule) -> None:
    assert rule.broken({}, {}) is False
