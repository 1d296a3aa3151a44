"""Questions at the officer's: which are open, each with what may answer it; answering them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from conversations import ready
from conversations.messages import Message
from handlers import referring
from handlers.officer import answer_words, dossiers, passing, proposals
from handlers.officer.answer_words import Said
from handlers.officer.digest_lists import turn_here
from handlers.officer.proposals import Ready
from handlers.talk import Talk
from programme import answers
from programme.firings import day_of
from storage import planner, questions

_MOST, _LOOKED_AT = 8, 500
Question = dict[str, Any]


def wanted(text: str) -> Callable[[Talk], None] | None:
    """What the words want done with questions; None when they are about something else."""
    said = answer_words.read(text)
    return partial(_DEEDS[said.deed], said=said) if said else None


def _find(talk: Talk, number: int) -> Question | None:
    """The question of that number, if it lies in the officer's area."""
    found = questions.numbered(talk.tx, dossiers.scope_of(talk), number)
    if found is None:
        talk.say("answering.no_such_question", number=number)
    return found


# -- looking ---------------------------------------------------------------------------------------


def _list(talk: Talk, said: Said) -> None:
    """The open questions of the area, the oldest first, each with how long it waits."""
    del said
    rows = questions.open_here(talk.tx, dossiers.scope_of(talk), _MOST + 1)
    talk.log("listed_questions", count=len(rows))
    lines = tuple(_open_line(talk, row) for row in rows[:_MOST])
    if lines:
        talk.say("answering.open", lines=lines, more=len(rows) > _MOST)
    else:
        talk.say("answering.none_open")


def _open_line(talk: Talk, row: Question) -> Message:
    about = {"number": row["number"], "who": row["producer"], "text": row["text"]}
    return Message("answering.open_line", {**about, "days": _age(talk, row)})


def _age(talk: Talk, row: Question) -> int:
    return (talk.today - day_of(row["asked_at"])).days


def _search(talk: Talk, said: Said) -> None:
    """The answered questions of the area in which all of these words stand, the newest first."""
    rows = questions.answered_here(talk.tx, dossiers.scope_of(talk), _LOOKED_AT)
    keys = answers.matching(said.text, [(str(row["number"]), row["text"]) for row in rows])
    found = [row for row in rows if str(row["number"]) in keys][:_MOST]
    talk.log("searched_questions", count=len(found))
    lines = tuple(_found_line(talk, row) for row in found)
    if lines:
        talk.say("answering.found", lines=lines)
    else:
        talk.say("answering.none_found", wanted=said.text)


def _found_line(talk: Talk, row: Question) -> Message:
    about = {"number": row["number"], "text": row["text"]}
    return Message("answering.found_line", {**about, "answer": proposals.answer_of(talk, row)})


def _show(talk: Talk, said: Said) -> None:
    """Who asks what, and up to three answers that may be sent as they are, by number."""
    row = _find(talk, said.number)
    if row is None:
        return
    talk.log("read_question", "question", row["id"])
    _tell(talk, row)
    proposed = [] if row["answer"] is not None else proposals.of(talk, row)
    if proposed:
        items = [(f"answer:{row['number']}.{one.key}", label) for one, label in proposed]
        turn_here(talk)
        talk.offer("answering.proposed", items, number=row["number"])


def _tell(talk: Talk, row: Question) -> None:
    notes = questions.remarks(talk.tx, row["id"], ("passed",))
    read_before = row["ready"] if row["answer"] is None else ""
    talk.say(
        "answering.question",
        number=row["number"],
        text=row["text"],
        **referring.who(talk, row),
        about=referring.about(talk, row),
        days=_age(talk, row),
        note=notes[-1]["text"] or None if notes else None,
        before=ready.asked(read_before, talk.rules) if read_before else None,
        answer=proposals.answer_of(talk, row) if row["answer"] is not None else None,
    )


# -- answering -------------------------------------------------------------------------------------


def _reply(talk: Talk, said: Said) -> None:
    if not said.text:
        talk.say("answering.which_reply")
    elif row := _find(talk, said.number):
        _answer(talk, row, Ready("", said.text))


def _chosen(talk: Talk, which: str) -> None:
    """Show what would be sent, and ask whether it may go."""
    if not (found := _of_item(talk, which)):
        return
    row, one = found
    talk.say("answering.words", words=one.words)
    items = [
        (f"answer_yes:{which}", Message("answering.send_it")),
        (f"answer_no:{which}", Message("answering.write_own")),
    ]
    turn_here(talk)
    talk.offer("answering.may_go", items, number=row["number"])


def _send(talk: Talk, which: str) -> None:
    if found := _of_item(talk, which):
        _answer(talk, *found)


def _write_own(talk: Talk, which: str) -> None:
    talk.change(menu=())
    talk.say("answering.type_it", number=int(which.partition(".")[0]))


def _of_item(talk: Talk, which: str) -> tuple[Question, Ready] | None:
    number, _, key = which.partition(".")
    row = _find(talk, int(number))
    one = proposals.named(talk, row, key) if row else None
    return (row, one) if row and one else None


def _answer(talk: Talk, row: Question, one: Ready) -> None:
    """Send it to who asked; where somebody has answered before, ask whether it is to be added."""
    talk.change(menu=())
    if not reply(talk, row, one):
        _was_answered(talk, row, one.words if isinstance(one.words, str) else "")


def reply(talk: Talk, row: Question, one: Ready) -> bool:
    """Send it to who asked; False where somebody has answered before."""
    text, key = (one.words, "") if isinstance(one.words, str) else ("", one.key)
    number = row["number"]
    to = questions.answer(talk.tx, number, talk.person, text, talk.now, ready=key)
    if to is None:
        return False
    planner.of_questions(talk.tx, [row["id"]], talk.now)
    talk.log("answered_question", "question", row["id"])
    talk.tell(to, "answering.reply", number=number, question=row["text"], text=one.words)
    talk.say("answering.reply_sent", number=number)
    return True


# -- when somebody was quicker ---------------------------------------------------------------------


def _was_answered(talk: Talk, row: Question, text: str) -> None:
    """Tell what was answered before; words of one's own may go beside it."""
    (before,) = questions.by_ids(talk.tx, [row["id"]])
    mine = before["answered_by"] == talk.person
    told = {"number": row["number"], "answer": proposals.answer_of(talk, before), "mine": mine}
    if not text:
        talk.say("answering.answered_before", **told)
        return
    kept = _kept(talk, row, text)
    items = [
        (f"more_yes:{kept}", Message("answering.send_too")),
        (f"more_no:{kept}", Message("answering.leave_it")),
    ]
    turn_here(talk)
    talk.offer("answering.was_answered", items, **told)


def _kept(talk: Talk, row: Question, text: str) -> int:
    about = {"person_id": talk.person, "text": text}
    return questions.remark(talk.tx, row["id"], "kept", talk.now, **about)


def add(talk: Talk, row: Question, text: str) -> None:
    """Send words of one's own beside what was answered before."""
    _send_too(talk, str(_kept(talk, row, text)))


def _send_too(talk: Talk, which: str) -> None:
    talk.change(menu=())
    remark = questions.send_kept(talk.tx, int(which), talk.person)
    if remark is None:
        talk.say("answering.was_sent")
        return
    (row,) = questions.by_ids(talk.tx, [remark["question_id"]])
    talk.log("added_to_answer", "question", row["id"])
    about = {"number": row["number"], "question": row["text"], "text": remark["text"]}
    talk.tell(row["person_id"], "answering.more", **about)
    talk.say("answering.reply_sent", number=row["number"])


def _leave(talk: Talk, _which: str) -> None:
    talk.change(menu=())
    talk.say("answering.left_it")


# -- passing on ------------------------------------------------------------------------------------


def pass_on(talk: Talk, said: Said) -> None:
    """Give the question to whom the words name, else to the level above, with what was added."""
    if row := _open(talk, said.number):
        passing.pass_on(talk, row, said)


def _pass_to(talk: Talk, which: str) -> None:
    number, _, office = which.partition(".")
    if row := _open(talk, int(number)):
        passing.chosen(talk, row, office)


def _open(talk: Talk, number: int) -> Question | None:
    """The question of that number, if nobody has answered it yet; else it is said who has."""
    row = _find(talk, number)
    if row and row["answered_at"] is not None:
        told = {"answer": proposals.answer_of(talk, row), "mine": row["answered_by"] == talk.person}
        talk.say("answering.answered_before", number=row["number"], **told)
        return None
    return row


_DEEDS: dict[str, Callable[..., None]] = {
    "list": _list,
    "show": _show,
    "search": _search,
    "reply": _reply,
    "pass": pass_on,
}
# What the items of an officer's list on the screen want, as ``<name>:<which>``.
CHOSEN: dict[str, Callable[[Talk, str], None]] = {
    "answer": _chosen,
    "answer_yes": _send,
    "answer_no": _write_own,
    "more_yes": _send_too,
    "more_no": _leave,
    passing.UNIT: _pass_to,
}
