"""What is said back to a reminder: remind me again then, stop this, stop all of it, go on."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from conversations import readings
from conversations.messages import Message
from conversations.reading import Read, Unclear
from handlers import reminded
from handlers.producer import consenting
from handlers.reminded import Facts
from handlers.talk import Talk
from programme import firings, workdays
from programme.folding import fold
from storage import due, reminders
from storage.reminders import Due

_AGAIN = re.compile(
    r"(?:(?:de|cho|hen) )?(?:(.+?) )?(?:thi )?"
    r"(nhac lai|nhac sau|nhac toi lai|nhac toi|nhac|remind me(?: again)?(?: on)?)"
    r"(?: (?:toi|minh|em|bac|voi|nhe))*(?: (.+?))?(?: (?:nhe|nha|a|voi))?"
)
_SURELY = frozenset({"nhac lai", "remind me again"})  # also without a day
_WORDS = {
    "this": "thoi nhac viec nay|dung nhac viec nay|khong nhac viec nay|thoi viec nay"
    "|stop this reminder",
    "reminders": "thoi nhac|dung nhac|dung nhac nua|thoi nhac het|khong nhac nua|tat nhac"
    "|thoi nhac nho|stop reminders|no more reminders",
    "news": "thoi bao hoi cho|dung bao hoi cho|khong bao hoi cho|thoi tin hoi cho|stop news",
    "on_reminders": "nhac toi|nhac toi voi|bat nhac|nhac han cho toi|turn on reminders",
    "on_news": "bao hoi cho cho toi|bat tin hoi cho|turn on news",
    "coming": "viec sap toi|sap nhac gi|lich nhac|em nhac gi|coming reminders",
}
_SAID = {phrase: deed for deed, phrases in _WORDS.items() for phrase in phrases.split("|")}
_AGAIN_FROM = 10_000  # firings by the person's own wish are numbered from here, a day each
_RECENT = timedelta(days=45)  # that what was told is still spoken of
_LEAVES = (3, 1)  # days before a deadline on which one is reminded at the latest
_SHOWN, _LOOKED_AT = 8, 60
_WORDY = 4  # words at most that say when, where it is not understood


def heard(talk: Talk, text: str) -> bool:
    """Take what is said back to a reminder, wherever it is said."""
    said = fold(text[:80]).strip(" .,!?")
    if deed := _SAID.get(said):
        _DEEDS[deed](talk)
        return True
    again = _AGAIN.fullmatch(said)
    if again is None or not consenting.given(talk.session):
        return False
    before, verb, after = again.groups()
    when = " ".join(filter(None, (before, after))).removeprefix("next ")
    day = _day(talk, when)
    wordy = len(when.split()) > _WORDY or (when and talk.active() is not None)
    if day is None and (verb not in _SURELY or wordy):
        return False
    _again(talk, day)
    return True


# -- again, another day ----------------------------------------------------------------------------


def _again(talk: Talk, day: date | None) -> None:
    told = _told(talk)
    if not told:
        talk.say("reminder.nothing_told")
    elif day is None:
        talk.say("reminder.again_when")
    elif day <= talk.today:
        talk.say("reminder.again_past", day=day)
    else:
        _put_off(talk, told, day)
    talk.resume(told=True)


def _told(talk: Talk) -> list[Due]:
    """What she was last reminded of, if that is not too long ago, and may be spoken of still."""
    told = reminders.last_told(talk.tx, talk.person)
    return [one for one in told if one.use_by > talk.now and talk.now - one.due_at < _RECENT]


def _day(talk: Talk, when: str) -> date | None:
    match readings.date(when, talk.today, "future") if when else None:
        case Read(day):
            return _next_week(when, talk.today) if day == talk.today else day
        case Unclear(candidates):
            return next((day for day in candidates if day > talk.today), None)
        case _:
            return None


def _next_week(when: str, today: date) -> date:
    """What was read as today: a weekday that is today's too means the next one."""
    following = readings.date(when, today + timedelta(days=1), "future")
    week = today + timedelta(days=7)
    return week if following == Read(week, sure=False) else today


def _put_off(talk: Talk, told: list[Due], day: date) -> None:
    """Remind again that day, or in time before a deadline; nothing until then."""
    last = min((one.day for one in told if one.day >= talk.today), default=None)
    latest = _latest(talk, last) if last else None
    wanted = _open(talk, min(day, latest) if latest else day, latest)
    if wanted is None or (last and latest is None):
        talk.say("reminder.again_too_late")
        return
    for one in told:
        about = reminders.about(talk.person, one)
        reminders.end(talk.tx, reminders.SUPERSEDED, talk.now, *about, reminders.before(wanted))
    morning, number = firings.morning(wanted), _AGAIN_FROM + wanted.toordinal()
    until = firings.end_of(wanted)
    rows = [
        (talk.person, *one[2:5], number, morning, max(one.use_by, until))  # kind, subject and day
        for one in told
    ]
    reminders.again(talk.tx, rows)
    if wanted < day and last:
        talk.say("reminder.again_sooner", day=wanted, last=last)
    else:
        talk.say("reminder.again", count=len(told), day=wanted)


def _latest(talk: Talk, last: date) -> date | None:
    """The last day on which a reminder still leaves time for what is due that day."""
    days = (last - timedelta(days=before) for before in _LEAVES)
    return next((day for day in days if day > talk.today), None)


def _open(talk: Talk, day: date, latest: date | None) -> date | None:
    """The day; of Tết the first day after it, or where that is too late the last before it."""
    after = before = day
    while after in workdays.tet(after.year):
        after += timedelta(days=1)
    if latest is None or after <= latest:
        return after
    while before in workdays.tet(before.year):
        before -= timedelta(days=1)
    return before if before > talk.today else None


# -- stop, and go on -------------------------------------------------------------------------------


def _stop_these(talk: Talk) -> None:
    told = _told(talk)
    for one in told:
        about = reminders.about(talk.person, one)
        reminders.end(talk.tx, reminders.DECLINED, talk.now, *about)
    if told:
        talk.say("reminder.stopped_these", count=len(told))
    else:
        talk.say("reminder.nothing_told")
    talk.resume(told=True)


def _stop(talk: Talk, purpose: str) -> None:
    """End the purpose, and all that is planned for it."""
    consenting.stop(talk, purpose)
    talk.say(f"reminder.stopped_{purpose}")
    talk.resume(told=True)


def _go_on(talk: Talk, purpose: str) -> None:
    """Agree to the purpose again; who agreed to nothing is asked for all of it first."""
    if not consenting.given(talk.session):
        consenting.ask(talk, "")
        return
    consenting.go_on(talk, purpose)
    talk.say(f"reminder.on_{purpose}")
    talk.resume(told=True)


def _coming(talk: Talk) -> None:
    """What she was reminded of today, all of it, and when of what next; a line each."""
    told = [one for one in _told(talk) if firings.day_of(one.due_at) == talk.today]
    next_ = reminders.coming(talk.tx, talk.person, _LOOKED_AT)
    known = reminded.facts(talk.tx, [*told, *next_], talk.calendar, talk.now)
    lines = tuple(_line(known, one, one.day) for one in reminded.in_order(told))
    real = [one for one in next_ if one.kind != "draft" or reminded.still(known, one)]
    lines += tuple(_line(known, one, firings.day_of(one.due_at)) for one in _next_of_each(real))
    talk.say("reminder.coming", lines=lines) if lines else talk.say("reminder.nothing_coming")
    talk.resume(told=True)


def _next_of_each(some: Iterable[Due]) -> list[Due]:
    """Of each thing the next time that it is spoken of, the first first."""
    known: dict[tuple[str, int], Due] = {}
    for one in some:
        known.setdefault((one.kind, one.subject), one)
    return list(known.values())[:_SHOWN]


def _line(known: Facts, one: Due, day: date) -> Message:
    return Message("reminder.coming_line", {"day": day, "what": reminded.what(known, one)})


_DEEDS: dict[str, Callable[[Talk], None]] = {
    "this": _stop_these,
    "reminders": lambda talk: _stop(talk, due.REMINDERS),
    "news": lambda talk: _stop(talk, due.NEWS),
    "on_reminders": lambda talk: _go_on(talk, due.REMINDERS),
    "on_news": lambda talk: _go_on(talk, due.NEWS),
    "coming": _coming,
}
