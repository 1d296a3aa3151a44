"""What comes that is not typed: pictures, documents, voice, contacts and things we do not know."""

from conversations import taking
from conversations.answers import Kind
from conversations.events import Contact, Content, File, Location, Photo, Strange, Voice
from conversations.form import Question
from conversations.hearing import answer
from conversations.play import PAUSE, Play
from conversations.reading import Wrong
from conversations.session import REVIEW

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
        case Photo(file, _, more):
            _picture(play, "photo", file, more=more)
        case File(file):
            _picture(play, "file", file)
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


def _picture(play: Play, content: str, file: str, *, more: bool = False) -> None:
    kind = _kind(play)
    if kind and content in kind.media:
        _answer_picture(play, kind, file)
    elif place := _place(play, content):
        _keep_picture(play, place, file, more=more)
    else:
        play.miss(f"engine.{content}_here")


def _answer_picture(play: Play, kind: Kind, file: str) -> None:
    first = not play.run.parts
    most = getattr(kind, "most", 1)
    taking.part(play, kind, file)
    if len(play.run.parts) >= most:
        taking.finish_parts(play)
    else:
        play.change(wake_at=play.now + PAUSE, last_at=play.now)
        if first:
            play.say("engine.more_photos", (play.command("done"),), count=1, most=most)


def _place(play: Play, content: str) -> Question | None:
    """The question that keeps pictures which nobody asked for."""
    for question in play.form.questions:
        if isinstance(question, Question) and not question.asked and content in question.kind.media:
            return question
    return None


def _keep_picture(play: Play, place: Question, file: str, *, more: bool) -> None:
    kept = list(play.run.answers.get(place.key, ()))
    part = place.kind.part(kept, file)
    if isinstance(part, Wrong):
        if not more:
            play.miss("engine.photos_full", **part.args)
        return
    if part is not None:
        play.log("edited", place.key, [*kept, part])
    if more:
        return
    all_kept = play.shown(place.key, play.run.answers.get(place.key))
    play.say("engine.photo_kept", label=play.label(place.key), value=all_kept)


def _contact(play: Play, phone: str, *, own: bool) -> None:
    kind = _kind(play)
    if kind is None or "contact" not in kind.media:
        play.miss("engine.contact_here")
    elif own:
        answer(play, phone)
    else:
        play.miss("engine.contact_not_yours")
