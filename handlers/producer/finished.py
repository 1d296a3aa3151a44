"""What a form does once it is handed in, and what comes after it."""

from collections.abc import Callable

from conversations.play import Turn
from conversations.session import Run
from handlers.officer import (
    adding,
    announcement_sending,
    announcing,
    completeness,
    concluding,
    inbox,
    inspecting,
    inviting,
    judging,
    marking,
    money,
    moving,
    opinions,
    revoking,
    seating,
    sittings,
    tasks,
)
from handlers.officer import ideas as of_office
from handlers.producer import (
    certificates,
    consenting,
    fair_answers,
    helping,
    ideas,
    labelling,
    mending,
    menu,
    papers,
    profiles,
    questions,
    renewing,
    scores,
    writing,
    yearly,
)
from handlers.producer.wishes import wish
from handlers.producer.written import PAPERS
from handlers.talk import Talk

_DONE: dict[str, Callable[[Talk, Run], None]] = {
    "consent": consenting.sent,
    "profile": profiles.sent,
    "idea": ideas.sent,
    "contact": questions.sent,
    "answering": questions.settled,
    "typist": helping.sent,
    "paper": papers.sent,
    "score": scores.sent,
    "label": labelling.sent,
    "renewal": renewing.sent,
    "certificate": certificates.sent,
    "move_date": moving.sent,
    "extra_round": adding.sent,
    "invite": inviting.sent,
    "give_back": inbox.back,
    "ask_back": of_office.asked,
    "answer_back": mending.answered,
    "judgement": judging.sent,
    "lacks": completeness.sent,
    "announcement": announcing.sent,
    "sending_day": announcement_sending.scheduled,
    "fair_joining": fair_answers.kept,
    "fair_results": fair_answers.told,
    "council": seating.sent,
    "sitting": sittings.sent,
    "opinions": opinions.sent,
    "ballot": marking.sent,
    "results": concluding.sent,
    "ministry": concluding.ministry_sent,
    "task": tasks.sent,
    "support": money.sent,
    "inspection": inspecting.sent,
    "inspected": inspecting.photographed,
    "revocation": revoking.sent,
    "revoking": revoking.decided,
    "mended": yearly.shown,
    "yearly_figures": yearly.sent,
    **dict.fromkeys(PAPERS, writing.sent),
}
_OFFICERS_DO = "handlers.officer."


def is_of_officers(form: str) -> bool:
    """Whether it is a form that officers alone fill: what it is for is a deed of theirs."""
    return form in _DONE and _DONE[form].__module__.startswith(_OFFICERS_DO)


# What these say at their end leads on by itself.
_LEADING_ON = {"idea", "paper", "score", "label", "renewal", "certificate", *PAPERS}
_LEADING_ON |= {"fair_joining", "fair_results", "contact", "answering", "answer_back"}
_LEADING_ON |= {"mended", "yearly_figures"}
_LEADING_ON |= set(filter(is_of_officers, _DONE))


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
