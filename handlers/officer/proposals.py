"""Answers that an officer may send as they are: earlier ones of the area, and rule texts."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from conversations import ready
from conversations.messages import Message
from handlers import referring
from handlers.officer import dossiers
from handlers.producer import questions as asking
from handlers.talk import Talk
from programme import answers
from storage import questions

_LOOKED_AT = 500  # of the newest answers
_EARLIER, _MOST = 2, 3
_BEFORE = "q"  # begins the key of what was answered to the question of that number


class Ready(NamedTuple):
    """An answer that may be sent as it is: its key, and its words."""

    key: str
    words: Message | str


def of(talk: Talk, row: Mapping[str, Any]) -> list[tuple[Ready, Message]]:
    """Up to three, what was answered to nearly the same first; each with what it is called."""
    rows = questions.answered_here(talk.tx, dossiers.scope_of(talk), _LOOKED_AT)
    known = {str(each["number"]): each for each in rows}
    alike = answers.alike(row["text"], [(key, each["text"]) for key, each in known.items()])
    found = {_words_of(each): each for each in (_as_before(talk, known[one.key]) for one in alike)}
    texts = [_of_rules(talk, row, one.key) for one in answers.proposed(row["text"], row["paper"])]
    several = [*list(found.values())[:_EARLIER], *texts]
    return list({each[0].key: each for each in several}.values())[:_MOST]


def named(talk: Talk, row: Mapping[str, Any], key: str) -> Ready | None:
    """The one of that key; an earlier answer only where its question lies in the area."""
    if not key.removeprefix(_BEFORE).isdigit():
        return _of_rules(talk, row, key)[0]
    number = int(key.removeprefix(_BEFORE))
    earlier = questions.numbered(talk.tx, dossiers.scope_of(talk), number)
    if earlier is None or earlier["answer"] is None:
        return None
    return _as_before(talk, earlier)[0]


def answer_of(talk: Talk, row: Mapping[str, Any]) -> Message | str:
    """What was answered; where that was a rule text, as it stands today."""
    if row["answer"] or not row["ready"]:
        return str(row["answer"] or "")
    return _of_rules(talk, row, row["ready"])[0].words


def _as_before(talk: Talk, row: Mapping[str, Any]) -> tuple[Ready, Message]:
    if not row["answer"]:
        return _of_rules(talk, row, row["ready"])
    label = Message("answering.as_before", {"number": row["number"], "answer": row["answer"]})
    return Ready(f"{_BEFORE}{row['number']}", row["answer"]), label


def _of_rules(talk: Talk, row: Mapping[str, Any], key: str) -> tuple[Ready, Message]:
    coming = asking.coming(talk, referring.home_of(row))
    label = Message("answering.by_rules", {"asks": ready.asked(key, talk.rules)})
    return Ready(key, ready.told(key, talk.rules, coming)), label


def _words_of(one: tuple[Ready, Message]) -> str:
    """The same answer to several questions is one."""
    return one[0].words if isinstance(one[0].words, str) else one[0].key
