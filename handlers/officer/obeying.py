"""What officers type about ideas, dossiers and papers, and who sees to it."""

from collections.abc import Callable
from typing import Any

from conversations import walk
from handlers.officer import (
    completeness,
    cycling,
    dossiers,
    ideas,
    judging,
    onward,
    papers,
    words,
)
from handlers.officer.words import Order
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme.roles import Right

RIGHTS = {
    "accept": Right.JUDGE,
    "give_back": Right.JUDGE,
    "plan_good": Right.JUDGE,
    "idea_accept": Right.JUDGE,
    "idea_back": Right.JUDGE,
    "idea_ask": Right.JUDGE,
    "form_03": Right.PROPOSE,
    "judge": Right.PROPOSE,
    "send_up": Right.PROPOSE,
    "whole": Right.CHECK,
    "lacking": Right.CHECK,
}
_FORMS = frozenset({"give_back", "ask_back", "judgement", "lacks"})
_LIKE_REASONS = frozenset({"whole", "lacking", "check", "judge", "requeue"})  # as "thiếu 2" is
# What stands on the screen when a thing is opened, and what it takes to judge it by words alone.
_OPENED = {
    "accept": ("paper_accept", "idea_accept"),
    "give_back": ("paper_back", "idea_back"),
    "idea_ask": ("idea_ask",),
}


def is_answer(talk: Talk, order: Order) -> bool:
    """Whether the words answer what a form asks just now, as "đạt" may, and name nothing else."""
    found = talk.active()
    if found is None:
        return False
    form, run = found
    open_ = run.at in walk.paths(form, run)
    in_words = open_ and form.name in _FORMS and form.question(run.at).kind.free
    if in_words and order.deed in _LIKE_REASONS:
        return True
    return not order.numbers and order.deed not in _PLAIN


def obey(talk: Talk, order: Order, text: str) -> None:
    """Do what the words want, with what they name or with what is opened; no longer ask."""
    _leave_question(talk)
    if order.deed in _PLAIN:
        _PLAIN[order.deed](talk)
    elif not order.numbers:
        _without_number(talk, order, text)
    elif order.deed in _WITH_DOSSIER:
        for number in order.numbers:
            if one := dossiers.of_number(talk, number, order.year):
                _WITH_DOSSIER[order.deed](talk, one)
    elif order.deed in _WITH_IDEA:
        if idea := ideas.of_number(talk, order.numbers[0], order.year):
            _WITH_IDEA[order.deed](talk, idea, words.behind(text, order.numbers[0]))
    else:
        _with_paper(talk, order, text)


def _leave_question(talk: Talk) -> None:
    found = talk.active()
    if found and found[0].name in _FORMS:
        talk.leave()


def _with_paper(talk: Talk, order: Order, text: str) -> None:
    first = order.numbers[0]
    if order.deed == "accept":
        papers.accept_all(talk, order.numbers)
    elif order.deed == "give_back":
        papers.give_back(talk, first, words.behind(text, first))
    elif order.deed == "history":
        papers.history(talk, first)
    else:
        for number in order.numbers:
            papers.show(talk, number)


def _without_number(talk: Talk, order: Order, text: str) -> None:
    """Do it with what is opened; with nothing opened, ask which is meant."""
    name, which = _opened(talk, order.deed)
    said = words.spoken(text)
    if not which:
        talk.say(_WHICH.get(order.deed, f"officer.which_{order.deed}"))
    elif not said or order.deed == "accept":
        CHOSEN[name][0](talk, which)
    else:
        subject, seen = onward.numbers(which)
        facts = {"subject": subject, "seen": seen, "behind": onward.behind(talk)}
        _SAID[name](talk, facts, said)


def _opened(talk: Talk, deed: str) -> tuple[str, str]:
    items = (item.partition(":") for item in talk.session.menu)
    wanted = _OPENED.get(deed, ())
    return next(((name, which) for name, _, which in items if name in wanted), ("", ""))


def called(talk: Talk, name: str) -> None:
    """Open the one dossier whose product or producer is called so; list several."""
    match dossiers.called(talk, name):
        case []:
            talk.say("officer.nothing_called", name=name)
            talk.resume(told=True)
        case [one]:
            _tell(talk, one)
        case several:
            dossiers.list_these(talk, several)


def _dossiers(talk: Talk) -> None:
    if not dossiers.listing(talk):
        talk.say("officer.no_dossiers")


def _tell(talk: Talk, one: Standing) -> None:
    dossiers.tell(talk, one)
    cycling.tell(talk, one)
    papers.listing(talk, one)
    dossiers.first_doubts(talk, one)


def _check(talk: Talk, one: Standing) -> None:
    completeness.tell(talk, one.row["id"])


def _idea(talk: Talk, idea: dict[str, Any], _words: str) -> None:
    ideas.tell_of(talk, idea)


def _idea_history(talk: Talk, idea: dict[str, Any], _words: str) -> None:
    ideas.history(talk, idea)


_PLAIN: dict[str, Callable[[Talk], None]] = {
    "dossiers": _dossiers,
    "council": completeness.for_council,
}
_WITH_DOSSIER: dict[str, Callable[[Talk, Standing], None]] = {
    "dossier": _tell,
    "form_03": judging.form_03,
    "doubts": dossiers.all_doubts,
    "judge": judging.begin,
    "send_up": judging.send_up,
    "plan_good": cycling.plan_good,
    "check": _check,
    "whole": completeness.whole,
    "lacking": completeness.lacking,
    "requeue": completeness.ask_requeue,
    "dossier_history": completeness.history,
}
_WITH_IDEA: dict[str, Callable[[Talk, dict[str, Any], str], None]] = {
    "idea": _idea,
    "idea_accept": ideas.accept_typed,
    "idea_back": ideas.back_typed,
    "idea_ask": ideas.ask_typed,
    "idea_history": _idea_history,
}
_SAID: dict[str, Callable[[Talk, dict[str, Any], str], None]] = {
    "paper_back": papers.returned,
    "idea_back": ideas.returned,
    "idea_ask": ideas.ask,
}
_WHICH = {
    "send_up": "calendar.which_send_up",
    "plan_good": "calendar.which_plan_good",
    "judge": "judging.which_judge",
    "check": "judging.which_check",
    "requeue": "judging.which_requeue",
    "history": "inbox.which_history",
    "idea_accept": "inbox.which_idea",
    "idea_ask": "inbox.which_idea",
}
# The items of these lists, as ``<name>:<which>``, with the right that each takes.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    "idea_accept": (ideas.accept, Right.JUDGE),
    "idea_back": (ideas.ask_why, Right.JUDGE),
    "idea_ask": (ideas.ask_what, Right.JUDGE),
    "paper_accept": (papers.accept, Right.JUDGE),
    "paper_back": (papers.ask_why, Right.JUDGE),
    "papers_of": (papers.listing_of, Right.READ),
    "judge": (judging.begin_of, Right.PROPOSE),
    "send_up": (judging.send_up_of, Right.PROPOSE),
    "send_up_paper": (judging.send_up_on_paper, Right.PROPOSE),
    "whole": (completeness.whole_of, Right.CHECK),
    "lacking": (completeness.lacking_of, Right.CHECK),
    "requeue": (completeness.requeue, Right.READ),
}
