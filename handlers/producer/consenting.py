"""Consent comes before anything personal is kept: versioned, per purpose, to be withdrawn."""

from conversations.forms.consent import WORDS_VERSION
from conversations.session import Run, Session
from handlers import intents
from handlers.talk import Talk
from storage import consents, dossiers, reminders


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
    """End every consent at once."""
    consents.withdraw(talk.tx, talk.person, talk.now)
    for purpose in ("reminders", "news"):
        reminders.stop(talk.tx, talk.person, purpose, talk.now)
    dossiers.plan_anew(talk.tx, dossiers.of_members(talk.person))  # one may be planned just now
    talk.leave()
    talk.change(consent={}, after="", typist="")
    talk.say("consent.withdrawn")


def allow_elsewhere(talk: Talk, allowed: bool) -> None:
    """Whether a letter that fails in one chat may go to another: a consent on its own."""
    others = {p: v for p, v in talk.session.consent.items() if p != consents.ELSEWHERE}
    if allowed:
        consents.add(talk.tx, talk.person, consents.ELSEWHERE, WORDS_VERSION, talk.now)
        others[consents.ELSEWHERE] = WORDS_VERSION
    else:
        consents.end(talk.tx, talk.person, consents.ELSEWHERE, talk.now)
    talk.change(consent=others)
