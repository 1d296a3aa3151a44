"""Buttons: each answers its own question, however old; what is settled is said to be so."""

from datetime import timedelta
from typing import Any

from conversations import asking, taking, walk
from conversations.answers import Offer
from conversations.hearing import pick
from conversations.play import Play

_TWICE = timedelta(seconds=10)  # a second tap this soon is the same tap
_PARTS = 3


def tapped(play: Play, data: str) -> None:
    """Take the button: ``a|run|path|offer``, or ``p|run|token|place`` of something guessed."""
    kind, _, rest = data.partition("|")
    parts = rest.split("|")
    mine = len(parts) == _PARTS and parts[0] == str(play.run.id)
    if mine and kind == "a" and parts[1] in walk.paths(play.form, play.run):
        _offered(play, parts[1], play.offer(parts[1], parts[2]))
    elif mine and kind == "p" and parts[1] == str(play.session.token):
        _candidate(play, parts[2])
    else:
        settled(play)


def settled(play: Play) -> None:
    """Say that this is done with; say nothing when it is but the same tap twice."""
    last = play.session.last_at
    if last is None or play.now - last > _TWICE:
        play.say("engine.settled", turn=play.session.misses + 1)
        play.change(misses=play.session.misses + 1)


def _candidate(play: Play, place: str) -> None:
    count = len(play.run.pending.values) if play.run.pending else 0
    if count and place == "n":
        pick(play, None)
    elif place.isdecimal() and int(place) < count:
        pick(play, int(place))
    else:
        settled(play)


def _offered(play: Play, path: str, offer: Offer | None) -> None:
    if offer is None:
        settled(play)
    elif path != play.run.at:
        _edit(play, path, offer.value)
    elif play.question.kind.collects:
        _choose(play, offer.value)
    else:
        taking.accept(play, path, offer.value)


def _edit(play: Play, path: str, value: Any) -> None:
    if play.run.answers.get(path) == value or play.form.question(path).kind.collects:
        settled(play)
        return
    play.log("edited", path, value)
    play.note("engine.edited", label=play.label(path), value=play.shown(path, value))
    asking.tell_rules(play, path)
    asking.go_on(play)


def _choose(play: Play, value: Any) -> None:
    taking.part(play, play.question.kind, value)
    chosen = play.shown(play.run.at, list(play.run.parts))
    play.say("engine.chosen", (*play.offers(), play.command("done")), value=chosen)
