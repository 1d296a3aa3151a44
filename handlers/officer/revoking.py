"""Thu hồi giấy chứng nhận: proposed for a cause of the law, decided in time, told kindly."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from conversations import walk
from conversations.messages import Message
from conversations.session import Run
from handlers.officer import concluding, impartial
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme import revocation as law
from programme.folding import fold
from programme.roles import RIGHTS, Right
from storage import officers, planner, producers, revocations
from storage.revocations import OPEN, REVOKED

_LOOK = 200  # signs
_MOST, _OFFERED = 12, 8  # in a list, and to choose from
_NUMBER = r"(?: so)? (?P<number>\d{1,6})"
_PAPER = r"(?:giay )?(?:chung nhan )?(?:ocop )?(?:cua )?(?:san pham )?"
_SAID: tuple[tuple[str, str], ...] = (
    (r"(?:xem |cac )?thu hoi(?: (?:giay )?chung nhan)?(?:(?: nam)? (?P<year>20\d\d))?", "list"),
    (r"revocations", "list"),
    (rf"(?:thoi|bo|khong) thu hoi(?: nua)?{_NUMBER}", "drop"),
    (rf"quyet dinh thu hoi{_NUMBER}(?: so)?(?: (?P<said>.+))?", "decide"),
    (rf"(?:(?:xem )?thu hoi|revocation){_NUMBER}", "tell"),
    (rf"(?:de nghi |xin )?thu hoi {_PAPER}(?P<rest>.+)|revoke (?P<whom>.+)", "propose"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)
_RIGHTS = {"list": Right.READ, "tell": Right.READ, "propose": Right.PLAN}
_FORMS = frozenset({"revocation", "revoking"})

Do = Callable[[Talk], None]


def wanted(talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are of no revocation, or answer its forms."""
    found = talk.active()
    answers = found is not None and found[0].name in _FORMS
    typed = " ".join(text[:_LOOK].split()).strip(" .")
    for pattern, deed in _PATTERNS:
        match = pattern.fullmatch(fold(typed))
        if match and not (answers and deed == "propose"):
            told = {name: value for name, value in match.groupdict().items() if value}
            do = partial(_DEEDS[deed], told={**told, "typed": typed})
            return do, _RIGHTS.get(deed, Right.COUNCIL)
    return None


# -- proposing -------------------------------------------------------------------------------------


def _propose(talk: Talk, *, told: dict[str, str]) -> None:
    """Ask for what the certificate of that product or producer is to be revoked."""
    named = told.get("rest") or told.get("whom") or ""
    fitting = _fitting(talk, named)
    if len(fitting) == 1:
        _begin(talk, fitting[0])
    elif fitting:
        items = [(f"revoke:{one['id']}", _item(one)) for one in fitting[:_OFFERED]]
        talk.leave()
        talk.offer("revocation.which", items, count=len(fitting))
    else:
        talk.say("revocation.nobody", said=named)


def _item(one: dict[str, Any]) -> Message:
    return Message(
        "revocation.item", {"name": one["name"], "star": one["star"], "producer": one["producer"]}
    )


def _fitting(talk: Talk, named: str) -> list[dict[str, Any]]:
    """The certificates whose product or producer has that name, else those that hold it."""
    every = [
        ({fold(one["name"]), fold(one["producer"])}, one)
        for one in revocations.standing(talk.tx, scope_of(talk), talk.today)
    ]
    same = [one for names, one in every if named in names]
    return same or [one for names, one in every if any(named in name for name in names)]


def of_certificate(talk: Talk, which: str) -> None:
    """Ask for what that certificate is to be revoked."""
    standing = revocations.standing(talk.tx, scope_of(talk), talk.today)
    if one := next((each for each in standing if str(each["id"]) == which), None):
        _begin(talk, one)
    else:
        _list(talk, told={})


def _begin(talk: Talk, one: dict[str, Any]) -> None:
    if facts := to_propose(talk, one):
        talk.leave()
        about = {name: one[name] for name in ("name", "producer", "star")}
        talk.note("revocation.begins", **about)
        talk.start("revocation", facts)


def to_propose(talk: Talk, one: dict[str, Any]) -> dict[str, Any] | None:
    """The facts of a proposal for that certificate; None where none may be made, which is said."""
    if impartial.refused(talk, one["producer_id"], Right.PLAN, waits=False):
        return None
    known = revocations.of_certificates(talk.tx, scope_of(talk), [one["id"]])
    if waits := next((each for each in known if each["status"] == OPEN), None):
        talk.say("revocation.is_open", number=waits["number"], name=one["name"])
        return None
    return {"certificate": one["id"], "name": one["name"], "star": one["star"]}


def sent(talk: Talk, run: Run) -> None:
    """Keep the proposal, and tell who may decide it."""
    answers = walk.collected(talk.catalogue.of(run), run)
    concluded = date.fromisoformat(answers["concluded"])
    values = {name: answers[name] for name in ("cause", "why")}
    values |= {"certificate_id": run.facts["certificate"], "concluded": concluded}
    values |= {"until": law.due(concluded, talk.rules)}
    proposed = revocations.propose(talk.tx, values, talk.person, talk.now)
    if proposed is None:
        _list(talk, told={})
        return
    talk.log("proposed_revocation", "revocation", proposed, cause=answers["cause"])
    planner.of_revocations(talk.tx, [proposed], talk.now)
    (row,) = revocations.by_ids(talk.tx, [proposed])
    decides = scope_of(talk).may(Right.COUNCIL)
    if not decides:
        _tell_province(talk, row)
    decider = Message(f"revocation.by_{law.decided_by(row['star'], talk.rules)}")
    about = {"number": row["number"], "name": row["name"], "until": row["until"]}
    talk.say("revocation.proposed", **about, decider=decider, decides=decides)


def _tell_province(talk: Talk, row: dict[str, Any]) -> None:
    about = {name: row[name] for name in ("number", "name", "producer")}
    for each in officers.of(talk.tx, row["province_code"] or ""):
        if Right.COUNCIL in RIGHTS[each.role]:
            talk.tell(each.person, "revocation.was_proposed", **about, cause=_cause(row))


def _cause(row: dict[str, Any]) -> Message:
    return Message(f"revocation.cause_{row['cause']}")


# -- deciding --------------------------------------------------------------------------------------


def _decide(talk: Talk, *, told: dict[str, str]) -> None:
    """Ask for the decision, or only whether it is so where it was told at once."""
    row = _to_settle(talk, told)
    if row is None:
        return
    if row["status"] != OPEN:
        talk.say("revocation.is_settled", number=row["number"])
        return
    about = {"name": row["name"], "star": row["star"]}
    said = concluding.told(talk, _as_typed(told))
    since = first_day(row).isoformat()
    talk.leave()
    if said.get("day", since) < since:
        del said["day"]
        talk.note("revoking.too_early", since=since)
    if {"number", "day"} <= said.keys():
        talk.note("revoking.will_be", **about, decision=said["number"], day=said["day"])
    talk.start("revoking", {"revocation": row["id"], "since": since, **about, **said})


def first_day(row: dict[str, Any]) -> date:
    """The first day on which it can have been decided."""
    day: date = max(row["concluded"], row["issued"])
    return day


def _to_settle(talk: Talk, told: dict[str, str]) -> dict[str, Any] | None:
    """The revocation of that number, unless it is of a producer for whom the officer acts."""
    row = _found(talk, told)
    return None if row is None or _is_own(talk, row) else row


def _is_own(talk: Talk, row: dict[str, Any]) -> bool:
    return impartial.refused(talk, row["producer_id"], Right.COUNCIL, waits=False)


def _as_typed(told: dict[str, str]) -> str:
    count = len(told.get("said", "").split())
    return " ".join(told["typed"].split()[-count:]) if count else ""


def decided(talk: Talk, run: Run) -> None:
    """Revoke the certificate; its producer hears why, and what to do now."""
    answers = walk.collected(talk.catalogue.of(run), run)
    number, day = answers["number"], date.fromisoformat(answers["day"])
    (row,) = revocations.by_ids(talk.tx, [run.facts["revocation"]])
    if _is_own(talk, row):
        return
    if answers["sure"] != "yes" or not scope_of(talk).may(Right.COUNCIL):
        talk.say("revocation.kept")
    elif not revocations.decide(talk.tx, row["id"], number, day):
        talk.say("revocation.is_settled", number=row["number"])
    else:
        talk.log("revoked_certificate", "revocation", row["id"], cause=row["cause"])
        planner.of_revocations(talk.tx, [row["id"]], talk.now)
        _tell_producer(talk, row, number, day)
        talk.say("revocation.revoked", name=row["name"], decision=number, day=day)


def _tell_producer(talk: Talk, row: dict[str, Any], number: str, day: date) -> None:
    about = {"name": row["name"], "decision": number, "day": day, "why": row["why"]}
    advice = Message(f"revocation.advice_{row['cause']}")
    for person in producers.owners(talk.tx, row["producer_id"]) if row["producer_id"] else ():
        talk.tell(person, "revocation.told", **about, cause=_cause(row))
        talk.tell(person, "revocation.then", advice=advice)


def _drop(talk: Talk, *, told: dict[str, str]) -> None:
    """Let the certificate stand."""
    row = _to_settle(talk, told)
    if row is None:
        return
    if revocations.drop(talk.tx, row["id"]):
        talk.log("dropped_revocation", "revocation", row["id"])
        planner.of_revocations(talk.tx, [row["id"]], talk.now)
        talk.say("revocation.dropped", number=row["number"], name=row["name"])
    else:
        talk.say("revocation.is_settled", number=row["number"])


def dropped(talk: Talk, number: int) -> None:
    """Let the certificate stand of which the revocation has that number."""
    _drop(talk, told={"number": str(number)})


# -- looking ---------------------------------------------------------------------------------------


def _list(talk: Talk, *, told: dict[str, str]) -> None:
    """What waits for a decision, and what was revoked in a year."""
    year = int(told.get("year", talk.year))
    days = date(year, 1, 1), date(year, 12, 31)
    rows = revocations.during(talk.tx, scope_of(talk), *days)
    if not rows:
        talk.say("revocation.none_in", year=year)
        return
    revoked = sum(row["status"] == REVOKED for row in rows)
    lines = tuple(
        Message("revocation.line", {"number": r["number"], "name": r["name"], "state": state(r)})
        for r in rows[:_MOST]
    )
    talk.note("revocation.counts", year=year, count=len(rows) - revoked, done=revoked)
    talk.say("revocation.list", lines=lines, number=rows[0]["number"])


def state(row: dict[str, Any]) -> Message:
    """How far it is."""
    days = {OPEN: {"until": row["until"]}, REVOKED: {"day": row["decided_on"]}}
    return Message(f"revocation.state_{row['status']}", days.get(row["status"], {}))


def _tell(talk: Talk, *, told: dict[str, str]) -> None:
    """All that is known of one."""
    row = _found(talk, told)
    if row is None:
        return
    talk.log("read_revocation", "revocation", row["id"])
    names = ("number", "name", "star", "producer", "why", "decision")
    about = {name: row[name] for name in names} | {"day": row["concluded"]}
    clause = law.clause(row["cause"], talk.rules)
    opened = {"state": state(row), "open": row["status"] == OPEN}
    talk.say("revocation.one", **about, cause=_cause(row), clause=clause, **opened)


def _found(talk: Talk, told: dict[str, str]) -> dict[str, Any] | None:
    number = int(told["number"])
    row = revocations.numbered(talk.tx, scope_of(talk), number)
    if row is None:
        talk.say("revocation.no_such", number=number)
    return row


_DEEDS: dict[str, Callable[..., None]] = {
    "list": _list,
    "drop": _drop,
    "decide": _decide,
    "tell": _tell,
    "propose": _propose,
}
# What the items of a list on the screen want, as ``<name>:<which>``.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    "revoke": (of_certificate, Right.PLAN),
}
