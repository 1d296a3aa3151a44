"""Pictures, documents, contacts: answers where they are asked for, kept where they have a place."""

import pytest

from conversations.events import Contact, File, Location, Photo, Strange, Text, Voice
from conversations.forms import catalogue
from conversations.play import PAUSE
from tests.conversations.samples import filled, standing_at
from tests.conversations.trial import COLOUR, NAME, PICTURES, chat


def picture(number: int) -> Photo:
    return Photo(f"{number:064}")


def test_several_pictures_are_one_answer() -> None:
    talk = chat(PICTURES, NAME)

    talk.do(picture(1))
    talk.do(File(f"{2:064}", "giay.pdf"))
    talk.say("xong")

    assert talk.answers == {"pictures": [f"{1:064}", f"{2:064}"]}


def test_only_the_first_is_told_that_more_may_come() -> None:
    talk = chat(PICTURES, NAME)

    talk.do(picture(1))
    first = talk.said
    second = talk.do(picture(2))

    assert first == ["engine.more_photos"]
    assert second.messages == ()


def test_the_pause_ends_them() -> None:
    talk = chat(PICTURES, NAME)
    talk.do(picture(1))

    talk.wait(PAUSE)

    assert talk.run.at == "name"


def test_enough_pictures_lead_on_by_themselves() -> None:
    talk = chat(PICTURES, NAME)

    for number in range(3):
        talk.do(picture(number))

    assert len(talk.answers["pictures"]) == 3
    assert talk.run.at == "name"


def test_the_same_picture_twice_is_one() -> None:
    talk = chat(PICTURES, NAME)

    for _ in range(2):
        talk.do(picture(1))
    talk.say("xong")

    assert talk.answers == {"pictures": [f"{1:064}"]}


def test_words_are_no_picture_and_not_having_one_is_said_so() -> None:
    talk = chat(PICTURES, NAME).say("ảnh đây")
    words = talk.said

    talk.say("không có")

    assert words == ["problems.photos"]
    assert talk.run.skipped == ("pictures",)


def test_a_picture_nobody_asked_for_is_kept_where_it_belongs() -> None:
    talk = standing_at(catalogue["idea"], "packaging")
    before = talk.answers

    talk.do(picture(1))
    talk.do(picture(2))

    assert talk.answers == {**before, "photos": [f"{1:064}", f"{2:064}"]}
    assert talk.run.at == "packaging"
    assert talk.said == ["engine.photo_kept"]


def test_pictures_that_were_sent_together_are_answered_once() -> None:
    talk = standing_at(catalogue["idea"], "packaging")

    first = talk.do(Photo(f"{1:064}", more=True))
    last = talk.do(picture(2))

    assert first.messages == ()
    assert [message.key for message in last.messages][:1] == ["engine.photo_kept"]
    assert talk.answers["photos"] == [f"{1:064}", f"{2:064}"]


def test_there_is_room_for_so_many_and_the_rest_is_told_so_each_time_otherwise() -> None:
    talk = standing_at(catalogue["idea"], "packaging")
    for number in range(6):
        talk.do(picture(number))

    said = []
    for number in (7, 8, 9):
        talk.do(picture(number))
        said.append(talk.words())

    assert len(talk.answers["photos"]) == 6
    assert len(set(said)) == 3


def test_the_same_unasked_picture_twice_is_kept_once() -> None:
    talk = filled(catalogue["idea"])

    talk.do(picture(1))
    talk.do(picture(1))

    assert talk.answers["photos"] == [f"{1:064}"]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (picture(1), "engine.photo_here"),
        (File("f" * 64), "engine.file_here"),
        (Voice("f" * 64), "engine.voice_here"),
        (Location(1, 2), "engine.location_here"),
        (Contact("0912345678", own=True), "engine.contact_here"),
        (Strange("sticker"), "engine.sticker_here"),
        (Strange("empty_file"), "engine.empty_file"),
        (Strange("bad_file"), "engine.bad_file"),
        (Strange("big_file"), "engine.big_file"),
        (Strange("anything"), "engine.strange_here"),
        (Strange("edited"), "engine.edited_here"),
    ],
)
def test_what_has_no_place_is_said_kindly(content: Photo, key: str) -> None:
    talk = chat(NAME, COLOUR)

    talk.do(content)

    assert talk.said == [key]


def test_a_shared_number_of_ones_own_is_the_telephone() -> None:
    talk = standing_at(catalogue["profile"], "phone")

    talk.do(Contact("+84912345678", own=True))

    assert talk.answers["phone"] == "0912345678"


def test_somebody_elses_number_is_to_be_typed_out() -> None:
    talk = standing_at(catalogue["profile"], "phone")

    talk.do(Contact("0912345678", own=False))

    assert "phone" not in talk.answers
    assert talk.said == ["engine.contact_not_yours"]


def test_a_picture_at_the_review_of_a_form_without_a_place_is_not_kept() -> None:
    talk = filled(catalogue["profile"])
    before = talk.answers

    talk.do(picture(1))

    assert talk.answers == before
    assert talk.said == ["engine.photo_here"]


def test_after_a_picture_the_text_is_heard_as_before() -> None:
    talk = standing_at(catalogue["idea"], "packaging")

    talk.do(picture(1))
    talk.do(Text("túi 1 kg"))

    assert talk.answers["packaging"] == "túi 1 kg"
