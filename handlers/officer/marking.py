"""Chấm: a member of the council marks the products of a meeting, alone, one after the other."""

from typing import Any

from conversations.forms import ballot as form
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import counting, papers
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import council, renewal, scoring
from programme.sheets import Criterion
from storage import ballots, councils, officers
from storage.ballots import Ballot, Key
from storage.officers import Scope

_A_PAGE = 6
Found = tuple[Key, Standing, dict[str, Any]]  # a sheet, what it is about, its row on the agenda


def listing(talk: Talk, page: str = "0") -> None:
    """The products that wait for the member, some at a time, each with how far the sheet is."""
    here = _here(talk)
    if here is None:
        return
    seat, scope, sitting = here
    rows = councils.before(talk.tx, scope, sitting["id"])
    mine = {each.dossier: each for each in _sheets(talk, seat, sitting, rows)}
    at = int(page) if page.isdecimal() else 0
    shown = rows[at * _A_PAGE : (at + 1) * _A_PAGE]
    items = [(f"ballot:{row['id']}", _line(row, mine.get(row["id"]))) for row in shown]
    if len(rows) > (at + 1) * _A_PAGE:
        items.append((f"ballots:{at + 1}", Message("dossier.more")))
    left = sum(not row["refused"] and not _settled(mine.get(row["id"])) for row in rows)
    talk.leave()
    talk.offer("ballot.list", items, left=left, count=len(rows))


def _here(talk: Talk) -> tuple[dict[str, Any], Scope, dict[str, Any]] | None:
    """The member's seat, what they may see, and the open meeting; says what is lacking."""
    seat = councils.of_person(talk.tx, talk.person)
    if seat is None or seat["position"] not in councils.MARKING:
        talk.say("ballot.no_seat")
        return None
    sitting = councils.last_sitting(talk.tx, seat["council_id"])
    if sitting is None or not councils.is_open(talk.tx, sitting["id"]):
        talk.say("ballot.no_sitting")
        return None
    return seat, officers.over(seat["province_code"]), sitting


def _sheets(
    talk: Talk, seat: dict[str, Any], sitting: dict[str, Any], rows: list[dict[str, Any]]
) -> list[Ballot]:
    turns = {(row["id"], row["turn"]) for row in rows}
    every = ballots.of_sitting(talk.tx, sitting["id"])
    return [e for e in every if e.seat == seat["seat"] and (e.dossier, e.turn) in turns]


def _settled(sheet: Ballot | None) -> bool:
    return sheet is not None and sheet.settled


def _line(row: dict[str, Any], sheet: Ballot | None) -> Message:
    state = "refused" if row["refused"] else _state(sheet, again=row["turn"] > 1)
    return Message("ballot.line", {"name": row["name"], "state": Message(f"ballot.state_{state}")})


def _state(sheet: Ballot | None, *, again: bool) -> str:
    if sheet is None or not (sheet.settled or sheet.marks):
        return "again" if again else "new"
    return "aside" if sheet.aside else "handed_in" if sheet.handed_in_at else "begun"


# -- one product -----------------------------------------------------------------------------------


def show(talk: Talk, which: str) -> None:
    """What the product claims and proves, and what the member can do."""
    if (found := _find(talk, which)) is None:
        return
    key, one, row = found
    talk.log("read_dossier", "dossier", key.dossier)
    whole = renewal.with_last_claims(one.dossier)
    score = scoring.score(whole)
    sheet = ballots.of(talk.tx, key)
    begun = bool(sheet and sheet.marks)
    items = [
        (f"mark:{key.dossier}", Message(f"ballot.item_{'go_on' if begun else 'mark'}")),
        (f"evidence:{key.dossier}", Message("ballot.item_papers")),
        (f"aside:{key.dossier}", Message("ballot.item_aside")),
        ("ballots:0", Message("ballot.item_list")),
    ]
    talk.leave()
    talk.offer(
        "ballot.product",
        items,
        place=row["place"],
        name=one.row["name"],
        producer=one.producer["name"],
        set=one.dossier.product_set,
        claimed=score.claimed,
        proven=score.points,
        again=row["turn"] > 1,
    )


def _find(talk: Talk, which: str) -> Found | None:
    """The sheet of the member for that dossier of the open meeting, and what it is about."""
    here = _here(talk)
    if here is None:
        return None
    seat, scope, sitting = here
    rows = councils.before(talk.tx, scope, sitting["id"])
    row = next((each for each in rows if str(each["id"]) == which), None)
    if row is None or row["refused"]:
        listing(talk)
        return None
    key = Key(sitting["id"], row["id"], seat["seat"], row["turn"])
    return key, counting.of_dossier(talk, row["id"]), row


def evidence(talk: Talk, which: str) -> None:
    """The papers of the product by number, to be looked at one by one."""
    if (found := _find(talk, which)) is not None:
        papers.listing(talk, found[1])
        talk.offer("ballot.after_papers", [(f"ballot:{which}", Message("ballot.item_back"))])


def stand_aside(talk: Talk, which: str) -> None:
    """Note that the member has an interest in the product."""
    if (found := _find(talk, which)) is not None:
        ballots.stand_aside(talk.tx, found[0], talk.person, talk.now)
        talk.log("stood_aside", "dossier", found[0].dossier)
        talk.note("ballot.aside", name=found[1].row["name"])
        listing(talk)


# -- its sheet -------------------------------------------------------------------------------------


def begin(talk: Talk, which: str) -> None:
    """Ask for the marks that are not given yet; where all are, read them back."""
    if (found := _find(talk, which)) is None:
        return
    key, one, row = found
    given = _given(talk, key)
    lacking = council.lacking(
        one.rules, counting.sheet_of(one), given, counting.variant_of(one, row)
    )
    if lacking:
        _ask(talk, found, lacking)
    else:
        _whole(talk, found, given)


def _lacking(found: Found, marks: dict[str, str]) -> tuple[str, ...]:
    """The criteria that the member has not marked yet."""
    _, one, row = found
    variant = counting.variant_of(one, row)
    return council.lacking(one.rules, counting.sheet_of(one), marks, variant)


def _given(talk: Talk, key: Key) -> dict[str, str]:
    """The marks of this turn; before any were given those of the turn before."""
    for turn in range(key.turn, 0, -1):
        sheet = ballots.of(talk.tx, key._replace(turn=turn))
        if sheet and sheet.marks:
            return dict(sheet.marks)
    return {}


def _ask(talk: Talk, found: Found, only: tuple[str, ...]) -> None:
    key, one, row = found
    whole = renewal.with_last_claims(one.dossier)
    claimed = whole.claimed
    proven = {
        id_: scoring.proven(whole, whole.sheet.criterion(id_), option)
        for id_, option in claimed.items()
    }
    facts = {
        "key": list(key),
        "product": one.row["name"],
        "rules": one.rules.name,
        "overlays": [str(folder) for folder in one.rules.overlays],
        "product_set": whole.product_set,
        "variant": counting.variant_of(one, row),
        "only": list(only),
        "claimed": {id_: option.points for id_, option in claimed.items()},
        "proven": proven,
    }
    talk.leave()
    talk.start(form.NAME, facts)


def keep(talk: Talk, run: Run) -> None:
    """Keep what is marked by now, so that nothing waits for the last criterion."""
    key = Key(*run.facts["key"])
    seat = councils.of_person(talk.tx, talk.person)
    if seat is None or seat["seat"] != key.seat or not councils.is_open(talk.tx, key.sitting):
        return  # somebody else sits there by now, or the meeting is over
    if councils.turn_of(talk.tx, key.sitting, key.dossier) != key.turn:
        return  # it is marked anew, or out
    marks = _given(talk, key) | form.marks(run.facts, run.answers)
    ballots.mark(talk.tx, key, marks, talk.person, talk.now)


def sent(talk: Talk, run: Run) -> None:
    """Read back what the sheet comes to."""
    if (found := _find(talk, str(run.facts["key"][1]))) is None:
        return
    keep(talk, run)
    key, one, _row = found
    given = _given(talk, key)
    left = _lacking(found, given)
    if left:
        talk.note("ballot.left_open", count=len(left), name=one.row["name"])
        listing(talk)
    else:
        _whole(talk, found, given)


def _whole(talk: Talk, found: Found, marks: dict[str, str]) -> None:
    key, one, row = found
    alone = council.tally(
        one.rules, counting.sheet_of(one), {1: marks}, counting.variant_of(one, row)
    )
    parts = tuple(
        Message("ballot.part", {"code": code, "points": int(points)})
        for code, points in alone.by_part.items()
    )
    items = [
        (f"hand_in:{key.dossier}", Message("ballot.item_hand_in")),
        (f"revise_mark:{key.dossier}.0", Message("ballot.item_revise")),
        ("ballots:0", Message("ballot.item_later")),
    ]
    about = {"name": one.row["name"], "points": int(alone.points), "parts": parts}
    talk.leave()
    talk.offer("ballot.whole", items, **about, star=alone.star)


def revise(talk: Talk, which: str) -> None:
    """The criteria with their marks, some at a time ("12.1" is the second page), to choose one."""
    dossier, _, page = which.partition(".")
    if (found := _find(talk, dossier)) is None:
        return
    key, one, row = found
    sheet = counting.sheet_of(one)
    marks = council.points(one.rules, sheet, _given(talk, key), counting.variant_of(one, row))
    lines = [line for line in sheet.criteria if line.id in marks]
    at = int(page) if page.isdecimal() else 0
    items = [
        (f"remark:{dossier}.{line.id}", _marked(line, marks[line.id]))
        for line in lines[at * _A_PAGE : (at + 1) * _A_PAGE]
    ]
    if len(lines) > (at + 1) * _A_PAGE:
        items.append((f"revise_mark:{dossier}.{at + 1}", Message("dossier.more")))
    items.append((f"mark:{dossier}", Message("ballot.item_sum")))
    talk.leave()
    talk.offer("ballot.which", items)


def _marked(line: Criterion, points: int) -> Message:
    return Message(
        "ballot.mark_line",
        {"number": line.id, "title": line.title, "points": points, "most": line.max},
    )


def remark(talk: Talk, which: str) -> None:
    """Mark one criterion anew."""
    dossier, _, criterion = which.partition(".")
    if (found := _find(talk, dossier)) is None:
        return
    if criterion in {line.id for line in counting.sheet_of(found[1]).criteria}:
        _ask(talk, found, (criterion,))
    else:
        begin(talk, dossier)


def hand_in(talk: Talk, which: str) -> None:
    """Hand the sheet in, and come to the next product."""
    if (found := _find(talk, which)) is None:
        return
    key, one, _row = found
    marks = _given(talk, key)
    if _lacking(found, marks):
        begin(talk, which)
        return
    before = ballots.of(talk.tx, key)
    if before is None or before.aside or before.marks != marks:
        ballots.mark(talk.tx, key, marks, talk.person, talk.now)
    if ballots.hand_in(talk.tx, key, talk.now):
        talk.log("handed_in_marks", "dossier", key.dossier, turn=key.turn)
    talk.note("ballot.handed_in", name=one.row["name"])
    listing(talk)
