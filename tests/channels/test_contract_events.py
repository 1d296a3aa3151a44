"""What every channel promises about events: heard as they happened, none lost, none too early."""

import asyncio
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from conversations.events import Contact, Location, Strange, Text
from conversations.messages import Letter
from tests.bot.specimens import picture
from tests.channels.asking import (
    WORDS,
    in_every_way,
    on,
    put,
    texts,
)
from tests.channels.channels import Rig, Skill
from tests.channels.doubles import ListDoor

# -- events ---------------------------------------------------------------------------------------


@in_every_way
async def test_what_is_said_is_heard(rig: Rig, door: ListDoor) -> None:
    before = datetime.now(UTC)

    rig.lan.says("Chào em")
    await rig.told()

    (event,) = door.heard
    assert event.content == Text("Chào em")
    assert event.address == rig.lan.address
    assert event.key
    assert abs(event.at - before) < timedelta(seconds=60)


@in_every_way
async def test_the_answer_to_an_event_reaches_who_spoke(rig: Rig, door: ListDoor) -> None:
    rig.may.says("Chào em")
    await rig.told()

    await rig.sender.send(door.heard[0].address, 1, Letter(WORDS))

    assert await texts(rig.may) == [WORDS]
    assert await rig.lan.sees() == []


@in_every_way
@pytest.mark.parametrize(
    "words",
    [
        "htx ban lien",
        "  hai  dấu   cách ",
        "dòng một\ndòng hai",
        "🌾" * 50,
        "e\u0302\u0323 dấu gõ rời",
        "\u202e ngược \u200b",
        "/start",
        "/start ma_moi-123",
        "{{ 7 * 7 }} {% raw %} ' OR 1=1 --",
        "0",
        "a" * 1900,
    ],
)
async def test_words_are_heard_as_they_were_typed(rig: Rig, door: ListDoor, words: str) -> None:
    rig.lan.says(words)
    await rig.told()

    assert [text.strip() for text in door.texts()] == [words.strip()]


@in_every_way
async def test_nine_messages_of_one_breath_are_heard_in_their_order(
    rig: Rig, door: ListDoor
) -> None:
    for number in range(9):
        rig.lan.says(f"câu {number}")
    await rig.told()

    assert door.texts() == [f"câu {number}" for number in range(9)]


@in_every_way
async def test_every_event_has_a_key_of_its_own(rig: Rig, door: ListDoor) -> None:
    for person in (rig.lan, rig.may, rig.lan):
        person.says("1")
    await rig.told()

    keys = [event.key for event in door.heard]
    assert len(set(keys)) == 3
    assert all(0 < len(key) <= 200 for key in keys)


@in_every_way
async def test_people_are_told_apart(rig: Rig, door: ListDoor) -> None:
    rig.lan.says("của Lan")
    rig.may.says("của Mây")
    await rig.told()

    heard = {
        (event.address.chat, text) for event, text in zip(door.heard, door.texts(), strict=True)
    }
    assert heard == {(rig.lan.address.chat, "của Lan"), (rig.may.address.chat, "của Mây")}


@in_every_way
async def test_order_tells_what_was_typed_before_a_letter_and_what_after(
    rig: Rig, door: ListDoor
) -> None:
    await rig.lan.sees()
    rig.lan.says("trước")
    await rig.told()
    place = await put(rig, rig.lan, WORDS)
    await rig.lan.sees()
    rig.lan.says("sau")
    await rig.told()

    before, after = [event.order for event in door.heard]
    assert before is not None
    assert after is not None
    assert place is not None
    assert before < place <= after


@in_every_way
async def test_a_sticker_is_heard_by_its_name(rig: Rig, door: ListDoor) -> None:
    rig.lan.sends_sticker()
    await rig.told()

    assert [event.content for event in door.heard] == [Strange("sticker")]


@on(Skill.CONTACT, every_way=True)
async def test_a_number_of_somebody_else_is_not_taken_for_the_senders_own(
    rig: Rig, door: ListDoor
) -> None:
    rig.lan.shares_contact("+84912345678", own=False)
    await rig.told()

    assert [event.content for event in door.heard] == [Contact("+84912345678", own=False)]


@on(Skill.VOUCHED, every_way=True)
async def test_the_senders_own_number_is_vouched_for(rig: Rig, door: ListDoor) -> None:
    rig.lan.shares_contact("+84912345678", own=True)
    await rig.told()

    assert [event.content for event in door.heard] == [Contact("+84912345678", own=True)]


@on(Skill.LOCATION, every_way=True)
async def test_a_place_is_heard_in_degrees(rig: Rig, door: ListDoor) -> None:
    rig.lan.shares_location(22.4625, 104.2937)
    await rig.told()

    assert [event.content for event in door.heard] == [Location(22.4625, 104.2937)]


@on(Skill.PHOTO, every_way=True)
async def test_a_picture_comes_in_byte_for_byte(rig: Rig) -> None:
    content = picture("JPEG")

    rig.lan.sends_photo(content)
    await rig.told()

    assert rig.files_in() == [("photo", content)]


@on(Skill.PHOTO, every_way=True)
async def test_pictures_sent_together_come_in_one_by_one(rig: Rig) -> None:
    contents = [picture("JPEG", (64, 40 + number)) for number in range(3)]

    for content in contents:
        rig.lan.sends_photo(content)
    await rig.told()

    assert rig.files_in() == [("photo", content) for content in contents]


# -- nothing is lost, nothing is acknowledged too early -------------------------------------------


@in_every_way
async def test_what_is_heard_is_acknowledged(rig: Rig) -> None:
    rig.lan.says("một")

    await rig.told()

    assert rig.waiting() == 0


@in_every_way
async def test_nothing_is_acknowledged_before_the_door_has_returned(
    rig: Rig, door: ListDoor
) -> None:
    door.shut()
    rig.lan.says("một")
    telling = asyncio.create_task(rig.told())
    await door.knocked()
    await asyncio.sleep(0.05)

    early = rig.waiting()
    door.open()
    await telling

    assert early == 1
    assert rig.waiting() == 0


@in_every_way
async def test_what_broke_the_door_is_told_again(rig: Rig, door: ListDoor) -> None:
    door.breaks = 1
    rig.lan.says("một")

    await rig.told()
    broken = (door.failures, door.texts(), rig.waiting())
    await rig.told()

    assert broken == (1, [], 1)
    assert door.texts() == ["một"]
    assert rig.waiting() == 0


@in_every_way
async def test_a_door_that_breaks_in_the_middle_loses_nothing(rig: Rig, door: ListDoor) -> None:
    door.breaks = 1
    for number in range(5):
        rig.lan.says(f"câu {number}")
    for _ in range(6):
        await rig.told()

    assert sorted(set(door.texts())) == [f"câu {number}" for number in range(5)]
    assert rig.waiting() == 0


@in_every_way
async def test_what_is_told_twice_has_the_same_key_and_address(rig: Rig, door: ListDoor) -> None:
    rig.lan.says("một")
    rig.may.sends_sticker()
    await rig.told()

    await rig.tells_again(lambda places: places)

    first, second = door.heard[:2], door.heard[2:]
    assert [(e.key, e.address, e.content) for e in second] == [
        (e.key, e.address, e.content) for e in first
    ]


@in_every_way
async def test_a_shuffled_replay_brings_nothing_new(rig: Rig, door: ListDoor) -> None:
    for number in range(6):
        rig.lan.says(f"câu {number}")
    await rig.told()
    keys = {event.key: event.content for event in door.heard}

    await rig.tells_again(lambda places: Random(7).sample(places * 2, len(places) * 2))

    assert {event.key: event.content for event in door.heard} == keys
    assert len(door.heard) >= 18  # a service may tell it even more often
