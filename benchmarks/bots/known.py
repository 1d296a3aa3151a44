"""People whom our bot knows with their producer, as after the first talk of their life."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from conversations.forms.consent import WORDS_VERSION
from conversations.session import Session
from storage import persons, producers, sessions
from storage.database import Transaction
from storage.persons import Chat

PURPOSES = ("dossier", "reminders", "news")
COMMUNE = {"commune_code": "02728", "commune": "xã Bản Liền", "province": "tỉnh Lào Cai"}


def introduce(tx: Transaction, chats: Sequence[Chat], now: datetime) -> None:
    """Let everybody in these chats be known, each with a producer of their own."""
    known = persons.meet(tx, chats, now)
    body = msgspec.json.encode(Session(consent=dict.fromkeys(PURPOSES, WORDS_VERSION))).decode()
    sessions.save(tx, [sessions.Saved(p, body, 0, None, None) for p in known.values()], now)
    for chat, person in known.items():
        values = {"name": f"HTX {chat.chat}", "kind": "cooperative", **COMMUNE}
        producer = producers.add(tx, {**values, "made_by": person}, now)
        producers.join(tx, person, producer, "own", now)
