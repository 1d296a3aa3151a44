"""The engine: one form, one session, one event, and what follows. It waits and writes nothing."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace

from conversations import asking, commands, media, taking, tapping, walk
from conversations.answers import LongText, legible
from conversations.commanded import obey, sure
from conversations.events import Event, Tap, Text, Wake
from conversations.form import Form
from conversations.hearing import digit, typed
from conversations.play import PAUSE, Play, Turn
from conversations.reading import Read
from conversations.readings import yes_no
from conversations.session import NEVER_SHOWN, REVIEW, Run, Session
from programme.folding import fold

__all__ = ["Turn", "digit", "resume", "start", "step", "too_early"]

_AGAIN = timedelta(minutes=10)  # the same text this soon after itself is a double send


def start(form: Form, session: Session, facts: dict[str, Any], now: datetime) -> Turn:
    """Begin a run of the form on top of what is being talked about, and ask its first question."""
    run = Run(session.next_run, form.name, form.version, now, now)
    session = replace(
        session, next_run=session.next_run + 1, stack=(*session.stack, run.id), menu=()
    )
    play = Play(form, session, run, now)
    value = {"form": form.name, "version": form.version, "facts": facts}
    play.log("started", value=value | walk.begun(form, facts))
    asking.proceed(play)
    return play.turn()


def resume(form: Form, session: Session, now: datetime, *, told: bool = False) -> Turn:
    """Show the open question of the active run again, as it stands; ``told`` when that was said."""
    play = _play(form, session, now)
    if not told:
        _again(play)
    if play.run.sure:
        play.log("unsure", value="")
    if play.run.at:
        asking.show(play)
    else:
        asking.proceed(play)
    return play.turn()


def step(form: Form, session: Session, event: Event, now: datetime) -> Turn:
    """Let the active run of the session, which ``form`` plays, hear the event.

    The session must have an active run. Nothing is kept between calls; the same arguments give the
    same turn.
    """
    play = _play(form, session, now)
    match event.content:
        case _ if not play.run.at:  # the question on the screen is not in today's form
            _again(play)
            asking.proceed(play)
        case Text(text):
            _text(play, legible(text), event)
        case Tap(data):
            _tap(play, data)
        case Wake():
            _woken(play)
        case content:
            media.came(play, content)
    return play.turn()


def _play(form: Form, session: Session, now: datetime) -> Play:
    run = session.active()
    if run is None:
        raise ValueError("no run is active")  # routing asks the engine only when one is
    play = Play(form, session, run, now)
    if run.version != form.version:
        _move(play)
    return play


def _move(play: Play) -> None:
    """Lead a run of an earlier version to this one; what is on the screen stays if it still is."""
    form, answers = play.form, dict(play.run.answers)
    for version in range(play.run.version, form.version):
        answers = form.migrations[version](answers)
    there = (*walk.paths(form, replace(play.run, answers=answers)), REVIEW)
    at = play.run.at if play.run.at in there else ""
    play.log("moved", value={"version": form.version, "answers": answers, "at": at})


def _again(play: Play) -> None:
    play.note("engine.resumed", title=play.title())


# -- typed ----------------------------------------------------------------------------------------


def _text(play: Play, text: str, event: Event) -> None:
    if too_early(play.session, event):
        _early(play, text)
        return
    if _perhaps_twice(play, text, event):
        if not play.run.parts:  # of a long answer it is a part that is there already
            asking.show(play)
        return
    if not _obeyed(play, text):
        typed(play, text) if play.run.at != REVIEW else _at_review(play, text)
    kept = play.form.keeps or not (play.unheard or play.run.pending)
    play.change(last_text=fold(text[:400]) if kept else "")


def _obeyed(play: Play, text: str) -> bool:
    if play.run.sure and sure(play, text):
        return True
    question = play.question_or_none()
    things = question is not None and question.things
    command = _numbered(play, text) or commands.parse(text, free=things) or commands.called(text)
    return command is not None and obey(play, command)


def _numbered(play: Play, text: str) -> commands.Command | None:
    """The command that a number on the screen stands for, and 0, which always leads back."""
    question, place, shown = play.question_or_none(), digit(text), play.session.menu
    if place:
        name = shown[place - 1] if place <= len(shown) else ""
        return commands.Command(name) if name in commands.NAMES else None
    numeric = question is not None and question.kind.numeric
    return commands.Command("back") if text.strip() == "0" and not numeric else None


def _at_review(play: Play, text: str) -> None:
    if number := digit(text):
        obey(play, commands.Command("edit", number))
    elif (said := yes_no(text)) and isinstance(said, Read) and said.value:
        obey(play, commands.Command("send"))
    else:
        play.unheard = True
        play.miss("engine.review_unheard", play.review_choices())


def too_early(session: Session, event: Event) -> bool:
    """Whether it was typed before what is on the screen now had appeared there."""
    shown = session.shown
    return event.order is not None and shown is not None and event.order < abs(shown)


def _perhaps_twice(play: Play, text: str, event: Event) -> bool:
    """Whether it may be the last answer once more, where nobody knows since when this is asked."""
    session = play.session
    nobody_knows = event.order is not None and session.shown is not None and session.shown <= 0
    last = session.last_at
    if not nobody_knows or last is None or play.now - last > _AGAIN:
        return False
    return fold(text[:400]) == session.last_text


def _early(play: Play, text: str) -> None:
    """A text typed before the question was on the screen is never its answer (it may be a rest)."""
    session = play.session
    path, last = session.last_path, session.last_at
    if fold(text[:400]) == session.last_text and last and play.now - last <= _AGAIN:
        return
    certain = (session.shown or 0) > 0  # else it may be an answer to what was on the screen before
    if certain and path and last and play.now - last <= PAUSE and _joins(play, path, text):
        return
    play.log("early", play.run.at)
    if session.shown == NEVER_SHOWN or not play.form.keeps:
        asking.show(play)
        return
    play.say("engine.early", text=text[:60], turn=session.misses + 1)
    play.change(misses=session.misses + 1)


def _joins(play: Play, path: str, text: str) -> bool:
    """Whether it belongs to the long answer before the question that is on the screen now."""
    if path not in walk.paths(play.form, play.run) or path == play.run.at or commands.parse(text):
        return False
    kind, given = play.form.question(path).kind, play.run.answers.get(path)
    if not isinstance(kind, LongText) or given is None:
        return False
    longer = kind.joined(given, text, play.asked(path))
    if longer is None:
        return False
    play.log("edited", path, longer)
    play.say("engine.joined", label=play.label(path))
    return True


# -- tapped, woken --------------------------------------------------------------------------------


def _tap(play: Play, data: str) -> None:
    name, _, rest = data.removeprefix("!").partition("|")
    if not data.startswith("!"):
        tapping.tapped(play, data)
    elif rest != f"{play.run.id}|{play.run.at}":
        tapping.settled(play)
    elif name in {"yes", "no"} and play.run.sure:
        sure(play, "1" if name == "yes" else "2")
    elif not (name in commands.NAMES and obey(play, commands.Command(name))):
        tapping.settled(play)


def _woken(play: Play) -> None:
    due = play.session.wake_at
    if due is None or play.now < due:
        return
    play.change(wake_at=None)
    if play.taken:
        taking.finish_parts(play)
