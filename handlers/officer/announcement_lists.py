"""What became of an announcement: its ledger, the lists behind the numbers, who joins, results."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from conversations.messages import Message, Shown
from documents.digest import Digest, Section
from handlers.officer import announced, announcement_numbers, joined_sheet
from handlers.officer.announced import last_day, named, said
from handlers.officer.digest_lists import offer
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme.firings import day_of
from storage import announcements, joining
from storage.announcements import Ledger
from storage.joining import ASK, ASKING, JOIN, NO

LIST, ANSWERED, ONE = "announced_list", "announced_answer", "announced_one"
_PAGE, _NEWEST = 8, 6
_STATES = ("waiting", "sent", "failed", "refused", "opted_out", "cancelled")
_ANSWERS = {JOIN: JOIN, NO: NO, ASK: ASK, "silent": ""}


# -- all of them -----------------------------------------------------------------------------------


def newest(talk: Talk) -> None:
    """The newest announcements of the area, each by its number; none that was never sent."""
    every = announcements.newest(talk.tx, scope_of(talk), _NEWEST * 3)
    some = [row for row in every if _was_sent(row)][:_NEWEST]
    if not some:
        talk.say("announcing.none_yet")
        return
    lines = tuple(
        Message("announcing.line", {**named(row), "at": at, "status": state(row)})
        for at, row in enumerate(some, 1)
    )
    offer(talk, "announcing.newest", [f"{ONE}:{row['id']}" for row in some], lines=lines)


def _was_sent(row: Mapping[str, Any]) -> bool:
    return bool(row["started_at"] or row["send_at"]) or row["status"] != announcements.CANCELLED


def state(row: Mapping[str, Any]) -> Message:
    """How far it is."""
    if row["status"] == announcements.READY and row["send_at"]:
        return Message("announcing.state_scheduled", {"moment": row["send_at"]})
    return Message(f"announcing.state_{row['status']}")


# -- one -------------------------------------------------------------------------------------------


def show(talk: Talk, row: Mapping[str, Any]) -> None:
    """The ledger, and the answers to it; each number opens its list."""
    ledger = announcements.ledger(talk.tx, row["id"])
    items = [(f"{LIST}:{row['id']}:{name}", name, _of(ledger, name)) for name in _STATES]
    counted = [each for each in items if each[2]]
    lines = [
        Message("announcing.number", {"at": at, "label": _called(name), "count": count})
        for at, (_, name, count) in enumerate(counted, 1)
    ]
    talk.note("announcing.ledger", **named(row), status=state(row), total=ledger.previewed)
    for line in lines:
        talk.note(line.key, **line.args)
    menu = [item for item, _, _ in counted] + _note_answers(talk, row, len(counted))
    offer(talk, _next_step(row), menu, number=announced.short(row["number"]))


def _of(ledger: Ledger, name: str) -> int:
    return int(ledger._asdict()[name])


def _called(name: str) -> Message:
    return Message(f"announcing.list_{name}")


def _note_answers(talk: Talk, row: Mapping[str, Any], before: int) -> list[str]:
    first = row["corrects"] or row["id"]
    found = joining.counted(talk.tx, scope_of(talk), first) if row["kind"] in ASKING else None
    menu = []
    for name in _ANSWERS if found else ():
        if count := (found or {})[name]:
            menu.append(f"{ANSWERED}:{first}:{name}")
            at = before + len(menu)
            label = Message(f"announcing.answered_{name}")
            talk.note("announcing.number", at=at, label=label, count=count)
    return menu


def _next_step(row: Mapping[str, Any]) -> str:
    over = "over" if row["kind"] == "fair" else "done"
    name = row["status"] if row["status"] in {"sending", "paused"} else over
    return f"announcing.next_{name}"


def listed(talk: Talk, which: str) -> None:
    """The people behind a number of the ledger, each with the reason."""
    number, name, *rest = which.split(":")
    row, after = announcement_numbers.of_id(talk, number), int(rest[0]) if rest else 0
    if row is None:
        return
    about = (talk.tx, scope_of(talk), row["id"], name)
    rows = announcements.rows(*about, most=_PAGE + 1, after=after)
    talk.log("listed_recipients", "announcement", row["id"], status=name)
    lines = tuple(recipient(one) for one in rows[:_PAGE])
    talk.note("announcing.list", label=_called(name), lines=lines)
    last = rows[:_PAGE][-1]["person_id"] if rows else 0
    _further(talk, row, f"{LIST}:{number}:{name}:{last}", rows)


def recipient(one: Mapping[str, Any]) -> Message:
    """Somebody of the list: whose producer, and why nothing came, if nothing did."""
    because = Message(f"announcing.because_{one['reason']}") if one["reason"] else None
    return Message("announcing.recipient", {"name": _whose(one), "reason": because})


def _whose(one: Mapping[str, Any]) -> str | Message:
    known = one.get("producer") or one.get("name")
    return known or Message("announcing.somebody", {"number": one["person_id"]})


def _further(talk: Talk, row: Mapping[str, Any], item: str, rows: Sequence[Any]) -> None:
    back = f"{ONE}:{row['id']}"
    more = len(rows) > _PAGE
    items = (item, back) if more else (back,)
    offer(talk, "announcing.more" if more else "announcing.back", items)


# -- who answered what -----------------------------------------------------------------------------


def answered(talk: Talk, which: str) -> None:
    """Who gave that answer; of those who join also what they need there."""
    number, name, *rest = which.split(":")
    row, page = announcement_numbers.of_id(talk, number), int(rest[0]) if rest else 0
    if row is None:
        return
    rows = joining.who(talk.tx, scope_of(talk), row["id"], [_ANSWERS[name]])
    talk.log("listed_answers", "announcement", row["id"], status=name)
    some = rows[page * _PAGE :]
    if not some:
        talk.note("announcing.nobody_answered", label=Message(f"announcing.answered_{name}"))
    else:
        fair = row["kind"] == "fair"
        word = _joined if name == JOIN and fair else partial(_answer, last_day(said(row)))
        lines = tuple(map(word, some[:_PAGE]))
        label = Message(f"announcing.answered_{name}")
        talk.note("announcing.list", label=label, lines=lines)
        if name == JOIN and fair:
            talk.note("announcing.as_workbook", number=announced.short(row["number"]))
    _further(talk, row, f"{ANSWERED}:{number}:{name}:{page + 1}", some)


def _answer(last: date | None, one: Mapping[str, Any]) -> Message:
    """Who answered so; of who said no when registering had ended, when that was."""
    answered = day_of(one["answered_at"]) if one["answer"] == NO else None
    late = last and answered and answered > last
    because = Message("announcing.because_gone_back", {"day": answered}) if late else None
    return Message("announcing.recipient", {"name": _whose(one), "reason": because})


def _joined(one: Mapping[str, Any]) -> Message:
    phone = Shown("phone", one["phone"]) if one["phone"] else None
    needs = json.loads(one["needs"]) if one["needs"] else None
    told = None
    if needs:
        power = Message(f"fair_joining.power_{needs['power']}")
        stalls, people = needs["stalls"], needs["people"]
        about = {"stalls": stalls, "people": people, "power": power}
        told = Message("announcing.needs", {**about})
    return Message("announcing.joined_line", {"name": _whose(one), "phone": phone, "needs": told})


def joined(talk: Talk, row: Mapping[str, Any]) -> None:
    """Who joins."""
    answered(talk, f"{row['corrects'] or row['id']}:{JOIN}")


def workbook(talk: Talk, row: Mapping[str, Any]) -> None:
    """Who joins as a workbook with all that an organiser's list asks."""
    first = row["corrects"] or row["id"]
    rows = joining.who(talk.tx, scope_of(talk), first, [JOIN])
    number = announced.short(row["number"])
    if not rows:
        talk.say("announcing.nobody_joins_yet", number=number)
        return
    talk.log("printed_joined", "announcement", first, people=len(rows))
    told: Section = joined_sheet.section(talk.tx, row, rows)
    talk.print("fair_list", Digest(said(row)["name"], talk.today, (told,)))
    talk.say("announcing.printing", number=number)


# -- results ---------------------------------------------------------------------------------------


def results(talk: Talk, row: Mapping[str, Any]) -> None:
    """What came of it, summed up over all who told."""
    rows = joining.who(talk.tx, scope_of(talk), row["corrects"] or row["id"], [JOIN])
    told = [json.loads(one["results"]) for one in rows if one["results"]]
    about = {"total": len(rows), "done": len(told), **named(row)}
    if not told:
        talk.say("announcing.no_results_yet", **about)
        return
    sums = {name: _sum(told, name) for name in ("sales", "contracts", "buyers")}
    shown = {**about, **sums, "sales": Shown("money", sums["sales"])}
    talk.messages.append(Message("announcing.results", {**shown}))


def _sum(told: Sequence[Mapping[str, Any]], name: str) -> int:
    return sum(one[name] for one in told if isinstance(one.get(name), int))
