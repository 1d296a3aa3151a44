"""Nộp xã: handing a dossier to the commune, once, and the steps of its year."""

from collections.abc import Sequence
from typing import Any

from conversations.messages import Message
from handlers.producer import dossiers, helping, lacking, plans, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, rounds, workdays
from programme.checklist import Line
from programme.cycle import Done, Step, needed
from storage import cycle, officers
from storage import dossiers as rows

_NAMED = 3
_STOPPING = 2
_BUSINESS_PLAN = "business_plan"
_NO_PLAN = "filing.why_no_plan"  # why the third step was passed over; a text says it


_AFTERWARDS = (
    ("book", Message("dossier.item_book")),
    ("dossier", Message("dossier.back")),
    ("menu", Message("dossier.item_menu")),
)

# -- the steps of the year -------------------------------------------------------------------------


def begun(talk: Talk, dossier: int) -> None:
    """Note the first two steps of its year: its producer knew of it, and told what it is."""
    for step in (Step.ANNOUNCE, Step.IDEA):
        _note(talk, dossier, step)


def reason_of(why: str) -> Message | str:
    """Why a step was passed over: in our words where we noted it, else as somebody wrote it."""
    return Message(why) if why == _NO_PLAN else why


def _evaluated(talk: Talk, one: Standing) -> bool:
    """Note the steps up to the evaluation, and whether the third was passed over just now."""
    with_plan = any(each["paper"] == _BUSINESS_PLAN for each in one.given)
    open_ = needed(cycle.of(talk.tx, one.row["id"]), Step.EVALUATE)
    for step in open_:
        without = step is Step.PLAN and not with_plan
        _note(talk, one.row["id"], step, _NO_PLAN if without else "")
    return Step.PLAN in open_ and not with_plan


def _note(talk: Talk, dossier: int, step: Step, why: str = "") -> None:
    done = Done(step, "passed_over" if why else "done", talk.today, why)
    cycle.note(talk.tx, dossier, done, talk.person, talk.now)


# -- handing in ------------------------------------------------------------------------------------


def if_ready(talk: Talk, one: Standing) -> None:
    """Ask whether to hand it in, where nothing is lacking that a council stops at; or show it."""
    lines = advice.by_urgency(one.dossier)
    ready = one.answered and not any(line.stops for line in lines)
    if ready or one.row["filed_at"]:
        begin(talk, one)
    else:
        dossiers.home(talk, one, filing=True)


def begin(talk: Talk, one: Standing) -> None:
    """Say what is lacking and whether it is in time, and ask whether to hand it in so."""
    if _is_filed(talk, one):
        return
    if not one.has_something:
        talk.note("filing.nothing")
        dossiers.home(talk, one)
        return
    talk.leave()
    _say_lacking(talk, advice.by_urgency(one.dossier), one)
    _say_in_time(talk, one)
    items = [
        (f"file_yes:{one.row['id']}", Message("dossier.item_file")),
        ("missing", Message("dossier.item_missing")),
        ("file_not", Message("filing.item_not")),
    ]
    about = {"name": one.row["name"], "round": plans.round_of(one.round)}
    talk.offer("filing.sure", items, **about)


def _say_lacking(talk: Talk, lines: Sequence[Line], one: Standing) -> None:
    if not one.dossier.claims:
        talk.note("filing.not_scored")
    elif not lines:
        talk.note("filing.whole")
    if lines:
        stops = tuple(lacking.name_of(one, line) for line in lines if line.stops)
        talk.note("filing.lacking", **_some(one, lines), stops=stops[:_STOPPING])


def _some(one: Standing, lines: Sequence[Line]) -> dict[str, Any]:
    names = tuple(lacking.name_of(one, line) for line in lines)
    return {"papers": names[:_NAMED], "more": len(names[_NAMED:])}


def _say_in_time(talk: Talk, one: Standing) -> None:
    before = one.dossier.before
    window = rounds.window(before.expires, one.rules) if before else None
    if one.is_over:
        dossiers.say_over(talk, one)
    elif window and one.refile_by and talk.today < window.opens:
        talk.note("filing.too_early", opens=window.opens, closes=one.refile_by)
    elif talk.today > one.file_by:
        talk.note("filing.late", by=one.file_by, closes=one.round.intake_before)
    else:
        talk.note("filing.in_time", by=one.file_by)


def hand_in(talk: Talk, which: str) -> None:
    """Hand that dossier to the commune, give its receipt, and tell the officers there."""
    mine = {str(row["id"]): row for row in dossiers.of_person(talk)}
    if which not in mine:
        dossiers.with_one(talk, "dossier", dossiers.home)
        return
    one = standing.of(talk, mine[which])
    talk.change(dossier=one.row["id"])
    if _is_filed(talk, one):
        return
    by = workdays.after(talk.today, rounds.review_days(talk.rules), talk.calendar.changed)
    rows.file(talk.tx, one.row["id"], talk.person, by, talk.now)
    passed_over = _evaluated(talk, one)
    about = {"number": one.row["number"], "name": one.row["name"], "by": by}
    talk.say("filing.done", **about, when=talk.today)
    if passed_over:
        talk.note("filing.no_plan")
    _tell_commune(talk, one, about, without_plan=passed_over)
    helping.tell_own(talk, one.row["producer_id"], "filing.done_by", **about)
    talk.leave()
    talk.offer("filing.then", _AFTERWARDS)


def _tell_commune(talk: Talk, one: Standing, about: dict[str, Any], *, without_plan: bool) -> None:
    done, total = advice.progress(one.dossier)
    lines = advice.by_urgency(one.dossier)
    whose = {"producer": one.producer["name"], "done": done, "total": total}
    for officer in officers.of_commune(talk.tx, one.producer["commune_code"]):
        told = {**about, **whose, **_some(one, lines), "without_plan": without_plan}
        talk.tell(officer, "filing.to_commune", **told)


def _is_filed(talk: Talk, one: Standing) -> bool:
    """Whether it was handed in before; then say so kindly, with what goes on."""
    if one.row["filed_at"]:
        talk.note("filing.already")
        dossiers.home(talk, one)
    return bool(one.row["filed_at"])


def not_yet(talk: Talk, one: Standing) -> None:
    """Leave it as it is, for another day."""
    talk.note("filing.not_yet")
    dossiers.home(talk, one)
