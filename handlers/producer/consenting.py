"""Consent comes before anything personal is kept: versioned, per purpose, to be withdrawn."""

from collections.abc import Sequence

from conversations.forms.consent import WORDS_VERSION
from conversations.messages import Message
from conversations.session import Run, Session
from handlers import intents
from handlers.talk import Talk
from storage import consents, dossiers, on_the_way, outbox, reminders
from storage.reminders import Due, Settled

_SAID_FOR = ("reminders", "news")  # the purposes for which we write first
# What who took consent back can do next.
_NEXT = tuple((item, Message(f"privacy.item_{item}")) for item in ("own_data", "erase", "consent"))


def given(session: Session) -> bool:
    """Whether the person agrees, under today's words, that we keep a dossier."""
    return session.consent.get("dossier") == WORDS_VERSION


def ask(talk: Talk, after: str) -> None:
    """Say who we are and ask; ``after`` is what the person came for."""
    talk.change(after=after or talk.session.after)
    if talk.active():  # she has been asked, and wants something else first
        talk.note("menu.need_consent")
    talk.start("consent")


def heard(talk: Talk, text: str) -> bool:
    """Take the words that end every consent, wherever they are said."""
    if intents.exact(text) != "forget":
        return False
    withdraw(talk) if given(talk.session) else refuse(talk)
    return True


def agree(talk: Talk) -> None:
    """Who has read our words before, and said no, may say yes without reading them again."""
    talk.start("consent", {"given": {"dossier": "yes"}})


def refuse(talk: Talk) -> None:
    """Keep nothing."""
    talk.change(runs=(), stack=(), menu=(), consent={}, after="", typist="")
    talk.say("consent.refused")


def sent(talk: Talk, run: Run) -> None:
    """Keep what was agreed to, for each purpose; a no keeps nothing."""
    if run.answers["dossier"] != "yes":
        refuse(talk)
        return
    more = {"both": ("reminders", "news"), "reminders": ("reminders",)}
    kept = {consents.ELSEWHERE} & talk.session.consent.keys()
    purposes = ("dossier", *more.get(run.answers["messages"], ()), *kept)
    consents.give(talk.tx, talk.person, purposes, WORDS_VERSION, talk.now)
    talk.change(consent=dict.fromkeys(purposes, WORDS_VERSION))
    dossiers.plan_anew(talk.tx, dossiers.of_members(talk.person))
    talk.note("consent.agreed")


def withdraw(talk: Talk) -> None:
    """End every consent at once; what was to be said unasked is taken back."""
    end(talk)
    talk.offer("consent.withdrawn", _NEXT)


def end(talk: Talk) -> None:
    """End every consent, and all that is said because of it; drafts stay."""
    consents.withdraw(talk.tx, talk.person, talk.now)
    for purpose in _SAID_FOR:
        reminders.stop(talk.tx, talk.person, purpose, talk.now)
    _take_back(talk, _SAID_FOR)
    dossiers.plan_anew(talk.tx, dossiers.of_members(talk.person))  # one may be planned just now
    talk.leave()
    talk.change(consent={}, after="", typist="")


# -- one purpose ----------------------------------------------------------------------------------


def stop(talk: Talk, purpose: str) -> None:
    """End the consent for that purpose, what is planned for it, and what waits to be sent."""
    consents.end(talk.tx, talk.person, purpose, talk.now)
    others = {p: v for p, v in talk.session.consent.items() if p != purpose}
    talk.change(consent=others)
    if purpose in _SAID_FOR:
        reminders.stop(talk.tx, talk.person, purpose, talk.now)
        _take_back(talk, (purpose,))
        dossiers.plan_anew(talk.tx, dossiers.of_members(talk.person))  # as above


def go_on(talk: Talk, purpose: str) -> None:
    """Note consent for that purpose, under today's words; what was declined is called for again."""
    consents.add(talk.tx, talk.person, purpose, WORDS_VERSION, talk.now)
    talk.change(consent={**talk.session.consent, purpose: WORDS_VERSION})
    if purpose in _SAID_FOR:
        reminders.take_up(talk.tx, talk.person, talk.now)
        dossiers.plan_anew(talk.tx, dossiers.of_members(talk.person))


def _take_back(talk: Talk, purposes: Sequence[str]) -> None:
    """Take back the letters for these purposes that nobody has begun to send.

    What else such a letter told is told again, without them.
    """
    waiting = reminders.of_letters(talk.tx, outbox.unsent(talk.tx, [talk.person]))
    ours = [
        letter for letter, some in waiting.items() if any(_is_for(purposes, one) for one in some)
    ]
    back = outbox.recall(talk.tx, ours)
    told = [one for letter in back for one in waiting[letter]]
    gone = [Settled(one.id, reminders.STOPPED) for one in told if _is_for(purposes, one)]
    reminders.settle(talk.tx, gone, talk.now)
    others = [one for one in told if not _is_for(purposes, one)]
    reminders.plan_again(talk.tx, others, talk.now)
    if "news" in purposes:
        on_the_way.withdraw(talk.tx, talk.now)


def _is_for(purposes: Sequence[str], one: Due) -> bool:
    return reminders.purpose(one.kind) in purposes


def allow_elsewhere(talk: Talk, allowed: bool) -> None:
    """Whether a letter that fails in one chat may go to another: a consent on its own."""
    (go_on if allowed else stop)(talk, consents.ELSEWHERE)
