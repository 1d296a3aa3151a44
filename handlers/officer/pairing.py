"""Ghép chủ thể: an officer says which producers of a register are producers of the chat."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from conversations.messages import Message
from handlers.officer import impartial
from handlers.officer.scoping import scope_of
from handlers.talk import Talk
from programme.folding import fold
from programme.roles import Right
from storage import pairings, producers

_LOOK = 60  # signs
_MOST = 6  # in a list
_PRODUCERS = r"(?:chu the|co so|htx)"
_SAID: tuple[tuple[str, str], ...] = (
    (rf"(?:xem )?(?:ghep|gop|nhap) {_PRODUCERS}(?: (?:trung|voi so|trong so))?", "list"),
    (rf"(?:xem )?(?:cac )?{_PRODUCERS} (?:bi )?trung(?: nhau| ten)?|(?:ghep|doi) so", "list"),
    (r"(?:merge|same|duplicate) producers", "list"),
    (rf"(?:xem )?(?:cac )?{_PRODUCERS} da (?:ghep|gop)|tach {_PRODUCERS}", "joined"),
    (r"merged producers", "joined"),
)
_PATTERNS = tuple((re.compile(pattern), deed) for pattern, deed in _SAID)

Do = Callable[[Talk], None]


def wanted(_talk: Talk, text: str) -> tuple[Do, Right] | None:
    """What the words want done; None where they are of nothing here."""
    said = fold(text[:_LOOK]).strip(" .:?")
    found = next((deed for pattern, deed in _PATTERNS if pattern.fullmatch(said)), None)
    return (_DEEDS[found], Right.JUDGE) if found else None


def _list(talk: Talk) -> None:
    """Those who may be one, what most speaks for it first."""
    offered = pairings.offered(talk.tx, scope_of(talk))
    if not offered:
        talk.say("pairing.nobody")
        return
    items = [(_item("pair_show", row), row["told"]["name"]) for row in offered[:_MOST]]
    talk.offer("pairing.which", items, count=len(offered))


def _show(talk: Talk, which: str) -> None:
    """Both beside each other, and what speaks for their being one."""
    if (row := _offered(talk, which)) is None:
        return
    register, producer = row["pair"][:2]
    talk.log("looked_at_pair", "producer", producer, register=register)
    why = tuple(Message(f"pairing.why_{each}") for each in row["pair"].why)
    talk.say("pairing.told", **_about(row["told"]), names=_products(talk, register))
    items = [
        (_item(f"pair_{deed}", row), Message(f"pairing.item_{deed}"))
        for deed in (pairings.SAME, pairings.OTHER)
    ]
    talk.offer("pairing.right", items, **_about(row), why=why)


def _about(row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] or "" for name in ("name", "commune", "phone")}


def _products(talk: Talk, register: int) -> tuple[str, ...]:
    return tuple(pairings.products(talk.tx, register))


def _judge(talk: Talk, which: str, *, verdict: str) -> None:
    """Note it; of those who are one, who acts for the producer is told what is theirs now."""
    row = _offered(talk, which)
    if row is None:
        return
    talk.change(menu=())
    register, producer = row["pair"][:2]
    if impartial.refused(talk, producer, waits=False):
        return
    if not pairings.judge(talk.tx, (register, producer), verdict, talk.person, talk.now):
        talk.say("pairing.gone")
        return
    talk.log(f"{verdict}_producer", "producer", producer, register=register)
    if verdict == pairings.OTHER:
        talk.say("pairing.kept_apart", name=row["name"])
    else:
        names = _products(talk, producer)
        for owner in producers.owners(talk.tx, producer):
            talk.tell(owner, "pairing.yours", names=names)
        items = [(_item("pair_part", row), Message("pairing.item_part"))]
        talk.offer("pairing.joined", items, name=row["name"], count=len(names))


def _offered(talk: Talk, which: str) -> dict[str, Any] | None:
    """The pair, if it still is one that may be judged here."""
    pair = _numbers(which)
    offered = pairings.offered(talk.tx, scope_of(talk))
    row = next((row for row in offered if row["pair"][:2] == pair), None)
    if row is None:
        talk.change(menu=())
        talk.say("pairing.gone")
    return row


def _joined(talk: Talk) -> None:
    """Those that were joined, to be parted again."""
    rows = pairings.joined(talk.tx, scope_of(talk), _MOST)
    if not rows:
        talk.say("pairing.none_joined")
        return
    items = [(f"pair_part:{row['register_id']}.{row['id']}", str(row["name"])) for row in rows]
    talk.offer("pairing.which_part", items)


def _part(talk: Talk, which: str) -> None:
    """Let them be two again, each with what it had."""
    pair = _numbers(which)
    every = pairings.joined(talk.tx, scope_of(talk), most=1 << 20)
    row = next((row for row in every if (row["register_id"], row["id"]) == pair), None)
    talk.change(menu=())
    if row is None:
        talk.say("pairing.gone")
        return
    if impartial.refused(talk, row["id"], waits=False):
        return
    pairings.judge(talk.tx, pair, pairings.OTHER, talk.person, talk.now)
    talk.log("parted_producer", "producer", pair[1], register=pair[0])
    talk.say("pairing.parted", name=row["name"])


def _item(name: str, row: dict[str, Any]) -> str:
    return f"{name}:{row['pair'].register}.{row['pair'].producer}"


def _numbers(which: str) -> tuple[int, int]:
    register, producer = map(int, which.split("."))
    return register, producer


_DEEDS: dict[str, Do] = {"list": _list, "joined": _joined}
# What the items of a list on the screen want, as ``<name>:<which>``.
CHOSEN: dict[str, tuple[Callable[[Talk, str], None], Right]] = {
    "pair_show": (_show, Right.JUDGE),
    "pair_same": (partial(_judge, verdict=pairings.SAME), Right.JUDGE),
    "pair_other": (partial(_judge, verdict=pairings.OTHER), Right.JUDGE),
    "pair_part": (_part, Right.JUDGE),
}
