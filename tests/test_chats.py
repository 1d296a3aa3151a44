"""Each transcript in tests/chats is played through the real parts, and comes out as written."""

import os
import pickle
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from bot.channels.console import playing
from bot.channels.console.playing import Played
from bot.wording import LIMIT
from conversations.forms import catalogue
from tests.papers import remembering

CHATS = {path.stem: path for path in sorted((Path(__file__).parent / "chats").glob("*.chat"))}
# The products of the plan of Bắc Hà for 2021, each registered by a different kind of person.
PLAN = {
    "gao-khau-meo": (3, "gao khau meo ban lien"),
    "tinh-dau-que": (20, "Tinh dầu quế Nậm Đét"),
    "man-tam-hoa": (1, "man tam hoa bac ha"),
    "xuc-xich": (8, "xuc xic bao nhai"),
    "khau-rang": (6, "Khẩu rang Bắc Hà"),
    "lap-suon": (8, "Lạp sườn Bắc Hà"),
    "tuong-ot": (9, "tuong ot bac ha"),
    "banh-chung-den": (6, "Bánh chưng đen Bắc Hà"),
    "com-na-lo": (6, "Cốm Na Lo"),
}
MOST_ANSWERS = 12
MOST_LETTERS = 30
# What is typed to steer and says nothing about the product.
STEERING = {"xong", "gui", "gửi", "xem lại", "dung", "1"}


Playing = Callable[[str], Played]


@pytest.fixture(scope="session")
def played(shared: Path) -> Playing:
    """The transcript of that name, played; what one worker has played, no other plays again."""

    @cache
    def of(name: str) -> Played:
        kept = shared / f"{name}.played"
        with suppress(FileNotFoundError):
            known: Played = pickle.loads(kept.read_bytes())
            return known
        text = CHATS[name].read_text(encoding="utf-8")
        new = playing.play(text, remembering.SENT, remembering.hands())
        whole = kept.with_suffix(f".{os.getpid()}")
        whole.write_bytes(pickle.dumps(new))
        whole.replace(kept)
        return new

    return of


@pytest.mark.parametrize("name", CHATS)
def test_a_conversation_goes_as_written(
    name: str, played: Playing, request: pytest.FixtureRequest
) -> None:
    written = CHATS[name].read_text(encoding="utf-8")

    transcript = played(name).transcript

    if request.config.getoption("--update"):
        CHATS[name].write_text(transcript, encoding="utf-8")
    else:
        assert transcript == written


@pytest.mark.parametrize("name", CHATS)
def test_a_conversation_says_on_top_who_talks_and_what_happens(name: str) -> None:
    first, second, *_ = CHATS[name].read_text(encoding="utf-8").splitlines()

    assert first.startswith("# ")
    assert second.startswith(("# ", "= "))


@pytest.mark.parametrize("name", CHATS)
def test_no_letter_is_longer_than_a_small_screen(name: str, played: Playing) -> None:
    assert [text for _, text in played(name).letters if len(text) > LIMIT] == []


@pytest.mark.parametrize("name", CHATS)
def test_nobody_reads_the_same_letter_twice_in_a_row(name: str, played: Playing) -> None:
    last: dict[str, str] = {}
    again = []
    for phone, text in played(name).letters:
        if last.get(phone) == text:
            again.append(text)
        last[phone] = text

    assert again == []


@pytest.mark.parametrize(("name", "idea"), PLAN.items())
def test_each_product_of_the_plan_is_registered(
    name: str, idea: tuple[int, str], played: Playing
) -> None:
    handed_in = [
        (found["product_set"], found["name"], found["status"])
        for found in played(name).stored["ideas"]
    ]

    assert (*idea, "submitted") in handed_in


def test_every_form_is_filled_in_some_conversation(played: Playing) -> None:
    filled = {form for name in CHATS for form in played(name).forms}

    assert filled >= {form.name for form in catalogue}


# -- what was kept --------------------------------------------------------------------------------


def test_whose_hand_typed_is_kept_with_the_idea(played: Playing) -> None:
    stored = played("banh-chung-den").stored

    assert [idea["hand"] for idea in stored["ideas"]] == ["Lâm Văn Nam"]
    assert [producer["hand"] for producer in stored["producers"]] == ["Lâm Văn Nam"]


def test_voice_notes_and_photos_are_kept_with_the_idea(played: Playing) -> None:
    (idea,) = played("tuong-ot").stored["ideas"]

    assert idea["answers"]["special"]["text"] == "ot trong tren nui da"
    assert len(idea["answers"]["special"]["voices"]) == 2
    assert len(idea["answers"]["photos"]) == 2


def test_an_idea_belongs_to_the_producer_that_was_chosen(played: Playing) -> None:
    stored = played("lap-suon").stored
    names = {producer["id"]: producer["name"] for producer in stored["producers"]}

    assert sorted(names.values()) == ["HTX Na Hối xanh", "Hộ Tráng A Hù"]
    assert [names[idea["producer_id"]] for idea in stored["ideas"]] == ["Hộ Tráng A Hù"]


def test_a_round_that_is_over_is_chosen_again(played: Playing) -> None:
    (idea,) = played("khau-rang").stored["ideas"]

    assert idea["round_key"] == "tinh-1-2028"


# -- how short the way is -------------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """What it took from the question for the product's name to the receipt number."""

    typed: list[str]
    letters: int


def way(played: Played) -> Way:
    """The way of the main phone; a text ``>>`` belongs to the answer before it."""
    lines = played.transcript.splitlines()
    asked = next(i for i, line in enumerate(lines) if "Sản phẩm tên là gì" in line)
    done = next(i for i, line in enumerate(lines) if "Số phiếu: YT-" in line)
    between = lines[asked:done]
    return Way(
        [line[2:] for line in between if line.startswith("> ")],
        sum(bool(re.match("< ", line)) for line in between) + 2,
    )


@pytest.mark.parametrize("name", ["gao-khau-meo", "tinh-dau-que"])
def test_a_product_takes_few_answers_and_few_letters(name: str, played: Playing) -> None:
    """With the profile known: at most 12 typed answers, and 30 letters to read."""
    found = way(played(name))

    answers = [text for text in found.typed if text.casefold() not in STEERING]
    assert 8 <= len(answers) <= MOST_ANSWERS
    assert found.letters <= MOST_LETTERS


def test_long_ways_stay_readable_too(played: Playing) -> None:
    """Who changes her mind, asks and sends voice notes is not buried in letters."""
    letters = {name: way(played(name)).letters for name in PLAN}

    assert {name: count for name, count in letters.items() if count > 2 * MOST_LETTERS} == {}
