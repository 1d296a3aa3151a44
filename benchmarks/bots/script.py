"""What every person of the benchmark says, as Telegram's updates, and what they are told."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

TOKEN = "42:TEST-OF-NO-REAL-BOT"
MEMBER = 7_000_000_000  # added to a person's number: ids in Telegram have ten digits by now


class Said(NamedTuple):
    """One message of a person: a text, or the button at a place of the last letter."""

    question: str  # the key of the question that it answers; empty for what answers none
    text: str = ""
    button: int = -1


TALK = (
    Said("", "/dangky"),
    Said("name", "gạo nếp Bản Liền"),
    Said("set", button=0),
    Said("stage", button=1),
    Said("material", "thóc nếp"),
    Said("shares", "xã 70%, tỉnh 100%"),
    Said("labour", "12 người, 10 người trong xã"),
    Said("packaging", "túi 1 kg hút chân không"),
    Said("special", "giống nếp cũ của bản, gặt tay, phơi nắng, dẻo và thơm lâu"),
    Said("special", "xong"),
    Said("papers", "1, 3"),
    Said("season", "tháng 9 đến tháng 11"),
    Said("star", "3"),
    Said("round", button=0),
    Said("", button=0),
)
QUESTIONS = tuple(dict.fromkeys(said.question for said in TALK if said.question))


class Told(NamedTuple):
    """A letter as it is shown: its words, and the labels of its buttons."""

    text: str
    labels: Sequence[str]


@dataclass(frozen=True, slots=True)
class Script:
    """What is told after each message of the talk, so that every bot can say the same."""

    letters: tuple[tuple[Told, ...], ...]

    def write(self, file: Path) -> None:
        """Keep it for other processes."""
        file.write_text(json.dumps(self.letters), encoding="utf-8")


def read(file: Path) -> Script:
    """The script that was kept there."""
    steps = json.loads(file.read_text(encoding="utf-8"))
    return Script(tuple(tuple(Told(*letter) for letter in letters) for letters in steps))


def update(person: int, at: int, text: str = "", data: str = "") -> bytes:
    """An update as Telegram posts it: a text, or a tapped button of the message before."""
    user = f'{{"id":{MEMBER + person},"is_bot":false,"first_name":"Mai","language_code":"vi"}}'
    chat = f'{{"id":{MEMBER + person},"first_name":"Mai","type":"private"}}'
    head = f'{{"update_id":{person * 1000 + at},'
    if not data:
        written = json.dumps(text)
        message = f'"message_id":{place(at)},"from":{user},"chat":{chat},"date":1795420800'
        command = '"entities":[{"type":"bot_command","offset":0,"length":7}],'
        command = command if text.startswith("/") else ""
        return f'{head}"message":{{{message},{command}"text":{written}}}}}'.encode()
    button = f'{{"text":"OK","callback_data":"{data}"}}'
    shown = (
        f'"message_id":{place(at) - 1},"from":{{"id":42,"is_bot":true,"first_name":"OCOP",'
        f'"username":"ocop_bot"}},"chat":{chat},"date":1795420800,"text":"?",'
        f'"reply_markup":{{"inline_keyboard":[[{button}],[{button}]]}}'
    )
    return (
        f'{head}"callback_query":{{"id":"{person}-{at}","from":{user},"message":{{{shown}}},'
        f'"chat_instance":"1","data":"{data}"}}}}'
    ).encode()


def place(at: int) -> int:
    """The message id of the person's message ``at``; our letters take those in between."""
    return at * 100 + 100
