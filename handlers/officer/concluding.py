"""Kết quả: the decision after a meeting gives stars, sends up, and tells each producer why."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from conversations import readings, walk
from conversations.messages import Message
from conversations.reading import Read
from conversations.session import Run
from handlers.officer import calendar, counting, impartial, seating, sittings
from handlers.officer.counting import Meeting, Product
from handlers.producer import certificates as told_days
from handlers.producer import standing, stars
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import rounds
from programme.council import Tally
from programme.roles import Right
from programme.rounds import Round
from programme.sheets import STARS
from storage import certificates, councils, dossiers, officers
from storage.database import alone

_CERTIFIED, _UP = STARS[0], STARS[-1]
_ROUNDS = 4
_NAMED, _LISTED = 3, 8
_DAY = re.compile(r"(?P<number>.+?)(?:,? ?(?:ng\wy|dated|of|on) (?P<day>.+))", re.IGNORECASE)


def begin(talk: Talk, said: str) -> None:
    """Ask for the decision, or only whether it is so where it was told at once."""
    found = _undecided(talk)
    if found is None:
        last = sittings.current(talk)
        if last is not None:
            talk.say(f"results.is_{last.row['status']}", written=last.written)
        return
    facts: dict[str, Any] = {"sitting": found.row["id"], **kinds(found), **told(talk, said)}
    talk.leave()
    if {"number", "day"} <= facts.keys():
        talk.note("results.will_be", decision=facts["number"], day=facts["day"], **kinds(found))
    talk.start("results", facts)


def _undecided(talk: Talk) -> Meeting | None:
    """The oldest meeting of the province that waits for its decision."""
    province = seating.province_of(talk)
    row = councils.undecided(talk.tx, province) if province else None
    return counting.meeting(talk, officers.over(province or ""), row) if row else None


def is_next(talk: Talk, found: Meeting) -> bool:
    """Whether it is that meeting whose decision is waited for: the oldest of its province."""
    row = councils.undecided(talk.tx, seating.province_of(talk) or "")
    return row is not None and bool(row["id"] == found.row["id"])


def kinds(found: Meeting) -> dict[str, Any]:
    """How many are certified, how many go up to the ministry, how many are out.

    What is put off to a meeting is none of them.
    """
    given = [each.row["given"] or 0 for each in found.products if not each.put_off]
    up = sum(star >= _UP for star in given)
    certified = sum(_CERTIFIED <= star < _UP for star in given)
    return {"certified": certified, "up": up, "out": len(given) - up - certified}


def told(talk: Talk, said: str) -> dict[str, str]:
    """The number and the day, as far as they were typed behind the word."""
    if not said:
        return {}
    parted = _DAY.fullmatch(said)
    if parted is None:
        return {"number": said}
    match readings.date(parted["day"], talk.today, "past"):
        case Read(day, True) if day <= talk.today:
            return {"number": parted["number"], "day": day.isoformat()}
        case _:
            return {"number": parted["number"]}


def sent(talk: Talk, run: Run) -> None:
    """Note the decision: certificates begin, and each producer hears the result and why."""
    answers = walk.collected(talk.catalogue.of(run), run)
    found = _undecided(talk)
    day = date.fromisoformat(answers["day"])
    scope = officers.scope(talk.tx, talk.person)
    if (
        scope is None
        or not scope.may(Right.COUNCIL)
        or answers["sure"] != "yes"
        or found is None
        or found.row["id"] != run.facts["sitting"]
    ):
        talk.say("results.kept")
    elif not councils.decide(talk.tx, found.row["id"], answers["number"], day):
        talk.say("results.is_decided", written=found.written)
    else:
        talk.log("decided_results", "sitting", found.row["id"])
        for each in found.products:
            if not each.put_off:
                _conclude(talk, each, answers["number"], day)
        talk.say("results.noted", **kinds(found), decision=answers["number"])


def _conclude(talk: Talk, each: Product, decision: str, day: date) -> None:
    one = counting.of_dossier(talk, each.row["id"])
    star = 0 if each.row["refused"] else each.row["given"] or 0
    about = {"name": one.row["name"], "points": counting.points_of(each.row)}
    if star >= _UP:
        talk.tell(one.row["person_id"], "results.goes_up", **about)
    elif star >= _CERTIFIED:
        _certify(talk, one, star, decision, day, about["points"])
    else:
        _put_off(talk, one, each, about)


def _certify(
    talk: Talk, one: Standing, star: int, decision: str, day: date, points: str | None
) -> None:
    """Keep the certificate, which starts its own clock, and end the dossier (Điều 7)."""
    issued, expires = told_days.days(talk, {"recognised": day.isoformat()})
    window = rounds.window(expires, talk.rules)
    closes = standing.last_working_day(talk, window.closes)
    values = {name: one.row[name] for name in ("producer_id", "name", "product_set")}
    values |= {"dossier_id": one.row["id"], "star": star, "decision": decision}
    values |= {"issued": issued, "expires": expires}
    values |= {"refile_from": window.opens, "refile_by": closes}
    certificates.keep(talk.tx, values, talk.now)
    dossiers.close(talk.tx, one.row["id"], talk.now)
    about = {"name": one.row["name"], "star": star, "points": points, "decision": decision}
    told = {**about, "expires": expires, "opens": window.opens, "closes": closes}
    talk.tell(one.row["person_id"], "results.certified", **told)


def _put_off(talk: Talk, one: Standing, each: Product, about: dict[str, Any]) -> None:
    """Let what did not pass go on to the next round with all its papers, and say what lacks."""
    found = next_round(talk, one)
    lacking = _lacking(one, each.tally)
    days: dict[str, Any] = {"round": None, "by": None}
    if found is not None:
        home = standing.home_of(one.producer)
        meets = talk.calendar.council(found.key, home)
        dossiers.requeue(talk.tx, one.row["id"], found.key, meets, talk.now)
        days = {"round": calendar.named(found), "by": talk.calendar.file_by(found, home)}
    key = "results.refused" if each.row["refused"] else "results.not_passed"
    more = {"why": each.row["refused"]} if each.row["refused"] else {"criteria": lacking}
    talk.tell(one.row["person_id"], key, **about, **more, **days)


def next_round(talk: Talk, one: Standing) -> Round | None:
    """The first round after its own that the commune's proposal can still reach."""
    home = standing.home_of(one.producer)
    coming = talk.calendar.upcoming(talk.today, home, most=_ROUNDS)
    last = one.round.intake_before
    return next((each for each in coming if each.intake_before > last), None)


def _lacking(one: Standing, tally: Tally | None) -> Sequence[Message | str]:
    """The criteria at which it falls short of the next star, in plain words."""
    if tally is None:
        return ()
    lines = (counting.sheet_of(one).criterion(id_) for id_ in tally.short[:_NAMED])
    return tuple(map(stars.label_of, lines))


# -- what the ministry says ------------------------------------------------------------------------


def begin_ministry(talk: Talk, place: int | None) -> None:
    """Ask what the ministry decided of a product that went up to it; of several ask which."""
    province = seating.province_of(talk)
    up = councils.gone_up(talk.tx, officers.over(province)) if province else []
    meant = [row for row in up if row["place"] == place] if len(up) > 1 else up
    if not up:
        talk.say("results.not_up")
    elif len(meant) == 1:
        of_ministry(talk, str(meant[0]["id"]))
    else:
        talk.leave()
        items = [(f"of_ministry:{row['id']}", row["name"]) for row in (meant or up)[:_LISTED]]
        talk.offer("results.which_up", items)


def of_ministry(talk: Talk, which: str) -> None:
    """Ask what the ministry decided of that product."""
    province = seating.province_of(talk)
    up = councils.gone_up(talk.tx, officers.over(province)) if province else []
    one = next((row for row in up if str(row["id"]) == which), None)
    talk.leave()
    if one is None:
        talk.say("results.not_up")
    elif not _is_own(talk, one):
        talk.start("ministry", {"dossier": one["id"], "name": one["name"]})


def _is_own(talk: Talk, row: Mapping[str, Any]) -> bool:
    return impartial.refused(talk, row["producer_id"], Right.COUNCIL, waits=False)


def ministry_sent(talk: Talk, run: Run) -> None:
    """Keep the certificate that follows from the ministry's word, and tell its producer."""
    answers = walk.collected(talk.catalogue.of(run), run)
    alone(talk.tx, f"dossier-{run.facts['dossier']}")  # another secretary may be noting it too
    one = counting.of_dossier(talk, run.facts["dossier"])
    if one.row["status"] != "open":
        talk.say("results.not_up")
        return
    if _is_own(talk, one.row):
        return
    day, star = date.fromisoformat(answers["day"]), int(answers["star"])
    _certify(talk, one, star, answers["number"], day, None)
    talk.log("noted_ministry", "dossier", one.row["id"], star=star)
    talk.say("results.noted_ministry", name=one.row["name"], star=star)
