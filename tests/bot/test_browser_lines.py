"""Letters on the screen: once each, in order, and whoever listens is woken."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from bot.channels.browser.lines import Lines
from bot.channels.browser.send import BrowserSender
from bot.channels.contract import Refused
from conversations.events import Address
from conversations.messages import Letter
from storage.database import Database

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
PHONE = Address("browser", "demo", "phone-of-hoa")


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    database = Database(f"sqlite:///{tmp_path / 'lines.db'}")
    SQLModel.metadata.create_all(database.engine)
    yield Lines(database, lambda: NOW)
    database.close()


async def test_a_letter_appears_with_its_numbered_choices(lines: Lines) -> None:
    letter = Letter("Đúng chưa ạ?", (("1:y", "Đúng"), ("1:n", "Chưa")))

    place = await BrowserSender(lines).send(PHONE, 5, letter)

    assert await lines.after(PHONE.chat, 0, 10) == [
        {
            "seq": place,
            "who": "bot",
            "at": NOW,
            "kind": "text",
            "text": "Đúng chưa ạ?",
            "choices": [{"data": "1:y", "label": "Đúng"}, {"data": "1:n", "label": "Chưa"}],
        }
    ]


async def test_a_letter_sent_again_has_the_same_place_and_no_second_line(lines: Lines) -> None:
    """Delivery repeats a letter whose first sending it could not note any more."""
    sender = BrowserSender(lines)

    first = await sender.send(PHONE, 5, Letter("Chào bà con"))
    between = await sender.send(PHONE, 6, Letter("Em nghe ạ"))
    again = await sender.send(PHONE, 5, Letter("Chào bà con"))

    assert again == first < between
    assert [line["seq"] for line in await lines.after(PHONE.chat, 0, 10)] == [first, between]


async def test_pages_end_before_a_line_and_run_oldest_first(lines: Lines) -> None:
    places = [
        await lines.add("phone-one", f"key-{n}", "person", {"text": str(n)}) for n in range(5)
    ]
    await lines.add("phone-two", "key-0", "person", {"text": "another's"})

    page = await lines.before("phone-one", places[3], 2)
    newest = await lines.before("phone-one", None, 2)

    assert [line["text"] for line in page] == ["1", "2"]
    assert [line["text"] for line in newest] == ["3", "4"]


async def test_a_new_line_rings_only_for_its_own_phone(lines: Lines) -> None:
    with lines.listening("phone-one") as mine, lines.listening("phone-two") as others:
        await lines.add("phone-one", "key-1", "person", {"text": "a"})

        assert mine.is_set()
        assert not others.is_set()


async def test_a_repeated_line_rings_for_nobody(lines: Lines) -> None:
    await lines.add("phone-one", "key-1", "person", {"text": "a"})

    with lines.listening("phone-one") as bell:
        await lines.add("phone-one", "key-1", "person", {"text": "a"})

        assert not bell.is_set()


async def test_closing_wakes_every_listener(lines: Lines) -> None:
    with lines.listening("phone-one") as first, lines.listening("phone-one") as second:
        lines.close()

        await asyncio.wait_for(asyncio.gather(first.wait(), second.wait()), 1)
    assert lines.closed


async def test_a_phone_that_nobody_listens_to_takes_no_room(lines: Lines) -> None:
    with lines.listening("phone-one"), lines.listening("phone-one"):
        pass

    assert lines._bells == {}


async def test_a_letter_that_stands_there_gets_other_words_and_the_page_hears_of_it(
    lines: Lines,
) -> None:
    sender = BrowserSender(lines)
    place = await sender.send(PHONE, 5, Letter("xong 10/100"))
    after = await sender.send(PHONE, 6, Letter("Em nghe ạ"))

    for words in ("xong 40/100", "xong 70/100"):
        assert await sender.send(PHONE, 5, Letter(words, stands=place)) == place

    first, second, told = await lines.after(PHONE.chat, 0, 10)
    assert (first["seq"], first["text"]) == (place, "xong 70/100")
    assert second["seq"] == after
    assert (told["kind"], told["of"], told["text"]) == ("reword", place, "xong 70/100")


async def test_a_letter_that_stands_nowhere_is_refused(lines: Lines) -> None:
    with pytest.raises(Refused):
        await BrowserSender(lines).send(PHONE, 5, Letter("xong 40/100", stands=3))
