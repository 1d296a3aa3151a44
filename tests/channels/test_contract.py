"""What every channel promises about letters, whatever the service behind it."""

import asyncio
import unicodedata

import pytest

from conversations.events import Tap
from conversations.messages import Letter
from tests.channels.asking import (
    CHOICES,
    WORDS,
    bare,
    everywhere,
    on,
    put,
    texts,
    units,
    with_service,
)
from tests.channels.channels import Rig, Seen, Skill
from tests.channels.doubles import ListDoor

# -- letters --------------------------------------------------------------------------------------


@everywhere
async def test_a_letter_is_read_word_for_word(rig: Rig) -> None:
    await put(rig, rig.lan, WORDS)

    assert await rig.lan.sees() == [Seen(WORDS)]


@everywhere
async def test_a_letter_is_for_its_person_alone(rig: Rig) -> None:
    await put(rig, rig.lan, WORDS)

    assert await rig.may.sees() == []


@everywhere
async def test_a_sender_names_the_channel_of_its_addresses(rig: Rig) -> None:
    assert rig.sender.channel == rig.lan.address.channel == rig.may.address.channel


@everywhere
async def test_two_people_have_two_addresses_with_the_same_bot(rig: Rig) -> None:
    assert rig.lan.address != rig.may.address
    assert rig.lan.address.bot == rig.may.address.bot


@everywhere
async def test_letters_stay_in_the_order_they_were_sent(rig: Rig) -> None:
    for number in range(5):
        await put(rig, rig.lan, f"thư {number}", number)

    assert await texts(rig.lan) == [f"thư {number}" for number in range(5)]


@everywhere
async def test_the_place_of_a_letter_is_after_the_letters_before_it(rig: Rig) -> None:
    places = [await put(rig, rig.lan, f"thư {number}", number) for number in range(3)]

    numbers = [place for place in places if place is not None]
    assert len(numbers) == 3
    assert numbers == sorted(set(numbers))


@everywhere
async def test_letters_to_many_at_once_reach_each_their_own(rig: Rig) -> None:
    people = {rig.lan.address.chat: rig.lan, rig.may.address.chat: rig.may}

    await asyncio.gather(*(put(rig, who, f"thư của {chat}") for chat, who in people.items()))

    assert [await texts(who) for who in people.values()] == [[f"thư của {chat}"] for chat in people]


@everywhere
async def test_a_letter_sent_again_does_no_harm(rig: Rig) -> None:
    """Its first sending was not noted any more; a channel may show it once or twice."""
    await put(rig, rig.lan, WORDS, 7)
    await put(rig, rig.lan, WORDS, 7)

    assert set(await texts(rig.lan)) == {WORDS}


@everywhere
@pytest.mark.parametrize(
    "words",
    [
        "*đậm* _nghiêng_ [liên kết](http://a.vn) `mã` ~gạch~ ||ẩn||",
        "<b>đậm</b> & <script>alert(1)</script> &lt;",
        "Giá 5 < 7 và 9 > 8; 100% “ngon” – 'thật' \\n",
        "dòng một\ndòng hai\n\ndòng bốn",
        "{red}đỏ{/red} # tiêu đề\n- mục\n> trích",
        "/dangky @ai 0912 345 678 https://example.vn/a?b=c&d",
        "🌾🍵👩🏽‍🌾 gạo nếp",
    ],
)
async def test_no_sign_means_anything_but_itself(rig: Rig, words: str) -> None:
    await put(rig, rig.lan, words)

    assert await texts(rig.lan) == [words]


@everywhere
async def test_a_letter_as_long_as_ours_get_arrives_whole(rig: Rig) -> None:
    words = "Gạo nếp thơm của bà con. " * 12

    await put(rig, rig.lan, words.strip())

    assert await texts(rig.lan) == [words.strip()]


# -- letters that are too long --------------------------------------------------------------------


@with_service
async def test_a_letter_of_just_the_limit_is_one_message(rig: Rig) -> None:
    await put(rig, rig.lan, "ạ" * rig.limit)

    assert [units(text) for text in await texts(rig.lan)] == [rig.limit]


@with_service
async def test_a_letter_over_the_limit_is_split_between_lines(rig: Rig) -> None:
    lines = [f"{number}. dòng thứ {number} của một danh sách rất dài" for number in range(250)]

    await put(rig, rig.lan, "\n".join(lines))

    seen = await texts(rig.lan)
    assert len(seen) > 1
    assert "\n".join(seen).split("\n") == lines
    assert all(units(text) <= rig.limit for text in seen)


@with_service
async def test_a_line_over_the_limit_is_split_between_words(rig: Rig) -> None:
    words = [f"chữ{number}" for number in range(1500)]

    await put(rig, rig.lan, " ".join(words))

    seen = await texts(rig.lan)
    assert len(seen) > 1
    assert " ".join(seen).split(" ") == words


@with_service
async def test_a_word_over_the_limit_loses_no_sign(rig: Rig) -> None:
    word = "ạ" * (rig.limit + 5)

    await put(rig, rig.lan, word)

    assert "".join(await texts(rig.lan)) == word


@with_service
async def test_length_is_counted_as_the_service_counts_and_no_sign_is_cut_in_two(rig: Rig) -> None:
    words = "a" + "🌾" * rig.limit

    await put(rig, rig.lan, words)

    seen = await texts(rig.lan)
    assert "".join(seen) == words
    assert all(units(text) <= rig.limit for text in seen)


@with_service
async def test_marks_typed_apart_are_put_together_before_counting(rig: Rig) -> None:
    apart = unicodedata.normalize("NFD", "ộ" * rig.limit)

    await put(rig, rig.lan, apart)

    assert await texts(rig.lan) == ["ộ" * rig.limit]


@with_service
async def test_only_the_last_message_of_a_long_letter_bears_the_choices(rig: Rig) -> None:
    lines = "\n".join(f"dòng {number}" for number in range(1000))

    await put(rig, rig.lan, Letter(lines, CHOICES))

    *before, last = [f"{seen.text}\n{seen.labels}" for seen in await rig.lan.sees()]
    assert before
    assert "Gặp cán bộ" in last
    assert not any("Gặp cán bộ" in text for text in before)


@with_service
async def test_the_place_of_a_long_letter_is_that_of_its_end(rig: Rig) -> None:
    first = await put(rig, rig.lan, "\n".join(f"dòng {number}" for number in range(1000)), 1)
    then = await put(rig, rig.lan, "tiếp", 2)

    assert first is not None
    assert then is not None
    assert first < then
    assert len(await rig.lan.sees()) > 2


# -- choices --------------------------------------------------------------------------------------


@everywhere
async def test_every_choice_is_shown_with_its_words(rig: Rig) -> None:
    await put(rig, rig.lan, Letter(WORDS, CHOICES))

    (seen,) = await rig.lan.sees()
    shown = "\n".join([seen.text, *seen.labels])
    assert seen.text.startswith(WORDS)
    assert [label for _, label in CHOICES if label not in shown] == []


@on(Skill.BUTTONS)
async def test_choices_are_buttons_in_their_order_and_not_said_twice(rig: Rig) -> None:
    await put(rig, rig.lan, Letter(WORDS, CHOICES))

    (seen,) = await rig.lan.sees()
    assert seen.text == WORDS
    assert [bare(label) for label in seen.labels] == [label for _, label in CHOICES]


@on(Skill.BUTTONS)
@pytest.mark.parametrize("count", [1, 2, 8, 23, 60])
async def test_as_many_choices_as_there_are_find_a_place(rig: Rig, count: int) -> None:
    labels = [f"Thôn {number} xã Bản Liền" for number in range(1, count + 1)]

    await put(rig, rig.lan, Letter(WORDS, tuple((f"d{label}", label) for label in labels)))

    (seen,) = await rig.lan.sees()
    assert [bare(label) for label in seen.labels] == labels


@on(Skill.BUTTONS, every_way=True)
async def test_a_tapped_button_brings_back_its_data(rig: Rig, door: ListDoor) -> None:
    await put(rig, rig.lan, Letter(WORDS, CHOICES))

    await rig.lan.taps("Gặp cán bộ")
    await rig.told()

    assert [event.content for event in door.heard] == [Tap("a|2")]


@on(Skill.BUTTONS, every_way=True)
async def test_data_may_have_sixty_four_bytes(rig: Rig, door: ListDoor) -> None:
    await put(rig, rig.lan, Letter(WORDS, (("đ" * 32, "Đúng"),)))

    await rig.lan.taps("Đúng")
    await rig.told()

    assert [event.content for event in door.heard] == [Tap("đ" * 32)]


@on(Skill.BUTTONS, every_way=True)
async def test_a_button_of_long_ago_still_brings_back_its_own_data(
    rig: Rig, door: ListDoor
) -> None:
    await put(rig, rig.lan, Letter("Câu một", (("1|x", "Có"),)), 1)
    await put(rig, rig.lan, Letter("Câu hai", (("2|x", "Không"),)), 2)

    await rig.lan.taps("Có")
    await rig.told()

    assert [event.content for event in door.heard] == [Tap("1|x")]


@on(Skill.BUTTONS, every_way=True)
async def test_a_button_tapped_twice_is_told_twice_under_two_keys(rig: Rig, door: ListDoor) -> None:
    """It is one answer all the same, but that is for the engine to see."""
    await put(rig, rig.lan, Letter(WORDS, CHOICES))

    await rig.lan.taps("Thôi")
    await rig.lan.taps("Thôi")
    await rig.told()

    assert [event.content for event in door.heard] == [Tap("a|3"), Tap("a|3")]
    assert len({event.key for event in door.heard}) == 2
