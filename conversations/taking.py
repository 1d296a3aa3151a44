"""How an answer is taken: whole, part by part, or as a guess that waits for a yes."""

from functools import partial
from typing import Any

from conversations import asking, walk
from conversations.answers import Kind
from conversations.play import Play
from conversations.reading import Read, Unclear, Wrong


def accept(play: Play, path: str, value: Any) -> None:
    """Take an answer to the question asked, say how it was understood, and go on."""
    play.log("answered", path, value)
    play.change(misses=0, last_path=path, last_at=play.now, wake_at=None)
    if play.form.review and _to_be_said(play, play.form.question(path).kind):
        play.note("engine.noted", value=play.shown(path, value))
    _follow(play, path, value)
    asking.tell_rules(play, path)
    _offer_more(play, path)
    asking.proceed(play)


def _to_be_said(play: Play, kind: Kind) -> bool:
    """Whether it is said how the answer was understood; of one that grows each part was."""
    return not kind.grows and (kind.collects or not kind.free or asking.was_read(play))


def _follow(play: Play, path: str, value: Any) -> None:
    """Say what the answer leads to, if the form knows."""
    question = play.form.question(path)
    if question.follow is None:
        return
    follow = partial(question.follow, value, play.run.answers, play.run.facts)
    if said := play.tried(f"follow {path}", follow, None):
        play.note(said.key, **said.args)


def _offer_more(play: Play, path: str) -> None:
    head, _, rest = path.partition(".")
    if rest and not walk.following(play.form, play.run).startswith(f"{head}."):
        play.note(f"{play.form.name}.more_{head}")


def guess(play: Play, path: str, reading: "Read[Any] | Unclear[Any]") -> None:
    """Ask whether what was understood is meant, or which of several."""
    values = [reading.value] if isinstance(reading, Read) else list(reading.candidates)
    fits = reading.fits if isinstance(reading, Unclear) else 0
    play.log("guessed", path, {"values": values, "fits": fits})
    asking.show(play)


def part(play: Play, kind: Kind, new: Any) -> Wrong | None:
    """Keep one part of an answer that comes in several messages; what grows keeps what it was."""
    path = play.run.at
    if kind.grows and not play.run.parts and path in play.run.answers:
        play.log("part", path, play.run.answers[path])
    kept = kind.part(play.run.parts, new)
    if isinstance(kept, Wrong):
        return kept
    if kept is not None:
        play.log("part", path, kept)
    return None


def finish_parts(play: Play) -> None:
    """Make one answer of the parts that came."""
    accept(play, play.run.at, play.question.kind.whole(play.run.parts))


def keep_parts(play: Play) -> None:
    """Turning elsewhere in the middle of a long answer keeps what was given."""
    if play.taken:
        play.log("answered", play.run.at, play.question.kind.whole(play.run.parts))
