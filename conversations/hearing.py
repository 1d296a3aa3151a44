"""How a typed answer is heard: read by its kind, taken, asked back, or said to be wrong."""

import re
from typing import Any

from conversations import asking, taking
from conversations.answers import Asked, Kind, Readable
from conversations.play import PAUSE, Play
from conversations.reading import Read, Unclear, Wrong
from conversations.readings import unknown, untelex, yes_no
from conversations.session import REVIEW
from programme.folding import fold

_NOT_THERE = frozenset({"khong co", "ko co", "k co", "khong", "ko", "none"})
_NONE = frozenset({"chua", "khong", "ko"})
_SHORT = 4  # more words than "không có" and the thing itself say something
_NONE_OF_THESE = frozenset(
    {"khong phai cac y nay", "khong co cai nao", "khong cai nao", "none of these", "none"}
)
_NUMBER = re.compile("[1-9][0-9]?")


def typed(play: Play, text: str) -> None:
    """Take a text as the answer to the question on the screen."""
    if play.run.pending and _settles(play, text):
        return
    answer(play, text)


def answer(play: Play, text: str) -> None:
    """Read the text by the kind of the open question, and take, ask back or say what is wrong."""
    path, kind = play.run.at, play.question.kind
    if kind.free and not play.run.parts and _declines(play, text):
        skip(play)
        return
    reading = read(play, path, text)
    if kind.collects and kind.free and isinstance(reading, Read):
        _take_part(play, reading.value)
    elif not isinstance(reading, Read | Unclear) and _declines(play, text):
        skip(play)
    else:
        settle(play, path, _with_parts(play, reading), text)


def _declines(play: Play, text: str) -> bool:
    """Whether what is no answer says that there is none: "chưa biết", or "không" where one may."""
    must = not play.question.optional
    if must and play.question.kind.denies and fold(text[:20]).strip(" .,") in _NOT_THERE:
        return False
    if unknown(text) or must:
        return unknown(text)
    first, *others = fold(text[:100]).split() or [""]
    none = first in _NONE and len(others) < _SHORT and not play.question.kind.denies
    return none or yes_no(text) == Read(value=False)


def _with_parts(play: Play, reading: Readable) -> Readable:
    """The reading together with what was chosen by buttons before."""
    if not (play.run.parts and isinstance(reading, Read) and isinstance(reading.value, list)):
        return reading
    parts = play.run.parts
    return Read([*parts, *(one for one in reading.value if one not in parts)], reading.sure)


def read(play: Play, path: str, text: str) -> Readable:
    """What the text means there. A reader that breaks keeps the text for the officer instead."""
    try:
        return _read(play.form.question(path).kind, text, play.asked(path))
    except Exception as error:  # noqa: BLE001 - a broken reader must not silence the conversation
        play.alert(f"{play.form.name}.{path}: {type(error).__name__}")
        play.note("engine.kept_for_officer")
        return Read({"raw": text[:2000]})


def _read(kind: Kind, text: str, asked: Asked) -> Readable:
    """As it stands; else without the keys that a Vietnamese keyboard has left in it, as a guess."""
    reading = kind.read(text, asked)
    if reading is not None:
        return reading
    match kind.read(untelex(text), asked):
        case Read(value, _):
            return Read(value, sure=False)
        case other:
            return other


def settle(play: Play, path: str, reading: Readable, text: str = "") -> None:
    """Do with a reading what it deserves."""
    kind = play.form.question(path).kind
    if kind.recalls and text:
        play.log("said", value="" if isinstance(reading, Read) else text[:200])
    match reading:
        case Read(value, True):
            taking.accept(play, path, value)
        case Read() | Unclear():
            play.unheard = kind.name == "choice"  # in doubt it may be something else she is after
            taking.guess(play, path, reading)
        case Wrong(reason, args):
            problem(play, reason, **args)
        case _:
            _no_meaning(play, path, kind)


def _no_meaning(play: Play, path: str, kind: Kind) -> None:
    """Say that the text means nothing here, and show what there is to choose from, if anything."""
    other = kind.otherwise((), play.asked(path))
    if not isinstance(other, Unclear):
        problem(play, kind.name)
        return
    play.unheard = True
    play.missed(f"problems.{kind.name}")
    taking.guess(play, path, other)


def problem(play: Play, reason: str, **args: Any) -> None:
    """Say what is wrong: plainly at first, then with an example, then with the ways out."""
    play.unheard = True
    key = f"problems.{reason}"
    if play.session.misses != 1:
        play.miss(key, play.offers(), **args)
        return
    play.missed(key, **args)
    example = play.form.said("example", play.run.at)
    play.say("engine.example", play.offers(), text=example)


def _settles(play: Play, text: str) -> bool:
    """Whether the text answers "is this what you mean", or picks one of those offered."""
    pending = play.run.pending
    count = len(pending.values) if pending else 0
    place = digit(text)
    if 1 <= place <= count + 1:
        pick(play, place - 1 if place <= count else None)
        return True
    if fold(text[:40]).strip(" .") in _NONE_OF_THESE:
        pick(play, None)
        return True
    said = yes_no(text)
    if not isinstance(said, Read):
        return False
    if said == Read(value=True) and count > 1:
        play.missed("problems.choice")
        asking.show(play)
        return True
    if said.value and count > 1:
        return False
    if not said.sure and pending and _means_more(play, pending.path, text):
        return False
    pick(play, 0 if said.value else None)
    return True


def _means_more(play: Play, path: str, text: str) -> bool:
    """Whether what sounds like yes or no is an answer of its own: "tinh dau" is no "đâu"."""
    reading = play.form.question(path).kind.read(text, play.asked(path))
    return isinstance(reading, Read | Unclear)


def digit(text: str) -> int:
    """The number from 1 to 99 that the whole text is; else 0, also for codes like 05."""
    words = fold(text[:20]).strip(" .")
    return int(words) if _NUMBER.fullmatch(words) else 0


def pick(play: Play, index: int | None) -> None:
    """Take the candidate of that place; None means that none of them is right."""
    pending = play.run.pending
    assert pending is not None  # noqa: S101 - the callers have looked
    kind, asked = play.form.question(pending.path).kind, play.asked(pending.path)
    if index is not None:
        settle(play, pending.path, kind.pick(pending.values[index], asked))
        return
    play.log("refused", pending.path)
    other = kind.otherwise(pending.values, asked)
    if isinstance(other, Unclear):
        taking.guess(play, pending.path, other)
        return
    play.missed("engine.again")
    asking.show(play)


def skip(play: Play) -> None:
    """Leave the question open; a required one comes back before the form can go."""
    if play.run.at == REVIEW:
        asking.show(play)
        return
    path = play.run.at
    play.log("skipped", path)
    if play.question.optional and not play.form.review:
        play.note("engine.passed_over", label=play.label(path))
    elif play.question.optional:
        play.note("engine.skipped", label=play.label(path))
    else:
        play.note("engine.cannot_skip", label=play.label(path), turn=play.session.misses + 1)
    asking.proceed(play)


def _take_part(play: Play, new: Any) -> None:
    kind, path, first = play.question.kind, play.run.at, not play.run.parts
    if new in (play.run.parts[-1:] if kind.grows else play.run.parts):
        return  # it went out twice
    if wrong := taking.part(play, kind, new):
        problem(play, wrong.reason, **wrong.args)
        return
    wake_at = None if kind.grows else play.now + PAUSE
    play.change(wake_at=wake_at, last_path=path, last_at=play.now)
    if remark := kind.remark(play.run.parts):
        play.change(misses=0)
        play.say(remark.key, (play.command("done"),), **remark.args)
    elif first:
        play.say("engine.listening", (play.command("done"),), turn=play.session.misses + 1)
