"""A member's own sheet of a product, the same in the chat and on the desk: kept mark by mark."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from conversations.messages import Message
from handlers.officer import counting
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import council
from programme.council import Tally
from storage import ballots, councils, impartial, officers, planner, reviews
from storage.ballots import Ballot, Key
from storage.database import alone
from storage.officers import Scope
from storage.reviews import Subject


class Here(NamedTuple):
    """Where a member sits, what they may see, and the open meeting."""

    seat: dict[str, Any]
    scope: Scope
    sitting: dict[str, Any]


class Found(NamedTuple):
    """A sheet, what it is about, and its row on the agenda."""

    key: Key
    one: Standing
    row: dict[str, Any]

    @property
    def variant(self) -> str | None:
        """The table on which it is marked."""
        return counting.variant_of(self.one, self.row)


def here(talk: Talk) -> Here | Message:
    """Where the person marks now; else what is lacking for it."""
    seat = councils.of_person(talk.tx, talk.person)
    if seat is None or seat["position"] not in councils.MARKING:
        return Message("ballot.no_seat")
    sitting = councils.last_sitting(talk.tx, seat["council_id"])
    if sitting is None or not councils.is_open(talk.tx, sitting["id"]):
        return Message("ballot.no_sitting")
    return Here(seat, officers.over(seat["province_code"]), sitting)


def agenda(talk: Talk, at: Here) -> list[tuple[dict[str, Any], Ballot | None]]:
    """The products before the meeting, each with the member's sheet if it was begun.

    A row has ``own``: whether the member acts for the producer, and so does not mark it.
    """
    every = ballots.of_sitting(talk.tx, at.sitting["id"])
    mine = {(each.dossier, each.turn): each for each in every if each.seat == at.seat["seat"]}
    return [(row, mine.get((row["id"], row["turn"]))) for row in _rows(talk, at)]


def _rows(talk: Talk, at: Here) -> list[dict[str, Any]]:
    own = impartial.own(talk.tx, [talk.person])
    rows = councils.before(talk.tx, at.scope, at.sitting["id"])
    return [{**row, "own": (talk.person, row["producer_id"]) in own} for row in rows]


def find(talk: Talk, at: Here, which: str) -> Found | None:
    """The member's sheet for that dossier of the meeting; None where there is nothing to mark."""
    row = next((each for each in _rows(talk, at) if str(each["id"]) == which), None)
    if row is None or row["own"] or _off(row):
        return None
    key = Key(at.sitting["id"], row["id"], at.seat["seat"], row["turn"])
    return Found(key, counting.of_dossier(talk, row["id"]), row)


def state(row: Mapping[str, Any], sheet: Ballot | None) -> Message:
    """How far the member is with a product."""
    return Message(f"ballot.state_{_off(row) or _state(row, sheet)}")


def is_done(row: Mapping[str, Any], sheet: Ballot | None) -> bool:
    """Whether the member has nothing more to do about a product."""
    return bool(_off(row) or row["own"] or (sheet and sheet.settled))


def _off(row: Mapping[str, Any]) -> str:
    return "refused" if row["refused"] else "put_off" if row["to_meeting"] else ""


def _state(row: Mapping[str, Any], sheet: Ballot | None) -> str:
    if row["own"]:
        return "aside"
    if sheet is None or not (sheet.settled or sheet.marks):
        return "again" if row["turn"] > 1 else "new"
    return "aside" if sheet.aside else "handed_in" if sheet.handed_in_at else "begun"


# -- what is on it ---------------------------------------------------------------------------------


def newest(talk: Talk, key: Key) -> Ballot | None:
    """The sheet of this turn; before anything was given, that of the turn before.

    Before the first turn it is what the member wrote when opinions were asked.
    """
    for turn in range(key.turn, 0, -1):
        sheet = ballots.of(talk.tx, key._replace(turn=turn))
        if sheet and (sheet.marks or sheet.remarks or sheet.barred):
            return sheet
    asked = councils.asked_before(talk.tx, key.sitting, key.dossier)
    return ballots.of(talk.tx, key._replace(sitting=asked, turn=1)) if asked else None


def is_of(sheet: Ballot | None, key: Key) -> bool:
    """Whether it is that very sheet, and not one of before."""
    return sheet is not None and (sheet.sitting, sheet.turn) == (key.sitting, key.turn)


def given(talk: Talk, key: Key) -> dict[str, str]:
    """The marks as they stand."""
    sheet = newest(talk, key)
    return dict(sheet.marks) if sheet else {}


def lacking(found: Found, marks: Mapping[str, str]) -> tuple[str, ...]:
    """The criteria that the member has not marked yet."""
    return council.lacking(found.one.rules, counting.sheet_of(found.one), marks, found.variant)


def whole(found: Found, marks: Mapping[str, str]) -> Tally:
    """What a whole sheet comes to, taken alone."""
    sheet = counting.sheet_of(found.one)
    return council.tally(found.one.rules, sheet, {1: marks}, found.variant)


# -- deeds -----------------------------------------------------------------------------------------


def keep(
    talk: Talk, key: Key, marks: Mapping[str, str], remarks: Mapping[str, str] | None = None
) -> bool:
    """Keep what was marked, or said of it, besides all that was there; False where it is too late.

    It is when another sits there, it is marked anew, it is out, or all of its sheets are in.
    """
    if not _may(talk, key):
        return False
    known = newest(talk, key)
    said = {**(known.remarks if known else {}), **(remarks or {})}
    if marks or not is_of(known, key):
        after = {**(known.marks if known else {}), **marks}
        ballots.mark(talk.tx, key, after, talk.person, talk.now)
    words = {"remarks": _said(said), "barred": known.barred if known else ""}
    ballots.put_words(talk.tx, key, words, talk.person, talk.now)
    return True


def _said(remarks: Mapping[str, str]) -> dict[str, str]:
    return {id_: words for id_, words in remarks.items() if words}


def _may(talk: Talk, key: Key) -> bool:
    seat = councils.of_person(talk.tx, talk.person)
    if seat is None or seat["seat"] != key.seat or not councils.is_open(talk.tx, key.sitting):
        return False
    if impartial.is_own(talk.tx, talk.person, _producer(talk, key)):
        return False
    alone(talk.tx, f"ballot-{key}")  # the member's chat and desk may both be at it
    turn = councils.turn_of(talk.tx, key.sitting, key.dossier)
    return turn == key.turn and not is_settled(talk, seat["council_id"], key)


def is_settled(talk: Talk, council_id: int, key: Key) -> bool:
    """Whether all sheets of the product are in: then none changes before it is marked anew.

    Who writes for the council sees them from then on, and may have a seat there too.
    """
    every = ballots.of_sitting(talk.tx, key.sitting)
    done = {
        each.seat
        for each in every
        if (each.dossier, each.turn) == (key.dossier, key.turn) and each.settled
    }
    there = councils.present(talk.tx, key.sitting)
    marking = councils.marking(councils.seats(talk.tx, council_id))
    own = impartial.own(talk.tx, [seat["person_id"] for seat in marking if seat["person_id"]])
    producer = _producer(talk, key)
    seats = {seat["seat"] for seat in marking if (seat["person_id"], producer) not in own}
    return (seats & there if there else seats) <= done


def _producer(talk: Talk, key: Key) -> int:
    return reviews.producer_of(talk.tx, Subject("dossier", key.dossier))


def bar(talk: Talk, key: Key, why: str) -> bool:
    """Note why the product should be out, to the member; empty takes it back. False as above."""
    if not keep(talk, key, {}):
        return False
    ballots.put_words(talk.tx, key, {"barred": why}, talk.person, talk.now)
    talk.log("proposed_refusal" if why else "took_refusal_back", "dossier", key.dossier)
    return True


def stand_aside(talk: Talk, key: Key) -> bool:
    """Note that the member has an interest in the product. False as above."""
    if not _may(talk, key):
        return False
    ballots.stand_aside(talk.tx, key, talk.person, talk.now)
    planner.of_opinions(talk.tx, [key.sitting], talk.now)
    talk.log("stood_aside", "dossier", key.dossier)
    return True


def hand_in(talk: Talk, found: Found) -> bool:
    """Hand in a sheet that is whole; False where it is not. One that was handed in stays so."""
    key, marks = found.key, given(talk, found.key)
    if lacking(found, marks):
        return False
    before = ballots.of(talk.tx, key)
    if before is None or before.aside or before.marks != marks:
        keep(talk, key, marks)
    if ballots.hand_in(talk.tx, key, talk.now):
        planner.of_opinions(talk.tx, [key.sitting], talk.now)
        talk.log("handed_in_marks", "dossier", key.dossier, turn=key.turn)
    return True
