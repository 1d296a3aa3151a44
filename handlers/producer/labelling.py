"""Soát nhãn: what stands on the label is told in the chat, and the checks look at it."""

from conversations import walk
from conversations.messages import Shown
from conversations.session import Run
from handlers.producer import checks, dossiers, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from storage import writings


def begin(talk: Talk, one: Standing) -> None:
    """Ask what stands on the label; a service has none."""
    if not checks.has_label(one):
        talk.note("label.none_needed")
        checks.check(talk, one)
        return
    talk.leave()
    talk.start("label", {"dossier": one.row["id"]})


def sent(talk: Talk, run: Run) -> None:
    """Keep what was told in place of what was told before, say it, and check."""
    answers = walk.collected(talk.catalogue.of(run), run)
    row = dossiers.row_of(talk, run.facts["dossier"])
    if row is None:
        dossiers.not_theirs(talk)
        return
    by = (talk.person, talk.session.typist)
    writings.write(talk.tx, row["root"], checks.LABEL, answers, by, talk.now)
    talk.note("label.noted", items=Shown("choices", answers["items"], "label", "items"))
    checks.check(talk, standing.of(talk, row))
