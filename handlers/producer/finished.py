"""What a form does once it is handed in, and what comes after it."""

from collections.abc import Callable

from conversations.play import Turn
from conversations.session import Run
from handlers.producer import consenting, helping, ideas, menu, profiles, questions
from handlers.producer.wishes import wish
from handlers.talk import Talk

_DONE: dict[str, Callable[[Talk, Run], None]] = {
    "consent": consenting.sent,
    "profile": profiles.sent,
    "idea": ideas.sent,
    "contact": questions.sent,
    "typist": helping.sent,
}


def finish(talk: Talk, turn: Turn) -> None:
    """Do what the finished form is for; then go on with what was open or wished before."""
    assert turn.run is not None  # noqa: S101 - the turn has just sent it
    _DONE[turn.run.form](talk, turn.run)
    if not consenting.given(talk.session) or talk.resume():
        return
    after = talk.session.after
    talk.change(after="")
    if after and turn.run.form in {"consent", "profile"}:
        wish(talk, after)
    elif turn.run.form != "idea":
        menu.show(talk)
