"""Sửa phiếu, đáp cán bộ: what a producer does about an idea that came back, or was asked about."""

import re
from typing import Any

from conversations import walk
from conversations.answers import legible
from conversations.session import Run
from handlers import reasons
from handlers.producer import ideas as handing
from handlers.producer import menu
from handlers.talk import Talk
from programme.folding import fold
from storage import ideas, officers, reviews
from storage.reviews import Review, Subject, Verdict

_ANSWER = re.compile(r"^\s*(?:dap|answer)\b *[:,.]? *")
_LONGEST = 600  # signs of an answer


# -- one that came back ----------------------------------------------------------------------------


def begin(talk: Talk, number: str = "") -> None:
    """Open the sheet of the idea that came back, with all its answers, to be mended and sent.

    Without a number it is the newest.
    """
    idea = _last(talk, "returned", number)
    if idea is None:
        talk.note("inbox.nothing_to_mend")
        menu.show(talk)
        return
    half = next((run for run in talk.session.runs if _mends(run) == idea["number"]), None)
    if half:
        talk.leave(half.id)
        talk.resume()
        return
    last = _verdict(talk, idea)
    talk.leave()
    why = reasons.told(last.reason) if last else None
    talk.note("inbox.mending", number=idea["number"], reason=why)
    handing.reopen(talk, idea)


def _mends(run: Run) -> str | None:
    number: str | None = run.facts.get("mends") if run.form == "idea" else None
    return number


def _last(talk: Talk, verdict: str, number: str = "") -> dict[str, Any] | None:
    """The newest idea of the person on which that verdict stands, or the one of that number."""
    mine = ideas.of_person(talk.tx, talk.person)
    meant = [i for i in mine if number in {"", i["number"]}]
    fitting = [i for i in meant if i["status"] == "submitted" and i["verdict"] == verdict]
    return fitting[-1] if fitting else None


def _verdict(talk: Talk, idea: dict[str, Any]) -> Review | None:
    found = [one for one in reviews.of(talk.tx, "idea", idea["id"]) if one.turn]
    return found[-1] if found else None


# -- one that was asked about ----------------------------------------------------------------------


def heard(talk: Talk, text: str) -> bool:
    """Take "đáp: …" of who was asked; everything else is left to others."""
    found = _ANSWER.match(fold(text[:40]))
    idea = _last(talk, "asked") if found else None
    if found is None or idea is None:
        return False
    first, _, rest = legible(text).strip().partition(" ")
    said = (first.partition(":")[2] + " " + rest).strip(" :,.\n")
    if said:
        _answer(talk, idea, said[:_LONGEST])
    else:
        talk.leave()
        talk.start("answer_back", {"idea": idea["id"]})
    return True


def answered(talk: Talk, run: Run) -> None:
    """Give the answer of the form to the office, if it is still wanted."""
    said = walk.collected(talk.catalogue.of(run), run)["answer"]
    idea = _last(talk, "asked")
    if idea and idea["id"] == run.facts["idea"]:
        _answer(talk, idea, said)
    else:
        talk.say("inbox.not_asked")


def _answer(talk: Talk, idea: dict[str, Any], said: str) -> None:
    """Keep the answer with the idea, which waits again, and tell whoever asked."""
    asked = _verdict(talk, idea)
    subject = Subject("idea", idea["id"], idea["turns"])
    reviews.add(talk.tx, subject, Verdict("answered", said), talk.person, talk.now)
    ideas.judge(talk.tx, idea["id"], None, talk.now)
    if asked and officers.minds(talk.tx, asked.person, idea["commune_code"]):
        about = {"number": idea["number"], "name": idea["name"], "text": said}
        talk.tell(asked.person, "inbox.answer", **about)
    talk.say("inbox.answer_sent", number=idea["number"])
