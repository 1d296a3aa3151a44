"""How an answer is taken: whole, part by part, or as a guess that waits for a yes."""

from typing import Any

from conversations import asking, walk
from conversations.answers import Kind
from conversations.play import Play
from conversations.reading import Read, Unclear, Wrong


def accept(play: Play, path: str, value: Any) -> None:
    """Take an answer to the question asked, say how it was understood, and go on."""
    play.log("answered", path, value)
    play.change(misses=0, last_path=path, last_at=play.now, wake_at=None)
    kind = play.form.question(path).kind
    if play.form.review and (kind.collects or not kind.free or asking.was_read(play)):
        play.note("engine.noted", value=play.shown(path, value))
    asking.tell_rules(play, path)
    _offer_more(play, path)
    asking.proceed(play)


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
    """Keep one part of an answer that comes in several messages."""
    kept = kind.part(play.run.parts, new)
    if isinstance(kept, Wrong):
        return kept
    if kept is not None:
        play.log("part", play.run.at, kept)
    return None


def finish_parts(play: Play) -> None:
    """Make one answer of the parts that came."""
    accept(play, play.run.at, play.question.kind.whole(play.run.parts))


def keep_parts(play: Play) -> None:
    """Turning elsewhere in the middle of a long answer keeps what was given."""
    if play.run.parts:
        play.log("answered", play.run.at, play.question.kind.whole(play.run.parts))
