"""Chấm: a member of the council marks the products of a meeting, alone, one after the other."""

from typing import Any

from conversations.forms import ballot as form
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import ballot_sheets, counting, papers
from handlers.officer.ballot_sheets import Found, Here
from handlers.talk import Talk
from programme import council, renewal, scoring
from programme.sheets import Criterion
from storage import ballots, councils
from storage.ballots import Ballot, Key

_A_PAGE = 6
_LONGEST = 300  # signs of a reason
_ANSWERED = frozenset({"answered", "edited"})  # steps of a form


def listing(talk: Talk, page: str = "0") -> None:
    """The products that wait for the member, some at a time, each with how far the sheet is."""
    at = _here(talk)
    if at is None:
        return
    every = ballot_sheets.agenda(talk, at)
    first = _A_PAGE * (int(page) if page.isdecimal() else 0)
    items = [(f"ballot:{row['id']}", _line(row, sheet)) for row, sheet in every]
    shown = items[first : first + _A_PAGE]
    if len(items) > first + _A_PAGE:
        shown.append((f"ballots:{first // _A_PAGE + 1}", Message("dossier.more")))
    left = sum(not ballot_sheets.is_done(row, sheet) for row, sheet in every)
    talk.leave()
    until = at.sitting["day"] if at.sitting["written"] else None
    talk.offer("ballot.list", shown, left=left, count=len(every), until=until)


def _here(talk: Talk) -> Here | None:
    """Where the member marks; says what is lacking."""
    at = ballot_sheets.here(talk)
    if isinstance(at, Here):
        return at
    talk.say(at.key)
    return None


def _line(row: dict[str, Any], sheet: Ballot | None) -> Message:
    state = ballot_sheets.state(row, sheet)
    return Message("ballot.line", {"name": row["name"], "state": state})


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
    at = _here(talk)
    found = ballot_sheets.find(talk, at, which) if at else None
    if at is not None and found is None:
        _say_why_not(talk, at, which)
        listing(talk)
    return found


def _say_why_not(talk: Talk, at: Here, which: str) -> None:
    for row, _ in ballot_sheets.agenda(talk, at):
        if str(row["id"]) == which and (row["own"] or row["to_meeting"]):
            key = "ballot.own" if row["own"] else "ballot.put_off"
            talk.note(key, name=row["name"])


def evidence(talk: Talk, which: str) -> None:
    """The papers of the product by number, to be looked at one by one; "12.1" is page two."""
    dossier, _, page = which.partition(".")
    if (found := _find(talk, dossier)) is not None:
        at = int(page) if page.isdecimal() else 0
        items = [(f"ballot:{dossier}", Message("ballot.item_back"))]
        if papers.listed(talk, found.one, at):
            items.append(papers.older(f"evidence:{dossier}", at))
        talk.offer("ballot.after_papers", items)


def stand_aside(talk: Talk, which: str) -> None:
    """Note that the member has an interest in the product."""
    if (found := _find(talk, which)) is not None:
        is_kept = ballot_sheets.stand_aside(talk, found.key)
        key = "ballot.aside" if is_kept else "ballot.is_settled"
        talk.note(key, name=found.one.row["name"])
        listing(talk)


def bar(talk: Talk, place: int | None, why: str) -> None:
    """Note why the member holds that the product at that place should be out."""
    at = _here(talk)
    if at is None:
        return
    rows = councils.before(talk.tx, at.scope, at.sitting["id"])
    which = next((str(row["id"]) for row in rows if row["place"] == place), "")
    if (found := _find(talk, which)) is None:
        return
    about = {"number": place, "name": found.one.row["name"]}
    if not why:
        talk.say("ballot.why_barred", **about)
    elif ballot_sheets.bar(talk, found.key, why[:_LONGEST]):
        talk.say("ballot.barred", **about)
    else:
        talk.say("ballot.is_settled", name=about["name"])


# -- its sheet -------------------------------------------------------------------------------------


def begin(talk: Talk, which: str) -> None:
    """Ask for the marks that are not given yet; where all are, read them back."""
    if (found := _find(talk, which)) is None:
        return
    given = ballot_sheets.given(talk, found.key)
    if lacking := ballot_sheets.lacking(found, given):
        _ask(talk, found, lacking)
    else:
        _whole(talk, found, given)


def _ask(talk: Talk, found: Found, only: tuple[str, ...]) -> None:
    key, one, _row = found
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
        "variant": found.variant,
        "only": list(only),
        "claimed": {id_: option.points for id_, option in claimed.items()},
        "proven": proven,
    }
    talk.leave()
    talk.start(form.NAME, facts)


def keep(talk: Talk, run: Run) -> None:
    """Keep what was just marked, so that nothing waits for the last criterion.

    What was marked before may have been changed on the desk since.
    """
    new = {step.path for step in talk.steps if step.run == run.id and step.kind in _ANSWERED}
    answers = {path: value for path, value in run.answers.items() if path in new}
    told = form.marks(run.facts, answers), form.remarks(run.facts, answers)
    ballot_sheets.keep(talk, Key(*run.facts["key"]), *told)


def sent(talk: Talk, run: Run) -> None:
    """Read back what the sheet comes to."""
    if (found := _find(talk, str(run.facts["key"][1]))) is None:
        return
    keep(talk, run)
    given = ballot_sheets.given(talk, found.key)
    if left := ballot_sheets.lacking(found, given):
        talk.note("ballot.left_open", count=len(left), name=found.one.row["name"])
        listing(talk)
    else:
        _whole(talk, found, given)


def _whole(talk: Talk, found: Found, marks: dict[str, str]) -> None:
    key, one, _row = found
    alone = ballot_sheets.whole(found, marks)
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
    sheet = counting.sheet_of(found.one)
    given = ballot_sheets.given(talk, found.key)
    marks = council.points(found.one.rules, sheet, given, found.variant)
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
    if criterion in {line.id for line in counting.sheet_of(found.one).criteria}:
        _ask(talk, found, (criterion,))
    else:
        begin(talk, dossier)


def hand_in(talk: Talk, which: str) -> None:
    """Hand the sheet in, and come to the next product."""
    if (found := _find(talk, which)) is None:
        return
    if not ballot_sheets.hand_in(talk, found):
        begin(talk, which)
        return
    talk.note("ballot.handed_in", name=found.one.row["name"])
    listing(talk)
