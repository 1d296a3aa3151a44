"""Every transcript goes on every channel as it was written: the same letters on the same phones.

Each is played on one that can bring all of it, and they take turns. With OCOP_TEST_EVERY_WAY set,
each is played on all that can, and more of them on an unruly service.
"""

import os
import re
from pathlib import Path
from random import Random

import pytest

from storage.database import Database
from tests.channels.channels import CHANNELS
from tests.channels.talking import needs, phones, talking

CHATS = sorted((Path(__file__).parents[1] / "chats").glob("*.chat"))
TEXTS = {chat.stem: chat.read_text(encoding="utf-8") for chat in CHATS}
EVERY_WAY = bool(os.environ.get("OCOP_TEST_EVERY_WAY"))
# A question that came twice may be asked again, which a script does not answer; in these it is not.
# Two phones and several texts at once, consent taken back, the longest with its lists and its
# drafts, 400 days that go by, a form filled without a slip:
UNRULY = (
    ("com-na-lo", "zalo-oa"),
    ("dong-y", "zalo-webhook"),
    ("giay-viet-giup", "telegram-polling"),
    ("khau-rang", "zalo-oa"),
    ("tinh-dau-que", "zalo-polling"),
)
ALIKE = (
    ("banh-chung-den", "telegram-polling"),
    ("lap-suon", "zalo-oa"),
    ("xuc-xich", "zalo-oa"),
)
# The desk's link is of the page that it stands for: the console player alone plays it.
ALONE = frozenset({"ban-lam-viec"})
LETTER = re.compile(r"^([^\W\d_][\w-]*)?< ?(.*)$")


def pairs() -> list[tuple[str, str]]:
    """Each transcript with the channels on which it is played."""
    found = []
    turns = list(CHANNELS)
    for chat, text in TEXTS.items():
        fit = [name for name in turns if chat not in ALONE and fits(name, text)]
        for name in fit if EVERY_WAY else fit[:1]:
            found.append((chat, name))
            turns.remove(name)
            turns.append(name)
    return found


def fits(name: str, text: str) -> bool:
    """How each channel brings papers and pictures is another suite's: test_contract_files."""
    if re.search(r"^[\w-]*< \[(tệp|ảnh)", text, re.MULTILINE):
        return False
    return CHANNELS[name].skills >= needs(text) and len(phones(text)) <= 2


def written(text: str) -> dict[str, list[str]]:
    """The letters of the transcript, by phone."""
    letters: dict[str, list[str]] = {}
    phone = "main"
    for line in text.splitlines():
        if found := LETTER.match(line):
            phone = found[1] or "main"
            letters.setdefault(phone, []).append(found[2])
        elif line.startswith("  ") and letters:
            letters[phone][-1] += "\n" + line[2:]
    return letters


@pytest.mark.parametrize(("chat", "name"), pairs())
async def test_a_conversation_goes_as_it_was_written(chat: str, name: str, kept: Database) -> None:
    text = TEXTS[chat]

    async with talking(CHANNELS[name], kept, text) as talk:
        await talk.play(text)
        letters = await talk.letters()

    assert {phone: said for phone, said in letters.items() if said} == written(text)


def without_repeats(letters: list[str]) -> list[str]:
    return [
        letter for letter, before in zip(letters, ["", *letters], strict=False) if letter != before
    ]


@pytest.mark.parametrize(("chat", "name"), UNRULY + (ALIKE if EVERY_WAY else ()))
async def test_a_service_that_tells_thrice_and_loses_answers_changes_no_answer(
    chat: str, name: str, kept: Database
) -> None:
    """Every update comes three times in any order, and every tenth letter is sent twice."""
    text = TEXTS[chat]

    async with talking(CHANNELS[name], kept, text, Random(chat)) as talk:
        await talk.play(text)
        letters = await talk.letters()

    seen = {phone: without_repeats(said) for phone, said in letters.items() if said}
    assert seen == {phone: without_repeats(said) for phone, said in written(text).items()}


def test_every_way_has_conversations_to_be_tried_on() -> None:
    assert {name for _, name in pairs()} == set(CHANNELS)
    assert len(TEXTS) >= 10
