"""An announcement that an officer has looked at: it goes out, now or on a day, or does not."""

from datetime import UTC, date, datetime, time
from typing import Any

from conversations.session import Run
from handlers.officer import announced, announcement_numbers, announcing, previewing
from handlers.officer.announced import said
from handlers.talk import Talk
from programme import firings, quiet
from storage import announcements, calling_off, fairs, planner


def go(talk: Talk, which: str) -> None:
    """Let it go out now."""
    row = _still_ready(talk, which)
    if row is None or not announcements.start(talk.tx, row["id"], talk.now):
        return
    talk.log("started_announcement", "announcement", row["id"])
    _announce_fair(talk, row)
    calling_off.begun(talk.tx, row, talk.now)
    at, about = quiet.next_open(talk.now), {"total": row["previewed"], **announced.named(row)}
    if at > talk.now:
        talk.say("announcing.going_later", **about, day=firings.day_of(at))
    else:
        talk.say("announcing.going", **about)


def _still_ready(talk: Talk, which: str) -> dict[str, Any] | None:
    talk.change(menu=())
    row = announcement_numbers.of_id(talk, which)
    if row is not None and row["status"] == announcements.READY:
        return row
    talk.say("announcing.settled")
    return None


def _announce_fair(talk: Talk, row: dict[str, Any]) -> None:
    """From now on producers see the fair as it is told here."""
    told = said(row)
    if row["fair_id"] and not told.get("called_off"):
        fairs.change(talk.tx, row["fair_id"], **announcing.of_fair(told), cancelled=False)
        planner.of_fair(talk.tx, row["fair_id"], talk.now)


def later(talk: Talk, which: str) -> None:
    """Ask when it goes out."""
    if row := _still_ready(talk, which):
        talk.start("sending_day", {"announcement": row["id"]})


def scheduled(talk: Talk, run: Run) -> None:
    """Let it go out at the moment that was answered."""
    at(talk, str(run.facts["announcement"]), str(run.answers["day"]))


def at(talk: Talk, which: str, moment: str) -> None:
    """Let it go out then, a day without a time meaning its morning; never in quiet hours."""
    row = _still_ready(talk, which)
    if row is None:
        return
    wanted = _wanted(moment)
    goes = quiet.next_open(wanted)
    last = announced.last_day(said(row), again=bool(row["corrects"]))
    number = announced.short(row["number"])
    if last and firings.day_of(goes) > last:
        talk.say("announcing.too_late_to_send", day=last, number=number)
        previewing.show(talk, row["id"])
    elif wanted <= talk.now and "T" in moment:
        talk.say("announcing.hour_gone", moment=wanted, number=number)
        previewing.show(talk, row["id"])
    elif goes <= talk.now:
        go(talk, str(row["id"]))
    elif announcements.schedule(talk.tx, row["id"], goes):
        talk.log("scheduled_announcement", "announcement", row["id"])
        _announce_fair(talk, row)
        key = "announcing.scheduled" if goes == wanted else "announcing.scheduled_later"
        talk.say(key, **announced.named(row), moment=goes)


def _wanted(moment: str) -> datetime:
    day, _, clock = moment.partition("T")
    on = date.fromisoformat(day)
    if not clock:
        return firings.morning(on)
    return datetime.combine(on, time.fromisoformat(clock), quiet.VIETNAM).astimezone(UTC)


def edit(talk: Talk, which: str) -> None:
    """Open the form again with all that was said; nothing of it was sent."""
    if row := _still_ready(talk, which):
        previewing.drop(talk, row)
        told = {"corrects": row["corrects"]} if row["corrects"] else {}
        announcing.start(talk, {**announcing.again(said(row)), **told})


def drop(talk: Talk, which: str) -> None:
    """Forget what was never sent."""
    if row := _still_ready(talk, which):
        previewing.drop(talk, row)
        calling_off.taken_back(talk.tx, row, talk.now)
        talk.say("announcing.dropped")
