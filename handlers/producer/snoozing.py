"""What is said back to a reminder: remind me again then, stop this, stop all of it, go on."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from conversations import readings
from conversations.forms.consent import WORDS_VERSION
from conversations.messages import Message
from conversations.reading import Read, Unclear
from handlers import reminded
from handlers.producer import consenting
from handlers.talk import Talk
from programme import firings, workdays
from programme.folding import fold
from storage import consents, dossiers, due, reminders
from storage.reminders import Due

_AGAIN = re.compile(
    r"(?:(?:de|cho|hen) )?(?:(.+) )?(?:nhac lai|nhac sau|nhac toi lai|remind me(?: again)?(?: on)?)"
    r"(?: (.+))?"
)
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
_SHOWN = 5


def heard(talk: Talk, text: str) -> bool:
    """Take what is said back to a reminder, wherever it is said."""
    said = fold(text[:80]).strip(" .,!?")
    if deed := _SAID.get(said):
        _DEEDS[deed](talk)
        return True
    again = _AGAIN.fullmatch(said)
    if again is None or not consenting.given(talk.session):
        return False
    _again(talk, " ".join(filter(None, again.groups())))
    return True


# -- again, another day ----------------------------------------------------------------------------


def _again(talk: Talk, when: str) -> None:
    told = _told(talk)
    day = _day(talk, when)
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
    match readings.date(when, talk.today, "future"):
        case Read(day):
            return day
        case Unclear(candidates):
            return next((day for day in candidates if day > talk.today), None)
        case _:
            return None


def _put_off(talk: Talk, told: list[Due], day: date) -> None:
    """Remind again that day, or on the last one before a deadline; nothing until then."""
    last = min((one.day for one in told if one.day >= talk.today), default=day)
    wanted = _open(min(day, last))
    if wanted <= talk.today:
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
    reminders.add(talk.tx, rows)
    if wanted < day:
        talk.say("reminder.again_sooner", day=wanted, last=last)
    else:
        talk.say("reminder.again", count=len(told), day=wanted, time=firings.HOUR)


def _open(day: date) -> date:
    """The day, or before Tết the last one on which one may write."""
    while day in workdays.tet(day.year):
        day -= timedelta(days=1)
    return day


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
    consents.end(talk.tx, talk.person, purpose, talk.now)
    held = {p: v for p, v in talk.session.consent.items() if p != purpose}
    talk.change(consent=held)
    reminders.stop(talk.tx, talk.person, purpose, talk.now)
    talk.say(f"reminder.stopped_{purpose}")
    talk.resume(told=True)


def _go_on(talk: Talk, purpose: str) -> None:
    """Agree to the purpose again; who agreed to nothing is asked for all of it first."""
    if not consenting.given(talk.session):
        consenting.ask(talk, "")
        return
    consents.add(talk.tx, talk.person, purpose, WORDS_VERSION, talk.now)
    talk.change(consent={**talk.session.consent, purpose: WORDS_VERSION})
    dossiers.plan_anew(talk.tx, dossiers.of_members(talk.person))
    talk.say(f"reminder.on_{purpose}")
    talk.resume(told=True)


def _coming(talk: Talk) -> None:
    """What she will be reminded of next, a line each."""
    some = reminders.coming(talk.tx, talk.person, _SHOWN)
    known = reminded.facts(talk.tx, some, talk.calendar, talk.now)
    lines = tuple(
        Message(
            "reminder.coming_line",
            {"day": firings.day_of(one.due_at), "what": reminded.what(known, one)},
        )
        for one in some
    )
    talk.say("reminder.coming", lines=lines) if lines else talk.say("reminder.nothing_coming")
    talk.resume(told=True)


_DEEDS: dict[str, Callable[[Talk], None]] = {
    "this": _stop_these,
    "reminders": lambda talk: _stop(talk, due.REMINDERS),
    "news": lambda talk: _stop(talk, due.NEWS),
    "on_reminders": lambda talk: _go_on(talk, due.REMINDERS),
    "on_news": lambda talk: _go_on(talk, due.NEWS),
    "coming": _coming,
}
