"""Kế hoạch: her own days up to handing in, too late or not, and which round the dossier is for."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from conversations.messages import Message
from handlers.producer import dossiers, helping, lacking, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import calendar, planning
from programme.papers import State
from programme.planning import Item, Plan
from programme.rounds import Round
from storage import dossiers as rows

_NEXT = 3  # things to do in one letter
_A_PAGE = 4
_NAMED = 2
_ROUNDS = 3
_FOLLOWING = 4  # rounds that are looked through for one that can be reached
_ALL_YEAR = 12
_BACK = ("dossier", Message("dossier.back"))
_SEE_ALL = ("plan:0", Message("plan.see_all"))
_MOVE = ("move_round", Message("plan.item_move"))
_MISSING = ("missing", Message("dossier.item_missing"))
_ASK = ("officer", Message("menu.item_officer"))
_VERBS = {
    "dossier.have_it": "send",
    "dossier.we_write_it": "write",
    f"papers.do_{State.BLURRED}": "again",
    f"papers.do_{State.NEEDS_CERTIFIED_COPY}": "certify",
    f"papers.do_{State.RETURNED}": "redo",
    f"papers.do_{State.WRONG}": "redo",
    f"papers.do_{State.FROM_LAST_TIME}": "redo",
    f"papers.do_{State.EXPIRED}": "redo",
    f"papers.do_{State.EXPIRES_BEFORE_COUNCIL}": "redo",
}


def made(talk: Talk, one: Standing) -> Plan:
    """What to begin when, as it stands today; with the round to go to where this one is missed."""
    home, dates = standing.home_of(one.producer), talk.calendar
    coming = dates.upcoming(talk.today, home, most=_FOLLOWING)
    return planning.plan(
        one.dossier,
        one.round,
        one.file_by,
        one.dossier.days.council,
        talk.today,
        changed=dates.changed,
        following=[(each, _file_by(talk, one, each)) for each in coming],
        at_hand=one.said_to_have,
    )


def _file_by(talk: Talk, one: Standing, round_: Round) -> date:
    """The last good day to hand it in for that round; of a re-evaluation in its time, if it is."""
    by = talk.calendar.file_by(round_, standing.home_of(one.producer))
    return by if one.is_over else min(by, one.refile_by or by)


# -- the plan --------------------------------------------------------------------------------------


def tell(talk: Talk, one: Standing) -> None:
    """The pace in a sentence, what comes next with its days, and the day of handing in."""
    if one.row["filed_at"]:
        dossiers.home(talk, one)
        return
    plan = made(talk, one)
    talk.leave()
    if one.is_over:
        dossiers.say_over(talk, one)
        talk.offer("plan.over", [*_at_once(one), _MISSING, _ASK, _BACK])
        return
    if plan.pace == "late":
        _tell_late(talk, one, plan)
        return
    today = plan.items[0].begin == talk.today
    about = {"name": one.row["name"], "round": round_of(one.round)}
    if plan.pace == "tight":
        talk.note("plan.tight", **about, when=None if today else plan.items[0].begin)
    else:
        talk.note("plan.calm", **about)
    _tell_next(talk, one, plan)


def _tell_next(talk: Talk, one: Standing, plan: Plan) -> None:
    """The next things, whatever still comes in time; and what does not."""
    ahead = [each for each in plan.items if each not in plan.too_late][:_NEXT]
    talk.say("plan.ahead", lines=tuple(_line(talk, one, each) for each in ahead))
    if plan.too_late and plan.pace != "late":
        talk.note("plan.not_in_time", **_some(one, plan.too_late))
    items = [
        _SEE_ALL,
        ("print:timeline", Message("plan.item_picture")),
        ("print:calendar", Message("plan.item_calendar")),
        _MOVE,
        _BACK,
    ]
    talk.offer("plan.what_now", items, by=plan.file_by)


def _some(one: Standing, items: Sequence[Item]) -> dict[str, Any]:
    """The names of the papers among the items, as many as a sentence holds."""
    names = [lacking.name_of(one, each.line) for each in items if each.line]
    return {"papers": tuple(names[:_NAMED]), "more": max(0, len(names) - _NAMED)}


def page(talk: Talk, one: Standing, number: str) -> None:
    """All there is to do, some at a time; each can be asked about."""
    first = int(number) * _A_PAGE if number.isdecimal() else 0
    items = made(talk, one).items
    if one.row["filed_at"] or first >= len(items):
        tell(talk, one)
        return
    talk.leave()
    choices = [_to_do(one, each) for each in items[first : first + _A_PAGE]]
    if len(items) > first + _A_PAGE:
        choices.append((f"plan:{first // _A_PAGE + 1}", Message("dossier.more")))
    pages = -(-len(items) // _A_PAGE)
    talk.offer("plan.page", [*choices, _BACK], page=first // _A_PAGE + 1, pages=pages)


def _to_do(one: Standing, item: Item) -> tuple[str, Message]:
    wish = f"paper:{item.line.papers[0].id}" if item.line else item.kind
    what = what_of(one, item, wait=False)
    return wish, Message("plan.short_line", {"when": item.begin, "what": what})


def _line(talk: Talk, one: Standing, item: Item) -> Message:
    year = item.begin.year if item.begin.year != talk.year else None
    what = what_of(one, item)
    return Message("plan.line", {"when": item.begin, "year": year, "what": what})


def what_of(one: Standing, item: Item, *, wait: bool = True) -> Message:
    """What is to be done, in few words; for what takes long also how long it takes."""
    if item.line is None:
        return Message(f"plan.do_{item.kind}")
    about: dict[str, Any] = {"name": lacking.name_of(one, item.line)}
    verb = _VERBS.get(lacking.step(one, item.line).key)
    if verb:
        return Message(f"plan.do_{verb}", about)
    uncertain = item.line.papers[0].uncertain
    days = item.wait_days if wait and item.errand else None
    return Message("plan.do_get", {**about, "days": days, "uncertain": uncertain})


def first_of(talk: Talk, one: Standing) -> Message:
    """When to hand it in and what to begin with, in a sentence; or that this round is missed."""
    plan = made(talk, one)
    if plan.pace == "late":
        return Message("plan.first_late", {"round": round_of(one.round)})
    about = {"by": plan.file_by, "what": what_of(one, plan.items[0])}
    return Message("plan.first", {**about, "unfit": _is_unfit(talk, one, one.round.key)})


# -- too late --------------------------------------------------------------------------------------


def _tell_late(talk: Talk, one: Standing, plan: Plan) -> None:
    """Why this round is missed, and the first one that is not."""
    stopping = [each for each in plan.too_late if each.line and each.line.stops]
    longest = max(stopping, key=lambda each: each.wait_days, default=None)
    about = {"round": round_of(one.round), "by": plan.file_by}
    if longest and longest.line and plan.file_by >= talk.today:
        name, paper = lacking.name_of(one, longest.line), longest.line.papers[0]
        about |= {"name": name, "days": longest.wait_days, "uncertain": paper.uncertain}
        talk.note("plan.late", **about)
    else:
        talk.note("plan.late_over", **about)
    stay = ("plan_stay", Message("plan.item_stay"))
    if plan.next is None:
        talk.offer("plan.late_nowhere", [_ASK, stay, _BACK])
        return
    by = _file_by(talk, one, plan.next)
    go = (f"next_round:{plan.next.key}", Message("plan.item_next"))
    talk.offer("plan.late_next", [go, stay, _BACK], next_round=round_of(plan.next), by=by)


def stay(talk: Talk, one: Standing) -> None:
    """What would be missing in a round for which it is too late, and what can still be done."""
    plan = made(talk, one)
    if plan.pace != "late" or one.is_over or one.row["filed_at"]:
        tell(talk, one)
        return
    talk.leave()
    if plan.file_by < talk.today:
        days = {"by": plan.file_by, "closes": one.round.intake_before}
        key = "stay_over" if one.has_something else "stay_empty"
        talk.offer(f"plan.{key}", [*_at_once(one), _MOVE, _BACK], **days)
        return
    stops = [each for each in plan.too_late if each.line and each.line.stops]
    names = _some(one, stops)["papers"]
    talk.note("plan.stay", **_some(one, plan.too_late), stops=names)
    _tell_next(talk, one, plan)


def _at_once(one: Standing) -> list[tuple[str, Message]]:
    """What there is to do where the day has gone by: hand it in, or what makes that possible."""
    names = ("file",) if one.has_something else ("score", "send")
    return [(name, Message(f"dossier.item_{name}")) for name in names]


# -- another round ---------------------------------------------------------------------------------


def choose_round(talk: Talk, one: Standing) -> None:
    """Ask which of the next rounds it shall be for, with their days of handing in."""
    if _is_settled(talk, one):
        return
    talk.leave()
    items = [(f"to_round:{each.key}", label) for each, label in _offered(talk, one)]
    about = {"name": one.row["name"], "round": round_of(one.round)}
    talk.offer("plan.which_round", [*items, _BACK], **about)


def _is_settled(talk: Talk, one: Standing) -> bool:
    """Whether it was handed in; then an officer can move it, and nobody else."""
    if one.row["filed_at"]:
        talk.note("plan.filed_already")
        dossiers.home(talk, one)
    return bool(one.row["filed_at"])


def _offered(talk: Talk, one: Standing) -> Iterator[tuple[Round, Message]]:
    home = standing.home_of(one.producer)
    coming = talk.calendar.upcoming(talk.today, home, most=_ROUNDS)
    fits = _fits(talk, one, coming)
    for each in coming:
        about = {"round": round_of(each), "by": _file_by(talk, one, each)}
        yield each, Message("plan.round_line", {**about, "fit": fits.get(each.key)})


def _fits(talk: Talk, one: Standing, coming: Collection[Round]) -> dict[str, Message]:
    """How her harvest suits each of the rounds; nothing where it suits none badly."""
    months = one.idea.get("season")
    if not isinstance(months, list) or len(months) >= _ALL_YEAR:
        return {}
    home, dates = standing.home_of(one.producer), talk.calendar
    days = {each.key: dates.of(each.key, home).get("council") for each in coming}
    councils = {key: found.day for key, found in days.items() if found}
    fresh = calendar.fresh(one.dossier.product_set)
    found = calendar.propose(months, coming, fresh=fresh, councils=councils)
    if all(fit.answer != "no" for _, fit in found):
        return {}
    return {each.key: Message(f"plan.fit_{fit.answer}") for each, fit in found}


def _is_unfit(talk: Talk, one: Standing, key: str) -> bool:
    """Whether there is no fresh sample for the council of that round, and for others there is."""
    coming = talk.calendar.upcoming(talk.today, standing.home_of(one.producer), most=_FOLLOWING)
    fit = _fits(talk, one, coming).get(key)
    return fit is not None and fit.key == "plan.fit_no"


def move(talk: Talk, one: Standing, key: str) -> None:
    """Let it be for that round, if that is still ahead; then the plan for it."""
    home, dates = standing.home_of(one.producer), talk.calendar
    if _is_settled(talk, one):
        return
    coming = {each.key: each for each in dates.upcoming(talk.today, home, most=_FOLLOWING)}
    if key not in coming:
        choose_round(talk, one)
        return
    now = {"round_key": key, "council": dates.council(key, home)}
    rows.change(talk.tx, one.row["id"], **now, planned_at=None, moved_at=talk.now)
    after = standing.of(talk, rows.by_id(talk.tx, one.row["id"]))
    about = {"round": round_of(after.round), "by": _file_by(talk, after, after.round)}
    talk.note("plan.moved", **about, unfit=_is_unfit(talk, one, key))
    if key != one.row["round_key"]:
        told = {"name": one.row["name"], **about}
        helping.tell_own(talk, one.row["producer_id"], "plan.moved_by", **told)
    tell(talk, after)


def round_of(round_: Round) -> Message:
    """The round in few words."""
    return Message("plan.round", {"number": round_.number, "year": round_.year})
