"""Hồ sơ at the officer's: how one stands, its papers one by one, and the commune's report."""

import re
from collections.abc import Callable
from typing import Any, Literal

from conversations.messages import Attached, Message
from conversations.papering import named
from handlers.producer import printed, standing
from handlers.producer.standing import Standing
from handlers.talk import Talk
from programme import advice, papers, renewal, scoring
from programme.folding import fold
from storage import dossiers, files, officers
from storage import papers as given

_NUMBER = r"(?:hs )?(?:\d{4} )?(\d{1,6})"
_DOSSIER = re.compile(rf"^(?:xem )?(?:ho so|dossier) {_NUMBER}$")
_FORM_03 = re.compile(rf"^(?:in )?(?:mau 0?3|form 0?3) {_NUMBER}$")
_SHOW = re.compile(r"^(?:xem giay|show paper) (\d{1,9})$")
_GOOD = re.compile(r"^(?:giay )?(?:dat|ok|good) (?:giay )?(\d{1,9})$")
_BACK = re.compile(r"^(?:tra|tra lai|tra giay|return) (?:giay )?(\d{1,9})\b")
_MOST_PAPERS = 8
_MOST_DOUBTS = 2
_LONGEST = 300  # signs of a reason


def heard(talk: Talk, text: str) -> bool:
    """Take what only officers say of dossiers; the caller has seen that it is one."""
    said = fold(text[:60]).replace("-", " ").strip(" .")
    for words, deed in _DEEDS.items():
        if found := words.match(said):
            deed(talk, int(found[1]), text)
            return True
    return False


def is_one(text: str) -> bool:
    """Whether the text is of that kind."""
    said = fold(text[:60]).replace("-", " ").strip(" .")
    return any(words.match(said) for words in _DEEDS)


# -- one dossier -----------------------------------------------------------------------------------


def _dossier(talk: Talk, number: int) -> Standing | None:
    """The dossier of this year's number, if it lies in the officer's area."""
    row = dossiers.by_number(talk.tx, f"HS-{talk.year}-{number:04d}")
    one = standing.of(talk, row) if row else None
    if one is None or not _minds(talk, one.producer):
        talk.say("officer.no_such_dossier", number=number)
        return None
    return one


def _minds(talk: Talk, producer: dict[str, Any]) -> bool:
    return officers.minds(talk.tx, talk.person, producer["commune_code"])


def _show(talk: Talk, number: int, _text: str) -> None:
    one = _dossier(talk, number)
    if one is None:
        return
    whole = renewal.with_last_claims(one.dossier)
    found = scoring.score(whole)
    done, total = advice.progress(whole)
    talk.say(
        "officer.dossier",
        number=one.row["number"],
        name=one.row["name"],
        producer=one.producer["name"],
        done=done,
        total=total,
        points=found.points,
        claimed=found.claimed,
        star=found.star_of_sheet if whole.claims else None,
    )
    _say_papers(talk, one)
    if found.doubts:
        shown = tuple(dict.fromkeys(doubt.text for doubt in found.doubts))
        talk.say("officer.doubts", doubts=shown[:_MOST_DOUBTS], more=len(shown[_MOST_DOUBTS:]))


def _say_papers(talk: Talk, one: Standing) -> None:
    lines = tuple(_line(one, each) for each in one.given[-_MOST_PAPERS:])
    talk.say("officer.papers", lines=lines) if lines else talk.say("officer.no_papers")


def _line(one: Standing, paper: dict[str, Any]) -> Message:
    about = {"number": paper["id"], "name": named(paper["paper"], one.rules)}
    return Message("officer.paper_line", {**about, "state": _state(one, paper)})


def _state(one: Standing, paper: dict[str, Any]) -> Message:
    kind = papers.papers(one.rules)[paper["paper"]]
    state = papers.state(kind, (standing.evidence(paper, one.producer),), one.dossier.days)
    return Message(f"papers.state_{state}")


def _form_03(talk: Talk, number: int, _text: str) -> None:
    one = _dossier(talk, number)
    if one:
        talk.print("form_03", printed.form_03(one))
        talk.say("printing.asked", seconds=3)


# -- one paper -------------------------------------------------------------------------------------


def _paper(talk: Talk, number: int) -> tuple[dict[str, Any], Standing] | None:
    """The paper of that number and the newest dossier that it is for, in the officer's area."""
    paper = given.by_id(talk.tx, number)
    row = dossiers.for_paper(talk.tx, paper) if paper else None
    one = standing.of(talk, row) if row else None
    if paper is None or one is None or not _minds(talk, one.producer):
        talk.say("officer.no_such_paper", number=number)
        return None
    return paper, one


def _show_paper(talk: Talk, number: int, _text: str) -> None:
    if (found := _paper(talk, number)) is None:
        return
    paper, one = found
    name = named(paper["paper"], one.rules)
    for at, file in enumerate(paper["files"], 1):
        image = (files.mime(talk.tx, file) or "image/").startswith("image/")
        kind: Literal["photo", "file"] = "photo" if image else "file"
        about = {"name": name, "number": number, "at": at, "of": len(paper["files"])}
        talk.show(Attached(kind, file, f"giay-{number}-{at}"), "officer.paper", **about)
    if not paper["files"]:
        talk.say("officer.paper_without_file", name=name)


def _accept(talk: Talk, number: int, _text: str) -> None:
    if (found := _paper(talk, number)) is None:
        return
    paper, one = found
    name = named(paper["paper"], one.rules)
    if given.judge(talk.tx, number, "accepted", "", talk.person, talk.now):
        talk.say("officer.paper_accepted", name=name, number=number)
        talk.tell(paper["person_id"], "dossier.accepted", paper=name, name=one.row["name"])
    else:
        talk.say("officer.paper_replaced", name=name)


def _return(talk: Talk, number: int, text: str) -> None:
    if (found := _paper(talk, number)) is None:
        return
    paper, one = found
    name, reason = named(paper["paper"], one.rules), _reason(text, number)
    if not reason:
        talk.say("officer.reason_wanted", number=number, name=name)
    elif given.judge(talk.tx, number, "returned", reason, talk.person, talk.now):
        talk.say("officer.paper_returned", name=name, number=number)
        about = {"paper": name, "name": one.row["name"], "reason": reason}
        talk.tell(paper["person_id"], "dossier.returned", **about)
    else:
        talk.say("officer.paper_replaced", name=name)


def _reason(text: str, number: int) -> str:
    """What was typed after the number, as it was typed."""
    return text.partition(str(number))[2].strip(" :.,\n")[:_LONGEST]


_DEEDS: dict[re.Pattern[str], Callable[[Talk, int, str], None]] = {
    _DOSSIER: _show,
    _FORM_03: _form_03,
    _SHOW: _show_paper,
    _GOOD: _accept,
    _BACK: _return,
}
