"""The letters of an announcement that are seen before it goes: as people read them who differ."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from msgspec.structs import replace

from conversations.messages import Message
from handlers.officer import announced
from handlers.officer.scoping import scope_of
from handlers.reminded import language_of
from handlers.talk import Talk
from storage import announcements, joining, sessions
from storage.joining import ASK, JOIN, NO

_MOST = 3
_LOOKED_AT = 200


class _Reader(NamedTuple):
    """Somebody on the list, by what may differ from others; behind it whose letter it is."""

    language: str
    channel: str
    answer: str  # to what is put right here; else empty
    commune: str
    name: str | Message


def samples(talk: Talk, row: Mapping[str, Any]) -> list[Message]:
    """Up to three letters; each reader differs from those before in as much as there is."""
    readers = _differing(_readers(talk, row))
    words = announced.letter(row)
    return [
        replace(
            words,
            language=one.language,
            lead=(_head(at, len(readers), one),),
            choices=(),
            attached=words.attached if at == 1 else None,
        )
        for at, one in enumerate(readers, 1)
    ]


def _head(at: int, of: int, one: _Reader) -> Message:
    answer = Message(f"announcing.answered_{one.answer}") if one.answer else None
    about = {"at": at, "of": of, "producer": one.name, "answer": answer}
    return Message("announcing.sample", {**about, "there": Message(f"linking.on_{one.channel}")})


def _readers(talk: Talk, row: Mapping[str, Any]) -> list[_Reader]:
    rows = announcements.rows(talk.tx, scope_of(talk), row["id"], "waiting", most=_LOOKED_AT)
    kept = sessions.read(talk.tx, [one["person_id"] for one in rows])
    reads = {one: language_of(each.body) for one, each in kept.items()}
    said = _answers(talk, row["corrects"]) if row["corrects"] else {}
    return [
        _Reader(
            reads.get(one["person_id"], "vi"),
            one["channel"],
            said.get(one["person_id"], ""),
            one["commune_code"] or "",
            one["producer"] or Message("announcing.somebody", {"number": one["person_id"]}),
        )
        for one in rows
    ]


def _answers(talk: Talk, first: int) -> dict[int, str]:
    rows = joining.who(talk.tx, scope_of(talk), first, [JOIN, NO, ASK])
    return {one["person_id"]: one["answer"] for one in rows}


def _differing(readers: Sequence[_Reader]) -> list[_Reader]:
    """Some of them, each the one that has most of what none before had."""
    left, some = list(readers), list[_Reader]()
    while left and len(some) < _MOST:
        best = max(left, key=lambda one: _new(one, some))
        left.remove(best)
        some.append(best)
    return some


def _new(one: _Reader, before: Sequence[_Reader]) -> tuple[bool, int]:
    """Whether it is in other words, and how many other things are new."""
    *own, _ = one
    new = [all(trait != other[at] for other in before) for at, trait in enumerate(own)]
    return new[0], sum(new)
