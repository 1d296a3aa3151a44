"""A meeting as it stands: who is there, who has marked what, and what the sheets come to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from handlers.producer import standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import council, ruleset, sheets
from programme.council import Bylaws, Tally
from programme.ruleset import Overlay
from programme.sheets import Sheet
from storage import ballots, councils, dossiers, impartial
from storage.ballots import Ballot
from storage.officers import Scope

_ACTING = frozenset({"chairman", "deputy"})  # who may lead a meeting


@dataclass(frozen=True, slots=True)
class Product:
    """A product before a meeting: its sheets, from whom one is still expected, and the count."""

    row: dict[str, Any]  # of the agenda and the dossier
    waited_for: tuple[dict[str, Any], ...]  # seats
    expected: int
    tally: Tally | None
    sheets: tuple[Ballot, ...]  # of this turn, begun or in

    @property
    def handed_in(self) -> int:
        """How many sheets count."""
        return self.tally.ballots if self.tally else 0

    @property
    def put_off(self) -> str:
        """Why it is put off to a meeting, or empty."""
        return str(self.row["to_meeting"])

    @property
    def stands(self) -> bool:
        """Whether it is marked at all: neither out nor put off."""
        return not (self.row["refused"] or self.put_off)

    @property
    def owing(self) -> tuple[dict[str, Any], ...]:
        """The seats that are still to mark it."""
        return self.waited_for if self.stands else ()

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be marked: it is out, or all sheets are there."""
        return bool(self.row["refused"]) or (self.tally is not None and not self.waited_for)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of a council with its products, in the order of the agenda.

    ``over`` is whether the day has gone by until which written opinions were to come.
    """

    row: dict[str, Any]
    council: dict[str, Any]
    seats: tuple[dict[str, Any], ...]
    present: frozenset[int]
    products: tuple[Product, ...]
    bylaws: Bylaws
    over: bool

    @property
    def written(self) -> bool:
        """Whether opinions are asked in writing, and nobody meets."""
        return bool(self.row["written"])

    @property
    def marking(self) -> tuple[dict[str, Any], ...]:
        """The seats that mark."""
        return tuple(councils.marking(self.seats))

    @property
    def there(self) -> tuple[dict[str, Any], ...]:
        """Those of them who are present."""
        return tuple(seat for seat in self.marking if seat["seat"] in self.present)

    @property
    def needed(self) -> int:
        """How many of them must be."""
        return self.bylaws.needed(len(self.marking))

    @property
    def chaired(self) -> bool:
        """Whether somebody is there who may lead it."""
        return any(seat["position"] in _ACTING for seat in self.there)

    @property
    def may_decide(self) -> bool:
        """Whether enough are there."""
        many = len(self.marking), len(self.there)
        return self.bylaws.may_decide(*many, chaired=self.chaired)

    @property
    def answered(self) -> tuple[dict[str, Any], ...]:
        """The seats from which a sheet came, or that stood aside, for any of the products."""
        said = {ballot.seat for each in self.products for ballot in each.sheets if ballot.settled}
        return tuple(seat for seat in self.marking if seat["seat"] in said)

    def has_enough(self, one: Product) -> bool:
        """Whether as many have said their opinion of it as would have to be at a meeting.

        Who stands aside, or acts for its producer, is one of them; but one sheet must count.
        """
        return one.tally is not None and len(self.marking) - len(one.waited_for) >= self.needed

    @property
    def is_open(self) -> bool:
        """Whether its members still mark."""
        return bool(self.row["status"] == "open")

    def shows(self, one: Product) -> bool:
        """Whether what was given is seen by now: all sheets of a product are in, or it is over."""
        return not self.is_open or one.settled

    def state(self, one: Product, seat: Mapping[str, Any]) -> str:
        """How far that seat is with it: "in", "begun", "new", "aside", or "absent" from it all."""
        if self.present and seat["seat"] not in self.present:
            return "absent"
        sheet = next((each for each in one.sheets if each.seat == seat["seat"]), None)
        if sheet is None or not (sheet.settled or sheet.marks):
            return "new"
        return "aside" if sheet.aside else "in" if sheet.handed_in_at else "begun"

    def proposals(self, one: Product) -> list[tuple[str, str]]:
        """Who of the council would put it out, and why."""
        names = {seat["seat"]: seat["name"] for seat in self.marking}
        return [(names[s.seat], s.barred) for s in one.sheets if s.barred and s.seat in names]

    def at(self, place: int | None) -> Product | None:
        """The product at that place of the agenda."""
        return next((each for each in self.products if each.row["place"] == place), None)


def meeting(talk: Talk, scope: Scope, row: dict[str, Any]) -> Meeting:
    """The meeting of that row, as it stands now."""
    made = councils.by_id(talk.tx, row["council_id"])
    assert made is not None  # noqa: S101 - a meeting is of a council
    seats = councils.seats(talk.tx, made["id"])
    present = councils.present(talk.tx, row["id"])
    every = ballots.of_sitting(talk.tx, row["id"])
    wanted = [s for s in councils.marking(seats) if not present or s["seat"] in present]
    own = impartial.own(talk.tx, [s["person_id"] for s in seats if s["person_id"]])
    overlays = talk.overlays_of(made["province_code"])
    products = tuple(
        _product(each, [s for s in wanted if not _acts(s, each, own)], every, overlays)
        for each in councils.before(talk.tx, scope, row["id"])
    )
    how, over = council.bylaws(talk.rules), bool(row["written"] and row["day"] < talk.today)
    return Meeting(row, made, tuple(seats), present, products, how, over)


def _acts(
    seat: Mapping[str, Any], row: Mapping[str, Any], own: Collection[tuple[int, int]]
) -> bool:
    """Whether who sits there acts for the producer, and so does not mark what is theirs."""
    return (seat["person_id"], row["producer_id"]) in own


def _product(
    row: dict[str, Any],
    wanted: Sequence[dict[str, Any]],
    every: Sequence[Ballot],
    overlays: Sequence[Overlay],
) -> Product:
    mine = [each for each in every if (each.dossier, each.turn) == (row["id"], row["turn"])]
    settled = {each.seat for each in mine if each.settled}
    aside = {each.seat for each in mine if each.aside}
    there = {seat["seat"] for seat in wanted}  # whoever is not counts nothing, marked or not
    given = ballots.counted(every, row["id"], row["turn"])
    counted = {seat: marks for seat, marks in given.items() if seat in there}
    tally = None
    if counted:
        rules = ruleset.rule_set(row["rules"], *overlays)
        sheet = sheets.sheet(rules, row["product_set"])
        tally = council.tally(rules, sheet, counted, _table(sheet, row))
    waited = tuple(seat for seat in wanted if seat["seat"] not in settled)
    expected = len([seat for seat in wanted if seat["seat"] not in aside])
    return Product(row, waited, expected, tally, tuple(mine))


def points_of(row: Mapping[str, Any]) -> str | None:
    """The mean that a row of the agenda was given, as it is printed; None for none."""
    if not row["points_by"]:
        return None
    return council.shown(Fraction(row["points_of"], row["points_by"]))


def of_dossier(talk: Talk, dossier: int) -> Standing:
    """The dossier as the rules see it."""
    return standing.of(talk, dossiers.by_id(talk.tx, dossier))


def sheet_of(one: Standing) -> Sheet:
    """The sheet on which it is marked."""
    return one.dossier.sheet


def variant_of(one: Standing, row: Mapping[str, Any]) -> str | None:
    """The table on which the agenda's row is marked, where the sheet has two; else the first."""
    return _table(sheet_of(one), row)


def _table(sheet: Sheet, row: Mapping[str, Any]) -> str | None:
    chosen: str | None = row["table"]
    return chosen if chosen in sheet.variants else next(iter(sheet.variants), None)
