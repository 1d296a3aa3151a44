"""What a form does once it is handed in, and what comes after it."""

from collections.abc import Callable

from conversations.play import Turn
from conversations.session import Run
from handlers.officer import adding, moving
from handlers.producer import (
    certificates,
    consenting,
    helping,
    ideas,
    labelling,
    menu,
    papers,
    profiles,
    questions,
    renewing,
    scores,
    writing,
)
from handlers.producer.wishes import wish
from handlers.producer.written import PAPERS
from handlers.talk import Talk

_DONE: dict[str, Callable[[Talk, Run], None]] = {
    "consent": consenting.sent,
    "profile": profiles.sent,
    "idea": ideas.sent,
    "contact": questions.sent,
    "typist": helping.sent,
    "paper": papers.sent,
    "score": scores.sent,
    "label": labelling.sent,
    "renewal": renewing.sent,
    "certificate": certificates.sent,
    "move_date": moving.sent,
    "extra_round": adding.sent,
    **dict.fromkeys(PAPERS, writing.sent),
}
# What these say at their end leads on by itself.
_OF_OFFICERS = frozenset({"move_date", "extra_round"})
_LEADING_ON = _OF_OFFICERS | {"idea", "paper", "score", "label", "renewal", "certificate", *PAPERS}


def finish(talk: Talk, turn: Turn) -> None:
    """Do what the finished form is for; then go on with what was open or wished before."""
    assert turn.run is not None  # noqa: S101 - the turn has just sent it
    _DONE[turn.run.form](talk, turn.run)
    if not consenting.given(talk.session):
        return
    if turn.run.form not in _LEADING_ON - {"idea"} and talk.resume():
        return
    after = talk.session.after
    talk.change(after="")
    if after and turn.run.form in {"consent", "profile"}:
        wish(talk, after)
    elif turn.run.form not in _LEADING_ON:
        menu.show(talk)
