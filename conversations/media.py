"""What comes that is not typed: pictures, documents, voice, contacts and things we do not know."""

from typing import Any

from conversations import taking, walk
from conversations.answers import Kind
from conversations.events import Contact, Content, File, Location, Photo, Strange, Voice
from conversations.form import Form, Question
from conversations.hearing import answer
from conversations.play import PAUSE, Play
from conversations.reading import Wrong
from conversations.session import REVIEW, Run

# What is said of things that we do not know, by their names.
NAMED = {
    "sticker": "sticker_here",
    "empty_file": "empty_file",
    "bad_file": "bad_file",
    "big_file": "big_file",
    "edited": "edited_here",
}


def came(play: Play, content: Content) -> None:
    """Take it where it is an answer, keep it where it has a place, else say kindly what to do."""
    match content:
        case Photo() | File():
            _picture(play, content)
        case Voice(file):
            _voice(play, file)
        case Contact(phone, own):
            _contact(play, phone, own=own)
        case Location():
            play.miss("engine.location_here")
        case _:
            kind = content.kind if isinstance(content, Strange) else ""
            play.miss(f"engine.{NAMED.get(kind, 'strange_here')}")


def _kind(play: Play) -> Kind | None:
    return None if play.run.at == REVIEW else play.question.kind


def _voice(play: Play, file: str) -> None:
    kind = _kind(play)
    first = not play.run.parts
    part = {"file": file}
    if kind is None or "voice" not in kind.media or taking.part(play, kind, part):
        play.miss("engine.voice_here")
        return
    play.change(wake_at=play.now + PAUSE, last_path=play.run.at, last_at=play.now)
    if first:
        play.say("engine.voice_kept", (play.command("done"),))


def has_place(form: Form, run: Run, content: Photo | File) -> bool:
    """Whether a picture is an answer to the open question, or is kept by another one."""
    asked = form.question(run.at).kind.media if run.at in walk.paths(form, run) else ()
    return _medium(content) in asked or _place(form, run, _medium(content)) is not None


def _medium(content: Photo | File) -> str:
    return "photo" if isinstance(content, Photo) else "file"


def _picture(play: Play, content: Photo | File) -> None:
    kind, medium = _kind(play), _medium(content)
    if kind and medium in kind.media:
        _answer_picture(play, kind, content)
    elif place := _place(play.form, play.run, medium):
        _keep_picture(play, place, content)
    else:
        play.miss(f"engine.{medium}_here")


def _answer_picture(play: Play, kind: Kind, content: Photo | File) -> None:
    before, parts, most = play.taken, play.run.parts, getattr(kind, "most", 1)
    taking.part(play, kind, kind.brought(content))
    if play.taken >= most:
        taking.finish_parts(play)
        return
    if play.taken > before:
        play.change(misses=0)
    if play.taken:
        play.change(wake_at=play.now + PAUSE, last_at=play.now)
    remark = kind.remark(play.run.parts)
    if remark is None:
        _say_more_may_come(play, most) if not before else None
    elif play.taken == before and play.run.parts != parts:
        play.miss(remark.key, **remark.args)
    elif not (isinstance(content, Photo) and content.more):
        play.say(remark.key, (play.command("done"),), **remark.args)


def _say_more_may_come(play: Play, most: int) -> None:
    play.say("engine.more_photos", (play.command("done"),), count=1, most=most)


def _place(form: Form, run: Run, content: str) -> Question | None:
    """The question that keeps pictures which nobody asked for, or asked for a while ago."""
    for question in form.questions:
        if not isinstance(question, Question) or content not in question.kind.media:
            continue
        if not question.asked or question.key in run.answers:
            return question
    return None


def _keep_picture(play: Play, place: Question, content: Photo | File) -> None:
    kept, kind = list(play.run.answers.get(place.key, ())), place.kind
    more = isinstance(content, Photo) and content.more
    part = kind.part(kept, kind.brought(content))
    if isinstance(part, Wrong):
        if not more:
            play.miss("engine.photos_full", **part.args)
        return
    if part is not None and kind.taken([*kept, part]) == len(kept):
        _refuse(play, kind, [*kept, part])
        return
    if part is not None:
        play.log("edited", place.key, [*kept, part])
    if more:
        return
    all_kept = play.shown(place.key, play.run.answers.get(place.key))
    play.say("engine.photo_kept", label=play.label(place.key), value=all_kept)


def _refuse(play: Play, kind: Kind, parts: list[Any]) -> None:
    if remark := kind.remark(parts):
        play.miss(remark.key, **remark.args)


def _contact(play: Play, phone: str, *, own: bool) -> None:
    kind = _kind(play)
    if kind is None or "contact" not in kind.media:
        play.miss("engine.contact_here")
    elif own:
        answer(play, phone)
    else:
        play.miss("engine.contact_not_yours")
